import { type PointerEvent, useId, useMemo, useState } from 'react'
import { clockText, direction, minuteText, signed, signedPercent, won } from '../../state/numbers.ts'
import { useSay } from '../../state/say.ts'
import { type CurveShape, curveShape, type EquityPoint, hourMarks, thinned } from './curve-shape.ts'

/** As many as a wide screen has room for. */
const MOST_POINTS = 420

/** The day's equity against what it began with. It is read with the pointer or, being a slider, with the arrow keys. */
export function DayCurve(props: {
  readonly points: readonly EquityPoint[]
  readonly start: number
  readonly day: string
}) {
  const { start, day } = props
  const say = useSay()
  const points = useMemo(() => thinned(props.points, MOST_POINTS), [props.points])
  const shape = useMemo(() => curveShape(points, start, day), [points, start, day])
  const [read, setRead] = useState<number | undefined>(undefined)
  const last = points.at(-1)
  if (!shape || !last)
    return (
      <p className="curve-none quiet">
        {say('평가금액을 기다리는 중입니다', 'Waiting for the first equity')}
      </p>
    )
  const index = Math.min(read ?? points.length - 1, points.length - 1)
  const point = points[index] ?? last
  const hover = ({ clientX, currentTarget }: PointerEvent<HTMLInputElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect()
    setRead(nearest(points, shape.from + ((clientX - left) / width) * (shape.to - shape.from)))
  }
  return (
    <div className="curve">
      <div className="curve-plot">
        <Drawing shape={shape} point={point} isRead={read !== undefined} isUp={last.equity >= start} />
        <span className="curve-zero" style={{ top: `${shape.zeroY / 10}%` }} aria-hidden="true">
          {won(start)}
        </span>
        <ReadOut point={point} start={start} isRead={read !== undefined} />
        <input
          type="range"
          className="curve-reader"
          aria-label={say('오늘 평가금액 곡선', "The day's equity curve")}
          aria-valuetext={`${clockText(point.at)} ${won(point.equity)} ${signed(point.equity - start)}`}
          min={0}
          max={points.length - 1}
          value={index}
          onChange={(event) => setRead(Number(event.target.value))}
          onPointerMove={hover}
          onPointerDown={hover}
          onPointerLeave={() => setRead(undefined)}
          onBlur={() => setRead(undefined)}
        />
      </div>
      <div className="curve-hours" aria-hidden="true">
        {hourMarks(shape.from, shape.to).map(({ at, x }) => (
          <span key={at} style={{ left: `${x * 100}%` }}>
            {minuteText(at)}
          </span>
        ))}
      </div>
    </div>
  )
}

function Drawing(props: {
  readonly shape: CurveShape
  readonly point: EquityPoint
  readonly isRead: boolean
  readonly isUp: boolean
}) {
  const { shape, point } = props
  const id = useId()
  const { x, y } = shape.place(point)
  const halves = [
    ['up', 0, shape.zeroY],
    ['down', shape.zeroY, 1_000 - shape.zeroY],
  ] as const
  return (
    <>
      <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        {halves.map(([half, top, height]) => (
          <g key={half} className={half}>
            <clipPath id={`${id}${half}`}>
              <rect x={-10} width={1_020} y={top} height={Math.max(0, height)} />
            </clipPath>
            <path className="curve-area" d={shape.area} clipPath={`url(#${id}${half})`} />
            <path className="curve-line" d={shape.line} clipPath={`url(#${id}${half})`} />
          </g>
        ))}
        <line className="curve-zero-line" x1={0} x2={1_000} y1={shape.zeroY} y2={shape.zeroY} />
        {props.isRead && <line className="curve-cursor" x1={x * 1_000} x2={x * 1_000} y1={0} y2={1_000} />}
      </svg>
      <span
        className={`curve-dot ${props.isUp ? 'up' : 'down'}`}
        style={{ left: `${x * 100}%`, top: `${y * 100}%` }}
      />
    </>
  )
}

/** Says the point under the pointer; without one, nothing: the figures beside it say the same. */
function ReadOut({
  point,
  start,
  isRead,
}: {
  readonly point: EquityPoint
  readonly start: number
  readonly isRead: boolean
}) {
  if (!isRead) return null
  const gain = point.equity - start
  return (
    <output className="curve-read">
      <span className="quiet">{clockText(point.at)}</span> <strong>{won(point.equity)}</strong>{' '}
      <span className={direction(gain)}>
        {signed(gain)} ({signedPercent(start > 0 ? gain / start : 0)})
      </span>
    </output>
  )
}

function nearest(points: readonly EquityPoint[], at: number): number {
  let best = 0
  for (const [index, point] of points.entries())
    if (Math.abs(point.at - at) < Math.abs((points[best]?.at ?? 0) - at)) best = index
  return best
}
