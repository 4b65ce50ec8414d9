import { z } from 'zod'
import {
  closedTripSchema,
  factSchema,
  figureGroupSchema,
  tradeGroupSchema,
  yearSchema,
} from './backtest-report.ts'
import { sentenceSchema } from './live.ts'

/** What the account came to, day by day. Money in won, ratios of one, days as YYYY-MM-DD. */

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const source = z.string().regex(/^[a-z0-9-]{1,40}$/)

/** Where days come from: the journal of one account. */
export const performanceSourceSchema = z.object({
  id: z.string(),
  title: sentenceSchema,
  environment: z.enum(['simulated', 'paper', 'live']),
})
export type PerformanceSource = z.infer<typeof performanceSourceSchema>

export const dayResultSchema = z.object({
  day: z.string(),
  /** Realised, and what the value of held shares changed by. Deposits do not count. */
  pnl: z.number(),
  /** Of the equity that the day began with; absent when there was none. */
  ratio: z.number().optional(),
  realizedPnl: z.number(),
  unrealizedPnl: z.number(),
  commission: z.number(),
  tax: z.number(),
  equity: z.number(),
  startEquity: z.number(),
  trips: z.int(),
  wins: z.int(),
  orders: z.int(),
  fills: z.int(),
  alerts: z.int(),
  /** What was taken over from the broker because our books did not know it. */
  corrections: z.number(),
  /** The day is not over: its figures still change. */
  open: z.boolean(),
})
export type DayResultMessage = z.infer<typeof dayResultSchema>

export const spanQuerySchema = z.object({
  source: source.optional(),
  from: day.optional(),
  to: day.optional(),
})

export const dayListSchema = z.object({
  source: performanceSourceSchema,
  sources: z.array(performanceSourceSchema),
  /** Oldest first. */
  days: z.array(dayResultSchema),
  /** Days that are still being read. */
  pending: z.int(),
  /** Days whose record cannot be read, and why. */
  damaged: z.array(z.object({ day: z.string(), why: sentenceSchema })),
})
export type DayList = z.infer<typeof dayListSchema>

export const performanceSchema = z.object({
  source: performanceSourceSchema,
  from: z.string().optional(),
  to: z.string().optional(),
  doubts: z.array(sentenceSchema),
  groups: z.array(figureGroupSchema),
  days: z.array(z.string()),
  /** What one won would have become at the close of each day. */
  growth: z.array(z.number()),
  drawdown: z.array(z.number()),
  months: z.array(yearSchema),
  byStrategy: z.array(tradeGroupSchema),
  byExit: z.array(tradeGroupSchema),
  byHour: z.array(tradeGroupSchema),
  byInstrument: z.array(tradeGroupSchema),
  costs: z.object({ gross: z.number(), commission: z.number(), tax: z.number(), net: z.number() }),
  facts: z.array(factSchema),
})
export type PerformanceMessage = z.infer<typeof performanceSchema>

const dayTripSchema = closedTripSchema.extend({ strategy: z.string() })
export const dayDetailSchema = z.object({ result: dayResultSchema, trips: z.array(dayTripSchema) })
export type DayDetail = z.infer<typeof dayDetailSchema>

export const STATEMENT_SPANS = ['day', 'week', 'month', 'all'] as const
export const statementQuerySchema = z.object({
  source: source.optional(),
  span: z.enum(STATEMENT_SPANS),
  /** Any day of the span; the newest without it. */
  on: day.optional(),
  what: z.enum(['days', 'trades']).default('trades'),
})
export type StatementSpan = (typeof STATEMENT_SPANS)[number]
