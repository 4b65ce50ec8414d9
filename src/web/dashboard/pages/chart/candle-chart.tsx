import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type {
  BarMessage,
  ChartInterval,
  IndicatorsMessage,
  InstrumentMessage,
} from '../../../contract/chart.ts'
import type { OrderMessage } from '../../../contract/live.ts'
import { clockText, count, dayText, minuteText } from '../../state/numbers.ts'
import { usePreferences } from '../../state/preferences.ts'
import { useSay } from '../../state/say.ts'
import { type CandleCanvas, createCandleCanvas } from './candle-canvas.ts'
import { lineColour, readColours } from './colours.ts'
import { nearestTick, tickAt } from './ladder-view.ts'
import type { Bars } from './use-chart.ts'
import { type Band, barStart, type FillMark, INDICATORS, INTERVALS, type PriceLine } from './view.ts'

export interface CandleChartProps {
  readonly name: string
  readonly interval: ChartInterval
  readonly onInterval: (interval: ChartInterval) => void
  readonly bars: Bars
  readonly indicators: IndicatorsMessage | undefined
  readonly lines: readonly PriceLine[]
  readonly marks: readonly FillMark[]
  readonly bands: readonly Band[]
  readonly instrument: InstrumentMessage | undefined
  /** Where the forming bar is told as it changes, past React. */
  readonly feed: { current: ((bar: BarMessage) => void) | undefined }
  /** A working order's line was taken, and left at that price. */
  readonly onMove: (order: OrderMessage, price: number) => void
}

/** So near a line it can be taken. */
const GRIP_PX = { mouse: 6, touch: 14 } as const
/** A line that moved less was clicked. */
const CLICK_PX = 3

/** A canvas is moved by keys, so it has to take focus. */
const FOCUSABLE = { tabIndex: 0 } as const

export function CandleChart(props: CandleChartProps) {
  const say = useSay()
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<CandleCanvas | undefined>(undefined)
  const [hovered, setHovered] = useState<BarMessage | undefined>(undefined)
  const [forming, setForming] = useState<BarMessage | undefined>(undefined)
  const language = usePreferences((preferences) => preferences.language)
  const { bars, interval, instrument, feed } = props

  useEffect(() => {
    if (!box.current) return
    const made = createCandleCanvas(box.current, readColours(box.current))
    canvas.current = made
    made.onHover(setHovered)
    feed.current = (bar) => {
      made.setRunning(bar)
      setForming(bar)
    }
    const page = new MutationObserver(() => box.current && made.setColours(readColours(box.current)))
    page.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['data-theme', 'data-colours'],
    })
    return () => {
      page.disconnect()
      feed.current = undefined
      canvas.current = undefined
      made.remove()
    }
  }, [feed])

  useEffect(() => {
    canvas.current?.setBars(bars.closed, bars.running)
    setForming(bars.running)
  }, [bars.closed, bars.running])
  useEffect(() => {
    canvas.current?.setIndicators(props.indicators ?? { at: [], lines: [] })
  }, [props.indicators])
  const last = bars.closed.at(-1)?.close ?? 0
  useEffect(() => {
    if (instrument && last > 0) canvas.current?.setStep(tickAt(instrument.ticks, last))
  }, [instrument, last])
  useEffect(() => canvas.current?.setLines(props.lines, language), [props.lines, language])
  useEffect(() => {
    const from = bars.closed[0]?.at ?? Number.POSITIVE_INFINITY
    const placed = props.marks.map((mark) => ({ ...mark, barAt: barStart(mark.at, interval) }))
    canvas.current?.setMarks(placed.filter(({ barAt }) => barAt >= from))
  }, [props.marks, interval, bars.closed])
  useEffect(() => canvas.current?.setBands(props.bands), [props.bands])

  const drag = useOrderDrag(canvas, props)
  const shown = hovered ?? forming ?? bars.closed.at(-1)
  return (
    <div className="candle-chart">
      <Legend bar={shown} interval={interval} indicators={props.indicators} />
      <section
        className="candle-box"
        {...FOCUSABLE}
        aria-label={say(
          `${props.name} 차트. 화살표로 이동·확대, 1–8로 봉 간격, 아래 표에 숫자가 있습니다`,
          `Chart of ${props.name}. Arrows move and zoom, 1–8 choose the interval, the numbers are in the table below`,
        )}
        onKeyDown={(event) => onKey(event, canvas.current, props.onInterval)}
        onPointerDownCapture={drag.onDown}
        onPointerMove={drag.onMove}
        onPointerUp={drag.onUp}
        onPointerCancel={drag.onCancel}
      >
        <div ref={box} className="candle-canvas" aria-hidden="true" />
      </section>
      <BarTable bars={bars} forming={forming} interval={interval} />
    </div>
  )
}

function onKey(
  event: KeyboardEvent,
  canvas: CandleCanvas | undefined,
  choose: (interval: ChartInterval) => void,
): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const chosen = /^[1-8]$/.test(event.key) ? INTERVALS[Number(event.key) - 1]?.[0] : undefined
  if (chosen) choose(chosen)
  else if (event.key === 'ArrowLeft') canvas?.scroll(event.shiftKey ? -30 : -5)
  else if (event.key === 'ArrowRight') canvas?.scroll(event.shiftKey ? 30 : 5)
  else if (event.key === 'ArrowUp') canvas?.zoom(1.25)
  else if (event.key === 'ArrowDown') canvas?.zoom(0.8)
  else if (event.key === 'End') canvas?.toNewest()
  else return
  event.preventDefault()
}

type Pointer = React.PointerEvent<HTMLElement>

/** A working order's line can be taken and left at another price; nothing is ordered before the sheet says so. */
function useOrderDrag(canvas: { readonly current: CandleCanvas | undefined }, props: CandleChartProps) {
  const held = useRef<{ readonly line: PriceLine; readonly fromY: number; price: number } | undefined>(
    undefined,
  )
  const yOf = (event: Pointer) => event.clientY - event.currentTarget.getBoundingClientRect().top
  const lineAt = (event: Pointer): PriceLine | undefined => {
    const grip = event.pointerType === 'mouse' ? GRIP_PX.mouse : GRIP_PX.touch
    return props.lines.find(({ order, price }) => {
      const y = order && canvas.current?.yOf(price)
      return y !== undefined && Math.abs(y - yOf(event)) <= grip
    })
  }
  const end = () => {
    held.current = undefined
    canvas.current?.holdLine(undefined)
    canvas.current?.setHeld(false)
  }
  return {
    onDown: (event: Pointer) => {
      const line = event.button === 0 ? lineAt(event) : undefined
      if (!line) return
      canvas.current?.setHeld(true)
      event.currentTarget.setPointerCapture(event.pointerId)
      held.current = { line, fromY: yOf(event), price: line.price }
    },
    onMove: (event: Pointer) => {
      const moving = held.current
      if (!moving) {
        event.currentTarget.style.cursor = event.pointerType === 'mouse' && lineAt(event) ? 'ns-resize' : ''
        return
      }
      const price = canvas.current?.priceAt(yOf(event))
      if (price === undefined || price <= 0) return
      moving.price = nearestTick(props.instrument?.ticks ?? [], Math.round(price))
      canvas.current?.holdLine({ key: moving.line.key, price: moving.price })
    },
    onUp: (event: Pointer) => {
      const moved = held.current
      if (!moved) return
      end()
      const isClick = Math.abs(yOf(event) - moved.fromY) <= CLICK_PX
      if (moved.line.order) props.onMove(moved.line.order, isClick ? moved.line.price : moved.price)
    },
    onCancel: end,
  }
}

function Legend(props: {
  readonly bar: BarMessage | undefined
  readonly interval: ChartInterval
  readonly indicators: IndicatorsMessage | undefined
}) {
  const say = useSay()
  const { bar, indicators, interval } = props
  const names = [...new Set((indicators?.lines ?? []).map(({ name }) => name))]
  const tone = bar && bar.close !== bar.open ? (bar.close > bar.open ? 'up' : 'down') : ''
  return (
    <div className="legend" aria-hidden="true">
      {bar && (
        <>
          <span className="quiet">{interval === '1d' ? dayText(bar.at).slice(5) : minuteText(bar.at)}</span>
          {(
            [
              [say('시', 'O'), bar.open],
              [say('고', 'H'), bar.high],
              [say('저', 'L'), bar.low],
              [say('종', 'C'), bar.close],
            ] as const
          ).map(([label, value]) => (
            <span key={label}>
              <i>{label}</i> <b className={tone}>{count(value)}</b>
            </span>
          ))}
          <span>
            <i>{say('거래량', 'Vol')}</i> <b>{count(bar.volume)}</b>
          </span>
        </>
      )}
      {names.map((name) => {
        const row = INDICATORS.find(([each]) => each === name)
        return (
          <span key={name} className="legend-line">
            <span className="swatch" style={{ background: lineColour(name, name) }} />
            {row && say(row[1], row[2])}
          </span>
        )
      })}
    </div>
  )
}

const TABLE_ROWS = 20
const COLUMNS = ['open', 'high', 'low', 'close', 'volume'] as const

/** The newest bars as numbers, for those who do not see a canvas. */
function BarTable(props: {
  readonly bars: Bars
  readonly forming: BarMessage | undefined
  readonly interval: ChartInterval
}) {
  const say = useSay()
  const { bars, forming, interval } = props
  const rows = useMemo(
    () =>
      [...bars.closed.slice(-TABLE_ROWS), ...(forming ? [forming] : [])]
        .filter((bar, index, all) => all.findIndex(({ at }) => at === bar.at) === index)
        .reverse(),
    [bars.closed, forming],
  )
  const [open, setOpen] = useState(false)
  return (
    <details className="bar-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say('봉을 숫자로 보기', 'Bars as numbers')}</summary>
      {open && (
        <div className="table-wrap">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{say('시각', 'Time')}</th>
                {[
                  say('시가', 'Open'),
                  say('고가', 'High'),
                  say('저가', 'Low'),
                  say('종가', 'Close'),
                  say('거래량', 'Volume'),
                ].map((label) => (
                  <th key={label} scope="col" className="number">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((bar) => (
                <tr key={bar.at}>
                  <th scope="row">{interval === '1d' ? dayText(bar.at) : clockText(bar.at).slice(0, 5)}</th>
                  {COLUMNS.map((column) => (
                    <td key={column} className="number">
                      {count(bar[column])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  )
}
