import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../std/virtual-clock.ts'
import { fakeTrader } from './testing/fake-trader.ts'
import { sampleOrder, sampleProof, sampleView } from './testing/sample-view.ts'
import { prove, windDown } from './wind-down.ts'

/** Lets promises and the virtual clock take turns until the work is done. */
async function finish<T>(work: Promise<T>, advance: (ms: number) => void): Promise<T> {
  let done = false
  void work.finally(() => {
    done = true
  })
  for (let i = 0; i < 2000 && !done; i++) {
    advance(50)
    await Promise.resolve()
  }
  return work
}

describe('the end of a simulated day', () => {
  it('stops buying, cancels and halts, in that order', async () => {
    const clock = createVirtualClock(0)
    const trader = fakeTrader()
    trader.shows(sampleView({ orders: [] }))
    expect(await finish(windDown(trader, clock), clock.advance)).toBe(true)
    expect(trader.commands.map((command) => command.do)).toEqual(['pauseBuying', 'cancelAll', 'setHalt'])
  })

  it('waits for an open order, and gives up in the end', async () => {
    const clock = createVirtualClock(0)
    const trader = fakeTrader()
    trader.shows(sampleView({ orders: [sampleOrder({ status: 'inDoubt' })] }))
    expect(await finish(windDown(trader, clock), clock.advance)).toBe(false)
    expect(clock.now()).toBeGreaterThanOrEqual(20_000)
    expect(clock.now()).toBeLessThan(30_000)
  })

  it('starts counting again when something still fills', async () => {
    const clock = createVirtualClock(0)
    const trader = fakeTrader()
    const view = sampleView({ orders: [] })
    trader.shows(view)
    clock.after(700, () => trader.shows({ ...view, counts: { ...view.counts, fills: 99 } }))
    expect(await finish(windDown(trader, clock), clock.advance)).toBe(true)
    expect(clock.now()).toBeGreaterThanOrEqual(1400)
  })
})

describe('the proof', () => {
  it('is asked again after a failed or differing answer, and stops at the first that agrees', async () => {
    const clock = createVirtualClock(0)
    const trader = fakeTrader([new Error('no answer'), sampleProof({ cash: 5 }), sampleProof()])
    expect((await finish(prove(trader, clock), clock.advance))?.difference.cash).toBe(0)
  })

  it('keeps the last difference instead of hiding it', async () => {
    const clock = createVirtualClock(0)
    const proof = await finish(prove(fakeTrader([sampleProof({ tax: 3 })]), clock), clock.advance)
    expect(proof?.difference.tax).toBe(3)
  })

  it('is nothing when the broker never answers', async () => {
    const clock = createVirtualClock(0)
    expect(await finish(prove(fakeTrader([new Error('down')]), clock), clock.advance)).toBeUndefined()
  })
})
