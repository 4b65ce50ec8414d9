import { kstInstant, timeOfDay, tradingDay } from '../../../../model/time.ts'
import type { ClosedBar } from '../evaluation/feeds.ts'
import { parseCondition } from '../language/condition.ts'
import type { ConditionNode } from '../language/tree.ts'

export const MINUTE = 60_000

/** The condition that a text says. Fails with its problems. */
export function conditionOf(text: string): ConditionNode {
  const result = parseCondition(text)
  if (!result.ok) throw new Error(`${text}: ${JSON.stringify(result.error)}`)
  return result.value
}

/** A time of the first (or another) day, in Korea. */
export const clock = (time: string, day = '2026-11-20'): number =>
  kstInstant(tradingDay(day), timeOfDay(time))

/** A bar that closes at that time, with one price or open, high, low and close. */
export function barTo(
  time: string,
  prices: number | readonly [open: number, high: number, low: number, close: number],
  { volume = 100, minutes = 1, day = '2026-11-20' } = {},
): ClosedBar {
  const [open, high, low, close] = typeof prices === 'number' ? [prices, prices, prices, prices] : prices
  const closeAt = clock(time, day)
  return { openAt: closeAt - minutes * MINUTE, closeAt, open, high, low, close, volume }
}
