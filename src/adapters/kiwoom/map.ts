import { type InstrumentId, instrumentId } from '../../model/ids.ts'
import type {
  Designation,
  Instrument,
  InstrumentClass,
  Market,
  PriceBand,
  Route,
  Venue,
} from '../../model/instrument.ts'
import type {
  Book,
  BookStep,
  Description,
  IndexTick,
  MarketEvent,
  Quote,
  SessionNotice,
  Trade,
  ViNotice,
} from '../../model/market-event.ts'
import { type Price, price, type Quantity, quantity } from '../../model/money.ts'
import type { Phase } from '../../model/session.ts'
import type { TradingDay } from '../../model/time.ts'
import type { EpochMs } from '../../std/clock.ts'
import { plainText } from '../../std/plain-text.ts'
import type { Stamper } from './codec/stamper.ts'
import {
  bareCode,
  hundredths,
  isCombinedCode,
  isNxtCode,
  leadingSign,
  lookUp,
  MOST_PRICE,
  magnitude,
  timeOfDayMs,
  wonPrice,
} from './codec/values.ts'
import { statusOf } from './status.ts'
import { type Basics, fid, type Listing, type RealEvent, type WatchRow } from './wire.ts'

/** Kiwoom's market data ↔ our nouns. FIDs: Kiwoom REST API guide, 실시간시세; wire reference §15. */

/**
 * Whose prices a frame holds: those of both venues together when the combined item was registered, whoever printed; else
 * FID 9081, or the suffix of the item when that field is empty.
 */
export function venueOf(exchange: string, item: string): Route {
  if (isCombinedCode(item)) return 'SOR'
  const name = exchange.trim()
  if (name === '') return isNxtCode(item) ? 'NXT' : 'KRX'
  return name === 'NXT' || name === '2' ? 'NXT' : 'KRX'
}

export interface TradeParts {
  readonly instrument: InstrumentId
  readonly venue: Route
  readonly at: EpochMs
  readonly receivedAt: EpochMs
  readonly price: number
  readonly quantity: number
  readonly sign: -1 | 0 | 1
  readonly bid: number
  readonly ask: number
  readonly dayVolume: number
}

/**
 * Nothing printed (quantity 0) or no price: no trade. Here and in `quoteOf` the numbers are branded by hand: the codec
 * has made them whole, safe and not negative, and this runs for every tick.
 */
export function tradeOf(parts: TradeParts): Trade | undefined {
  if (parts.price === 0 || parts.quantity === 0 || parts.price > MOST_PRICE) return undefined
  const { at, receivedAt, instrument, venue, sign } = parts
  const price = parts.price as Price
  const quantity = parts.quantity as Quantity
  const bid = (parts.bid <= MOST_PRICE ? parts.bid : 0) as Price
  const ask = (parts.ask <= MOST_PRICE ? parts.ask : 0) as Price
  const dayVolume = parts.dayVolume as Quantity
  if (sign === 0)
    return { kind: 'trade', at, receivedAt, instrument, venue, price, quantity, bid, ask, dayVolume }
  const aggressor = sign > 0 ? 'buy' : 'sell'
  return { kind: 'trade', at, receivedAt, instrument, venue, price, quantity, aggressor, bid, ask, dayVolume }
}

export interface QuoteParts {
  readonly instrument: InstrumentId
  readonly venue: Route
  readonly at: EpochMs
  readonly receivedAt: EpochMs
  readonly bid: number
  readonly bidQuantity: number
  readonly ask: number
  readonly askQuantity: number
  readonly expectedPrice: number
  readonly expectedQuantity: number
}

/** A price without quantity is an empty side, and the other way round; a price beyond anything real is none: all become 0. */
export function quoteOf(parts: QuoteParts): Quote {
  const hasBid = isPrice(parts.bid) && parts.bidQuantity > 0
  const hasAsk = isPrice(parts.ask) && parts.askQuantity > 0
  const hasExpected = isPrice(parts.expectedPrice) && parts.expectedQuantity > 0
  return {
    kind: 'quote',
    at: parts.at,
    receivedAt: parts.receivedAt,
    instrument: parts.instrument,
    venue: parts.venue,
    bid: (hasBid ? parts.bid : 0) as Price,
    bidQuantity: (hasBid ? parts.bidQuantity : 0) as Quantity,
    ask: (hasAsk ? parts.ask : 0) as Price,
    askQuantity: (hasAsk ? parts.askQuantity : 0) as Quantity,
    expectedPrice: (hasExpected ? parts.expectedPrice : 0) as Price,
    expectedQuantity: (hasExpected ? parts.expectedQuantity : 0) as Quantity,
  }
}

const isPrice = (value: number): boolean => value > 0 && value <= MOST_PRICE

/** One realtime event → our event; `undefined` for types that are not ours, for notices without news and for broken ones. */
export function marketEvent(event: RealEvent, stamper: Stamper): MarketEvent | undefined {
  const now = stamper.now()
  switch (event.type) {
    case '0B':
      return tradeEvent(event, stamper, now)
    case '0D':
      return quoteEvent(event, stamper, now)
    case '0J':
      return indexTick(event, stamper, now)
    case '0s':
      return sessionNotice(event, stamper, now)
    case '1h':
      return viNotice(event, stamper, now)
    default:
      return undefined
  }
}

function tradeEvent({ item, values }: RealEvent, stamper: Stamper, now: EpochMs): Trade | undefined {
  const code = bareCode(item)
  const last = magnitude(fid(values, '10'))
  const traded = magnitude(fid(values, '15'))
  if (code === undefined || last === undefined || traded === undefined) return undefined
  return tradeOf({
    instrument: instrumentId(code),
    venue: venueOf(fid(values, '9081'), item),
    at: stamper.at(timeOfDayMs(fid(values, '20')), now),
    receivedAt: now,
    price: last,
    quantity: traded,
    sign: leadingSign(fid(values, '15')),
    bid: magnitude(fid(values, '28')) ?? 0,
    ask: magnitude(fid(values, '27')) ?? 0,
    dayVolume: magnitude(fid(values, '13')) ?? 0,
  })
}

/** 291/292 is the running auction's expectation; 23/24 is the older pair of the same. */
function quoteEvent({ item, values }: RealEvent, stamper: Stamper, now: EpochMs): Quote | undefined {
  const code = bareCode(item)
  const ask = bookPrice(values, '41')
  const bid = bookPrice(values, '51')
  // Without both prices this is no book but a frame we do not understand.
  if (code === undefined || ask === undefined || bid === undefined) return undefined
  const number = (key: string) => magnitude(fid(values, key)) ?? 0
  const expected = number('291') > 0 ? (['291', '292'] as const) : (['23', '24'] as const)
  return quoteOf({
    instrument: instrumentId(code),
    venue: venueOf('', item),
    at: stamper.at(timeOfDayMs(fid(values, '21')), now),
    receivedAt: now,
    bid,
    bidQuantity: number('71'),
    ask,
    askQuantity: number('61'),
    expectedPrice: number(expected[0]),
    expectedQuantity: number(expected[1]),
  })
}

const STEPS = Array.from({ length: 10 }, (_, step) => step)

/** The ten steps a side of a `0D` frame, best first; those without a price or a quantity are left out. */
export function bookOf({ item, values }: RealEvent, stamper: Stamper): Book | undefined {
  const code = bareCode(item)
  if (code === undefined) return undefined
  const now = stamper.now()
  const side = (firstPrice: number, firstQuantity: number): readonly BookStep[] =>
    STEPS.flatMap((step) => {
      const price = magnitude(fid(values, String(firstPrice + step))) ?? 0
      const quantity = magnitude(fid(values, String(firstQuantity + step))) ?? 0
      const isStep = isPrice(price) && quantity > 0
      return isStep ? [{ price: price as Price, quantity: quantity as Quantity }] : []
    })
  return {
    kind: 'book',
    instrument: instrumentId(code),
    venue: venueOf('', item),
    at: stamper.at(timeOfDayMs(fid(values, '21')), now),
    receivedAt: now,
    asks: side(41, 61),
    bids: side(51, 71),
  }
}

/** A blank price is an empty side, a missing or unreadable one is a broken frame. */
const bookPrice = (values: RealEvent['values'], key: string): number | undefined =>
  values[key] === '' ? 0 : magnitude(fid(values, key))

const INDEX_CODES: Readonly<Record<string, IndexTick['index']>> = { '001': 'KOSPI', '101': 'KOSDAQ' }

function indexTick({ item, values }: RealEvent, stamper: Stamper, now: EpochMs): IndexTick | undefined {
  const index = lookUp(INDEX_CODES, item.trim())
  const value = hundredths(fid(values, '10'))
  if (index === undefined || value === undefined || value === 0) return undefined
  return {
    kind: 'index',
    at: stamper.at(timeOfDayMs(fid(values, '20')), now),
    receivedAt: now,
    index,
    // The sign before a level is the day's direction.
    value: Math.abs(value),
    change: hundredths(fid(values, '11')) ?? 0,
  }
}

/** 215 장운영구분 → phase. Marks that change nothing for an order (8, futures marks) are left out. Wire reference §15.9. */
const SESSION_MARKS: Readonly<Record<string, { readonly venue: Venue; readonly phase: Phase }>> = {
  '0': { venue: 'KRX', phase: 'openingCall' },
  '3': { venue: 'KRX', phase: 'continuous' },
  '2': { venue: 'KRX', phase: 'closingCall' },
  '4': { venue: 'KRX', phase: 'postCloseEntry' },
  a: { venue: 'KRX', phase: 'postClose' },
  b: { venue: 'KRX', phase: 'closed' },
  c: { venue: 'KRX', phase: 'offHoursSingle' },
  d: { venue: 'KRX', phase: 'closed' },
  '9': { venue: 'KRX', phase: 'closed' },
  P: { venue: 'NXT', phase: 'preMarket' },
  Q: { venue: 'NXT', phase: 'closed' },
  R: { venue: 'NXT', phase: 'continuous' },
  S: { venue: 'NXT', phase: 'closed' },
  T: { venue: 'NXT', phase: 'afterMarketEntry' },
  U: { venue: 'NXT', phase: 'afterMarket' },
  W: { venue: 'NXT', phase: 'closed' },
}

function sessionNotice({ values }: RealEvent, stamper: Stamper, now: EpochMs): SessionNotice | undefined {
  const mark = lookUp(SESSION_MARKS, fid(values, '215').trim())
  if (!mark) return undefined
  return { kind: 'session', at: stamper.at(timeOfDayMs(fid(values, '20')), now), receivedAt: now, ...mark }
}

const VI_STATES = { '1': 'on', '2': 'off' } as const

function viNotice({ item, values }: RealEvent, stamper: Stamper, now: EpochMs): ViNotice | undefined {
  const code = bareCode(fid(values, '9001')) ?? bareCode(item)
  const state = lookUp(VI_STATES, fid(values, '9068').trim())
  if (code === undefined || state === undefined) return undefined
  const cause = fid(values, '1225')
  const isStatic = cause.includes('정적')
  return {
    kind: 'vi',
    // 1224 is when it is due to end, also in the notice of its begin.
    at: stamper.at(timeOfDayMs(fid(values, state === 'on' ? '1223' : '1224')), now),
    receivedAt: now,
    instrument: instrumentId(code),
    state,
    cause: isStatic && cause.includes('동적') ? 'both' : isStatic ? 'static' : 'dynamic',
    price: price(wonPrice(fid(values, '1221')) ?? 0),
  }
}

/**
 * A row of a batch quote (ka10095) as a quote of this moment: quantities traded since the last look are no print. `boards`:
 * for whose prices each instrument was asked; answers echo the suffix of a request or leave it out.
 */
export function polledQuote(
  row: WatchRow,
  stamper: Stamper,
  boards?: ReadonlyMap<InstrumentId, Route>,
): Quote | undefined {
  const code = bareCode(row.stk_cd)
  const last = wonPrice(row.cur_prc)
  // An unknown code is answered by a blank row.
  if (code === undefined || last === undefined || last === 0) return undefined
  const now = stamper.now()
  const quote = quoteOf({
    instrument: instrumentId(code),
    venue: boards?.get(instrumentId(code)) ?? venueOf('', row.stk_cd),
    at: now,
    receivedAt: now,
    bid: magnitude(row.buy_bid) ?? 0,
    bidQuantity: magnitude(row.pri_buy_req) ?? 0,
    ask: magnitude(row.sel_bid) ?? 0,
    askQuantity: magnitude(row.pri_sel_req) ?? 0,
    expectedPrice: magnitude(row.exp_cntr_pric) ?? 0,
    expectedQuantity: magnitude(row.exp_cntr_qty) ?? 0,
  })
  return { ...quote, last: price(last) }
}

/** Basics (ka10001) and listing (ka10100) of one instrument; `undefined` when they do not hold a usable base price. */
export function describeInstrument(
  id: InstrumentId,
  basics: Basics,
  listing: Listing,
  day: TradingDay,
  now: EpochMs,
): Description | undefined {
  const basePrice = wonPrice(basics.base_pric) || wonPrice(listing.lastPrice)
  if (!basePrice || plainText(listing.name) === '') return undefined
  const { designations, halted } = statusOf(listing, day)
  const band = bandOf(basics, designations)
  return {
    kind: 'description',
    at: now,
    receivedAt: now,
    instrument: id,
    listing: instrumentOf(id, listing),
    basePrice: price(basePrice),
    last: price(wonPrice(basics.cur_prc) ?? 0),
    ...(band && { band }),
    designations,
    halted,
    // The broker's 20–60 % apply to margin accounts; a cash account pays in full.
    marginRate: { numerator: 1, denominator: 1 },
    ...onNxtOf(listing),
  }
}

/** `Y`, or anything else for no; a list that lacks the field has not told. */
const onNxtOf = ({ nxtEnable }: Listing): Pick<Description, 'onNxt'> =>
  nxtEnable === undefined ? {} : { onNxt: nxtEnable.trim() === 'Y' }

function bandOf(basics: Basics, designations: readonly Designation[]): PriceBand | undefined {
  const upper = wonPrice(basics.upl_pric) ?? 0
  const lower = wonPrice(basics.lst_pric) ?? 0
  if (upper === 0 || lower === 0 || lower > upper || designations.includes('liquidation')) return undefined
  return { upper: upper as Price, lower: lower as Price }
}

function instrumentOf(id: InstrumentId, listing: Listing): Instrument {
  const kind = classOf(listing)
  const leveraged = kind !== 'stock' && /레버리지|2X|곱버스/i.test(listing.name)
  const shares = magnitude(listing.listCount)
  const sector = listing.upName.trim()
  return {
    id,
    name: plainText(listing.name),
    market: marketOf(listing),
    class: kind,
    // KOSPI200 membership is not told here; `wide` warns later, the broker's own VI notices decide.
    viGroup: kind === 'etf' && !leveraged ? 'narrow' : 'wide',
    ...(leveraged && { leverage: 2 }),
    ...(shares && { listedShares: quantity(shares) }),
    ...(sector && { sector }),
  }
}

/** 8 ETF, 3 ELW, 60 ETN by market code; the names are surer. */
function classOf({ marketCode, marketName }: Listing): InstrumentClass {
  const name = marketName.toUpperCase()
  const code = marketCode.trim()
  if (name.includes('ETF') || code === '8') return 'etf'
  if (name.includes('ETN') || code === '60') return 'etn'
  return name.includes('ELW') || code === '3' ? 'elw' : 'stock'
}

function marketOf({ marketCode, marketName }: Listing): Market {
  const code = marketCode.trim()
  if (code === '10' || marketName.includes('코스닥')) return 'KOSDAQ'
  return code === '50' || marketName.includes('코넥스') ? 'KONEX' : 'KOSPI'
}

const SCREEN_CHANGES = { I: 'enter', D: 'leave' } as const

/** A condition event (type 02): 843 `I` enters, `D` leaves; 841 is the condition's number, padded. */
export function screenChange({ item, values }: RealEvent):
  | {
      readonly seq: string
      readonly code: InstrumentId
      readonly change: 'enter' | 'leave'
      readonly time: number | undefined
    }
  | undefined {
  const code = bareCode(fid(values, '9001')) ?? bareCode(item)
  const change = lookUp(SCREEN_CHANGES, fid(values, '843').trim())
  if (code === undefined || change === undefined) return undefined
  return {
    seq: fid(values, '841').trim(),
    code: instrumentId(code),
    change,
    time: timeOfDayMs(fid(values, '20')),
  }
}
