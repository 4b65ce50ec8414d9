import { dim } from './ansi.ts'
import { clip, displayWidth, left, right } from './width.ts'

export interface Column {
  readonly head: string
  readonly cells: number
  readonly align: 'left' | 'right'
}

/** A cell is text, or text with the paint that goes on after cutting. */
export type Cell = string | { readonly text: string; readonly paint: (text: string) => string }

const place = (text: string, column: Column): string =>
  column.align === 'left' ? left(text, column.cells) : right(text, column.cells)

function cellText(cell: Cell | undefined, column: Column): string {
  if (cell === undefined) return ' '.repeat(column.cells)
  if (typeof cell === 'string') return place(cell, column)
  return cell.paint(place(cell.text, column))
}

/** One line per row, columns one space apart; the heading comes first, dimmed. */
export function table(columns: readonly Column[], rows: readonly (readonly Cell[])[]): string[] {
  const line = (cells: readonly Cell[]) => columns.map((column, i) => cellText(cells[i], column)).join(' ')
  return [dim(line(columns.map((column) => column.head))), ...rows.map(line)]
}

/** The columns with one of them widened so that the table fills `width`. */
export function stretch(columns: readonly Column[], index: number, width: number): readonly Column[] {
  const used = columns.reduce((sum, column) => sum + column.cells, 0) + columns.length - 1
  return columns.map((column, i) =>
    i === index ? { ...column, cells: Math.max(column.cells, column.cells + width - used) } : column,
  )
}

/** Short texts side by side in as many equal columns as fit. */
export function grid(cells: readonly Cell[], width: number, cellWidth: number): string[] {
  const across = Math.max(1, Math.floor((width + 2) / (cellWidth + 2)))
  const lines: string[] = []
  for (let i = 0; i < cells.length; i += across)
    lines.push(
      cells
        .slice(i, i + across)
        .map((cell) => cellText(cell, { head: '', cells: Math.min(cellWidth, width), align: 'left' }))
        .join('  '),
    )
  return lines
}

/** `left … right` on one line of exactly `width` cells; the right part is kept whole. */
export function spread(start: string, end: string, width: number): string {
  const room = Math.max(0, width - displayWidth(end) - 1)
  return `${left(clip(start, room), room)} ${end}`
}
