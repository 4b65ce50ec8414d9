import { heldAlike } from '../../src/apps/backtest/load-bars.ts'
import { outcomesOf } from '../../src/apps/backtest/report-input.ts'
import { shakenRun } from '../../src/apps/validate/honest-backtest.ts'
import type { BacktestResult } from '../../src/lab/analytics/backtest-result.ts'
import { captureRatios, m2, rollingBeta, trackingError, treynor } from '../../src/lab/analytics/benchmark.ts'
import { weekdayTable } from '../../src/lab/analytics/calendar-tables.ts'
import { maximumMoneyDrawdown, topDrawdowns } from '../../src/lab/analytics/drawdown.ts'
import { martin, painIndex, painRatio } from '../../src/lab/analytics/drawdown-ratios.ts'
import { ewmaRisk, ewmaVolatility } from '../../src/lab/analytics/ewma-risk.ts'
import { excursionSummary } from '../../src/lab/analytics/excursions.ts'
import { exposure, meanExposure } from '../../src/lab/analytics/exposure.ts'
import { calendarReturn } from '../../src/lab/analytics/growth.ts'
import { monteCarloRisk, type ReturnModel } from '../../src/lab/analytics/monte-carlo-risk.ts'
import { PERIODS_PER_YEAR } from '../../src/lab/analytics/periods.ts'
import { downsideDeviation, gainToPain, stability, tailRatio } from '../../src/lab/analytics/ratios.ts'
import { sharpeError, sharpeSample } from '../../src/lab/analytics/sharpe-honesty.ts'
import { byStrategy, holdingTimes } from '../../src/lab/analytics/trade-groups.ts'
import type { TradeOutcome } from '../../src/lab/analytics/trade-outcome.ts'
import {
  expectancyInR,
  recoveryFactor,
  systemQuality,
  winRate,
} from '../../src/lab/analytics/trade-statistics.ts'
import { noiseVariance, type Trials } from '../../src/lab/analytics/trials.ts'
import { cornishFisherRisk, gaussianRisk, historicalRisk } from '../../src/lab/analytics/value-at-risk.ts'
import { christoffersenTest, kupiecTest } from '../../src/lab/analytics/var-backtest.ts'
import type { BarTable } from '../../src/lab/backtest/bar-table.ts'
import { NAMES } from '../../src/lab/backtest/testing/pinned-market.ts'
import { type Figures, figuresOf } from '../../src/lab/reports/figures.ts'
import { kstDay } from '../../src/model/time.ts'
import { createRandom } from '../../src/std/random.ts'

const YEARLY = { periodsPerYear: PERIODS_PER_YEAR.krxDays }
const SEED = 1
const DAY_MS = 86_400_000
/** As if twenty trials without any skill had come before. */
const trialsOf = (days: number): Trials => ({ count: 20, variance: noiseVariance(days) })

/** Everything that is computed of one run: what the page and the JSON tell, and the statistics a program can ask `garam/analytics` for. */
export function analysed(result: BacktestResult, bars: BarTable, strategy: string) {
  const played = { bars, instruments: NAMES, delistings: [], home: 'KRX' } as const
  const trades = outcomesOf(result, played, strategy)
  const days = [...new Set(Array.from(result.equity.at, kstDay))]
  const benchmark = heldAlike(played, days)
  const figures = figuresOf(result, trades, benchmark, trialsOf(days.length))
  const { groups, months, byExit, byHour, byInstrument, remarks } = figures
  return {
    report: Object.fromEntries(
      groups.flatMap((group) => group.figures.map(({ key, value }) => [key, value])),
    ),
    months,
    byExit,
    byHour,
    byInstrument,
    remarks: Object.fromEntries(remarks.map(({ finding: { code, ...numbers } }) => [code, numbers])),
    monteCarlo: shakenRun(played, result, figures.returns, trades, { runs: 200, seed: SEED }),
    growth: growthOf(result, figures),
    risk: riskOf(figures.returns),
    trades: tradesOf(figures, trades),
    benchmark: againstBenchmark(figures.returns, benchmark.closes),
  }
}

function growthOf({ beganWith, endedWith, equity }: BacktestResult, { days, returns }: Figures) {
  const held = equity.value.map((value, at) => value * (equity.exposure[at] as number))
  const sample = sharpeSample(returns)
  return {
    byCalendar: calendarReturn(
      beganWith,
      endedWith,
      ((equity.at.at(-1) as number) - (equity.at[0] as number)) / DAY_MS,
    ),
    exposure: exposure(held),
    meanExposure: meanExposure(held, equity.value),
    downsideDeviation: downsideDeviation(returns, YEARLY.periodsPerYear),
    gainToPain: gainToPain(returns),
    tailRatio: tailRatio(returns),
    stability: stability(returns),
    sharpeError: sample.ok ? sharpeError(sample.value) : sample,
    weekdays: weekdayTable(days, returns).map(({ weekday, ...row }) => ({ key: weekday, ...row })),
  }
}

function riskOf(returns: Float64Array) {
  const random = createRandom(SEED)
  const simulated = (model: ReturnModel) =>
    monteCarloRisk(random.fork(model.kind), returns, { confidence: 0.95 }, model, 2_000)
  const exceeded = Array.from(returns, (each) => {
    const bound = historicalRisk(returns, { confidence: 0.95 })
    return bound.ok && -each > bound.value.valueAtRisk
  })
  return {
    worstFalls: topDrawdowns(returns, 3),
    painIndex: painIndex(returns),
    painRatio: painRatio(returns, YEARLY),
    martin: martin(returns, YEARLY),
    historical99: historicalRisk(returns, { confidence: 0.99 }),
    historicalWeek: historicalRisk(returns, { confidence: 0.95, horizon: 5 }),
    gaussian: gaussianRisk(returns, { confidence: 0.95 }),
    gaussianWeek99: gaussianRisk(returns, { confidence: 0.99, horizon: 5 }),
    cornishFisher: cornishFisherRisk(returns, 0.95),
    ewma: ewmaRisk(returns, 0.95),
    ewmaVolatility: ewmaVolatility(returns),
    simulatedGaussian: simulated({ kind: 'gaussian' }),
    simulatedStudentT: simulated({ kind: 'studentT' }),
    simulatedBlocks: simulated({ kind: 'blockBootstrap', meanBlock: 5 }),
    kupiec: kupiecTest(exceeded.filter(Boolean).length, exceeded.length, 0.05),
    christoffersen: christoffersenTest(exceeded, 0.05),
  }
}

function tradesOf({ equity }: Figures, trades: readonly TradeOutcome[]) {
  const pnls = trades.map(({ netPnl }) => netPnl)
  return {
    winRate: winRate(pnls),
    expectancyInR: expectancyInR(trades),
    systemQualityOfHundred: systemQuality(pnls, 100),
    recoveryFactor: recoveryFactor(equity),
    deepestFall: maximumMoneyDrawdown(equity),
    held: holdingTimes(trades),
    excursions: excursionSummary(trades),
    byStrategy: byStrategy(trades),
  }
}

function againstBenchmark(returns: Float64Array, closes: Float64Array) {
  const theirs = closes.map((close, at) => (at === 0 ? 0 : close / (closes[at - 1] as number) - 1))
  return {
    trackingError: trackingError(returns, theirs, YEARLY.periodsPerYear),
    treynor: treynor(returns, theirs, YEARLY),
    m2: m2(returns, theirs, YEARLY),
    capture: captureRatios(returns, theirs),
    lastBeta: rollingBeta(returns, theirs, 10).at(-1),
  }
}
