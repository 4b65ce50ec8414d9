import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askControl } from '../../src/apps/control.ts'
import { readHeartbeat } from '../../src/apps/deadman/heartbeat.ts'
import { demoSettings } from '../../src/apps/demo-settings.ts'
import type { Role } from '../../src/apps/processes/setup.ts'
import type { InstrumentId } from '../../src/model/ids.ts'
import { quantity } from '../../src/model/money.ts'
import type { TradingSettings } from '../../src/model/settings.ts'
import { eventually, pause } from '../contract/recorder.ts'
import { brokerAccount, brokerOrders, compareBooks, EVEN } from './books.ts'
import { type Host, openSplitStand, type SplitStand } from './stand.ts'

const DRILL_MS = 200_000
const LONG = { timeout: DRILL_MS }
const AT_ONCE = { withinMs: 45_000 }
const SHARES = 3

/** No conditions: what is bought is bought by hand, and what is sold is sold by the stop. */
const withStop = (stopLossRatio: number): TradingSettings => ({
  ...demoSettings(),
  buys: [],
  sells: [],
  // A look takes a market minute here: a description is still good when the second command comes.
  limits: { ...demoSettings().limits, maxQuoteAgeMs: 600_000 },
  exits: { stopLossRatio, trailing: [], order: { kind: 'market' }, protectiveOrder: { kind: 'market' } },
})
const FAR = withStop(0.29)
/** Less than a tick below what was paid. */
const NEAR = withStop(0.0005)
/** Far enough that it is not crossed before the test wants it. */
const LOW = withStop(0.006)

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

interface Held {
  readonly name: InstrumentId
  /** Average price, won. */
  readonly paid: number
}

/** Buys some shares by hand of the most traded names that are not yet used, until `count` of them are held. */
async function hold(stand: SplitStand, host: Host, count: number, used: Set<InstrumentId>): Promise<Held[]> {
  const held: Held[] = []
  const denials: string[] = []
  const names = stand.core.market.tapes
    .filter(
      ({ listing, bid, ask, inVi }) => listing.instrument.class === 'stock' && bid > 0 && ask > bid && !inVi,
    )
    .toSorted((a, b) => b.value - a.value)
    .map(({ id }) => id)
    .filter((id) => !used.has(id))
    .slice(0, MOST_NAMES)
  for (const name of names) {
    if (held.length >= count) return held
    used.add(name)
    const bought = await buy(host, name)
    if (typeof bought === 'number') held.push({ name, paid: bought })
    else denials.push(bought)
  }
  if (held.length < count)
    throw new Error(`only ${held.length} could be bought: ${denials.join()} ${host.errors()}`)
  return held
}

const TRIES = 60
const MOST_NAMES = 6
/** A command is given again when so many looks showed neither an order nor shares. */
const COMMAND_EVERY = 10

/** The first command may only make the trader ask for the name's description. Gives what was paid for each, or why it could not be bought. */
async function buy(host: Host, instrument: InstrumentId): Promise<number | string> {
  const order = {
    do: 'order',
    instrument,
    side: 'buy',
    quantity: quantity(SHARES),
    order: { kind: 'market' },
  } as const
  let denial = 'nothing came of it'
  for (let tries = 0; tries < TRIES; tries++) {
    const { view } = await host.look()
    const position = view.positions.find((each) => each.instrument === instrument)
    if (position?.quantity === SHARES) return position.averagePrice
    denial = view.refusals.findLast((each) => each.instrument === instrument)?.denial.code ?? denial
    const isUnderWay = position !== undefined || view.orders.some((each) => each.instrument === instrument)
    if (!isUnderWay && tries % COMMAND_EVERY === 0) await host.ask({ do: 'command', command: order })
    await pause(150)
  }
  return denial
}

const holdingsOf = async (stand: SplitStand): Promise<readonly string[]> =>
  (await brokerAccount(stand)).holdings
    .filter(({ quantity: held }) => held > 0)
    .map(({ instrument }) => instrument)

/** Presses until nothing is held any more: a price that is asked for once a second sees no shorter dip. */
const sold = (stand: SplitStand, held: readonly Held[], share: number, seen: () => string) =>
  eventually(
    'the stops have sold everything',
    async () => {
      const left = await holdingsOf(stand)
      for (const { name, paid } of held) if (left.includes(name)) await stand.press(name, paid * share)
      return left.length === 0 || undefined
    },
    { ...AT_ONCE, seen: () => [seen()] },
  )

/** Sales of the broker's list, by instrument: more shares than were held means that an order left twice. */
async function soldShares(stand: SplitStand, name: InstrumentId): Promise<number> {
  const orders = await brokerOrders(stand)
  return orders
    .filter(({ instrument, side, action }) => instrument === name && side === 'sell' && action !== 'cancel')
    .reduce((sum, { filled, open }) => sum + filled + open, 0)
}

describe('a process of a split system that dies while a position is held', () => {
  let stand: SplitStand
  let host: Host
  const used = new Set<InstrumentId>()

  beforeAll(async () => {
    stand = await openSplitStand({ at: '09:00:30', speed: 60, seed: 7, marketSize: 60 })
    host = await stand.begin(FAR)
  }, DRILL_MS)
  afterAll(() => stand.close())

  const deaths: readonly [Role, NodeJS.Signals][] = [
    ['collector', 'SIGKILL'],
    ['analyzer', 'SIGKILL'],
    ['query', 'SIGKILL'],
    ['orders', 'SIGKILL'],
    ['trader', 'SIGKILL'],
    ['orders', 'SIGSTOP'],
  ]
  it.for(deaths)(
    '%s by %s: the stop sells, once, and it comes back',
    LONG,
    async ([role, signal], { expect }) => {
      const [held] = await hold(stand, host, 1, used)
      if (held === undefined) throw new Error('nothing is held')
      const before = (await host.look()).pids[role]
      if (before === undefined) throw new Error(`no ${role}`)
      process.kill(before, signal)
      expect(await host.ask({ do: 'settings', settings: NEAR })).toEqual({ ok: true })
      await sold(stand, [held], 0.9985, host.errors)
      const after = await eventually(
        `${role} is back`,
        async () => {
          const { pids } = await host.look()
          return pids[role] !== before ? pids[role] : undefined
        },
        AT_ONCE,
      )
      expect(after).toBeTypeOf('number')
      expect(isAlive(before)).toBe(false)
      expect(await soldShares(stand, held.name)).toBe(SHARES)
      expect(await host.ask({ do: 'settings', settings: FAR })).toEqual({ ok: true })
    },
  )

  it('leaves books that are equal to the won', LONG, async () => {
    await host.stop()
    expect(await compareBooks(stand)).toEqual(EVEN)
  })
})

describe.concurrent('a trader that is left alone', () => {
  const deaths: readonly [string, readonly Role[]][] = [
    ['by its supervisor', []],
    ['by everybody', ['collector', 'analyzer', 'query', 'orders']],
  ]
  it.for(deaths)('%s sells at its stops by its own requests', LONG, async ([, roles], { expect }) => {
    const stand = await openSplitStand({ at: '09:00:30', speed: 60, seed: 11, marketSize: 60 })
    try {
      const host = await stand.begin(LOW)
      const held = await hold(stand, host, 2, new Set())
      const { pids } = await host.look()
      const { trader, ...others } = pids
      if (trader === undefined) throw new Error('no trader')
      for (const role of roles) process.kill(pids[role] as number, 'SIGKILL')
      host.process.kill('SIGKILL')
      await sold(stand, held, 0.993, () => `trader alive: ${isAlive(trader)} ${host.errors()}`)
      await eventually(
        'the others end',
        () => Object.values(others).every((pid) => !isAlive(pid)) || undefined,
      )
      expect(isAlive(trader)).toBe(true)
      const status = await eventually('the trader answers garam stop', async () => {
        const reply = await askControl(stand.folder, { do: 'status' })
        return reply.ok ? reply.value.ok : undefined
      })
      expect(status).toBe(true)
      expect(host.errors()).toContain('guards the stops alone')
      for (const { name } of held) expect(await soldShares(stand, name)).toBe(SHARES)
      // No line tells it of fills: it reads them in the order list.
      const beat = await eventually('its books know', async () => {
        const read = await readHeartbeat(stand.folder)
        return read?.positions.length === 0 ? read : undefined
      })
      expect(beat.state).toBe('alone')
      process.kill(trader, 'SIGTERM')
      await eventually('the trader ends', () => !isAlive(trader) || undefined)
      expect(await compareBooks(stand)).toEqual(EVEN)
    } finally {
      await stand.close()
    }
  })
})
