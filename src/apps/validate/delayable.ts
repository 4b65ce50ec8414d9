import type { BacktestResult } from '../../lab/analytics/backtest-result.ts'
import { DELAY_BARS_MAX } from '../../lab/analytics/robustness.ts'
import type { DelayableTrade } from '../../lab/analytics/stress.ts'
import type { BarTable } from '../../lab/backtest/bar-table.ts'
import type { Instrument } from '../../model/instrument.ts'
import { firstFrom } from '../../std/sorted.ts'

interface Opens {
  readonly at: number[]
  readonly price: number[]
}

/** Round trips with the openings of the bars after entry and exit: what a later order would have met. */
export function delayableTrades(
  { roundTrips }: BacktestResult,
  { bars, instruments }: { readonly bars: BarTable; readonly instruments: readonly Instrument[] },
): readonly DelayableTrade[] {
  const traded = new Set(roundTrips.map(({ instrument }) => instrument))
  const opens = new Map<string, Opens>()
  for (let moment = 0; moment < bars.openAt.length; moment++)
    for (let row = bars.starts[moment] as number; row < (bars.starts[moment + 1] as number); row++) {
      const { id } = instruments[bars.index[row] as number] as Instrument
      if (!traded.has(id)) continue
      const own = opens.get(id) ?? { at: [], price: [] }
      opens.set(id, own)
      own.at.push(bars.openAt[moment] as number)
      own.price.push(bars.open[row] as number)
    }
  return roundTrips
    .filter(({ quantity }) => quantity > 0)
    .map(({ instrument, quantity, buyValue, sellValue, buyFees, sellFees, tax, openedAt, closedAt }) => {
      const own = opens.get(instrument) ?? { at: [], price: [] }
      const after = (at: number) => {
        const next = firstFrom(own.at, at + 1)
        return own.price.slice(next, next + DELAY_BARS_MAX)
      }
      return {
        side: 'long',
        quantity,
        costs: buyFees + sellFees + tax,
        entryPrices: [buyValue / quantity, ...after(openedAt)],
        exitPrices: [sellValue / quantity, ...after(closedAt)],
      }
    })
}
