import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../std/virtual-clock.ts'
import { createMarketClock } from './market-clock.ts'

const START = 1_000_000

describe('market clock', () => {
  it('stands at its start until it is released', () => {
    const wall = createVirtualClock(5000)
    const clock = createMarketClock({ wall, startAt: START, speed: 20 })
    wall.advance(10_000)
    expect(clock.released).toBe(false)
    expect(clock.now()).toBe(START)
    clock.release()
    wall.advance(3)
    expect(clock.now()).toBe(START + 60)
  })

  it('keeps timers set before the release and runs them in market time', () => {
    const wall = createVirtualClock(0)
    const clock = createMarketClock({ wall, startAt: START, speed: 10 })
    const ran: number[] = []
    clock.after(1000, () => ran.push(clock.now()))
    const cancel = clock.after(500, () => ran.push(-1))
    cancel()
    wall.advance(60_000)
    expect(ran).toEqual([])
    clock.release()
    wall.advance(99)
    expect(ran).toEqual([])
    wall.advance(1)
    expect(ran).toEqual([START + 1000])
  })

  it('never runs a timer before its market time, whatever the speed', () => {
    for (const speed of [0.3, 1, 7, 60, 333]) {
      const wall = createVirtualClock(17)
      const clock = createMarketClock({ wall, startAt: START, speed })
      clock.release()
      const late: number[] = []
      for (const ms of [1, 10, 999, 12_345]) clock.after(ms, () => late.push(clock.now() - (START + ms)))
      wall.advance(100_000)
      expect(late).toHaveLength(4)
      for (const by of late) expect(by).toBeGreaterThanOrEqual(0)
      for (const by of late) expect(by).toBeLessThanOrEqual(Math.ceil(speed))
    }
  })

  it('agrees between two clocks that were released at different moments with the same origin', () => {
    const wall = createVirtualClock(100)
    const simulator = createMarketClock({ wall, startAt: START, speed: 60 })
    const trader = createMarketClock({ wall, startAt: START, speed: 60 })
    simulator.release(100)
    wall.advance(40)
    trader.release(100)
    for (let i = 0; i < 50; i++) {
      wall.advance(7)
      expect(trader.now()).toBe(simulator.now())
    }
  })

  it('does not go before its start when the origin lies in the future', () => {
    const wall = createVirtualClock(0)
    const clock = createMarketClock({ wall, startAt: START, speed: 5 })
    clock.release(1000)
    expect(clock.now()).toBe(START)
    wall.advance(1200)
    expect(clock.now()).toBe(START + 1000)
  })

  it('refuses a speed of zero and a second release', () => {
    const wall = createVirtualClock(0)
    expect(() => createMarketClock({ wall, startAt: START, speed: 0 })).toThrow(/above 0/)
    const clock = createMarketClock({ wall, startAt: START, speed: 1 })
    clock.release()
    expect(() => clock.release()).toThrow(/once/)
  })
})
