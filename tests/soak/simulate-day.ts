import { createHash } from 'node:crypto'
import { createAccount } from '../../src/matching/account.ts'
import { createExchange } from '../../src/matching/exchange.ts'
import { createFlow, type Flow } from '../../src/matching/flow.ts'
import { createSmallBroker, type SmallBroker } from '../../src/matching/testing/small-broker.ts'
import type { Exchange, ExchangeEvent } from '../../src/matching/types.ts'
import { commissionSchedule } from '../../src/model/charges.ts'
import type { InstrumentId } from '../../src/model/ids.ts'
import { krw } from '../../src/model/money.ts'
import { kstClock } from '../../src/model/time.ts'
import { createRandom, type Random } from '../../src/std/random.ts'
import { accountFaults, cashFaults } from './account-invariants.ts'
import { createDayInvariants } from './day-invariants.ts'
import type { DayPlan } from './day-plan.ts'
import { createOutsider } from './outsider.ts'
import { createPassersBy } from './passers-by.ts'

export interface DayOutcome {
  readonly faults: readonly string[]
  readonly events: number
  readonly prints: number
  readonly vis: number
  /** What the outsider did: orders that could be taken, orders that could not, fills. */
  readonly outsider: { readonly sensible: number; readonly senseless: number; readonly fills: number }
  /** Of everything the exchange said; empty unless asked for. */
  readonly digest: string
}

const CASH = 30_000_000
const COMPARE_EVERY = 8

/** Plays the day, with every invariant checked at every event. Stops at the first moment that breaks one. */
export function simulateDay(plan: DayPlan, wantsDigest = false): DayOutcome {
  const { day, listings, from, to, profile } = plan
  const random = createRandom(plan.seed)
  const hash = wantsDigest ? createHash('sha256') : undefined
  const count = { events: 0, vis: 0 }
  const invariants = createDayInvariants(listings, () => exchange)
  const exchange: Exchange = createExchange({
    venue: 'KRX',
    day,
    listings,
    random: random.fork('exchange'),
    startAt: from,
    onEvent: (event: ExchangeEvent) => {
      count.events++
      if (event.kind === 'vi' && event.state === 'on') count.vis++
      hash?.update(JSON.stringify(event))
      invariants.hear(event)
      broker.hear(event)
    },
  })
  const schedule = commissionSchedule({ broker: 'kiwoom', environment: 'simulated', venue: 'KRX', day })
  const listing = (id: InstrumentId) => listings.find(({ instrument }) => instrument.id === id)?.instrument
  const account = createAccount({
    owner: 'outsider',
    cash: krw(CASH),
    day,
    schedule,
    listing,
  })
  const broker: SmallBroker = createSmallBroker(exchange, account)
  const flow = createFlow({ exchange, random: random.fork('flow'), profile })
  const outsider = createOutsider({ exchange, account, broker, listings, random: random.fork('outsider') })
  const passersBy = createPassersBy(exchange, listings, random.fork('passers-by'))
  const times = random.fork('times')
  const halts = random.fork('halts')
  const books = { account, broker, cash: CASH, schedule, listing }
  const faults: string[] = []

  const look = (acts: number) => {
    faults.push(...invariants.faults, ...outsider.faults, ...cashFaults(account, CASH))
    if (acts % COMPARE_EVERY !== 0) return
    invariants.compare()
    faults.push(...invariants.faults, ...accountFaults(books))
  }
  for (let now = from, acts = 0; now < to && faults.length === 0; acts++) {
    now = Math.min(to, now + 1 + Math.floor(times.exponential(plan.outsiderEveryMs)))
    flow.advanceTo(now)
    broker.settle()
    if (plan.halts && halts.next() < 0.005) toggleHalt(exchange, halts)
    outsider.act()
    passersBy.act()
    broker.settle()
    look(acts)
  }
  if (faults.length === 0) faults.push(...lastLook(plan, flow, invariants))
  if (faults.length === 0) faults.push(...accountFaults(books))
  return {
    faults: [...new Set(faults)].map((fault) => `${kstClock(exchange.now)} ${fault}`),
    events: count.events,
    prints: invariants.prints,
    vis: count.vis,
    outsider: { ...outsider.counts, fills: account.fills().length },
    digest: hash?.digest('hex') ?? '',
  }
}

function lastLook(
  plan: DayPlan,
  flow: Flow,
  invariants: ReturnType<typeof createDayInvariants>,
): readonly string[] {
  if (plan.endsTheDay) invariants.closeDay()
  else invariants.compare()
  const refused = flow.refusals > 0 && !plan.halts ? [`${flow.refusals} orders of the flow were refused`] : []
  const empty = invariants.prints === 0 ? ['nothing traded'] : []
  return [...invariants.faults, ...refused, ...empty]
}

/** A halt comes, or the one that is ends. */
function toggleHalt(exchange: Exchange, random: Random): void {
  const { instrument, today } = random.pick(exchange.listings())
  if (today.halted) return
  exchange.halt(instrument.id, !(exchange.state(instrument.id)?.halted ?? false))
}
