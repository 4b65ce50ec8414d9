import { createMarket } from '../../src/matching/market.ts'
import type { FlowProfile } from '../../src/matching/participants/profile.ts'
import type { Listing } from '../../src/matching/types.ts'
import { hoursOf, isTradingDay } from '../../src/model/calendar.ts'
import type { InstrumentId } from '../../src/model/ids.ts'
import type { Designation } from '../../src/model/instrument.ts'
import { type SessionWindow, sessionsOf } from '../../src/model/sessions.ts'
import { addDays, type TradingDay, tradingDay } from '../../src/model/time.ts'
import type { EpochMs } from '../../src/std/clock.ts'
import { createRandom, type Random } from '../../src/std/random.ts'

/** One simulated day, drawn from its seed alone. */
export interface DayPlan {
  readonly seed: number
  readonly day: TradingDay
  readonly stretch: Stretch
  readonly listings: readonly Listing[]
  /** One of the listings in which only passers-by trade. */
  readonly quiet: Listing | undefined
  /** The list of NXT; before 2025-03-04 it changes nothing. */
  readonly onNxt: ReadonlySet<InstrumentId>
  readonly profile: FlowProfile
  readonly from: EpochMs
  readonly to: EpochMs
  /** Trading halts come and go; the flow is then refused orders, as anyone is. */
  readonly halts: boolean
  /** Mean time between two acts of the outsider. */
  readonly outsiderEveryMs: number
  /** Every session is over at `to`. */
  readonly endsTheDay: boolean
}

/** Which part of the day: the opening auction, the closing auction and what follows, or all of it. */
export type Stretch = 'morning' | 'evening' | 'whole'

/** First days of the times between which ticks, bands, hours or taxes changed. The next one begins where it ends. */
const ERAS = [
  '2015-01-02',
  '2015-06-15',
  '2016-08-01',
  '2019-04-29',
  '2020-12-29',
  '2023-01-25',
  '2023-12-11',
  '2025-01-02',
  '2026-09-14',
  '2027-01-04',
  // Trades of the calendar's last days settle beyond it.
  '2027-12-28',
].map(tradingDay)

const DESIGNATIONS: readonly Designation[] = [
  'administrative',
  'caution',
  'warning',
  'danger',
  'overheated',
  'liquidation',
  'disclosureCaution',
  'firstDay',
]
const MINUTE_MS = 60_000
/** The outsider's account is read through again and again: the work grows with the square of his orders. */
const MOST_ACTS = 400
const WHOLE_EVERY = 5
/** After the sessions: what they left open has expired by then. */
const AFTERWARDS_MS = 4 * MINUTE_MS

export function planDay(seed: number): DayPlan {
  const random = createRandom(seed).fork('soak')
  const day = dayOf(seed, random)
  const stretch = seed % WHOLE_EVERY === 0 ? 'whole' : random.pick<Stretch>(['morning', 'evening'])
  const windows = sessionsOf('KRX', day)
  const [from, to] = withNxt(stretch, day, spanOf(stretch, windows, random))
  const size = stretch === 'whole' ? random.int(3, 8) : random.int(3, 12)
  const profile = random.pick<FlowProfile>(['lively', 'normal', 'quiet'])
  const listings = marked(createMarket({ seed, day, size }).listings, random)
  const quiet = quietOf(listings)
  return {
    seed,
    day,
    stretch,
    listings: listings.map((listing) => (listing.instrument === quiet?.instrument ? quiet : listing)),
    quiet,
    onNxt: drawList(listings, random.fork('NXT')),
    profile,
    from,
    to,
    halts: random.next() < 0.15,
    outsiderEveryMs: Math.max(random.pick([3_000, 10_000, 30_000]), (to - from) / MOST_ACTS),
    endsTheDay: to >= Math.max(...[...windows, ...sessionsOf('NXT', day)].map((window) => window.to)),
  }
}

/** Eras in turn; now and then a day with hours of its own. */
function dayOf(seed: number, random: Random): TradingDay {
  const era = Math.abs(seed) % (ERAS.length - 1)
  const [first, end] = [ERAS[era], ERAS[era + 1]] as [TradingDay, TradingDay]
  const days: TradingDay[] = []
  for (let day = first; day < end; day = addDays(day, 1)) if (isTradingDay(day)) days.push(day)
  const special = days.filter((day) => hoursOf(day) !== 'normal')
  return random.next() < 0.1 && special.length > 0 ? random.pick(special) : random.pick(days)
}

/** The first stock without a mark is halted when the day begins, so that the flow keeps away; the halt ends at once. */
function quietOf(listings: readonly Listing[]): Listing | undefined {
  const found = listings.find(
    ({ instrument, today }) => instrument.class === 'stock' && today.designations.length === 0,
  )
  return found && { ...found, today: { ...found.today, halted: true } }
}

const lastOf = (windows: readonly SessionWindow[]) => windows.at(-1) as SessionWindow

function spanOf(stretch: Stretch, windows: readonly SessionWindow[], random: Random): [EpochMs, EpochMs] {
  const of = (phase: string) => windows.find((window) => window.phase === phase) as SessionWindow
  const minutes = (low: number, high: number) => random.int(low, high) * MINUTE_MS
  const [opening, closing, last] = [of('openingCall'), of('closingCall'), lastOf(windows)]
  const afternoon = of('postClose').to + AFTERWARDS_MS
  if (stretch === 'morning') return [opening.to - minutes(1, 31), of('continuous').from + minutes(4, 25)]
  if (stretch === 'evening') {
    // What comes after is thin, so its hours cost little.
    const end = random.next() < 0.3 ? last.to + AFTERWARDS_MS : afternoon + minutes(0, 20)
    return [closing.from - minutes(4, 20), end]
  }
  return [opening.from - minutes(1, 40), random.next() < 0.3 ? last.to + AFTERWARDS_MS : afternoon]
}

/** A whole day of both venues begins with the pre-market of NXT, and so does a morning in three, at its end. */
function withNxt(stretch: Stretch, day: TradingDay, [from, to]: [EpochMs, EpochMs]): [EpochMs, EpochMs] {
  const preMarket = sessionsOf('NXT', day).find(({ phase }) => phase === 'preMarket')
  if (preMarket === undefined || stretch === 'evening') return [from, to]
  if (stretch === 'whole') return [preMarket.from - MINUTE_MS, to]
  return [(from / MINUTE_MS) % 3 === 0 ? preMarket.to - 10 * MINUTE_MS : from, to]
}

/** Four in five of what NXT could trade, and something that it could not. */
const drawList = (listings: readonly Listing[], random: Random): ReadonlySet<InstrumentId> =>
  new Set(listings.flatMap(({ instrument }) => (random.next() < 0.8 ? [instrument.id] : [])))

/** Small markets have no designations of their own: some names get one, and one in a while stands still all day. */
function marked(listings: readonly Listing[], random: Random): Listing[] {
  return listings.map((listing) => {
    const draw = random.next()
    if (listing.instrument.class !== 'stock' || draw > 0.25) return listing
    const today =
      draw < 0.03
        ? { ...listing.today, halted: true }
        : { ...listing.today, designations: [random.pick(DESIGNATIONS)] }
    return { ...listing, today }
  })
}
