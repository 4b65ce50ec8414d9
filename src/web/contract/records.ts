import { z } from 'zod'
import { liveStateSchema, refusalSchema, sentenceSchema, tripSchema } from './live.ts'

/**
 * What is read from the record of a day. Money and prices in won, quantities in shares, instants in market milliseconds (UTC).
 * A page of rows goes on where `next` says; it means nothing to anybody but the server.
 */

const instant = z.number().describe('epoch ms')
const money = z.int().describe('won')
const price = z.int().nonnegative().describe('won a share')
const shares = z.int().nonnegative()
const seq = z.int().nonnegative().describe('number of the record')
const side = z.enum(['buy', 'sell'])

export const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const cursor = z.string().max(60)
const MOST_ROWS = 200
const limit = z.coerce.number().int().min(1).max(MOST_ROWS).default(50)
const instrument = z.string().max(20)

/** How much of a day's record stands behind an answer, and what is wrong with it. */
export const recordSchema = z.object({
  day: daySchema,
  bytes: z.int(),
  readBytes: z.int(),
  records: z.int(),
  /** Everything that was there when it was asked for has been read. */
  isWhole: z.boolean(),
  from: instant.optional(),
  to: instant.optional(),
  /** Nothing behind this record can be trusted, and nothing behind it is shown. */
  damage: sentenceSchema.extend({ seq }).optional(),
  /** The engine of today decides otherwise than was recorded, for the first time at this record: what follows may not be what was. */
  differs: sentenceSchema.extend({ seq }).optional(),
})
export type RecordMessage = z.infer<typeof recordSchema>

export const daysSchema = z.object({
  days: z.array(z.object({ day: daySchema, bytes: z.int(), changedAt: instant })).describe('newest first'),
})
export type DaysMessage = z.infer<typeof daysSchema>

/** `doubtful`: no answer came, it may be live. `failed`: it never worked at the venue. */
export const ORDER_GROUPS = ['open', 'doubtful', 'filled', 'ended', 'failed'] as const
export const orderGroupSchema = z.enum(ORDER_GROUPS)
export type OrderGroup = z.infer<typeof orderGroupSchema>

export const recordedOrderSchema = z.object({
  id: z.string(),
  instrument: z.string(),
  name: z.string(),
  side,
  type: z.string(),
  venue: z.string(),
  timeInForce: z.string(),
  limit: price.optional(),
  stop: price.optional(),
  quantity: shares,
  filled: shares,
  /** Sum of fill prices × quantities. */
  filledValue: money,
  commission: money,
  tax: money,
  status: z.string(),
  group: orderGroupSchema,
  reason: z.string(),
  createdAt: instant,
  updatedAt: instant,
  venueOrderId: z.string().optional(),
  doubt: sentenceSchema.optional(),
  /** It amends that order, carries its rest on, or is itself amended by one. */
  replaces: z.string().optional(),
  continues: z.string().optional(),
  replacedBy: z.string().optional(),
})
export type RecordedOrderMessage = z.infer<typeof recordedOrderSchema>

const STEP_KINDS = [
  'decided',
  'sent',
  'accepted',
  'fill',
  'doubted',
  'asked',
  'unsettled',
  'settled',
  'amendAsked',
  'cancelAsked',
  'cancelRefused',
  'cancelLost',
  'cancelled',
  'replaced',
  'expired',
  'rejected',
  'throttled',
  'absent',
] as const

/** One thing that happened to an order. `at`: when it was decided or heard; `venueAt`: when it happened at the venue, where that was told. */
export const orderStepSchema = z.object({
  kind: z.enum(STEP_KINDS),
  at: instant,
  venueAt: instant.optional(),
  seq,
  /** The order's status after it. */
  status: z.string(),
  ko: z.string(),
  en: z.string(),
  by: z.string().optional(),
  price: price.optional(),
  quantity: shares.optional(),
  cumulative: shares.optional(),
  commission: money.optional(),
  tax: money.optional(),
  /** The other order of an amendment. */
  order: z.string().optional(),
  /** Asked so often in a row, the last time then. */
  times: z.int().optional(),
  lastAt: instant.optional(),
})
export type OrderStepMessage = z.infer<typeof orderStepSchema>

export const ordersQuerySchema = z.object({
  day: daySchema.optional().describe('the newest when absent'),
  status: orderGroupSchema.optional(),
  instrument: instrument.optional(),
  cursor: cursor.optional(),
  limit,
})
export const ordersPageSchema = z.object({
  record: recordSchema,
  orders: z.array(recordedOrderSchema).describe('doubtful ones first, then newest first'),
  counts: z.record(orderGroupSchema, z.int()),
  instruments: z.array(z.object({ instrument: z.string(), name: z.string() })),
  next: cursor.optional(),
})
export type OrdersQuery = z.infer<typeof ordersQuerySchema>
export type OrdersPage = z.infer<typeof ordersPageSchema>

export const orderLifeSchema = z.object({
  record: recordSchema,
  order: recordedOrderSchema,
  steps: z.array(orderStepSchema),
})
export type OrderLife = z.infer<typeof orderLifeSchema>

export const recordedFillSchema = z.object({
  order: z.string(),
  instrument: z.string(),
  name: z.string(),
  side,
  price,
  quantity: shares,
  cumulative: shares,
  commission: money,
  tax: money,
  at: instant,
  seq,
})
export type RecordedFillMessage = z.infer<typeof recordedFillSchema>

export const fillsQuerySchema = z.object({
  day: daySchema.optional(),
  instrument: instrument.optional(),
  cursor: cursor.optional(),
  limit,
})
export const fillsPageSchema = z.object({
  record: recordSchema,
  fills: z.array(recordedFillSchema).describe('newest first'),
  next: cursor.optional(),
})
export type FillsQuery = z.infer<typeof fillsQuerySchema>
export type FillsPage = z.infer<typeof fillsPageSchema>

export const refusalsQuerySchema = z.object({
  day: daySchema.optional(),
  code: z.string().max(60).optional(),
  instrument: instrument.optional(),
  source: z.string().max(100).optional(),
  cursor: cursor.optional(),
  limit,
})
export const refusalsPageSchema = z.object({
  record: recordSchema,
  refusals: z.array(refusalSchema.extend({ seq })).describe('newest first'),
  /** Of the whole day, by code and by source. */
  byCode: z.record(z.string(), z.int()),
  bySource: z.record(z.string(), z.int()),
  next: cursor.optional(),
})
export type RefusalsQuery = z.infer<typeof refusalsQuerySchema>
export type RefusalsPage = z.infer<typeof refusalsPageSchema>

export const tripsPageSchema = z.object({ record: recordSchema, trips: z.array(tripSchema) })
export type TripsPage = z.infer<typeof tripsPageSchema>

const TRAIL_KINDS = [
  'command',
  'signIn',
  'order',
  'fill',
  'refusal',
  'notice',
  'condition',
  'signal',
  'account',
  'market',
  'system',
] as const
export const trailKindSchema = z.enum(TRAIL_KINDS)
export type TrailKind = z.infer<typeof trailKindSchema>

/** One line of the audit trail. `who`: `garam`, `broker`, `market`, or the person's name. */
export const trailEntrySchema = z.object({
  /** Running number of the line within the day: one record can make several. Below 0 for a sign-in, which stands in no record. */
  line: z.int(),
  /** Of the record; of the audit log for a sign-in. */
  seq,
  at: instant,
  kind: trailKindSchema,
  who: z.string(),
  instrument: z.string().optional(),
  name: z.string().optional(),
  order: z.string().optional(),
  ko: z.string(),
  en: z.string(),
})
export type TrailEntry = z.infer<typeof trailEntrySchema>

export const trailQuerySchema = z.object({
  day: daySchema.optional(),
  kind: trailKindSchema.optional(),
  q: z.string().max(100).optional(),
  cursor: cursor.optional(),
  limit,
})
export const trailPageSchema = z.object({
  record: recordSchema,
  entries: z.array(trailEntrySchema).describe('newest first'),
  counts: z.record(z.string(), z.int()),
  /** So many lines fit the search, on all pages together. */
  found: z.int(),
  /** The oldest lines of a very long day are not kept for the search. */
  dropped: z.int(),
  next: cursor.optional(),
})
export type TrailQuery = z.infer<typeof trailQuerySchema>
export type TrailPage = z.infer<typeof trailPageSchema>

export const verificationSchema = z.object({
  day: daySchema,
  state: z.enum(['never', 'running', 'good', 'broken', 'cancelled', 'failed']),
  doneBytes: z.int(),
  bytes: z.int(),
  records: z.int(),
  /** Wall ms of its end. */
  at: instant.optional(),
  lastHash: z.string().optional(),
  unfinishedBytes: z.int().optional(),
  /** Whether it was also found to follow the day before. */
  followsDayBefore: z.boolean().optional(),
  /** The file grew or changed since. */
  isOlder: z.boolean().optional(),
  broken: sentenceSchema.extend({ seq }).optional(),
})
export type VerificationMessage = z.infer<typeof verificationSchema>

export const replayQuerySchema = z.object({ day: daySchema, at: z.coerce.number() })
export const replaySchema = z.object({
  record: recordSchema,
  /** The desk after the last record at or before `at`; absent when the day had not begun, or the record is not read so far yet. */
  state: liveStateSchema.optional(),
  seq: seq.optional(),
})
export type ReplayMessage = z.infer<typeof replaySchema>

export const dayCurveSchema = z.object({
  record: recordSchema,
  startEquity: money.optional(),
  points: z.array(z.object({ at: instant, equity: money, realizedPnl: money, unrealizedPnl: money })),
})
export type DayCurveMessage = z.infer<typeof dayCurveSchema>
