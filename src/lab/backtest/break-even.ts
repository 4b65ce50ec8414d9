import { commission, commissionSchedule, transactionTax } from '../../model/charges.ts'
import type { Instrument } from '../../model/instrument.ts'
import { krw, type Price } from '../../model/money.ts'
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

/** Large enough that cutting fees to ten won does not show. */
const AMOUNT = krw(100_000_000)

/**
 * The move that pays the costs of a round trip at this price on this day, at Kiwoom: commission twice, tax once, and `ticks`
 * steps of the grid on each side. Source: rule book §2.1, §2.3, §1.6.
 */
export function breakEven(
  instrument: Pick<Instrument, 'market' | 'class'>,
  day: TradingDay,
  price: Price,
  ticks: number,
): BreakEven {
  const schedule = commissionSchedule({ broker: 'kiwoom', environment: 'simulated', venue: 'KRX', day })
  const fees = (2 * commission(schedule, AMOUNT)) / AMOUNT
  const tax = transactionTax(instrument, day, AMOUNT).total / AMOUNT
  const slippage = (2 * ticks * tickSize(instrument, day, price)) / price
  return { price, commission: fees, tax, slippage, total: fees + tax + slippage }
}
