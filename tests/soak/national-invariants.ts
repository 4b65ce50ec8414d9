import type { NationalMarket } from '../../src/matching/national-market.ts'
import type { ExchangeEvent } from '../../src/matching/types.ts'
import type { InstrumentId } from '../../src/model/ids.ts'
import type { KoreanVenue } from '../../src/model/instrument.ts'
import { priceBand } from '../../src/model/price-band.ts'
import { closePriceSessionsOf, type SessionWindow, sessionsOf } from '../../src/model/sessions.ts'
import { kstClock } from '../../src/model/time.ts'

type Print = Extract<ExchangeEvent, { kind: 'print' }>

/** What must hold between the two venues, whatever holds at each: NXT keeps its own hours, and otherwise follows KRX. */
export interface NationalInvariants {
  readonly faults: readonly string[]
  readonly nxtPrints: number
  hear(venue: KoreanVenue, event: ExchangeEvent): void
  /** Between two calls. */
  compare(): void
}

const MOST_FAULTS = 10
const MATCHING = new Set(['preMarket', 'continuous', 'afterMarket'])

export function createNationalInvariants(
  onNxt: ReadonlySet<InstrumentId>,
  marketOf: () => NationalMarket,
): NationalInvariants {
  const faults: string[] = []
  const marketOrders = new Set<number>()
  let nxtPrints = 0

  const check = (holds: boolean, at: number, text: () => string) => {
    if (!holds && faults.length < MOST_FAULTS) faults.push(`${kstClock(at)} NXT ${text()}`)
  }
  const isWithin = (rows: readonly SessionWindow[], at: number) =>
    rows.some(
      ({ phase, from, to }) => at >= from && at < to && (MATCHING.has(phase) || phase === 'postClose'),
    )

  const print = ({ instrument, price, board, at }: Print) => {
    const { krx } = marketOf()
    const { day } = krx
    const state = krx.state(instrument)
    const name = `${instrument} print at ${price}`
    nxtPrints++
    if (state === undefined) return check(false, at, () => `${name}: not listed at KRX`)
    const { listing, halted, phase, close, inVi, inOwnCall } = state
    check(onNxt.has(instrument) && listing.instrument.class === 'stock', at, () => `${name}: not on the list`)
    const isStanding = halted || phase === 'halted' || (inOwnCall && !inVi)
    check(!isStanding, at, () => `${name}: KRX stands still or collects orders after it`)
    const band = priceBand(listing.instrument, day, listing.today)
    check(!band || (price >= band.lower && price <= band.upper), at, () => `${name}: outside the band`)
    if (board === undefined)
      return check(isWithin(sessionsOf('NXT', day), at), at, () => `${name}: outside the sessions`)
    check(isWithin(closePriceSessionsOf('NXT', day), at), at, () => `${name}: outside the board's hours`)
    check(close > 0 && price === close, at, () => `${name}: the close of KRX is ${close}`)
  }

  return {
    faults,
    get nxtPrints() {
      return nxtPrints
    },
    hear(venue, event) {
      if (venue === 'KRX') return
      if (event.kind === 'print') print(event)
      else if (event.kind === 'accepted' && marketOf().nxt?.order(event.number)?.type === 'market')
        marketOrders.add(event.number)
    },
    compare() {
      const { nxt, now } = marketOf()
      for (const number of marketOrders) {
        check((nxt?.order(number)?.open ?? 0) === 0, now, () => `market order ${number} rests`)
        marketOrders.delete(number)
      }
    },
  }
}
