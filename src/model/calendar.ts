import { invariant } from '../std/invariant.ts'
import { CLOSURE_NAMES, type ClosureReason, KRX_CLOSURES, KRX_CSAT_DAYS } from './krx-closures.ts'
import { addDays, type TradingDay, tradingDay, weekday } from './time.ts'

/** Which hours a trading day keeps: the first day of a year opens at 10:00; on 수능 day everything is an hour later. */
export type DayHours = 'normal' | 'yearOpening' | 'csat'

/** What the exchange announced after this version was made: a temporary holiday, a moved exam. Days as `YYYY-MM-DD`. */
export interface CalendarPatch {
  readonly closed?: readonly string[]
  readonly open?: readonly string[]
  readonly csat?: readonly string[]
  readonly notCsat?: readonly string[]
}

/**
 * The trading days of KRX, 2015–2027. Every question about a day outside those years breaks an invariant: a calendar
 * that guesses would trade on a holiday. The same holds for a count that runs past the last known year.
 */
export interface Calendar {
  isTradingDay(day: TradingDay): boolean
  /** The `count`-th trading day after `day`, which itself may be a closed day. */
  nextTradingDay(day: TradingDay, count?: number): TradingDay
  /** The `count`-th trading day before `day`, which itself may be a closed day. */
  previousTradingDay(day: TradingDay, count?: number): TradingDay
  /** How many trading days there are from `from` (inside) to `to` (outside). */
  tradingDaysBetween(from: TradingDay, to: TradingDay): number
  /** When a trade of `day` settles: two trading days later (T+2). `day` must be a trading day. */
  settlementDay(day: TradingDay): TradingDay
  /** `'normal'` for a closed day too: it has no hours. */
  hoursOf(day: TradingDay): DayHours
  /** Expiry of KOSPI200 options: the second Thursday of the month, or the last trading day before it when that is closed. */
  isDerivativeExpiry(day: TradingDay): boolean
  /** Why a day is closed, for people; `undefined` on a trading day. */
  closureOf(day: TradingDay): { readonly ko: string; readonly en: string } | undefined
}

const YEARS = Object.keys(KRX_CLOSURES).map(Number)
const FIRST_YEAR = Math.min(...YEARS)
const LAST_YEAR = Math.max(...YEARS)
const SETTLEMENT_DAYS = 2
const WEEKEND = { ko: '주말', en: 'Weekend' } as const

/**
 * The calendar of this version with `patch` laid over it. Hand the result to `sessionsOf` and `phaseAt` and record the
 * patch with the day, so that a replay sees the same days.
 *
 * Errors: a patch that closes or opens a weekend, or names a day outside the known years, breaks an invariant.
 * Source: KRX closing days and special hours, rule book §4.1, §4.2; settlement §1.11.
 */
export function createCalendar(patch: CalendarPatch = {}): Calendar {
  const closures = readClosures(patch)
  const csat = new Set([...KRX_CSAT_DAYS, ...days(patch.csat)])
  for (const day of days(patch.notCsat)) csat.delete(day)
  const trading = weekdaysOfAllYears().filter((day) => !closures.has(day))
  const position = new Map(trading.map((day, index) => [day, index]))

  /** How many trading days lie before `day`. */
  const countBefore = (day: TradingDay): number => {
    checkYear(day)
    let [low, high] = [0, trading.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((trading[middle] as TradingDay) < day) low = middle + 1
      else high = middle
    }
    return low
  }

  const isTradingDay = (day: TradingDay): boolean => {
    checkYear(day)
    return position.has(day)
  }

  const at = (index: number, from: TradingDay): TradingDay => {
    const day = trading[index]
    invariant(
      day !== undefined,
      `the KRX calendar knows ${FIRST_YEAR} to ${LAST_YEAR}; counting from ${from} leaves it`,
    )
    return day
  }

  const nextTradingDay = (day: TradingDay, count = 1): TradingDay => {
    checkCount(count)
    return at(countBefore(day) + (isTradingDay(day) ? count : count - 1), day)
  }

  const previousTradingDay = (day: TradingDay, count = 1): TradingDay => {
    checkCount(count)
    return at(countBefore(day) - count, day)
  }

  const opensYear = (day: TradingDay): boolean => {
    const index = position.get(day)
    return index !== undefined && trading[index - 1]?.slice(0, 4) !== day.slice(0, 4)
  }

  const expiryOf = (month: string): TradingDay => {
    const first = tradingDay(`${month}-01`)
    const thursday = addDays(first, ((4 - weekday(first) + 7) % 7) + 7)
    return isTradingDay(thursday) ? thursday : previousTradingDay(thursday)
  }

  return {
    isTradingDay,
    nextTradingDay,
    previousTradingDay,
    tradingDaysBetween: (from, to) => countBefore(to) - countBefore(from),
    settlementDay: (day) => {
      invariant(isTradingDay(day), `only a trade on a trading day settles, and KRX is closed on ${day}`)
      return nextTradingDay(day, SETTLEMENT_DAYS)
    },
    hoursOf: (day) => {
      if (!isTradingDay(day)) return 'normal'
      return csat.has(day) ? 'csat' : opensYear(day) ? 'yearOpening' : 'normal'
    },
    isDerivativeExpiry: (day) => isTradingDay(day) && expiryOf(day.slice(0, 7)) === day,
    closureOf: (day) => {
      if (isTradingDay(day)) return undefined
      const reason = closures.get(day)
      return reason ? CLOSURE_NAMES[reason] : WEEKEND
    },
  }
}

/** The calendar of this version, unpatched. */
export const KRX_CALENDAR: Calendar = createCalendar()

export const isTradingDay = KRX_CALENDAR.isTradingDay
export const nextTradingDay = KRX_CALENDAR.nextTradingDay
export const previousTradingDay = KRX_CALENDAR.previousTradingDay
export const tradingDaysBetween = KRX_CALENDAR.tradingDaysBetween
export const settlementDay = KRX_CALENDAR.settlementDay
export const hoursOf = KRX_CALENDAR.hoursOf
export const isDerivativeExpiry = KRX_CALENDAR.isDerivativeExpiry
export const closureOf = KRX_CALENDAR.closureOf

function readClosures(patch: CalendarPatch): Map<string, ClosureReason> {
  const closures = new Map<string, ClosureReason>()
  for (const [year, lines] of Object.entries(KRX_CLOSURES))
    for (const entry of lines.flatMap((line) => line.split(', '))) {
      const [reason, ...monthDays] = entry.split(' ')
      invariant(isReason(reason), `a closure has a known reason: ${entry}`)
      for (const monthDay of monthDays) closures.set(weekdayOnly(`${year}-${monthDay}`), reason)
    }
  for (const day of days(patch.closed)) closures.set(weekdayOnly(day), 'temporary')
  for (const day of days(patch.open)) closures.delete(weekdayOnly(day))
  return closures
}

function isReason(text: string | undefined): text is ClosureReason {
  return text !== undefined && text in CLOSURE_NAMES
}

function weekdayOnly(text: string): TradingDay {
  const day = tradingDay(text)
  invariant(![0, 6].includes(weekday(day)), `weekends are closed anyway and need no row: ${day}`)
  return day
}

function days(texts: readonly string[] = []): TradingDay[] {
  return texts.map((text) => {
    const day = tradingDay(text)
    checkYear(day)
    return day
  })
}

function weekdaysOfAllYears(): TradingDay[] {
  const all: TradingDay[] = []
  const end = tradingDay(`${LAST_YEAR}-12-31`)
  for (let day = tradingDay(`${FIRST_YEAR}-01-01`); day <= end; day = addDays(day, 1))
    if (weekday(day) !== 0 && weekday(day) !== 6) all.push(day)
  return all
}

function checkYear(day: TradingDay): void {
  const year = Number(day.slice(0, 4))
  invariant(
    year >= FIRST_YEAR && year <= LAST_YEAR,
    `the KRX calendar knows ${FIRST_YEAR} to ${LAST_YEAR}, not ${day}`,
  )
}

function checkCount(count: number): void {
  invariant(Number.isSafeInteger(count) && count >= 1, `trading days are counted from 1, not ${count}`)
}
