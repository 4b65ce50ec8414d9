import { describe, expect, it } from 'vitest'
import { createRandom } from '../../src/std/random.ts'
import { createProcessClock, createWorldClock, settled } from './world-clock.ts'

describe('a world clock', () => {
  it('runs timers by time, then by registration, one at a time', () => {
    const clock = createWorldClock(100)
    const random = createRandom(3)
    const ran: [number, number][] = []
    const due = Array.from({ length: 500 }, () => random.int(0, 50))
    for (const [index, ms] of due.entries()) clock.after(ms, () => ran.push([clock.now() - 100, index]))
    let steps = 0
    while (clock.runNext(150)) steps++
    expect(steps).toBe(500)
    expect(ran).toEqual(
      due
        .map((ms, index) => [ms, index])
        .sort(([a, i], [b, j]) => Number(a) - Number(b) || Number(i) - Number(j)),
    )
  })

  it('skips what was cancelled and stops at its end', () => {
    const clock = createWorldClock(0)
    let ran = 0
    clock.after(5, () => ran++)()
    clock.after(11, () => ran++)
    expect(clock.runNext(10)).toBe(false)
    expect([ran, clock.now()]).toEqual([0, 10])
    expect(clock.runNext(11)).toBe(true)
    expect(ran).toBe(1)
  })

  it('lets a dead process hear nothing', () => {
    const clock = createWorldClock(0)
    const process = createProcessClock(clock)
    let ran = 0
    process.after(5, () => ran++)
    process.kill()
    process.after(5, () => ran++)
    while (clock.runNext(10));
    expect(ran).toBe(0)
  })
})

describe('settled', () => {
  it('waits for chains of any length', async () => {
    let end = 0
    const chain = async (left: number): Promise<void> => {
      if (left > 0) await chain(left - 1)
      end = Math.max(end, left)
    }
    void chain(2_000)
    let links = Promise.resolve()
    let linked = 0
    for (let i = 0; i < 5_000; i++)
      links = links.then(() => {
        linked++
      })
    await settled()
    expect([end, linked]).toEqual([2_000, 5_000])
  })
})
