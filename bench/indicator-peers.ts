import { createRequire } from 'node:module'
import type { Kernel } from './c-kernels.ts'

/** Libraries of others, each as it is used by most: arrays of numbers in, whatever it makes of them out. */
export interface Peer {
  readonly name: string
  readonly kernels: Readonly<Record<Kernel, () => unknown>>
}

export interface PriceArrays {
  readonly high: number[]
  readonly low: number[]
  readonly close: number[]
}

/** One update of all six indicators. */
export type StreamingPeer = (high: number, low: number, close: number) => void

// Some of them have no types for Node's modules, so that what is used of them is written here.
interface Calculator {
  calculate(input: object): unknown
}
type Plain = (values: number[], settings: object) => unknown
interface Technicalindicators {
  readonly SMA: Calculator
  readonly EMA: Calculator
  readonly RSI: Calculator
  readonly MACD: Calculator
  readonly BollingerBands: Calculator
  readonly ATR: Calculator
}
interface Indicatorts {
  readonly sma: Plain
  readonly ema: Plain
  readonly rsi: Plain
  readonly macd: Plain
  readonly bb: Plain
  readonly atr: (high: number[], low: number[], close: number[], settings: object) => unknown
}
interface Ixjb94 {
  readonly IndicatorsSync: new () => {
    sma(values: number[], period: number): unknown
    ema(values: number[], period: number): unknown
    rsi(values: number[], period: number): unknown
    macd(values: number[], fast: number, slow: number, signal: number): unknown
    bbands(values: number[], period: number, width: number): unknown
    atr(high: number[], low: number[], close: number[], period: number): unknown
  }
}
interface Updated<In> {
  update(value: In, replace: boolean): unknown
}
interface TradingSignals {
  readonly SMA: new (period: number) => Updated<number>
  readonly EMA: new (period: number) => Updated<number>
  readonly RSI: new (period: number) => Updated<number>
  readonly MACD: new (
    fast: Updated<number>,
    slow: Updated<number>,
    signal: Updated<number>,
  ) => Updated<number>
  readonly BollingerBands: new (period: number, width: number) => Updated<number>
  readonly ATR: new (period: number) => Updated<{ high: number; low: number; close: number }>
}

const require = createRequire(import.meta.url)

/** The peers that are installed. */
export function batchPeers({ high, low, close: values }: PriceArrays): readonly Peer[] {
  return [
    () => {
      const { SMA, EMA, RSI, MACD, BollingerBands, ATR } =
        require('technicalindicators') as Technicalindicators
      const periods = { fastPeriod: 12, slowPeriod: 26, signalPeriod: 9 }
      const ofAverages = { ...periods, SimpleMAOscillator: false, SimpleMASignal: false }
      return {
        name: 'technicalindicators',
        kernels: {
          sma: () => SMA.calculate({ period: 20, values }),
          ema: () => EMA.calculate({ period: 20, values }),
          rsi: () => RSI.calculate({ period: 14, values }),
          macd: () => MACD.calculate({ ...ofAverages, values }),
          bbands: () => BollingerBands.calculate({ period: 20, stdDev: 2, values }),
          atr: () => ATR.calculate({ period: 14, high, low, close: values }),
        },
      }
    },
    () => {
      const { sma, ema, rsi, macd, bb, atr } = require('indicatorts') as Indicatorts
      return {
        name: 'indicatorts',
        kernels: {
          sma: () => sma(values, { period: 20 }),
          ema: () => ema(values, { period: 20 }),
          rsi: () => rsi(values, { period: 14 }),
          macd: () => macd(values, { fast: 12, slow: 26, signal: 9 }),
          bbands: () => bb(values, { period: 20 }),
          atr: () => atr(high, low, values, { period: 14 }),
        },
      }
    },
    () => {
      const { IndicatorsSync } = require('@ixjb94/indicators') as Ixjb94
      const all = new IndicatorsSync()
      return {
        name: '@ixjb94/indicators',
        kernels: {
          sma: () => all.sma(values, 20),
          ema: () => all.ema(values, 20),
          rsi: () => all.rsi(values, 14),
          macd: () => all.macd(values, 12, 26, 9),
          bbands: () => all.bbands(values, 20, 2),
          atr: () => all.atr(high, low, values, 14),
        },
      }
    },
  ].flatMap((load: () => Peer) => installed(load) ?? [])
}

/** `trading-signals`, which is made for one value at a time. */
export function streamingPeer(): StreamingPeer | undefined {
  return installed(() => {
    const { SMA, EMA, RSI, MACD, BollingerBands, ATR } = require('trading-signals') as TradingSignals
    const [sma, ema, rsi] = [new SMA(20), new EMA(20), new RSI(14)]
    const macd = new MACD(new EMA(12), new EMA(26), new EMA(9))
    const [bands, atr] = [new BollingerBands(20, 2), new ATR(14)]
    return (high: number, low: number, close: number) => {
      for (const each of [sma, ema, rsi, macd, bands]) each.update(close, false)
      atr.update({ high, low, close }, false)
    }
  })
}

function installed<T>(load: () => T): T | undefined {
  try {
    return load()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND') return undefined
    throw error
  }
}
