import { localTimeOfDay } from '../../model/home-venue.ts'
import { type Price, price } from '../../model/money.ts'
import type { ExitKind } from '../../model/order.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { AtrStop, Exit, ExitInputs, ExitQuestion, PriceBounds, Tracked } from './exit.ts'
import { activeStage, atrLevel, stopLossLevel, takeProfitLevel } from './levels.ts'
import * as reason from './reasons.ts'

/**
 * Remembers the highest price since entry, and the highest ATR stop when it is told one (`atrStopOf`). Gives the same
 * object back while nothing changed. A price of 0 is unknown and changes nothing once something is remembered.
 */
export function track(tracked: Tracked | undefined, last: Price, now: EpochMs, atrStop?: AtrStop): Tracked {
  const before = tracked ?? { high: last, highAt: now }
  const raised = last > before.high ? { ...before, high: last, highAt: now } : before
  const known = raised.atrStop
  const same = known && atrStop && known.period === atrStop.period && known.multiple === atrStop.multiple
  if (atrStop === undefined || (same && atrStop.price <= known.price)) return raised
  return { ...raised, atrStop }
}

/** The ATR stop as it stands now, to be handed to `track`; `undefined` while there is none. */
export function atrStopOf(question: ExitInputs): AtrStop | undefined {
  const { atr } = question.settings
  const level = atrLevel(question)
  return atr && level !== undefined ? { price: level, period: atr.period, multiple: atr.multiple } : undefined
}

type Check = (question: ExitQuestion) => Exit | undefined

const stopLoss: Check = (question) => {
  const level = stopLossLevel(question)
  if (level === undefined || question.view.last > level) return undefined
  return { kind: 'stopLoss', reason: reason.ofStopLoss(question) }
}

const atrStop: Check = (question) => {
  const level = atrLevel(question)
  if (level === undefined || question.view.last > level) return undefined
  return { kind: 'atr', reason: reason.ofAtr(question, level) }
}

const trailing: Check = (question) => {
  const stage = activeStage(question)
  if (stage === undefined || question.view.last > stage.stop) return undefined
  return { kind: 'trailing', reason: reason.ofTrailing(question, stage) }
}

const takeProfit: Check = (question) => {
  const level = takeProfitLevel(question)
  if (level === undefined || question.view.last < level) return undefined
  return { kind: 'takeProfit', reason: reason.ofTakeProfit(question) }
}

const heldTooLong: Check = (question) => {
  const { settings, now, position } = question
  if (settings.maxHoldMs === undefined || now - position.openedAt < settings.maxHoldMs) return undefined
  return { kind: 'time', reason: reason.ofTime(now - position.openedAt, settings.maxHoldMs) }
}

const endOfDay: Check = (question) => {
  const { endOfDay } = question.settings
  if (endOfDay === undefined || localTimeOfDay(question.view.board, question.now) < endOfDay) return undefined
  return { kind: 'endOfDay', reason: reason.ofEndOfDay(question, endOfDay) }
}

/**
 * Stops first, then what cannot wait for a better price: the first that fires names the exit. A price of 0 is unknown
 * and fires nothing.
 */
const CHECKS: readonly Check[] = [stopLoss, atrStop, trailing, endOfDay, takeProfit, heldTooLong]
const TIME_CHECKS: readonly Check[] = [endOfDay, heldTooLong]

/**
 * Does this position have to go now, and why? A price exactly at a threshold fires. While the price is unknown (0) only
 * the clock decides. The high of `tracked` includes the present price.
 */
export function exitFor(question: ExitQuestion): Exit | undefined {
  const checks = question.view.last > 0 ? CHECKS : TIME_CHECKS
  for (const check of checks) {
    const exit = check(question)
    if (exit) return exit
  }
  return undefined
}

/** The highest of the protective levels and the exit it belongs to; `undefined` when none is set. */
export function protectiveLevel(question: ExitInputs): { kind: ExitKind; price: Price } | undefined {
  const levels: readonly (readonly [ExitKind, Price | undefined])[] = [
    ['stopLoss', stopLossLevel(question)],
    ['atr', atrLevel(question)],
    ['trailing', activeStage(question)?.stop],
  ]
  let highest: { kind: ExitKind; price: Price } | undefined
  for (const [kind, level] of levels)
    if (level !== undefined && level > (highest?.price ?? 0)) highest = { kind, price: level }
  return highest
}

/** The price at which the nearest protective exit fires, for the screen; 0 when none is set. */
export const stopPriceOf = (question: ExitInputs): Price => protectiveLevel(question)?.price ?? price(0)

/**
 * The stretch of prices that needs no second look: above every protective level, below take-profit, and no new high
 * (a high moves the trailing stop and must be remembered). Holds until position, settings, ATR or high change.
 */
export const boundsOf = (question: ExitQuestion): PriceBounds => ({
  below: stopPriceOf(question),
  above: Math.min(takeProfitLevel(question) ?? Number.POSITIVE_INFINITY, question.tracked.high + 1),
})
