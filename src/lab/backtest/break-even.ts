import { type CommissionSchedule, commission, commissionSchedule, saleLevies } from '../../model/charges.ts'
import { homeOfMarket } from '../../model/home-venue.ts'
import type { Instrument } from '../../model/instrument.ts'
import { krw, type Price, quantity } from '../../model/money.ts'
import { tickSize } from '../../model/tick-size.ts'
import type { TradingDay } from '../../model/time.ts'

/** What one purchase with its sale costs, as ratios of what was paid for the shares. */
export interface BreakEven {
  readonly price: number
  readonly commission: number
  readonly tax: number
  /** Of the grid: so many steps lost on each side. */
  readonly slippage: number
  /** The price has to rise by this before anything is earned. */
  readonly total: number
}

/** Large enough that cutting fees to ten won, or to a cent, does not show: 100 million won, 10,000 dollars. */
const AMOUNT = krw(100_000_000)

/**
 * The move that pays the costs of a round trip at this price on this day: commission twice (at Kiwoom, or KIS for US shares,
 * unless the account has its own), what the sale owes once, and `ticks` steps of the grid on each side.
 * Source: rule book §2.1, §2.3, §1.6, §3.5.
 */
export function breakEven(
  instrument: Pick<Instrument, 'market' | 'class'>,
  day: TradingDay,
  price: Price,
  ticks: number,
  own?: CommissionSchedule,
): BreakEven {
  const venue = homeOfMarket(instrument.market)
  const broker = venue === 'US' ? 'kis' : 'kiwoom'
  const schedule = own ?? commissionSchedule({ broker, environment: 'simulated', venue, day })
  const fees = (2 * commission(schedule, AMOUNT)) / AMOUNT
  const sold = { value: AMOUNT, shares: quantity(Math.floor(AMOUNT / price)) }
  const tax = saleLevies(instrument, day, sold, schedule) / AMOUNT
  const slippage = (2 * ticks * tickSize(instrument, day, price)) / price
  return { price, commission: fees, tax, slippage, total: fees + tax + slippage }
}
