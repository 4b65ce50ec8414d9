import type { BacktestResult } from '../analytics/backtest-result.ts'
import type { BarTable } from './bar-table.ts'
import type { Held, Standing } from './standing.ts'

/** What the account is worth at the close of every moment. */
export interface Curve {
  /** By instrument; 0 before its first bar. */
  readonly lastClose: Float64Array
  /** The moments from `begin` (inside) to `end` (outside) have closed, and this is how things stood in all of them. */
  mark(standing: Standing, begin: number, end: number): void
  /** Of the moments up to `end` (outside). */
  until(end: number): BacktestResult['equity']
}

/** It begins with the moment `first`; of those before it only the prices are known. */
export function createCurve(bars: BarTable, first: number, instruments: number): Curve {
  const { starts, index, close, closeAt } = bars
  const moments = closeAt.length - first
  const value = new Float64Array(moments)
  const exposure = new Float64Array(moments)
  const lastClose = new Float64Array(instruments)

  const note = (begin: number, end: number) => {
    const to = starts[end] as number
    for (let row = starts[begin] as number; row < to; row++)
      lastClose[index[row] as number] = close[row] as number
  }

  return {
    lastClose,
    mark: ({ cash, held }, begin, end) => {
      if (begin < first || held.length === 0) {
        note(begin, end)
        if (begin >= first) value.fill(cash, begin - first, end - first)
        return
      }
      for (let moment = begin; moment < end; moment++) {
        note(moment, moment + 1)
        const shares = sharesOf(held, lastClose)
        const whole = cash + shares
        value[moment - first] = whole
        exposure[moment - first] = whole > 0 ? shares / whole : 0
      }
    },
    until: (end) => ({
      at: closeAt.slice(first, end),
      value: value.subarray(0, end - first),
      exposure: exposure.subarray(0, end - first),
    }),
  }
}

/** What shares are worth; those without a price count at cost. */
function sharesOf(held: readonly Held[], lastClose: Float64Array): number {
  let shares = 0
  for (let i = 0; i < held.length; i++) {
    const { index, quantity, cost } = held[i] as Held
    const last = lastClose[index] as number
    shares += last > 0 ? last * quantity : cost
  }
  return shares
}
