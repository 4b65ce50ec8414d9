/**
 * The frame that is being read: bytes of UTF-8 in memory of our own, where a text that nearly every frame has is compared
 * four bytes at a time. One frame is read at a time, from its first byte to its last, without a pause.
 */

export const SPACE = 32
export const QUOTE = 34
export const PLUS = 43
export const COMMA = 44
export const MINUS = 45
export const ZERO = 48
export const COLON = 58
export const BACKSLASH = 92
export const CLOSE_LIST = 93
export const OPEN = 123
export const CLOSE = 125
export const TEN = 10

/** Not an ordinary frame: the caller falls back. Thrown inside the codec, never seen outside. */
export const UNPLAIN = new Error('not a plain frame')

/** A longer frame is left to the careful path; a batch of ninety trades is as long. */
export const MOST_BYTES = 65_536
/** Behind the longest frame there is room to compare the longest piece. */
const ROOM = 128
const WORD = 4

export const bytes = Buffer.alloc(MOST_BYTES + ROOM)
const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)

/** Takes a frame in; false when it is none for this codec. */
export function load(frame: Buffer): boolean {
  const { length } = frame
  if (length > MOST_BYTES || frame[length - 1] !== CLOSE) return false
  bytes.set(frame)
  // No text, number or piece has this byte: what an older frame left behind is never reached.
  bytes[length] = 0
  return true
}

/** Four bytes as one number. */
export const wordAt = (at: number): number => view.getInt32(at)

/** A text of four bytes or more, as words; the last one may overlap the one before it. */
export interface Piece {
  readonly words: Int32Array
  /** In bytes. */
  readonly length: number
}

export function piece(text: string): Piece {
  const spelled = Buffer.from(text)
  const { length } = spelled
  const words = new Int32Array(Math.ceil(length / WORD))
  for (let i = 0; i < words.length; i++) words[i] = spelled.readInt32BE(Math.min(i * WORD, length - WORD))
  return { words, length }
}

/** Whether this piece stands at `at`. */
export function standsAt(at: number, { words, length }: Piece): boolean {
  const last = words.length - 1
  for (let i = 0; i < last; i++) if (view.getInt32(at + i * WORD) !== words[i]) return false
  return view.getInt32(at + length - WORD) === words[last]
}

/** The bytes between the quote and the backslash: digits, signs, points, capitals. */
const ORDINARY_FROM = QUOTE + 1
const ORDINARY = BACKSLASH - ORDINARY_FROM

/**
 * From inside a text to its closing quote. Control characters are no JSON, escapes and braces are left to the careful
 * path: throws `UNPLAIN`.
 */
export function plainEnd(begin: number): number {
  for (let i = begin; ; i++) {
    let byte = bytes[i] as number
    while ((byte - ORDINARY_FROM) >>> 0 < ORDINARY) byte = bytes[++i] as number
    if (byte === QUOTE) return i
    if (byte < SPACE || byte === BACKSLASH || byte === CLOSE) throw UNPLAIN
  }
}

/** `+`: the buyer crossed the spread, `-`: the seller did, 0: not said. */
export function signAt(at: number): -1 | 0 | 1 {
  let i = at
  while (bytes[i] === SPACE) i++
  return bytes[i] === PLUS ? 1 : bytes[i] === MINUS ? -1 : 0
}

/** Two digits. Throws `UNPLAIN` when they are none. */
export function pairAt(at: number): number {
  const tens = (bytes[at] as number) - ZERO
  const ones = (bytes[at + 1] as number) - ZERO
  if (tens >>> 0 >= TEN || ones >>> 0 >= TEN) throw UNPLAIN
  return tens * TEN + ones
}
