import { z } from 'zod'
import { sentenceSchema } from './live.ts'

const instant = z.number().describe('epoch ms')
const column = z.array(z.number())

/** The lengths of bars that a broker's chart has. */
export const CHART_INTERVALS = ['1m', '3m', '5m', '10m', '15m', '30m', '60m', '1d'] as const
export type ChartInterval = (typeof CHART_INTERVALS)[number]
export const chartIntervalSchema = z.enum(CHART_INTERVALS)

/** A stretch of a trading day: between them nothing trades. */
export const sessionSchema = z.object({ phase: z.string(), name: sentenceSchema, from: instant, to: instant })

export const barSchema = z.object({
  at: instant,
  open: z.number(),
  high: z.number(),
  low: z.number(),
  close: z.number(),
  volume: z.number(),
})

/** Bars that have closed, oldest first, a list for each column. `at`: when a bar opens. */
export const barsSchema = z.object({
  at: column,
  open: column,
  high: column,
  low: column,
  close: column,
  volume: column,
  /** The bar that is forming, as far as its closed minutes tell. Absent for the shortest bars and where none has traded yet. */
  running: barSchema.optional(),
  /** Of the days of these bars, at most ten; empty for day bars. */
  sessions: z.array(sessionSchema),
})
export type BarsMessage = z.infer<typeof barsSchema>
export type BarMessage = z.infer<typeof barSchema>
export type SessionMessage = z.infer<typeof sessionSchema>

/** What can be drawn on a chart. Computed by the very functions that strategies use. */
export const INDICATOR_NAMES = [
  'ema5',
  'ema20',
  'ema60',
  'sma5',
  'sma20',
  'sma60',
  'bollinger',
  'vwap',
  'rsi',
  'macd',
] as const
export type IndicatorName = (typeof INDICATOR_NAMES)[number]

export const indicatorsSchema = z.object({
  /** When the bar of each value opens. */
  at: column,
  lines: z.array(
    z.object({
      name: z.enum(INDICATOR_NAMES),
      /** Which of its lines: `upper`, `signal`; the name itself where it has one alone. */
      line: z.string(),
      /** `price`: on the candles; else a pane of its own. */
      pane: z.enum(['price', 'rsi', 'macd']),
      /** The index in `at` of the first value: before it the indicator is not warm. */
      from: z.int(),
      values: column,
    }),
  ),
})
export type IndicatorsMessage = z.infer<typeof indicatorsSchema>

export const namedInstrumentSchema = z.object({
  instrument: z.string(),
  name: z.string(),
  held: z.boolean(),
})
export const instrumentsSchema = z.array(namedInstrumentSchema)
export type NamedInstrument = z.infer<typeof namedInstrumentSchema>

/** What a screen must know of an instrument to offer an order. */
export const instrumentSchema = z.object({
  instrument: z.string(),
  name: z.string(),
  market: z.string(),
  class: z.string(),
  /** From this price on prices move by that much. */
  ticks: z.array(z.object({ from: z.int(), tick: z.int() })),
  /** The base price of the day (기준가): the last close before it, as adjusted by the exchange. */
  previousClose: z.int(),
  /** Upper and lower limit, both can be ordered; absent on a day without limits. */
  band: z.object({ lower: z.int(), upper: z.int() }).optional(),
  /** Of what a sale brings: transaction tax, as a ratio. */
  saleTaxRatio: z.number(),
})
export type InstrumentMessage = z.infer<typeof instrumentSchema>
