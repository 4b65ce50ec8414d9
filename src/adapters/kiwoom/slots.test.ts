import { describe, expect, it } from 'vitest'
import { type InstrumentId, instrumentId } from '../../model/ids.ts'
import type { Want, WantPriority } from '../../ports/market-feed.ts'
import { createRandom } from '../../std/random.ts'
import { createSlots } from './slots.ts'

const want = (priority: WantPriority, ...names: string[]): Want[] =>
  names.map((name) => ({ instrument: instrumentId(name), priority }))
const names = (set: Iterable<InstrumentId>) => [...set].sort().join('')

describe('slots', () => {
  it('go to positions first, then orders, candidates and watched ones', () => {
    const slots = createSlots()
    const wants = [
      ...want('watch', 'w'),
      ...want('candidate', 'c'),
      ...want('order', 'o'),
      ...want('position', 'p'),
    ]
    const plan = slots.assign(wants, 3, 0)
    expect(names(plan.holders)).toBe('cop')
    expect(plan.polled).toEqual(['w'])
  })

  it('stay with their holder when an equal comes', () => {
    const slots = createSlots()
    slots.assign(want('candidate', 'a', 'b'), 2, 0)
    const plan = slots.assign([...want('candidate', 'c'), ...want('candidate', 'a', 'b')], 2, 100_000)
    expect(names(plan.holders)).toBe('ab')
    expect(plan.polled).toEqual(['c'])
  })

  it('are given up at once for a higher priority, by the lowest', () => {
    const slots = createSlots()
    slots.assign([...want('candidate', 'a'), ...want('watch', 'b')], 2, 0)
    const plan = slots.assign(
      [...want('candidate', 'a'), ...want('watch', 'b'), ...want('position', 'p')],
      2,
      1,
    )
    expect(names(plan.holders)).toBe('ap')
  })

  it('are kept for 30 s by what nobody wants any more, unless somebody does', () => {
    const slots = createSlots()
    slots.assign(want('watch', 'a', 'b'), 2, 0)
    const left = slots.assign(want('watch', 'a'), 2, 1_000)
    expect(names(left.holders)).toBe('ab')
    expect(left.nextAt).toBe(30_000)
    expect(names(slots.assign(want('watch', 'a'), 2, 29_999).holders)).toBe('ab')
    expect(names(slots.assign(want('watch', 'a', 'c'), 2, 29_999).holders)).toBe('ac')
  })

  it('fall free after 30 s', () => {
    const slots = createSlots()
    slots.assign(want('watch', 'a'), 2, 0)
    const plan = slots.assign([], 2, 30_000)
    expect(names(plan.holders)).toBe('')
    expect(plan.nextAt).toBeUndefined()
  })

  it('count an instrument once, at its best priority', () => {
    const slots = createSlots()
    const plan = slots.assign([...want('watch', 'a'), ...want('position', 'a'), ...want('order', 'b')], 1, 0)
    expect(names(plan.holders)).toBe('a')
    expect(plan.polled).toEqual(['b'])
  })

  /** The promise of the scheduler, over 100,000 random changes of mind. */
  it('never drop a held position in 100,000 random steps, and never flap among equals', () => {
    const random = createRandom(20_261_120)
    const capacity = 8
    const all = Array.from({ length: 20 }, (_, i) => instrumentId(`I${String(i).padStart(2, '0')}`))
    const priorities: WantPriority[] = ['position', 'order', 'candidate', 'watch']
    let slots = createSlots()
    let held: ReadonlySet<InstrumentId> = new Set()
    let wants = new Map<InstrumentId, WantPriority>()
    let now = 0
    for (let step = 0; step < 100_000; step++) {
      if (step % 5_000 === 0) {
        slots = createSlots()
        held = new Set()
        wants = new Map()
      }
      const before = wants
      wants = new Map(wants)
      for (let i = random.int(1, 4); i > 0; i--) {
        const instrument = random.pick(all)
        if (random.next() < 0.35) wants.delete(instrument)
        else wants.set(instrument, random.pick(priorities))
      }
      now += random.int(0, 12_000)
      const plan = slots.assign(
        [...wants].map(([instrument, priority]) => ({ instrument, priority })),
        capacity,
        now,
      )
      const positions = [...wants]
        .filter(([, priority]) => priority === 'position')
        .map(([instrument]) => instrument)
      const told = `step ${step}`
      if (plan.holders.size > capacity) throw new Error(`${told}: ${plan.holders.size} slots`)
      for (const position of positions) {
        // More positions than slots: the oldest holders keep theirs, the rest is polled. Nobody is forgotten.
        const served = plan.holders.has(position) || plan.polled.includes(position)
        const seated = positions.length > capacity || plan.holders.has(position)
        if (!served || !seated) throw new Error(`${told}: position ${position} dropped`)
        if (held.has(position) && before.get(position) === 'position' && !plan.holders.has(position))
          throw new Error(`${told}: position ${position} lost its slot to another`)
      }
      for (const instrument of wants.keys())
        if (!plan.holders.has(instrument) && !plan.polled.includes(instrument))
          throw new Error(`${told}: ${instrument} is neither streamed nor polled`)
      for (const instrument of held) {
        const rank = wants.get(instrument)
        if (plan.holders.has(instrument) || rank === undefined) continue
        for (const other of plan.holders) {
          const otherRank = wants.get(other)
          if (held.has(other) || otherRank === undefined) continue
          if (priorities.indexOf(otherRank) >= priorities.indexOf(rank))
            throw new Error(`${told}: ${instrument} (${rank}) gave way to ${other} (${otherRank})`)
        }
      }
      held = plan.holders
    }
    expect(held.size).toBeGreaterThan(0)
  })
})
