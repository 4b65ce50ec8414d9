import { z } from 'zod'
import { kstDay } from '../../model/time.ts'
import { csvLine, disarmed } from '../../std/csv.ts'
import {
  type DayCurveMessage,
  dayCurveSchema,
  daySchema,
  daysSchema,
  fillsPageSchema,
  fillsQuerySchema,
  orderLifeSchema,
  ordersPageSchema,
  ordersQuerySchema,
  type RecordedOrderMessage,
  refusalsPageSchema,
  refusalsQuerySchema,
  replayQuerySchema,
  replaySchema,
  trailPageSchema,
  trailQuerySchema,
  tripsPageSchema,
  verificationSchema,
} from '../contract/records.ts'
import type { RecordAnswers, Records, RecordTopic } from './records.ts'
import type { Routes, Server } from './routes.ts'
import type { SignIns } from './security/sign-ins.ts'
import { notFound } from './trouble.ts'

const NO_DAY = { ko: '그날의 거래 기록이 없습니다', en: 'There is no record of that day' }
const NO_ORDER = {
  ko: '그날의 기록에 그런 주문이 없습니다',
  en: 'There is no such order in the record of that day',
}

const read = { config: { access: 'read' as const } }
const describe = (summary: string) => ({ tags: ['records'], summary })
const anyDay = z.object({ day: daySchema.optional().describe('the newest when absent') })
const oneDay = z.object({ day: daySchema })

export interface RecordsRoutesOptions {
  readonly records: Records
  /** Stand in the audit trail, for those who may see them. */
  readonly signIns?: SignIns
}

/** What is read from the record: orders with their lives, fills, refusals, the audit trail, its verification, replay. */
export const recordsRoutes =
  ({ records, signIns }: RecordsRoutesOptions): Routes =>
  (server) => {
    ordersRoutes(server, records)
    listRoutes(server, records)
    journalRoutes(server, records, signIns)
    verifyRoutes(server, records)
  }

const dayOf = async (records: Records, day: string | undefined): Promise<string | undefined> =>
  day ?? (await records.days()).at(0)?.day

/** Asks about the day, or the newest. Throws what becomes a 404 when there is none. */
async function ask<T extends RecordTopic>(
  records: Records,
  day: string | undefined,
  topic: T,
  asked: RecordAnswers[T]['asked'],
): Promise<RecordAnswers[T]['given']> {
  const wanted = await dayOf(records, day)
  const answer = wanted === undefined ? undefined : await records.ask(wanted, topic, asked)
  if (answer === undefined) throw notFound(topic === 'order' && wanted !== undefined ? NO_ORDER : NO_DAY)
  return answer
}

function ordersRoutes(server: Server, records: Records): void {
  server.get(
    '/orders',
    {
      ...read,
      schema: {
        ...describe("A day's orders, doubtful ones first, then newest first"),
        querystring: ordersQuerySchema,
        response: { 200: ordersPageSchema },
      },
    },
    async ({ query: { day, ...asked } }) => ask(records, day, 'orders', asked),
  )
  server.get(
    '/orders/:id',
    {
      ...read,
      schema: {
        ...describe('One order with everything that happened to it'),
        params: z.object({ id: z.string().max(40) }),
        querystring: anyDay,
        response: { 200: orderLifeSchema },
      },
    },
    async ({ params: { id }, query: { day } }) => {
      const life = await ask(records, day ?? dayOfOrder(id), 'order', { id })
      if (!life) throw notFound(NO_ORDER)
      return life
    },
  )
  server.get(
    '/orders.csv',
    {
      ...read,
      schema: {
        ...describe("A day's orders for a spreadsheet"),
        querystring: anyDay,
        produces: ['text/csv'],
        response: { 200: z.string() },
      },
    },
    async ({ query }, reply) => {
      const day = query.day ?? (await records.days()).at(0)?.day
      const rows = await ask(records, day, 'everyOrder', {})
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="garam-orders-${day}.csv"`)
        .serializer((text: string) => text)
        .send(ordersCsv(rows))
    },
  )
}

/** `20261120-000001` belongs to 2026-11-20. */
function dayOfOrder(id: string): string | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})-/.exec(id)
  return match ? match.slice(1, 4).join('-') : undefined
}

function listRoutes(server: Server, records: Records): void {
  server.get(
    '/fills',
    {
      ...read,
      schema: {
        ...describe("A day's fills, newest first"),
        querystring: fillsQuerySchema,
        response: { 200: fillsPageSchema },
      },
    },
    async ({ query: { day, ...asked } }) => ask(records, day, 'fills', asked),
  )
  server.get(
    '/refusals',
    {
      ...read,
      schema: {
        ...describe(
          'Every order of a day that our risk rules refused, newest first, with the numbers that decided',
        ),
        querystring: refusalsQuerySchema,
        response: { 200: refusalsPageSchema },
      },
    },
    async ({ query: { day, ...asked } }) => ask(records, day, 'refusals', asked),
  )
  server.get(
    '/records/trips',
    {
      ...read,
      schema: {
        ...describe("A day's round trips"),
        querystring: anyDay,
        response: { 200: tripsPageSchema },
      },
    },
    async ({ query: { day } }) => ask(records, day, 'trips', {}),
  )
}

function journalRoutes(server: Server, records: Records, signIns: SignIns | undefined): void {
  server.get(
    '/records/days',
    { ...read, schema: { ...describe('The days that have a record'), response: { 200: daysSchema } } },
    async () => ({ days: [...(await records.days())] }),
  )
  server.get(
    '/journal',
    {
      ...read,
      schema: {
        ...describe(
          'The audit trail: everything in the record of a day that is not a price, newest first; sign-ins too, for owners',
        ),
        querystring: trailQuerySchema,
        response: { 200: trailPageSchema },
      },
    },
    async ({ query: { day, ...asked }, actor }) => {
      const wanted = await dayOf(records, day)
      // Who came in from where is for owners, like the log it is from.
      const mayKnow = actor?.scopes.includes('admin') === true
      const beside = mayKnow && wanted !== undefined ? await signIns?.(wanted) : undefined
      return ask(records, wanted, 'trail', { ...asked, signIns: beside ?? [] })
    },
  )
  server.get(
    '/journal/replay',
    {
      ...read,
      schema: {
        ...describe('The desk as it was at an instant: the recorded events, decided again up to there'),
        querystring: replayQuerySchema,
        response: { 200: replaySchema },
      },
    },
    async ({ query: { day, at } }) => ask(records, day, 'replay', { at }),
  )
  server.get(
    '/records/curve',
    {
      ...read,
      schema: {
        ...describe("A day's equity, a point every ten seconds"),
        querystring: oneDay,
        response: { 200: dayCurveSchema },
      },
    },
    async ({ query: { day } }): Promise<DayCurveMessage> => ask(records, day, 'curve', {}),
  )
}

function verifyRoutes(server: Server, records: Records): void {
  const schema = (summary: string) => ({
    ...describe(summary),
    querystring: oneDay,
    response: { 200: verificationSchema },
  })
  const found = <T>(verification: T | undefined): T => {
    if (verification === undefined) throw notFound(NO_DAY)
    return verification
  }
  server.get(
    '/journal/verify',
    { ...read, schema: schema("How far the check of a day's chain is, or what it found") },
    async ({ query: { day } }) => found(await records.verification(day)),
  )
  server.post(
    '/journal/verify',
    { ...read, schema: schema('Begins to check every record of a day: number, hash, predecessor, JSON') },
    async ({ query: { day } }) => found(await records.verify(day)),
  )
  server.delete(
    '/journal/verify',
    { ...read, schema: schema('Gives the check up') },
    async ({ query: { day } }) => found(await records.cancelVerification(day)),
  )
}

/** Excel takes a CSV for UTF-8, and so shows Korean, only when it begins with this mark. */
const BYTE_ORDER_MARK = '\ufeff'
const COLUMNS = [
  'day',
  'created',
  'id',
  'venueId',
  'code',
  'name',
  'side',
  'type',
  'limit',
  'quantity',
  'filled',
  'filledValue',
  'commission',
  'tax',
  'status',
  'reason',
]

const ordersCsv = (orders: readonly RecordedOrderMessage[]): string =>
  `${BYTE_ORDER_MARK}${[csvLine(COLUMNS), ...orders.map(csvRow)].join('\r\n')}\r\n`

function csvRow(order: RecordedOrderMessage): string {
  const { createdAt, id, venueOrderId, instrument, name, side, type, limit, quantity } = order
  const { filled, filledValue, commission, tax, status, reason } = order
  return csvLine(
    [
      ...[kstDay(createdAt), kstTime(createdAt), id, venueOrderId, instrument, name, side, type, limit],
      ...[quantity, filled, filledValue, commission, tax, status, reason],
    ].map(disarmed),
  )
}

/** Korean time with milliseconds: 09:05:12.345 */
const kstTime = (at: number): string => new Date(at + 9 * 3_600_000).toISOString().slice(11, 23)
