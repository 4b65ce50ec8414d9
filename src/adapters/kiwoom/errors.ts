import type { VenueError } from '../../model/venue-error.ts'
import type { HttpReply } from '../../ports/network.ts'
import { plainText } from '../../std/plain-text.ts'
import type { JsonObject } from './wire.ts'

/**
 * What one HTTP exchange came to, before it is known whether an order or a query asked.
 * Source: Kiwoom REST API guide, error codes; wire reference §5.
 */
export type Verdict =
  | { readonly kind: 'ok'; readonly body: JsonObject; readonly headers: Readonly<Record<string, string>> }
  /** The token was refused before anything was done: renew it, repeat once. */
  | { readonly kind: 'token'; readonly code: string; readonly text: string }
  /** 1700 and its kin. An order so answered was later found accepted: it counts as in doubt. */
  | { readonly kind: 'throttle'; readonly code: string; readonly text: string }
  /** The broker's plain no. `empty`: it says that there are no such data. */
  | {
      readonly kind: 'refused'
      readonly code: string
      readonly text: string
      readonly empty: boolean
      readonly business: boolean
    }
  /** No usable answer: gateway page, server trouble, a lost reply. Anything may have happened. */
  | { readonly kind: 'broken'; readonly code: string; readonly text: string }
  /** Not one byte left. */
  | { readonly kind: 'unsent'; readonly code: string; readonly text: string; readonly retryAfterMs: number }

const TOKEN_CODES = new Set(['8005', '8031', '8103'])
const RATE_CODES = new Set(['1700', '1701', '1702'])
/** Class 20: business rejection of an order, or "no data" of a query. */
const BUSINESS_CLASS = 20
const RATE_CLASS = 5
/** `실패사유=…`: the server failed, so what it did is unknown. */
const SERVER_TROUBLE = '1999'

export function classify(reply: HttpReply): Verdict {
  const body = parseObject(reply.body)
  const text = body ? messageOf(body) : `HTTP ${reply.status}`
  if (reply.status === 401) return { kind: 'token', code: body ? detailCode('401', text) : '401', text }
  if (reply.status === 429)
    return body && detailCode('', text) === '1634'
      ? { kind: 'refused', code: '1634', text, empty: false, business: false }
      : { kind: 'throttle', code: body ? detailCode('429', text) : '429', text }
  if (reply.status >= 500) return { kind: 'broken', code: `http${reply.status}`, text }
  if (!body) return { kind: 'broken', code: 'notJson', text: `${text}: ${startOf(reply.body)}` }
  const result = returnCode(body)
  if (result === undefined) return { kind: 'broken', code: 'noReturnCode', text: startOf(reply.body) }
  if (result === 0)
    return reply.status < 300
      ? { kind: 'ok', body, headers: reply.headers }
      : { kind: 'broken', code: `http${reply.status}`, text }
  const code = detailCode(String(result), text)
  if (TOKEN_CODES.has(code)) return { kind: 'token', code, text }
  if (RATE_CODES.has(code) || (result === RATE_CLASS && code !== '1634'))
    return { kind: 'throttle', code, text }
  if (code === SERVER_TROUBLE) return { kind: 'broken', code, text }
  const business = result === BUSINESS_CLASS || /^(RC\d{4}|\d{6})$/.test(code)
  const empty = result === BUSINESS_CLASS && saysNoData(text)
  return { kind: 'refused', code, text, empty, business }
}

/** Null, text, an array or a page of HTML is no object. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined
  } catch {
    return undefined
  }
}

/** `return_code` as a number, also from text and from the guide's other spelling; `undefined` when there is none. */
export function returnCode(body: JsonObject): number | undefined {
  const value = body.return_code ?? body.returnCode
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  const code = Number(value)
  return value === '' || Number.isNaN(code) ? undefined : code
}

export function messageOf(body: JsonObject): string {
  const value = body.return_msg ?? body.returnMsg
  return typeof value === 'string' ? plainText(value) : ''
}

/** The code inside the message: `[8005:…]`, `(571557:…)`, `RC4058`, `CODE=8005`; else the class number. */
export function detailCode(otherwise: string, text: string): string {
  return (
    /\[(\d{4}):/.exec(text)?.[1] ??
    /\((\d{6}):/.exec(text)?.[1] ??
    /\[?(RC\d{4})\]?/.exec(text)?.[1] ??
    /CODE=(\d{4})/.exec(text)?.[1] ??
    /\[(\d{6})\]/.exec(text)?.[1] ??
    otherwise
  )
}

/** "조회할 수 없습니다" says that it cannot look, and a text we do not know says nothing: a lost order is not absent then. */
const saysNoData = (text: string): boolean =>
  /(내역|자료|데이터|결과|종목)[^.]{0,12}(없|존재하지 않)/.test(text) && !/수\s*없/.test(text)

const startOf = (body: string): string => body.slice(0, 80).replace(/\s+/g, ' ')

export const isTokenCode = (code: string): boolean => TOKEN_CODES.has(code)

/**
 * What a failed order request means for the order. Whatever leaves room for a living order is in doubt: a lost reply,
 * 5xx, a page of HTML, and 1700/429, behind which accepted orders were found. A class we have never seen is no proof
 * of a refusal either.
 */
export function orderError(verdict: Exclude<Verdict, { kind: 'ok' }>): VenueError {
  const { code, text } = verdict
  switch (verdict.kind) {
    case 'unsent':
      return { kind: 'throttled', code, text, retryAfterMs: verdict.retryAfterMs }
    case 'token':
      return { kind: 'throttled', code, text, retryAfterMs: 60_000 }
    case 'refused':
      return verdict.business || isRequestCode(code)
        ? { kind: 'rejected', code, text }
        : { kind: 'inDoubt', code, text }
    case 'throttle':
    case 'broken':
      return { kind: 'inDoubt', code, text }
  }
}

/** Codes of the official table: the gateway turned the request away at the door. */
const isRequestCode = (code: string): boolean => /^(15\d\d|1687|1634|190\d|80\d\d|81\d\d|8200)$/.test(code)

/** What a failed query means: unknown, unless the broker said a plain no. */
export function queryError(verdict: Exclude<Verdict, { kind: 'ok' }>): VenueError {
  const { code, text } = verdict
  return verdict.kind === 'refused' ? { kind: 'rejected', code, text } : { kind: 'unavailable', code, text }
}
