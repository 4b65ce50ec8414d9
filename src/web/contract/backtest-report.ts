import { z } from 'zod'
import { sentenceSchema } from './live.ts'

/** What a backtest came to. Money in the smallest unit of `currency` (won, 1/10,000 dollar), ratios of one, days as YYYY-MM-DD. */

const unitSchema = z.enum(['ratio', 'number', 'money', 'count', 'days'])
export const currencySchema = z.enum(['KRW', 'USD'])

export const figureSchema = sentenceSchema.extend({
  key: z.string(),
  unit: unitSchema,
  /** Absent: there is none, and `why` says the reason. */
  value: z.number().optional(),
  why: sentenceSchema.optional(),
})
export const figureGroupSchema = sentenceSchema.extend({ figures: z.array(figureSchema) })

export const tradeGroupSchema = z.object({
  key: z.string(),
  name: z.string(),
  count: z.int(),
  netPnl: z.number(),
  costs: z.number(),
  winRate: z.number().optional(),
  profitFactor: z.number().optional(),
  expectancy: z.number().optional(),
})

export const factSchema = sentenceSchema.extend({ value: z.string() })

export const closedTripSchema = z.object({
  instrument: z.string(),
  name: z.string(),
  quantity: z.number(),
  buyValue: z.number(),
  sellValue: z.number(),
  buyFees: z.number(),
  sellFees: z.number(),
  tax: z.number(),
  realizedPnl: z.number(),
  openedAt: z.number(),
  closedAt: z.number(),
  entry: z.string(),
  exit: z.string(),
  exitReason: z.string(),
})

export const yearSchema = z.object({
  year: z.int(),
  /** January first; null for a month without a trading day. */
  months: z.array(z.number().nullable()),
  total: z.number(),
})

export const backtestReportSchema = z.object({
  version: z.literal(1),
  title: sentenceSchema,
  subtitle: z.string(),
  strategy: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  home: z.enum(['KRX', 'US']),
  currency: currencySchema,
  interval: z.string(),
  beganWith: z.number(),
  endedWith: z.number(),
  decisionHash: z.string(),
  /** What makes the result none, or only part of one. */
  alarms: z.array(sentenceSchema),
  /** What speaks against believing it. */
  doubts: z.array(sentenceSchema),
  groups: z.array(figureGroupSchema),
  days: z.array(z.string()),
  equity: z.array(z.number()),
  drawdown: z.array(z.number()),
  benchmark: z.object({ name: z.string(), closes: z.array(z.number()) }).optional(),
  months: z.array(yearSchema),
  byExit: z.array(tradeGroupSchema),
  byHour: z.array(tradeGroupSchema),
  byInstrument: z.array(tradeGroupSchema),
  costs: z.object({ gross: z.number(), commission: z.number(), tax: z.number(), net: z.number() }),
  assumptions: z.array(factSchema),
  certificate: z.array(factSchema),
  refused: z.int(),
  tradeCount: z.int(),
  /** Newest first, at most 1,000. */
  trades: z.array(closedTripSchema),
})
export type BacktestReport = z.infer<typeof backtestReportSchema>
export type FigureMessage = z.infer<typeof figureSchema>
export type FigureGroupMessage = z.infer<typeof figureGroupSchema>
export type TradeGroupMessage = z.infer<typeof tradeGroupSchema>
export type YearMessage = z.infer<typeof yearSchema>
export type FactMessage = z.infer<typeof factSchema>
export type CurrencyMessage = z.infer<typeof currencySchema>

/** A trial of a sweep; a figure that has no value is absent. */
export const sweepTrialSchema = z.object({
  number: z.int(),
  /** In the order of `parameters`. */
  values: z.array(z.union([z.number(), z.boolean(), z.string()])),
  score: z.number().optional(),
  sharpe: z.number().optional(),
  totalReturn: z.number().optional(),
  drawdown: z.number().optional(),
  roundTrips: z.int(),
  /** What the trials one step away were worth. */
  near: z.object({ neighbours: z.int(), mean: z.number(), least: z.number() }).optional(),
})

export const sweepReportSchema = z.object({
  version: z.literal(1),
  title: sentenceSchema,
  subtitle: z.string(),
  strategy: z.string(),
  objective: sentenceSchema.extend({ key: z.string(), unit: unitSchema }),
  /** What was turned. */
  parameters: z.array(sentenceSchema.extend({ key: z.string() })),
  fixed: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])),
  alarms: z.array(sentenceSchema),
  doubts: z.array(sentenceSchema),
  honesty: z.array(factSchema),
  /** How many were played; `trials` holds the best 2,500 of them. */
  played: z.int(),
  failed: z.int(),
  winner: z.int().optional(),
  /** The two parameters along which the objective varies most. */
  axes: z.object({ across: z.string(), up: z.string().optional() }).optional(),
  trials: z.array(sweepTrialSchema),
  failures: z.array(factSchema),
  assumptions: z.array(factSchema),
  certificate: z.array(factSchema),
})
export type SweepReport = z.infer<typeof sweepReportSchema>
export type SweepTrialMessage = z.infer<typeof sweepTrialSchema>
