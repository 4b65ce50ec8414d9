import { z } from 'zod'
import { conditionId, instrumentId } from '../../../model/ids.ts'
import type { Book, MarketEvent, Quote, Trade } from '../../../model/market-event.ts'
import type { VenueError } from '../../../model/venue-error.ts'
import type { Question, Topic } from '../../../ports/bus.ts'
import type { Condition, Want } from '../../../ports/market-feed.ts'
import type { Result } from '../../../std/result.ts'
import { type JsonObject, type OrderApi, PATHS, type QueryApi, type RealEvent } from '../wire.ts'
import { isMarketEvent } from './market-shape.ts'

const readBy =
  <T>(schema: z.ZodType<T>) =>
  (body: unknown): T | undefined => {
    const parsed = schema.safeParse(body)
    return parsed.success ? parsed.data : undefined
  }

type Tick = Trade | Quote
const isTick = (event: MarketEvent): event is Tick => event.kind === 'trade' || event.kind === 'quote'

/** Prices, as one frame brought them. The newest of an instrument counts when a reader is slow. */
export const ticksTopic: Topic<readonly Tick[]> = {
  name: 'ticks',
  read: (body) =>
    Array.isArray(body) && body.every((event): event is Tick => isMarketEvent(event) && isTick(event))
      ? body
      : undefined,
  conflate: (earlier, later) => [
    ...new Map([...earlier, ...later].map((tick) => [`${tick.kind} ${tick.instrument}`, tick])).values(),
  ],
}

const step = z.object({ price: z.int(), quantity: z.int() })
const isBook = (body: unknown): body is Book =>
  z
    .looseObject({
      kind: z.literal('book'),
      instrument: z.string(),
      venue: z.string(),
      at: z.int(),
      receivedAt: z.int(),
      asks: z.array(step).max(10),
      bids: z.array(step).max(10),
    })
    .safeParse(body).success

/** Whole books, for the eye. The newest of an instrument counts when a reader is slow. */
export const booksTopic: Topic<readonly Book[]> = {
  name: 'books',
  read: (body) => (Array.isArray(body) && body.every(isBook) ? body : undefined),
  conflate: (earlier, later) => [
    ...new Map([...earlier, ...later].map((book) => [book.instrument, book])).values(),
  ],
}

/** Everything else of the market, in order, none lost: marks of the session, interruptions, indexes. */
export const marketTopic: Topic<MarketEvent> = {
  name: 'market',
  read: (body) => (isMarketEvent(body) ? body : undefined),
}

/** Hits of the conditions as they come by the line. */
export const hitsTopic: Topic<Extract<MarketEvent, { kind: 'screen' }>> = {
  name: 'hits',
  read: (body) => (isMarketEvent(body) && body.kind === 'screen' ? body : undefined),
}

/** What the analyzer made of the hits: descriptions first, then the hit they belong to. */
export const screenedTopic: Topic<Extract<MarketEvent, { kind: 'screen' | 'description' }>> = {
  name: 'screened',
  read: (body) =>
    isMarketEvent(body) && (body.kind === 'screen' || body.kind === 'description') ? body : undefined,
}

/** Frames of the account's own orders. */
export const orderFramesTopic: Topic<RealEvent> = {
  name: 'order frames',
  read: readBy(
    z.object({ type: z.literal('00'), item: z.string(), values: z.record(z.string(), z.unknown()) }),
  ),
}

const instrument = z.string().transform(instrumentId)

const lineState = z.object({
  state: z.enum(['live', 'connecting', 'down']),
  /** How often it has become live: one more is a line that was lost and is back. */
  lives: z.int(),
  /** How often a push may have been missed. */
  missed: z.int(),
  /** Whose prices come by it now. */
  heard: z.array(instrument).max(1_000),
  slots: z.int(),
  messages: z.int(),
  lastMessageAt: z.int().optional(),
  detail: z.string(),
  /** The error that ended it for good, if one did. */
  ended: z.string().optional(),
})
export type LineState = z.infer<typeof lineState>

/** How the line stands: at every change, and once a second. */
export const lineStateTopic: Topic<LineState> = { name: 'line', read: readBy(lineState) }

const PRIORITIES = ['position', 'order', 'candidate', 'watch'] as const satisfies readonly Want['priority'][]
const isWant = (value: unknown): value is Want =>
  z.looseObject({ instrument: z.string(), priority: z.enum(PRIORITIES) }).safeParse(value).success

export const wantsTopic: Topic<readonly Want[]> = {
  name: 'wants',
  read: (body) => (Array.isArray(body) && body.every(isWant) ? body : undefined),
}

export const followTopic: Topic<readonly Condition['id'][]> = {
  name: 'follow',
  read: readBy(z.array(z.string().transform(conditionId)).max(1_000)),
}

const venueError: z.ZodType<VenueError> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rejected'), code: z.string(), text: z.string() }),
  z.object({ kind: z.literal('throttled'), code: z.string(), text: z.string(), retryAfterMs: z.number() }),
  z.object({ kind: z.literal('inDoubt'), code: z.string(), text: z.string() }),
  z.object({ kind: z.literal('unavailable'), code: z.string(), text: z.string() }),
])

const resultOf = <T>(value: z.ZodType<T>): z.ZodType<Result<T, VenueError>> =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: venueError }),
  ])

const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), z.unknown())

export const conditionsQuestion: Question<null, Result<readonly Condition[], VenueError>> = {
  name: 'conditions',
  readQuestion: readBy(z.null()),
  readAnswer: readBy(
    resultOf(z.array(z.object({ id: z.string().transform(conditionId), name: z.string() }))),
  ),
}

/** `refused`: the token that the server did not take. The answer is the key's one token; nobody writes it down. */
export const tokenQuestion: Question<
  { readonly refused?: string | undefined },
  Result<string, VenueError>
> = {
  name: 'token',
  readQuestion: readBy(z.object({ refused: z.string().optional() })),
  readAnswer: readBy(resultOf(z.string().min(1))),
}

const ORDER_APIS = ['kt10000', 'kt10001', 'kt10002', 'kt10003'] as const satisfies readonly OrderApi[]
const isQueryApi = (api: string): api is QueryApi =>
  Object.hasOwn(PATHS, api) && !ORDER_APIS.some((order) => order === api)

const orderCommand = z.object({
  api: z.enum(ORDER_APIS),
  body: jsonObject,
  urgency: z.int(),
  /** Wall instant after which it must not leave any more. */
  deadline: z.int(),
})

/** One order, amend or cancel. It is sent before its deadline, once, or never. */
export const orderQuestion: Question<z.infer<typeof orderCommand>, Result<JsonObject, VenueError>> = {
  name: 'order',
  readQuestion: readBy(orderCommand),
  readAnswer: readBy(resultOf(jsonObject)),
}

/** The trader begins (anew): what waits of an earlier life does not leave any more. Answered once that holds. */
export const takeOverQuestion: Question<null, true> = {
  name: 'take over',
  readQuestion: readBy(z.null()),
  readAnswer: readBy(z.literal(true)),
}

/** Somebody else asked with the same key until now. Answered once the limit takes that into account. */
export const spentQuestion: Question<null, true> = { ...takeOverQuestion, name: 'limit spent' }

const api = z.string().refine(isQueryApi)
const queryBody = z.object({ api, body: jsonObject, urgency: z.int() })
const pagesBody = z.object({
  api,
  body: jsonObject,
  urgency: z.int(),
  list: z.string(),
  behind: z.object({ field: z.string(), number: z.number() }).optional(),
})

/** `null`: the broker says that there are no such data. */
export const queryQuestion: Question<z.infer<typeof queryBody>, Result<JsonObject | null, VenueError>> = {
  name: 'query',
  readQuestion: readBy(queryBody),
  readAnswer: readBy(resultOf(jsonObject.nullable())),
}

const pages = z.object({
  first: jsonObject,
  rows: z.array(z.unknown()),
  end: z.enum(['last', 'behind', 'gaveUp']),
})

export const pagesQuestion: Question<z.infer<typeof pagesBody>, Result<z.infer<typeof pages>, VenueError>> = {
  name: 'pages',
  readQuestion: readBy(pagesBody),
  readAnswer: readBy(resultOf(pages)),
}
