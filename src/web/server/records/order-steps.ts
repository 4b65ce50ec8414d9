import { moneyWords } from '../../../model/money-words.ts'
import type { SettledAs } from '../../../model/operator.ts'
import type { Order } from '../../../model/order.ts'
import type { OrderReport } from '../../../model/order-report.ts'
import type { Sentence } from '../../../model/sentence.ts'
import type { EpochMs } from '../../../std/clock.ts'
import { never } from '../../../std/invariant.ts'
import type { Effect } from '../../../trading/engine/effects.ts'
import type { TraderEvent } from '../../../trading/engine/events.ts'
import { sentenceOfVenueError } from '../../../trading/notify/sentences.ts'
import { ORDER_TYPES, SIDES, shares } from '../../../trading/notify/words.ts'
import type { OrderStepMessage } from '../../contract/records.ts'

/** What a step says beside its place in the record. */
type Said = Omit<OrderStepMessage, 'at' | 'seq' | 'status'>
type Word = OrderReport | (TraderEvent & { readonly kind: 'restarted' | 'operator' })

const won = (value: number): Sentence => moneyWords('KRW', value)

/** Price and shares of an order, as it was wished: `매수 지정가 71,500원 14주`. */
function wishWords({ side, type, limit, quantity }: Order): Sentence {
  const [sideWord, typeWord, count] = [SIDES[side], ORDER_TYPES[type], shares(quantity)]
  const at = limit === undefined ? { ko: '', en: '' } : won(limit)
  return {
    ko: `${sideWord.ko} ${typeWord.ko} ${at.ko}${at.ko && ' '}${count.ko}`,
    en: `${sideWord.en} ${count.en}, ${typeWord.en}${at.en && ` ${at.en}`}`,
  }
}

export function decidedStep(order: Order): Said {
  const wish = wishWords(order)
  const amends = order.replaces && {
    ko: ` · 주문 ${order.replaces}의 정정`,
    en: ` · amends order ${order.replaces}`,
  }
  const continues = order.continues && {
    ko: ` · 주문 ${order.continues}의 남은 수량`,
    en: ` · the rest of order ${order.continues}`,
  }
  const tail = amends || continues || { ko: '', en: '' }
  return {
    kind: 'decided',
    ko: `${wish.ko}: ${order.reason}${tail.ko}`,
    en: `${wish.en}: ${order.reason}${tail.en}`,
    quantity: order.quantity,
    ...(order.limit !== undefined && { price: order.limit }),
    ...((order.replaces ?? order.continues) && { order: order.replaces ?? order.continues }),
  }
}

/** What an event did to an order that was known before it; `undefined` when it said nothing new. */
export function stepOfEvent(event: Word, before: Order, after: Order): Said | undefined {
  switch (event.kind) {
    case 'accepted':
      return accepted(event, before, after)
    case 'fill':
      return after.filled > before.filled ? filled(before, after) : undefined
    case 'rejected':
    case 'throttled':
      return moved(before, after, { kind: event.kind, ...sentenceOfVenueError(event.error) })
    case 'lost':
      return (
        moved(before, after, { kind: 'doubted', ...sentenceOfVenueError(event.error) }) ??
        unsettled(event, before, after)
      )
    case 'absent':
      return moved(before, after, { kind: 'absent', ...ABSENT })
    case 'closed':
      return moved(before, after, { kind: event.why, ...afterDoubt(before, CLOSED[event.why]) })
    case 'cancelRefused':
      return moved(before, after, { kind: 'cancelRefused', ...sentenceOfVenueError(event.error) })
    case 'cancelLost':
      return { kind: 'cancelLost', ...CANCEL_LOST }
    case 'restarted':
      return moved(before, after, { kind: 'doubted', ...RESTARTED })
    case 'operator':
      return byHand(event, before, after)
    case 'foreign':
      return undefined
    default:
      return never(event)
  }
}

const CLOSED: Readonly<Record<'cancelled' | 'replaced' | 'expired', Sentence>> = {
  cancelled: { ko: '취소됨', en: 'Cancelled' },
  replaced: {
    ko: '정정됨: 남은 수량은 새 주문으로 이어집니다',
    en: 'Amended: the rest lives on as a new order',
  },
  expired: { ko: '거래소가 마감으로 소멸시켰습니다', en: 'Expired at the venue' },
}
const ABSENT = {
  ko: '증권사 주문 목록에 두 번 없었습니다: 전송되지 않은 주문입니다',
  en: "Missing from the broker's list twice: it never arrived",
}
const CANCEL_LOST = {
  ko: '취소 요청에 답이 없어 증권사 목록에서 확인합니다',
  en: "No answer to the cancel: asking the broker's list",
}
const RESTARTED = {
  ko: '가람이 다시 시작되어 상태를 확인할 때까지 미확인입니다',
  en: 'Garam restarted: in doubt until the broker has spoken',
}

const moved = (before: Order, after: Order, said: Said): Said | undefined =>
  before.status === after.status ? undefined : said

function afterDoubt(before: Order, said: Sentence): Sentence {
  return before.status === 'inDoubt'
    ? { ko: `미확인이 풀렸습니다: ${said.ko}`, en: `The doubt is settled: ${said.en}` }
    : said
}

function accepted(event: OrderReport & { kind: 'accepted' }, before: Order, after: Order): Said | undefined {
  const isNews = before.status !== after.status || before.venueOrderId !== after.venueOrderId
  if (!isNews) return undefined
  const number = { ko: `주문번호 ${event.venueOrderId}`, en: `number ${event.venueOrderId}` }
  const isSettled = before.status === 'inDoubt'
  return {
    kind: isSettled ? 'settled' : 'accepted',
    ...afterDoubt(before, { ko: `증권사 접수, ${number.ko}`, en: `accepted, ${number.en}` }),
    ...(event.quantity !== undefined && { quantity: event.quantity }),
  }
}

function filled(before: Order, after: Order): Said {
  const quantity = after.filled - before.filled
  const price = Math.round((after.filledValue - before.filledValue) / quantity)
  const [count, each] = [shares(quantity), won(price)]
  const progress = `${after.filled}/${after.quantity}`
  return {
    kind: 'fill',
    ko: `체결 ${count.ko} @ ${each.ko} (누적 ${progress})`,
    en: `Filled ${count.en} at ${each.en} (${progress} in all)`,
    price,
    quantity,
    cumulative: after.filled,
  }
}

/** The venue's list had an answer that did not settle the doubt; the same answer again is no news. */
function unsettled(event: OrderReport & { kind: 'lost' }, before: Order, after: Order): Said | undefined {
  if (after.status !== 'inDoubt' || before.doubt?.text === after.doubt?.text) return undefined
  const { ko, en } = sentenceOfVenueError(event.error)
  return { kind: 'unsettled', ko: `아직 확인되지 않았습니다: ${ko}`, en: `Not settled yet: ${en}` }
}

function byHand(
  event: TraderEvent & { readonly kind: 'operator' },
  before: Order,
  after: Order,
): Said | undefined {
  if (event.do !== 'settleOrder' || before === after) return undefined
  const as = settledWords(event.as)
  return {
    kind: 'settled',
    by: event.by,
    ko: `${event.by} 님이 증권사 화면을 보고 정리: ${as.ko}`,
    en: `Settled by hand by ${event.by}: ${as.en}`,
    ...(event.as.kind === 'filled' && {
      price: event.as.price,
      quantity: after.filled - before.filled,
      cumulative: after.filled,
    }),
  }
}

const settledWords = (as: SettledAs): Sentence =>
  as.kind === 'cancelled'
    ? { ko: '체결 없이 취소됨', en: 'cancelled' }
    : {
        ko: `${shares(as.quantity).ko} 체결 @ ${won(as.price).ko}`,
        en: `${shares(as.quantity).en} filled at ${won(as.price).en}`,
      }

/**
 * What was asked of the venue, by a decision that stands in the record. There is one instant for both: the line is on the disk
 * first, and only then the request leaves.
 */
export function stepsOfEffect(
  effect: Effect,
  seq: number,
): readonly (readonly [order: string, said: Said])[] {
  const written = { ko: `기록 ${seq}번을 디스크에 남긴 뒤`, en: `after record ${seq} was on the disk` }
  switch (effect.do) {
    case 'place':
      return [[effect.order.orderId, { kind: 'sent', ko: `${written.ko} 전송`, en: `Sent ${written.en}` }]]
    case 'amend': {
      const { orderId, replaces } = effect.order
      return [
        [
          replaces,
          {
            kind: 'amendAsked',
            order: orderId,
            ko: `정정 요청 → 주문 ${orderId}`,
            en: `Amendment asked for as order ${orderId}`,
          },
        ],
        [
          orderId,
          {
            kind: 'sent',
            order: replaces,
            ko: `${written.ko} 정정으로 전송`,
            en: `Sent as an amendment ${written.en}`,
          },
        ],
      ]
    }
    case 'cancel':
      return [[effect.order.orderId, { kind: 'cancelAsked', ko: '취소 요청', en: 'Cancel asked for' }]]
    case 'ask':
      return [
        [
          effect.order.orderId,
          { kind: 'asked', ko: '증권사 주문 목록에서 확인', en: "Asked the broker's order list" },
        ],
      ]
    default:
      return []
  }
}

/** Puts a step behind the others; questions in a row become one line with their number. */
export function addStep(steps: OrderStepMessage[], step: OrderStepMessage, lastAt: EpochMs): void {
  const last = steps.at(-1)
  if (step.kind === 'asked' && last?.kind === 'asked')
    steps[steps.length - 1] = { ...last, times: (last.times ?? 1) + 1, lastAt }
  else steps.push(step)
}
