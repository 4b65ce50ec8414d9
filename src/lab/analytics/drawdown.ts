import { invariant } from '../../std/invariant.ts'
import { err, ok } from '../../std/result.ts'
import { checkSeries, type Series } from './moments.ts'
import { measured, type Statistic, tooFew } from './statistic.ts'

/**
 * From one peak to the point where equity is back at it. Points are those of the equity curve: 0 is the
 * start.
 */
export interface Drawdown {
  /** Negative ratio: −0.2 is 20 % below the peak. */
  readonly depth: number
  readonly peakAt: number
  readonly troughAt: number
  /** Absent while equity has not come back. */
  readonly recoveredAt?: number
  /** Periods from the peak to the recovery, or to the last point. */
  readonly length: number
}

/** Equity that misses its peak by less than this share is back at it: the rest is rounding. */
const BACK_SHARE = 1e-12

/**
 * How far equity stands below its highest point so far, 0 or negative. In: n returns. Out: n + 1 points, the
 * first of which is the initial capital, which counts as a peak. It never leaves the range of numbers,
 * however long the history.
 *
 * Gaps: no return, a loss of more than everything. Source: rule book §5.5.
 */
export function drawdownSeries(returns: Series): Statistic<Float64Array> {
  checkSeries(returns, 'returns')
  if (returns.length === 0) return tooFew(0, 1)
  const points = new Float64Array(returns.length + 1)
  let share = 1 // equity over its peak
  for (let i = 0; i < returns.length; i++) {
    const each = returns[i] as number
    if (each < -1) return err({ code: 'wipedOut' })
    share *= 1 + each
    if (share > 1 - BACK_SHARE) share = 1
    points[i + 1] = share - 1
  }
  return ok(points)
}

/**
 * The deepest drawdown as a ratio, 0 when there was none. Gaps: no return, a loss of more than everything.
 */
export function maximumDrawdown(returns: Series): Statistic {
  const series = drawdownSeries(returns)
  return series.ok ? measured(series.value.reduce((least, point) => Math.min(least, point), 0)) : series
}

/** The deepest drawdown with its points, the earliest of equals. Gaps: as above, and no drawdown at all. */
export function deepestDrawdown(returns: Series): Statistic<Drawdown> {
  const top = topDrawdowns(returns, 1)
  if (!top.ok) return top
  const [deepest] = top.value
  return deepest ? ok(deepest) : err({ code: 'noDrawdown' })
}

/**
 * The `count` deepest drawdowns that do not overlap, deepest first; fewer when there were fewer, none when
 * equity never fell. Gaps: no return, a loss of more than everything.
 */
export function topDrawdowns(returns: Series, count: number): Statistic<readonly Drawdown[]> {
  invariant(Number.isInteger(count) && count > 0, `drawdowns are counted in whole numbers above 0: ${count}`)
  const series = drawdownSeries(returns)
  if (!series.ok) return series
  const all = episodes(series.value)
  return ok(all.toSorted((a, b) => a.depth - b.depth || a.peakAt - b.peakAt).slice(0, count))
}

function episodes(points: Float64Array): Drawdown[] {
  const found: Drawdown[] = []
  let peakAt = 0
  let troughAt = 0
  const close = (end: number, recovered: boolean) => {
    if (troughAt > peakAt) {
      const depth = points[troughAt] as number
      const known = { depth, peakAt, troughAt, length: end - peakAt }
      found.push(recovered ? { ...known, recoveredAt: end } : known)
    }
    peakAt = end
    troughAt = end
  }
  for (let at = 1; at < points.length; at++) {
    if (points[at] === 0) close(at, true)
    else if ((points[at] as number) < (points[troughAt] as number)) troughAt = at
  }
  close(points.length - 1, false)
  return found
}

/**
 * The deepest fall from a peak in money, 0 or positive. In: points of equity or of running profit, in one
 * currency.
 */
export function maximumMoneyDrawdown(points: Series): number {
  checkSeries(points, 'points of equity')
  let peak = Number.NEGATIVE_INFINITY
  let deepest = 0
  for (const point of points) {
    peak = Math.max(peak, point)
    deepest = Math.max(deepest, peak - point)
  }
  return deepest
}
