import type { Cancel, Clock, EpochMs } from '../../std/clock.ts'
import type { Placed } from '../../trading/strategies/strategy.ts'

/** What a strategy thinks, until it is time to say it. */
export interface Opinions {
  /** Of a bar that has just closed: said now. */
  say(opinions: readonly Placed[]): void
  /** Of the last bar before the opening: said at the first print of each instrument. */
  keep(opinions: readonly Placed[]): void
  /** A print of this instrument inside the session. */
  onPrint(index: number): void
  /** A newer bar of it has closed: what was thought before is of no use any more. */
  forget(index: number): void
  stop(): void
}

/** What is sold pays for what is bought: a purchase waits so long for the sales that were said with it (market ms). */
const SALE_MS = 3_000
/** Purchases of the opening wait no longer for a sale whose instrument does not print (halted, in a call auction). */
const OPENING_SALES_MS = 60_000

/** The newest opinion on an instrument counts. Sales are said first, and have time to fill. `opensAt`: nothing is said before. */
export function createOpinions(setup: {
  readonly clock: Clock
  readonly opensAt: EpochMs
  readonly voice: (opinion: Placed) => void
}): Opinions {
  const { clock, opensAt } = setup
  const unprinted = new Map<number, Placed>()
  const purchases = new Map<number, Placed>()
  let soldAt = Number.NEGATIVE_INFINITY
  let keptAt = opensAt
  let cancel: Cancel = () => undefined

  const forget = (index: number) => {
    unprinted.delete(index)
    purchases.delete(index)
  }

  const say = (opinion: Placed) => {
    forget(opinion.index)
    if (opinion.want === 'flat') soldAt = clock.now()
    else if (mustWait()) return void purchases.set(opinion.index, opinion)
    setup.voice(opinion)
  }

  const mustWait = (): boolean => {
    const now = clock.now()
    if (now < soldAt + SALE_MS) return true
    const isSaleKept = [...unprinted.values()].some(({ want }) => want === 'flat')
    return isSaleKept && now < keptAt + OPENING_SALES_MS
  }

  const buyAfterSales = () => {
    cancel()
    if (purchases.size === 0) return
    if (mustWait()) cancel = clock.after(SALE_MS, buyAfterSales)
    else for (const opinion of [...purchases.values()]) say(opinion)
  }

  return {
    say: (opinions) => {
      for (const opinion of opinions) forget(opinion.index)
      for (const opinion of opinions) if (opinion.want === 'flat') say(opinion)
      for (const opinion of opinions) if (opinion.want === 'long') say(opinion)
      buyAfterSales()
    },
    keep: (opinions) => {
      keptAt = Math.max(opensAt, clock.now())
      for (const opinion of opinions) unprinted.set(opinion.index, opinion)
    },
    onPrint: (index) => {
      const opinion = unprinted.get(index)
      // The clocks of the exchange and of this machine differ: before its own opening the engine takes nothing.
      if (!opinion || clock.now() < opensAt) return
      say(opinion)
      buyAfterSales()
    },
    forget,
    stop: () => {
      cancel()
      unprinted.clear()
      purchases.clear()
    },
  }
}
