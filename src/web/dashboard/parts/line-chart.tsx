import { type CSSProperties, type PointerEvent, useEffect, useId, useRef, useState } from 'react'
import { useSay } from '../state/say.ts'
import { labelPlaces, pathOf, rangeOf, ticksOf } from './chart-scale.ts'
import './charts.css'

export interface Series {
  readonly key: string
  readonly name: string
  readonly values: readonly (number | undefined)[]
  /** A colour of the theme: `var(--accent)`. */
  readonly colour: string
  /** Told apart without colour. */
  readonly dash?: string
  /** Filled down to zero. */
  readonly area?: boolean
}

interface Props {
  /** What is shown, for those who do not see it. */
  readonly label: string
  /** One for each point: days. */
  readonly labels: readonly string[]
  readonly series: readonly Series[]
  readonly format: (value: number) => string
  /** On the axis, where there is less room. */
  readonly formatTick?: (value: number) => string
  readonly height?: number
  /** Values that are in sight whatever the data are. */
  readonly include?: readonly number[]
}

const RIGHT = 66
const LEFT = 6
const TOP = 8
const BOTTOM = 22

/**
 * Lines over days. What stands above it is legend and read-out in one: the values at the pointer, or the last ones. The arrow keys move
 * along it.
 */
export function LineChart(props: Props) {
  const { labels, series, format, height = 240 } = props
  const say = useSay()
  const id = useId()
  const [frame, width] = useWidth()
  const [picked, setPicked] = useState<number | undefined>(undefined)
  const last = labels.length - 1
  const at = Math.min(picked ?? last, last)
  if (labels.length === 0) return null
  const follow = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const share = (event.clientX - box.left - LEFT) / Math.max(1, width - LEFT - RIGHT)
    setPicked(Math.max(0, Math.min(last, Math.round(share * last))))
  }
  const said = series.map(({ name, values }) => `${name} ${shown(values[at], format)}`).join(', ')
  return (
    <figure className="line-chart">
      <figcaption className="read-out" id={id}>
        <span className="read-day">{labels[at]}</span>
        {series.map((each) => (
          <span key={each.key} className="read-value">
            <Swatch series={each} />
            {each.name} <strong>{shown(each.values[at], format)}</strong>
          </span>
        ))}
      </figcaption>
      <div className="plot" ref={frame} style={{ height }}>
        {width > 0 && (
          <svg
            width={width}
            height={height}
            aria-hidden="true"
            onPointerMove={follow}
            onPointerDown={follow}
            onPointerLeave={() => setPicked(undefined)}
          >
            <Drawing
              {...props}
              width={width}
              height={height}
              picked={picked === undefined ? undefined : at}
            />
          </svg>
        )}
        <input
          className="plot-keys"
          type="range"
          min={0}
          max={last}
          value={at}
          aria-label={`${props.label}: ${say('화살표 키로 날을 옮깁니다', 'arrow keys move along the days')}`}
          aria-valuetext={`${labels[at]}, ${said}`}
          onChange={(event) => setPicked(Number(event.target.value))}
          onBlur={() => setPicked(undefined)}
        />
      </div>
    </figure>
  )
}

const shown = (value: number | undefined, format: Props['format']): string =>
  value === undefined ? '–' : format(value)

const Swatch = ({ series: { colour, dash } }: { readonly series: Series }) => (
  <svg width="18" height="8" aria-hidden="true">
    <path d="M1 4H17" style={{ stroke: colour, strokeWidth: 2, strokeDasharray: dash }} />
  </svg>
)

function Drawing({
  labels,
  series,
  format,
  formatTick = format,
  include,
  width,
  height,
  picked,
}: Props & { readonly width: number; readonly height: number; readonly picked: number | undefined }) {
  const range = rangeOf(
    series.map(({ values }) => values),
    [...(include ?? []), ...(series.some(({ area }) => area) ? [0] : [])],
  )
  const [right, bottom] = [width - RIGHT, height - BOTTOM]
  const last = Math.max(1, labels.length - 1)
  const xOf = (place: number) => LEFT + (place / last) * (right - LEFT)
  const yOf = (value: number) => bottom - ((value - range.low) / (range.high - range.low)) * (bottom - TOP)
  const places = labelPlaces(labels.length, Math.floor(width / 130))
  return (
    <>
      {ticksOf(range, Math.max(2, Math.floor(height / 48))).map((tick) => (
        <g key={tick}>
          <line className={tick === 0 ? 'zero' : 'rule'} x1={LEFT} x2={right} y1={yOf(tick)} y2={yOf(tick)} />
          <text className="tick" x={right + 6} y={yOf(tick) + 4}>
            {formatTick(tick)}
          </text>
        </g>
      ))}
      {places.map((place, i) => (
        <text
          key={place}
          className="tick"
          x={xOf(place)}
          y={height - 6}
          textAnchor={i === 0 ? 'start' : i === places.length - 1 ? 'end' : 'middle'}
        >
          {labels[place]}
        </text>
      ))}
      {series.map(({ key, values, colour, dash, area }) => {
        const path = pathOf(values, xOf, yOf)
        const style: CSSProperties = { stroke: colour, strokeDasharray: dash }
        const filled = `${path}L${xOf(values.length - 1).toFixed(1)} ${yOf(0)}L${xOf(0).toFixed(1)} ${yOf(0)}Z`
        return (
          <g key={key}>
            {area && <path className="area" d={filled} style={{ fill: colour }} />}
            <path className="stroke" d={path} style={style} />
            {values.length === 1 && values[0] !== undefined && (
              <circle className="spot" cx={xOf(0)} cy={yOf(values[0])} r={4} style={{ fill: colour }} />
            )}
          </g>
        )
      })}
      {picked !== undefined && (
        <g>
          <line className="hair" x1={xOf(picked)} x2={xOf(picked)} y1={TOP} y2={bottom} />
          {series.map(({ key, values, colour }) => {
            const value = values[picked]
            return value === undefined ? null : (
              <circle
                key={key}
                className="spot"
                cx={xOf(picked)}
                cy={yOf(value)}
                r={4}
                style={{ fill: colour }}
              />
            )
          })}
        </g>
      )}
    </>
  )
}

/** Drawn in true pixels, so that letters keep their size. */
function useWidth() {
  const frame = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const watched = frame.current
    if (!watched) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(watched)
    return () => observer.disconnect()
  }, [])
  return [frame, width] as const
}
