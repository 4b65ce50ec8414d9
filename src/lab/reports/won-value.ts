import { localDay } from '../../model/home-venue.ts'
import { unitsOf } from '../../model/money.ts'
import type { RoundTrip } from '../../model/position.ts'
import type { TradingDay } from '../../model/time.ts'
import { usSettlementDay } from '../../model/us-sessions.ts'
import { count, percent } from '../../std/numbers.ts'
import type { BacktestResult } from '../analytics/backtest-result.ts'
import type { Fact } from './page.ts'

/** Won for a dollar, as it was on its day. */
export interface DatedRate {
  readonly day: TradingDay
  readonly rate: number
}

/** The newest rate that was known on a day; `undefined` before the first. */
export type RateOn = (day: TradingDay) => DatedRate | undefined

/** What the tax office would ask of a resident of Korea for a year, by the round trips that settled in it. */
export interface TaxYear {
  readonly year: string
  /** Won. */
  readonly gain: number
  readonly tax: number
}

/** A result in dollars as a Korean sees it. For information: nothing of it was part of the run. */
export interface WonValue {
  /** Where the rates come from. */
  readonly source: string
  readonly first: DatedRate
  readonly last: DatedRate
  /** Lost on each exchange, as a ratio of the rate. */
  readonly spreadRatio: number
  /** What the dollars cost on the first day, and what they would bring on the last. */
  readonly beganWith: number
  readonly endedWith: number
  readonly years: readonly TaxYear[]
}

const DOLLAR = unitsOf('USD')
/** A year's gains up to here are free. */
const FREE_WON = 2_500_000

/**
 * The won value of a run in dollars: dollars bought at the rate of the first day and sold at that of the last, each with the
 * spread, and the tax on every year's gains. `undefined` where no rate is known for the first day.
 * Source: engine default of the spread rule book §3.4; tax §3.6 (22 % above 2.5 million won a year, each leg at the rate of its
 * settlement; a trip's legs are taken at its first buy and its last sale, and dividends are left out).
 */
export function wonValue(
  result: BacktestResult,
  days: readonly TradingDay[],
  rates: { readonly source: string; readonly rateOn: RateOn; readonly spreadRatio: number },
): WonValue | undefined {
  const { source, rateOn, spreadRatio } = rates
  const [from, to] = [days[0], days.at(-1)]
  const first = from && rateOn(from)
  const last = to && rateOn(to)
  if (!first || !last) return undefined
  return {
    source,
    first,
    last,
    spreadRatio,
    beganWith: Math.round((result.beganWith / DOLLAR) * first.rate * (1 + spreadRatio)),
    endedWith: Math.round((result.endedWith / DOLLAR) * last.rate * (1 - spreadRatio)),
    years: taxYears(result.roundTrips, rateOn),
  }
}

function taxYears(trips: readonly RoundTrip[], rateOn: RateOn): readonly TaxYear[] {
  const gains = new Map<string, number>()
  for (const trip of trips) {
    const [bought, sold] = [trip.openedAt, trip.closedAt].map((at) => usSettlementDay(localDay('US', at)))
    const [paid, got] = [bought && rateOn(bought), sold && rateOn(sold)]
    if (!sold || !paid || !got) continue
    const won = (amount: number, { rate }: DatedRate) => Math.floor((amount / DOLLAR) * rate)
    const expenses = won(trip.buyFees, paid) + won(trip.sellFees + trip.tax, got)
    const gain = won(trip.sellValue, got) - won(trip.buyValue, paid) - expenses
    const year = sold.slice(0, 4)
    gains.set(year, (gains.get(year) ?? 0) + gain)
  }
  return [...gains]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([year, gain]) => ({ year, gain, tax: taxOn(gain) }))
}

/** 22 %, cut below ten won. */
const taxOn = (gain: number): number => Math.floor((Math.max(0, gain - FREE_WON) * 22) / 1_000) * 10

/** The lines of the report. */
export function wonFacts(value: WonValue): readonly Fact[] {
  const { beganWith, endedWith, first, last, spreadRatio, source, years } = value
  const rate = ({ day, rate }: DatedRate) => `${rate.toFixed(1)} (${day})`
  const taxed = years.filter(({ tax }) => tax > 0)
  const all = taxed.reduce((sum, { tax }) => sum + tax, 0)
  return [
    {
      ko: '원화로 본 결과',
      en: 'in won',
      value: `${count(beganWith)}원 → ${count(endedWith)}원 (${percent(endedWith / beganWith - 1)})`,
    },
    {
      ko: '환율',
      en: 'won for a dollar',
      value: `${rate(first)} → ${rate(last)}, 환전 비용 spread ±${(spreadRatio * 100).toFixed(2)}%, ${source}`,
    },
    {
      ko: '해외주식 양도소득세 (참고, 결과에 넣지 않음)',
      en: 'tax of a Korean resident on gains, not in the result',
      value:
        taxed.length === 0
          ? '없음 none (22%, 연 250만 원 공제)'
          : `${taxed.length}년 years: ${count(all)}원 (22%, 연 250만 원 공제)`,
    },
  ]
}
