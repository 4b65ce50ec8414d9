import type { ExchangeEvent, Listing } from '../../src/matching/types.ts'
import { isSubjectToVi, singlePriceEveryMs } from '../../src/model/designations.ts'
import type { KoreanVenue } from '../../src/model/instrument.ts'
import { price } from '../../src/model/money.ts'
import { nxtViRates } from '../../src/model/nxt-rules.ts'
import type { Phase } from '../../src/model/session.ts'
import type { TradingDay } from '../../src/model/time.ts'
import { viRatesOf, viTriggerPrices } from '../../src/model/vi.ts'
import type { ShadowMarket } from './shadow-orders.ts'

type Print = Extract<ExchangeEvent, { kind: 'print' }>

/** An instrument's memory of what a jump is measured from. */
export interface ViReference {
  /** The base price, then the price of the last auction but the closing one. */
  static: number
  /** The last price before the order that is trading now, and that order's number. */
  dynamic: number
  taker: number
}

export const createViReference = ({ today }: Listing): ViReference => ({
  static: today.basePrice,
  dynamic: today.basePrice,
  taker: 0,
})

export interface ViCase {
  readonly venue: KoreanVenue
  readonly listing: Listing
  readonly day: TradingDay
  readonly phase: Phase
  readonly market: ShadowMarket
  readonly reference: ViReference
  /** The order that came, in continuous trading. */
  readonly taker: number | undefined
}

const MATCHING: ReadonlySet<Phase> = new Set(['preMarket', 'continuous', 'afterMarket'])

/** Should a VI have stopped this print? Call it for each print that makes a price, before it is recorded. */
export function viFaults(found: ViCase, print: Print): string[] {
  const { venue, listing, day, phase, market, reference, taker } = found
  const last = market.last || listing.today.basePrice
  if (taker === undefined || taker !== reference.taker) reference.dynamic = last
  reference.taker = taker ?? 0
  // What a stop of NXT was for may trade when it ends.
  const own = taker === undefined ? market.viSince > 0 || MATCHING.has(phase) : market.viEndedAt === print.at
  const { instrument, today } = listing
  const isChecked = !own && isSubjectToVi(today.designations, day) && singlePriceEveryMs(today) === undefined
  const rates =
    venue === 'NXT' ? nxtViRates(instrument.viGroup, phase, day) : viRatesOf(instrument, phase, day)
  const jumps = (from: number, rate: (typeof rates)['dynamic']) => {
    if (rate === undefined) return false
    const { up, down } = viTriggerPrices(instrument, day, price(from), rate)
    return print.price >= up || print.price <= down
  }
  const faults: string[] = []
  // A market order that rested trades in several goes, each measured anew.
  if (isChecked && jumps(reference.dynamic, rates.dynamic) && jumps(last, rates.dynamic))
    faults.push(`jumped from ${reference.dynamic} in ${phase} without a VI`)
  if (isChecked && jumps(reference.static, rates.static))
    faults.push(`is too far from ${reference.static} in ${phase} without a VI`)
  if (taker === undefined && phase !== 'closingCall') reference.static = print.price
  return faults
}
