import { type Command, isProven, type Proof, type RunningTrader } from '../../src/apps/trader.ts'
import { createMarket } from '../../src/matching/market.ts'
import { krw, quantity } from '../../src/model/money.ts'
import type { Order } from '../../src/model/order.ts'
import { isOpen } from '../../src/model/order-table.ts'
import { kstInstant, tradingDay } from '../../src/model/time.ts'
import type { Notice } from '../../src/ports/notifier.ts'
import { createKiwoomSimulator, type KiwoomSimulator } from '../../src/simulators/kiwoom/simulator.ts'
import { createRandom } from '../../src/std/random.ts'
import type { ProbePoint } from '../../src/trading/engine/runner.ts'
import { type BrokerOrder, createBrokerOracle } from './broker-oracle.ts'
import { createEventLog, type EventLog } from './event-log.ts'
import type { Crash, Fault } from './faults.ts'
import { createForces } from './forces.ts'
import { checkJournal, damageJournal } from './journal-laws.ts'
import { LIVELY_CONDITIONS, livelySettings } from './lively-settings.ts'
import { createMoneyOracle, type MoneyOracle } from './money-oracle.ts'
import { createOrderLaw } from './order-law.ts'
import { createOrderOracle } from './order-oracle.ts'
import type { Plan } from './plan.ts'
import { createPositionOracle } from './position-oracle.ts'
import { createSimulatedDisk, type SimulatedDisk } from './simulated-disk.ts'
import { createSimulatedNetwork, type SimulatedNetwork } from './simulated-network.ts'
import { JOURNAL, KEY, startProcess, type TraderProcess } from './trader-process.ts'
import { createTrouble } from './trouble.ts'
import { createWorldClock, settled, type WorldClock } from './world-clock.ts'

export interface Failure {
  readonly law: string
  readonly detail: string
  /** Market ms from the trader's start. */
  readonly at: number
}

export interface Outcome {
  readonly failure?: Failure
  /** Of everything that went over the wire, and when; empty when it was not wanted. */
  readonly digest: string
  readonly decisionHash: string
  readonly orders: number
  readonly fills: number
  readonly lives: number
  /** Volatility interruptions of all instruments. */
  readonly vis: number
  /** What the account reports said of buying power. */
  readonly money: MoneyOracle['seen']
  readonly last: readonly string[]
}

const DAY = tradingDay('2026-11-20')
const MARKET_AHEAD_MS = 35_000
const MARKET_SIZE = 6
const LOOK_MS = 2_000
/** So long the trouble of a fault counts as going on when it is over. */
const AFTERMATH_MS = 20_000
/** How long a trader may take to come back: an access token is issued once a minute. */
const COME_BACK_MS = 180_000
/** So long it may sell what it holds; a thin market, or one in a volatility interruption, leaves some. */
const FLATTEN_MS = 90_000
/** So long both sides may take to agree: an access token is issued once a minute. */
const PROOF_MS = 70_000
const CALM_MS = 5_000
const RESTART_MS = 1_000
/** A journal is read, and found good or not, long before. */
const REOPENED_MS = 10_000
/** How the trader words an order that is none of its own. */
const FOREIGN = /^다른 곳에서 낸 주문/

class Stop extends Error {}

/** Plays one plan to its quiet end, or to the first broken law. Nothing real is waited for. */
export async function runPlan(plan: Plan, { digests = true } = {}): Promise<Outcome> {
  const world = createWorld(plan, digests)
  await world.play()
  return world.outcome()
}

function createWorld(plan: Plan, digests: boolean) {
  const traderFrom = kstInstant(DAY, plan.from)
  const marketFrom = traderFrom - MARKET_AHEAD_MS
  const clock: WorldClock = createWorldClock(marketFrom)
  const random = createRandom(plan.seed).fork('world')
  const log: EventLog = createEventLog(clock, digests)
  const core: KiwoomSimulator = createKiwoomSimulator({
    clock,
    wall: clock,
    seed: plan.seed,
    day: DAY,
    startAt: marketFrom,
    profile: 'real',
    marketSize: MARKET_SIZE,
    flowProfile: 'lively',
    conditions: LIVELY_CONDITIONS,
    pumpEveryMs: 200,
    bookIntervalMs: 1_000,
    accounts: [
      { number: '1234567890', ...KEY, cash: krw(50_000_000), holdings: holdingsOf(plan, marketFrom) },
    ],
  })
  const disk: SimulatedDisk = createSimulatedDisk(random.fork('disk'))
  let failure: Failure | undefined
  const fail = (law: string, detail: string) => {
    failure ??= { law, detail, at: clock.now() - traderFrom }
  }
  const orders = createOrderOracle(fail, createOrderLaw(core.market.listings, DAY), clock.now)
  const broker = createBrokerOracle(core, fail)
  const money = createMoneyOracle(fail)
  const trouble = createTrouble(clock)
  const positions = createPositionOracle(core.market, fail)
  disk.onDurable = orders.onDurable
  const network: SimulatedNetwork = createSimulatedNetwork({
    core,
    clock,
    random: random.fork('network'),
    listener: {
      onPost: (api, body) => {
        log.note(`post ${api} ${body}`)
        orders.onPost(api, body)
      },
      onAnswer: orders.onAnswer,
      onStrike: (heldUpMs) => {
        afterTrouble(heldUpMs ?? 0)
        if (heldUpMs === undefined) trouble.losesNews()
        else trouble.holdsUp(heldUpMs)
      },
      note: log.note,
    },
  })

  let process: TraderProcess | undefined
  let lives = 0
  let troubledUntil = 0
  let planned: (Crash & { left: number }) | undefined
  let proven: Proof | undefined
  /** The day ends with orders that still wait, in an interruption or at a limit. */
  let isWaiting = false
  /** The broker's list when the trader was told to stop: what filled after that it need not have heard. */
  let atStop: ReadonlyMap<string, BrokerOrder> = new Map()
  let decisionHash = ''
  let counts = { orders: 0, fills: 0 }

  const troubled = () => network.isOutage || clock.now() < troubledUntil
  const afterTrouble = (ms: number) => {
    troubledUntil = Math.max(troubledUntil, clock.now() + ms + AFTERMATH_MS)
  }
  const isHindered = () => network.isOutage || trouble.isHeldUp || trouble.isNewsLost

  const hear = ({ level, ko }: Notice) => {
    log.note(`notice ${level} ${ko}`)
    if (FOREIGN.test(ko) && !broker.isByHand) fail('ownOrderKnown', ko)
  }

  const start = () => {
    lives++
    log.note(`life ${lives}`)
    orders.onLife()
    positions.onLife()
    broker.onLife()
    money.onLife()
    afterTrouble(0)
    process = startProcess({
      ...ofProcess(),
      onEnd: (error) => {
        log.note(`end ${error.name} ${error.message}`)
        if (error.name === 'InvariantError' || error.name === 'JournalBroken' || error.name === 'TypeError')
          fail('traderDies', error.stack ?? error.message)
        process = undefined
        clock.after(RESTART_MS, start)
      },
    })
  }

  const ofProcess = () => ({
    world: clock,
    disk,
    network,
    settings: livelySettings(),
    onNotice: hear,
    probe,
  })

  const die = ({ power, downMs }: Crash) => {
    if (!process) return
    log.note(`crash${power ? ' power' : ''}`)
    process.kill(power)
    process = undefined
    planned = undefined
    afterTrouble(downMs)
    clock.after(downMs, start)
  }

  const probe = (point: ProbePoint) => {
    if (planned?.point !== point) return
    planned.left--
    if (planned.left === 0) die(planned)
  }

  const forces = createForces({
    core,
    network,
    disk,
    clock,
    trouble,
    onHand: broker.byHand,
    restart: (afterMs) => {
      clock.after(afterMs, () => die({ do: 'crash', power: false, downMs: RESTART_MS }))
    },
  })

  const strike = (fault: Fault) => {
    log.note(`plan ${JSON.stringify(fault)}`)
    afterTrouble('ms' in fault ? fault.ms : 0)
    if (fault.do !== 'crash') return forces.strike(fault)
    if (fault.point === undefined) return die(fault)
    planned = { ...fault, left: fault.nth ?? 1 }
  }

  const look = () => {
    const trader = process?.trader
    if (trader) {
      const view = trader.view()
      decisionHash = view.decisionHash
      counts = { orders: view.counts.orders, fills: view.counts.fills }
      positions.look(view, clock.now(), troubled() || trouble.isHeldUp, broker.isByHand)
      orders.look(clock.now(), isHindered())
      broker.look(view, clock.now(), isHindered())
      money.look(view, !troubled() && !isHindered() && !broker.isByHand)
    }
    clock.after(LOOK_MS, look)
  }

  /** Lets the world run until `until`, or until `done` says so. */
  const run = async (until: number, done: () => boolean = () => false) => {
    while (!done() && clock.runNext(until)) {
      await settled()
      if (failure) throw new Stop()
    }
  }

  const commandAll = (trader: RunningTrader, commands: readonly Command[]) => {
    for (const command of commands) trader.command(command)
  }

  const quiet = async () => {
    forces.calm()
    planned = undefined
    await run(clock.now() + COME_BACK_MS, () => process?.trader !== undefined)
    const trader = process?.trader
    if (!trader) return fail('comesBack', 'the trader did not come back when all trouble was over')
    await run(clock.now() + 1_000)
    commandAll(trader, [{ do: 'pauseBuying' }, { do: 'flatten' }])
    const isDone = () => {
      if (process?.trader !== trader) return true
      const view = trader.view()
      return view.orders.length + view.positions.length === 0
    }
    let lookAt = 0
    await run(clock.now() + FLATTEN_MS, () => {
      if (clock.now() < lookAt) return false
      lookAt = clock.now() + LOOK_MS
      return isDone()
    })
    if (process?.trader !== trader) return fail('dies', 'the trader died without a fault')
    await run(clock.now() + CALM_MS)
    isWaiting = trader.view().orders.length > 0
    await prove(trader)
  }

  /**
   * Whoever trades by hand moves costs our books cannot know; shares and cash are corrected, once no open order of ours
   * can explain the difference.
   */
  const isSettled = (): boolean => {
    if (!proven || !broker.isByHand) return proven !== undefined && isProven(proven)
    if (isWaiting) return true
    const { cash, positions } = proven.difference
    return positions === 0 && (cash === 0 || broker.isThereAndBack)
  }

  const prove = async (trader: RunningTrader) => {
    // Twice, should something have filled between two answers of the broker; and while the access token is awaited.
    for (const end = clock.now() + PROOF_MS; clock.now() < end && !isSettled(); ) {
      let answered = false
      trader.proof().then(
        (proof) => {
          proven = proof
          answered = true
        },
        () => {
          answered = true
        },
      )
      await run(clock.now() + PROOF_MS, () => answered)
      await run(clock.now() + CALM_MS)
    }
    if (!proven) return fail('proof', 'the broker gave no answer')
    atStop = new Map(broker.ownOrders().map((order) => [order.ordNo, order]))
    let stopped = false
    void trader.stop().then(() => {
      stopped = true
    })
    await run(clock.now() + 30_000, () => stopped)
    if (!stopped) return fail('stops', 'the trader does not stop')
    const view = trader.view()
    decisionHash = view.decisionHash
    counts = { orders: view.counts.orders, fills: view.counts.fills }
  }

  /** The journal alone must tell the same day; and every order of the broker's list is one of ours, once. */
  const audit = async () => {
    const known = await checkJournal(disk, JOURNAL, decisionHash, fail)
    if (!known || failure) return
    const difference = fillsApart(known)
    if (difference !== undefined) return fail('fillsEqualBroker', difference)
    const ours = known.flatMap(({ venueOrderId }) => (venueOrderId ? [Number(venueOrderId)] : []))
    const open = known.flatMap((order) => (isOpen(order.status) ? [Number(order.venueOrderId)] : []))
    if (new Set(ours).size !== ours.length)
      return fail('oneOrderPerIntent', `two of ours share a number: ${ours.join()}`)
    for (const { ordNo, action, state, open: atBroker } of broker.ownOrders()) {
      if (action !== 'cancel' && state !== 'refused' && !ours.includes(Number(ordNo)))
        return fail('everyOrderKnown', `${ordNo} is not ours`)
      const isOpenHere = open.includes(Number(ordNo))
      const wasOpen = (atStop.get(ordNo)?.open ?? atBroker) > 0
      if (isOpenHere !== atBroker > 0 && isOpenHere !== wasOpen)
        return fail('nothingForgotten', `${ordNo}: ${atBroker} open at the broker, ours are ${open.join()}`)
    }
    if (!isSettled()) fail('ledgerEqualsBroker', JSON.stringify(proven))
  }

  const fillsApart = (ours: readonly Order[]): string | undefined => {
    for (const { ordNo, filled, filledValue } of broker.ownOrders()) {
      const own = ours.find(({ venueOrderId }) => Number(venueOrderId) === Number(ordNo))
      if (!own) continue
      const { filled: least, filledValue: leastValue } = atStop.get(ordNo) ?? { filled, filledValue }
      if (
        own.filled < least ||
        own.filled > filled ||
        own.filledValue < leastValue ||
        own.filledValue > filledValue
      )
        return `${ordNo}: we have ${own.filled} for ${own.filledValue}, the broker ${filled} for ${filledValue}`
    }
    return undefined
  }

  /** A torn end is cut off and the day goes on; any other damage is refused, and the record named. */
  const reopenDamaged = async () => {
    const path = `${JOURNAL}/${DAY}.jsonl`
    const expected = damageJournal(disk, path, plan.damage, random.fork('damage'))
    if (!expected) return
    let end: string | undefined
    const posts = network.posts
    const reopened = startProcess({
      ...ofProcess(),
      onEnd: (error) => {
        end = error.message
      },
    })
    await run(clock.now() + REOPENED_MS, () => end !== undefined || network.posts > posts)
    reopened.kill(false)
    const told = `${plan.damage}: ${end ?? 'it starts'}`
    if (expected === 'recovers') {
      if (end !== undefined) fail('tornEndRecovers', told)
    } else if (end === undefined || !end.includes(`record ${expected.seq}:`))
      fail('brokenMiddleRefused', `record ${expected.seq}, ${told}`)
  }

  return {
    play: async () => {
      clock.after(MARKET_AHEAD_MS, start)
      clock.after(MARKET_AHEAD_MS + LOOK_MS, look)
      for (const fault of plan.faults) clock.after(MARKET_AHEAD_MS + fault.at, () => strike(fault))
      try {
        await run(traderFrom + plan.lengthMs)
        await quiet()
        if (!failure) await audit()
        if (!failure) await reopenDamaged()
      } catch (error) {
        if (!(error instanceof Stop))
          fail('throws', error instanceof Error ? (error.stack ?? '') : String(error))
      }
      process?.kill(false)
      core.close()
    },
    outcome: (): Outcome => ({
      ...(failure ? { failure } : {}),
      digest: log.digest,
      decisionHash,
      ...counts,
      lives,
      vis: core.market.tapes.reduce((sum, { viCount }) => sum + viCount, 0),
      money: money.seen,
      last: log.last,
    }),
  }
}

/** About a tenth of the account in each, bought at a ratio of the base price. The market of a seed is always the same. */
function holdingsOf({ seed, carried }: Plan, startAt: number) {
  if (carried.length === 0) return []
  const { listings } = createMarket({ seed, day: DAY, startAt, size: MARKET_SIZE })
  return carried.flatMap((ratio, index) => {
    const listing = listings[index]
    if (!listing) return []
    const each = Math.round(listing.today.basePrice * ratio)
    const shares = Math.max(1, Math.floor(3_000_000 / each))
    return [{ instrument: listing.instrument.id, quantity: quantity(shares), cost: krw(each * shares) }]
  })
}
