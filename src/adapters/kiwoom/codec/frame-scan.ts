import { instrumentId } from '../../../model/ids.ts'
import type { Venue } from '../../../model/instrument.ts'
import type { MarketEvent } from '../../../model/market-event.ts'
import type { EpochMs } from '../../../std/clock.ts'
import { quoteOf, tradeOf, venueOf } from '../map.ts'
import type { Stamper } from './stamper.ts'
import { bareCode, clockMs } from './values.ts'

/**
 * The fast path for the two frames that make up nearly all traffic: trades (0B) and books (0D). The frame around the
 * values is read character by character; inside the values only the few fields we use are searched, and no object is
 * built for the other hundred. It understands only the plain shape (no escapes, values that are text, whole numbers);
 * anything else is left to `JSON.parse`, which decides alone.
 */
export interface FrameScanner {
  /** Appends the frame's events to `out` and says true; or says false and has appended nothing. */
  scan(text: string, out: MarketEvent[]): boolean
}

const SPACE = 32
const QUOTE = 34
const PLUS = 43
const COMMA = 44
const MINUS = 45
const ZERO = 48
const COLON = 58
const OPEN_LIST = 91
const BACKSLASH = 92
const CLOSE_LIST = 93
const OPEN = 123
const CLOSE = 125

/** How a field is written when it stands first, behind a comma, behind a comma and a space, and at all. */
interface Field {
  readonly first: string
  readonly next: string
  readonly spaced: string
  readonly name: string
}

const field = (key: number): Field => ({
  first: `"${key}":"`,
  next: `,"${key}":"`,
  spaced: `, "${key}":"`,
  name: `"${key}"`,
})

/** FIDs of a trade and of a book. Source: Kiwoom REST API guide, 실시간시세 0B and 0D. */
const TIME = field(20)
const LAST = field(10)
const TRADED = field(15)
const VOLUME = field(13)
const BEST_ASK = field(27)
const BEST_BID = field(28)
const EXCHANGE = field(9081)
const BOOK_TIME = field(21)
const ASK = field(41)
const ASK_SIZE = field(61)
const BID = field(51)
const BID_SIZE = field(71)
const EXPECTED = field(291)
const EXPECTED_SIZE = field(292)
const OLDER_EXPECTED = field(23)
const OLDER_EXPECTED_SIZE = field(24)

/** Not an ordinary frame: the caller falls back. Thrown inside, never seen outside. */
const UNPLAIN = new Error('not a plain frame')

const fail = (): never => {
  throw UNPLAIN
}

export function createFrameScanner(stamper: Stamper): FrameScanner {
  let text = ''
  let now: EpochMs = 0
  let at = 0
  /** Bounds of the string that was read last, without its quotes. */
  let from = 0
  let to = 0
  /** The values of the event under way, without their braces. */
  let start = 0
  let end = 0
  let spaced = false

  const skipSpace = () => {
    while (text.charCodeAt(at) === SPACE) at++
  }

  const expect = (char: number) => {
    if (text.charCodeAt(at) !== char) skipSpace()
    if (text.charCodeAt(at) !== char) throw UNPLAIN
    at++
  }

  const readText = () => {
    expect(QUOTE)
    const frame = text
    let i = at
    from = i
    for (let char = frame.charCodeAt(i); char !== QUOTE; char = frame.charCodeAt(++i))
      // Control characters are no JSON, NaN is the end of the text: both leave to the careful path.
      if (char === BACKSLASH || !(char >= SPACE)) throw UNPLAIN
    to = i
    at = i + 1
  }

  /** After a value: true when another follows, false when `close` ends the container. */
  const more = (close: number): boolean => {
    skipSpace()
    const char = text.charCodeAt(at++)
    if (char === COMMA) return true
    if (char === close) return false
    throw UNPLAIN
  }

  const is = (word: string): boolean => to - from === word.length && text.startsWith(word, from)

  /** Values are texts without escapes, so the first brace ends them, unless a text begins with a brace. */
  const passValues = () => {
    expect(OPEN)
    start = at
    end = text.indexOf('}', at)
    if (end < 0 || text.charCodeAt(end - 1) !== QUOTE || text.charCodeAt(end - 2) === COLON) throw UNPLAIN
    spaced = text.charCodeAt(text.indexOf(',', start) + 1) === SPACE
    at = end + 1
  }

  /** Where the text of a field begins, -1 when the event does not have it. */
  const find = (key: Field): number => {
    if (text.startsWith(key.first, start)) return start + key.first.length
    const pattern = spaced ? key.spaced : key.next
    const found = text.indexOf(pattern, start)
    if (found >= 0 && found < end) return found + pattern.length
    // It is there, but not as we expect it.
    const odd = text.indexOf(key.name, start)
    return odd >= 0 && odd < end ? fail() : -1
  }

  /** As `find`, for a field that usually stands behind `place`. */
  const findBehind = (place: number, key: Field): number => {
    const pattern = spaced ? key.spaced : key.next
    const found = text.indexOf(pattern, place)
    return found >= 0 && found < end ? found + pattern.length : find(key)
  }

  /** The exchange stands last, behind a hundred fields. */
  const findLast = (key: Field): number => {
    const pattern = spaced ? key.spaced : key.next
    const found = text.lastIndexOf(pattern, end)
    return found >= start ? found + pattern.length : find(key)
  }

  /** The absolute value of a field, 0 when it is absent or blank. */
  const numberOf = (key: Field): number => {
    const place = find(key)
    return place < 0 ? 0 : numberAt(place)
  }

  const numberAt = (place: number): number => {
    const frame = text
    let i = place
    let char = frame.charCodeAt(i)
    if (char === QUOTE) return 0
    while (char === SPACE) char = frame.charCodeAt(++i)
    while (char === PLUS || char === MINUS) char = frame.charCodeAt(++i)
    const digits = i
    let number = 0
    for (; char !== QUOTE; char = frame.charCodeAt(++i)) {
      const digit = char - ZERO
      if (!(digit >= 0 && digit <= 9)) return fail()
      number = number * 10 + digit
    }
    return i === digits || i - digits > 15 ? fail() : number
  }

  const signAt = (place: number): -1 | 0 | 1 => {
    let i = place
    while (text.charCodeAt(i) === SPACE) i++
    const char = text.charCodeAt(i)
    return char === PLUS ? 1 : char === MINUS ? -1 : 0
  }

  const timeOf = (key: Field): EpochMs => {
    const place = find(key)
    if (place < 0) return now
    if (text.charCodeAt(place + 6) !== QUOTE) return fail()
    return stamper.at(clockMs(pairAt(place), pairAt(place + 2), pairAt(place + 4)), now)
  }

  const pairAt = (i: number): number => {
    const tens = text.charCodeAt(i) - ZERO
    const ones = text.charCodeAt(i + 1) - ZERO
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : fail()
  }

  const venueFor = (item: string): Venue => {
    const place = findLast(EXCHANGE)
    if (place >= 0 && text.startsWith('KRX"', place)) return 'KRX'
    return venueOf(place < 0 ? '' : text.slice(place, text.indexOf('"', place)), item)
  }

  const buildTrade = (item: string, code: string): MarketEvent | undefined => {
    const last = find(LAST)
    const traded = find(TRADED)
    if (last < 0 || traded < 0) return fail()
    return tradeOf({
      instrument: instrumentId(code),
      venue: venueFor(item),
      at: timeOf(TIME),
      receivedAt: now,
      price: numberAt(last),
      quantity: numberAt(traded),
      sign: signAt(traded),
      bid: numberOf(BEST_BID),
      ask: numberOf(BEST_ASK),
      dayVolume: numberOf(VOLUME),
    })
  }

  const buildQuote = (item: string, code: string): MarketEvent => {
    const ask = find(ASK)
    const bid = find(BID)
    if (ask < 0 || bid < 0) return fail()
    const running = findBehind(bid, EXPECTED)
    const isRunning = running >= 0 && numberAt(running) > 0
    const expectedPrice = isRunning ? numberAt(running) : numberOf(OLDER_EXPECTED)
    return quoteOf({
      instrument: instrumentId(code),
      venue: venueOf('', item),
      at: timeOf(BOOK_TIME),
      receivedAt: now,
      bid: numberAt(bid),
      bidQuantity: numberOf(BID_SIZE),
      ask: numberAt(ask),
      askQuantity: numberOf(ASK_SIZE),
      expectedPrice,
      // Without a price there is no expectation, whatever its size says.
      expectedQuantity: expectedPrice === 0 ? 0 : numberOf(isRunning ? EXPECTED_SIZE : OLDER_EXPECTED_SIZE),
    })
  }

  /** One element of `data`. */
  const readEvent = (out: MarketEvent[]) => {
    let type = 0
    let item = ''
    let hasValues = false
    expect(OPEN)
    do {
      readText()
      if (is('values')) {
        expect(COLON)
        passValues()
        hasValues = true
        continue
      }
      const key = is('type') ? 1 : is('item') ? 2 : 0
      expect(COLON)
      readText()
      if (key === 1) type = is('0B') ? 1 : is('0D') ? 2 : fail()
      else if (key === 2) item = text.slice(from, to)
    } while (more(CLOSE))
    const code = bareCode(item)
    if (!hasValues || code === undefined || type === 0) throw UNPLAIN
    const event = type === 1 ? buildTrade(item, code) : buildQuote(item, code)
    if (event) out.push(event)
  }

  const readFrame = (out: MarketEvent[]) => {
    let isReal = false
    let hasData = false
    expect(OPEN)
    do {
      readText()
      if (is('data')) {
        if (hasData) throw UNPLAIN
        hasData = true
        expect(COLON)
        expect(OPEN_LIST)
        do readEvent(out)
        while (more(CLOSE_LIST))
        continue
      }
      const isName = is('trnm')
      expect(COLON)
      readText()
      if (isName) isReal = is('REAL')
    } while (more(CLOSE))
    skipSpace()
    if (at !== text.length || !isReal || !hasData) throw UNPLAIN
  }

  return {
    scan: (frame, out) => {
      if (frame.includes('\\')) return false
      const before = out.length
      text = frame
      at = 0
      now = stamper.now()
      try {
        readFrame(out)
        return true
      } catch (error) {
        if (error !== UNPLAIN) throw error
        out.length = before
        return false
      }
    },
  }
}
