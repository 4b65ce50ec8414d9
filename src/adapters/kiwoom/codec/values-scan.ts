import {
  BACKSLASH,
  CLOSE,
  COLON,
  COMMA,
  numberAt,
  ODD,
  OPEN,
  pairAt,
  passSpaces,
  plainEnd,
  QUOTE,
  reach,
  SPACE,
  startsAt,
  UNPLAIN,
  word,
  ZERO,
} from './bytes.ts'

/** The values we read, by FID. Source: Kiwoom REST API guide, 실시간시세 0B and 0D. */
const FIDS = [10, 13, 15, 20, 21, 23, 24, 27, 28, 41, 51, 61, 71, 291, 292, 9081] as const
export type Fid = (typeof FIDS)[number]
const HIGHEST_FID = 9081

/** FID → its place in the notes of one event, 0 for those we do not read. */
const SLOTS = new Uint8Array(HIGHEST_FID + 1)
FIDS.forEach((fid, index) => {
  SLOTS[fid] = index + 1
})
const slotOf = (fid: Fid): number => SLOTS[fid] as number
const bitsOf = (...fids: Fid[]): number => fids.reduce((bits, fid) => bits | (1 << slotOf(fid)), 0)

/** What a trade needs and what stands first in a book: with these the rest is not walked over. */
const OF_TRADE = bitsOf(10, 13, 15, 20, 27, 28)
const OF_BOOK = bitsOf(21, 41, 51, 61, 71)

/** How a field begins behind the one before it. */
const NEEDLES = FIDS.map((fid) => Buffer.from(`,"${fid}":"`))
const NAMES = FIDS.map((fid) => Buffer.from(`"${fid}"`))
/** The exchange stands last, behind thirty fields. */
const LAST_FIELD = word('"9081":"KRX"')
const LAST_VALUE = 5
const TEN = 10

/** The values of one event: where those we read begin, and the number there. */
export interface ValuesScan {
  /** Reads the object that begins at `at`; gives the byte behind it. Throws `UNPLAIN`. */
  read(frame: Buffer, at: number): number
  /** Where the text of a value begins, 0 when the event does not have it. */
  placeOf(fid: Fid): number
  /** A value the event must have. Throws `UNPLAIN`. */
  needed(fid: Fid): number
  /** 0 when it is absent or blank. */
  numberOf(fid: Fid): number
}

/**
 * Walks over the fields of an event until the ones we use are noted; what stands behind them is not looked at, only that
 * no backslash or odd brace is among it. A frame with a damaged field that nobody reads is taken, then.
 */
export function createValuesScan(): ValuesScan {
  let bytes: Buffer = Buffer.alloc(0)
  const places = new Int32Array(FIDS.length + 1)
  let noted = 0
  /** From here to there the fields were not walked over; 0 when all were. */
  let skippedFrom = 0
  let end = 0

  const note = (slot: number, place: number) => {
    const bit = 1 << slot
    // Said twice: the last one would count.
    if ((noted & bit) !== 0) throw UNPLAIN
    noted |= bit
    places[slot] = place
  }

  /** The brace that ends these values, when it can be jumped to; 0 otherwise. */
  const leap = (from: number, isTrade: boolean): number => {
    const close = bytes.indexOf(CLOSE, from)
    // A brace inside a text; or a text that begins with one.
    if (bytes[close - 1] !== QUOTE || bytes[close - 2] === COLON) return 0
    if (isTrade) {
      const last = close - LAST_FIELD.length
      if (!startsAt(bytes, last, LAST_FIELD)) return 0
      note(slotOf(9081), close - LAST_VALUE + 1)
    }
    skippedFrom = from
    return close
  }

  /** The fields one by one, over local variables; nearly all bytes of a frame are passed here or leapt over. */
  const walk = (begin: number): number => {
    const frame = bytes
    let mayLeap = true
    for (let i = begin; ; ) {
      if (frame[i] !== QUOTE) i = reach(frame, QUOTE, i)
      let fid = 0
      let digit = (frame[++i] as number) - ZERO
      // A zero in front is another name.
      if (digit !== 0)
        for (; digit >>> 0 < TEN; digit = (frame[++i] as number) - ZERO) fid = fid * TEN + digit
      if (frame[i] !== QUOTE) {
        i = plainEnd(frame, i)
        fid = 0
      }
      if (frame[++i] !== COLON) i = reach(frame, COLON, i)
      if (frame[++i] !== QUOTE) i = reach(frame, QUOTE, i)
      const slot = fid <= HIGHEST_FID ? (SLOTS[fid] as number) : 0
      if (slot !== 0) note(slot, i + 1)
      i = plainEnd(frame, i + 1) + 1
      if (mayLeap && slot !== 0) {
        const isTrade = (noted & OF_TRADE) === OF_TRADE
        if (isTrade || (noted & OF_BOOK) === OF_BOOK) {
          mayLeap = false
          const close = leap(i, isTrade)
          if (close > 0) return close
        }
      }
      if (frame[i] === SPACE) i = passSpaces(frame, i)
      if (frame[i] === CLOSE) return i
      if (frame[i++] !== COMMA) throw UNPLAIN
    }
  }

  const placeOf = (fid: Fid): number => {
    const slot = slotOf(fid)
    if ((noted & (1 << slot)) !== 0) return places[slot] as number
    return skippedFrom === 0 ? 0 : search(slot)
  }

  /** A field among those that were leapt over. */
  const search = (slot: number): number => {
    const needle = NEEDLES[slot - 1] as Buffer
    const found = bytes.indexOf(needle, skippedFrom)
    if (found >= 0 && found < end) return found + needle.length
    // It is there, but not as we expect it.
    const odd = bytes.indexOf(NAMES[slot - 1] as Buffer, skippedFrom)
    if (odd >= 0 && odd < end) throw UNPLAIN
    return 0
  }

  const numberIn = (place: number): number => {
    const number = numberAt(bytes, place)
    if (number === ODD) throw UNPLAIN
    return number
  }

  return {
    read: (frame, at) => {
      bytes = frame
      noted = 0
      skippedFrom = 0
      if (frame[at] !== OPEN) throw UNPLAIN
      end = walk(at + 1)
      return end + 1
    },
    placeOf,
    needed: (fid) => {
      const place = placeOf(fid)
      if (place === 0) throw UNPLAIN
      return numberIn(place)
    },
    numberOf: (fid) => {
      const place = placeOf(fid)
      return place === 0 ? 0 : numberIn(place)
    },
  }
}

/** `HHmmss` at a place, as its three numbers through `make`; anything else throws `UNPLAIN`. */
export function clockAt<T>(
  bytes: Buffer,
  place: number,
  make: (hours: number, minutes: number, seconds: number) => T,
): T {
  const hours = pairAt(bytes, place)
  const minutes = pairAt(bytes, place + 2)
  const seconds = pairAt(bytes, place + 4)
  if (bytes[place + 6] !== QUOTE || hours < 0 || minutes < 0 || seconds < 0) throw UNPLAIN
  return make(hours, minutes, seconds)
}

/** An escape anywhere leaves the whole frame to the careful path: it could hide a quote. */
export const hasEscape = (frame: Buffer): boolean => frame.indexOf(BACKSLASH) >= 0
