import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tradingDay } from '../../model/time.ts'
import { createRandom } from '../../std/random.ts'
import {
  alpha,
  beta,
  captureRatios,
  correlation,
  informationRatio,
  m2,
  rollingBeta,
  trackingError,
  treynor,
} from './benchmark.ts'
import { monthlyTable } from './calendar-tables.ts'
import { deepestDrawdown, drawdownSeries, maximumDrawdown, topDrawdowns } from './drawdown.ts'
import { calmar, martin, painIndex, painRatio, ulcerIndex } from './drawdown-ratios.ts'
import { ewmaRisk } from './ewma-risk.ts'
import { exposure, meanExposure } from './exposure.ts'
import { annualReturn, calendarReturn, cumulativeReturn, equityFrom, returnsFrom } from './growth.ts'
import { excessKurtosis, type Series, skewness } from './moments.ts'
import { bootstrapReturns, resampleTrades } from './monte-carlo.ts'
import { monteCarloRisk } from './monte-carlo-risk.ts'
import { overfittingProbability } from './overfitting.ts'
import { downsideDeviation, omega, sharpe, sortino, stability, tailRatio, volatility } from './ratios.ts'
import { politisWhiteBlock } from './resample.ts'
import { minimumTrackRecord, probabilisticSharpe, sharpeError, sharpeSample } from './sharpe-honesty.ts'
import type { Statistic } from './statistic.ts'
import { breakEvenCosts } from './stress.ts'
import { fitStudentT } from './student-t.ts'
import {
  expectancy,
  payoffRatio,
  profitFactor,
  recoveryFactor,
  systemQuality,
  winRate,
} from './trade-statistics.ts'
import { deflatedSharpe, sharpeNeeded } from './trials.ts'
import { cornishFisherRisk, gaussianRisk, historicalRisk } from './value-at-risk.ts'

const YEARLY = { periodsPerYear: 246, riskFreeAnnual: 0.03 }
const SURE = { confidence: 0.95 }
const PLAN = { runs: 100, startEquity: 1, ruinBelow: 0.5, meanBlock: 2, periodsPerYear: 246 }
const TRIALS = { count: 50, variance: 0.01 }
const DAY = tradingDay('2026-11-20')

/** Everything that takes a series, whatever the series stands for. */
const ALL: Readonly<Record<string, (values: Series, others: Series) => Statistic<unknown>>> = {
  cumulativeReturn,
  annualReturn: (r) => annualReturn(r, 246),
  calendarReturn: (r) => calendarReturn(r[0] ?? 0, r.at(-1) ?? 0, r.length),
  equityFrom: (r) => equityFrom(r),
  returnsFrom,
  volatility: (r) => volatility(r, 246),
  sharpe: (r) => sharpe(r, YEARLY),
  sortino: (r) => sortino(r, 246),
  downsideDeviation: (r) => downsideDeviation(r, 246),
  omega: (r) => omega(r, 0.001),
  tailRatio,
  stability,
  skewness,
  excessKurtosis,
  drawdownSeries,
  maximumDrawdown,
  deepestDrawdown,
  topDrawdowns: (r) => topDrawdowns(r, 5),
  calmar: (r) => calmar(r, 246),
  ulcerIndex,
  painIndex,
  martin: (r) => martin(r, YEARLY),
  painRatio: (r) => painRatio(r, YEARLY),
  monthlyTable: (r) =>
    monthlyTable(
      Array.from(r, () => DAY),
      r,
    ),
  profitFactor,
  expectancy,
  winRate,
  payoffRatio,
  systemQuality: (r) => systemQuality(r),
  recoveryFactor,
  exposure,
  meanExposure,
  breakEvenCosts: (r, b) =>
    breakEvenCosts(Array.from(r, (netPnl, i) => ({ netPnl, costs: Math.abs(b[i] ?? 0) }))),
  beta,
  alpha: (r, b) => alpha(r, b, YEARLY),
  correlation,
  trackingError: (r, b) => trackingError(r, b, 246),
  informationRatio: (r, b) => informationRatio(r, b, 246),
  treynor: (r, b) => treynor(r, b, YEARLY),
  m2: (r, b) => m2(r, b, YEARLY),
  captureUp: (r, b) => captureRatios(r, b).up,
  captureDown: (r, b) => captureRatios(r, b).down,
  historicalRisk: (r) => historicalRisk(r, SURE),
  historicalRiskOf3: (r) => historicalRisk(r, { ...SURE, horizon: 3 }),
  gaussianRisk: (r) => gaussianRisk(r, SURE),
  cornishFisherRisk: (r) => cornishFisherRisk(r, 0.99),
  ewmaRisk: (r) => ewmaRisk(r, 0.95),
  fitStudentT,
  sharpeSample: (r) => sharpeSample(r),
  sharpeError: (r) => then(sharpeSample(r), sharpeError),
  probabilisticSharpe: (r) => then(sharpeSample(r), (sample) => probabilisticSharpe(sample, 0.01)),
  minimumTrackRecord: (r) => then(sharpeSample(r), (sample) => minimumTrackRecord(sample)),
  deflatedSharpe: (r) => then(sharpeSample(r), (sample) => deflatedSharpe(sample, TRIALS)),
  sharpeNeeded: (r) => then(sharpeSample(r), (sample) => sharpeNeeded(sample, TRIALS)),
  overfittingProbability: (r, b) => overfittingProbability([r, b], 4),
  politisWhiteBlock,
}

/** These take longer and see fewer series. */
const SLOW: typeof ALL = {
  monteCarloRisk: (r) => monteCarloRisk(createRandom(1), r, SURE, { kind: 'gaussian' }, 1_000),
  monteCarloOfT: (r) => monteCarloRisk(createRandom(1), r, SURE, { kind: 'studentT' }, 1_000),
  bootstrapReturns: (r) => bootstrapReturns(createRandom(1), r, PLAN),
  resampleTrades: (r) => resampleTrades(createRandom(1), r, 'redraw', PLAN),
}

const then = <T>(first: Statistic<T>, next: (value: T) => Statistic): Statistic =>
  first.ok ? next(first.value) : first

/**
 * Wild and tame, with the edges that divide by nothing: zeros, equal values, total loss, huge and tiny ones.
 */
const value = fc.oneof(
  fc.double({ min: -1, max: 1, noNaN: true }),
  fc.constantFrom(0, -1, 1, 0.01, -0.01, 1e-300, -1e-12, 5e-324),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -1_000_000, max: 1_000_000 }),
)
const pair = fc
  .array(fc.tuple(value, value), { maxLength: 40 })
  .map((rows) => [rows.map(([a]) => a), rows.map(([, b]) => b)] as const)

describe('every statistic', () => {
  it.each(Object.entries(ALL))('gives a finite number or a reason, and never throws: %s', (_, statistic) => {
    fc.assert(
      fc.property(pair, ([values, others]) => {
        expect(numbersIn(statistic(values, others)).every(Number.isFinite)).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  it.each([trackingError, informationRatio])(
    'has a reason when two returns are too far apart',
    (statistic) => {
      const answer = statistic([-1e308, 0], [1e308, 0], 246)
      expect(answer).toEqual({ ok: false, error: { code: 'outOfRange' } })
    },
  )

  it.each(Object.entries(SLOW))('gives finite numbers or a reason: %s', (_, statistic) => {
    fc.assert(
      fc.property(pair, ([values, others]) => {
        expect(numbersIn(statistic(values, others)).every(Number.isFinite)).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  it('leaves an empty place where a rolling beta has no value', () => {
    fc.assert(
      fc.property(pair, ([values, others]) => {
        const places = rollingBeta(values, others, 3)
        expect(places).toHaveLength(values.length)
        expect(numbersIn(places).every(Number.isFinite)).toBe(true)
      }),
      { numRuns: 100 },
    )
  })
})

/** Every number anywhere inside. */
function numbersIn(thing: unknown): number[] {
  if (typeof thing === 'number') return [thing]
  if (thing instanceof Float64Array) return Array.from(thing)
  if (typeof thing !== 'object' || thing === null) return []
  return Object.values(thing).flatMap(numbersIn)
}
