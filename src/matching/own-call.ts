import type { Price } from '../model/money.ts'
import { nxtRulesOn, nxtViRates } from '../model/nxt-rules.ts'
import { viRatesOf } from '../model/vi.ts'
import { bookChanged, type Floor, randomEnd } from './floor.ts'
import {
  type InstrumentMarket,
  isInCall,
  isMatching,
  type OwnCall,
  referencePrice,
} from './instrument-market.ts'
import { endOffHours, endRegularDay } from './regular-close.ts'
import { type Occasion, uncross } from './uncross.ts'
import { type ViCause, viCauseOf } from './vi-trigger.ts'

/** A VI's call lasts two minutes and its random end. Source: KRX English site, volatility interruption; rule book §1.7. */
const VI_CALL_MS = 120_000
/** After a trading halt KRX collects orders before it resumes. Source: KRX English site, call auction on resumption. */
const RESUMPTION_CALL_MS = 600_000

/**
 * Why an execution at `at` must not happen, or `undefined` when it may. `dynamic` is the last execution price before the
 * incoming order; it does not move with the fills of that same order.
 */
export const viCauseAt = (market: InstrumentMarket, at: Price, dynamic: Price): ViCause | undefined =>
  market.isSubjectToVi
    ? viCauseOf(at, market.viRates, { dynamic, static: market.staticReference })
    : undefined

/**
 * Stops continuous matching, or prolongs a call about to end, by a call auction of two minutes. On NXT before 2026-09-14 it
 * is a stop of two minutes and nothing more; that the auction there ends at random as on KRX is assumed. Rule book §1.4.
 */
export function startVi(floor: Floor, market: InstrumentMarket, cause: ViCause, at: Price, dynamic: Price) {
  const reference = cause === 'dynamic' ? dynamic : market.staticReference
  const isStop = floor.venue === 'NXT' && nxtRulesOn(floor.day).vi === 'stop'
  const call: OwnCall = { why: 'vi', vi: { cause, price: at, reference }, isStop }
  market.viCount++
  const random = isStop ? 0 : randomEnd(floor, `vi/${market.id}/${market.viCount}`)
  startCall(floor, market, call, VI_CALL_MS + random)
  emitVi(floor, market, call, 'on', at)
}

/** Ends a call at its price, unless that lies too far from the last one: then a VI puts it off. */
export function uncrossUnlessVi(
  floor: Floor,
  market: InstrumentMarket,
  occasion: Occasion,
): Price | undefined {
  const dynamic = referencePrice(market)
  return uncross(floor, market, occasion, (at) => {
    const cause = viCauseAt(market, at, dynamic)
    if (cause !== undefined) startVi(floor, market, cause, at, dynamic)
    return cause !== undefined
  })
}

/**
 * After a trading halt orders are collected for a first price, ten minutes and a random end. In a call of the whole market,
 * and for an instrument that trades in single prices anyway, the next price of that call is the first one.
 */
export function resumeTrading(floor: Floor, market: InstrumentMarket): void {
  const lasts = isMatching(market) ? resumptionMs(floor, market) : 0
  if (lasts > 0) startCall(floor, market, { why: 'resumption' }, lasts)
  emitHalt(floor, market, market.ownCall?.why === 'resumption' ? 'call' : 'off')
  floor.matchCollected(market, false)
  bookChanged(floor, market)
}

/** NXT waits until KRX trades again, and then collects orders for exactly half a minute, or not at all: by date. */
const resumptionMs = (floor: Floor, { id }: InstrumentMarket): number =>
  floor.venue === 'NXT'
    ? nxtRulesOn(floor.day).resumptionCallMs
    : RESUMPTION_CALL_MS + randomEnd(floor, `resumption/${id}/${floor.now}`)

export function emitHalt(floor: Floor, { id }: InstrumentMarket, state: 'halted' | 'call' | 'off'): void {
  floor.emit({ kind: 'halt', instrument: id, state, at: floor.now })
}

/** Lets the instrument's own call end without a price of its own: a call of the whole market takes over, or the day ends. */
export function abandonOwnCall(floor: Floor, market: InstrumentMarket): void {
  const call = market.ownCall
  market.ownCall = undefined
  if (!isInCall(market)) forgetExpected(floor, market)
  if (market.buys.mids.head !== undefined && market.sells.mids.head !== undefined) floor.unsettled.add(market)
  if (call?.vi !== undefined) emitVi(floor, market, call, 'off', referencePrice(market))
  if (call?.why === 'resumption' && !market.isHalted) emitHalt(floor, market, 'off')
}

export function startCall(floor: Floor, market: InstrumentMarket, call: OwnCall, lasts: number): void {
  market.ownCall = call
  floor.stale.add(market)
  floor.agenda.at(floor.now + lasts, () => {
    if (market.ownCall === call) endCall(floor, market, call)
  })
}

function endCall(floor: Floor, market: InstrumentMarket, call: OwnCall): void {
  if (!market.isHalted && !call.isStop) {
    const at = uncross(floor, market, isFirstPrice(market, call) ? 'firstPrice' : 'later')
    if (at !== undefined) market.staticReference = at
  }
  abandonOwnCall(floor, market)
  if (market.phase === 'closingCall' && floor.phase !== 'closingCall') endRegularDay(floor, market)
  if (market.phase === 'offHoursSingle' && floor.phase !== 'offHoursSingle') endOffHours(floor, market)
  if (call.isStop) floor.matchCollected(market, true)
  bookChanged(floor, market)
}

/** The opening price, also when a VI has put it off, and the first price after a halt or a circuit breaker. */
const isFirstPrice = (market: InstrumentMarket, { why }: OwnCall): boolean =>
  why === 'resumption' || why === 'breaker' || (market.open === 0 && market.phase !== 'offHoursSingle')

function forgetExpected(floor: Floor, market: InstrumentMarket): void {
  market.expected = undefined
  floor.stale.delete(market)
}

function emitVi(floor: Floor, market: InstrumentMarket, call: OwnCall, state: 'on' | 'off', at: Price): void {
  if (call.vi === undefined) return
  const { cause, reference } = call.vi
  const { id: instrument, viCount: count } = market
  floor.emit({ kind: 'vi', instrument, state, cause, price: at, reference, count, at: floor.now })
}

/** The rates of the phase the instrument is in. */
export function setViRates({ venue, day }: Floor, market: InstrumentMarket): void {
  const { viGroup, phase, listing } = market
  market.viRates =
    venue === 'NXT' ? nxtViRates(viGroup, phase, day) : viRatesOf(listing.instrument, phase, day)
}
