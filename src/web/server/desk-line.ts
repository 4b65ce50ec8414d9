import type { Bar } from '../../model/bar.ts'
import type { InstrumentId } from '../../model/ids.ts'
import type { InstrumentFacts } from '../../model/instrument-view.ts'
import type { Interval } from '../../model/interval.ts'
import type { Book, Quote, Trade } from '../../model/market-event.ts'
import type { Money, Price, Quantity } from '../../model/money.ts'
import type { OperatorCommand } from '../../model/operator.ts'
import type { OrderType, Side } from '../../model/order.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { OrderStyle, TradingSettings } from '../../model/settings.ts'
import type { Environment } from '../../ports/execution-client.ts'
import type { FeedHealth } from '../../ports/market-feed.ts'
import type { Cancel } from '../../std/clock.ts'
import type { Result } from '../../std/result.ts'
import type { TraderView } from '../../trading/engine/view.ts'

/** What a person orders from a screen: the event without its stamp; who it was goes beside it. */
export type DeskCommand = OperatorCommand extends infer Each
  ? Each extends OperatorCommand
    ? Omit<Each, 'kind' | 'at' | 'receivedAt' | 'by'>
    : never
  : never

export interface DeskShown {
  readonly view: TraderView
  readonly settings: TradingSettings
  readonly environment: Environment
  readonly feed: FeedHealth
  /** How far the trader's own timers run behind, market ms. */
  readonly lagMs: number
  /** Market seconds in a wall second. */
  readonly speed: number
  /** Wall ms when the trader said so. */
  readonly shownAt: number
}

export interface ManualOrder {
  readonly instrument: InstrumentId
  readonly side: Side
  readonly quantity: Quantity
  readonly order: OrderStyle
  /** In place of what `order` would give: a price the person chose (a limit order). */
  readonly limit?: Price
}

/** What an order would be and cost if it were given now; nothing of it is sent. */
export interface OrderPreview {
  readonly type: OrderType
  readonly venue: string
  /** The limit it would carry; absent for an order without a price. */
  readonly limit?: Price
  /** Price × quantity at the limit or, for an order without one, at the last price. */
  readonly amount: Money
  readonly commission: Money
  readonly tax: Money
  /** Cash that has to be there for a purchase (a market order at its upper limit), 0 for a sale. */
  readonly needed: Money
  /** The first rule that would refuse it, if one does. */
  readonly refusal?: Sentence & { readonly code: string }
}

export type Tick = Trade | Quote | Book

/** Why something was not done; `isUnknown`: it left, no answer came, and it may have been done all the same. */
export interface NotDone extends Sentence {
  readonly isUnknown?: true
}

/**
 * The running trader as the web server knows it. It stands in another process, which may be away: then `line` is `down`, what
 * was shown last stays to be read, and everything that asks or orders gives an error that says so.
 */
export interface DeskLine {
  line(): 'up' | 'down'
  /** `undefined` until the trader has shown itself once. */
  shown(): DeskShown | undefined
  /** Called when the trader showed itself (a few times a second) and when the line goes up or down. */
  onChange(hear: () => void): Cancel
  /** Given to the engine as an event of the journal, with who it was. The error says why it did not get there. */
  command(command: DeskCommand, by: string): Promise<Result<void, NotDone>>
  preview(order: ManualOrder): Promise<Result<OrderPreview, Sentence>>
  /** What an instrument is and between which prices it may be ordered today. `undefined`: there is no such instrument. */
  instrument(instrument: InstrumentId): Promise<Result<InstrumentFacts | undefined, Sentence>>
  /** The newest bars that have closed, oldest first, of the broker's chart. */
  bars(instrument: InstrumentId, interval: Interval): Promise<Result<readonly Bar[], Sentence>>
  /** The complete list of instruments whose ticks are wanted; held ones have their prices anyway. */
  follow(instruments: readonly InstrumentId[]): void
  onTicks(hear: (instrument: InstrumentId, ticks: readonly Tick[]) => void): Cancel
}
