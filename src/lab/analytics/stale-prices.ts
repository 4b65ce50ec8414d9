import type { InstrumentId } from '../../model/ids.ts'
import type { TradingDay } from '../../model/time.ts'
import type { BacktestResult } from './backtest-result.ts'

/** What a run holds at the end at prices older than its data. */
export interface StalePrices {
  /** The largest first, each with the day of its last price. */
  readonly names: readonly { readonly instrument: InstrumentId; readonly pricedOn: TradingDay }[]
  /** Of the final equity, as a share of one. */
  readonly share: number
}

/** `undefined`: everything that is held has a price of the last day. */
export function stalePricesOf({
  leftOver,
  endedWith,
}: Pick<BacktestResult, 'leftOver' | 'endedWith'>): StalePrices | undefined {
  const stale = leftOver
    .flatMap(({ instrument, pricedOn, value }) => (pricedOn ? [{ instrument, pricedOn, value }] : []))
    .toSorted((a, b) => b.value - a.value)
  if (stale.length === 0) return undefined
  const value = stale.reduce((sum, each) => sum + each.value, 0)
  return {
    names: stale.map(({ instrument, pricedOn }) => ({ instrument, pricedOn })),
    share: endedWith > 0 ? value / endedWith : 1,
  }
}
