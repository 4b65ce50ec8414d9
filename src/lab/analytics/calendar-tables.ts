import { type TradingDay, weekday } from '../../model/time.ts'
import { invariant } from '../../std/invariant.ts'
import { err, ok } from '../../std/result.ts'
import { checkSeries, type Series } from './moments.ts'
import type { Statistic } from './statistic.ts'

export interface YearRow {
  readonly year: number
  /**
   * January first; `undefined` for a month without a trading day in the data. Ratios, compounded over the
   * month.
   */
  readonly months: readonly (number | undefined)[]
  readonly total: number
}

export interface WeekdayRow {
  /** 0 Sunday … 6 Saturday. */
  readonly weekday: number
  readonly count: number
  readonly up: number
  readonly down: number
  /** Arithmetic mean of the returns of that weekday. */
  readonly mean: number
}

/**
 * Returns compounded by month and year. In: one return for each of `days`, which ascend; a day may stand more
 * than once.
 *
 * Gaps: a loss of more than everything, out of range. Errors: different lengths, days out of order or a
 * return that is not finite break an invariant.
 */
export function monthlyTable(days: readonly TradingDay[], returns: Series): Statistic<readonly YearRow[]> {
  check(days, returns)
  const rows = new Map<number, { months: (number | undefined)[]; total: number }>()
  for (const [i, day] of days.entries()) {
    const factor = 1 + (returns[i] as number)
    if (factor < 0) return err({ code: 'wipedOut' })
    const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1]
    const row = rows.get(year) ?? { months: new Array<number | undefined>(12).fill(undefined), total: 1 }
    row.months[month] = (row.months[month] ?? 1) * factor
    row.total *= factor
    if (!Number.isFinite(row.total + (row.months[month] ?? 0))) return err({ code: 'outOfRange' })
    rows.set(year, row)
  }
  return ok(
    [...rows].map(([year, { months, total }]) => ({
      year,
      months: months.map((factor) => (factor === undefined ? undefined : factor - 1)),
      total: total - 1,
    })),
  )
}

/**
 * Returns by day of the week, Sunday first; a weekday without data has no row. In and errors: as in
 * `monthlyTable`.
 */
export function weekdayTable(days: readonly TradingDay[], returns: Series): readonly WeekdayRow[] {
  check(days, returns)
  const seen: number[][] = Array.from({ length: 7 }, () => [])
  days.forEach((day, i) => {
    seen[weekday(day)]?.push(returns[i] as number)
  })
  return seen.flatMap((values, index) => {
    if (values.length === 0) return []
    const sum = values.reduce((total, value) => total + value, 0)
    return {
      weekday: index,
      count: values.length,
      up: values.filter((value) => value > 0).length,
      down: values.filter((value) => value < 0).length,
      mean: sum / values.length,
    }
  })
}

function check(days: readonly TradingDay[], returns: Series): void {
  checkSeries(returns, 'returns')
  invariant(
    days.length === returns.length,
    `each return has its day: ${returns.length} returns, ${days.length} days`,
  )
  for (let i = 1; i < days.length; i++)
    invariant((days[i - 1] as string) <= (days[i] as string), `days ascend: ${days[i]} at ${i}`)
}
