import type { InstrumentId } from './ids.ts'
import type { Stamped } from './market-event.ts'
import type { Quantity } from './money.ts'
import type { Side } from './order.ts'
import type { OrderStyle, TradingSettings } from './settings.ts'

/** active: everything; reducing: only sales; halted: nothing leaves, not even a stop. */
export type HaltState = 'active' | 'reducing' | 'halted'

/** What a person ordered. Each is a journalled event, with who it was. */
export type OperatorCommand = Stamped & { readonly kind: 'operator'; readonly by: string } & (
    | { readonly do: 'setHalt'; readonly state: HaltState }
    | { readonly do: 'pauseBuying' }
    | { readonly do: 'resumeBuying' }
    /** Cancels every working order and sells every position; buying stays paused. */
    | { readonly do: 'flatten' }
    | { readonly do: 'cancelAll' }
    | {
        readonly do: 'order'
        readonly instrument: InstrumentId
        readonly side: Side
        readonly quantity: Quantity
        readonly order: OrderStyle
      }
    | { readonly do: 'sell'; readonly instrument: InstrumentId }
    | { readonly do: 'exclude'; readonly instrument: InstrumentId }
    | { readonly do: 'include'; readonly instrument: InstrumentId }
    | { readonly do: 'settings'; readonly settings: TradingSettings }
  )
