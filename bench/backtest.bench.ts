import { settingsFor } from '../src/apps/backtest/settings.ts'
import type { BarTable } from '../src/lab/backtest/bar-table.ts'
import type { BacktestPlan } from '../src/lab/backtest/plan.ts'
import { runBacktest } from '../src/lab/backtest/run.ts'
import { krw } from '../src/model/money.ts'
import { emaCross } from '../src/trading/strategies/ema-cross.ts'
import { type Bench, type Benchmarks, cpuMicrosecondsOf } from './harness.ts'
import { days, madeUpShares, minutes } from './made-up-bars.ts'

/** Slow enough for a person: an order every few hundred minutes. */
const FAST = 200
const SLOW = 400
/** As the strategy has it. */
const WARM_UP = 5 * SLOW
const CASH = 100_000_000

/** The whole engine over history: orders, risk, costs by date, ledger, decisions. */
export const backtest: Benchmarks = {
  name: 'backtest',
  run: async (bench) => {
    await oneSymbol(bench)
    await manySymbols(bench)
    await growth(bench)
    memory(bench)
  },
}

async function oneSymbol(bench: Bench): Promise<void> {
  const plan = planFor(minutes(bench.sized(1_000_000, 30_000)), 1, '1m', 1)
  const count = plan().bars.index.length
  const [our, their] = [runBacktest(plan()), tightLoop(plan().bars)]
  // Both trade about as often, or they are not the same work.
  if (Math.abs(our.orders.length / Math.max(1, their.orders) - 1) > 0.2)
    throw new Error(`the engine made ${our.orders.length} orders, the loop ${their.orders}`)
  await bench.compare({
    name: `backtest: whole engine, ${count} minute bars of one symbol, ${our.orders.length} orders`,
    goal: 'E1',
    unit: 'ns/bar of CPU',
    ours: () => nsPer(count, () => runBacktest(plan())),
    reference: {
      name: 'the same strategy as one tight loop',
      run: () => nsPer(count, () => tightLoop(plan().bars)),
    },
    gate: '<= 12',
    rounds: bench.sized(5, 3),
  })
}

async function manySymbols(bench: Bench): Promise<void> {
  const names = bench.sized(2_000, 100)
  const many = planFor(days(bench.sized(2_500, 250), names), names, '1d', 50)
  const one = planFor(minutes(bench.sized(1_000_000, 30_000)), 1, '1m', 1)
  const [inMany, inOne] = [many().bars.index.length, one().bars.index.length]
  const perSecond = (bars: number, plan: () => BacktestPlan) => 1e9 / nsPer(bars, () => runBacktest(plan()))
  await bench.compare({
    name: `backtest: ${names} symbols, ${inMany} daily bars, 50 positions, one account`,
    goal: 'E2',
    unit: 'bars/s of CPU',
    ours: () => perSecond(inMany, many),
    reference: { name: 'one symbol, minute bars', run: () => perSecond(inOne, one) },
    gate: '>= 0.5',
    rounds: bench.sized(3, 2),
  })
}

/** Twice the work takes twice the time: twice the bars of one symbol, then twice the symbols. */
async function growth(bench: Bench): Promise<void> {
  const bars = bench.sized(500_000, 30_000)
  const [names, dates] = [bench.sized(500, 50), bench.sized(500, 100)]
  const compare = (name: string, twice: () => BacktestPlan, once: () => BacktestPlan) =>
    bench.compare({
      name: `backtest: ${name}`,
      goal: 'E3',
      unit: 'ms of CPU',
      ours: () => nsPer(1e6, () => runBacktest(twice())),
      reference: { name: 'half as many', run: () => nsPer(1e6, () => runBacktest(once())) },
      gate: '<= 2.1',
      rounds: bench.sized(7, 3),
    })
  await compare(
    `${2 * bars} minute bars`,
    planFor(minutes(2 * bars), 1, '1m', 1),
    planFor(minutes(bars), 1, '1m', 1),
  )
  await compare(
    `${2 * names} symbols`,
    planFor(days(dates, 2 * names), 2 * names, '1d', 50),
    planFor(days(dates, names), names, '1d', 50),
  )
}

/** What a run takes beyond its table, with what waits to be collected. A short run would show little else than that. */
function memory(bench: Bench): void {
  if (bench.short) return bench.skip('E2', 'the memory of a short run is that of the machine itself')
  const count = 1_000_000
  const plan = planFor(minutes(count), 1, '1m', 1)()
  const used = () => {
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  const before = used()
  let most = before
  runBacktest(plan, (done) => {
    if (done % 8_192 === 0) most = Math.max(most, used())
  })
  bench.hold({
    name: `backtest: memory of ${count} minute bars of one symbol, beyond their table`,
    goal: 'E2',
    unit: 'bytes/bar',
    ours: (most - before) / count,
    limit: 100,
  })
}

const nsPer = (count: number, work: () => unknown): number =>
  (cpuMicrosecondsOf(() => void work()) * 1_000) / count

/** A plan is used up by its run: the strategy remembers. */
function planFor(
  bars: BarTable,
  names: number,
  interval: '1m' | '1d',
  maxPositions: number,
): () => BacktestPlan {
  const instruments = madeUpShares(names)
  return () => {
    const run = emaCross.start({ fast: FAST, slow: SLOW }, instruments)
    if (!run.ok) throw new Error('the strategy does not start')
    return {
      bars,
      interval,
      instruments,
      participants: [{ name: emaCross.id, run: run.value }],
      settings: settingsFor(emaCross, {
        maxPositions,
        order: { kind: 'market' },
        exits: { trailing: [], stopLossRatio: 0.1 },
        slippage: { kind: 'none' },
        participationRatio: 1,
        limitFill: 'through',
      }),
      cash: krw(CASH),
      assumptions: { slippage: { kind: 'none' }, participationRatio: 1, limitFill: 'through' },
    }
  }
}

/** What the engine does, without an engine: two averages, an order at the next open, fee, tax, equity at every bar. */
function tightLoop({ open, close, low }: BarTable): {
  readonly orders: number
  readonly equity: Float64Array
} {
  const equity = new Float64Array(close.length)
  const [fastShare, slowShare] = [2 / (FAST + 1), 2 / (SLOW + 1)]
  let [fast, slow, cash, shares, paid, orders] = [close[0] as number, close[0] as number, CASH, 0, 0, 0]
  let want = 0
  for (let i = 0; i < close.length; i++) {
    const [first, last] = [open[i] as number, close[i] as number]
    if (want === 1 && shares === 0) {
      shares = Math.floor((cash * 0.75) / first)
      cash -= shares * first + Math.floor((shares * first * 0.00015) / 10) * 10
      paid = first
      orders++
    } else if (want === -1 && shares > 0) {
      cash +=
        shares * first - Math.floor((shares * first * 0.00015) / 10) * 10 - Math.floor(shares * first * 0.003)
      shares = 0
      orders++
    }
    if (shares > 0 && (low[i] as number) <= paid * 0.9) {
      const at = Math.min(first, paid * 0.9)
      cash += shares * at - Math.floor((shares * at * 0.00015) / 10) * 10 - Math.floor(shares * at * 0.003)
      shares = 0
      orders++
    }
    const wasAbove = fast > slow
    fast += fastShare * (last - fast)
    slow += slowShare * (last - slow)
    want = i < WARM_UP || fast > slow === wasAbove ? 0 : fast > slow ? 1 : -1
    equity[i] = cash + shares * last
  }
  return { orders, equity }
}
