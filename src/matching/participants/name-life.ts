import { isBarredFromAfterMarket, singlePriceEveryMs } from '../../model/designations.ts'
import type { Phase } from '../../model/session.ts'
import type { SessionWindow } from '../../model/sessions.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { Random } from '../../std/random.ts'
import type { Exchange, Listing } from '../types.ts'
import { createCallers } from './callers.ts'
import type { NamePlan } from './day-plan.ts'
import { createFairValue, type MarketPath } from './fair-value.ts'
import { habitsOf, type NameCrowd } from './name-crowd.ts'
import { createOrderDesk } from './order-desk.ts'
import { createPriceLadder } from './price-ladder.ts'
import { createTrading } from './trading.ts'

export interface Opinion {
  /** In won, not on tick. */
  readonly fair: number
  readonly activity: number
}

/** The crowd of one name through the day. */
export interface NameLife {
  /** Somebody does something now; gives when the next one will, Infinity when the day is over for this name. */
  act(now: EpochMs): EpochMs
  /** What the crowd thought of the name when it last acted. To look does not change what it does. */
  opinion(): Opinion
  /** Orders the exchange refused. */
  readonly refusals: number
}

export interface NameLifeSettings {
  readonly exchange: Exchange
  readonly listing: Listing
  readonly plan: NamePlan
  readonly market: MarketPath
  readonly windows: readonly SessionWindow[]
  readonly pace: number
  readonly random: Random
}

const RESTING_ORDERS = 48
/** After a refusal (a halt nobody announced) the crowd waits. */
const REFUSED_PAUSE_MS = 30_000
/** The fair value may wander so far beyond a price limit; coming back is how a lock ends. */
const BEYOND_LIMIT = 0.01
const AFTER_MARKET_PACE = 0.03
const MINUTE_MS = 60_000
const OPENING_CALL_MS = 1_800_000

export function createNameLife(settings: NameLifeSettings): NameLife {
  const { exchange, listing, plan, random, windows } = settings
  const { id } = listing.instrument
  const crowd = createCrowd(settings)
  const { desk, habits } = crowd
  const fair = createFair(settings, crowd)
  const trading = createTrading(exchange, id, crowd)
  const callers = createCallers(crowd, plan.gap)
  const onlyCalls = singlePriceEveryMs(listing.today) !== undefined
  const main = windows.find(({ phase }) => phase === 'continuous')
  const isOpen = sessionsFor(listing)

  /** Acts; gives the pace that holds now, in acts per second. */
  const join = (now: EpochMs, value: number): number => {
    const { phase } = exchange
    if (phase === 'openingCall')
      return callers.opening(now, value, shareLeft(now, main?.from ?? now, OPENING_CALL_MS))
    if (phase === 'closingCall') return callers.closing(now, value)
    if (onlyCalls) return callers.singlePrice(now, value)
    const state = exchange.state(id)
    const activity = fair.activity()
    if (state?.inVi) return callers.vi(now, value, activity)
    const marketOrders = phase === 'continuous'
    trading.act({ now, fair: value, activity, last: state?.last ?? 0, marketOrders })
    return habits.pace * activity * (marketOrders && main ? shapeOf(now, main) : AFTER_MARKET_PACE)
  }

  const nextSession = (now: EpochMs): EpochMs => {
    const next = windows.find(({ phase, from }) => from > now && isOpen(phase))
    return next ? Math.ceil(next.from + random.exponential(2_000)) : Number.POSITIVE_INFINITY
  }

  return {
    act(now) {
      if (!isOpen(exchange.phase)) return nextSession(now)
      const refused = desk.refusals
      const pace = join(now, fair.advanceTo(now))
      if (desk.refusals > refused) return now + REFUSED_PAUSE_MS
      const next = now + Math.max(1, Math.ceil(random.exponential(1000 / pace)))
      const turn = fair.nextTurn()
      return turn > now && turn < next ? turn : next
    },
    opinion: () => ({ fair: fair.latest(), activity: fair.activity() }),
    get refusals() {
      return desk.refusals
    },
  }
}

function createCrowd({ exchange, listing, pace, random }: NameLifeSettings): NameCrowd {
  const { instrument, today } = listing
  const band = exchange.state(instrument.id)?.band
  return {
    desk: createOrderDesk(exchange, instrument.id, RESTING_ORDERS),
    ladder: createPriceLadder(instrument, exchange.day, today.basePrice, band),
    habits: habitsOf(listing, pace, random),
    random,
  }
}

function createFair({ exchange, listing, plan, market, random }: NameLifeSettings, { ladder }: NameCrowd) {
  return createFairValue({
    plan,
    base: listing.today.basePrice,
    lowest: ladder.at(0) * (1 - BEYOND_LIMIT),
    highest: ladder.at(ladder.prices.length - 1) * (1 + BEYOND_LIMIT),
    market,
    random,
    from: exchange.now,
  })
}

const REGULAR: ReadonlySet<Phase> = new Set(['openingCall', 'continuous', 'closingCall'])

function sessionsFor({ instrument, today }: Listing): (phase: Phase) => boolean {
  const late = instrument.class === 'stock' && !isBarredFromAfterMarket(today.designations)
  return (phase) => REGULAR.has(phase) || (late && phase === 'afterMarket')
}

const shareLeft = (now: EpochMs, until: EpochMs, whole: number) =>
  Math.min(1, Math.max(0, (until - now) / whole))

/** Busiest after the opening, calm at noon, busier again towards the close. */
export function shapeOf(now: EpochMs, { from, to }: SessionWindow): number {
  const opened = (now - from) / MINUTE_MS
  const left = (to - now) / MINUTE_MS
  return 1 + 2.5 * Math.exp(-opened / 15) + 0.8 * Math.exp(-opened / 70) + 2 * Math.exp(-left / 20)
}
