import { createHash } from 'node:crypto'
import { createAccount } from '../../src/matching/account.ts'
import { createNationalFlow } from '../../src/matching/national-flow.ts'
import { createNationalMarket, type NationalMarket } from '../../src/matching/national-market.ts'
import { createSmallBroker } from '../../src/matching/testing/small-broker.ts'
import type { Exchange, ExchangeEvent } from '../../src/matching/types.ts'
import { commissionSchedule } from '../../src/model/charges.ts'
import type { InstrumentId } from '../../src/model/ids.ts'
import type { KoreanVenue } from '../../src/model/instrument.ts'
import { krw } from '../../src/model/money.ts'
import { kstClock } from '../../src/model/time.ts'
import { createRandom, type Random } from '../../src/std/random.ts'
import { accountFaults, cashFaults } from './account-invariants.ts'
import { createDayInvariants, type DayInvariants } from './day-invariants.ts'
import type { DayPlan } from './day-plan.ts'
import { createNationalInvariants } from './national-invariants.ts'
import { createOutsider } from './outsider.ts'
import { createPassersBy } from './passers-by.ts'

export interface DayOutcome {
  readonly faults: readonly string[]
  readonly events: number
  readonly prints: number
  readonly nxtPrints: number
  readonly vis: number
  /** What the outsider did at KRX: orders that could be taken, orders that could not, fills. */
  readonly outsider: { readonly sensible: number; readonly senseless: number; readonly fills: number }
  /** Of everything the exchange said; empty unless asked for. */
  readonly digest: string
}

const CASH = 30_000_000
const COMPARE_EVERY = 8

/** One venue with those who order there, and what must hold of it. */
interface Stand {
  readonly invariants: DayInvariants
  readonly counts: DayOutcome['outsider']
  hear(event: ExchangeEvent): void
  act(): void
  look(thoroughly: boolean): readonly string[]
  lastLook(): readonly string[]
}

/** Plays the day at both venues, with every invariant checked at every event. Stops at the first moment that breaks one. */
export function simulateDay(plan: DayPlan, wantsDigest = false): DayOutcome {
  const { day, listings, onNxt, from, to, profile } = plan
  const random = createRandom(plan.seed)
  const hash = wantsDigest ? createHash('sha256') : undefined
  const count = { events: 0, vis: 0 }
  const both = createNationalInvariants(onNxt, () => market)
  const market: NationalMarket = createNationalMarket({
    day,
    listings,
    onNxt,
    random: random.fork('exchange'),
    startAt: from,
    onEvent: (venue, event) => {
      count.events++
      if (event.kind === 'vi' && event.state === 'on') count.vis++
      hash?.update(venue + JSON.stringify(event))
      both.hear(venue, event)
      stands[venue]?.hear(event)
    },
  })
  const stands: Record<KoreanVenue, Stand | undefined> = {
    KRX: createStand(plan, market.krx, random),
    NXT: market.nxt && createStand(plan, market.nxt, random.fork('NXT')),
  }
  const open = [stands.KRX, stands.NXT].flatMap((stand) => stand ?? [])
  const flow = createNationalFlow({ market, random: random.fork('flow'), profile })
  // The flow keeps away from what is halted when the day begins.
  if (plan.quiet !== undefined) market.krx.halt(plan.quiet.instrument.id, false)
  const times = random.fork('times')
  const halts = random.fork('halts')
  const faults: string[] = []

  for (let now = from, acts = 0; now < to && faults.length === 0; acts++) {
    now = Math.min(to, now + 1 + Math.floor(times.exponential(plan.outsiderEveryMs)))
    flow.advanceTo(now)
    if (plan.halts && halts.next() < 0.005) toggleHalt(market.krx, halts)
    if (plan.halts && halts.next() < 0.002)
      market.krx.trip(halts.pick(['KOSPI', 'KOSDAQ']), halts.pick([1, 1, 2, 3]))
    for (const stand of open) stand.act()
    both.compare()
    for (const stand of open) faults.push(...stand.look(acts % COMPARE_EVERY === 0))
    faults.push(...both.faults)
  }
  if (faults.length === 0) for (const stand of open) faults.push(...stand.lastLook())
  if (flow.refusals > 0 && !plan.halts) faults.push(`${flow.refusals} orders of the flow were refused`)
  if (stands.KRX?.invariants.prints === 0) faults.push('nothing traded')
  return {
    faults: [...new Set(faults)].map((fault) => `${kstClock(market.now)} ${fault}`),
    events: count.events,
    prints: stands.KRX?.invariants.prints ?? 0,
    nxtPrints: both.nxtPrints,
    vis: count.vis,
    outsider: stands.KRX?.counts ?? NOBODY,
    digest: hash?.digest('hex') ?? '',
  }
}

const NOBODY = { sensible: 0, senseless: 0, fills: 0 }

function createStand(plan: DayPlan, exchange: Exchange, random: Random): Stand {
  const { day, endsTheDay } = plan
  const { venue } = exchange
  const listings = exchange.listings()
  const invariants = createDayInvariants(listings, () => exchange)
  const schedule = commissionSchedule({ broker: 'kiwoom', environment: 'simulated', venue, day })
  const listing = (id: InstrumentId) => listings.find(({ instrument }) => instrument.id === id)?.instrument
  const account = createAccount({ owner: 'outsider', cash: krw(CASH), day, schedule, listing })
  const broker = createSmallBroker(exchange, account)
  const outsider = createOutsider({ exchange, account, broker, listings, random: random.fork('outsider') })
  const quiet = listings.find(({ instrument }) => instrument === plan.quiet?.instrument)
  const passersBy = createPassersBy(exchange, listings, quiet, random.fork('passers-by'))
  const books = { account, broker, cash: CASH, schedule, listing }
  const named = (faults: readonly string[]) => faults.map((fault) => `${venue} ${fault}`)

  return {
    invariants,
    get counts() {
      return { ...outsider.counts, fills: account.fills().length }
    },
    hear(event) {
      invariants.hear(event)
      broker.hear(event)
    },
    act() {
      broker.settle()
      outsider.act()
      passersBy.act()
      broker.settle()
    },
    look(thoroughly) {
      if (thoroughly) invariants.compare()
      const faults = [...invariants.faults, ...outsider.faults, ...cashFaults(account, CASH)]
      return named(thoroughly ? [...faults, ...accountFaults(books)] : faults)
    },
    lastLook() {
      if (endsTheDay) invariants.closeDay()
      else invariants.compare()
      return named([...invariants.faults, ...accountFaults(books)])
    },
  }
}

/** A halt comes, or the one that is ends. */
function toggleHalt(exchange: Exchange, random: Random): void {
  const { instrument, today } = random.pick(exchange.listings())
  if (today.halted) return
  exchange.halt(instrument.id, !(exchange.state(instrument.id)?.halted ?? false))
}
