import type { PriceBand } from '../../model/instrument.ts'
import { type Price, price, type Quantity } from '../../model/money.ts'
import type { Side } from '../../model/order.ts'
import { clampToBand } from '../../model/price-band.ts'
import { ceilToTick, floorToTick, stepTicks, type TickKey } from '../../model/tick-size.ts'
import type { TradingDay } from '../../model/time.ts'

/**
 * How much worse than the tape a taker trades. ticks: so many steps of the grid. volumeShare: `coefficient` × (our shares /
 * the bar's volume)², a ratio of the price. squareRoot: `coefficient` × √(our shares / the bar's volume).
 * Source: volumeShare is zipline's `VolumeShareSlippage` (0.1 there); squareRoot the square-root law of market impact,
 * Tóth et al., Physical Review X 1 (2011), with the volatility inside the coefficient.
 */
export type Slippage =
  | { readonly kind: 'none' }
  | { readonly kind: 'ticks'; readonly ticks: number }
  | { readonly kind: 'volumeShare' | 'squareRoot'; readonly coefficient: number }

interface Deal {
  readonly side: Side
  /** Where the tape stands. */
  readonly from: Price
  readonly quantity: Quantity
  /** Shares that traded in the bar. */
  readonly volume: number
  readonly instrument: TickKey
  readonly day: TradingDay
  readonly band: PriceBand | undefined
}

/** The price of a taker: on the grid, rounded against it, inside the band. */
export function slipped(slippage: Slippage, deal: Deal): Price {
  const { side, from, instrument, day, band } = deal
  if (slippage.kind === 'ticks' && slippage.ticks > 0)
    return clampToBand(
      stepTicks(instrument, day, from, side === 'buy' ? slippage.ticks : -slippage.ticks),
      band,
    )
  const worse = from * impactRatio(slippage, deal)
  // A sale into nothing still has the smallest price of the grid.
  const exact = Math.max(1, side === 'buy' ? from + worse : from - worse)
  const onGrid =
    side === 'buy'
      ? ceilToTick(instrument, day, price(Math.ceil(exact)))
      : floorToTick(instrument, day, price(Math.floor(exact)))
  return clampToBand(onGrid, band)
}

function impactRatio(slippage: Slippage, { quantity, volume }: Deal): number {
  if (slippage.kind === 'none' || slippage.kind === 'ticks' || volume <= 0) return 0
  const share = quantity / volume
  return slippage.coefficient * (slippage.kind === 'squareRoot' ? Math.sqrt(share) : share * share)
}
