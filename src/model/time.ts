import type { Brand } from '../std/brand.ts'
import type { EpochMs } from '../std/clock.ts'
import { invariant } from '../std/invariant.ts'

/** An exchange-local date, `2026-11-20`. Compare as text. */
export type TradingDay = Brand<string, 'TradingDay'>

/** Milliseconds since local midnight. */
export type TimeOfDay = Brand<number, 'TimeOfDay'>

export const DAY_MS = 86_400_000
/** Korea has no summer time. */
const KST_OFFSET_MS = 9 * 3_600_000

/** Errors: text that is not a real date breaks an invariant. */
export function tradingDay(text: string): TradingDay {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  invariant(
    Number.isFinite(at) && new Date(at).toISOString().startsWith(text),
    `a day is written YYYY-MM-DD and exists: ${text}`,
  )
  return text as TradingDay
}

/** `'09:00'`, `'15:20:30'` → milliseconds since midnight. */
export function timeOfDay(text: string): TimeOfDay {
  const match = /^([01]\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?$/.exec(text)
  invariant(match !== null, `a time of day is written HH:MM or HH:MM:SS: ${text}`)
  return (((Number(match[1]) * 60 + Number(match[2])) * 60 + Number(match[3] ?? 0)) * 1000) as TimeOfDay
}

export const kstInstant = (day: TradingDay, time: TimeOfDay): EpochMs =>
  Date.parse(`${day}T00:00:00Z`) - KST_OFFSET_MS + time

export const kstDay = (at: EpochMs): TradingDay =>
  new Date(at + KST_OFFSET_MS).toISOString().slice(0, 10) as TradingDay

export const kstTimeOfDay = (at: EpochMs): TimeOfDay =>
  ((((at + KST_OFFSET_MS) % DAY_MS) + DAY_MS) % DAY_MS) as TimeOfDay

/** `HH:MM:SS` in Korea. */
export const kstClock = (at: EpochMs): string => new Date(at + KST_OFFSET_MS).toISOString().slice(11, 19)

export const addDays = (day: TradingDay, days: number): TradingDay =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10) as TradingDay

/** 0 Sunday … 6 Saturday. */
export const weekday = (day: TradingDay): number => new Date(`${day}T00:00:00Z`).getUTCDay()
