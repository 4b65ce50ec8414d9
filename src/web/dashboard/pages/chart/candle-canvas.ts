import {
  CandlestickSeries,
  CrosshairMode,
  createChart,
  createSeriesMarkers,
  HistogramSeries,
  type IPriceLine,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  type LineWidth,
  type SeriesMarker,
  TickMarkType,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts'
import type { BarMessage, IndicatorsMessage } from '../../../contract/chart.ts'
import { count } from '../../state/numbers.ts'
import type { Language } from '../../state/preferences.ts'
import { createBands } from './bands-primitive.ts'
import { type ChartColours, faded, lineColour } from './colours.ts'
import { type Band, chartTime, type FillMark, type PriceLine } from './view.ts'

export interface CandleCanvas {
  setBars(bars: readonly BarMessage[], running: BarMessage | undefined): void
  setRunning(bar: BarMessage): void
  setIndicators(lines: IndicatorsMessage): void
  setLines(lines: readonly PriceLine[], language: Language): void
  /** Draws one line elsewhere while it is held; `undefined`: all where they belong. */
  holdLine(held: { readonly key: string; readonly price: number } | undefined): void
  setMarks(marks: readonly (FillMark & { readonly barAt: number })[]): void
  setBands(bands: readonly Band[]): void
  setColours(colours: ChartColours): void
  setStep(priceStep: number): void
  /** The bar under the crosshair; `undefined` when it leaves. */
  onHover(hear: (bar: BarMessage | undefined) => void): void
  priceAt(y: number): number | undefined
  yOf(price: number): number | undefined
  /** While something else is dragged the chart stays where it is. */
  setHeld(isHeld: boolean): void
  scroll(bars: number): void
  zoom(factor: number): void
  toNewest(): void
  remove(): void
}

const time = (at: number) => chartTime(at) as UTCTimestamp
const RIGHT_OFFSET = 6
/** Of more trades than this the arrows alone are shown. */
const MOST_LABELLED = 12

/** The one place that speaks to the chart library: candles, volume, lines and marks on a canvas. */
export function createCandleCanvas(container: HTMLElement, first: ChartColours): CandleCanvas {
  let colours = first
  let byTime = new Map<number, BarMessage>()
  let times: number[] = []
  let bands: readonly Band[] = []
  let indicators: IndicatorsMessage | undefined
  let lines: readonly PriceLine[] = []
  let held: { readonly key: string; readonly price: number } | undefined
  let language: Language = 'ko'
  let marks: readonly (FillMark & { readonly barAt: number })[] = []
  const indicatorSeries = new Map<string, ISeriesApi<'Line'> | ISeriesApi<'Histogram'>>()
  const priceLines = new Map<string, IPriceLine>()
  const chart = createChart(container, {
    autoSize: true,
    layout: { attributionLogo: false, panes: { enableResize: true } },
    localization: {
      locale: 'ko-KR',
      timeFormatter: (at: Time) => hoverText(at as number),
    },
    crosshair: { mode: CrosshairMode.Normal },
    timeScale: {
      rightOffset: RIGHT_OFFSET,
      timeVisible: true,
      secondsVisible: false,
      barSpacing: 7,
      tickMarkFormatter: (at: Time, kind: TickMarkType) => axisText(at as number, kind),
    },
    rightPriceScale: { scaleMargins: { top: 0.06, bottom: 0.2 } },
  })
  const candles = chart.addSeries(CandlestickSeries, {
    priceFormat: { type: 'custom', formatter: count, minMove: 1 },
  })
  const volumes = chart.addSeries(HistogramSeries, {
    priceScaleId: 'volume',
    priceFormat: { type: 'volume' },
    lastValueVisible: false,
    priceLineVisible: false,
  })
  chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.84, bottom: 0 } })
  const markers = createSeriesMarkers(candles, [])
  const shading = createBands()
  candles.attachPrimitive(shading)

  const candle = (bar: BarMessage) => {
    const { open, high, low, close } = bar
    return { time: time(bar.at), open, high, low, close }
  }
  const volume = (bar: BarMessage) => ({
    time: time(bar.at),
    value: bar.volume,
    color: faded(bar.close >= bar.open ? colours.up : colours.down, 0.4),
  })
  const drawBands = () => shading.show(bands, times, colours)
  const remember = (bar: BarMessage) => {
    const at = chartTime(bar.at)
    if (!byTime.has(at)) times.push(at)
    byTime.set(at, bar)
  }

  const drawIndicators = () => {
    const wanted = new Set<string>()
    for (const line of indicators?.lines ?? []) {
      const key = `${line.name}.${line.line}`
      wanted.add(key)
      const series = indicatorSeries.get(key) ?? addIndicator(key, line)
      series.applyOptions({ color: lineColour(line.name, line.line) })
      const at = indicators?.at ?? []
      const data = line.values.map((value, index) => ({ time: time(at[line.from + index] ?? 0), value }))
      if (line.line !== 'histogram') series.setData(data)
      else
        series.setData(
          data.map((point) => ({
            ...point,
            color: faded(point.value >= 0 ? colours.up : colours.down, 0.5),
          })),
        )
    }
    for (const [key, series] of indicatorSeries) {
      if (wanted.has(key)) continue
      chart.removeSeries(series)
      indicatorSeries.delete(key)
    }
  }

  const addIndicator = (key: string, { pane, line }: IndicatorsMessage['lines'][number]) => {
    const options = {
      lastValueVisible: pane !== 'price',
      priceLineVisible: false,
      crosshairMarkerVisible: false,
      priceFormat: { type: 'price', precision: pane === 'price' ? 0 : 2, minMove: 0.01 } as const,
    }
    const index = pane === 'price' ? 0 : paneIndexOf(pane)
    const series =
      line === 'histogram'
        ? chart.addSeries(HistogramSeries, options, index)
        : chart.addSeries(
            LineSeries,
            { ...options, lineWidth: (line === 'middle' ? 1 : 1.5) as LineWidth },
            index,
          )
    indicatorSeries.set(key, series)
    if (pane === 'rsi')
      for (const price of [30, 70])
        series.createPriceLine({
          price,
          color: colours.line,
          lineStyle: LineStyle.Dashed,
          lineWidth: 1,
          axisLabelVisible: false,
        })
    chart.panes()[index]?.setStretchFactor(index === 0 ? 1 : 0.24)
    chart.panes()[0]?.setStretchFactor(1)
    return series
  }

  /** RSI and MACD have a pane each, in the order in which they were chosen. */
  const paneIndexOf = (pane: 'rsi' | 'macd'): number => {
    const own = pane === 'rsi' ? ['rsi.rsi'] : ['macd.macd', 'macd.signal', 'macd.histogram']
    for (const key of own) {
      const index = indicatorSeries.get(key)?.getPane().paneIndex()
      if (index !== undefined) return index
    }
    return chart.panes().length
  }

  const drawLines = () => {
    const wanted = new Set(lines.map(({ key }) => key))
    for (const [key, line] of priceLines) {
      if (wanted.has(key)) continue
      candles.removePriceLine(line)
      priceLines.delete(key)
    }
    for (const { key, kind, title, ...line } of lines) {
      const price = held?.key === key ? held.price : line.price
      const options = { price, title: title[language], ...styleOf(kind, colours) }
      const drawn = priceLines.get(key)
      if (drawn) drawn.applyOptions(options)
      else priceLines.set(key, candles.createPriceLine({ ...options, axisLabelVisible: true }))
    }
  }

  const drawMarks = () => {
    const hasRoom = marks.length <= MOST_LABELLED
    markers.setMarkers(
      marks.map(
        ({ barAt, side, price, quantity }): SeriesMarker<Time> => ({
          time: time(barAt),
          position: side === 'buy' ? 'belowBar' : 'aboveBar',
          shape: side === 'buy' ? 'arrowUp' : 'arrowDown',
          color: side === 'buy' ? colours.up : colours.down,
          text: hasRoom ? `${count(quantity)} @ ${count(Math.round(price))}` : '',
        }),
      ),
    )
  }

  const applyColours = () => {
    chart.applyOptions({
      layout: {
        background: { color: colours.surface },
        textColor: colours.faint,
        fontFamily: colours.font,
        fontSize: 11,
        panes: { separatorColor: colours.line, separatorHoverColor: faded(colours.accent, 0.3) },
      },
      grid: {
        vertLines: { color: faded(colours.line, 0.5) },
        horzLines: { color: faded(colours.line, 0.5) },
      },
      rightPriceScale: { borderColor: colours.line },
      timeScale: { borderColor: colours.line },
      crosshair: {
        vertLine: { color: colours.faint, labelBackgroundColor: colours.text },
        horzLine: { color: colours.faint, labelBackgroundColor: colours.text },
      },
    })
    const { up, down } = colours
    candles.applyOptions({
      upColor: up,
      downColor: down,
      borderUpColor: up,
      borderDownColor: down,
      wickUpColor: up,
      wickDownColor: down,
    })
    volumes.setData(times.flatMap((at) => byTime.get(at) ?? []).map(volume))
    drawIndicators()
    drawLines()
    drawMarks()
    drawBands()
  }
  applyColours()

  return {
    setBars: (bars, running) => {
      byTime = new Map()
      times = []
      for (const bar of running ? [...bars, running] : bars) remember(bar)
      const shown = times.flatMap((at) => byTime.get(at) ?? [])
      candles.setData(shown.map(candle))
      volumes.setData(shown.map(volume))
      drawBands()
    },
    setRunning: (bar) => {
      if (chartTime(bar.at) < (times.at(-1) ?? 0)) return
      remember(bar)
      candles.update(candle(bar))
      volumes.update(volume(bar))
    },
    setIndicators: (lines) => {
      indicators = lines
      drawIndicators()
    },
    setLines: (next, theirs) => {
      lines = next
      language = theirs
      drawLines()
    },
    holdLine: (next) => {
      held = next
      drawLines()
    },
    setMarks: (next) => {
      marks = next
      drawMarks()
    },
    setBands: (next) => {
      bands = next
      drawBands()
    },
    setColours: (next) => {
      colours = next
      applyColours()
    },
    setStep: (minMove) =>
      candles.applyOptions({ priceFormat: { type: 'custom', formatter: count, minMove } }),
    onHover: (hear) =>
      chart.subscribeCrosshairMove(({ time: at }) =>
        hear(at === undefined ? undefined : byTime.get(at as number)),
      ),
    priceAt: (y) => candles.coordinateToPrice(y) ?? undefined,
    yOf: (price) => candles.priceToCoordinate(price) ?? undefined,
    setHeld: (isHeld) => chart.applyOptions({ handleScroll: !isHeld, handleScale: !isHeld }),
    scroll: (bars) => chart.timeScale().scrollToPosition(chart.timeScale().scrollPosition() + bars, false),
    zoom: (factor) => {
      const { barSpacing } = chart.timeScale().options()
      chart.timeScale().applyOptions({ barSpacing: Math.min(40, Math.max(1, barSpacing * factor)) })
    },
    toNewest: () => chart.timeScale().scrollToPosition(RIGHT_OFFSET, false),
    remove: () => chart.remove(),
  }
}

function styleOf(kind: PriceLine['kind'], colours: ChartColours) {
  const [dashed, dotted, solid] = [LineStyle.Dashed, LineStyle.Dotted, LineStyle.Solid]
  const style = (color: string, lineStyle: LineStyle, lineWidth: LineWidth = 1) => ({
    color,
    lineStyle,
    lineWidth,
  })
  switch (kind) {
    case 'buyOrder':
      return style(colours.up, solid, 2)
    case 'sellOrder':
      return style(colours.down, solid, 2)
    case 'stop':
      return style(colours.bad, dashed)
    case 'brokerStop':
      return style(colours.bad, dotted)
    case 'target':
      return style(colours.good, dashed)
    case 'average':
      return style(colours.accent, dashed)
    case 'expected':
      return style(colours.warn, dashed)
    case 'high':
    case 'base':
      return style(colours.faint, dotted)
    default:
      return kind satisfies never
  }
}

/** Seconds of the chart are Korean time already: `2026-11-20T09:05:00.000Z` is five past nine in Seoul. */
const kst = (seconds: number): string => new Date(seconds * 1_000).toISOString()

/** 2026 · 11-20 · 09:05 */
function axisText(seconds: number, kind: TickMarkType): string {
  if (kind === TickMarkType.Year) return kst(seconds).slice(0, 4)
  const isDay = kind === TickMarkType.Month || kind === TickMarkType.DayOfMonth
  return isDay ? kst(seconds).slice(5, 10) : kst(seconds).slice(11, 16)
}

/** `11-20 09:05`; a day bar has no time. */
function hoverText(seconds: number): string {
  const text = kst(seconds)
  const minute = text.slice(11, 16)
  return minute === '00:00' ? text.slice(0, 10) : `${text.slice(5, 10)} ${minute}`
}
