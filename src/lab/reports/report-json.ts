import { currencyOf, type HomeVenue, localDay } from '../../model/home-venue.ts'
import type { Sentence } from '../../model/sentence.ts'
import { gapSentence } from '../analytics/gap-sentence.ts'
import type { TradeGroup } from '../analytics/trade-groups.ts'
import type { FigureGroup, Unit } from './figure.ts'
import type { ReportInput } from './report-content.ts'
import type { RunNames } from './result-json.ts'

/** A figure for a screen: a number, or why there is none. */
export interface FigureJson extends Sentence {
  readonly key: string
  readonly unit: Unit
  readonly value?: number
  readonly why?: Sentence
}

export interface FigureGroupJson extends Sentence {
  readonly figures: readonly FigureJson[]
}

export interface TradeGroupJson {
  readonly key: string
  readonly name: string
  readonly count: number
  readonly netPnl: number
  readonly costs: number
  readonly winRate?: number
  readonly profitFactor?: number
  readonly expectancy?: number
}

/** So many trades go along, the newest; all of them are in trades.csv. */
const MOST_TRIPS = 1_000

export const figureGroupJson = ({ ko, en, figures }: FigureGroup): FigureGroupJson => ({
  ko,
  en,
  figures: figures.map(({ key, ko, en, unit, value }) => ({
    key,
    ko,
    en,
    unit,
    ...(value.ok ? { value: value.value } : { why: gapSentence(value.error) }),
  })),
})

export const tradeGroupJson = <K extends string | number>(
  { key, count, netPnl, costs, wins, profitFactor, expectancy }: TradeGroup<K>,
  name: string,
): TradeGroupJson => ({
  key: String(key),
  name,
  count,
  netPnl,
  costs,
  ...(wins.ok && { winRate: wins.value.rate }),
  ...(profitFactor.ok && { profitFactor: profitFactor.value }),
  ...(expectancy.ok && { expectancy: expectancy.value }),
})

/**
 * What the page of a result tells, as data for a screen: figures with their names and units, one point a day, the doubts first.
 * Money in the smallest unit of the currency, ratios of one. `version` changes with the shape.
 */
export function reportJson(input: ReportInput, { strategy, parameters }: RunNames): string {
  const { figures, result } = input
  const home = result.venue ?? 'KRX'
  const { days, equity, drawdown, benchmark } = figures
  return `${JSON.stringify({
    version: 1,
    title: { ko: input.title.ko, en: input.title.en },
    subtitle: input.subtitle,
    strategy,
    parameters,
    home,
    currency: currencyOf(home),
    interval: result.interval,
    beganWith: result.beganWith,
    endedWith: result.endedWith,
    decisionHash: result.decisionHash,
    alarms: alarmsOf(input, home),
    doubts: figures.remarks.map(({ sentence: { ko, en } }) => ({ ko, en })),
    groups: figures.groups.map(figureGroupJson),
    days,
    equity: [...equity],
    drawdown: drawdown.ok ? [...drawdown.value.subarray(1)] : [],
    ...(benchmark && { benchmark: { name: benchmark.name, closes: [...benchmark.closes] } }),
    months: figures.months.ok
      ? figures.months.value.map(({ year, months, total }) => ({
          year,
          months: months.map((ratio) => ratio ?? null),
          total,
        }))
      : [],
    byExit: figures.byExit.map((group) => tradeGroupJson(group, group.key)),
    byHour: figures.byHour.map((group) => tradeGroupJson(group, String(group.key))),
    byInstrument: figures.byInstrument
      .slice(0, MOST_NAMES)
      .map((group) => tradeGroupJson(group, input.nameOf(group.key))),
    costs: costsOf(result),
    assumptions: input.assumptions,
    certificate: input.certificate,
    refused: result.refusals.length,
    tradeCount: result.roundTrips.length,
    trades: result.roundTrips
      .slice(-MOST_TRIPS)
      .reverse()
      .map((trip) => ({ ...trip, name: input.nameOf(trip.instrument) })),
  })}\n`
}

const MOST_NAMES = 50

function alarmsOf({ absurd, result: { stopped } }: ReportInput, home: HomeVenue): readonly Sentence[] {
  const all = absurd.map(({ ko, en }) => ({ ko, en }))
  if (!stopped) return all
  const day = localDay(home, stopped.at)
  return [
    ...all,
    { ko: `${day} 전략 때문에 멈췄습니다: ${stopped.ko}`, en: `Stopped on ${day}: ${stopped.en}` },
  ]
}

/** The result before and after what trading cost, of closed trades. */
function costsOf({ roundTrips, costs: { commission, tax } }: ReportInput['result']) {
  const net = roundTrips.reduce((sum, { realizedPnl }) => sum + realizedPnl, 0)
  const paid = roundTrips.reduce((sum, trip) => sum + trip.buyFees + trip.sellFees + trip.tax, 0)
  return { gross: net + paid, commission, tax, net }
}
