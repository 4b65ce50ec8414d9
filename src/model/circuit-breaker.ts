import type { EpochMs } from '../std/clock.ts'
import { sessionsOf } from './sessions.ts'
import { type TradingDay, tradingDay } from './time.ts'

/** Which step of 서킷브레이커 went off; before 2015-06-15 there was only the first. */
export type BreakerStage = 1 | 2 | 3

export interface BreakerRule {
  readonly stage: BreakerStage
  /** Yesterday's index close times this share, in percent, is the level at which it counts. */
  readonly levelPercent: number
  /** Percent of yesterday's close that the index must lie below where the stage before it went off. */
  readonly furtherPercent: number
  /** Ends the market's day; else it stands still for twenty minutes and collects orders for ten. */
  readonly endsTheDay: boolean
  /** Goes off in the last forty minutes too. */
  readonly atAnyTime: boolean
}

interface Regime {
  readonly from: TradingDay
  readonly rules: readonly BreakerRule[]
}

/** Newest first. That the single stage of before had the hours of today is assumed. */
const REGIMES: readonly Regime[] = [
  {
    from: tradingDay('2015-06-15'),
    rules: [
      { stage: 1, levelPercent: 92, furtherPercent: 0, endsTheDay: false, atAnyTime: false },
      { stage: 2, levelPercent: 85, furtherPercent: 1, endsTheDay: false, atAnyTime: false },
      { stage: 3, levelPercent: 80, furtherPercent: 1, endsTheDay: true, atAnyTime: true },
    ],
  },
  {
    from: tradingDay('1998-12-07'),
    rules: [{ stage: 1, levelPercent: 90, furtherPercent: 0, endsTheDay: false, atAnyTime: false }],
  },
]

/** The index has to stay at or below the level for so long. Source: rule book §1.8. */
export const BREAKER_SUSTAINED_MS = 60_000
/** Nothing but cancels is taken. Source: rule book §1.8. */
export const BREAKER_HALT_MS = 1_200_000
/** Orders are then collected for one price. Source: rule book §1.8. */
export const BREAKER_CALL_MS = 600_000

const FIRST_MS = 60_000
const LAST_MS = 2_400_000

/** The stages of a date, in the order in which they go off. Source: KRX English site, circuit breakers; rule book §1.8. */
export const breakerRules = (day: TradingDay): readonly BreakerRule[] =>
  REGIMES.find(({ from }) => from <= day)?.rules ?? []

/** An index in any one unit; `before` is where the stage before went off, absent for the first one. */
export interface BreakerView {
  readonly close: number
  readonly value: number
  readonly before?: number
}

/** Does the index lie deep enough for this stage? That it stays there for a minute is the caller's to watch. */
export function isDeepEnough(rule: BreakerRule, { close, value, before }: BreakerView): boolean {
  if (value * 100 > close * rule.levelPercent) return false
  return before === undefined || (before - value) * 100 >= close * rule.furtherPercent
}

/**
 * When a stage may go off: from a minute after the opening until forty minutes before the close of the regular session
 * (09:01–14:50; special days shift it with their session), the third stage until that close. Both ends are inside.
 * `undefined` on a closed day. Source: rule book §1.8.
 */
export function breakerWindow(
  rule: BreakerRule,
  day: TradingDay,
): { readonly from: EpochMs; readonly to: EpochMs } | undefined {
  const windows = sessionsOf('KRX', day)
  const open = windows.find(({ phase }) => phase === 'continuous')?.from
  const close = windows.find(({ phase }) => phase === 'closingCall')?.to
  if (open === undefined || close === undefined) return undefined
  return { from: open + FIRST_MS, to: rule.atAnyTime ? close : close - LAST_MS }
}
