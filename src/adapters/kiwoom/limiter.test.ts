import { describe, expect, it } from 'vitest'
import { createRandom } from '../../std/random.ts'
import { createVirtualClock } from '../../std/virtual-clock.ts'
import { createLimiter, type Lane, LIMITS, type Limiter, type Slot } from './limiter.ts'
import { settle } from './testing/fake-network.ts'

const setUp = (limits = LIMITS.live) => {
  const clock = createVirtualClock(0)
  const limiter = createLimiter(clock, limits)
  const log: string[] = []
  /** Takes a right, notes when it came, and gives it back after `holdMs`. */
  const call = (name: string, lane: Lane, apiId: string, urgency = 0, holdMs = 0) =>
    void limiter.take(lane, apiId, urgency).then((slot) => {
      log.push(slot.ok ? `${name}@${clock.now()}` : `${name} refused`)
      if (!slot.ok) return
      if (holdMs === 0) slot.value.release()
      else clock.after(holdMs, () => slot.value.release())
    })
  const run = async (ms: number) => {
    for (let gone = 0; gone < ms; gone += 50) {
      await settle(1)
      clock.advance(50)
    }
    await settle(1)
  }
  return { clock, limiter, log, call, run }
}

describe('the limiter', () => {
  it('lets an api go twice at once, then once in 1.1 s', async () => {
    const { log, call, run } = setUp()
    for (const name of ['a', 'b', 'c', 'd']) call(name, 'queries', 'ka10001')
    await run(3_000)
    expect(log).toEqual(['a@0', 'b@0', 'c@1100', 'd@2200'])
  })

  it('lets four queries go in a second, whatever they are', async () => {
    const { log, call, run } = setUp()
    for (let i = 0; i < 8; i++) call(`q${i}`, 'queries', `ka1000${i}`)
    await run(1_500)
    expect(log).toEqual(['q0@0', 'q1@0', 'q2@0', 'q3@0', 'q4@250', 'q5@500', 'q6@750', 'q7@1000'])
  })

  it('sends an order at once while queries wait', async () => {
    const { log, call, run } = setUp()
    for (let i = 0; i < 20; i++) call(`q${i}`, 'queries', `ka100${i}`)
    call('order', 'orders', 'kt10000')
    await run(100)
    expect(log).toContain('order@0')
    expect(log.filter((line) => line.startsWith('q'))).toHaveLength(4)
  })

  it('lets a cancel pass the orders that wait, and a sale the purchases', async () => {
    const { log, call, run } = setUp()
    for (let i = 0; i < 4; i++) call(`buy${i}`, 'orders', `kt1000${i}`, 3)
    call('buy4', 'orders', 'kt9', 3)
    call('sell', 'orders', 'kt8', 1)
    call('cancel', 'orders', 'kt7', 0)
    call('sell2', 'orders', 'kt6', 1)
    await run(1_200)
    expect(log.slice(4)).toEqual(['cancel@250', 'sell@500', 'sell2@750', 'buy4@1000'])
  })

  it('does not let a busy api hold another one up', async () => {
    const { log, call, run } = setUp()
    for (const name of ['a', 'b', 'c']) call(name, 'queries', 'ka10001')
    call('other', 'queries', 'ka10100')
    await run(100)
    expect(log).toEqual(['a@0', 'b@0', 'other@0'])
  })

  it('counts from the reply, so that a slow network cannot press two requests together', async () => {
    const { log, call, run } = setUp()
    call('a', 'queries', 'ka10001', 0, 700)
    call('b', 'queries', 'ka10001', 0, 700)
    call('c', 'queries', 'ka10001')
    await run(3_000)
    expect(log).toEqual(['a@0', 'b@0', 'c@1800'])
  })

  it('asks one query in 1.1 s on paper', async () => {
    const { log, call, run } = setUp(LIMITS.paper)
    call('a', 'queries', 'ka10001')
    call('b', 'queries', 'ka10100')
    call('order', 'orders', 'kt10000')
    await run(1_500)
    expect(log).toEqual(['a@0', 'order@0', 'b@1100'])
  })

  it('refuses when too many wait, with their number', async () => {
    const { limiter } = setUp()
    const results = Array.from({ length: 80 }, () => limiter.take('orders', 'kt10000', 3))
    expect(limiter.waiting('orders')).toBe(64)
    expect(await results.at(-1)).toEqual({ ok: false, error: { lane: 'orders', waiting: 64 } })
  })

  it('gives a cancel the place of the last purchase when too many wait', async () => {
    const { limiter, run } = setUp()
    const buys = Array.from({ length: 66 }, () => limiter.take('orders', 'kt10000', 3))
    const cancel = limiter.take('orders', 'kt10003', 0)
    const sell = limiter.take('orders', 'kt10001', 1)
    await run(100)
    expect(await cancel).toMatchObject({ ok: true })
    expect(await sell).toMatchObject({ ok: true })
    expect(await buys.at(-1)).toEqual({ ok: false, error: { lane: 'orders', waiting: 64 } })
    expect(limiter.waiting('orders')).toBe(63)
  })

  it('refuses everyone who waits when it is stopped, and leaves no timer', async () => {
    const { clock, limiter, log, call } = setUp()
    for (const name of ['a', 'b', 'c']) call(name, 'orders', 'kt10000')
    await settle(1)
    limiter.stop('orders')
    limiter.stop('queries')
    await settle(1)
    expect(log).toEqual(['a@0', 'b@0', 'c refused'])
    expect(clock.nextDue()).toBeUndefined()
    call('late', 'orders', 'kt10000')
    await settle(1)
    expect(log.at(-1)).toBe('late refused')
  })

  it('never shows a server with the same limits more than it allows, whatever the delays', async () => {
    for (const seed of [1, 2, 3, 4, 5]) expect(await worstOf(seed)).toBeLessThanOrEqual(0)
  })
})

/** By how much a server's own bucket (2, then one a second) was exceeded when each request takes a random time to arrive. */
async function worstOf(seed: number): Promise<number> {
  const clock = createVirtualClock(0)
  const limiter: Limiter = createLimiter(clock, LIMITS.live)
  const random = createRandom(seed)
  const arrivals: number[] = []
  const serve = (slot: Slot) => {
    clock.after(random.int(0, 900), () => {
      arrivals.push(clock.now())
      clock.after(random.int(0, 900), () => slot.release())
    })
  }
  for (let i = 0; i < 40; i++)
    void limiter.take('queries', 'ka10001', 0).then((slot) => {
      if (slot.ok) serve(slot.value)
    })
  while (arrivals.length < 40) {
    await settle(1)
    clock.advance(20)
  }
  let tokens = 2
  let last = 0
  let worst = Number.NEGATIVE_INFINITY
  for (const at of arrivals) {
    tokens = Math.min(2, tokens + (at - last) / 1_000) - 1
    last = at
    worst = Math.max(worst, -tokens)
  }
  return worst
}
