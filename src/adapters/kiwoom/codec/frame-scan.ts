import type { MarketEvent } from '../../../model/market-event.ts'
import type { EpochMs } from '../../../std/clock.ts'
import { quoteOf, type TradeParts, tradeOf, venueOf } from '../map.ts'
import {
  CLOSE,
  CLOSE_LIST,
  COLON,
  COMMA,
  OPEN,
  OPEN_LIST,
  passSpaces,
  plainEnd,
  QUOTE,
  reach,
  signAt,
  startsAt,
  tagAt,
  tagOf,
  UNPLAIN,
  word,
} from './bytes.ts'
import { createItems, type Item } from './items.ts'
import type { Stamper } from './stamper.ts'
import { clockMs } from './values.ts'
import { clockAt, createValuesScan, type Fid, hasEscape } from './values-scan.ts'

/**
 * The fast path for the frames that make up nearly all traffic: trades (0B), books (0D) and best quotes (0C, of which
 * nothing is used). The frame around the values is read byte by byte; of the values only the few we use are, and neither
 * a text nor an object is built for the others. It understands only the plain shape (no escapes, values that are text,
 * whole numbers); anything else is left to `JSON.parse`, which decides alone.
 */
export interface FrameScanner {
  /** Appends the frame's events to `out` and says true; or says false and has appended nothing. */
  scan(frame: Buffer, out: MarketEvent[]): boolean
}

const TRNM = tagOf('trnm')
const REAL = tagOf('REAL')
const DATA = tagOf('data')
const TYPE = tagOf('type')
const ITEM = tagOf('item')
const VALUES = tagOf('values')
const TRADE = tagOf('0B')
const BOOK = tagOf('0D')
const BEST = tagOf('0C')
/** What stands in nearly every frame, byte for byte. */
const REAL_PIECE = word('"trnm":"REAL"')
const VALUES_PIECE = word('"values":')
const TRADE_PIECE = word('"type":"0B","name":"주식체결","item":"')
const BOOK_PIECE = word('"type":"0D","name":"주식호가잔량","item":"')
const KRX = word('KRX"')

export function createFrameScanner(stamper: Stamper): FrameScanner {
  const items = createItems()
  const values = createValuesScan()
  let bytes: Buffer = Buffer.alloc(0)
  let now: EpochMs = 0
  let at = 0
  /** Bounds of the text that was read last, without its quotes. */
  let from = 0
  let to = 0

  const expect = (byte: number) => {
    at = (bytes[at] === byte ? at : reach(bytes, byte, at)) + 1
  }

  const readText = () => {
    expect(QUOTE)
    from = at
    to = plainEnd(bytes, at)
    at = to + 1
  }

  /** After a value: true when another follows, false when `close` ends the container. */
  const more = (close: number): boolean => {
    at = passSpaces(bytes, at)
    const byte = bytes[at++]
    if (byte === COMMA) return true
    if (byte === close) return false
    throw UNPLAIN
  }

  const tag = (): number => tagAt(bytes, from, to)

  /** The tag of a name; its colon is passed too. */
  const readName = (): number => {
    readText()
    expect(COLON)
    return tag()
  }

  const timeOf = (fid: Fid): EpochMs => {
    const place = values.placeOf(fid)
    return place === 0 ? now : stamper.at(clockAt(bytes, place, clockMs), now)
  }

  const venueFor = (item: Item): TradeParts['venue'] => {
    const place = values.placeOf(9081)
    if (place === 0) return item.unsaid
    if (startsAt(bytes, place, KRX)) return item.saidKrx
    return venueOf(bytes.toString('utf8', place, plainEnd(bytes, place)), item.text)
  }

  const buildTrade = (item: Item): MarketEvent | undefined => {
    const price = values.needed(10)
    const quantity = values.needed(15)
    return tradeOf({
      instrument: item.instrument,
      venue: venueFor(item),
      at: timeOf(20),
      receivedAt: now,
      price,
      quantity,
      sign: signAt(bytes, values.placeOf(15)),
      bid: values.numberOf(28),
      ask: values.numberOf(27),
      dayVolume: values.numberOf(13),
    })
  }

  /** 291/292 is the running auction's expectation; 23/24 is the older pair of the same. */
  const buildQuote = (item: Item): MarketEvent => {
    const ask = values.needed(41)
    const bid = values.needed(51)
    const running = values.numberOf(291)
    const expectedPrice = running > 0 ? running : values.numberOf(23)
    return quoteOf({
      instrument: item.instrument,
      venue: item.unsaid,
      at: timeOf(21),
      receivedAt: now,
      bid,
      bidQuantity: values.numberOf(71),
      ask,
      askQuantity: values.numberOf(61),
      expectedPrice,
      // Without a price there is no expectation, whatever its size says.
      expectedQuantity: expectedPrice === 0 ? 0 : values.numberOf(running > 0 ? 292 : 24),
    })
  }

  /** True, and passed, when this piece stands here. */
  const pass = (piece: Buffer): boolean => {
    if (!startsAt(bytes, at, piece)) return false
    at += piece.length
    return true
  }

  /** The item whose opening quote was passed. */
  const readItem = (): Item | undefined => {
    from = at
    to = plainEnd(bytes, at)
    at = to + 1
    return items.at(bytes, from, to)
  }

  /** One element of `data`. Its usual spellings are passed in one go, any other is read name by name. */
  const readEvent = (out: MarketEvent[]) => {
    let type = 0
    let item: Item | undefined
    let hasValues = false
    expect(OPEN)
    do {
      if (pass(VALUES_PIECE)) {
        at = values.read(bytes, at)
        hasValues = true
      } else if (pass(TRADE_PIECE)) {
        type = TRADE
        item = readItem()
      } else if (pass(BOOK_PIECE)) {
        type = BOOK
        item = readItem()
      } else {
        const name = readName()
        if (name === VALUES) {
          at = values.read(bytes, passSpaces(bytes, at))
          hasValues = true
          continue
        }
        readText()
        if (name === TYPE) type = tag()
        else if (name === ITEM) item = items.at(bytes, from, to)
      }
    } while (more(CLOSE))
    if (!hasValues || item === undefined) throw UNPLAIN
    const event = eventOf(type, item)
    if (event) out.push(event)
  }

  const eventOf = (type: number, item: Item): MarketEvent | undefined => {
    if (type === TRADE) return buildTrade(item)
    if (type === BOOK) return buildQuote(item)
    if (type === BEST) return undefined
    throw UNPLAIN
  }

  const readFrame = (out: MarketEvent[]) => {
    let isReal = false
    let hasData = false
    expect(OPEN)
    do {
      if (pass(REAL_PIECE)) {
        isReal = true
        continue
      }
      const name = readName()
      if (name === DATA) {
        if (hasData) throw UNPLAIN
        hasData = true
        expect(OPEN_LIST)
        do readEvent(out)
        while (more(CLOSE_LIST))
        continue
      }
      readText()
      if (name === TRNM) isReal = tag() === REAL
    } while (more(CLOSE))
    if (at !== bytes.length || !isReal || !hasData) throw UNPLAIN
  }

  return {
    scan: (frame, out) => {
      bytes = frame
      // Every loop of this codec relies on the brace to end inside the frame.
      if (bytes[bytes.length - 1] !== CLOSE || hasEscape(bytes)) return false
      const before = out.length
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
