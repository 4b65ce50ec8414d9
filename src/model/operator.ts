import type { InstrumentId, OrderId } from './ids.ts'
import type { Stamped } from './market-event.ts'
import type { Price, Quantity } from './money.ts'
import type { Side } from './order.ts'
import type { OrderStyle, TradingSettings } from './settings.ts'

/** active: everything; reducing: only sales; halted: nothing leaves, not even a stop. */
export type HaltState = 'active' | 'reducing' | 'halted'

/** `filled`: so many shares in all at this average price; what is left of the order is cancelled. */
export type SettledAs =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'filled'; readonly quantity: Quantity; readonly price: Price }

/** An order by hand. */
export interface ManualOrder {
  readonly instrument: InstrumentId
  readonly side: Side
  readonly quantity: Quantity
  readonly order: OrderStyle
  /** In place of what `order` would give: a limit order at the price the person chose. Absent in older records. */
  readonly limit?: Price
}

/** What a person ordered. Each is a journalled event, with who it was. */
export type OperatorCommand = Stamped & { readonly kind: 'operator'; readonly by: string } & (
    | { readonly do: 'setHalt'; readonly state: HaltState }
    | { readonly do: 'pauseBuying' }
    | { readonly do: 'resumeBuying' }
    /** Cancels every working order and sells every position; buying stays paused. */
    | { readonly do: 'flatten' }
    | { readonly do: 'cancelAll' }
    | ({ readonly do: 'order' } & ManualOrder)
    | { readonly do: 'cancelOrder'; readonly order: OrderId }
    /** Moves all that is open of an order to another price. `quantity`, when given, has to be just that: what the person saw. */
    | {
        readonly do: 'amendOrder'
        readonly order: OrderId
        readonly limit: Price
        readonly quantity?: Quantity
      }
    | { readonly do: 'sell'; readonly instrument: InstrumentId }
    | { readonly do: 'exclude'; readonly instrument: InstrumentId }
    | { readonly do: 'include'; readonly instrument: InstrumentId }
    /** A person has looked at the broker's screen and says what became of an order that stays in doubt. */
    | { readonly do: 'settleOrder'; readonly order: OrderId; readonly as: SettledAs }
    | { readonly do: 'settings'; readonly settings: TradingSettings }
  )
