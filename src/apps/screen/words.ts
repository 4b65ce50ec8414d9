import type { HaltState } from '../../model/operator.ts'
import type { ExitKind, Order } from '../../model/order.ts'
import { openQuantity } from '../../model/order.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { Phase } from '../../model/session.ts'
import { count } from '../../std/numbers.ts'
import type { OrderView } from '../../trading/engine/view.ts'

export const PHASE_WORDS = {
  closed: { ko: '장 마감', en: 'closed' },
  preClose: { ko: '장전 시간외', en: 'pre-market close price' },
  openingCall: { ko: '시가 단일가', en: 'opening call' },
  continuous: { ko: '정규장', en: 'continuous' },
  closingCall: { ko: '종가 단일가', en: 'closing call' },
  postCloseEntry: { ko: '장후 접수', en: 'post-close entry' },
  postClose: { ko: '장후 시간외', en: 'post-close price' },
  offHoursSingle: { ko: '시간외 단일가', en: 'off-hours single price' },
  afterMarket: { ko: '애프터마켓', en: 'after-market' },
  preMarket: { ko: '프리마켓', en: 'pre-market' },
  afterMarketEntry: { ko: '애프터마켓 접수', en: 'after-market entry' },
  halted: { ko: '시장 중단', en: 'market halted' },
} as const satisfies Record<Phase, Sentence>

export const EXIT_WORDS = {
  condition: { ko: '매도 조건', en: 'condition' },
  signal: { ko: '전략 신호', en: 'strategy' },
  stopLoss: { ko: '손절', en: 'stop loss' },
  takeProfit: { ko: '익절', en: 'take profit' },
  trailing: { ko: '트레일링', en: 'trailing' },
  atr: { ko: 'ATR 손절', en: 'ATR stop' },
  time: { ko: '시간 청산', en: 'time' },
  endOfDay: { ko: '장 마감 청산', en: 'end of day' },
  manual: { ko: '수동', en: 'manual' },
  flatten: { ko: '전량 청산', en: 'flatten' },
  delisting: { ko: '상장폐지', en: 'delisting' },
} as const satisfies Record<ExitKind, Sentence>

export const HALT_WORDS = {
  active: { ko: '정상', en: 'active' },
  reducing: { ko: '매도만', en: 'reducing' },
  halted: { ko: '정지', en: 'halted' },
} as const satisfies Record<HaltState, Sentence>

const TYPE_WORDS = {
  limit: '지정가',
  market: '시장가',
  conditional: '조건부',
  best: '최유리',
  priority: '최우선',
  mid: '중간가',
  stopLimit: '스톱지정가',
  preClose: '장전종가',
  postClose: '장후종가',
} as const satisfies Record<Order['type'], string>

const STATUS_WORDS = {
  created: '기록됨',
  submitted: '전송',
  inDoubt: '확인 중',
  working: '접수',
  cancelling: '취소 중',
  cancelled: '취소',
  replaced: '정정됨',
  expired: '만료',
  denied: '거부(자체)',
  rejected: '거부(증권사)',
  unsent: '미전송',
  filled: '체결',
} as const satisfies Record<Order['status'], string>

export const sideWord = (order: Pick<Order, 'side'>): string => (order.side === 'buy' ? '매수' : '매도')

export const priceWord = (order: Pick<Order, 'type' | 'limit'>): string =>
  order.limit === undefined ? TYPE_WORDS[order.type] : count(order.limit)

export const statusWord = (order: Order): string =>
  order.filled > 0 && openQuantity(order) > 0
    ? `${STATUS_WORDS[order.status]} ${count(order.filled)}/${count(order.quantity)}`
    : STATUS_WORDS[order.status]

/** Of an order at a locked limit price: the chance that all of it fills by the close, between two assumptions. */
export const chanceWord = ({ queue }: Pick<OrderView, 'queue'>): string =>
  queue ? ` 체결 ${percentOf(queue.fills.low)}~${percentOf(queue.fills.high)}%` : ''

export const queueWord = ({ queue }: Pick<OrderView, 'queue'>): string =>
  queue ? `앞 ahead ${count(queue.ahead.low)}~${count(queue.ahead.high)}주 · ` : ''

/** A whole percent; what is not certain is not shown as 0 or 100. */
const percentOf = (chance: number): number =>
  chance === 0 || chance === 1 ? chance * 100 : Math.min(99, Math.max(1, Math.round(chance * 100)))
