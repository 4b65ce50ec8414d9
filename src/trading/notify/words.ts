import type { Designation } from '../../model/instrument.ts'
import { inThrees, moneyWords } from '../../model/money-words.ts'
import type { HaltState } from '../../model/operator.ts'
import type { ExitKind, Order, OrderType, Side } from '../../model/order.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { Phase } from '../../model/session.ts'
import { kstClock, type TimeOfDay } from '../../model/time.ts'

type Words<K extends string> = Readonly<Record<K, Sentence>>

export const SIDES: Words<Side> = {
  buy: { ko: '매수', en: 'buy' },
  sell: { ko: '매도', en: 'sell' },
}

export const HALT_STATES: Words<HaltState> = {
  active: { ko: '정상', en: 'active' },
  reducing: { ko: '매도만 허용', en: 'reducing: sales only' },
  halted: { ko: '전체 정지', en: 'halted' },
}

export const PHASES: Words<Phase> = {
  closed: { ko: '장 마감', en: 'closed' },
  preClose: { ko: '장전 시간외 종가', en: 'pre-hours close' },
  preMarket: { ko: '프리마켓', en: 'pre-market' },
  openingCall: { ko: '시가 단일가', en: 'opening call auction' },
  continuous: { ko: '접속매매', en: 'continuous trading' },
  closingCall: { ko: '종가 단일가', en: 'closing call auction' },
  postCloseEntry: { ko: '장후 시간외 접수', en: 'post-hours order entry' },
  postClose: { ko: '장후 시간외 종가', en: 'post-hours close' },
  offHoursSingle: { ko: '시간외 단일가', en: 'off-hours single price' },
  afterMarketEntry: { ko: '애프터마켓 접수', en: 'after-market order entry' },
  afterMarket: { ko: '애프터마켓', en: 'after-market' },
  halted: { ko: '시장 전체 거래중단', en: 'market-wide halt' },
}

export const ORDER_TYPES: Words<OrderType> = {
  limit: { ko: '지정가', en: 'limit' },
  market: { ko: '시장가', en: 'market' },
  conditional: { ko: '조건부지정가', en: 'conditional limit' },
  best: { ko: '최유리', en: 'best' },
  priority: { ko: '최우선', en: 'priority' },
  mid: { ko: '중간가', en: 'mid-price' },
  stopLimit: { ko: '스톱지정가', en: 'stop-limit' },
  preClose: { ko: '장전 시간외', en: 'pre-hours close' },
  postClose: { ko: '장후 시간외', en: 'post-hours close' },
}

export const DESIGNATIONS: Words<Designation> = {
  administrative: { ko: '관리종목', en: 'administrative issue' },
  caution: { ko: '투자주의', en: 'investment caution' },
  warning: { ko: '투자경고', en: 'investment warning' },
  danger: { ko: '투자위험', en: 'investment danger' },
  overheated: { ko: '단기과열', en: 'short-term overheated' },
  liquidation: { ko: '정리매매', en: 'liquidation trading' },
  disclosureCaution: { ko: '투자주의환기', en: 'disclosure caution' },
  firstDay: { ko: '신규상장 첫날', en: 'first listing day' },
}

export const EXITS: Words<ExitKind> = {
  condition: { ko: '매도 조건', en: 'sell condition' },
  signal: { ko: '전략 신호', en: 'strategy' },
  stopLoss: { ko: '손절', en: 'stop-loss' },
  takeProfit: { ko: '익절', en: 'take-profit' },
  trailing: { ko: '추적 손절', en: 'trailing stop' },
  atr: { ko: 'ATR 손절', en: 'ATR stop' },
  time: { ko: '보유 시간', en: 'time exit' },
  endOfDay: { ko: '장 마감 청산', en: 'end of day' },
  manual: { ko: '수동', en: 'by hand' },
  flatten: { ko: '전량 청산', en: 'flatten' },
  delisting: { ko: '상장폐지', en: 'delisting' },
}

export const shares = (value: number): Sentence => ({
  ko: `${inThrees(value)}주`,
  en: `${inThrees(value)} ${value === 1 ? 'share' : 'shares'}`,
})

/** `71500`, or `$71.50`; the type's name for an order without a price. */
export function priceWords({ type, limit, venue }: Pick<Order, 'type' | 'limit' | 'venue'>): Sentence {
  if (limit === undefined) return ORDER_TYPES[type]
  return venue === 'US' ? moneyWords('USD', limit) : { ko: String(limit), en: String(limit) }
}

export const percent = (ratio: number): string => `${ratio >= 0 ? '+' : ''}${(ratio * 100).toFixed(2)}%`

/** `1.5초` · `1.5 s`, above two minutes `12분` · `12 min`, always rounded up: a wait is never shorter than said. */
export function lasting(ms: number): Sentence {
  if (ms > 120_000) {
    const minutes = Math.ceil(ms / 60_000)
    return { ko: `${minutes}분`, en: `${minutes} min` }
  }
  const seconds = Math.ceil(ms / 100) / 10
  return { ko: `${seconds}초`, en: `${seconds} s` }
}

export const clock = (at: number): string => kstClock(at)

const two = (value: number): string => String(value).padStart(2, '0')

/** `09:00`, or `15:20:30` where seconds matter; the end of a day is `24:00`. */
export function timeText(time: TimeOfDay): string {
  const seconds = Math.floor(time / 1000)
  const [hour, minute, second] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return `${two(hour)}:${two(minute)}${second === 0 ? '' : `:${two(second)}`}`
}
