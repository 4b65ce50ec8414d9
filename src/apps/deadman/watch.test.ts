import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { orderId } from '../../model/ids.ts'
import { price, quantity } from '../../model/money.ts'
import type { Notice } from '../../ports/notifier.ts'
import { createVirtualClock, type VirtualClock } from '../../std/virtual-clock.ts'
import { checkProtection } from '../doctor/protection.ts'
import { fakeTrader } from '../testing/fake-trader.ts'
import { samplePosition, sampleView } from '../testing/sample-view.ts'
import { readHeartbeat, startHeartbeat } from './heartbeat.ts'
import { readDeadman, startDeadman } from './watch.ts'

const START = 1_800_000_000_000
/** Files are written in real time, whatever the clock of the test says. */
const written = () => new Promise((resolve) => setTimeout(resolve, 25))

let folder: string
let wall: VirtualClock
let notices: Notice[]
const notifier = { notify: (notice: Notice) => void notices.push(notice) }
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'garam-deadman-'))
  wall = createVirtualClock(START)
  notices = []
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const pass = async (seconds: number) => {
  for (let second = 0; second < seconds; second++) {
    wall.advance(1_000)
    await written()
  }
}

const beating = () => {
  const trader = fakeTrader()
  const view = sampleView()
  trader.shows({
    ...view,
    positions: [samplePosition(), samplePosition({ name: '무손절', stopPrice: price(0) })],
  })
  // A clock of its own, so that it can die while time goes on.
  const own = createVirtualClock(wall.now())
  const beats = startHeartbeat({
    trader,
    folder,
    wall: own,
    onTrouble: (error) => expect(error).toBeUndefined(),
  })
  return { trader, beats, live: (seconds: number) => own.advance(seconds * 1_000) }
}

const begin = async () => {
  const started = await startDeadman({ journal: folder, wall, notifier })
  if (!started.ok) throw new Error(started.error)
  await written()
  return started.value
}

const levels = () => notices.map(({ level }) => level)

describe('the heartbeat', () => {
  it('says each second what is held and what protects it', async () => {
    const { live } = beating()
    await written()
    live(3)
    await written()
    expect(await readHeartbeat(folder)).toEqual({
      at: START + 3_000,
      pid: process.pid,
      state: 'trading',
      positions: [
        { instrument: '005930', name: '삼성전자', quantity: 14, stopPrice: 69_800, protection: 'trader' },
        { instrument: '005930', name: '무손절', quantity: 14, stopPrice: 0, protection: 'none' },
      ],
    })
  })

  it('tells what rests at the broker for all of its shares from what the trader guards', async () => {
    const { trader, live } = beating()
    const order = { orderId: orderId('20261120-000001'), stop: price(69_800), limit: price(69_000) }
    const at = (shares: number) => samplePosition({ atBroker: { ...order, quantity: quantity(shares) } })
    trader.shows({ ...trader.view(), positions: [at(14), at(13)] })
    await written()
    live(1)
    await written()
    const beat = await readHeartbeat(folder)
    expect(beat?.positions.map(({ protection }) => protection)).toEqual(['broker', 'trader'])
  })

  it('claims no protection while the trader is halted', async () => {
    const { trader, live } = beating()
    trader.shows({ ...trader.view(), halt: 'halted' })
    await written()
    live(1)
    await written()
    const beat = await readHeartbeat(folder)
    expect(beat?.state).toBe('halted')
    expect(beat?.positions.map(({ protection }) => protection)).toEqual(['none', 'none'])
  })
})

describe("the dead-man's switch", () => {
  it('is silent while the trader beats', async () => {
    const { live } = beating()
    await begin()
    for (let second = 0; second < 8; second++) {
      live(1)
      await pass(1)
    }
    expect(notices).toEqual([])
    expect(await readDeadman(folder)).toMatchObject({ state: 'watching', unprotected: [] })
  })

  it('names what has no stop five seconds after the last beat, once a minute, and ends when the trader is back', async () => {
    const { live } = beating()
    await begin()
    await pass(4)
    expect(notices).toEqual([])
    await pass(1)
    expect(levels()).toEqual(['urgent'])
    expect(notices[0]?.ko).toContain('삼성전자(005930) 14주, 손절 69800')
    expect(await readDeadman(folder)).toMatchObject({ state: 'alarm', since: START })
    await pass(59)
    expect(levels()).toEqual(['urgent'])
    await pass(1)
    expect(levels()).toEqual(['urgent', 'urgent'])
    live(65)
    await written()
    await pass(1)
    expect(levels()).toEqual(['urgent', 'urgent', 'warning'])
    expect(await readDeadman(folder)).toMatchObject({ state: 'watching' })
  })

  it('ends with a trader that was stopped on purpose, and says what then has no stop', async () => {
    const { beats } = beating()
    const deadman = await begin()
    await beats.end()
    await pass(1)
    expect(await deadman.ended).toBe('ended')
    expect(levels()).toEqual(['urgent'])
  })

  it('does not take the end of another day for one of its own', async () => {
    const { beats } = beating()
    await beats.end()
    wall.advance(1_000)
    await begin()
    await pass(2)
    expect(notices).toEqual([])
    expect(await readDeadman(folder)).toMatchObject({ state: 'waiting' })
  })

  it('gives a trader time when the whole machine has slept', async () => {
    const { live } = beating()
    await begin()
    wall.advance(3_600_000)
    await written()
    expect(notices).toEqual([])
    live(3_600)
    await written()
    await pass(2)
    expect(notices).toEqual([])
  })

  it('watches a folder once', async () => {
    await begin()
    expect(await startDeadman({ journal: folder, wall, notifier })).toMatchObject({ ok: false })
  })

  it('is what doctor reports, beside what nothing covers', async () => {
    beating()
    await begin()
    await pass(1)
    const before = await checkProtection(folder, wall)
    expect(before.filter(({ level }) => level === 'good').map(({ name }) => name)).toEqual([
      'stops',
      'deadman',
    ])
    expect(before.filter(({ level }) => level === 'warning')).toHaveLength(3)
    await pass(6)
    const after = await checkProtection(folder, wall)
    expect(after.find(({ level }) => level === 'bad')?.ko).toContain('삼성전자')
  })
})
