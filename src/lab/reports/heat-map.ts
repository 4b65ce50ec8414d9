import { px, svg, WIDTH } from './charts.ts'
import { escaped } from './format.ts'

export interface HeatCell {
  readonly value: number
  /** Shown when a pointer rests on it. */
  readonly note: string
}

export interface HeatMapInput {
  readonly across: { readonly name: string; readonly labels: readonly string[] }
  /** Absent: a single row. */
  readonly up?: { readonly name: string; readonly labels: readonly string[] }
  /** Row by row, the first at the bottom; a cell without a value is left blank. */
  readonly rows: readonly (readonly (HeatCell | undefined)[])[]
  /** Column and row of the cell that is framed. */
  readonly best?: readonly [column: number, row: number]
  readonly format: (value: number) => string
}

const [LEFT, RIGHT, TOP, BOTTOM] = [96, 12, 10, 46]
const [LEAST_ROW, MOST_ROW, HEIGHT] = [22, 44, 420]
/** Narrower cells have no room for their number. */
const ROOM_FOR_TEXT = 34

/** Cells in the colours of gain and loss, full at the value that is largest either way. */
export function heatMap({ across, up, rows, best, format }: HeatMapInput): string {
  const values = rows.flatMap((row) => row.flatMap((cell) => (cell ? [Math.abs(cell.value)] : [])))
  if (values.length === 0) return ''
  const most = values.reduce((most, value) => Math.max(most, value), 0)
  const wide = (WIDTH - LEFT - RIGHT) / across.labels.length
  const tall = Math.min(MOST_ROW, Math.max(LEAST_ROW, HEIGHT / rows.length))
  const bottom = TOP + tall * rows.length
  const [x, y] = [(column: number) => LEFT + wide * column, (row: number) => bottom - tall * (row + 1)]
  const cells = rows.flatMap((row, at) =>
    row.map((cell, column) => {
      if (!cell) return ''
      const text =
        wide >= ROOM_FOR_TEXT
          ? `<text x="${px(x(column) + wide / 2)}" y="${px(y(at) + tall / 2 + 4)}" text-anchor="middle">${escaped(format(cell.value))}</text>`
          : ''
      return `<g class="cell"><rect x="${px(x(column) + 0.5)}" y="${px(y(at) + 0.5)}" width="${px(wide - 1)}" height="${px(tall - 1)}" style="${shade(cell.value, most)}"><title>${escaped(cell.note)}</title></rect>${text}</g>`
    }),
  )
  const frame = best
    ? `<g class="cell"><rect class="best" x="${px(x(best[0]) + 1)}" y="${px(y(best[1]) + 1)}" width="${px(wide - 2)}" height="${px(tall - 2)}"/></g>`
    : ''
  const every = Math.ceil(across.labels.length / 24)
  const below = across.labels.map((label, i) =>
    i % every === 0 ? tick(x(i) + wide / 2, bottom + 16, 'middle', label) : '',
  )
  const beside = (up?.labels ?? []).map((label, i) => tick(LEFT - 6, y(i) + tall / 2 + 4, 'end', label))
  const names = [
    tick(LEFT + (WIDTH - LEFT - RIGHT) / 2, bottom + 36, 'middle', `${across.name} →`),
    up ? tick(4, TOP + 10, 'start', `↑ ${up.name}`) : '',
  ]
  return svg(Math.ceil(bottom + BOTTOM), [...cells, frame, ...below, ...beside, ...names])
}

const tick = (x: number, y: number, anchor: 'start' | 'middle' | 'end', text: string): string =>
  `<text class="tick" x="${px(x)}" y="${px(y)}" text-anchor="${anchor}">${escaped(text)}</text>`

function shade(value: number, most: number): string {
  const strength = most > 0 ? Math.round((Math.abs(value) / most) * 70) : 0
  return `fill:color-mix(in srgb,var(--${value >= 0 ? 'up' : 'down'}) ${strength}%,var(--ground))`
}
