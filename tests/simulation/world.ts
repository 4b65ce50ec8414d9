import { readJournal, verifyJournal } from '../../src/adapters/journal/read.ts'
import { type Command, isProven, type Proof, type RunningTrader } from '../../src/apps/trader.ts'
import { krw } from '../../src/model/money.ts'
import type { Order } from '../../src/model/order.ts'
import { isOpen } from '../../src/model/order-table.ts'
import { kstInstant, tradingDay } from '../../src/model/time.ts'
import { createKiwoomSimulator, type KiwoomSimulator } from '../../src/simulators/kiwoom/simulator.ts'
import { createRandom } from '../../src/std/random.ts'
import { replay } from '../../src/trading/engine/recovery.ts'
import type { ProbePoint } from '../../src/trading/engine/runner.ts'
import { createTrader } from '../../src/trading/engine/trader.ts'
import { createEventLog, type EventLog } from './event-log.ts'
import { LIVELY_CONDITIONS, livelySettings } from './lively-settings.ts'
import { createOrderOracle } from './order-oracle.ts'
import type { Crash, Fault, Plan } from './plan.ts'
import { createPositionOracle } from './position-oracle.ts'
import { createSimulatedDisk, type SimulatedDisk } from './simulated-disk.ts'
import { createSimulatedNetwork, type SimulatedNetwork } from './simulated-network.ts'
import { JOURNAL, KEY, startProcess, type TraderProcess } from './trader-process.ts'
import { createWorldClock, settled, type WorldClock } from './world-clock.ts'

export interface Failure {
  readonly law: string
  readonly detail: string
  /** Market ms from the trader's start. */
  readonly at: number
}

export interface Outcome {
  readonly failure?: Failure
  /** Of everything that went over the wire, and when. */
  readonly digest: string
  readonly decisionHash: string
  readonly orders: number
  readonly fills: number
  readonly lives: number
  readonly last: readonly string[]
}

interface BrokerOrder {
  readonly ordNo: string
  readonly action: 'new' | 'amend' | 'cancel'
  readonly open: number
  readonly filled: number
  readonly filledValue: number
}

const DAY = tradingDay('2026-11-20')
const MARKET_AHEAD_MS = 60_000
const MARKET_SIZE = 6
const LOOK_MS = 1_000
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

class Stop extends Error {}

/** Plays one plan to its quiet end, or to the first broken law. Nothing real is waited for. */
export async function runPlan(plan: Plan): Promise<Outcome> {
  const world = createWorld(plan)
  await world.play()
  return world.outcome()
}

function createWorld(plan: Plan) {
  const traderFrom = kstInstant(DAY, plan.from)
  const marketFrom = traderFrom - MARKET_AHEAD_MS
  const clock: WorldClock = createWorldClock(marketFrom)
  const random = createRandom(plan.seed).fork('world')
  const log: EventLog = createEventLog(clock)
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
    pumpEveryMs: 100,
    bookIntervalMs: 500,
    accounts: [{ number: '1234567890', ...KEY, cash: krw(50_000_000) }],
  })
  const disk: SimulatedDisk = createSimulatedDisk(random.fork('disk'))
  let failure: Failure | undefined
  const fail = (law: string, detail: string) => {
    failure ??= { law, detail, at: clock.now() - traderFrom }
  }
  const orders = createOrderOracle(fail)
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
      note: log.note,
    },
  })

  let process: TraderProcess | undefined
  let lives = 0
  let troubledUntil = 0
  let planned: (Crash & { left: number }) | undefined
  let proven: Proof | undefined
  let decisionHash = ''
  let counts = { orders: 0, fills: 0 }

  const troubled = () => network.isTroubled || clock.now() < troubledUntil
  const trouble = (ms: number) => {
    troubledUntil = Math.max(troubledUntil, clock.now() + ms + AFTERMATH_MS)
  }

  const start = () => {
    lives++
    log.note(`life ${lives}`)
    orders.onLife()
    positions.onLife()
    trouble(0)
    process = startProcess({
      world: clock,
      disk,
      network,
      settings: livelySettings(),
      onNotice: (notice) => log.note(`notice ${notice.level} ${notice.ko}`),
      probe,
      onEnd: (error) => {
        log.note(`end ${error.name} ${error.message}`)
        if (error.name === 'InvariantError' || error.name === 'JournalBroken' || error.name === 'TypeError')
          fail('traderDies', error.stack ?? error.message)
        process = undefined
        clock.after(RESTART_MS, start)
      },
    })
  }

  const die = ({ power, downMs }: Crash) => {
    if (!process) return
    log.note(`crash${power ? ' power' : ''}`)
    process.kill(power)
    process = undefined
    planned = undefined
    trouble(downMs)
    clock.after(downMs, start)
  }

  const probe = (point: ProbePoint) => {
    if (planned?.point !== point) return
    planned.left--
    if (planned.left === 0) die(planned)
  }

  const strike = (fault: Fault) => {
    log.note(`plan ${JSON.stringify(fault)}`)
    trouble('ms' in fault ? fault.ms : 0)
    switch (fault.do) {
      case 'request':
      case 'frame':
        return network.arm(fault)
      case 'line':
        if (fault.kind === 'halfOpen') network.halfOpen()
        else dropLines()
        return trouble(fault.kind === 'halfOpen' ? 75_000 : 0)
      case 'outage':
        network.outage = fault.silent ? 'silent' : 'refused'
        if (fault.silent) network.halfOpen()
        else dropLines()
        if (fault.silent) trouble(75_000)
        clock.after(fault.ms, () => {
          network.outage = 'none'
        })
        return
      case 'expireTokens':
        core.control('POST', '/control/expire-tokens', '', '')
        // A token is issued once a minute at most.
        return trouble(60_000)
      case 'disk':
        return strikeDisk(fault.kind, fault.ms)
      case 'crash':
        if (fault.point === undefined) return die(fault)
        planned = { ...fault, left: fault.nth ?? 1 }
        return
    }
  }

  const dropLines = () =>
    void core.control('POST', '/control/fault', '', JSON.stringify({ kind: 'dropSocket' }))

  const strikeDisk = (kind: 'slow' | 'failSync' | 'full' | 'readOnly', ms: number) => {
    const { trouble: wrong } = disk
    if (kind === 'failSync') wrong.failNextSync = true
    else if (kind === 'slow') wrong.slowMs = ms
    else wrong[kind] = true
    clock.after(ms, calmDisk)
  }

  const calmDisk = () => Object.assign(disk.trouble, { slowMs: 0, full: false, readOnly: false })

  const look = () => {
    const trader = process?.trader
    if (trader) {
      const view = trader.view()
      decisionHash = view.decisionHash
      counts = { orders: view.counts.orders, fills: view.counts.fills }
      positions.look(view, clock.now(), troubled())
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
    network.calm()
    calmDisk()
    disk.trouble.failNextSync = false
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
    await prove(trader)
  }

  const prove = async (trader: RunningTrader) => {
    // Twice, should something have filled between two answers of the broker; and while the access token is awaited.
    for (const end = clock.now() + PROOF_MS; clock.now() < end && !(proven && isProven(proven)); ) {
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
    const verdict = await verifyJournal(JOURNAL, { disk: disk.afterwards })
    if (!verdict.ok || verdict.unfinishedBytes > 0) return fail('journalVerifies', JSON.stringify(verdict))
    const trader = createTrader()
    const replayed = await replay(trader, readJournal(JOURNAL, { disk: disk.afterwards }), true)
    if (!replayed.ok) return fail('replays', `record ${replayed.seq}: ${replayed.reason}`)
    if (replayed.decisionHash !== decisionHash) return fail('replays', 'another decision hash')
    const difference = fillsApart(trader.orders())
    if (difference !== undefined) return fail('fillsEqualBroker', difference)
    const ours = trader.orders().flatMap(({ venueOrderId }) => (venueOrderId ? [Number(venueOrderId)] : []))
    const open = trader
      .orders()
      .flatMap((order) => (isOpen(order.status) ? [Number(order.venueOrderId)] : []))
    if (new Set(ours).size !== ours.length)
      return fail('oneOrderPerIntent', `two of ours share a number: ${ours.join()}`)
    for (const { ordNo, action, open: atBroker } of brokerOrders()) {
      if (action !== 'cancel' && !ours.includes(Number(ordNo)))
        return fail('everyOrderKnown', `${ordNo} is not ours`)
      if (atBroker > 0 !== open.includes(Number(ordNo)))
        return fail('nothingForgotten', `${ordNo}: ${atBroker} open at the broker, ours are ${open.join()}`)
    }
    if (!proven || !isProven(proven)) fail('ledgerEqualsBroker', JSON.stringify(proven))
  }

  const brokerOrders = () => core.control('GET', '/control/orders', '', '').body as readonly BrokerOrder[]

  const fillsApart = (ours: readonly Order[]): string | undefined => {
    for (const { ordNo, filled, filledValue } of brokerOrders()) {
      const own = ours.find(({ venueOrderId }) => Number(venueOrderId) === Number(ordNo))
      if (own && (own.filled !== filled || own.filledValue !== filledValue))
        return `${ordNo}: we have ${own.filled} for ${own.filledValue}, the broker ${filled} for ${filledValue}`
    }
    return undefined
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
      last: log.last,
    }),
  }
}
