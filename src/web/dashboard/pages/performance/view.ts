import type { DayResultMessage } from '../../../contract/performance.ts'

export type Span = 'month' | 'quarter' | 'year' | 'all'

const DAYS: Readonly<Record<Exclude<Span, 'all'>, number>> = { month: 30, quarter: 91, year: 365 }
const DAY_MS = 86_400_000

/** The first day of a span that ends on `today`; `undefined`: from the beginning. */
export const spanFrom = (span: Span, today: string): string | undefined =>
  span === 'all'
    ? undefined
    : new Date(Date.parse(`${today}T00:00:00Z`) - DAYS[span] * DAY_MS).toISOString().slice(0, 10)

/** A day of a month grid; days of the months around it are absent. */
export interface CalendarDay {
  readonly day: string
  readonly date: number
  /** Absent: nothing was recorded. */
  readonly result?: DayResultMessage
}

export interface CalendarMonth {
  /** 2026-11 */
  readonly month: string
  /** Monday first, as weeks of a broker go; seven a row. */
  readonly weeks: readonly {
    readonly key: string
    readonly days: readonly (CalendarDay | undefined)[]
    readonly pnl: number
  }[]
  readonly pnl: number
  readonly daysUp: number
  readonly daysDown: number
  /** The largest result of a day, either way: what the colours are measured by. */
  readonly largest: number
}

export function calendarMonth(month: string, results: readonly DayResultMessage[]): CalendarMonth {
  const own = results.filter(({ day }) => day.startsWith(month))
  const byDay = new Map(own.map((result) => [result.day, result]))
  const first = Date.parse(`${month}-01T00:00:00Z`)
  const before = (new Date(first).getUTCDay() + 6) % 7
  const length = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate()
  const weeks = Array.from({ length: Math.ceil((before + length) / 7) }, (_, week) => {
    const days = Array.from({ length: 7 }, (_, weekday): CalendarDay | undefined => {
      const date = week * 7 + weekday - before + 1
      if (date < 1 || date > length) return undefined
      const day = `${month}-${String(date).padStart(2, '0')}`
      const result = byDay.get(day)
      return { day, date, ...(result && { result }) }
    })
    return {
      key: `${month} ${week}`,
      days,
      pnl: days.reduce((sum, each) => sum + (each?.result?.pnl ?? 0), 0),
    }
  })
  return {
    month,
    weeks,
    pnl: own.reduce((sum, { pnl }) => sum + pnl, 0),
    daysUp: own.filter(({ pnl }) => pnl > 0).length,
    daysDown: own.filter(({ pnl }) => pnl < 0).length,
    largest: own.reduce((most, { pnl }) => Math.max(most, Math.abs(pnl)), 0),
  }
}

/** The month so many before or after. */
export function monthBeside(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}

/** Several curves of growth on one axis of days, each from 0; absent before it begins and after it ends. */
export function overlaid(
  curves: readonly { readonly days: readonly string[]; readonly growth: readonly number[] }[],
): { readonly days: readonly string[]; readonly lines: readonly (readonly (number | undefined)[])[] } {
  const days = [...new Set(curves.flatMap((curve) => curve.days))].toSorted()
  return {
    days,
    lines: curves.map((curve) => {
      const byDay = new Map(curve.days.map((day, i) => [day, curve.growth[i]]))
      const end = curve.days.at(-1) ?? ''
      let last: number | undefined
      return days.map((day) => {
        const value = byDay.get(day)
        if (value !== undefined) last = value - 1
        return day > end ? undefined : last
      })
    }),
  }
}
