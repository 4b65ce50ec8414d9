export interface EquityPoint {
  /** Market ms. */
  readonly at: number
  readonly equity: number
}

/** One point of the server's curve stands for so long, market ms. */
const POINT_MS = 10_000

/** The curve with what the live line says now: the newest point of its ten seconds replaces the one before. */
export function withLive(points: readonly EquityPoint[], live: EquityPoint): readonly EquityPoint[] {
  const last = points.at(-1)
  if (last && live.at < last.at) return points
  const isSame = last !== undefined && Math.floor(last.at / POINT_MS) === Math.floor(live.at / POINT_MS)
  return [...(isSame ? points.slice(0, -1) : points), { at: live.at, equity: live.equity }]
}

/** At most so many of the points, each of them the last of its stretch; first and last always stay. */
export function thinned(points: readonly EquityPoint[], most: number): readonly EquityPoint[] {
  if (points.length <= most) return points
  const step = (points.length - 1) / (most - 1)
  return Array.from({ length: most }, (_, index) => points[Math.round(index * step)]).filter(
    (point): point is EquityPoint => point !== undefined,
  )
}

export interface CurveShape {
  /** In a box of 1000 × 1000, y downwards. */
  readonly line: string
  /** Line and zero line together. */
  readonly area: string
  /** Of the equity the day began with, in the same box. */
  readonly zeroY: number
  /** Place of a point in shares of the box's sides. */
  place(point: EquityPoint): { readonly x: number; readonly y: number }
  readonly from: number
  readonly to: number
  readonly low: number
  readonly high: number
}

const BOX = 1_000
/** Above and below the extremes, so that the line never runs along the edge. */
const MARGIN = 0.12
/** So little happens on a quiet morning that the scale would magnify single ticks: it never shows less than this ratio. */
const LEAST_RANGE = 0.001

/**
 * The day's equity as a drawing. `start`: equity when the day began. The time axis is the regular session and longer where
 * the points are. `undefined` without points.
 */
export function curveShape(
  points: readonly EquityPoint[],
  start: number,
  day: string,
): CurveShape | undefined {
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const from = Math.min(first.at, kst(day, '09:00'))
  const to = Math.max(last.at, kst(day, '15:30'))
  const values = points.map(({ equity }) => equity)
  const [low, high] = [Math.min(start, ...values), Math.max(start, ...values)]
  const range = Math.max(high - low, start * LEAST_RANGE, 1)
  const bottom = (low + high - range) / 2 - range * MARGIN
  const height = range * (1 + 2 * MARGIN)
  const y = (equity: number) => 1 - (equity - bottom) / height
  const place = ({ at, equity }: EquityPoint) => ({ x: (at - from) / Math.max(to - from, 1), y: y(equity) })
  const drawn = points.map(place).map((spot) => `${round(spot.x)} ${round(spot.y)}`)
  const zeroY = round(y(start))
  const line = `M${drawn.join('L')}`
  const area = `M${round(place(first).x)} ${zeroY}L${drawn.join('L')}L${round(place(last).x)} ${zeroY}Z`
  return { line, area, zeroY, place, from, to, low, high }
}

/** The hours between the ends, for the marks below the drawing, as shares of its width. */
export function hourMarks(from: number, to: number): readonly { readonly at: number; readonly x: number }[] {
  const HOUR = 3_600_000
  const marks: { readonly at: number; readonly x: number }[] = []
  for (let at = Math.ceil(from / HOUR) * HOUR; at <= to; at += HOUR)
    marks.push({ at, x: (at - from) / Math.max(to - from, 1) })
  return marks
}

const round = (share: number): number => Math.round(share * BOX * 10) / 10
const kst = (day: string, time: string): number => Date.parse(`${day}T${time}:00+09:00`)
