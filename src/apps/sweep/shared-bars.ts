import type { BarTable } from '../../lab/backtest/bar-table.ts'

/** The same table on memory that threads share, where it is not there yet: handed to a thread it is not copied. */
export function sharedBars(bars: BarTable): BarTable {
  const { openAt, closeAt, starts, index, open, high, low, close, volume } = bars
  return {
    openAt: sharedNumbers(openAt),
    closeAt: sharedNumbers(closeAt),
    starts: sharedPlaces(starts),
    index: sharedPlaces(index),
    open: sharedNumbers(open),
    high: sharedNumbers(high),
    low: sharedNumbers(low),
    close: sharedNumbers(close),
    volume: sharedNumbers(volume),
  }
}

function sharedNumbers(column: Float64Array): Float64Array {
  if (column.buffer instanceof SharedArrayBuffer) return column
  const shared = new Float64Array(new SharedArrayBuffer(column.byteLength))
  shared.set(column)
  return shared
}

function sharedPlaces(column: Uint32Array): Uint32Array {
  if (column.buffer instanceof SharedArrayBuffer) return column
  const shared = new Uint32Array(new SharedArrayBuffer(column.byteLength))
  shared.set(column)
  return shared
}
