import type { Price } from '../model/money.ts'
import { viRates } from '../model/vi.ts'
import { bookChanged, type Floor, randomEnd } from './floor.ts'
import {
  type InstrumentMarket,
  isInCall,
  isMatching,
  type OwnCall,
  referencePrice,
} from './instrument-market.ts'
import { endRegularDay } from './regular-close.ts'
import { uncross } from './uncross.ts'
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

/** Stops continuous matching, or prolongs a call about to end, by a call auction of two minutes. */
export function startVi(floor: Floor, market: InstrumentMarket, cause: ViCause, at: Price, dynamic: Price) {
  const reference = cause === 'dynamic' ? dynamic : market.staticReference
  const call: OwnCall = { why: 'vi', vi: { cause, price: at, reference } }
  market.viCount++
  startCall(floor, market, call, VI_CALL_MS, `vi/${market.id}/${market.viCount}`)
  emitVi(floor, market, call, 'on', at)
}

/**
 * After a trading halt orders are collected for a first price, ten minutes and a random end. In a call of the whole market,
 * and for an instrument that trades in single prices anyway, the next price of that call is the first one.
 */
export function resumeTrading(floor: Floor, market: InstrumentMarket): void {
  if (isMatching(market))
    startCall(
      floor,
      market,
      { why: 'resumption' },
      RESUMPTION_CALL_MS,
      `resumption/${market.id}/${floor.now}`,
    )
  bookChanged(floor, market)
}

/** Lets the instrument's own call end without a price of its own: a call of the whole market takes over, or the day ends. */
export function abandonOwnCall(floor: Floor, market: InstrumentMarket): void {
  const call = market.ownCall
  market.ownCall = undefined
  if (!isInCall(market)) forgetExpected(floor, market)
  if (call?.vi !== undefined) emitVi(floor, market, call, 'off', referencePrice(market))
}

function startCall(floor: Floor, market: InstrumentMarket, call: OwnCall, lasts: number, name: string): void {
  market.ownCall = call
  floor.stale.add(market)
  floor.agenda.at(floor.now + lasts + randomEnd(floor, name), () => {
    if (market.ownCall === call) endCall(floor, market, call)
  })
}

function endCall(floor: Floor, market: InstrumentMarket, call: OwnCall): void {
  if (!market.isHalted) {
    const at = uncross(floor, market, isFirstPrice(market, call) ? 'firstPrice' : 'later')
    if (at !== undefined) market.staticReference = at
  }
  abandonOwnCall(floor, market)
  if (market.phase === 'closingCall' && floor.phase !== 'closingCall') endRegularDay(floor, market)
  bookChanged(floor, market)
}

/** The opening price, also when a VI has put it off, and the first price after a halt. */
const isFirstPrice = (market: InstrumentMarket, call: OwnCall): boolean =>
  call.why === 'resumption' || market.open === 0

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
export function setViRates(market: InstrumentMarket): void {
  market.viRates = viRates(market.viGroup, market.phase)
}
