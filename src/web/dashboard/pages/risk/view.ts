import type { SentenceMessage } from '../../../contract/live.ts'
import type { EstimateMessage, RiskMessage } from '../../../contract/risk.ts'

/** `none`: there is no such limit; `unknown`: nobody tells how much of it is used. */
export type Level = 'ok' | 'near' | 'reached' | 'none' | 'unknown'

export interface Gauge {
  readonly key: string
  readonly label: SentenceMessage
  readonly unit: 'won' | 'count'
  readonly used: number | undefined
  readonly max: number | undefined
  /** 0 to 1, cut at 1. */
  readonly ratio: number
  readonly level: Level
}

/** From here on a limit is nearly used up. */
const NEAR_RATIO = 0.75

export function levelOf(used: number | undefined, max: number | undefined): Level {
  if (max === undefined) return 'none'
  if (used === undefined) return 'unknown'
  if (used >= max) return 'reached'
  return used / max >= NEAR_RATIO ? 'near' : 'ok'
}

function gauge(
  key: string,
  label: SentenceMessage,
  unit: Gauge['unit'],
  { used, max }: { readonly used?: number | undefined; readonly max?: number | undefined },
): Gauge {
  const ratio = used === undefined || max === undefined ? 0 : max === 0 ? 1 : Math.min(1, used / max)
  return { key, label, unit, used, max, ratio, level: levelOf(used, max) }
}

/** What the day's limits leave. The one of a single instrument is shown for the instrument that is nearest to it. */
export function gaugesOf({ limits, exposure }: RiskMessage): readonly Gauge[] {
  const largest = exposure.positions.toSorted((a, b) => b.committed - a.committed)[0]
  return [
    gauge('loss', { ko: '오늘 손실', en: 'Loss of the day' }, 'won', limits.loss),
    gauge('positions', { ko: '보유 종목', en: 'Positions' }, 'count', limits.positions),
    gauge('buyAmount', { ko: '오늘 매수 금액', en: 'Bought today' }, 'won', limits.buyAmount),
    gauge(
      'perInstrument',
      largest
        ? { ko: `한 종목 (최대 ${largest.name})`, en: `One instrument (most: ${largest.name})` }
        : { ko: '한 종목', en: 'One instrument' },
      'won',
      { used: largest?.committed ?? 0, max: limits.perInstrument },
    ),
    gauge('orders', { ko: '오늘 주문', en: 'Orders today' }, 'count', limits.orders),
    gauge('perSecond', { ko: '1초 주문', en: 'Orders a second' }, 'count', limits.perSecond),
  ]
}

/** What keeps buying from going on right now, the strongest first. */
export function blockedBy(gauges: readonly Gauge[]): readonly Gauge[] {
  return gauges.filter(
    ({ level, key }) => level === 'reached' && key !== 'perInstrument' && key !== 'perSecond',
  )
}

export interface Share {
  readonly key: string
  readonly name: string
  readonly value: number
  /** Of equity. */
  readonly ratio: number
}

const ratioOf = (value: number, whole: number): number => (whole > 0 ? value / whole : 0)

export const sharesOf = ({ exposure }: RiskMessage): readonly Share[] =>
  exposure.positions.map(({ instrument, name, value }) => ({
    key: instrument,
    name,
    value,
    ratio: ratioOf(value, exposure.equity),
  }))

export const marketsOf = ({ exposure }: RiskMessage): readonly Share[] =>
  exposure.markets.map(({ market, value }) => ({
    key: market,
    name: market,
    value,
    ratio: ratioOf(value, exposure.equity),
  }))

export const sectorsOf = ({ exposure }: RiskMessage): readonly Share[] =>
  exposure.sectors.map(({ sector, value }) => ({
    key: sector,
    name: sector,
    value,
    ratio: ratioOf(value, exposure.equity),
  }))

/** How much of equity stands in positions; the rest is cash. */
export const investedRatio = ({ exposure }: RiskMessage): number =>
  ratioOf(exposure.invested, exposure.equity)

export interface TailRow {
  readonly confidence: number
  readonly historical: EstimateMessage['tails'][number] | undefined
  readonly gaussian: EstimateMessage['tails'][number] | undefined
}

export const tailRows = ({ tails }: EstimateMessage): readonly TailRow[] =>
  [...new Set(tails.map(({ confidence }) => confidence))]
    .sort((a, b) => a - b)
    .map((confidence) => {
      const of = (method: 'historical' | 'gaussian') =>
        tails.find((tail) => tail.confidence === confidence && tail.method === method)
      return { confidence, historical: of('historical'), gaussian: of('gaussian') }
    })

/** A tail of fewer days than this is hardly a mean. */
const FEW_DAYS = 5
export const isThin = (tail: { readonly tailDays?: number | undefined } | undefined): boolean =>
  tail?.tailDays !== undefined && tail.tailDays < FEW_DAYS
