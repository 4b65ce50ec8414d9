import { createRandom } from '../src/std/random.ts'
import { averageTrueRange, createAverageTrueRange } from '../src/trading/indicators/average-true-range.ts'
import { bbands, createBbands } from '../src/trading/indicators/bbands.ts'
import { createEma, ema } from '../src/trading/indicators/ema.ts'
import { createMacd, macd } from '../src/trading/indicators/macd.ts'
import { createRsi, rsi } from '../src/trading/indicators/rsi.ts'
import { createSma, sma } from '../src/trading/indicators/sma.ts'
import { type Kernel, startCKernels } from './c-kernels.ts'
import { type Bench, type Benchmarks, cpuMicrosecondsOf } from './harness.ts'
import { batchPeers, type Peer, streamingPeer } from './indicator-peers.ts'

/** SMA 20, EMA 20, RSI 14, MACD 12 26 9, Bollinger 20 2, ATR 14: over whole columns, and one value at a time. */
export const indicators: Benchmarks = {
  name: 'indicators',
  run: async (bench) => {
    await againstC(bench)
    await againstTaLib(bench)
    await againstPeers(bench)
    await streaming(bench)
    await manySymbols(bench)
  },
}

const KERNELS: readonly Kernel[] = ['sma', 'ema', 'rsi', 'macd', 'bbands', 'atr']
const SYMBOLS = 2_000

interface Prices {
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
}

/** Our six over these columns, into arrays that are there already, as a sweep uses them. */
function ownKernels({ high, low, close }: Prices): Readonly<Record<Kernel, () => unknown>> {
  const [a, b, c] = [close.slice(), close.slice(), close.slice()] as const
  return {
    sma: () => sma(close, 20, a),
    ema: () => ema(close, 20, a),
    rsi: () => rsi(close, 14, a),
    macd: () => macd(close, 12, 26, 9, { macd: a, signal: b, histogram: c }),
    bbands: () => bbands(close, 20, 2, 2, { upper: a, middle: b, lower: c }),
    atr: () => averageTrueRange(high, low, close, 14, a),
  }
}

async function againstC(bench: Bench): Promise<void> {
  const bars = bench.sized(1_000_000, 200_000)
  const passes = bench.sized(4, 2)
  const theirs = await startCKernels(bars)
  if (theirs === undefined) return bench.skip('P1', 'there is no gcc on this machine')
  const ours = ownKernels(pricesOf(bars))
  for (const kernel of KERNELS)
    await bench.compare({
      name: `indicators: ${kernel} over ${bars} bars`,
      goal: 'P1',
      unit: 'ns/bar of CPU',
      ours: () => nsPer(bars * passes, () => times(passes, ours[kernel])),
      reference: { name: 'the same loop in C, -O3', run: () => theirs.run(kernel, passes) },
      gate: '<= 2',
      rounds: bench.sized(15, 3),
    })
  await theirs.stop()
}

/** Where its C sources are; they are no part of this repository. */
const TALIB = process.env.TALIB_SOURCE

async function againstTaLib(bench: Bench): Promise<void> {
  if (TALIB === undefined)
    return bench.skip('P4', "TALIB_SOURCE does not name the folder of TA-Lib's C sources")
  const bars = bench.sized(1_000_000, 200_000)
  const passes = bench.sized(2, 1)
  const theirs = await startCKernels(bars, TALIB)
  if (theirs === undefined) return bench.skip('P4', 'TA-Lib does not compile here')
  const ours = ownKernels(pricesOf(bars))
  await bench.compare({
    name: `indicators: six over ${bars} bars, summed`,
    goal: 'P4',
    unit: 'ns/bar of CPU',
    ours: () =>
      KERNELS.reduce((sum, kernel) => sum + nsPer(bars * passes, () => times(passes, ours[kernel])), 0),
    reference: {
      name: "TA-Lib's own functions in C, -O3",
      run: async () => {
        let sum = 0
        for (const kernel of KERNELS) sum += await theirs.run(kernel, passes)
        return sum
      },
    },
    gate: '<= 1',
    rounds: bench.sized(15, 3),
  })
  await theirs.stop()
}

async function againstPeers(bench: Bench): Promise<void> {
  const bars = bench.sized(100_000, 10_000)
  const passes = bench.sized(20, 5)
  const prices = pricesOf(bars)
  const { high, low, close } = prices
  const peers = batchPeers({ high: [...high], low: [...low], close: [...close] })
  const ours = ownKernels(prices)
  const ownRate = () => meanRate(ratesOf(bars, ours, passes))
  const compare = (goal: string, gate: '>= 4' | '>= 30', name: string, held: readonly Peer[]) =>
    bench.compare({
      name: `indicators: six over ${bars} bars, geometric mean`,
      goal,
      unit: 'bars/s of CPU',
      ours: ownRate,
      reference: { name, run: () => meanRate(bestOf(held.map(({ kernels }) => ratesOf(bars, kernels, 1)))) },
      gate,
      rounds: bench.sized(7, 3),
    })
  if (peers.length === 0) bench.skip('P2', 'no library to compare with is installed')
  else await compare('P2', '>= 4', `the best of ${peers.map(({ name }) => name).join(', ')} each time`, peers)
  const mostUsed = peers.filter(({ name }) => name === 'technicalindicators')
  if (mostUsed.length === 0) bench.skip('P3', 'technicalindicators is not installed')
  else await compare('P3', '>= 30', 'technicalindicators', mostUsed)
}

async function streaming(bench: Bench): Promise<void> {
  const theirs = streamingPeer()
  if (theirs === undefined) return bench.skip('P5', 'trading-signals is not installed')
  const ticks = bench.sized(200_000, 20_000)
  const { high, low, close } = pricesOf(ticks)
  const ours = ownStream()
  const rate = (update: typeof theirs) => () =>
    1e9 /
    nsPer(ticks, () => {
      for (let i = 0; i < ticks; i++) update(high[i] as number, low[i] as number, close[i] as number)
    })
  await bench.compare({
    name: 'indicators: six at every value',
    goal: 'P5',
    unit: 'values/s of CPU',
    ours: rate(ours),
    reference: { name: 'trading-signals', run: rate(theirs) },
    gate: '>= 12',
    rounds: bench.sized(9, 3),
  })
}

async function manySymbols(bench: Bench): Promise<void> {
  const ticks = bench.sized(1_000_000, 200_000)
  const { high, low, close } = pricesOf(ticks)
  const streams = Array.from({ length: SYMBOLS }, ownStream)
  const random = createRandom(2)
  const whose = Uint32Array.from({ length: ticks }, () => Math.floor(random.next() * SYMBOLS))
  const hot = new Uint32Array(ticks)
  const over = (order: Uint32Array) => () =>
    nsPer(ticks, () => {
      for (let i = 0; i < ticks; i++)
        streams[order[i] as number]?.(high[i] as number, low[i] as number, close[i] as number)
    })
  await bench.compare({
    name: `indicators: six a tick, ${SYMBOLS} symbols in random order`,
    goal: 'P6',
    unit: 'ns/tick of CPU',
    ours: over(whose),
    reference: { name: 'one hot symbol', run: over(hot) },
    gate: '<= 3.5',
    rounds: bench.sized(9, 3),
  })
}

/** As an engine hands it over: one bar for all. */
const bar = { high: 0, low: 0, close: 0 }

function ownStream(): (high: number, low: number, close: number) => void {
  const [average, smooth, strength] = [createSma(20), createEma(20), createRsi(14)]
  const [crossing, bands, range] = [createMacd(12, 26, 9), createBbands(20, 2, 2), createAverageTrueRange(14)]
  return (high, low, close) => {
    bar.high = high
    bar.low = low
    bar.close = close
    average.next(close)
    smooth.next(close)
    strength.next(close)
    crossing.next(close)
    bands.next(close)
    range.next(bar)
  }
}

type Rates = Readonly<Record<Kernel, number>>

const ratesOf = (bars: number, kernels: Readonly<Record<Kernel, () => unknown>>, passes: number): Rates => {
  const rate = (kernel: Kernel) => 1e9 / nsPer(bars * passes, () => times(passes, kernels[kernel]))
  return Object.fromEntries(KERNELS.map((kernel) => [kernel, rate(kernel)])) as Rates
}

const bestOf = (all: readonly Rates[]): Rates =>
  Object.fromEntries(
    KERNELS.map((kernel) => [kernel, Math.max(...all.map((rates) => rates[kernel]))]),
  ) as Rates

const meanRate = (rates: Rates): number =>
  Math.exp(KERNELS.reduce((sum, kernel) => sum + Math.log(rates[kernel]), 0) / KERNELS.length)

function times(count: number, work: () => unknown): void {
  for (let i = 0; i < count; i++) work()
}

const nsPer = (count: number, work: () => void): number => (cpuMicrosecondsOf(work) * 1_000) / count

/** A walk of whole prices around 40,000. */
function pricesOf(count: number): Prices {
  const random = createRandom(1)
  const close = new Float64Array(count)
  let last = 40_000
  for (let i = 0; i < count; i++) {
    last = Math.max(10_000, last + 100 * Math.round((random.next() - 0.5) * 6))
    close[i] = last
  }
  return { high: close.map((price) => price + 100), low: close.map((price) => price - 100), close }
}
