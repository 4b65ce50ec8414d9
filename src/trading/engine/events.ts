import type { BrokerAccount } from '../../model/broker.ts'
import type { CommissionSchedule } from '../../model/charges.ts'
import type { InstrumentId } from '../../model/ids.ts'
import type { MarketEvent, Stamped } from '../../model/market-event.ts'
import type { Price } from '../../model/money.ts'
import type { OperatorCommand } from '../../model/operator.ts'
import type { AccountReport, OrderReport } from '../../model/order-report.ts'
import type { CarriedPosition } from '../../model/position.ts'
import type { TradingSettings } from '../../model/settings.ts'
import type { Signal } from '../../model/signal.ts'
import type { TradingDay } from '../../model/time.ts'
import type { Tracked } from '../portfolio/exit.ts'

/** Everything a trading day needs that is not market data. */
export type DayTerms = BrokerAccount & {
  readonly day: TradingDay
  readonly settings: TradingSettings
  /** The account's own commission where it is not the broker's list price. */
  readonly commission?: CommissionSchedule
  /** What the last day knew of positions that are still held: since when, why, and the high a trailing stop hangs on. */
  readonly carried?: readonly Carried[]
}

/** Begins a trading day. */
export type Opened = Stamped & { readonly kind: 'opened' } & DayTerms

export interface Carried extends CarriedPosition {
  readonly tracked?: Tracked
  /** The day this was noted on, and the last price heard then. */
  readonly day?: TradingDay
  readonly last?: Price
}

/** The process died and is back: everything that was under way is in doubt until the venue has spoken. */
export interface Restarted extends Stamped {
  readonly kind: 'restarted'
}

/** Time passes, once a market second. All waiting in the engine is counted with it. */
export interface TimerTick extends Stamped {
  readonly kind: 'timer'
}

/** 상장폐지: the shares of an instrument have left the account, and so much was paid for each of them. */
export interface Delisted extends Stamped {
  readonly kind: 'delisted'
  readonly instrument: InstrumentId
  readonly paid: Price
}

/** Everything that can happen to the engine. It is what the journal records and what a replay feeds. */
export type TraderEvent =
  | Opened
  | Restarted
  | TimerTick
  | MarketEvent
  | Signal
  | OrderReport
  | AccountReport
  | Delisted
  | OperatorCommand
