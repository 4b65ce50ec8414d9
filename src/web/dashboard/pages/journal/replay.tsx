import { useEffect, useMemo, useRef, useState } from 'react'
import { Segments } from '../../parts/field.tsx'
import { ErrorNote, Loading } from '../../parts/notes.tsx'
import { RecordNote } from '../../parts/record-note.tsx'
import { clockText, direction, minuteText, signed, signedPercent, won } from '../../state/numbers.ts'
import { useSay } from '../../state/say.ts'
import { ReplayDesk } from './replay-desk.tsx'
import { useDayCurve, useReplay } from './use-journal.ts'
import { drawing, played, SPEEDS, type Speed, wholeSecond } from './view.ts'

const TICK_MS = 250

/** A recorded day once more: the same events through the same engine, up to the instant of the slider. */
export function Replay({ day, isToday }: { readonly day: string; readonly isToday: boolean }) {
  const say = useSay()
  const { data: curve, error: curveError } = useDayCurve(day, isToday)
  const { from, to } = curve?.record ?? {}
  const [chosen, setChosen] = useState<number | undefined>(undefined)
  const at = chosen ?? from
  const { data, error, isFetching } = useReplay(day, at === undefined ? undefined : wholeSecond(at) + 999)
  const [speed, setSpeed] = useState<Speed>(60)
  const player = usePlayer({ at: at ?? 0, to: to ?? 0, speed, isWaiting: isFetching, onMove: setChosen })
  if (curveError) return <ErrorNote error={curveError} />
  if (!curve || from === undefined || to === undefined || at === undefined)
    return (
      <>
        <RecordNote record={curve?.record} />
        <section className="card">
          <Loading />
        </section>
      </>
    )
  const start = curve.startEquity
  return (
    <div className="stack">
      <RecordNote record={curve.record} />
      <section className="card replay-bar" aria-label={say('재현', 'Replay')}>
        <div className="replay-head">
          <button type="button" className="button primary" onClick={player.toggle}>
            {player.isPlaying ? say('멈춤', 'Pause') : say('재생', 'Play')}
          </button>
          <Segments
            label={say('빠르기', 'Speed')}
            value={String(speed)}
            options={SPEEDS.map((each) => [String(each), `${each}×`] as const)}
            onChange={(next) => setSpeed(SPEEDS.find((each) => String(each) === next) ?? 60)}
          />
          <output className="replay-clock">
            <strong>{clockText(at)}</strong>
            <span className="quiet">{day}</span>
          </output>
          <Equity equity={data?.state?.desk.equity} start={start} />
        </div>
        <Timeline
          points={curve.points}
          start={start ?? 0}
          from={from}
          to={to}
          at={at}
          onChange={(next) => {
            player.pause()
            setChosen(next)
          }}
        />
      </section>
      {error ? <ErrorNote error={error} /> : null}
      {data?.state ? (
        <ReplayDesk state={data.state} seq={data.seq ?? 0} />
      ) : (
        <section className="card">
          {data && !isFetching && data.record.isWhole ? (
            <p className="empty">{say('아직 거래일이 시작되기 전입니다', 'The day had not begun yet')}</p>
          ) : (
            <Loading />
          )}
        </section>
      )}
    </div>
  )
}

function Equity({
  equity,
  start,
}: {
  readonly equity: number | undefined
  readonly start: number | undefined
}) {
  const say = useSay()
  if (equity === undefined) return null
  const gain = start === undefined ? 0 : equity - start
  return (
    <span className="replay-equity push">
      <span className="quiet">{say('평가금액', 'Equity')}</span> <strong>{won(equity)}</strong>{' '}
      <span className={direction(gain)}>
        {signed(gain)} ({signedPercent(start ? gain / start : 0)})
      </span>
    </span>
  )
}

/** Moves the instant on while it plays, never further ahead than what has been fetched. */
function usePlayer(props: {
  readonly at: number
  readonly to: number
  readonly speed: Speed
  readonly isWaiting: boolean
  readonly onMove: (at: number) => void
}) {
  const [isPlaying, setPlaying] = useState(false)
  const now = useRef(props)
  now.current = props
  useEffect(() => {
    if (!isPlaying) return
    let last = performance.now()
    const timer = setInterval(() => {
      const elapsed = performance.now() - last
      last += elapsed
      const { at, to, speed, isWaiting, onMove } = now.current
      if (isWaiting) return
      const next = played(at, elapsed, speed, to)
      onMove(next.at)
      if (next.ended) setPlaying(false)
    }, TICK_MS)
    return () => clearInterval(timer)
  }, [isPlaying])
  const toggle = () => {
    if (!isPlaying && props.at >= props.to) return
    setPlaying(!isPlaying)
  }
  return { isPlaying, toggle, pause: () => setPlaying(false) }
}

function Timeline(props: {
  readonly points: Parameters<typeof drawing>[0]
  readonly start: number
  readonly from: number
  readonly to: number
  readonly at: number
  readonly onChange: (at: number) => void
}) {
  const say = useSay()
  const { points, start, from, to, at } = props
  const shape = useMemo(() => drawing(points, start, from, to), [points, start, from, to])
  const share = to > from ? (at - from) / (to - from) : 0
  return (
    <div className="replay-line">
      {shape && (
        <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true" focusable="false">
          <path className="replay-area" d={shape.area} />
          <line className="replay-zero" x1={0} x2={1_000} y1={shape.zero * 1_000} y2={shape.zero * 1_000} />
          <path className="replay-curve" d={shape.line} />
          <rect
            className="replay-ahead"
            x={share * 1_000}
            y={0}
            width={1_000 - share * 1_000}
            height={1_000}
          />
        </svg>
      )}
      <input
        type="range"
        aria-label={say('시각', 'Instant')}
        aria-valuetext={clockText(at)}
        min={from}
        max={to}
        step={1_000}
        value={at}
        onChange={(event) => props.onChange(Number(event.target.value))}
      />
      <div className="replay-ends" aria-hidden="true">
        <span>{minuteText(from)}</span>
        <span>{minuteText((from + to) / 2)}</span>
        <span>{minuteText(to)}</span>
      </div>
    </div>
  )
}
