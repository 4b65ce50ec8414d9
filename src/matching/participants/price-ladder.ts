import type { Instrument, PriceBand } from '../../model/instrument.ts'
import { type Price, price } from '../../model/money.ts'
import { ceilToTick, stepTicks } from '../../model/tick-size.ts'
import type { TradingDay } from '../../model/time.ts'

/** All prices an order may carry today, in order; participants think in their positions. */
export interface PriceLadder {
  readonly prices: readonly Price[]
  /** Position of the highest price at or below `at`, 0 when all are above. */
  below(at: number): number
  at(position: number): Price
}

/** Without a band (정리매매) the ladder is cut where nobody simulated goes. */
const UNBOUNDED = { lower: 0.2, upper: 4 }

export function createPriceLadder(
  instrument: Instrument,
  day: TradingDay,
  base: Price,
  band: PriceBand | undefined,
): PriceLadder {
  const lower = band?.lower ?? ceilToTick(instrument, day, price(Math.ceil(base * UNBOUNDED.lower)))
  const upper = band?.upper ?? ceilToTick(instrument, day, price(Math.ceil(base * UNBOUNDED.upper)))
  const prices: Price[] = []
  for (let at = lower; at <= upper; at = stepTicks(instrument, day, at, 1)) prices.push(at)
  const last = prices.length - 1
  return {
    prices,
    below(at) {
      let low = 0
      let high = last
      while (low < high) {
        const middle = (low + high + 1) >>> 1
        if ((prices[middle] as Price) <= at) low = middle
        else high = middle - 1
      }
      return low
    },
    at: (position) => prices[position < 0 ? 0 : position > last ? last : position] as Price,
  }
}
