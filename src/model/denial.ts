import type { InstrumentId, OrderId } from './ids.ts'
import type { Designation } from './instrument.ts'
import type { Money, Price, Quantity } from './money.ts'
import type { HaltState } from './operator.ts'
import type { OrderType } from './order.ts'
import type { Phase } from './session.ts'
import type { TimeOfDay } from './time.ts'

/**
 * Our own no: it never left. Closed union; each member carries the numbers that decided, so "why did nothing trade?"
 * always has an answer. One sentence for people per member in `trading/notify/sentences.ts`.
 */
export type Denial =
  | { readonly code: 'tradingHalted'; readonly state: HaltState }
  | { readonly code: 'buyingPaused' }
  | { readonly code: 'wrongSession'; readonly phase: Phase; readonly type: OrderType }
  | {
      readonly code: 'orderTypeNotOffered'
      readonly type: OrderType
      readonly venue: string
      readonly environment: string
    }
  /** The instrument is not traded at NXT, or nobody has told yet whether it is. */
  | { readonly code: 'notOnNxt'; readonly known: boolean }
  /** The exchange is open, but the settings keep to the regular session. */
  | { readonly code: 'extendedHoursOff'; readonly phase: Phase }
  | {
      readonly code: 'designationForbidsType'
      readonly type: OrderType
      readonly designations: readonly Designation[]
    }
  | {
      readonly code: 'designationForbidsSession'
      readonly phase: Phase
      readonly designations: readonly Designation[]
    }
  | { readonly code: 'instrumentUnknown' }
  | { readonly code: 'instrumentHalted' }
  | { readonly code: 'instrumentDesignated'; readonly designations: readonly Designation[] }
  | { readonly code: 'instrumentExcluded' }
  | { readonly code: 'atUpperLimit'; readonly last: Price; readonly upper: Price }
  | { readonly code: 'inVi' }
  | { readonly code: 'priceUnknown' }
  | { readonly code: 'priceStale'; readonly ageMs: number; readonly maxMs: number }
  | { readonly code: 'priceOffTick'; readonly price: Price; readonly tick: Price }
  | { readonly code: 'priceOutsideBand'; readonly price: Price; readonly lower: Price; readonly upper: Price }
  | { readonly code: 'stopBeyondLimit'; readonly stop: Price; readonly limit: Price }
  | { readonly code: 'quantityZero'; readonly amount: Money; readonly price: Price }
  | { readonly code: 'quantityExceedsHolding'; readonly wanted: Quantity; readonly sellable: Quantity }
  | { readonly code: 'buyingPowerShort'; readonly needed: Money; readonly available: Money }
  | { readonly code: 'positionCountExceedsMax'; readonly held: number; readonly max: number }
  | { readonly code: 'alreadyHeld'; readonly quantity: Quantity }
  | { readonly code: 'orderAlreadyWorking'; readonly orderId: OrderId }
  | { readonly code: 'orderInDoubt'; readonly orderId: OrderId }
  | { readonly code: 'selfTrade'; readonly orderId: OrderId }
  | { readonly code: 'instrumentAmountExceedsMax'; readonly amount: Money; readonly max: Money }
  | { readonly code: 'dayAmountExceedsMax'; readonly amount: Money; readonly max: Money }
  | { readonly code: 'dayOrdersExceedMax'; readonly orders: number; readonly max: number }
  | { readonly code: 'orderRateExceedsMax'; readonly perSecond: number; readonly max: number }
  | { readonly code: 'dayLossExceedsMax'; readonly loss: Money; readonly max: Money }
  | { readonly code: 'rebuyToday'; readonly soldAt: number }
  | { readonly code: 'rebuyTooSoon'; readonly soldAt: number; readonly waitMs: number }
  | { readonly code: 'rebuyAfterLoss'; readonly loss: Money }
  | {
      readonly code: 'outsideHours'
      readonly now: TimeOfDay
      readonly from: TimeOfDay
      readonly to: TimeOfDay
    }
  | {
      readonly code: 'outsideConditionWindow'
      readonly now: TimeOfDay
      readonly from: TimeOfDay
      readonly to: TimeOfDay
    }
  | { readonly code: 'conditionDisabled' }
  | { readonly code: 'conditionCooldown'; readonly leftMs: number }
  | { readonly code: 'leftBeforeOrder' }
  | { readonly code: 'presentAtStart' }
  | { readonly code: 'feedDown' }
  | { readonly code: 'accountUnknown' }

/** A candidate that did not become an order: the first refusing rule, with its numbers. */
export interface Refusal {
  readonly instrument: InstrumentId
  readonly side: 'buy' | 'sell'
  readonly source: string
  readonly denial: Denial
  readonly at: number
}
