/**
 * `garam/analytics`: performance, trade, risk and benchmark statistics with their conventions, and the checks that keep a
 * result honest. Pure functions over plain data; what cannot be computed is a `Gap` with its reason, never NaN.
 */

export {
  alpha,
  beta,
  type Capture,
  captureRatios,
  correlation,
  informationRatio,
  m2,
  rollingBeta,
  trackingError,
  treynor,
} from '../lab/analytics/benchmark.ts'
export {
  monthlyTable,
  type WeekdayRow,
  weekdayTable,
  type YearRow,
} from '../lab/analytics/calendar-tables.ts'
export { type ComponentRisk, componentRisk } from '../lab/analytics/component-risk.ts'
export { critique, type Remark } from '../lab/analytics/critique.ts'
export type { CritiqueInput, Finding } from '../lab/analytics/critique-rules.ts'
export { findingSentence } from '../lab/analytics/critique-sentences.ts'
export {
  type Drawdown,
  deepestDrawdown,
  drawdownSeries,
  maximumDrawdown,
  maximumMoneyDrawdown,
  topDrawdowns,
} from '../lab/analytics/drawdown.ts'
export { calmar, martin, painIndex, painRatio, ulcerIndex } from '../lab/analytics/drawdown-ratios.ts'
export { ewmaRisk, ewmaVolatility } from '../lab/analytics/ewma-risk.ts'
export {
  type ExcursionSide,
  type ExcursionSummary,
  excursionOf,
  excursionSummary,
  type HeldTrade,
  inR,
  inTicks,
} from '../lab/analytics/excursions.ts'
export { exposure, meanExposure, turnover } from '../lab/analytics/exposure.ts'
export { gapSentence } from '../lab/analytics/gap-sentence.ts'
export {
  annualReturn,
  calendarReturn,
  cumulativeReturn,
  equityFrom,
  returnsFrom,
  timeWeightedReturns,
} from '../lab/analytics/growth.ts'
export {
  excessKurtosis,
  meanOf,
  quantileOf,
  RETURN_SCALE,
  type Series,
  type Shape,
  skewness,
} from '../lab/analytics/moments.ts'
export {
  bootstrapReturns,
  type Percentiles,
  percentiles,
  type ReturnRuns,
  type RunPlan,
  resampleTrades,
  type TradeRuns,
} from '../lab/analytics/monte-carlo.ts'
export { monteCarloRisk, type ReturnModel, type SimulatedRisk } from '../lab/analytics/monte-carlo-risk.ts'
export { normalCdf, normalDensity, normalQuantile } from '../lab/analytics/normal.ts'
export { type Overfitting, overfittingProbability } from '../lab/analytics/overfitting.ts'
export { PERIODS_PER_YEAR, ratePerPeriod, type Yearly } from '../lab/analytics/periods.ts'
export {
  downsideDeviation,
  gainToPain,
  omega,
  sharpe,
  sharpePerPeriod,
  sortino,
  stability,
  tailRatio,
  volatility,
} from '../lab/analytics/ratios.ts'
export {
  plainBlock,
  politisWhiteBlock,
  redrawn,
  shuffled,
  stationaryBootstrap,
} from '../lab/analytics/resample.ts'
export {
  minimumTrackRecord,
  probabilisticSharpe,
  type SharpeSample,
  sharpeError,
  sharpeSample,
} from '../lab/analytics/sharpe-honesty.ts'
export type { Base, Gap, Input, Statistic } from '../lab/analytics/statistic.ts'
export {
  breakEvenCosts,
  type DelayableTrade,
  delayedResults,
  perturbedCosts,
  type StressRuns,
  stressRuns,
  withCosts,
} from '../lab/analytics/stress.ts'
export { drawStudentT, fitStudentT, type StudentT } from '../lab/analytics/student-t.ts'
export {
  byEntryHour,
  byExitReason,
  byStrategy,
  groupTrades,
  type HoldingTimes,
  holdingTimes,
  kstHour,
  type TradeGroup,
} from '../lab/analytics/trade-groups.ts'
export {
  type Excursion,
  type OutcomeExtras,
  outcomeOf,
  type TradeOutcome,
} from '../lab/analytics/trade-outcome.ts'
export {
  type ExpectancyInR,
  expectancy,
  expectancyInR,
  longestStreaks,
  payoffRatio,
  profitFactor,
  recoveryFactor,
  rMultiples,
  systemQuality,
  type WinRate,
  winRate,
} from '../lab/analytics/trade-statistics.ts'
export {
  deflatedSharpe,
  expectedMaximumSharpe,
  minimumBacktestYears,
  noiseVariance,
  sharpeNeeded,
  type Trials,
  trialBudget,
} from '../lab/analytics/trials.ts'
export {
  type CornishFisherRisk,
  cornishFisherRisk,
  gaussianRisk,
  type HistoricalRisk,
  historicalRisk,
  type RiskQuestion,
  type TailRisk,
} from '../lab/analytics/value-at-risk.ts'
export {
  baselLight,
  christoffersenTest,
  kupiecTest,
  type RatioTest,
  type TrafficLight,
} from '../lab/analytics/var-backtest.ts'
