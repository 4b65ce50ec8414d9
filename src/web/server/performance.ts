import type { RoundTrip } from '../../model/position.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { PerformanceSource } from '../contract/performance.ts'

export interface TripOfDay extends RoundTrip {
  readonly name: string
  /** What bought it: the name of a strategy or a condition, '' for a person. */
  readonly strategy: string
}

/** What one recorded day came to. Money in won. */
export interface RecordedDay {
  readonly day: string
  readonly realizedPnl: number
  /** Of what is held at the end, against what it cost. */
  readonly unrealizedPnl: number
  /** Of both, what carried positions had won or lost by the close before the day. */
  readonly earlierPnl: number
  readonly commission: number
  readonly tax: number
  readonly equity: number
  readonly corrections: number
  readonly counts: { readonly orders: number; readonly fills: number; readonly alerts: number }
  readonly trips: readonly TripOfDay[]
}

export interface History {
  /** At least one; the first is shown when none is asked for. */
  readonly sources: readonly PerformanceSource[]
  /**
   * The days that are known by now, oldest first, and how many are still being read. A day that is asked for again is read again only
   * when its record has grown. `undefined`: there is no such source.
   */
  read(source: string): Promise<HistoryDays | undefined>
}

export interface HistoryDays {
  readonly days: readonly RecordedDay[]
  /** The newest day when its record still grows. */
  readonly openDay?: string
  readonly pending: number
  readonly damaged: readonly { readonly day: string; readonly why: Sentence }[]
}
