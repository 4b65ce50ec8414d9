import { z } from 'zod'

/**
 * What a screen knows of the running trader: one plain object, sent whole once and then as JSON merge patches (RFC 7396),
 * so lists are objects by key and nothing in it is ever `null`. Money in won, prices in won, quantities in shares, ratios
 * of one, instants in market milliseconds (UTC) unless said otherwise.
 */

export const sentenceSchema = z.object({ ko: z.string(), en: z.string() })
export type SentenceMessage = z.infer<typeof sentenceSchema>

const money = z.int().describe('won')
const price = z.int().nonnegative().describe('won a share; 0 while unknown')
const shares = z.int().nonnegative()
const instant = z.number().describe('epoch ms')
const side = z.enum(['buy', 'sell'])

const clockSchema = z.object({
  /** The market's own time, which a demo runs faster. */
  now: instant,
  day: z.string(),
  phase: z.string(),
  phaseName: sentenceSchema,
  /** Market seconds in a wall second. */
  speed: z.number(),
  next: z.object({ at: instant, phase: z.string(), name: sentenceSchema }).optional(),
})

const deskSchema = z.object({
  environment: z.enum(['simulated', 'paper', 'live']),
  title: z.string(),
  halt: z.enum(['active', 'reducing', 'halted']),
  buyingPaused: z.boolean(),
  accountKnown: z.boolean(),
  cash: money,
  buyingPower: money,
  equity: money,
  /** Equity by the last close before the day, and by what was paid in or out since: the day's result is what it lacks to `equity`. */
  startEquity: money,
  realizedPnl: money,
  unrealizedPnl: money,
  commission: money,
  tax: money,
  corrections: money,
  counts: z.object({
    events: z.int(),
    orders: z.int(),
    fills: z.int(),
    unfilledHandled: z.int(),
    vi: z.int(),
    alerts: z.int(),
  }),
  decisionHash: z.string(),
})

const healthSchema = z.object({
  /** The line between this server and the trader. `down`: everything else here is as old as `shownAt`. */
  line: z.enum(['up', 'down']),
  /** Wall ms when the trader last showed itself. */
  shownAt: instant,
  feed: z.enum(['live', 'connecting', 'down']),
  feedDetail: z.string(),
  /** Wall ms of the last message of the feed; 0: none yet. */
  feedAt: instant,
  registered: z.int(),
  polled: z.int(),
  slots: z.int(),
  /** How far the trader's own timers run behind, market ms. */
  lagMs: z.number(),
})

export const positionSchema = z.object({
  instrument: z.string(),
  name: z.string(),
  quantity: shares,
  averagePrice: z.number(),
  last: price,
  /** When that price was heard, market ms; 0: never. */
  pricedAt: instant,
  gainRatio: z.number(),
  pnl: money,
  openedAt: instant,
  /** The nearest protective exit and the take-profit; 0 when none is set. */
  stop: price,
  target: price,
  /** The highest price since entry, which trailing stops follow. */
  high: price,
  exiting: z.string().optional(),
  atBroker: z.object({ stop: price, limit: price, quantity: shares }).optional(),
})

export const orderSchema = z.object({
  id: z.string(),
  instrument: z.string(),
  name: z.string(),
  side,
  type: z.string(),
  venue: z.string(),
  status: z.string(),
  limit: price.optional(),
  stop: price.optional(),
  quantity: shares,
  filled: shares,
  reason: z.string(),
  createdAt: instant,
  updatedAt: instant,
  venueOrderId: z.string().optional(),
  doubt: z.string().optional(),
  queue: z.object({ ahead: z.array(z.number()), fills: z.array(z.number()) }).optional(),
})

export const conditionSchema = z.object({
  id: z.string(),
  name: z.string(),
  use: z.enum(['buy', 'sell']),
  entered: z.int(),
  ordered: z.int(),
  lastAt: instant,
})

export const happeningSchema = z.object({
  at: instant,
  level: z.enum(['info', 'warning', 'urgent']),
  ko: z.string(),
  en: z.string(),
})

export const refusalSchema = z.object({
  at: instant,
  instrument: z.string(),
  name: z.string(),
  side,
  source: z.string(),
  code: z.string(),
  /** The numbers that decided, by name. */
  numbers: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  ko: z.string(),
  en: z.string(),
})

export const tripSchema = z.object({
  instrument: z.string(),
  name: z.string(),
  quantity: shares,
  buyValue: money,
  sellValue: money,
  costs: money,
  realizedPnl: money,
  openedAt: instant,
  closedAt: instant,
  entry: z.string(),
  exit: z.string(),
  exitReason: z.string(),
})

export const liveStateSchema = z.object({
  clock: clockSchema,
  desk: deskSchema,
  health: healthSchema,
  indexes: z.record(z.string(), z.object({ value: z.number(), change: z.number() })),
  positions: z.record(z.string(), positionSchema).describe('by instrument'),
  orders: z.record(z.string(), orderSchema).describe('open orders by id'),
  conditions: z.record(z.string(), conditionSchema).describe('by use and id'),
  happenings: z.record(z.string(), happeningSchema).describe('by running number, newest 200'),
  refusals: z.record(z.string(), refusalSchema).describe('by running number, newest 200'),
  trips: z.record(z.string(), tripSchema).describe('by running number of the day'),
})
export type LiveState = z.infer<typeof liveStateSchema>
export type PositionMessage = z.infer<typeof positionSchema>
export type OrderMessage = z.infer<typeof orderSchema>
export type ConditionMessage = z.infer<typeof conditionSchema>
export type HappeningMessage = z.infer<typeof happeningSchema>
export type RefusalMessage = z.infer<typeof refusalSchema>
export type TripMessage = z.infer<typeof tripSchema>

const stepSchema = z.object({ price, quantity: shares })

/** One print, quote or whole book (best steps first) of an instrument that a screen follows. */
export const tickSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('trade'),
    at: instant,
    price,
    quantity: shares,
    aggressor: side.optional(),
    dayVolume: shares,
  }),
  z.object({
    kind: z.literal('quote'),
    at: instant,
    bid: price,
    bidQuantity: shares,
    ask: price,
    askQuantity: shares,
    expectedPrice: price,
    expectedQuantity: shares,
  }),
  z.object({
    kind: z.literal('book'),
    at: instant,
    asks: z.array(stepSchema).max(10),
    bids: z.array(stepSchema).max(10),
  }),
])
export type TickMessage = z.infer<typeof tickSchema>

/** From a screen. `seq` is the last patch it has, of the stream it had it from. */
export const fromScreenSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('resume'), stream: z.string().max(40), seq: z.int().nonnegative() }),
  z.object({ type: z.literal('start') }),
  z.object({ type: z.literal('follow'), instruments: z.array(z.string().max(20)).max(4) }),
])
export type FromScreen = z.infer<typeof fromScreenSchema>

/** To a screen. A patch carries the number after that of the one before; a `beat` only says that the line is alive. `at`: wall ms. */
export type ToScreen =
  | {
      readonly type: 'snapshot'
      readonly stream: string
      readonly seq: number
      readonly at: number
      readonly state: LiveState
    }
  | { readonly type: 'patch'; readonly seq: number; readonly at: number; readonly patch: unknown }
  | { readonly type: 'beat'; readonly at: number }
  | { readonly type: 'ticks'; readonly instrument: string; readonly ticks: readonly TickMessage[] }
  /** The session ended: log in again. */
  | { readonly type: 'bye'; readonly ko: string; readonly en: string }
