/** Values of a frame, read where they stand: bytes of UTF-8 in, numbers out, no text between. */

export const SPACE = 32
export const QUOTE = 34
const PLUS = 43
export const COMMA = 44
const MINUS = 45
export const ZERO = 48
export const COLON = 58
export const OPEN_LIST = 91
export const BACKSLASH = 92
export const CLOSE_LIST = 93
export const OPEN = 123
export const CLOSE = 125

/** Not the plain spelling: the careful path decides. */
export const ODD = -1

/** Not an ordinary frame: the caller falls back. Thrown inside the codec, never seen outside. */
export const UNPLAIN = new Error('not a plain frame')

/** Text as bytes. A Buffer like the frames: one kind of array keeps the loops over both fast. */
export const word = (text: string): Buffer => Buffer.from(text)

const VALUES = word('values')

/** A text of two or four bytes, or `values`, between `from` and `to` as one number of its own; 0 for all others. */
export function tagAt(bytes: Buffer, from: number, to: number): number {
  if (to - from === 6) return startsAt(bytes, from, VALUES) ? 6 : 0
  const two = ((bytes[from] as number) << 8) | (bytes[from + 1] as number)
  if (to - from === 2) return two
  return to - from === 4 ? (two << 16) | ((bytes[from + 2] as number) << 8) | (bytes[from + 3] as number) : 0
}

export const tagOf = (text: string): number => tagAt(word(text), 0, text.length)

/** The bytes between the quote and the backslash: digits, signs, points, capitals. */
const ORDINARY_FROM = QUOTE + 1
const ORDINARY = BACKSLASH - ORDINARY_FROM

/**
 * From the byte behind an opening quote to the closing one. Control characters are no JSON, escapes and braces are left
 * to the careful path: throws `UNPLAIN`. As a frame ends with a brace, this ends inside it.
 */
export function plainEnd(frame: Buffer, begin: number): number {
  for (let i = begin; ; i++) {
    let byte = frame[i] as number
    while ((byte - ORDINARY_FROM) >>> 0 < ORDINARY) byte = frame[++i] as number
    if (byte === QUOTE) return i
    if (!(byte >= SPACE) || byte === BACKSLASH || byte === CLOSE) throw UNPLAIN
  }
}

export function passSpaces(frame: Buffer, begin: number): number {
  let i = begin
  while (frame[i] === SPACE) i++
  return i
}

/** Passes spaces; the byte behind them must be this one, or `UNPLAIN` is thrown. */
export function reach(frame: Buffer, byte: number, begin: number): number {
  const i = passSpaces(frame, begin)
  if (frame[i] !== byte) throw UNPLAIN
  return i
}

/** More than `magnitude` takes; the careful path says what becomes of it. */
const MOST_DIGITS = 12

/**
 * The absolute value of the whole number that begins at `at` and ends at a quote: spaces, then signs, then digits. Blank
 * is 0; `ODD` for anything else. What it takes, `magnitude` of `values.ts` takes too, and says the same.
 */
export function numberAt(bytes: Buffer, at: number): number {
  let i = at
  let byte = bytes[i] as number
  if (byte === QUOTE) return 0
  while (byte === SPACE) byte = bytes[++i] as number
  while (byte === PLUS || byte === MINUS) byte = bytes[++i] as number
  const digits = i
  let number = 0
  while (byte >= ZERO && byte <= ZERO + 9) {
    number = number * 10 + byte - ZERO
    byte = bytes[++i] as number
  }
  const count = i - digits
  return byte === QUOTE && count > 0 && count <= MOST_DIGITS ? number : ODD
}

/** `+`: the buyer crossed the spread, `-`: the seller did, 0: not said. */
export function signAt(bytes: Buffer, at: number): -1 | 0 | 1 {
  let i = at
  while (bytes[i] === SPACE) i++
  return bytes[i] === PLUS ? 1 : bytes[i] === MINUS ? -1 : 0
}

/** Two digits; `ODD` when they are none. */
export function pairAt(bytes: Buffer, at: number): number {
  const tens = (bytes[at] as number) - ZERO
  const ones = (bytes[at + 1] as number) - ZERO
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : ODD
}

/** Whether `piece` stands at `at`. */
export function startsAt(bytes: Buffer, at: number, piece: Buffer): boolean {
  for (let i = 0; i < piece.length; i++) if (bytes[at + i] !== piece[i]) return false
  return true
}

const NINE = 57
const UPPER_A = 65
const UPPER_Z = 90
const KEY_LENGTH = 10

/**
 * A number that stands for the text between `from` and `to`: two different texts of capitals, digits and `_` never share
 * one. `ODD` for other texts and for longer ones than an item has (`005930_AL`, `A005930`).
 */
export function itemKey(bytes: Buffer, from: number, to: number): number {
  if (to - from > KEY_LENGTH || to === from) return ODD
  let key = 0
  for (let i = from; i < to; i++) {
    const byte = bytes[i] as number
    if (byte >= ZERO && byte <= NINE) key = key * 38 + byte - ZERO + 1
    else if (byte >= UPPER_A && byte <= UPPER_Z) key = key * 38 + byte - UPPER_A + 11
    else if (byte === 95) key = key * 38 + 37
    else return ODD
  }
  return key
}
