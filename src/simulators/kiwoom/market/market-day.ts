import type { FlowSettings } from '../../../matching/flow.ts'
import { knownListings } from '../../../matching/known-names.ts'
import { createMarket } from '../../../matching/market.ts'
import { createNationalFlow } from '../../../matching/national-flow.ts'
import { createNationalMarket, type NationalMarket } from '../../../matching/national-market.ts'
import type { BookLevel, Exchange, ExchangeEvent, Listing } from '../../../matching/types.ts'
import type { InstrumentId } from '../../../model/ids.ts'
import type { KoreanVenue } from '../../../model/instrument.ts'
import type { Side } from '../../../model/order.ts'
import type { TradingDay } from '../../../model/time.ts'
import type { EpochMs } from '../../../std/clock.ts'
import { createRandom, type Random } from '../../../std/random.ts'
import { createIndices, type IndexTape } from './indices.ts'
import { type NxtNames, nxtNames } from './nxt-names.ts'
import type { QuoteForm, Tape } from './tape.ts'
import { createVenueTapes } from './venue-tapes.ts'

const MINUTE_MS = 60_000

export type FlowProfile = NonNullable<FlowSettings['profile']>

/** The simulated exchanges of one day, with the records a price server keeps of them. */
export interface MarketDay {
  readonly day: TradingDay
  /** KRX. */
  readonly exchange: Exchange
  /** `undefined` for NXT when it is not open that day, or trades none of these names. */
  venue(venue: KoreanVenue): Exchange | undefined
  isOnNxt(instrument: InstrumentId): boolean
  readonly listings: readonly Listing[]
  /** KRX, one for each listing. */
  readonly tapes: readonly Tape[]
  /** Those and the tapes of NXT and of both venues together. */
  readonly allTapes: readonly Tape[]
  inForm(form: QuoteForm): readonly Tape[]
  readonly indices: readonly IndexTape[]
  /** Of KRX, by its plain code. */
  tape(code: string): Tape | undefined
  /** By the code of a quote: plain KRX, `_NX` NXT, `_AL` both, which is KRX where NXT has it not. */
  quote(code: string): Tape | undefined
  /** The tapes that show this venue's prints and books of the instrument. */
  showing(venue: KoreanVenue, instrument: InstrumentId): readonly Tape[]
  /** The book behind a tape, best first. */
  levels(tape: Tape, side: Side, depth: number): readonly BookLevel[]
  index(code: string): IndexTape | undefined
  now(): EpochMs
  /** Runs participants and exchanges up to `to`; `onSecond` is called at each whole second on the way. */
  advanceTo(to: EpochMs): void
}

export interface MarketDaySettings {
  readonly seed: number
  readonly random: Random
  readonly day: TradingDay
  readonly startAt: EpochMs
  readonly marketSize?: number
  /** Also list the well-known names that other people's clients ask for (005930 …). */
  readonly knownNames?: boolean
  readonly flowProfile?: FlowProfile
  /** Default: NXT is closed. */
  readonly nxt?: NxtNames
  /** After the tapes have taken the event in. */
  readonly onEvent: (venue: KoreanVenue, event: ExchangeEvent) => void
  readonly onSecond: (at: EpochMs) => void
}

export function createMarketDay(settings: MarketDaySettings): MarketDay {
  const { seed, random, day, startAt, marketSize, flowProfile } = settings
  const invented = createMarket({ seed, day, startAt, ...(marketSize ? { size: marketSize } : {}) })
  const listings = [...(settings.knownNames ? knownListings(day) : []), ...invented.listings]
  const market: NationalMarket = createNationalMarket({
    day,
    listings,
    onNxt: nxtNames(settings.nxt ?? 'none', listings, createRandom(seed).fork('NXT names')),
    random: random.fork('exchange'),
    startAt,
    onEvent: (venue, event) => {
      tapes.enter(venue, event)
      settings.onEvent(venue, event)
    },
  })
  const tapes = createVenueTapes(market)
  const flow = createNationalFlow({
    market,
    random: random.fork('flow'),
    ...(flowProfile ? { profile: flowProfile } : {}),
  })
  const indices = createIndices(tapes.krx)
  const byIndexCode = new Map(indices.map((index) => [index.code, index]))
  let second = Math.floor(startAt / 1000) * 1000

  return {
    day,
    exchange: market.krx,
    venue: market.venue,
    isOnNxt: market.isOnNxt,
    listings,
    tapes: tapes.krx,
    allTapes: tapes.all,
    inForm: tapes.inForm,
    indices,
    tape: tapes.byId,
    quote: tapes.byCode,
    showing: tapes.showing,
    levels: tapes.levels,
    index: (code) => byIndexCode.get(code),
    now: () => market.now,
    advanceTo(to) {
      for (; second + 1000 <= to; second += 1000) {
        flow.advanceTo(second + 1000)
        if ((second + 1000) % MINUTE_MS === 0) tapes.enterBooks(second + 1000)
        settings.onSecond(second + 1000)
      }
      if (to > market.now) flow.advanceTo(to)
    },
  }
}
