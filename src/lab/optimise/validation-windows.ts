import type { TradingDay } from '../../model/time.ts'
import type { DaySpan } from '../../ports/trial-ledger.ts'
import { invariant } from '../../std/invariant.ts'

/** A length of history: calendar months, or trading days. */
export interface Span {
  readonly unit: 'months' | 'days'
  readonly count: number
}

export interface WalkPlan {
  readonly train: Span
  readonly test: Span
  /** Trading days left out between training and test. */
  readonly gapDays: number
  /** Every training begins on the first day; otherwise it keeps its length and moves along. */
  readonly anchored: boolean
}

export interface WalkWindow {
  readonly train: DaySpan
  readonly test: DaySpan
}

/** A last window shorter than this says nothing. Our own bound, about a month. */
const LAST_TEST_MIN_DAYS = 20

/**
 * The windows of a walk-forward over these trading days: train, gap, test, and on by one test. Tests touch each other and
 * never overlap; the last may be shorter. None where the days do not hold one training and one test. Errors: lengths below 1
 * or a gap below 0 break an invariant. Source: R. Pardo, The Evaluation and Optimization of Trading Strategies (2008); rule
 * book §5.9.
 */
export function walkWindows(days: readonly TradingDay[], plan: WalkPlan): readonly WalkWindow[] {
  const { train, test, gapDays, anchored } = plan
  for (const { count } of [train, test])
    invariant(Number.isInteger(count) && count > 0, `a window has a length: ${count}`)
  invariant(Number.isInteger(gapDays) && gapDays >= 0, `a gap is a number of days: ${gapDays}`)
  const windows: WalkWindow[] = []
  const [origin] = days
  if (origin === undefined) return windows
  // Every border is counted from the first day, so that holidays do not push the later ones along.
  const firstTest = train.unit === 'months' ? monthsAfter(origin, train.count) : days[train.count]
  if (firstTest === undefined) return windows
  const testFrom = (k: number) => placeAfter(days, firstTest, test, k)
  for (let k = 0; testFrom(k) < days.length; k++) {
    const [begin, end] = [anchored ? 0 : placeAfter(days, origin, test, k), testFrom(k + 1)]
    const isWhole = end < days.length || end - testFrom(k) >= Math.min(LAST_TEST_MIN_DAYS, daysOf(test))
    const trainEnd = testFrom(k) - gapDays
    if (isWhole && trainEnd > begin)
      windows.push({ train: spanOf(days, begin, trainEnd), test: spanOf(days, testFrom(k), end) })
  }
  return windows
}

/** A test may be planned shorter than what a last one has to have. */
const daysOf = ({ unit, count }: Span): number => (unit === 'days' ? count : Number.POSITIVE_INFINITY)

/** The place of the first day that lies `times` spans after another; the number of days when there is none. */
function placeAfter(days: readonly TradingDay[], from: string, { unit, count }: Span, times: number): number {
  const start = placeOf(days, from)
  return unit === 'days'
    ? Math.min(days.length, start + count * times)
    : placeOf(days, monthsAfter(from, count * times))
}

function placeOf(days: readonly TradingDay[], from: string): number {
  const place = days.findIndex((day) => day >= from)
  return place < 0 ? days.length : place
}

/** As text to compare with: `2024-02-31` lies after every day of February. */
function monthsAfter(day: string, count: number): string {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + count
  const [year, month] = [Math.floor(months / 12), (months % 12) + 1]
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${day.slice(8)}`
}

/** From one place (inside) to another (outside). */
const spanOf = (days: readonly TradingDay[], from: number, end: number): DaySpan => ({
  from: days[from] as TradingDay,
  to: days[Math.min(end, days.length) - 1] as TradingDay,
})
