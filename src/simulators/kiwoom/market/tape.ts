import type { Listing } from '../../../matching/types.ts'
import type { InstrumentId } from '../../../model/ids.ts'
import type { KoreanVenue, PriceBand } from '../../../model/instrument.ts'
import type { Side } from '../../../model/order.ts'
import type { EpochMs } from '../../../std/clock.ts'
import { createRing, type Ring } from '../../../std/ring.ts'

const MINUTE_MS = 60_000
/** Ticks kept per instrument for ka10003 and ka10079. */
const TICKS_KEPT = 1_000

export interface Tick {
  readonly at: EpochMs
  readonly price: number
  /** Positive when a buyer crossed (and in an auction), negative when a seller did. */
  readonly quantity: number
  readonly dayVolume: number
  readonly dayValue: number
  readonly bid: number
  readonly ask: number
  /** 체결강도 after the print, in percent. */
  readonly strength: number
}

export interface MinuteBar {
  readonly at: EpochMs
  readonly open: number
  high: number
  low: number
  close: number
  volume: number
  value: number
  /** The day's volume up to the end of this bar. */
  dayVolume: number
}

/** Totals over the ten levels at the turn of a minute. */
export interface BookTotals {
  readonly at: EpochMs
  readonly asks: number
  readonly bids: number
}

/** One volatility interruption; `until` is its nominal end while it lasts, then its real one. */
export interface ViRecord {
  readonly cause: 'static' | 'dynamic' | 'both'
  readonly price: number
  readonly reference: number
  readonly count: number
  readonly at: EpochMs
  readonly until: EpochMs
}

/** What a quote is made from: one venue's prints and book, or those of both together. */
export type QuoteForm = 'KRX' | 'NXT' | 'combined'

/** How the wire marks the form behind a code. Source: Kiwoom REST API guide, exchange selectors. */
export const FORM_SUFFIX: Readonly<Record<QuoteForm, string>> = { KRX: '', NXT: '_NX', combined: '_AL' }

/** The running record of one instrument's day, as a broker's price server keeps it. Prices are 0 before the first print. */
export interface Tape {
  readonly id: InstrumentId
  readonly form: QuoteForm
  /** As quotes and registrations name it: the code with the suffix of its form. */
  readonly code: string
  readonly listing: Listing
  readonly band: PriceBand | undefined
  readonly base: number
  readonly shares: number
  /** Where the last print came from. */
  venue: KoreanVenue
  last: number
  open: number
  high: number
  low: number
  openAt: EpochMs
  highAt: EpochMs
  lowAt: EpochMs
  lastAt: EpochMs
  /** First touch of the limits today. */
  upperAt: EpochMs
  lowerAt: EpochMs
  volume: number
  value: number
  buyVolume: number
  sellVolume: number
  buyCount: number
  sellCount: number
  bid: number
  ask: number
  lastQuantity: number
  inVi: boolean
  viCount: number
  expectedPrice: number
  expectedQuantity: number
  readonly minutes: MinuteBar[]
  readonly ticks: Ring<Tick>
  /** 시간외 단일가 of today; zeros where it was not held. */
  readonly single: { last: number; volume: number; value: number }
  /** One a minute, oldest first. */
  readonly books: BookTotals[]
  /** Of today, oldest first. */
  readonly interruptions: ViRecord[]
}

export const createTape = (listing: Listing, band: PriceBand | undefined, form: QuoteForm = 'KRX'): Tape => ({
  id: listing.instrument.id,
  form,
  code: listing.instrument.id + FORM_SUFFIX[form],
  listing,
  band,
  base: listing.today.basePrice,
  shares: listing.instrument.listedShares ?? 10_000_000,
  venue: form === 'NXT' ? 'NXT' : 'KRX',
  last: 0,
  open: 0,
  high: 0,
  low: 0,
  openAt: 0,
  highAt: 0,
  lowAt: 0,
  lastAt: 0,
  upperAt: 0,
  lowerAt: 0,
  volume: 0,
  value: 0,
  buyVolume: 0,
  sellVolume: 0,
  buyCount: 0,
  sellCount: 0,
  bid: 0,
  ask: 0,
  lastQuantity: 0,
  inVi: false,
  viCount: 0,
  expectedPrice: 0,
  expectedQuantity: 0,
  minutes: [],
  ticks: createRing<Tick>(TICKS_KEPT),
  single: { last: 0, volume: 0, value: 0 },
  books: [],
  interruptions: [],
})

/** 체결강도: buyer-initiated volume per seller-initiated, in percent. */
export const strengthOf = (tape: Tape): number =>
  tape.sellVolume === 0 ? (tape.buyVolume === 0 ? 0 : 500) : (tape.buyVolume / tape.sellVolume) * 100

/** What a quote shows before the first print: the base price. */
export const shownPrice = (tape: Tape): number => tape.last || tape.base

/** Enters one print. The best quotes of the tape must already be those after it. */
export function enterPrint(
  tape: Tape,
  print: {
    readonly at: EpochMs
    readonly price: number
    readonly quantity: number
    readonly aggressor?: Side
    /** After hours, at the closing price or in the single-price session: counts as volume and moves no price. */
    readonly board?: 'closePrice' | 'offHoursSingle'
  },
): void {
  const { at, price, quantity, aggressor } = print
  if (print.board) {
    tape.volume += quantity
    tape.value += price * quantity
    if (print.board === 'offHoursSingle') enterSingle(tape.single, price, quantity)
    return
  }
  if (tape.open === 0) {
    tape.open = price
    tape.openAt = at
  }
  if (price > tape.high) {
    tape.high = price
    tape.highAt = at
  }
  if (tape.low === 0 || price < tape.low) {
    tape.low = price
    tape.lowAt = at
  }
  if (tape.band && price >= tape.band.upper && tape.upperAt === 0) tape.upperAt = at
  if (tape.band && price <= tape.band.lower && tape.lowerAt === 0) tape.lowerAt = at
  tape.last = price
  tape.lastAt = at
  tape.volume += quantity
  tape.value += price * quantity
  if (aggressor === 'buy') {
    tape.buyVolume += quantity
    tape.buyCount++
  } else if (aggressor === 'sell') {
    tape.sellVolume += quantity
    tape.sellCount++
  }
  tape.lastQuantity = aggressor === 'sell' ? -quantity : quantity
  enterMinute(tape, at, price, quantity)
  tape.ticks.push({
    at,
    price,
    quantity: tape.lastQuantity,
    dayVolume: tape.volume,
    dayValue: tape.value,
    bid: tape.bid,
    ask: tape.ask,
    strength: strengthOf(tape),
  })
}

function enterSingle(single: Tape['single'], price: number, quantity: number): void {
  single.last = price
  single.volume += quantity
  single.value += price * quantity
}

/** Nominal length of an interruption; the exchange adds up to 30 s. */
export const VI_MS = 120_000

/** Enters the start or the end of a volatility interruption. */
export function enterInterruption(
  tape: Tape,
  event: Omit<ViRecord, 'until'> & { readonly state: 'on' | 'off' },
): void {
  const { state, cause, price, reference, count, at } = event
  tape.inVi = state === 'on'
  tape.viCount = count
  const last = tape.interruptions.at(-1)
  if (state === 'on') tape.interruptions.push({ cause, price, reference, count, at, until: at + VI_MS })
  else if (last) tape.interruptions[tape.interruptions.length - 1] = { ...last, until: at }
}

function enterMinute(tape: Tape, at: EpochMs, price: number, quantity: number): void {
  const start = Math.floor(at / MINUTE_MS) * MINUTE_MS
  const bar = tape.minutes.at(-1)
  if (!bar || bar.at !== start) {
    tape.minutes.push({
      at: start,
      open: price,
      high: price,
      low: price,
      close: price,
      volume: quantity,
      value: price * quantity,
      dayVolume: tape.volume,
    })
    return
  }
  bar.high = Math.max(bar.high, price)
  bar.low = Math.min(bar.low, price)
  bar.close = price
  bar.volume += quantity
  bar.value += price * quantity
  bar.dayVolume = tape.volume
}
