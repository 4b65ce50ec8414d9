import { singlePriceEveryMs } from '../model/designations.ts'
import type { InstrumentId } from '../model/ids.ts'
import type { KoreanVenue } from '../model/instrument.ts'
import { sessionsOf } from '../model/sessions.ts'
import type { TradingDay } from '../model/time.ts'
import type { EpochMs } from '../std/clock.ts'
import type { Random } from '../std/random.ts'
import { createExchange } from './exchange.ts'
import type { Exchange, ExchangeEvent, Listing } from './types.ts'
import { createVenueLink, type VenueLink } from './venue-link.ts'

export interface NationalMarketSettings {
  readonly day: TradingDay
  readonly listings: readonly Listing[]
  /** The daily list of NXT. What it names and KRX does not list, or NXT cannot trade, is passed over. */
  readonly onNxt: ReadonlySet<InstrumentId>
  /** KRX draws from it just as it would alone; NXT has a stream of its own. */
  readonly random: Random
  readonly startAt: EpochMs
  /** As in `ExchangeSettings`. At one instant KRX comes first, except that NXT follows a halt or a close of KRX at once. */
  readonly onEvent: (venue: KoreanVenue, event: ExchangeEvent) => void
}

/** Both venues of one day under one clock. */
export interface NationalMarket {
  readonly krx: Exchange
  /** `undefined` when NXT is not open that day: before 2025-03-04, or nothing is on its list. */
  readonly nxt: Exchange | undefined
  readonly now: EpochMs
  /** Moves both venues, in order of time. Nobody moves one of them alone. */
  advanceTo(to: EpochMs): void
  /** When the next thing of either venue falls due. */
  nextDue(): EpochMs | undefined
  /** Does the instrument trade on NXT today? */
  isOnNxt(instrument: InstrumentId): boolean
  /** `undefined` for NXT when it is not open that day. */
  venue(venue: KoreanVenue): Exchange | undefined
}

/**
 * One day of KRX and NXT. Orders are entered at the venue they are meant for (`krx.submit`, `nxt.submit`), each with numbers
 * of its own; `chooseVenue` decides for an order that may go to either. Halts, circuit breakers and the regular close of KRX
 * reach NXT at the same instant (`createVenueLink`); `krx.halt` is the one to call. What NXT does never moves KRX.
 *
 * On NXT: shares only, and none that trades in single prices all day, for which NXT has no auction (assumed). The caps on
 * NXT's volume (15 % of the market, 30 % of an issue) change the list of another day and are nothing that is matched.
 * Source: rule book §1.4.
 */
export function createNationalMarket(settings: NationalMarketSettings): NationalMarket {
  const { day, listings, onNxt, random, startAt, onEvent } = settings
  let link: VenueLink | undefined
  const krx = createExchange({
    venue: 'KRX',
    day,
    listings,
    random,
    startAt,
    onEvent: (event) => {
      onEvent('KRX', event)
      link?.(event)
    },
  })
  const shared = sessionsOf('NXT', day).length === 0 ? [] : listings.filter(isFit(onNxt))
  const nxt =
    shared.length === 0
      ? undefined
      : createExchange({
          venue: 'NXT',
          day,
          listings: shared,
          random: random.fork('NXT'),
          startAt,
          onEvent: (event) => onEvent('NXT', event),
        })
  if (nxt !== undefined) link = createVenueLink(krx, nxt)
  const traded = new Set(shared.map(({ instrument }) => instrument.id))

  const nextDue = () => earlier(krx.nextDue(), nxt?.nextDue())
  const move = (to: EpochMs) => {
    krx.advanceTo(to)
    nxt?.advanceTo(to)
  }

  return {
    krx,
    nxt,
    get now() {
      return krx.now
    },
    advanceTo(to) {
      if (nxt === undefined) return krx.advanceTo(to)
      for (let due = nextDue(); due !== undefined && due <= to; due = nextDue()) {
        // What either venue still has to say of the instants before comes first, however far this step goes.
        move(due - 1)
        move(due)
      }
      move(to)
    },
    nextDue,
    isOnNxt: (instrument) => traded.has(instrument),
    venue: (venue) => (venue === 'KRX' ? krx : nxt),
  }
}

const isFit =
  (onNxt: ReadonlySet<InstrumentId>) =>
  ({ instrument, today }: Listing): boolean =>
    onNxt.has(instrument.id) && instrument.class === 'stock' && singlePriceEveryMs(today) === undefined

const earlier = (a: EpochMs | undefined, b: EpochMs | undefined): EpochMs | undefined =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b)
