import { escaped } from './format.ts'

/** Charts as SVG text: they need no script, print as sharp as text, and look the same in ten years. */

export const WIDTH = 960
const [LEFT, RIGHT, TOP, BOTTOM] = [72, 12, 12, 26]
/** More points than this cannot be seen on a screen; of each bucket the lowest and the highest stay. */
const MOST_POINTS = 1_200

export interface Line {
  readonly name: string
  readonly values: ArrayLike<number>
  /** A class of the page's style sheet. */
  readonly kind: 'ours' | 'theirs' | 'below'
}

interface Frame {
  readonly height: number
  readonly labels: readonly string[]
  readonly format: (value: number) => string
}

/** Lines over time, one point for each label. `below` is filled down from zero. */
export function lineChart(lines: readonly Line[], { height, labels, format }: Frame): string {
  const count = labels.length
  if (count < 2) return ''
  const [least, most] = rangeOf(lines)
  const x = (i: number) => LEFT + ((WIDTH - LEFT - RIGHT) * i) / (count - 1)
  const y = heights(least, most, height)
  const grid = gridLines(least, most, y, format)
  const drawn = lines.map(({ values, kind }) => {
    const points = thinned(values).map((i) => `${px(x(i))},${px(y(values[i] as number))}`)
    if (kind !== 'below') return `<polyline class="${kind}" points="${points.join(' ')}"/>`
    return `<polygon class="below" points="${px(x(0))},${px(y(0))} ${points.join(' ')} ${px(x(values.length - 1))},${px(y(0))}"/>`
  })
  return svg(height, [...grid, ...timeTicks(labels, x, height), ...drawn])
}

export interface Candle {
  readonly label: string
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
}

export interface Mark {
  /** Which candle. */
  readonly at: number
  readonly side: 'buy' | 'sell'
  readonly price: number
  readonly text: string
}

/** Candles in Korean colours (up red, down blue), with our trades on them. */
export function candleChart(
  candles: readonly Candle[],
  marks: readonly Mark[],
  { height, format }: Omit<Frame, 'labels'>,
): string {
  if (candles.length < 2) return ''
  const least = Math.min(...candles.map(({ low }) => low))
  const most = Math.max(...candles.map(({ high }) => high))
  const step = (WIDTH - LEFT - RIGHT) / candles.length
  const x = (i: number) => LEFT + step * (i + 0.5)
  const y = heights(least, most, height)
  const grid = gridLines(least, most, y, format)
  const bodies = candles.map(({ open, high, low, close }, i) => {
    const kind = close >= open ? 'up' : 'down'
    const [top, bottom] = [y(Math.max(open, close)), y(Math.min(open, close))]
    const width = Math.max(1, step * 0.7)
    return `<g class="${kind}"><line x1="${px(x(i))}" x2="${px(x(i))}" y1="${px(y(high))}" y2="${px(y(low))}"/><rect x="${px(x(i) - width / 2)}" y="${px(top)}" width="${px(width)}" height="${px(Math.max(1, bottom - top))}"/></g>`
  })
  const arrows = marks.map(({ at, side, price, text }) => {
    const [centre, tip] = [x(at), y(price)]
    const tail = side === 'buy' ? 11 : -11
    return `<path class="${side}" d="M${px(centre)},${px(tip)} l-6,${tail} l12,0 z"><title>${escaped(text)}</title></path>`
  })
  const labels = candles.map(({ label }) => label)
  return svg(height, [...grid, ...timeTicks(labels, x, height), ...bodies, ...arrows])
}

/** How often values fall between the edges; losses and gains in their colours. */
export function histogram(values: readonly number[], { height, format }: Omit<Frame, 'labels'>): string {
  if (values.length === 0) return ''
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const bins = Math.max(1, Math.min(40, Math.ceil(Math.sqrt(values.length) * 2)))
  const width = most > least ? (most - least) / bins : 1
  const counts = new Array<number>(bins).fill(0)
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor((value - least) / width))
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  const tallest = Math.max(...counts)
  const step = (WIDTH - LEFT - RIGHT) / bins
  const bars = counts.map((count, bin) => {
    const tall = ((height - TOP - BOTTOM) * count) / tallest
    const [from, to] = [least + bin * width, least + (bin + 1) * width]
    const kind = (from + to) / 2 >= 0 ? 'up' : 'down'
    return `<g class="${kind}"><rect x="${px(LEFT + step * bin + 1)}" y="${px(height - BOTTOM - tall)}" width="${px(Math.max(1, step - 2))}" height="${px(tall)}"><title>${escaped(`${format(from)} – ${format(to)}: ${count}`)}</title></rect></g>`
  })
  const ticks = [least, (least + most) / 2, most].map((value, i) => {
    const at = LEFT + ((WIDTH - LEFT - RIGHT) * i) / 2
    const anchor = i === 0 ? 'start' : i === 1 ? 'middle' : 'end'
    return `<text class="tick" x="${px(at)}" y="${height - 8}" text-anchor="${anchor}">${escaped(format(value))}</text>`
  })
  return svg(height, [
    `<text class="tick" x="${LEFT - 6}" y="${TOP + 10}" text-anchor="end">${tallest}</text>`,
    ...bars,
    ...ticks,
  ])
}

/** Where a value stands: the largest at the top. */
const heights =
  (least: number, most: number, height: number) =>
  (value: number): number =>
    TOP + (height - TOP - BOTTOM) * (most === least ? 0.5 : 1 - (value - least) / (most - least))

const gridLines = (
  least: number,
  most: number,
  y: (value: number) => number,
  format: (value: number) => string,
): readonly string[] =>
  niceSteps(least, most).map(
    (value) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${px(y(value))}" y2="${px(y(value))}"/><text class="tick" x="${LEFT - 6}" y="${px(y(value) + 4)}" text-anchor="end">${escaped(format(value))}</text>`,
  )

/** A coordinate: a tenth of a pixel is fine enough. */
export const px = (value: number): string => value.toFixed(1)

/** A drawing as wide as every chart, in the page's colours. */
export const svg = (height: number, parts: readonly string[]): string =>
  `<div class="scroll"><svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" preserveAspectRatio="xMidYMid meet">${parts.join('')}</svg></div>`

function rangeOf(lines: readonly Line[]): readonly [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { values, kind } of lines) {
    if (kind === 'below') most = Math.max(most, 0)
    for (let i = 0; i < values.length; i++) {
      least = Math.min(least, values[i] as number)
      most = Math.max(most, values[i] as number)
    }
  }
  return [least, most]
}

/** Round numbers inside the range, four or five of them. */
function niceSteps(least: number, most: number): readonly number[] {
  if (!(most > least)) return [least]
  const rough = (most - least) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((n) => n * power).find((each) => each >= rough) ?? rough
  const found: number[] = []
  for (let value = Math.ceil(least / step) * step; value <= most + step * 1e-9; value += step)
    found.push(Math.abs(value) < step * 1e-9 ? 0 : value)
  return found
}

/** Where which part of the label first changes: a year, a month or a day, as many as have room. */
function timeTicks(labels: readonly string[], x: (i: number) => number, height: number): readonly string[] {
  for (const length of [4, 7, 10, 16]) {
    const at = labels.flatMap((label, i) =>
      i > 0 && label.slice(0, length) !== labels[i - 1]?.slice(0, length) ? [i] : [],
    )
    if (at.length < 3 && length < 16) continue
    const every = Math.ceil(at.length / 12)
    return at
      .filter((_, n) => n % every === 0)
      .map(
        (i) =>
          `<text class="tick" x="${px(x(i))}" y="${height - 8}" text-anchor="middle">${escaped((labels[i] ?? '').slice(0, length))}</text>`,
      )
  }
  return []
}

/** Places of the points worth drawing. */
function thinned(values: ArrayLike<number>): readonly number[] {
  const count = values.length
  if (count <= MOST_POINTS) return Array.from({ length: count }, (_, i) => i)
  const kept: number[] = [0]
  const buckets = MOST_POINTS / 2
  for (let bucket = 0; bucket < buckets; bucket++) {
    const [from, to] = [Math.floor((bucket * count) / buckets), Math.floor(((bucket + 1) * count) / buckets)]
    let [low, high] = [from, from]
    for (let i = from; i < to; i++) {
      if ((values[i] as number) < (values[low] as number)) low = i
      if ((values[i] as number) > (values[high] as number)) high = i
    }
    kept.push(...(low === high ? [low] : [Math.min(low, high), Math.max(low, high)]))
  }
  kept.push(count - 1)
  return kept
}
