import type { InstrumentId } from '../../model/ids.ts'
import { sessionsOf } from '../../model/sessions.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { Random } from '../../std/random.ts'
import type { Exchange } from '../types.ts'
import { planNames } from './day-plan.ts'
import { createMarketPath } from './fair-value.ts'
import { createNameLife, type NameLife } from './name-life.ts'
import { type FlowProfile, PROFILES } from './profile.ts'
import { createWakeQueue } from './wake-queue.ts'

/** Everyone who trades at one venue, waiting for their turns. They act at the instant at which their exchange stands. */
export interface VenueCrowd {
  /** When the next one acts; Infinity when the day is over for all. */
  nextAt(): EpochMs
  /** Lets that one act. Time must stand at `nextAt()`. */
  act(): void
  /** Orders the exchange refused so far. */
  readonly refusals: number
}

/** Whoever wakes, acts and says when he wakes next. */
interface Life {
  act(now: EpochMs): EpochMs
  readonly refusals: number
}

export interface VenueCrowdSettings {
  readonly exchange: Exchange
  readonly random: Random
  readonly profile: FlowProfile
}

/** The crowd of KRX, whose opinions those at NXT follow. */
export interface KrxCrowd extends VenueCrowd {
  life(instrument: InstrumentId): NameLife | undefined
}

const MARKET_VOLATILITY = 0.009
/** By then everyone has looked at the market for the first time. */
export const FIRST_LOOK_MS = 30_000

export function createKrxCrowd({ exchange, random, profile }: VenueCrowdSettings): KrxCrowd {
  const { day, venue } = exchange
  const windows = sessionsOf(venue, day)
  const main = windows.find(({ phase }) => phase === 'continuous')
  const [open, close] = [main?.from ?? exchange.now, main?.to ?? exchange.now]
  const liveliness = PROFILES[profile]
  const listings = exchange.listings()
  const plans = planNames({ listings, open, close, liveliness, random })
  const end = windows.at(-1)?.to ?? close
  const market = createMarketPath(exchange.now, end, MARKET_VOLATILITY, random.fork('market'))

  const lives = new Map<InstrumentId, NameLife>()
  const turns = createTurns()
  for (const listing of listings) {
    const { id } = listing.instrument
    const plan = plans.get(id)
    if (!plan || listing.today.halted) continue
    const own = random.fork(`crowd ${id}`)
    const { pace } = liveliness
    const life = createNameLife({ exchange, listing, plan, market, windows, pace, random: own })
    turns.join(life, exchange.now + own.int(1, FIRST_LOOK_MS))
    lives.set(id, life)
  }
  return {
    nextAt: turns.nextAt,
    act: turns.act,
    get refusals() {
      return turns.refusals
    },
    life: (instrument) => lives.get(instrument),
  }
}

interface Turns extends VenueCrowd {
  join(life: Life, firstAt: EpochMs): void
}

/** Lives in order of their turns. */
export function createTurns(): Turns {
  const lives: Life[] = []
  const queue = createWakeQueue()
  return {
    join(life, firstAt) {
      queue.push(firstAt, lives.length)
      lives.push(life)
    },
    nextAt: () => queue.nextAt(),
    act() {
      const now = queue.nextAt()
      const index = queue.pop()
      const next = lives[index]?.act(now) ?? Number.POSITIVE_INFINITY
      if (next < Number.POSITIVE_INFINITY) queue.push(next, index)
    },
    get refusals() {
      return lives.reduce((all, life) => all + life.refusals, 0)
    },
  }
}
