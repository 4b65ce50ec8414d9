import { quantity } from '../../model/money.ts'
import type { Phase } from '../../model/session.ts'
import type { SessionWindow } from '../../model/sessions.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { Random } from '../../std/random.ts'
import type { Exchange, Listing } from '../types.ts'
import { createFollowedValue } from './followed-value.ts'
import { drawShares, habitsOf, type NameCrowd } from './name-crowd.ts'
import { type NameLife, type Opinion, shapeOf } from './name-life.ts'
import { createOrderDesk } from './order-desk.ts'
import { createPriceLadder } from './price-ladder.ts'
import { createTrading } from './trading.ts'

export interface NxtLifeSettings {
  readonly exchange: Exchange
  /** Its phase says whether there are prices to follow. */
  readonly krx: Exchange
  readonly leader: NameLife
  readonly listing: Listing
  readonly windows: readonly SessionWindow[]
  readonly pace: number
  readonly random: Random
}

/** NXT has about a quarter of KRX's volume in what it trades (our choice), and fewer people for it. */
const VOLUME_SHARE = 0.25
const PACE_SHARE = 0.3
const RESTING_ORDERS = 24
const MOST_LEVELS = 4
const REFUSED_PAUSE_MS = 30_000
const OPENING_RUSH_MS = 300_000
/** Acts per second of those who order while nothing matches: a VI, the entry for the after-market. */
const WAITING_PACE = 0.06
const SHORTEST_WAIT_MS = 120_000
const MEAN_WAIT_MS = 300_000
const PACES: Readonly<Partial<Record<Phase, number>>> = { preMarket: 0.5, continuous: 1, afterMarket: 0.12 }
const LEADS: ReadonlySet<Phase> = new Set(['continuous', 'closingCall', 'afterMarket'])

/** The smaller crowd of one name at NXT. It knows what the crowd at KRX thinks, and has no market orders. */
export function createNxtLife(settings: NxtLifeSettings): Pick<NameLife, 'act' | 'refusals'> {
  const { exchange, krx, leader, listing, random, windows } = settings
  const { id } = listing.instrument
  const crowd = createCrowd(settings)
  const { desk, habits, ladder } = crowd
  const trading = createTrading(exchange, id, crowd)
  const fair = createFollowedValue(random, exchange.now)
  const main = windows.find(({ phase }) => phase === 'continuous')

  /** A limit order of somebody with an opinion: two of them may meet when matching goes on. */
  const wait = (now: EpochMs, value: number): number => {
    const side = random.next() < 0.5 ? 'buy' : 'sell'
    const opinion = value * Math.exp(random.normal() * 0.004)
    const at = ladder.at(ladder.below(opinion) + random.int(0, 1))
    const number = desk.limit('waiting', side, at, drawShares(random, habits.tradeSize))
    desk.keep(number, now + SHORTEST_WAIT_MS + random.exponential(MEAN_WAIT_MS))
    return WAITING_PACE
  }

  const join = (now: EpochMs, { fair: leading, activity }: Opinion): number => {
    const value = fair.advanceTo(now, leading, LEADS.has(krx.phase))
    const { phase } = exchange
    const state = exchange.state(id)
    if (phase === 'afterMarketEntry' || state?.inVi) return wait(now, value)
    trading.act({ now, fair: value, activity, last: state?.last ?? 0, marketOrders: false })
    return habits.pace * activity * (PACES[phase] ?? 0) * rushOf(now, phase)
  }

  const rushOf = (now: EpochMs, phase: Phase): number => {
    if (phase === 'continuous' && main) return shapeOf(now, main)
    const opened = windows.find((window) => window.phase === phase)?.from ?? now
    return 1 + 2 * Math.exp((opened - now) / OPENING_RUSH_MS)
  }

  const nextSession = (now: EpochMs): EpochMs => {
    const next = windows.find(({ from }) => from > now)
    return next ? Math.ceil(next.from + random.exponential(4_000)) : Number.POSITIVE_INFINITY
  }

  return {
    act(now) {
      if (exchange.phase === 'closed') return nextSession(now)
      const refused = desk.refusals
      const pace = join(now, leader.opinion())
      if (desk.refusals > refused) return now + REFUSED_PAUSE_MS
      return now + Math.max(1, Math.ceil(random.exponential(1000 / pace)))
    },
    get refusals() {
      return desk.refusals
    },
  }
}

function createCrowd({ exchange, listing, pace, random }: NxtLifeSettings): NameCrowd {
  const { instrument, today, previousVolume } = listing
  const band = exchange.state(instrument.id)?.band
  const volume = quantity(Math.floor(previousVolume * VOLUME_SHARE))
  const habits = habitsOf({ ...listing, previousVolume: volume }, pace * PACE_SHARE, random)
  return {
    desk: createOrderDesk(exchange, instrument.id, RESTING_ORDERS),
    ladder: createPriceLadder(instrument, exchange.day, today.basePrice, band),
    habits: { ...habits, levels: Math.min(MOST_LEVELS, habits.levels) },
    random,
  }
}
