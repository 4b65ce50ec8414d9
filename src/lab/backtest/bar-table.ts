import type { EpochMs } from '../../std/clock.ts'
import { invariant } from '../../std/invariant.ts'

/** A bar of one instrument on its way into a table. Prices as traded, in the currency's smallest unit. */
export interface BarRow {
  readonly index: number
  readonly openAt: EpochMs
  readonly closeAt: EpochMs
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

/**
 * Bars of many instruments in order of time, as columns: 48 bytes a bar. A moment is all bars that open together; its rows
 * lie from `starts[moment]` up to, not with, `starts[moment + 1]`. One without rows stands for a day on which nothing traded but
 * a listing ended.
 */
export interface BarTable {
  readonly openAt: Float64Array
  readonly closeAt: Float64Array
  readonly starts: Uint32Array
  /** Which instrument, by its place in the list. */
  readonly index: Uint32Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
}

/**
 * Sorts rows into a table. Errors: prices that are no bar (high below low, open or close outside, below 1, not whole), a
 * volume below 0, or two bars of one instrument at one moment break an invariant; the catalog refuses such data with words.
 */
export function barTable(rows: readonly BarRow[]): BarTable {
  const sorted = [...rows].sort((a, b) => a.openAt - b.openAt || a.index - b.index)
  for (const [i, row] of sorted.entries()) checkRow(row, sorted[i - 1])
  const begins = sorted.flatMap((row, i) => (row.openAt === sorted[i - 1]?.openAt ? [] : [i]))
  const column = (of: (row: BarRow) => number) => Float64Array.from(sorted, of)
  const moments = begins.map((i) => sorted[i] as BarRow)
  return {
    openAt: Float64Array.from(moments, ({ openAt }) => openAt),
    closeAt: Float64Array.from(moments, ({ closeAt }) => closeAt),
    starts: Uint32Array.from([...begins, sorted.length]),
    index: Uint32Array.from(sorted, ({ index }) => index),
    open: column(({ open }) => open),
    high: column(({ high }) => high),
    low: column(({ low }) => low),
    close: column(({ close }) => close),
    volume: column(({ volume }) => volume),
  }
}

/** The first so many moments of a table. */
export const firstMoments = (bars: BarTable, count: number): BarTable => momentsBetween(bars, 0, count)

/** The moments from one (inside) to another (outside), on the same memory. */
export function momentsBetween(bars: BarTable, begin: number, end: number): BarTable {
  const [from, to] = [bars.starts[begin] as number, bars.starts[end] as number]
  const { openAt, closeAt, starts, index, open, high, low, close, volume } = bars
  return {
    openAt: openAt.subarray(begin, end),
    closeAt: closeAt.subarray(begin, end),
    starts:
      from === 0 ? starts.subarray(begin, end + 1) : starts.slice(begin, end + 1).map((row) => row - from),
    index: index.subarray(from, to),
    open: open.subarray(from, to),
    high: high.subarray(from, to),
    low: low.subarray(from, to),
    close: close.subarray(from, to),
    volume: volume.subarray(from, to),
  }
}

function checkRow(row: BarRow, before: BarRow | undefined): void {
  const { index, openAt, closeAt, open, high, low, close, volume } = row
  const isBar = low >= 1 && low <= open && low <= close && high >= open && high >= close
  const isWhole = [open, high, low, close].every(Number.isInteger)
  invariant(
    isBar && isWhole && volume >= 0 && closeAt > openAt,
    `no bar: instrument ${index} at ${new Date(openAt).toISOString()}: ${JSON.stringify(row)}`,
  )
  invariant(
    before === undefined || before.openAt !== openAt || before.index !== index,
    `two bars of instrument ${index} at ${new Date(openAt).toISOString()}`,
  )
}
