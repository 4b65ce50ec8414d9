import type { LiveState } from '../../contract/live.ts'

/** Equity through the day: one point for so long (market ms), the newest of it. */
const EVERY_MS = 10_000
/** More than a day of 12 hours. */
const MOST_POINTS = 4_500

export interface CurvePoint {
  /** Market ms. */
  readonly at: number
  readonly equity: number
  readonly realizedPnl: number
  readonly unrealizedPnl: number
}

export interface Curve {
  note(state: LiveState): void
  points(): readonly CurvePoint[]
  /** Equity by the last close before the day; `undefined` before the first look. */
  start(): number | undefined
}

/** Remembers the day's equity while it happens. A new day begins a new curve. */
export function createCurve(): Curve {
  let day = ''
  let start: number | undefined
  let points: CurvePoint[] = []
  return {
    note: ({ clock, desk }) => {
      if (!desk.accountKnown) return
      if (clock.day !== day) {
        day = clock.day
        points = []
      }
      start = desk.startEquity
      const slot = Math.floor(clock.now / EVERY_MS)
      const { equity, realizedPnl, unrealizedPnl } = desk
      const point = { at: clock.now, equity, realizedPnl, unrealizedPnl }
      const last = points.at(-1)
      if (last && Math.floor(last.at / EVERY_MS) === slot) points[points.length - 1] = point
      else points.push(point)
      if (points.length > MOST_POINTS) points = points.slice(-MOST_POINTS)
    },
    points: () => points,
    start: () => start,
  }
}
