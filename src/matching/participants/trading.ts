import type { InstrumentId } from '../../model/ids.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { Exchange } from '../types.ts'
import { NEWS_ACTIVITY } from './episodes.ts'
import { createMakers } from './makers.ts'
import type { NameCrowd } from './name-crowd.ts'
import { createPatient } from './patient.ts'
import { createTakers } from './takers.ts'

/** One act of a name's crowd in continuous trading. */
export interface Trading {
  act(moment: Moment): void
}

export interface Moment {
  readonly now: EpochMs
  readonly fair: number
  readonly activity: number
  /** 0 before the first print. */
  readonly last: number
  readonly marketOrders: boolean
}

const TAKER_SHARE = 0.5
const PATIENT_SHARE = 0.3
/** From this activity on makers keep a wider distance, and move more of their levels at a time. */
const BUSY = 3
const LULL = 0.5
/** The memory of those who follow a move. */
const IMPULSE_MS = 60_000

export function createTrading(exchange: Exchange, instrument: InstrumentId, crowd: NameCrowd): Trading {
  const { desk, random } = crowd
  const makers = createMakers(crowd)
  const takers = createTakers(crowd)
  const patient = createPatient(crowd)
  let average = 0
  let seenAt: EpochMs = 0

  const impulseOf = (last: number, now: EpochMs): number => {
    if (last === 0) return 0
    const weight = average === 0 ? 0 : Math.exp(-(now - seenAt) / IMPULSE_MS)
    average = average * weight + last * (1 - weight)
    seenAt = now
    return Math.log(last / average)
  }

  const best = (side: 'buy' | 'sell') => exchange.levels(instrument, side, 1)[0]?.price ?? 0

  const quote = (now: EpochMs, fair: number, activity: number) => {
    if (activity >= NEWS_ACTIVITY && random.next() < 0.5) {
      makers.withdraw()
      desk.clear()
      return
    }
    const wide = activity < LULL ? 4 : activity > BUSY ? 1.8 : 1
    makers.requote(now, fair, wide, activity > BUSY ? 3 : 2)
  }

  return {
    act({ now, fair, activity, last, marketOrders }) {
      const glance = {
        now,
        bid: best('buy'),
        ask: best('sell'),
        fair,
        impulse: impulseOf(last, now),
        size: Math.sqrt(Math.max(1, activity)),
        marketOrders,
      }
      // Takers first: should they set off a VI, only what a call takes may follow, and quotes are that.
      const draw = random.next()
      if (draw < TAKER_SHARE) takers.take(glance)
      else if (draw < TAKER_SHARE + PATIENT_SHARE) patient.rest(glance)
      quote(now, fair, activity)
      desk.tidy(now, 3)
    },
  }
}
