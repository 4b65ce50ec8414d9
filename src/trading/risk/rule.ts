import type { Broker, BrokerEnvironment } from '../../model/broker.ts'
import type { CommissionSchedule } from '../../model/charges.ts'
import type { Denial } from '../../model/denial.ts'
import type { InstrumentId, OrderId } from '../../model/ids.ts'
import type { InstrumentView } from '../../model/instrument-view.ts'
import type { Money, Quantity } from '../../model/money.ts'
import type { HaltState } from '../../model/operator.ts'
import type { Order, OrderIntent } from '../../model/order.ts'
import type { Position } from '../../model/position.ts'
import type { Phase } from '../../model/session.ts'
import type { TradingSettings } from '../../model/settings.ts'
import type { TradingDay } from '../../model/time.ts'
import type { EpochMs } from '../../std/clock.ts'

/** All that the rules may look at, as it stands at one moment. */
export interface RiskView {
  readonly now: EpochMs
  readonly day: TradingDay
  readonly environment: BrokerEnvironment
  readonly broker: Broker
  /** Of the venue or router that the intent goes to. */
  readonly phase: Phase
  readonly halt: HaltState
  readonly buyingPaused: boolean
  readonly feedUp: boolean
  readonly accountKnown: boolean
  readonly settings: TradingSettings
  /** Of the intent's instrument; `undefined` while it was not described. */
  readonly view: InstrumentView | undefined
  readonly positions: ReadonlyMap<InstrumentId, Position>
  readonly openOrders: readonly Order[]
  /** Sent today; one that never reached the venue does not count. */
  readonly ordersToday: number
  /** Value of all buy orders sent today, at their limit or the price they were sized at. */
  readonly buyAmountToday: Money
  readonly ordersLastSecond: number
  readonly buyingPower: Money
  /** Shares of the intent's instrument not bound in open sales; what the replaced order binds counts as free. */
  readonly sellable: Quantity
  /** Realised and unrealised result of today. */
  dayPnl(): Money
  /** Today's last sale of the intent's instrument. */
  readonly lastSale: { readonly at: EpochMs; readonly pnl: Money } | undefined
  readonly schedule: CommissionSchedule
  /** The name an approved order gets. */
  readonly nextOrderId: OrderId
}

/** One reason to say no, with its numbers; `undefined` lets the intent pass on to the next rule. Pure. */
export type RiskRule = (intent: OrderIntent, view: RiskView) => Denial | undefined
