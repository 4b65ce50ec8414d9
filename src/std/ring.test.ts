import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from './invariant.ts'
import { createRing } from './ring.ts'

describe('ring', () => {
  it('keeps the newest values in order, as a plain list would', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.integer(), { maxLength: 40 }),
        (capacity, values) => {
          const ring = createRing<number>(capacity)
          for (const value of values) ring.push(value)
          const kept = values.slice(-capacity)
          expect(ring.toArray()).toEqual(kept)
          expect(ring.size).toBe(kept.length)
          expect(kept.map((_, index) => ring.at(index))).toEqual(kept)
        },
      ),
    )
  })

  it('has nothing outside its size', () => {
    const ring = createRing<string>(3)
    ring.push('a')
    expect(ring.at(-1)).toBeUndefined()
    expect(ring.at(1)).toBeUndefined()
  })

  it.each([0, -1, 1.5, Number.NaN])('refuses a capacity of %s', (capacity) => {
    expect(() => createRing(capacity)).toThrow(InvariantError)
  })
})
