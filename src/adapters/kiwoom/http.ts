import type { VenueError } from '../../model/venue-error.ts'
import { type Network, NetworkError } from '../../ports/network.ts'
import { type Clock, sleep } from '../../std/clock.ts'
import { err, ok, type Result } from '../../std/result.ts'
import { classify, orderError, queryError, type Verdict } from './errors.ts'
import type { Lane, Limiter } from './limiter.ts'
import type { Tokens } from './token.ts'
import { type ApiId, type JsonObject, type OrderApi, PATHS, type QueryApi } from './wire.ts'

/** Which of two waiting requests goes first. */
export const URGENCY = {
  cancel: 0,
  sell: 1,
  amend: 2,
  buy: 3,
  settle: 0,
  account: 1,
  positions: 2,
  describe: 3,
  poll: 4,
  chart: 5,
} as const

export interface Pages {
  /** The first page, for fields beside the list. */
  readonly first: JsonObject
  readonly rows: readonly unknown[]
  /** `gaveUp`: rows may be missing. `behind`: what follows was not wanted. */
  readonly end: 'last' | 'behind' | 'gaveUp'
}

/** No page is wanted once a row's number (in `field`) lies below `number`, as long as the numbers have only fallen. */
export interface Behind {
  readonly field: string
  readonly number: number
}

export interface KiwoomHttp {
  /** Sent once, ever (a token refusal came before the book and is repeated once). */
  order(
    api: OrderApi,
    body: JsonObject,
    urgency: number,
    /** Asked once more right before a byte leaves; a no makes it `throttled`: it never left. */
    mayLeave?: () => boolean,
  ): Promise<Result<JsonObject, VenueError>>
  /** `undefined` as value: the broker says that there are no such data. */
  query(api: QueryApi, body: JsonObject, urgency: number): Promise<Result<JsonObject | undefined, VenueError>>
  /** All pages of a list. A page without its list is a failure: unknown is not empty. */
  pages(
    api: QueryApi,
    body: JsonObject,
    list: string,
    urgency: number,
    behind?: Behind,
  ): Promise<Result<Pages, VenueError>>
}

const ORDER_TIMEOUT_MS = 5_000
const QUERY_TIMEOUT_MS = 10_000
/** A rate-limited query is repeated after so long, then twice and four times that (market time, as the limit is). */
const COOL_DOWN_MS = 1_300
const MOST_REPEATS = 3
/** A hung request gives its place in the rate limit back after this (wall): the server has counted it by then. */
const COUNTED_MS = 1_000
/** 20 rows a page: enough for 2,000 orders a day. */
const MOST_PAGES = 100
const UNSENT_RETRY_MS = 1_000

export function createHttp(options: {
  readonly network: Network
  readonly rest: string
  readonly tokens: Tokens
  readonly limiter: Limiter
  readonly clock: Clock
  readonly wall: Clock
}): KiwoomHttp {
  const { network, tokens, limiter, clock, wall } = options

  const send = async (
    lane: Lane,
    api: ApiId,
    body: string,
    cursor: string,
    token: string,
  ): Promise<Verdict> => {
    const headers: Record<string, string> = {
      'content-type': 'application/json;charset=UTF-8',
      'api-id': api,
      authorization: `Bearer ${token}`,
    }
    if (cursor) Object.assign(headers, { 'cont-yn': 'Y', 'next-key': cursor })
    const timeoutMs = lane === 'orders' ? ORDER_TIMEOUT_MS : QUERY_TIMEOUT_MS
    try {
      return classify(await network.post(lane, { url: options.rest + PATHS[api], headers, body, timeoutMs }))
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error)
      return error instanceof NetworkError && !error.sent
        ? { kind: 'unsent', code: 'unreachable', text, retryAfterMs: UNSENT_RETRY_MS }
        : { kind: 'broken', code: 'noReply', text }
    }
  }

  const attempt = async (
    lane: Lane,
    api: ApiId,
    body: string,
    urgency: number,
    cursor = '',
    mayLeave = always,
  ): Promise<Verdict> => {
    const slot = await limiter.take(lane, api, urgency)
    if (!slot.ok) return queueFull(slot.error.waiting)
    let forget: () => void = () => undefined
    try {
      const token = await tokens.get()
      if (!token.ok) return noToken(token.error)
      if (!mayLeave()) return expired()
      forget = wall.after(COUNTED_MS, slot.value.release)
      const verdict = await send(lane, api, body, cursor, token.value)
      if (verdict.kind !== 'token') return verdict
      tokens.refuse(token.value)
      const renewed = await tokens.get()
      if (!renewed.ok) return noToken(renewed.error)
      return mayLeave() ? await send(lane, api, body, cursor, renewed.value) : expired()
    } finally {
      forget()
      slot.value.release()
    }
  }

  const patiently = async (
    api: QueryApi,
    body: string,
    urgency: number,
    cursor?: string,
  ): Promise<Verdict> => {
    for (let repeat = 0; ; repeat++) {
      const verdict = await attempt('queries', api, body, urgency, cursor)
      if (verdict.kind !== 'throttle' || repeat >= MOST_REPEATS) return verdict
      await sleep(clock, COOL_DOWN_MS * 2 ** repeat)
    }
  }

  const pages = async (
    api: QueryApi,
    body: JsonObject,
    list: string,
    urgency: number,
    behind?: Behind,
  ): Promise<Result<Pages, VenueError>> => {
    const text = JSON.stringify(body)
    const rows: unknown[] = []
    const seen = new Set<string>()
    let first: JsonObject | undefined
    for (let cursor = ''; ; ) {
      const verdict = await patiently(api, text, urgency, cursor)
      if (verdict.kind === 'refused' && verdict.empty && !first)
        return ok({ first: {}, rows: [], end: 'last' })
      if (verdict.kind !== 'ok') return err(queryError(verdict))
      first ??= verdict.body
      const page = verdict.body[list]
      if (!Array.isArray(page)) return err(noList(api, list))
      rows.push(...(page as unknown[]))
      if (verdict.headers['cont-yn'] !== 'Y') return ok({ first, rows, end: 'last' })
      if (behind && isBehind(rows, behind)) return ok({ first, rows, end: 'behind' })
      cursor = verdict.headers['next-key'] ?? ''
      const loops = cursor === '' || seen.has(cursor) || page.length === 0
      if (loops || seen.size >= MOST_PAGES) return ok({ first, rows, end: 'gaveUp' })
      seen.add(cursor)
    }
  }

  return {
    order: async (api, body, urgency, mayLeave) => {
      const verdict = await attempt('orders', api, JSON.stringify(body), urgency, '', mayLeave)
      return verdict.kind === 'ok' ? ok(verdict.body) : err(orderError(verdict))
    },
    query: async (api, body, urgency) => {
      const verdict = await patiently(api, JSON.stringify(body), urgency)
      if (verdict.kind === 'ok') return ok(verdict.body)
      return verdict.kind === 'refused' && verdict.empty ? ok(undefined) : err(queryError(verdict))
    },
    pages,
  }
}

function isBehind(rows: readonly unknown[], { field, number }: Behind): boolean {
  const numbers = rows.map((row) => numberIn(row, field))
  return (
    numbers.every((each, i) => each < (numbers[i - 1] ?? Number.POSITIVE_INFINITY)) &&
    (numbers.at(-1) ?? number) < number
  )
}

/** `NaN` when there is none, which is below nothing. */
const numberIn = (row: unknown, field: string): number => {
  const text = typeof row === 'object' && row !== null ? (row as JsonObject)[field] : undefined
  return typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : Number.NaN
}

const always = () => true

const expired = (): Verdict => ({
  kind: 'unsent',
  code: 'expired',
  text: '제때 나가지 못해 보내지 않았습니다 · its time was over before it could leave',
  retryAfterMs: 0,
})

const queueFull = (waiting: number): Verdict => ({
  kind: 'unsent',
  code: 'queueFull',
  text: `대기 중인 요청이 너무 많습니다 · too many requests wait (${waiting})`,
  retryAfterMs: UNSENT_RETRY_MS,
})

/** Without a token nothing left, whatever the reason. */
const noToken = (error: VenueError): Verdict => ({
  kind: 'unsent',
  code: error.code,
  text: error.text,
  retryAfterMs: error.kind === 'throttled' ? error.retryAfterMs : 60_000,
})

const noList = (api: string, list: string): VenueError => ({
  kind: 'unavailable',
  code: 'noList',
  text: `${api} 응답에 ${list} 목록이 없습니다 · the answer of ${api} has no ${list}`,
})
