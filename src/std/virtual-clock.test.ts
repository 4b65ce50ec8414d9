import { describe, expect, it } from 'vitest'
import { sleep } from './clock.ts'
import { createVirtualClock } from './virtual-clock.ts'

describe('virtual clock', () => {
  it('stands still until it is moved', () => {
    const clock = createVirtualClock(1_000)
    expect(clock.now()).toBe(1_000)
    clock.advance(250)
    expect(clock.now()).toBe(1_250)
  })

  it('runs what falls due by time, then by registration, and shows each its own instant', () => {
    const clock = createVirtualClock(0)
    const ran: [string, number][] = []
    const note = (name: string) => () => void ran.push([name, clock.now()])
    clock.after(30, note('late'))
    clock.after(10, note('first'))
    clock.after(10, note('second'))
    clock.after(31, note('never'))
    clock.advanceTo(30)
    expect(ran).toEqual([
      ['first', 10],
      ['second', 10],
      ['late', 30],
    ])
    expect(clock.nextDue()).toBe(31)
  })

  it('runs on the way what a timer sets up', () => {
    const clock = createVirtualClock(0)
    const ran: number[] = []
    const tick = () => {
      ran.push(clock.now())
      clock.after(10, tick)
    }
    clock.after(10, tick)
    clock.advanceTo(35)
    expect(ran).toEqual([10, 20, 30])
    expect(clock.now()).toBe(35)
  })

  it('forgets a cancelled timer', () => {
    const clock = createVirtualClock(0)
    let ran = 0
    const cancel = clock.after(10, () => ran++)
    cancel()
    clock.advance(100)
    expect(ran).toBe(0)
    expect(clock.nextDue()).toBeUndefined()
  })

  it('never goes back', () => {
    const clock = createVirtualClock(100)
    clock.advanceTo(50)
    expect(clock.now()).toBe(100)
    let at = 0
    clock.after(-5, () => {
      at = clock.now()
    })
    clock.advance(0)
    expect(at).toBe(100)
  })

  it('wakes a sleeper at its time and not before', async () => {
    const clock = createVirtualClock(0)
    let awake = false
    const done = sleep(clock, 20).then(() => {
      awake = true
    })
    clock.advance(19)
    await Promise.resolve()
    expect(awake).toBe(false)
    clock.advance(1)
    await done
    expect(awake).toBe(true)
  })
})
