import type { RoundTrip } from '../../model/position.ts'
import type { EpochMs } from '../../std/clock.ts'
import { invariant } from '../../std/invariant.ts'

/** What the statistics of trades look at: one round trip, its money in one currency's unit. */
export interface TradeOutcome {
  readonly instrument: string
  readonly strategy: string
  readonly exitReason: string
  readonly openedAt: EpochMs
  readonly closedAt: EpochMs
  /** Profit or loss after all costs. */
  readonly netPnl: number
  /** Fees and taxes of entry and exit, 0 or above; inside `netPnl` already. */
  readonly costs: number
  /** Money that the first stop put at risk, above 0 (1R). Absent for a trade without a stop. */
  readonly initialRisk?: number
  readonly excursion?: Excursion
}

/**
 * How far a trade went against us and for us while it was held, in money: the first is 0 or negative, the
 * second 0 or positive.
 */
export interface Excursion {
  readonly adverse: number
  readonly favourable: number
}

export interface OutcomeExtras {
  readonly strategy: string
  readonly initialRisk?: number
  readonly excursion?: Excursion
}

/**
 * The outcome of a round trip of the ledger. A round trip does not know its strategy, its first stop, nor the
 * prices while it was held, so they come beside it. Errors: an initial risk that is not above 0 breaks an
 * invariant.
 */
export function outcomeOf(trip: RoundTrip, extras: OutcomeExtras): TradeOutcome {
  const { initialRisk } = extras
  invariant(
    initialRisk === undefined || (Number.isFinite(initialRisk) && initialRisk > 0),
    `an initial risk lies above 0: ${initialRisk}`,
  )
  return {
    ...extras,
    instrument: trip.instrument,
    exitReason: trip.exit,
    openedAt: trip.openedAt,
    closedAt: trip.closedAt,
    netPnl: trip.realizedPnl,
    costs: trip.buyFees + trip.sellFees + trip.tax,
  }
}
