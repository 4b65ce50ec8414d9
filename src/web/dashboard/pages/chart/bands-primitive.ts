import type {
  IChartApi,
  IPrimitivePaneRenderer,
  IPrimitivePaneView,
  ISeriesPrimitive,
  SeriesAttachedParameter,
  Time,
  UTCTimestamp,
} from 'lightweight-charts'
import { type ChartColours, faded } from './colours.ts'
import { type Band, chartTime } from './view.ts'

/** The shaded stretches behind the candles. The axis has no room for hours without bars, so a band covers the bars it holds. */
export interface Bands extends ISeriesPrimitive<Time> {
  show(bands: readonly Band[], times: readonly number[], colours: ChartColours): void
}

/** A narrower band has no room for its name. */
const NARROW_PX = 24

interface Stretch {
  readonly from: number
  readonly to: number
  readonly band: Band
}

export function createBands(): Bands {
  let chart: IChartApi | undefined
  let update: (() => void) | undefined
  let stretches: readonly Stretch[] = []
  let colours: ChartColours | undefined

  const renderer: IPrimitivePaneRenderer = {
    draw: () => undefined,
    drawBackground: (target) =>
      target.useMediaCoordinateSpace(({ context, mediaSize }) => {
        if (chart && colours) paint(context, mediaSize.height, chart.timeScale(), stretches, colours)
      }),
  }
  const views: readonly IPrimitivePaneView[] = [{ zOrder: () => 'bottom', renderer: () => renderer }]

  return {
    attached: (attached: SeriesAttachedParameter<Time>) => {
      chart = attached.chart as IChartApi
      update = attached.requestUpdate
    },
    detached: () => {
      chart = undefined
    },
    paneViews: () => views,
    show: (bands, times, theirs) => {
      colours = theirs
      stretches = bands.flatMap((band) => stretchOf(band, times))
      update?.()
    },
  }
}

function paint(
  context: CanvasRenderingContext2D,
  height: number,
  scale: ReturnType<IChartApi['timeScale']>,
  stretches: readonly Stretch[],
  colours: ChartColours,
): void {
  const half = scale.options().barSpacing / 2
  const isEnglish = document.documentElement.lang === 'en'
  for (const { from, to, band } of stretches) {
    const [left, right] = [from, to].map((time) => scale.timeToCoordinate(time as UTCTimestamp))
    if (left == null || right == null) continue
    const width = right - left + 2 * half
    context.fillStyle = fillOf(band, colours)
    context.fillRect(left - half, 0, width, height)
    if (width < NARROW_PX) continue
    context.fillStyle = colours.faint
    context.font = `11px ${colours.font}`
    context.fillText(isEnglish ? band.name.en : band.name.ko, left - half + 4, 14)
  }
}

/** `times` in the seconds of the chart, rising. */
function stretchOf(band: Band, times: readonly number[]): readonly Stretch[] {
  const [begin, end] = [chartTime(band.from), chartTime(band.to)]
  const from = times.find((time) => time >= begin)
  const to = times.findLast((time) => time < end)
  return from === undefined || to === undefined || from > to ? [] : [{ from, to, band }]
}

function fillOf({ kind }: Band, { accent, warn, faint }: ChartColours): string {
  switch (kind) {
    case 'auction':
      return faded(accent, 0.1)
    case 'after':
      return faded(faint, 0.08)
    case 'vi':
      return faded(warn, 0.16)
    default:
      return kind satisfies never
  }
}
