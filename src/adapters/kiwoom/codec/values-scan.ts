import {
  bytes,
  CLOSE,
  COLON,
  COMMA,
  MINUS,
  PLUS,
  piece,
  plainEnd,
  QUOTE,
  SPACE,
  standsAt,
  TEN,
  UNPLAIN,
  ZERO,
} from './bytes.ts'

/** The values we read, by FID. Source: Kiwoom REST API guide, 실시간시세 0B and 0D. */
const FIDS = [10, 13, 15, 20, 21, 23, 24, 27, 28, 41, 51, 61, 71, 291, 292, 9081] as const
const HIGHEST_FID = 9081

/** FID → its bit in the notes of one event, 0 for those we do not read. */
const BITS = new Int32Array(HIGHEST_FID + 1)
FIDS.forEach((fid, index) => {
  BITS[fid] = 1 << index
})
const bitsOf = (...fids: (typeof FIDS)[number][]): number =>
  fids.reduce((bits, fid) => bits | (BITS[fid] as number), 0)

/** The numbers of a trade, and its exchange, which stands last, behind thirty fields nobody reads. */
const TRADE = bitsOf(10, 13, 15, 20, 27, 28)
const EXCHANGE = bitsOf(9081)
const LAST_FIELD = piece(',"9081":"')
const LAST_VALUE = 'KRX"'.length
/** The numbers of a book: its best prices, and behind fifty fields of lower steps what an auction is expected to bring. */
const BEST = bitsOf(21, 41, 51, 61, 71)
const BOOK = BEST | bitsOf(23, 24, 291, 292)
const FIRST_EXPECTED = Buffer.from(',"23":"')

/** More than `magnitude` takes; the careful path says what becomes of it. */
const MOST_DIGITS = 12

/** The values of one event, by FID. What they take, `magnitude` of `values.ts` takes too, and says the same. */
export interface ValuesScan {
  /** Reads the fields that begin at `at`; gives the brace behind them. Throws `UNPLAIN`. */
  read(frame: Buffer, at: number): number
  /** Whether it was a whole trade: 10, 13, 15, 20, 27, 28 as numbers, and 9081. */
  isTrade(): boolean
  /** Whether it was a whole book: 21, 23, 24, 41, 51, 61, 71, 291 and 292 as numbers. */
  isBook(): boolean
  /** Absolute values; 0 for a blank. */
  readonly numbers: Float64Array
  /** Where the text of a value begins. */
  readonly places: Int32Array
}

/**
 * Walks over the fields of an event and notes the ones we use. Where many stand that nobody reads, it leaps to the next
 * known place. A place is known by a whole key with its quotes: in JSON without escapes these bytes are never part of a
 * text. A frame with a damaged field that nobody reads is taken, then.
 */
export function createValuesScan(): ValuesScan {
  const places = new Int32Array(HIGHEST_FID + 1)
  const numbers = new Float64Array(HIGHEST_FID + 1)
  /** Which values the event has, and which of them are something else than a whole number. */
  let noted = 0
  let odd = 0
  /** The fewest bytes of lower steps that a book had. */
  let fewest = 0

  /** One straight loop over local variables: nearly every byte that is read of a frame is read here. */
  const walk = (frame: Buffer, begin: number): number => {
    let seen = 0
    let strange = 0
    for (let i = begin; ; i++) {
      // A zero in front is another name.
      if (bytes[i] !== QUOTE || bytes[i + 1] === ZERO) throw UNPLAIN
      let fid = 0
      for (
        let digit = (bytes[++i] as number) - ZERO;
        digit >>> 0 < TEN;
        digit = (bytes[++i] as number) - ZERO
      )
        fid = fid * TEN + digit
      if (bytes[i] !== QUOTE || bytes[i + 1] !== COLON || bytes[i + 2] !== QUOTE) throw UNPLAIN
      i += 3
      const bit = fid <= HIGHEST_FID ? (BITS[fid] as number) : 0
      if (bit === 0) i = plainEnd(i) + 1
      else {
        // Said twice: the last one would count.
        if ((seen & bit) !== 0) throw UNPLAIN
        seen |= bit
        places[fid] = i
        // Spaces, signs, digits; or nothing, which is 0.
        let number = 0
        let byte = bytes[i] as number
        if (byte !== QUOTE) {
          while (byte === SPACE) byte = bytes[++i] as number
          while (byte === PLUS || byte === MINUS) byte = bytes[++i] as number
          const digits = i
          for (let digit = byte - ZERO; digit >>> 0 < TEN; digit = byte - ZERO) {
            number = number * TEN + digit
            byte = bytes[++i] as number
          }
          const count = i - digits
          if (byte !== QUOTE || count === 0 || count > MOST_DIGITS) {
            strange |= bit
            i = plainEnd(i)
          }
        }
        numbers[fid] = number
        i++
        if (seen === BEST) i = passLowerSteps(frame, i)
        else if ((seen & TRADE) === TRADE || (seen & BOOK) === BOOK) {
          noted = seen
          odd = strange
          const close = leap(frame, i)
          if (close > 0) return close
        }
      }
      if (bytes[i] === CLOSE) {
        noted = seen
        odd = strange
        return i
      }
      if (bytes[i] !== COMMA) throw UNPLAIN
    }
  }

  /** To the comma before 23, looked for where it stood before; `at` when this book does not have it. */
  const passLowerSteps = (frame: Buffer, at: number): number => {
    const close = frame.indexOf(CLOSE, at)
    let found = frame.indexOf(FIRST_EXPECTED, at + fewest)
    if (found < 0 || found > close) found = frame.indexOf(FIRST_EXPECTED, at)
    if (found < 0 || found > close) return at
    if (fewest === 0 || found - at < fewest) fewest = found - at
    return found
  }

  /**
   * The brace behind the fields, as none of those before it is needed; 0 when the exchange of a trade does not stand last.
   * A brace inside a text is found out by what follows it.
   */
  const leap = (frame: Buffer, at: number): number => {
    const close = frame.indexOf(CLOSE, at)
    if ((noted & BOOK) === BOOK) return close
    const place = close - LAST_VALUE
    if (!standsAt(place - LAST_FIELD.length, LAST_FIELD)) return 0
    if ((noted & EXCHANGE) !== 0) throw UNPLAIN
    noted |= EXCHANGE
    places[9081] = place
    return close
  }

  return {
    read: walk,
    isTrade: () => (noted & (TRADE | EXCHANGE)) === (TRADE | EXCHANGE) && (odd & TRADE) === 0,
    isBook: () => (noted & BOOK) === BOOK && (odd & BOOK) === 0,
    numbers,
    places,
  }
}
