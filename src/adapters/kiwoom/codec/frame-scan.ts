import type { InstrumentId } from '../../../model/ids.ts'
import type { MarketEvent } from '../../../model/market-event.ts'
import type { EpochMs } from '../../../std/clock.ts'
import { quoteOf, type TradeParts, tradeOf, venueOf } from '../map.ts'
import {
  BACKSLASH,
  bytes,
  CLOSE,
  CLOSE_LIST,
  COMMA,
  load,
  OPEN,
  type Piece,
  pairAt,
  piece,
  plainEnd,
  QUOTE,
  signAt,
  standsAt,
  UNPLAIN,
} from './bytes.ts'
import { createItems, type Item } from './items.ts'
import type { Stamper } from './stamper.ts'
import { clockMs } from './values.ts'
import { createValuesScan } from './values-scan.ts'

/**
 * The fast path for the frames that make up nearly all traffic: trades (0B), books (0D) and best quotes (0C, of which
 * nothing is used), in the two key orders the server writes. What stands around the values is compared byte for byte; of
 * the values only the few we use are read, and neither a text nor an object is built for the others. Anything else (a
 * space, an escape, a value that is no text, another order) is left to `JSON.parse`, which decides alone.
 */
export interface FrameScanner {
  /** Gives the events of the frame to `hear` and says true; or says false and has given none. */
  scan(frame: Buffer, hear: (event: MarketEvent) => void): boolean
}

/** What stands around the elements of `data`, around their values, and in FID 9081. */
const TRNM_FIRST = piece('{"trnm":"REAL","data":[')
const DATA_FIRST = piece('{"data":[')
const TRNM_LAST = piece('}],"trnm":"REAL"}')
const VALUES_FIRST = piece('{"values":{')
const VALUES_LAST = piece('","values":{')
const KRX = piece('KRX"')
const NXT = piece('NXT"')

interface Kind {
  /** How it begins, up to its item. */
  readonly spelled: Piece
  /** `undefined`: nothing in it is news. */
  build(item: Item): MarketEvent | undefined
}

/** `whole`: the instruments whose book somebody looks at in full. Their books are not for the fast path. */
export function createFrameScanner(
  stamper: Stamper,
  whole: ReadonlySet<InstrumentId> = new Set(),
): FrameScanner {
  const items = createItems()
  const values = createValuesScan()
  const { numbers, places } = values
  /** The events of the frame; those from `count` on are of older ones. */
  const events: MarketEvent[] = []
  let count = 0
  let now: EpochMs = 0

  const venueFor = (item: Item): TradeParts['venue'] => {
    const place = places[9081] as number
    if (standsAt(place, KRX)) return item.saidKrx
    if (standsAt(place, NXT)) return item.saidNxt
    return venueOf(bytes.toString('utf8', place, plainEnd(place)), item.text)
  }

  /** A value of the event that was read. */
  const number = (fid: number): number => numbers[fid] as number
  const timeOf = (fid: number): EpochMs => stamper.at(clockAt(places[fid] as number), now)

  const buildTrade = (item: Item): MarketEvent | undefined => {
    if (!values.isTrade()) throw UNPLAIN
    return tradeOf({
      instrument: item.instrument,
      venue: venueFor(item),
      at: timeOf(20),
      receivedAt: now,
      price: number(10),
      quantity: number(15),
      sign: signAt(places[15] as number),
      bid: number(28),
      ask: number(27),
      dayVolume: number(13),
    })
  }

  /** 291/292 is the running auction's expectation; 23/24 is the older pair of the same. */
  const buildQuote = (item: Item): MarketEvent => {
    if (!values.isBook() || (whole.size > 0 && whole.has(item.instrument))) throw UNPLAIN
    const isRunning = number(291) > 0
    return quoteOf({
      instrument: item.instrument,
      venue: item.unsaid,
      at: timeOf(21),
      receivedAt: now,
      bid: number(51),
      bidQuantity: number(71),
      ask: number(41),
      askQuantity: number(61),
      expectedPrice: isRunning ? number(291) : number(23),
      expectedQuantity: isRunning ? number(292) : number(24),
    })
  }

  const kinds: readonly Kind[] = [
    { spelled: piece('"type":"0B","name":"주식체결","item":"'), build: buildTrade },
    { spelled: piece('"type":"0D","name":"주식호가잔량","item":"'), build: buildQuote },
    { spelled: piece('"type":"0C","name":"주식우선호가","item":"'), build: () => undefined },
  ]

  const kindAt = (at: number): Kind => {
    for (const kind of kinds) if (standsAt(at, kind.spelled)) return kind
    throw UNPLAIN
  }

  /** One element of `data`; gives its closing brace. */
  const readEvent = (frame: Buffer, begin: number): number => {
    const valuesFirst = standsAt(begin, VALUES_FIRST)
    let i = valuesFirst ? values.read(frame, begin + VALUES_FIRST.length) + 1 : begin
    if (bytes[i] !== (valuesFirst ? COMMA : OPEN)) throw UNPLAIN
    const kind = kindAt(++i)
    i += kind.spelled.length
    const codeEnd = plainEnd(i)
    const item = items.at(i, codeEnd)
    if (item === undefined || !(valuesFirst || standsAt(codeEnd, VALUES_LAST))) throw UNPLAIN
    i = valuesFirst ? codeEnd + 1 : values.read(frame, codeEnd + VALUES_LAST.length) + 1
    if (bytes[i] !== CLOSE) throw UNPLAIN
    const event = kind.build(item)
    if (event) events[count++] = event
    return i
  }

  const readFrame = (frame: Buffer) => {
    const trnmFirst = standsAt(0, TRNM_FIRST)
    if (!trnmFirst && !standsAt(0, DATA_FIRST)) throw UNPLAIN
    let i = readEvent(frame, trnmFirst ? TRNM_FIRST.length : DATA_FIRST.length)
    while (bytes[i + 1] === COMMA) i = readEvent(frame, i + 2)
    const isWhole = trnmFirst
      ? bytes[i + 1] === CLOSE_LIST && i + 3 === frame.length
      : standsAt(i, TRNM_LAST) && i + TRNM_LAST.length === frame.length
    if (!isWhole) throw UNPLAIN
  }

  return {
    scan: (frame, hear) => {
      // An escape anywhere could hide a quote.
      if (!load(frame) || frame.indexOf(BACKSLASH) >= 0) return false
      count = 0
      now = stamper.now()
      try {
        readFrame(frame)
      } catch (error) {
        if (error !== UNPLAIN) throw error
        return false
      }
      for (let i = 0; i < count; i++) hear(events[i] as MarketEvent)
      return true
    },
  }
}

/** `HHmmss` as milliseconds since midnight, `undefined` for a marker such as `888888`. Throws `UNPLAIN` for anything else. */
function clockAt(place: number): number | undefined {
  const hours = pairAt(place)
  const minutes = pairAt(place + 2)
  const seconds = pairAt(place + 4)
  if (bytes[place + 6] !== QUOTE) throw UNPLAIN
  return clockMs(hours, minutes, seconds)
}
