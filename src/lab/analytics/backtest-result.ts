import type { BarAssumptions } from '../../matching/bars/bar-venue.ts'
import type { Refusal } from '../../model/denial.ts'
import type { HomeVenue } from '../../model/home-venue.ts'
import type { InstrumentId } from '../../model/ids.ts'
import type { Interval } from '../../model/interval.ts'
import type { Money } from '../../model/money.ts'
import type { Fill } from '../../model/order.ts'
import type { RoundTrip } from '../../model/position.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { TradingDay } from '../../model/time.ts'
import type { VenueOrder } from '../../ports/execution-client.ts'
import type { EpochMs } from '../../std/clock.ts'

/** An order with what became of it. */
export interface OrderRecord {
  readonly order: VenueOrder
  readonly fills: readonly Pick<Fill, 'price' | 'quantity' | 'at'>[]
  readonly end: 'filled' | 'cancelled' | 'expired' | 'replaced' | 'rejected'
}

/** What is still held when the data end, at its last price. */
export interface LeftOver {
  readonly instrument: InstrumentId
  readonly quantity: number
  readonly openedAt: EpochMs
  readonly cost: Money
  readonly value: Money
  /** The day of that price, where the data go on behind it: nobody knows what it is worth since. */
  readonly pricedOn?: TradingDay
}

/** What a strategy did that none may do. The run ended before the next bar and kept what it had. */
export interface StrategyFault extends Sentence {
  readonly strategy: string
  readonly at: EpochMs
  /** Absent when it looked at all of them. */
  readonly instrument?: InstrumentId
}

/** What one backtest came to: plain data. `version` changes with its shape. */
export interface BacktestResult {
  readonly version: 1
  /** By whose day, clock and currency everything here counts. Absent in results made before there were two: KRX. */
  readonly venue?: HomeVenue
  readonly interval: Interval
  readonly assumptions: BarAssumptions
  readonly beganWith: Money
  readonly endedWith: Money
  /** At the close of every moment, in the unit of the currency (won, 1/10,000 dollar); `exposure` is the part of the equity that is in shares. */
  readonly equity: {
    readonly at: Float64Array
    readonly value: Float64Array
    readonly exposure: Float64Array
  }
  readonly orders: readonly OrderRecord[]
  readonly roundTrips: readonly RoundTrip[]
  readonly leftOver: readonly LeftOver[]
  readonly refusals: readonly Refusal[]
  /** Why the run ended before its data did. */
  readonly stopped?: StrategyFault
  readonly costs: { readonly commission: Money; readonly tax: Money }
  /** Over every decision of the engine, in order. */
  readonly decisionHash: string
}
