import { inThrees } from '../../../model/money-words.ts'
import type { OperatorCommand } from '../../../model/operator.ts'
import type { Sentence } from '../../../model/sentence.ts'
import { never } from '../../../std/invariant.ts'
import type { TraderEvent } from '../../../trading/engine/events.ts'
import { HALT_STATES, PHASES, SIDES, shares } from '../../../trading/notify/words.ts'
import type { TrailEntry } from '../../contract/records.ts'

type Said = Omit<TrailEntry, 'line' | 'seq' | 'at' | 'name'>
/** Names of instruments and conditions, as far as the record has told them. */
export interface Names {
  instrument(id: string): string
  condition(id: string): string
}

/**
 * What the audit trail says of an event; `undefined` for prices, indexes and the clock, and for reports on our own orders,
 * whose steps say it better.
 */
export function trailOfEvent(event: TraderEvent, names: Names): Said | undefined {
  const about = 'instrument' in event ? { instrument: event.instrument } : {}
  const name = 'instrument' in event ? names.instrument(event.instrument) : ''
  switch (event.kind) {
    case 'operator':
      return { ...about, ...orderOf(event), kind: 'command', who: event.by, ...commandWords(event, names) }
    case 'opened':
      return {
        kind: 'system',
        who: 'garam',
        ko: `거래일 시작 ${event.day} (${event.broker} ${event.environment})`,
        en: `Trading day ${event.day} begins (${event.broker} ${event.environment})`,
      }
    case 'restarted':
      return { kind: 'system', who: 'garam', ko: '가람이 다시 시작되었습니다', en: 'Garam restarted' }
    case 'feed':
      return {
        kind: 'system',
        who: 'market',
        ...(event.state === 'live'
          ? { ko: '시세 연결', en: 'The feed is live' }
          : { ko: `시세 끊김: ${event.detail}`, en: `The feed is down: ${event.detail}` }),
      }
    case 'screen': {
      const condition = names.condition(event.condition)
      const initial = event.initial ? { ko: ' (등록할 때 이미)', en: ' (already there)' } : { ko: '', en: '' }
      return {
        ...about,
        kind: 'condition',
        who: 'market',
        ...(event.change === 'enter'
          ? { ko: `${condition} 편입: ${name}${initial.ko}`, en: `${name} entered ${condition}${initial.en}` }
          : { ko: `${condition} 편출: ${name}`, en: `${name} left ${condition}` }),
      }
    }
    case 'signal':
      return {
        ...about,
        kind: 'signal',
        who: event.strategy,
        ko: `${event.want === 'long' ? '매수' : '청산'} 의견 ${name}: ${event.reason.ko}`,
        en: `${event.want === 'long' ? 'long' : 'flat'} on ${name}: ${event.reason.en}`,
      }
    case 'vi':
      return {
        ...about,
        kind: 'market',
        who: 'market',
        ...(event.state === 'on'
          ? { ko: `${name} VI 발동`, en: `${name}: volatility interruption` }
          : { ko: `${name} VI 해제`, en: `${name}: volatility interruption over` }),
      }
    case 'session':
      return {
        kind: 'market',
        who: 'market',
        ko: `${event.venue} ${PHASES[event.phase].ko}`,
        en: `${event.venue}: ${PHASES[event.phase].en}`,
      }
    case 'description':
      return {
        ...about,
        kind: 'market',
        who: 'broker',
        ko: `종목 정보 ${event.listing.name}: 기준가 ${event.basePrice}`,
        en: `${event.listing.name} described: base price ${event.basePrice}`,
      }
    case 'descriptionFailed':
      return {
        ...about,
        kind: 'market',
        who: 'broker',
        ko: `종목 정보를 받지 못했습니다 ${name}: ${event.text}`,
        en: `${name} could not be described: ${event.text}`,
      }
    case 'delisted':
      return { ...about, kind: 'system', who: 'broker', ko: `${name} 상장폐지`, en: `${name} was delisted` }
    case 'account':
      return {
        kind: 'account',
        who: 'broker',
        ko: `계좌: 예수금 ${inThrees(event.cash)}원, 주문가능 ${inThrees(event.buyingPower)}원, 보유 ${event.holdings.length}종목`,
        en: `Account: cash ${inThrees(event.cash)}, buying power ${inThrees(event.buyingPower)}, ${event.holdings.length} holdings`,
      }
    case 'foreign':
      return {
        ...about,
        kind: 'order',
        who: 'broker',
        ko: `다른 곳에서 낸 주문 ${name} ${SIDES[event.side].ko} (주문번호 ${event.venueOrderId})`,
        en: `An order from elsewhere: ${SIDES[event.side].en} ${name} (number ${event.venueOrderId})`,
      }
    case 'accepted':
    case 'rejected':
    case 'throttled':
    case 'lost':
    case 'absent':
    case 'fill':
    case 'closed':
    case 'cancelRefused':
    case 'cancelLost':
    case 'trade':
    case 'quote':
    case 'index':
    case 'timer':
      return undefined
    default:
      return never(event)
  }
}

const orderOf = (command: OperatorCommand): { readonly order?: string } =>
  'order' in command && typeof command.order === 'string' ? { order: command.order } : {}

function commandWords(command: OperatorCommand, names: Names): Sentence {
  switch (command.do) {
    case 'setHalt': {
      const state = HALT_STATES[command.state]
      return { ko: `거래 상태를 ${state.ko}(으)로`, en: `Trading state set to ${state.en}` }
    }
    case 'pauseBuying':
      return { ko: '매수 일시정지', en: 'Paused buying' }
    case 'resumeBuying':
      return { ko: '매수 재개', en: 'Resumed buying' }
    case 'flatten':
      return { ko: '전량 청산', en: 'Flattened everything' }
    case 'cancelAll':
      return { ko: '미체결 전량 취소', en: 'Cancelled all working orders' }
    case 'order': {
      const name = names.instrument(command.instrument)
      const [side, count] = [SIDES[command.side], shares(command.quantity)]
      return {
        ko: `수동 주문: ${name} ${side.ko} ${count.ko}`,
        en: `Manual order: ${side.en} ${count.en} of ${name}`,
      }
    }
    case 'sell':
      return {
        ko: `수동 매도: ${names.instrument(command.instrument)}`,
        en: `Sold ${names.instrument(command.instrument)} by hand`,
      }
    case 'exclude':
      return {
        ko: `매수 제외: ${names.instrument(command.instrument)}`,
        en: `Excluded ${names.instrument(command.instrument)} from buying`,
      }
    case 'include':
      return {
        ko: `매수 제외 해제: ${names.instrument(command.instrument)}`,
        en: `${names.instrument(command.instrument)} may be bought again`,
      }
    case 'cancelOrder':
      return { ko: `주문 취소: ${command.order}`, en: `Cancelled order ${command.order}` }
    case 'amendOrder': {
      const limit = inThrees(command.limit)
      return {
        ko: `주문 정정: ${command.order} → ${limit}원`,
        en: `Amended order ${command.order} to ${limit} won`,
      }
    }
    case 'settleOrder':
      return { ko: `미확인 주문 정리: ${command.order}`, en: `Settled order ${command.order} by hand` }
    case 'settings':
      return { ko: '설정 변경', en: 'Changed the settings' }
    default:
      return never(command)
  }
}
