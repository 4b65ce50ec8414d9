import { z } from 'zod'
import { sentenceSchema } from './live.ts'

const money = z.int().describe('won')

/** A limit and what of it is used. `used` is absent where this trader does not tell it. */
const usedSchema = z.object({ used: z.number().optional(), max: z.number().optional() })

export const riskSchema = z.object({
  limits: z.object({
    positions: usedSchema.describe('held and being bought'),
    orders: usedSchema.describe('sent today'),
    buyAmount: usedSchema.describe('won bought and being bought today'),
    loss: usedSchema.describe('won lost today, realised and not; 0 on a day with a gain'),
    perSecond: usedSchema.describe('orders of the last second'),
    perInstrument: money.describe('the most in one instrument'),
    rebuy: z.object({ notToday: z.boolean(), notAfterLoss: z.boolean(), blockMs: z.number().optional() }),
  }),
  exposure: z.object({
    cash: money,
    invested: money.describe('positions at their last price'),
    equity: money,
    positions: z.array(
      z.object({
        instrument: z.string(),
        name: z.string(),
        market: z.string().optional(),
        sector: z.string().optional(),
        value: money,
        /** What it cost and what more is being bought: what the limit of one instrument counts. */
        committed: money,
        stop: z.int().describe('0: none'),
        /** Change of its value when it is sold at its stop; 0 without one. */
        atStop: money,
      }),
    ),
    markets: z.array(z.object({ market: z.string(), value: money })).describe('empty name: not told yet'),
    sectors: z.array(z.object({ sector: z.string(), value: money })).describe('empty name: not told'),
  }),
  /** Every position sold at its stop now, before costs. */
  allStops: z.object({
    change: money,
    unguarded: z.int().describe('positions without a stop'),
    unguardedValue: money,
  }),
})
export type RiskMessage = z.infer<typeof riskSchema>

const tailSchema = z.object({
  confidence: z.number(),
  method: z.enum(['historical', 'gaussian']),
  valueAtRisk: money,
  expectedShortfall: money,
  /** Of a historical figure: how many days stand in the tail. */
  tailDays: z.int().optional(),
})

/** What the held names would have lost on the days behind us: an estimate, made at most once a minute. */
export const estimateSchema = z.object({
  /** Wall ms when it was made. */
  at: z.number(),
  /** The value of the names it covers. */
  value: money,
  /** Daily returns it rests on, and the days of the first and last of them; absent when there are none. */
  window: z.object({ days: z.int(), from: z.string(), to: z.string() }).optional(),
  tails: z.array(tailSchema),
  /** Why there are no figures, or fewer. */
  gap: sentenceSchema.optional(),
  /** What of the 99 % Gaussian figure each name brings; a negative part makes the whole safer. */
  parts: z.array(z.object({ instrument: z.string(), name: z.string(), valueAtRisk: money })),
  left: z
    .array(z.object({ instrument: z.string(), name: z.string(), ...sentenceSchema.shape }))
    .describe('held names it does not cover, and why'),
  /** Every name at its lower limit of today: 30 % below the last close. `assumed`: names whose close is not known. */
  lowerLimits: z.object({ change: money, assumed: z.int() }),
})
export type EstimateMessage = z.infer<typeof estimateSchema>

/** The broker gives one chart a second: until all of them are there this is answered. */
export const readingSchema = z.object({
  reading: z.object({ done: z.int(), of: z.int() }).describe('held names whose daily bars were read'),
})
export type ReadingMessage = z.infer<typeof readingSchema>
