import type { InstrumentId, VenueOrderId } from '../../src/model/ids.ts'
import type { Price } from '../../src/model/money.ts'
import type { Side } from '../../src/model/order.ts'
import type { Holding } from '../../src/model/order-report.ts'
import type { ExecutionClient } from '../../src/ports/execution-client.ts'
import type { EpochMs } from '../../src/std/clock.ts'

/** A party whose execution client is put to the contract, with its truth and its trouble at hand. */
export interface ExecutionStand {
  readonly client: ExecutionClient
  /** A client that begins anew at the same account, as after a restart. The one before must have been stopped. */
  restarted(): ExecutionClient
  now(): EpochMs
  /** A name that trades right now, with quotes on both sides; another one at each call while there are some. */
  tradable(): Tradable
  orders(): Promise<readonly TrueOrder[]>
  account(): Promise<TrueAccount>
  disturb(trouble: Trouble): Promise<void>
  /** All connections break. */
  dropLines(): Promise<void>
  /** An order of the same account that does not come from the client. */
  byAnotherHand(order: {
    readonly instrument: InstrumentId
    readonly side: Side
    readonly quantity: number
    readonly limit: Price
  }): Promise<VenueOrderId>
  /** How often the client has read the party's order list. */
  orderListReadings(): number
  /** What the party answers. */
  readonly codes: { readonly offTick: string; readonly cashShort: string; readonly sharesShort: string }
  close(): Promise<void>
}

export interface Tradable {
  readonly instrument: InstrumentId
  readonly bid: Price
  readonly ask: Price
  /** Where a buy would rest all day, and a sell. */
  readonly farBelow: Price
  readonly farAbove: Price
  /** A tick above `farBelow`. */
  readonly belowToo: Price
  /** A price between two ticks, where a tick is more than a won. */
  readonly offTick?: Price
}

export type Trouble =
  /** The next request of this kind is taken, its reply is lost. */
  | { readonly kind: 'loseReply'; readonly of: RequestKind }
  /** The next request of this kind never arrives. */
  | { readonly kind: 'loseRequest'; readonly of: RequestKind }
  /** The next request is taken, and answered as if there had been too many. */
  | { readonly kind: 'ghost'; readonly of: RequestKind }
  /** The stream tells of the next request before its reply comes, so much later. */
  | { readonly kind: 'pushFirst'; readonly of: RequestKind; readonly replyAfterMs: number }

export type RequestKind = 'buy' | 'sell' | 'amend' | 'cancel'

export interface TrueOrder {
  readonly number: VenueOrderId
  readonly instrument: InstrumentId
  readonly side: Side
  readonly action: 'new' | 'amend' | 'cancel'
  readonly quantity: number
  readonly limit: number
  readonly filled: number
  /** Won. */
  readonly filledValue: number
  readonly open: number
}

export interface TrueAccount {
  readonly cash: number
  readonly buyingPower: number
  readonly holdings: readonly Omit<Holding, 'name'>[]
  readonly commission: number
  readonly tax: number
}
