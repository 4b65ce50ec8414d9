import { currencyOf, type HomeVenue, localDay, localTimeOfDay } from '../../model/home-venue.ts'
import type { Currency } from '../../model/money.ts'
import { DAY_MS, type TradingDay } from '../../model/time.ts'
import type { BacktestResult } from '../analytics/backtest-result.ts'
import { alpha, beta, correlation, informationRatio } from '../analytics/benchmark.ts'
import { monthlyTable, type YearRow } from '../analytics/calendar-tables.ts'
import { critique, type Remark } from '../analytics/critique.ts'
import { deepestDrawdown, drawdownSeries, maximumDrawdown } from '../analytics/drawdown.ts'
import { calmar, ulcerIndex } from '../analytics/drawdown-ratios.ts'
import { ewmaRisk } from '../analytics/ewma-risk.ts'
import { excursionSummary } from '../analytics/excursions.ts'
import { turnover } from '../analytics/exposure.ts'
import { annualReturn, cumulativeReturn } from '../analytics/growth.ts'
import { excessKurtosis, meanOf, skewness } from '../analytics/moments.ts'
import { daysPerYear, type Yearly } from '../analytics/periods.ts'
import { omega, sharpe, sortino, volatility } from '../analytics/ratios.ts'
import { sharpeSample } from '../analytics/sharpe-honesty.ts'
import { stalePricesOf } from '../analytics/stale-prices.ts'
import { type Statistic, tooFew } from '../analytics/statistic.ts'
import {
  byEntryHour,
  byExitReason,
  groupTrades,
  holdingTimes,
  type TradeGroup,
} from '../analytics/trade-groups.ts'
import type { TradeOutcome } from '../analytics/trade-outcome.ts'
import {
  expectancy,
  longestStreaks,
  payoffRatio,
  profitFactor,
  systemQuality,
  winRate,
} from '../analytics/trade-statistics.ts'
import type { Trials } from '../analytics/trials.ts'
import { cornishFisherRisk, gaussianRisk, historicalRisk } from '../analytics/value-at-risk.ts'
import { type FigureGroup, figure, known, mapped } from './figure.ts'
import { honestyFigures, trialFigures } from './honesty-figures.ts'

/** Closes of something to be measured against, one for each day of the result. */
export interface Benchmark {
  readonly name: string
  readonly closes: Float64Array
}

/** Everything a report tells, computed once. */
export interface Figures {
  /** Of every amount; absent: won. */
  readonly currency?: Currency
  readonly days: readonly TradingDay[]
  /** At the close of each day. */
  readonly equity: Float64Array
  readonly returns: Float64Array
  /** n + 1 points, 0 or negative. */
  readonly drawdown: Statistic<Float64Array>
  readonly benchmark?: Benchmark
  readonly groups: readonly FigureGroup[]
  readonly months: Statistic<readonly YearRow[]>
  readonly byExit: readonly TradeGroup<string>[]
  readonly byHour: readonly TradeGroup<number>[]
  readonly byInstrument: readonly TradeGroup<string>[]
  readonly remarks: readonly Remark[]
}

const CONFIDENCE = 0.95
const HOUR_MS = 3_600_000
const SURE = { confidence: CONFIDENCE }

/**
 * Statistics of a result by days, and of its trades. Conventions: rule book §5.5; a year has 246 trading days (252 in the US), a Sharpe
 * ratio is that of daily returns over a riskless rate of 0. `trials`: what was tried before this result was there, itself included.
 */
export function figuresOf(
  result: BacktestResult,
  trades: readonly TradeOutcome[],
  benchmark: Benchmark | undefined,
  trials?: Trials,
): Figures {
  const home = result.venue ?? 'KRX'
  const yearly = { periodsPerYear: daysPerYear(home) }
  const { days, equity, exposure } = byDay(result, home)
  const returns = Float64Array.from(equity, (value, i) => {
    const before = i === 0 ? result.beganWith : (equity[i - 1] as number)
    return before > 0 ? value / before - 1 : 0
  })
  const sample = sharpeSample(returns)
  const stalePrices = stalePricesOf(result)
  const meanExposure = exposure.length > 0 ? meanOf(exposure) : 0
  return {
    currency: currencyOf(home),
    days,
    equity,
    returns,
    drawdown: drawdownSeries(returns),
    ...(benchmark && { benchmark }),
    groups: [
      growthFigures(result, returns, meanExposure, equity, yearly),
      riskFigures(returns, yearly),
      tradeFigures(trades),
      honestyFigures(returns, trades),
      ...(trials ? [trialFigures(returns, trials, yearly)] : []),
      ...(benchmark ? [benchmarkFigures(returns, benchmark, yearly)] : []),
    ],
    months: monthlyTable(days, returns),
    byExit: byExitReason(trades),
    byHour: byEntryHour(trades, (at) => Math.floor(localTimeOfDay(home, at) / HOUR_MS)),
    byInstrument: groupTrades(trades, ({ instrument }) => instrument).toSorted((a, b) => b.netPnl - a.netPnl),
    remarks: critique({
      trades,
      history: { periods: returns.length, periodsPerYear: yearly.periodsPerYear },
      exposure: meanExposure,
      ...(sample.ok && { sample: sample.value }),
      ...(trials && { trials }),
      ...(stalePrices && { stalePrices }),
    }),
  }
}

function byDay({ equity }: BacktestResult, home: HomeVenue) {
  const days: TradingDay[] = []
  const values: number[] = []
  const exposures: number[] = []
  for (let i = 0; i < equity.at.length; i++) {
    const day = localDay(home, equity.at[i] as number)
    if (days.at(-1) !== day) days.push(day)
    values[days.length - 1] = equity.value[i] as number
    exposures[days.length - 1] = equity.exposure[i] as number
  }
  return { days, equity: Float64Array.from(values), exposure: Float64Array.from(exposures) }
}

function growthFigures(
  result: BacktestResult,
  returns: Float64Array,
  exposure: number,
  equity: Float64Array,
  { periodsPerYear }: Yearly,
): FigureGroup {
  const [bought, sold] = tradedByDay(result, equity.length)
  return {
    ko: '수익',
    en: 'Growth',
    figures: [
      figure('endedWith', '최종 평가금액', 'final equity', 'money', known(result.endedWith)),
      figure('totalReturn', '총수익률', 'total return', 'ratio', cumulativeReturn(returns)),
      figure(
        'annualReturn',
        '연평균 수익률 (CAGR)',
        'growth per year',
        'ratio',
        annualReturn(returns, periodsPerYear),
      ),
      figure('exposure', '평균 주식 비중', 'mean exposure', 'ratio', known(exposure)),
      figure(
        'turnover',
        '연 회전율',
        'turnover per year',
        'number',
        turnover(bought, sold, equity, periodsPerYear),
      ),
      figure('commission', '수수료', 'commission', 'money', known(result.costs.commission)),
      result.venue === 'US'
        ? figure('tax', 'SEC 수수료', 'SEC fee', 'money', known(result.costs.tax))
        : figure('tax', '세금', 'tax', 'money', known(result.costs.tax)),
    ],
  }
}

/** What was bought and sold, spread evenly: the turnover of a whole run needs no more. */
function tradedByDay(result: BacktestResult, days: number): readonly [number[], number[]] {
  const sides = { buy: 0, sell: 0 }
  for (const { order, fills } of result.orders)
    for (const { price, quantity } of fills) sides[order.side] += price * quantity
  const spread = (value: number) => new Array<number>(days).fill(days > 0 ? value / days : 0)
  return [spread(sides.buy), spread(sides.sell)]
}

export function riskFigures(returns: Float64Array, yearly: Yearly): FigureGroup {
  const { periodsPerYear } = yearly
  const deepest = deepestDrawdown(returns)
  return {
    ko: '위험',
    en: 'Risk',
    figures: [
      figure(
        'volatility',
        '변동성 (연)',
        'volatility per year',
        'ratio',
        volatility(returns, periodsPerYear),
      ),
      figure('maximumDrawdown', '최대 낙폭 (MDD)', 'maximum drawdown', 'ratio', maximumDrawdown(returns)),
      figure(
        'drawdownDays',
        '최대 낙폭의 기간',
        'its length',
        'days',
        mapped(deepest, ({ length }) => length),
      ),
      figure('sharpe', '샤프', 'Sharpe', 'number', sharpe(returns, yearly)),
      figure('sortino', '소르티노', 'Sortino', 'number', sortino(returns, periodsPerYear)),
      figure('calmar', '칼마', 'Calmar', 'number', calmar(returns, periodsPerYear)),
      figure('omega', '오메가', 'Omega', 'number', omega(returns)),
      figure('ulcer', '얼서 지수', 'ulcer index', 'ratio', ulcerIndex(returns)),
      figure('skewness', '왜도', 'skewness', 'number', skewness(returns)),
      figure('kurtosis', '초과 첨도', 'excess kurtosis', 'number', excessKurtosis(returns)),
      figure(
        'varHistorical',
        '1일 VaR 95% (과거)',
        '1-day VaR 95 %, historical',
        'ratio',
        mapped(historicalRisk(returns, SURE), ({ valueAtRisk }) => valueAtRisk),
      ),
      figure(
        'cvarHistorical',
        '1일 CVaR 95% (과거)',
        '1-day CVaR 95 %, historical',
        'ratio',
        mapped(historicalRisk(returns, SURE), ({ expectedShortfall }) => expectedShortfall),
      ),
      figure(
        'varGaussian',
        '1일 VaR 95% (정규)',
        '1-day VaR 95 %, Gaussian',
        'ratio',
        mapped(gaussianRisk(returns, SURE), ({ valueAtRisk }) => valueAtRisk),
      ),
      figure(
        'varCornishFisher',
        '1일 VaR 95% (코니시-피셔)',
        '1-day VaR 95 %, Cornish-Fisher',
        'ratio',
        mapped(cornishFisherRisk(returns, CONFIDENCE), ({ valueAtRisk }) => valueAtRisk),
      ),
      figure(
        'varEwma',
        '1일 VaR 95% (EWMA)',
        '1-day VaR 95 %, EWMA',
        'ratio',
        mapped(ewmaRisk(returns, CONFIDENCE), ({ valueAtRisk }) => valueAtRisk),
      ),
    ],
  }
}

export function tradeFigures(trades: readonly TradeOutcome[]): FigureGroup {
  const pnls = trades.map(({ netPnl }) => netPnl)
  const streaks = longestStreaks(pnls)
  const excursions = excursionSummary(trades)
  const winners = excursions.ok ? excursions.value.winners : undefined
  const losers = excursions.ok ? excursions.value.losers : undefined
  return {
    ko: '거래',
    en: 'Trades',
    figures: [
      figure('trades', '거래 수', 'trades', 'count', known(trades.length)),
      figure(
        'winRate',
        '승률',
        'win rate',
        'ratio',
        mapped(winRate(pnls), ({ rate }) => rate),
      ),
      figure('profitFactor', '손익비 (PF)', 'profit factor', 'number', profitFactor(pnls)),
      figure('payoff', '평균 이익/손실', 'payoff ratio', 'number', payoffRatio(pnls)),
      figure('expectancy', '거래당 기대값', 'expectancy', 'money', expectancy(pnls)),
      figure('systemQuality', 'SQN', 'system quality number', 'number', systemQuality(pnls)),
      figure('wins', '최다 연승', 'longest winning streak', 'count', known(streaks.wins)),
      figure('losses', '최다 연패', 'longest losing streak', 'count', known(streaks.losses)),
      figure(
        'adverse',
        '이긴 거래의 평균 역행 (MAE)',
        'mean adverse excursion of winners',
        'money',
        winners ? known(winners.meanAdverse) : tooFew(0, 1),
      ),
      figure(
        'favourable',
        '진 거래의 평균 순행 (MFE)',
        'mean favourable excursion of losers',
        'money',
        losers ? known(losers.meanFavourable) : tooFew(0, 1),
      ),
      figure(
        'heldDays',
        '평균 보유 일수',
        'mean days held',
        'number',
        mapped(holdingTimes(trades), ({ meanMs }) => meanMs / DAY_MS),
      ),
    ],
  }
}

function benchmarkFigures(returns: Float64Array, { closes }: Benchmark, yearly: Yearly): FigureGroup {
  const theirs = Float64Array.from(closes, (close, i) =>
    i === 0 ? 0 : close / (closes[i - 1] as number) - 1,
  )
  return {
    ko: '기준 대비',
    en: 'Against the benchmark',
    figures: [
      figure('benchmarkReturn', '기준 수익률', 'return of the benchmark', 'ratio', cumulativeReturn(theirs)),
      figure('beta', '베타', 'beta', 'number', beta(returns, theirs)),
      figure('alpha', '알파 (연)', 'alpha per year', 'ratio', alpha(returns, theirs, yearly)),
      figure('correlation', '상관', 'correlation', 'number', correlation(returns, theirs)),
      figure(
        'informationRatio',
        '정보비율',
        'information ratio',
        'number',
        informationRatio(returns, theirs, yearly.periodsPerYear),
      ),
    ],
  }
}
