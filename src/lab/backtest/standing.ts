import type { InstrumentId } from '../../model/ids.ts'
import type { Money } from '../../model/money.ts'
import type { ExitSettings } from '../../model/settings.ts'
import type { ExitLevels } from '../../trading/engine/leaving.ts'
import type { Ledger } from '../../trading/ledger/ledger.ts'

/** What is held, and which prices matter to it. */
export interface Standing {
  readonly cash: Money
  readonly held: readonly Held[]
  /** Does the engine wait for the clock: an order that rests, an exit by time? */
  readonly waits: boolean
  /** By instrument: 1 or 0. */
  readonly isHeld: Uint8Array
  /**
   * By instrument: between these prices of a bar, both outside, nothing of ours can happen in it. The stop; and the lower one of
   * the target and a high that has to be remembered.
   */
  readonly above: Float64Array
  readonly below: Float64Array
}

/** A position by its instrument's place in the list, and what it is worth where it has no price. */
export interface Held {
  readonly index: number
  readonly quantity: number
  readonly cost: Money
}

/** The columns are the same ones each time. */
export function createStandings(
  indexes: ReadonlyMap<InstrumentId, number>,
  exits: ExitSettings,
): (
  books: Pick<Ledger, 'cash' | 'positions'>,
  levelsOf: (instrument: InstrumentId) => ExitLevels | undefined,
  /** Where orders rest or wait. */
  resting: Iterable<InstrumentId>,
) => Standing {
  // A new high moves a trailing stop, and nothing else.
  const needsHigh = exits.trailing.length > 0 || exits.atr !== undefined
  const needsClock = exits.maxHoldMs !== undefined || exits.endOfDay !== undefined
  const isHeld = new Uint8Array(indexes.size)
  const above = new Float64Array(indexes.size)
  const below = new Float64Array(indexes.size).fill(Number.POSITIVE_INFINITY)
  /** Where they are not as in the beginning. */
  let concerned: number[] = []

  const forget = () => {
    for (const index of concerned) {
      isHeld[index] = 0
      above[index] = 0
      below[index] = Number.POSITIVE_INFINITY
    }
    concerned = []
  }

  /** Every price concerns it. */
  const loud = (index: number) => {
    above[index] = Number.POSITIVE_INFINITY
  }

  const bound = (index: number, levels: ExitLevels | undefined) => {
    concerned.push(index)
    if (!levels) return loud(index)
    above[index] = levels.stop
    // Prices are whole.
    const high = needsHigh ? levels.high + 1 : Number.POSITIVE_INFINITY
    below[index] = Math.min(levels.target ?? Number.POSITIVE_INFINITY, high)
  }

  const indexOf = (instrument: InstrumentId) => indexes.get(instrument) ?? -1

  return ({ cash, positions }, levelsOf, resting) => {
    forget()
    const held: Held[] = []
    for (const { instrument, quantity, cost } of positions.values()) {
      const index = indexOf(instrument)
      held.push({ index, quantity, cost })
      isHeld[index] = 1
      bound(index, levelsOf(instrument))
    }
    let waits = needsClock && held.length > 0
    for (const instrument of resting) {
      waits = true
      const index = indexOf(instrument)
      concerned.push(index)
      loud(index)
    }
    return { cash, held, waits, isHeld, above, below }
  }
}
