import { join } from 'node:path'
import type { BacktestRequest, MarketChoice, RunRequest, SweepRequest } from '../../web/contract/backtest.ts'

/** Where a run finds its data and puts what it finds out. All paths are absolute. */
export interface RunPlaces {
  readonly catalog: string
  /** Strategy files lie here and nowhere else. */
  readonly strategies: string | undefined
  readonly out: string
  /** Threads of a sweep. */
  readonly workers: number
}

/**
 * The words after `garam` for a run. They go to the child as a list, never through a shell, and every one that comes from a
 * person stands behind `=` or as the value of an option, so that none can be taken for an option itself.
 */
export function runArguments(wanted: RunRequest, places: RunPlaces): readonly string[] {
  const common = ['--catalog', places.catalog, '-o', places.out, '--json', '--progress', 'json']
  return wanted.kind === 'backtest'
    ? [...backtestWords(wanted.request, places), ...common]
    : [...sweepWords(wanted.request, places), ...common]
}

function backtestWords(request: BacktestRequest, places: RunPlaces): readonly string[] {
  const { strategy, parameters, market, benchmark, checkLookahead, checkRecursion, monteCarlo } = request
  return [
    'backtest',
    ...(strategy.kind === 'conditions'
      ? [`--entry=${strategy.entry}`, ...given('exit', strategy.exit)]
      : [named(strategy, places)]),
    ...Object.entries(parameters).map(([key, value]) => `--param=${key}=${String(value)}`),
    ...marketWords(market),
    ...given('benchmark', benchmark),
    ...(checkLookahead ? ['--check-lookahead'] : []),
    ...(checkRecursion ? ['--check-recursion'] : []),
    ...given('monte-carlo', monteCarlo),
  ]
}

function sweepWords(request: SweepRequest, places: RunPlaces): readonly string[] {
  const { strategy, turned, market, method, objective, trials, seed } = request
  return [
    'sweep',
    named(strategy, places),
    ...Object.entries(turned).map(([key, values]) => `--param=${values === '' ? key : `${key}=${values}`}`),
    ...marketWords(market),
    `--method=${method}`,
    `--objective=${objective}`,
    ...given('trials', trials),
    ...given('seed', seed),
    `--workers=${places.workers}`,
  ]
}

const named = (strategy: SweepRequest['strategy'], { strategies = '' }: RunPlaces): string =>
  strategy.kind === 'known' ? strategy.id : join(strategies, strategy.file)

function marketWords(market: MarketChoice): readonly string[] {
  const { amount, slippage, limitTicks } = market
  return [
    `--data=${market.data}`,
    ...given('symbols', market.symbols?.join(',')),
    ...given('from', market.from),
    ...given('to', market.to),
    ...given('cash', market.cash),
    ...given('amount', amount && (amount.kind === 'money' ? amount.money : `${amount.ratio * 100}%`)),
    ...given('max-positions', market.maxPositions),
    ...given(
      'order',
      limitTicks === undefined ? undefined : `limit:${limitTicks < 0 ? '' : '+'}${limitTicks}`,
    ),
    ...given('stop-loss', market.stopLoss),
    ...given('take-profit', market.takeProfit),
    `--slippage=${slippageWord(slippage)}`,
    ...given('participation', market.participation),
    ...given('limit-fill', market.limitFill),
    ...given('commission', market.commission),
  ]
}

function slippageWord(slippage: MarketChoice['slippage']): string {
  if (slippage.kind === 'none') return 'none'
  return slippage.kind === 'ticks' ? `ticks:${slippage.ticks}` : `${slippage.kind}:${slippage.coefficient}`
}

const given = (option: string, value: string | number | undefined): readonly string[] =>
  value === undefined || value === '' ? [] : [`--${option}=${value}`]
