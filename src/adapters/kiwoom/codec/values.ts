import type { InstrumentId } from '../../../model/ids.ts'
import type { KoreanRoute, Route } from '../../../model/instrument.ts'
import type { EpochMs } from '../../../std/clock.ts'
import { invariant } from '../../../std/invariant.ts'

/**
 * Kiwoom's spelling of values. Everything is text, with quirks the guide admits and the server really sends: zero
 * padding (`000000071500`, `-00000013370`), a space where a sign would stand (`' 0'`), two minus signs (`--120`),
 * minus zero (`-0`), and a sign before a price that tells the direction of the day and not its own.
 * Source: Kiwoom REST API guide, value formats; wire reference §3.4.
 */

const NUMBER = /^([+-]*)\s*(\d+)(?:\.(\d*))?$/

/** A value whose sign is its own (differences, net amounts, traded quantity with its aggressor). `undefined`: no number. */
export function signed(text: string): number | undefined {
  const match = NUMBER.exec(text.trim())
  if (!match) return undefined
  // A fraction of zeros is a whole number that was printed with decimals; any other is no whole number at all.
  if (match[3] !== undefined && !/^0*$/.test(match[3])) return undefined
  const size = Number(match[2])
  if (!Number.isSafeInteger(size)) return undefined
  return size === 0 ? 0 : match[1]?.includes('-') ? -size : size
}

/**
 * What no price times shares, no count and no volume of one instrument reaches. A longer number is a damaged frame: taken
 * at its word, a later product would leave the exact range and end the process.
 */
const MOST_MAGNITUDE = 999_999_999_999
/** Won. The dearest share of Korean history traded at about 4,500,000. */
export const MOST_PRICE = 100_000_000

/** A quantity or an amount: its sign is decoration. `undefined` when it is no number or beyond anything real. */
export function magnitude(text: string): number | undefined {
  const value = signed(text)
  if (value === undefined) return undefined
  const size = Math.abs(value)
  return size <= MOST_MAGNITUDE ? size : undefined
}

/** A price in won; the sign before it tells the direction of the day. */
export function wonPrice(text: string): number | undefined {
  const value = magnitude(text)
  return value !== undefined && value <= MOST_PRICE ? value : undefined
}

/** Hundredths of a value with up to two decimals, signed: `-3120.5` → -312050. */
export function hundredths(text: string): number | undefined {
  const match = NUMBER.exec(text.trim())
  if (!match || (match[3] ?? '').length > 2) return undefined
  const size = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'))
  if (size > MOST_MAGNITUDE) return undefined
  return size === 0 ? 0 : match[1]?.includes('-') ? -size : size
}

/** `+`: the buyer crossed the spread, `-`: the seller did, 0: not said. */
export function leadingSign(text: string): -1 | 0 | 1 {
  const first = text.trimStart().charCodeAt(0)
  return first === 43 ? 1 : first === 45 ? -1 : 0
}

/** What a table says of a word from the wire, which may also be `constructor`. */
export const lookUp = <T>(table: Readonly<Record<string, T>>, word: string): T | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined

/** `HHmmss` or `HH:MM:SS` → milliseconds since midnight; markers such as `888888` are no time. */
export function timeOfDayMs(text: string): number | undefined {
  const match = /^(\d\d):?(\d\d):?(\d\d)$/.exec(text.trim())
  return match ? clockMs(Number(match[1]), Number(match[2]), Number(match[3])) : undefined
}

export const clockMs = (hours: number, minutes: number, seconds: number): number | undefined =>
  hours < 24 && minutes < 60 && seconds < 60 ? ((hours * 60 + minutes) * 60 + seconds) * 1000 : undefined

/** Order numbers are compared with their zeros; answers may drop them (`00024`). */
export const orderNumber = (text: string): string => text.trim().padStart(7, '0')

/** `0000000`, blank: no order. */
export const isNoOrder = (number: string): boolean => /^0*$/.test(number.trim())

/**
 * The listing code inside Kiwoom's spellings: one leading `A`, `J` or `Q` goes when 7 characters are there, `_NX` and
 * `_AL` always go. `undefined` when no code of six characters remains.
 */
export function bareCode(text: string): string | undefined {
  const code = text.trim()
  if (code.length === 6) return isCode(code) ? code : undefined
  const cut = code.indexOf('_')
  const body = cut < 0 ? code : code.slice(0, cut)
  const bare = body.length === 7 && 'AJQ'.includes(body.charAt(0)) ? body.slice(1) : body
  return isCode(bare) ? bare : undefined
}

export const isNxtCode = (text: string): boolean => text.trim().endsWith('_NX')

/** How an instrument is spelled in a registration or a quote request for one board. Source: wire reference §7.1. */
export function boardCode(instrument: InstrumentId, board: Route): string {
  invariant(board !== 'US', `Kiwoom is asked for Korean boards alone: ${instrument}`)
  return `${instrument}${SUFFIXES[board]}`
}

const SUFFIXES: Readonly<Record<KoreanRoute, string>> = { KRX: '', NXT: '_NX', SOR: '_AL' }

/** The books of KRX and NXT laid together. */
export const isCombinedCode = (text: string): boolean => text.trim().endsWith('_AL')

/** By hand and not by pattern: it runs for every tick. */
function isCode(text: string): boolean {
  if (text.length !== 6) return false
  for (let i = 0; i < 6; i++) {
    const char = text.charCodeAt(i)
    const isDigit = char >= 48 && char <= 57
    if (!isDigit && !(char >= 65 && char <= 90)) return false
  }
  return true
}

/** `20260711083015` (Korean time, no zone) → the instant. */
export function kstDateTime(text: string): EpochMs | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text.trim())
  if (!match) return undefined
  const [, year, month, day, hours, minutes, seconds] = match
  const at = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}+09:00`)
  return Number.isNaN(at) ? undefined : at
}

/** `2026-11-20` → `20261120` */
export const compactDay = (day: string): string => day.replaceAll('-', '')
