import type { EpochMs } from '../std/clock.ts'
import type { ConditionId, InstrumentId } from './ids.ts'
import { type Money, type Price, perShare, type Quantity } from './money.ts'
import type { ExitKind } from './order.ts'

/** 잔고. Cost and quantity are stored, an average is computed when someone looks (moving average, fees apart). */
export interface Position {
  readonly instrument: InstrumentId
  readonly quantity: Quantity
  /** Purchase price × shares of what is still held, fees not included. */
  readonly cost: Money
  /** Buy commission of what is still held. */
  readonly fees: Money
  readonly openedAt: EpochMs
  /** The buy condition that opened it, if one did. */
  readonly condition?: ConditionId
}

/** A position as it goes over into the next trading day: what the broker does not remember of it. */
export interface CarriedPosition {
  readonly position: Position
  /** Why it was bought, for the round trip that will end it. */
  readonly entry: string
}

/** Won per share, with fractions: for ratios and screens, never for an order. */
export const averagePrice = (position: Position): number => perShare(position.cost, position.quantity)

/** Gain against the average price, before costs: 0.03 is +3 %. */
export const gainRatio = (position: Position, last: Price): number => last / averagePrice(position) - 1

/** An entry with its exit: one line of the day's result. */
export interface RoundTrip {
  readonly instrument: InstrumentId
  readonly quantity: Quantity
  readonly buyValue: Money
  readonly sellValue: Money
  readonly buyFees: Money
  readonly sellFees: Money
  readonly tax: Money
  /** sellValue − buyValue − all fees − tax */
  readonly realizedPnl: Money
  readonly openedAt: EpochMs
  readonly closedAt: EpochMs
  readonly entry: string
  readonly exit: ExitKind
  readonly exitReason: string
}
