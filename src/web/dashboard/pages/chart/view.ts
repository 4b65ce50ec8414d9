import type {
  BarMessage,
  BarsMessage,
  ChartInterval,
  IndicatorName,
  SessionMessage,
} from '../../../contract/chart.ts'
import type {
  HappeningMessage,
  OrderMessage,
  PositionMessage,
  SentenceMessage,
  TickMessage,
  TripMessage,
} from '../../../contract/live.ts'

/** Korean text and English text, beside each other. */
type Words = readonly [ko: string, en: string]

export const INTERVALS: readonly (readonly [ChartInterval, ...Words])[] = [
  ['1m', '1분', '1m'],
  ['3m', '3분', '3m'],
  ['5m', '5분', '5m'],
  ['10m', '10분', '10m'],
  ['15m', '15분', '15m'],
  ['30m', '30분', '30m'],
  ['60m', '60분', '60m'],
  ['1d', '일', '1d'],
]

export const INDICATORS: readonly (readonly [IndicatorName, ...Words])[] = [
  ['ema5', 'EMA 5', 'EMA 5'],
  ['ema20', 'EMA 20', 'EMA 20'],
  ['ema60', 'EMA 60', 'EMA 60'],
  ['sma5', '이동평균 5', 'SMA 5'],
  ['sma20', '이동평균 20', 'SMA 20'],
  ['sma60', '이동평균 60', 'SMA 60'],
  ['bollinger', '볼린저 밴드 20, 2', 'Bollinger 20, 2'],
  ['vwap', 'VWAP (당일)', 'VWAP (session)'],
  ['rsi', 'RSI 14', 'RSI 14'],
  ['macd', 'MACD 12, 26, 9', 'MACD 12, 26, 9'],
]

const MINUTES: Readonly<Record<Exclude<ChartInterval, '1d'>, number>> = {
  '1m': 1,
  '3m': 3,
  '5m': 5,
  '10m': 10,
  '15m': 15,
  '30m': 30,
  '60m': 60,
}
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const KST_MS = 9 * 3_600_000

/** When the bar that holds an instant opens; steps count from midnight in Korea. */
export function barStart(at: number, interval: ChartInterval): number {
  const sinceMidnight = (((at + KST_MS) % DAY_MS) + DAY_MS) % DAY_MS
  return interval === '1d' ? at - sinceMidnight : at - (sinceMidnight % (MINUTES[interval] * MINUTE_MS))
}

/** Seconds that a chart without time zones shows as Korean time. */
export const chartTime = (at: number): number => Math.floor((at + KST_MS) / 1_000)
export const fromChartTime = (time: number): number => time * 1_000 - KST_MS

/** Bars in rows, oldest first and one an instant, whatever came. */
export function barsOf(message: BarsMessage, interval: ChartInterval): readonly BarMessage[] {
  const { at, open, high, low, close, volume } = message
  const rows: BarMessage[] = []
  for (const [index, openAt] of at.entries()) {
    const start = barStart(openAt, interval)
    const before = rows.at(-1)
    if (before && before.at >= start) continue
    rows.push({
      at: start,
      open: open[index] ?? 0,
      high: high[index] ?? 0,
      low: low[index] ?? 0,
      close: close[index] ?? 0,
      volume: volume[index] ?? 0,
    })
  }
  return rows
}

export type TradeTick = TickMessage & { readonly kind: 'trade' }
export type QuoteTick = TickMessage & { readonly kind: 'quote' }
export type BookTick = TickMessage & { readonly kind: 'book' }

/** The forming bar after one more print; a print of the next stretch begins the next bar, an older one changes nothing. */
export function formBar(
  running: BarMessage | undefined,
  { at, price, quantity }: Pick<TradeTick, 'at' | 'price' | 'quantity'>,
  interval: ChartInterval,
): BarMessage | undefined {
  const start = barStart(at, interval)
  if (running && start < running.at) return running
  if (price === 0) return running
  if (!running || start > running.at)
    return { at: start, open: price, high: price, low: price, close: price, volume: quantity }
  return {
    at: start,
    open: running.open,
    high: Math.max(running.high, price),
    low: Math.min(running.low, price),
    close: price,
    volume: running.volume + quantity,
  }
}

/** So many bars that closed here are kept for the time until the broker's chart has them. */
export const OWN_BARS = 10

/** Closed bars with those behind them that were formed here and that the broker's chart does not have yet. */
export function withOwn(closed: readonly BarMessage[], own: readonly BarMessage[]): readonly BarMessage[] {
  const last = closed.at(-1)
  const younger = last ? own.filter(({ at }) => at > last.at) : own
  return younger.length === 0 ? closed : [...closed, ...younger]
}

/**
 * The bar to go on with when the closed ones came anew: what was formed here while it is younger than them, else what the
 * server made of closed minutes, with the prices of both where they are the same bar.
 */
export function runningAfter(
  closed: readonly BarMessage[],
  told: BarMessage | undefined,
  formed: BarMessage | undefined,
): BarMessage | undefined {
  const last = closed.at(-1)
  const isYounger = (bar: BarMessage | undefined): bar is BarMessage =>
    bar !== undefined && (last === undefined || bar.at > last.at)
  const [ours, theirs] = [isYounger(formed) ? formed : undefined, isYounger(told) ? told : undefined]
  if (!ours || !theirs) return ours ?? theirs
  if (ours.at !== theirs.at) return ours.at > theirs.at ? ours : theirs
  return {
    at: ours.at,
    open: theirs.open,
    high: Math.max(ours.high, theirs.high),
    low: Math.min(ours.low, theirs.low),
    close: ours.close,
    volume: Math.max(ours.volume, theirs.volume),
  }
}

export type LineKind =
  | 'buyOrder'
  | 'sellOrder'
  | 'stop'
  | 'brokerStop'
  | 'target'
  | 'high'
  | 'average'
  | 'base'
  | 'expected'

/** A price that is drawn across the chart. */
export interface PriceLine {
  readonly key: string
  readonly kind: LineKind
  readonly price: number
  readonly title: SentenceMessage
  /** Of an order that can be moved: what it is. */
  readonly order?: OrderMessage
}

export function priceLinesOf(shown: {
  readonly position: PositionMessage | undefined
  readonly orders: readonly OrderMessage[]
  readonly previousClose: number | undefined
  readonly expected: number | undefined
}): readonly PriceLine[] {
  const { position, previousClose, expected } = shown
  const lines: PriceLine[] = shown.orders.flatMap((order) => {
    const price = order.limit
    if (price === undefined || !isWorking(order)) return []
    const left = order.quantity - order.filled
    const title =
      order.side === 'buy'
        ? { ko: `매수 ${left}`, en: `Buy ${left}` }
        : { ko: `매도 ${left}`, en: `Sell ${left}` }
    return [{ key: order.id, kind: order.side === 'buy' ? 'buyOrder' : 'sellOrder', price, title, order }]
  })
  const add = (kind: LineKind, price: number | undefined, ko: string, en: string) => {
    if (price !== undefined && price > 0) lines.push({ key: kind, kind, price, title: { ko, en } })
  }
  add('average', position && Math.round(position.averagePrice), '평균', 'Avg')
  add('stop', position?.stop, '손절', 'Stop')
  add('brokerStop', position?.atBroker?.stop, '증권사 손절', 'Broker stop')
  add('target', position?.target, '익절', 'Target')
  add('high', position?.high, '보유 고가', 'High held')
  add('base', previousClose, '전일', 'Prev')
  add('expected', expected, '예상', 'Expected')
  return lines
}

const WORKING: ReadonlySet<string> = new Set(['submitted', 'working', 'cancelling'])
/** May it be cancelled or moved? One in doubt may not: nobody knows whether it is there. */
export const isWorking = ({ status }: Pick<OrderMessage, 'status'>): boolean => WORKING.has(status)

export interface FillMark {
  readonly at: number
  readonly side: 'buy' | 'sell'
  readonly price: number
  readonly quantity: number
}

/** Our entries and exits in an instrument: its fills where they are known, else what trips and the position tell of them. */
export function marksOf(
  instrument: string,
  fills: readonly FillMark[] | undefined,
  trips: readonly TripMessage[],
  position: PositionMessage | undefined,
): readonly FillMark[] {
  if (fills && fills.length > 0) return [...fills].sort((a, b) => a.at - b.at)
  const marks: FillMark[] = []
  for (const { instrument: of, quantity, buyValue, sellValue, openedAt, closedAt } of trips) {
    if (of !== instrument || quantity === 0) continue
    marks.push({ at: openedAt, side: 'buy', price: buyValue / quantity, quantity })
    if (sellValue > 0) marks.push({ at: closedAt, side: 'sell', price: sellValue / quantity, quantity })
  }
  if (position)
    marks.push({
      at: position.openedAt,
      side: 'buy',
      price: position.averagePrice,
      quantity: position.quantity,
    })
  return marks.sort((a, b) => a.at - b.at)
}

export interface Band {
  readonly kind: 'auction' | 'after' | 'vi'
  readonly from: number
  readonly to: number
  readonly name: SentenceMessage
}

const AUCTIONS: ReadonlySet<string> = new Set(['openingCall', 'closingCall', 'offHoursSingle'])
const AFTER: ReadonlySet<string> = new Set(['preMarket', 'afterMarketEntry', 'afterMarket'])
const VI = { ko: 'VI', en: 'VI' } as const

/** Stretches in which prices come about in another way: call auctions, the hours around the session, VI. */
export function bandsOf(
  sessions: readonly SessionMessage[],
  happenings: readonly HappeningMessage[],
  name: string,
  now: number,
): readonly Band[] {
  const bands: Band[] = sessions.flatMap(({ phase, from, to, name: called }) => {
    const kind = AUCTIONS.has(phase) ? 'auction' : AFTER.has(phase) ? 'after' : undefined
    return kind ? [{ kind, from, to, name: called }] : []
  })
  return [...bands, ...viBands(happenings, name, now)]
}

/** A VI lasts two minutes and at most half a minute more; a notice of its end may be lost. */
const LONGEST_VI_MS = 150_000

/** The trader's own notices are all that is told of a VI; they begin with the name of the instrument. */
function viBands(happenings: readonly HappeningMessage[], name: string, now: number): readonly Band[] {
  const bands: Band[] = []
  let since: number | undefined
  const end = (at: number) => {
    if (since !== undefined)
      bands.push({ kind: 'vi', from: since, to: Math.min(at, since + LONGEST_VI_MS), name: VI })
    since = undefined
  }
  for (const { at, ko } of [...happenings].sort((a, b) => a.at - b.at)) {
    if (ko.startsWith(`${name} VI 발동`)) {
      end(at)
      since = at
    } else if (ko.startsWith(`${name} VI 해제`)) end(at)
  }
  end(now)
  return bands
}

/** The change from the close before, in won and as a ratio. */
export const changeFrom = (
  price: number,
  previousClose: number | undefined,
): { readonly change: number; readonly ratio: number } | undefined =>
  previousClose !== undefined && previousClose > 0 && price > 0
    ? { change: price - previousClose, ratio: price / previousClose - 1 }
    : undefined
