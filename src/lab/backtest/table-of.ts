import type { BarColumns } from '../../ports/catalog.ts'
import { invariant } from '../../std/invariant.ts'
import type { BarTable } from './bar-table.ts'

/** What happened to stored bars on their way into a table, counted in bars. */
export interface Mended {
  /** Left out: nobody traded, so nothing can be bought or sold there. */
  readonly untraded: number
  /** Left out: a price is missing or below the smallest one, or a volume is negative. */
  readonly unusable: number
  /** Prices with fractions (an adjusted set), rounded to the smallest unit. */
  readonly rounded: number
  /** High or low moved, so that they enclose first and last price. */
  readonly enclosed: number
  /** The source has no volume: the bar fills whatever is ordered. */
  readonly unmeasured: number
}

/** Stands for a volume that the source does not have. */
const UNLIMITED = 1e12

/**
 * A table from the catalog's bars. In: columns read in order of time. Out: every bar that somebody could have traded in,
 * with whole prices, and what was left out or mended. Errors: columns in another order break an invariant.
 */
export function tableOf(columns: BarColumns): { readonly bars: BarTable; readonly mended: Mended } {
  const { rows, times, starts } = columns
  invariant(rows === 0 || times.length > 0, 'bars were read in order of time')
  const mended = { untraded: 0, unusable: 0, rounded: 0, enclosed: 0, unmeasured: 0 }
  const index = new Uint32Array(rows)
  const [open, high, low, close, volume] = [room(rows), room(rows), room(rows), room(rows), room(rows)]
  const [openAt, closeAt, begins] = [
    room(times.length),
    room(times.length),
    new Uint32Array(times.length + 1),
  ]
  let [kept, moments] = [0, 0]
  for (let time = 0; time < times.length; time++) {
    const first = kept
    let ends = 0
    for (let row = starts[time] as number; row < (starts[time + 1] as number); row++) {
      const verdict = usable(columns, row)
      if (verdict !== 'traded') {
        mended[verdict]++
        continue
      }
      const bar = wholeBar(columns, row)
      if (bar.isRounded) mended.rounded++
      if (bar.isEnclosed) mended.enclosed++
      index[kept] = columns.instrumentIndex[row] as number
      open[kept] = bar.open
      high[kept] = bar.high
      low[kept] = bar.low
      close[kept] = bar.close
      const traded = columns.volume[row] as number
      if (Number.isNaN(traded)) mended.unmeasured++
      volume[kept] = Number.isNaN(traded) ? UNLIMITED : traded
      ends = Math.max(ends, columns.closeAt[row] as number)
      kept++
    }
    if (kept === first) continue
    openAt[moments] = times[time] as number
    closeAt[moments] = ends
    begins[moments++] = first
  }
  begins[moments] = kept
  const bars: BarTable = {
    openAt: openAt.subarray(0, moments),
    closeAt: closeAt.subarray(0, moments),
    starts: begins.subarray(0, moments + 1),
    index: index.subarray(0, kept),
    open: open.subarray(0, kept),
    high: high.subarray(0, kept),
    low: low.subarray(0, kept),
    close: close.subarray(0, kept),
    volume: volume.subarray(0, kept),
  }
  return { bars, mended }
}

const room = (length: number): Float64Array => new Float64Array(length)

function usable(columns: BarColumns, row: number): 'traded' | 'untraded' | 'unusable' {
  const volume = columns.volume[row] as number
  if (volume === 0) return 'untraded'
  if (volume < 0) return 'unusable'
  const prices = [columns.open[row], columns.high[row], columns.low[row], columns.close[row]] as number[]
  return prices.every((price) => Math.round(price) >= 1) ? 'traded' : 'unusable'
}

function wholeBar(columns: BarColumns, row: number) {
  const [first, top] = [columns.open[row] as number, columns.high[row] as number]
  const [bottom, last] = [columns.low[row] as number, columns.close[row] as number]
  const [open, close] = [Math.round(first), Math.round(last)]
  const [high, low] = [Math.round(top), Math.round(bottom)]
  const [highest, lowest] = [Math.max(high, open, close), Math.min(low, open, close)]
  return {
    open,
    high: highest,
    low: lowest,
    close,
    isRounded: ![first, top, bottom, last].every(Number.isInteger),
    isEnclosed: highest !== high || lowest !== low,
  }
}
