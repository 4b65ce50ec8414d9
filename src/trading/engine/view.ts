import type { Refusal } from '../../model/denial.ts'
import type { ConditionId, InstrumentId, OrderId } from '../../model/ids.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Money, Price, Quantity } from '../../model/money.ts'
import type { HaltState } from '../../model/operator.ts'
import type { ExitKind, Order } from '../../model/order.ts'
import type { RoundTrip } from '../../model/position.ts'
import type { QueuePlace } from '../../model/queue-place.ts'
import type { Phase } from '../../model/session.ts'
import type { TradingDay } from '../../model/time.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { BuyingPowerExplained } from '../ledger/explain-buying-power.ts'
import type { ExitLevels } from './leaving.ts'

/** The trader as a person sees it: built when someone looks, plain data, safe to send. */
export interface TraderView {
  readonly now: EpochMs
  readonly day: TradingDay
  readonly phase: Phase
  readonly halt: HaltState
  readonly buyingPaused: boolean
  readonly feedUp: boolean
  readonly accountKnown: boolean
  readonly indexes: readonly {
    readonly name: 'KOSPI' | 'KOSDAQ'
    readonly value: number
    readonly change: number
  }[]
  readonly cash: Money
  readonly buyingPower: Money
  /** At the last account report: the broker's buying power beside ours, and by name why they differ. */
  readonly brokerBuyingPower?: BuyingPowerExplained
  readonly equity: Money
  /** Of what was sold today and of what is held: against its cost, whenever that was paid. */
  readonly realizedPnl: Money
  readonly unrealizedPnl: Money
  /** Both together since the last close of the day before: what was carried over counts from its base price on. */
  readonly dayPnl: Money
  readonly commission: Money
  readonly tax: Money
  /** What was taken over from the broker because our books did not know it (trading elsewhere); 0 when all was ours. */
  readonly corrections: Money
  readonly positions: readonly PositionView[]
  readonly orders: readonly OrderView[]
  readonly conditions: readonly ConditionView[]
  /** Newest last, at most 200. */
  readonly happenings: readonly Happening[]
  readonly refusals: readonly (Refusal & { readonly name: string })[]
  readonly roundTrips: readonly (RoundTrip & { readonly name: string })[]
  readonly counts: {
    readonly events: number
    readonly orders: number
    readonly fills: number
    readonly unfilledHandled: number
    readonly vi: number
    readonly alerts: number
  }
  /** What the day's limits count, as `Limits` has them. Absent in views of an older version. */
  readonly used?: {
    readonly orders: number
    readonly buyAmount: Money
    readonly ordersLastSecond: number
  }
  readonly decisionHash: string
}

export interface OrderView extends Order {
  readonly name: string
  /** At a locked limit price: shares ahead, and the chance that all of it fills by the close, each between two assumptions. */
  readonly queue?: Pick<QueuePlace, 'ahead' | 'fills'>
}

export interface PositionView {
  readonly instrument: InstrumentId
  readonly name: string
  readonly quantity: Quantity
  readonly averagePrice: number
  readonly last: Price
  /** When that price was heard, 0: never. */
  readonly pricedAt: EpochMs
  readonly gainRatio: number
  /** Net of what selling now would cost. */
  readonly pnl: Money
  readonly openedAt: EpochMs
  /** The price at which the nearest protective exit fires, 0 when none is set. */
  readonly stopPrice: Price
  /** Where its exits lie as of the last price; `undefined` until the instrument is described. */
  readonly levels: ExitLevels | undefined
  readonly exiting: ExitKind | undefined
  /** Whose index, ticks and tax it has, and its sector; absent until the broker has described it. */
  readonly listing?: Pick<Instrument, 'market' | 'class' | 'sector'>
  /** The stop-limit order that waits for it at the venue, should this process die. */
  readonly atBroker?: {
    readonly orderId: OrderId
    readonly stop: Price
    readonly limit: Price
    readonly quantity: Quantity
  }
}

export interface ConditionView {
  readonly id: ConditionId
  readonly name: string
  readonly use: 'buy' | 'sell'
  readonly entered: number
  readonly ordered: number
  readonly lastAt: EpochMs
}

/** One line of "what happened and why", for log, screen and Telegram. */
export interface Happening {
  readonly at: EpochMs
  readonly level: 'info' | 'warning' | 'urgent'
  readonly ko: string
  readonly en: string
}
