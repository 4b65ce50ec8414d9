import type { InstrumentView } from '../../model/instrument-view.ts'
import type { Price } from '../../model/money.ts'
import type { ExitKind } from '../../model/order.ts'
import type { Position } from '../../model/position.ts'
import type { ExitSettings } from '../../model/settings.ts'
import type { EpochMs } from '../../std/clock.ts'

/** What is remembered of a position besides its cost. Plain data; begins with the first price after the entry. */
export interface Tracked {
  /** Highest price since entry. */
  readonly high: Price
  readonly highAt: EpochMs
  /** The highest ATR stop so far: a wilder market does not move it down again. */
  readonly atrStop?: AtrStop
}

/** An ATR stop, and the setting it was made under: a changed setting begins anew. */
export interface AtrStop {
  readonly price: Price
  readonly period: number
  readonly multiple: number
}

export interface ExitInputs {
  readonly position: Position
  readonly tracked: Tracked
  /** ATR in won; `undefined` while it is not warm or not set. */
  readonly atr: number | undefined
  readonly settings: ExitSettings
}

export interface ExitQuestion extends ExitInputs {
  readonly view: InstrumentView
  readonly now: EpochMs
}

export interface Exit {
  readonly kind: ExitKind
  /** One Korean sentence with the numbers that decided. */
  readonly reason: string
}

/** While `below < last < above` no price exit can fire and nothing has to be remembered. */
export interface PriceBounds {
  readonly below: number
  readonly above: number
}
