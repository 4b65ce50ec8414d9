import type { EpochMs } from '../std/clock.ts'
import type { Price, Quantity } from './money.ts'

/** The prints of one stretch of time, `openAt` inside and `closeAt` not. It may be seen only from `closeAt` on. */
export interface Bar {
  readonly openAt: EpochMs
  readonly closeAt: EpochMs
  readonly open: Price
  readonly high: Price
  readonly low: Price
  readonly close: Price
  readonly volume: Quantity
}
