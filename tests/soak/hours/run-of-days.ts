import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readJournal } from '../../../src/adapters/journal/read.ts'
import { DEMO_CASH, DEMO_KEY } from '../../../src/apps/demo-settings.ts'
import { nextTradingDay } from '../../../src/model/calendar.ts'
import { instrumentId } from '../../../src/model/ids.ts'
import { krw, quantity } from '../../../src/model/money.ts'
import { kstClock, kstInstant, type TradingDay, timeOfDay, tradingDay } from '../../../src/model/time.ts'
import type { SimulatedAccount } from '../../../src/simulators/kiwoom/simulator.ts'
import type { Random } from '../../../src/std/random.ts'
import { replay } from '../../../src/trading/engine/recovery.ts'
import { createTrader } from '../../../src/trading/engine/trader.ts'
import { type AccountTruth, differences, overNight } from './books.ts'
import { type Child, startChild } from './child.ts'
import { type DayMemory, median } from './memory.ts'
import type { Memory, MemoryCalls } from './parent-line.ts'
import type { Addresses, SimulatorCalls } from './simulator-child.ts'
import type { DayOrder, TraderCalls } from './trader-child.ts'
import { createTroubles } from './trouble.ts'

interface HoursSetup {
  readonly random: Random
  /** Of the listings, which stay the same over all days. */
  readonly seed: number
  readonly size: number
  readonly speed: number
  /** Market ms of a day; it ends at 15:40 and begins so much earlier. */
  readonly dayMs: number
  readonly journal: string
  /** Wall ms since the run began. */
  readonly elapsedMs: () => number
  readonly trouble: (text: string) => void
  readonly print: (line: string) => void
}

type ProcessName = 'simulator' | 'trader'

export interface Hours {
  playDay(): Promise<void>
  end(): Promise<void>
  readonly memory: Readonly<Record<ProcessName, readonly DayMemory[]>>
  readonly totals: Readonly<Record<'fills' | 'orders' | 'checks' | 'kills' | 'faults', number>>
}

const MOST_SEED = 1_000_000_000
const FIRST_DAY = tradingDay('2026-11-20')
const DAY_ENDS = timeOfDay('15:40')
const LAST_KILL = timeOfDay('15:20')
const MARKET_HOUR_MS = 3_600_000
/** A short day gets its faults closer together. */
const FAULTS_A_DAY = 4
const KILL_EVERY_DAYS = 6
const FIRST_KILL_DAY = 1
/** Wall ms. */
const SAMPLE_EVERY_MS = 10_000
const COMPARE_EVERY_MS = 120_000
/** Books and account may be apart while pushes are on their way; for longer it is a drift. */
const DRIFT_MS = 45_000
const LOOK_EVERY_MS = 250
/** A supervisor starts a trader again that could not begin its day. */
const START_ATTEMPTS = 40
const START_EVERY_MS = 1_500

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

export function openHours(setup: HoursSetup): Hours {
  const { random, speed, trouble, print } = setup
  const nextTrouble = createTroubles(random.fork('troubles'))
  const chance = random.fork('moments')
  const memory: Record<ProcessName, DayMemory[]> = { simulator: [], trader: [] }
  const totals = { fills: 0, orders: 0, checks: 0, kills: 0, faults: 0 }
  const simulator = startChild<SimulatorCalls>('./simulator-child.ts', trouble)
  let trader = startChild<TraderCalls>('./trader-child.ts', trouble)
  let life = 1
  let index = 0
  let day: TradingDay = FIRST_DAY
  let account: SimulatedAccount = { ...DEMO_KEY, number: '1234567890', cash: DEMO_CASH }

  async function startDay(order: DayOrder): Promise<void> {
    for (let attempt = 1; ; attempt++)
      try {
        return await trader.call('start', order)
      } catch (error) {
        if (attempt === START_ATTEMPTS) throw error
        print(`start ${attempt} of ${day} refused: ${error instanceof Error ? error.message : String(error)}`)
        await wait(START_EVERY_MS)
      }
  }

  async function openDay(): Promise<Today> {
    const startAt = kstInstant(day, DAY_ENDS) - setup.dayMs
    const daySeed = chance.int(1, MOST_SEED)
    const where = await simulator.call('open', {
      seed: setup.seed,
      daySeed,
      size: setup.size,
      startAt,
      speed,
      account,
    })
    const wallOrigin = Date.now()
    await simulator.call('release', wallOrigin)
    const order: DayOrder = { where, journal: setup.journal, startAt, wallOrigin, speed }
    await startDay(order)
    return {
      order,
      control: controlOf(where),
      now: () => startAt + (Date.now() - wallOrigin) * speed,
      samples: { simulator: [], trader: [] },
      struck: [],
      lastKind: '',
    }
  }

  async function playDay(): Promise<void> {
    const today = await openDay()
    const { startAt } = today.order
    const endAt = kstInstant(day, DAY_ENDS)
    const faultEveryMs = Math.min(MARKET_HOUR_MS, setup.dayMs / FAULTS_A_DAY)
    const compareEveryMs = COMPARE_EVERY_MS * speed
    const chores: Chore[] = [
      { at: startAt, everyMs: SAMPLE_EVERY_MS * speed, run: () => sample(today) },
      { at: startAt + (chance.next() * faultEveryMs) / 2, everyMs: faultEveryMs, run: () => strike(today) },
      { at: startAt + compareEveryMs, everyMs: compareEveryMs, run: () => compare(today.control, 'during') },
    ]
    const killAt = startAt + chance.next() * (kstInstant(day, LAST_KILL) - startAt)
    if (index % KILL_EVERY_DAYS === FIRST_KILL_DAY)
      chores.push({ at: killAt, everyMs: Number.POSITIVE_INFINITY, run: () => kill(today) })
    for (; today.now() < endAt; await wait(LOOK_EVERY_MS))
      for (const chore of chores) {
        if (today.now() < chore.at) continue
        chore.at = today.now() + chore.everyMs
        await chore.run()
      }
    await calm(today)
    await endDay(today)
  }

  async function sample({ samples }: Today): Promise<void> {
    samples.simulator.push(await simulator.call('memory', false))
    samples.trader.push(await trader.call('memory', false))
  }

  /** The fault before is over: what of it has not struck is forgotten, and another login is gone. */
  async function calm(today: Today): Promise<void> {
    await today.control.forget()
    if (today.lastKind === 'duplicateLogin') await restart(today.order)
    today.lastKind = ''
  }

  async function strike(today: Today): Promise<void> {
    await calm(today)
    const fault = nextTrouble()
    await today.control.plan(fault)
    today.lastKind = fault.kind
    today.struck.push(`${kstClock(today.now()).slice(0, 5)} ${fault.kind}`)
    totals.faults++
  }

  async function kill(today: Today): Promise<void> {
    today.struck.push(`${kstClock(today.now()).slice(0, 5)} SIGKILL`)
    await trader.kill()
    trader = startChild<TraderCalls>('./trader-child.ts', trouble)
    totals.kills++
    life++
    today.samples.trader.length = 0
    await startDay(today.order)
  }

  /** What a person does after the alarm of another login: ends that one, and starts the program again. */
  async function restart(order: DayOrder): Promise<void> {
    await trader.call('stop')
    await startDay(order)
  }

  async function endDay({ control, samples, struck }: Today): Promise<void> {
    const truth = await compare(control, 'at the end of')
    const { urgent, open } = await trader.call('books')
    if (open > 0) trouble(`${day}: ${open} orders are still open in our books after the close`)
    const orders = await control.orders()
    await trader.call('stop')
    await simulator.call('close')
    await judgeRecord(orders)
    await measure('simulator', simulator, samples.simulator, 1)
    await measure('trader', trader, samples.trader, life)
    totals.fills += truth.fills.length
    totals.orders += orders.length
    print(
      `${day} ${truth.fills.length} fills, ${truth.holdings.length} held over night, ${urgent} alarms, ` +
        `cash ${truth.balance.d2} · ${struck.join(', ')}`,
    )
    account = nextMorning(account, truth)
    day = nextTradingDay(day)
    index++
  }

  /** Looks until the books are right, for as long as things may be on their way. Gives the account as it was then. */
  async function compare(control: Control, when: string): Promise<AccountTruth> {
    totals.checks++
    for (const until = Date.now() + DRIFT_MS; ; await wait(LOOK_EVERY_MS)) {
      const truth = await control.account()
      const apart = differences(await trader.call('books'), truth)
      if (apart.length === 0) return truth
      if (Date.now() < until) continue
      trouble(`${when} ${day}: the books differ for ${DRIFT_MS / 1000} s: ${apart.join(', ')}`)
      return truth
    }
  }

  /** The day's record decides again what it decided, and knows every order of the broker. */
  async function judgeRecord(orders: readonly BrokerOrder[]): Promise<void> {
    const replayed = createTrader()
    const file = (await readdir(setup.journal)).find((name) => name === `${day}.jsonl`)
    const result = await replay(replayed, readJournal(join(setup.journal, file ?? '')), true)
    if (!result.ok) trouble(`${day}: the journal does not replay at record ${result.seq}: ${result.reason}`)
    const ours = new Set<string>(replayed.orders().flatMap(({ venueOrderId }) => venueOrderId ?? []))
    const strangers = orders.filter(
      ({ action, state, ordNo }) => action !== 'cancel' && state !== 'refused' && !ours.has(ordNo),
    )
    if (strangers.length > 0) trouble(`${day}: orders without a record: ${JSON.stringify(strangers)}`)
  }

  async function measure(
    name: ProcessName,
    child: Child<MemoryCalls>,
    samples: readonly Memory[],
    ofLife: number,
  ): Promise<void> {
    const settled = await child.call('memory', true)
    memory[name].push({
      life: ofLife,
      day: index + 1,
      atHours: setup.elapsedMs() / 3_600_000,
      settledHeap: settled.heapUsed,
      settledRss: settled.rss,
      heap: median(samples.map(({ heapUsed }) => heapUsed)),
      rss: median(samples.map(({ rss }) => rss)),
      peakRss: Math.max(0, ...samples.map(({ rss }) => rss)),
    })
  }

  return {
    playDay,
    end: async () => {
      await trader.end()
      await simulator.end()
    },
    memory,
    totals,
  }
}

function nextMorning(before: SimulatedAccount, truth: AccountTruth): SimulatedAccount {
  const { cash, unsettled, holdings } = overNight(truth)
  return {
    ...before,
    cash: krw(cash),
    unsettled: { buy: krw(unsettled.buy), sell: krw(unsettled.sell) },
    holdings: holdings.map((held) => ({
      instrument: instrumentId(held.instrument),
      quantity: quantity(held.quantity),
      cost: krw(held.cost),
      fees: krw(held.fees),
    })),
  }
}

/** The day under way. */
interface Today {
  readonly order: DayOrder
  readonly control: Control
  /** Market time. */
  readonly now: () => number
  readonly samples: Record<ProcessName, Memory[]>
  /** What happened to it, for people. */
  readonly struck: string[]
  lastKind: string
}

/** Something to be done at a market time, and again so much later. */
interface Chore {
  at: number
  readonly everyMs: number
  readonly run: () => Promise<unknown>
}

interface BrokerOrder {
  readonly ordNo: string
  readonly action: string
  readonly state: string
}

interface Control {
  plan(fault: object): Promise<void>
  forget(): Promise<void>
  account(): Promise<AccountTruth>
  orders(): Promise<readonly BrokerOrder[]>
}

function controlOf({ control }: Addresses): Control {
  const ask = async (path: string, init?: RequestInit): Promise<unknown> =>
    (await fetch(control + path, init)).json()
  return {
    plan: async (fault) => {
      await ask('/fault', { method: 'POST', body: JSON.stringify(fault) })
    },
    forget: async () => {
      await ask('/fault', { method: 'DELETE' })
    },
    account: async () => (await ask('/account')) as AccountTruth,
    orders: async () => (await ask('/orders')) as readonly BrokerOrder[],
  }
}
