import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../std/invariant.ts'
import { quantity } from './money.ts'
import { LOCK_ASSUMPTIONS, type LockedOrder, queuePlace } from './queue-place.ts'

const HOUR = 3_600_000
const locked = (wish: Partial<Record<keyof LockedOrder, number>>): LockedOrder => ({
  quantity: quantity(wish.quantity ?? 100),
  aheadAtEntry: quantity(wish.aheadAtEntry ?? 10_000),
  tradedSince: quantity(wish.tradedSince ?? 2_000),
  ...(wish.displayedNow === undefined ? {} : { displayedNow: quantity(wish.displayedNow) }),
  elapsedMs: wish.elapsedMs ?? HOUR,
  leftMs: wish.leftMs ?? HOUR,
})
const shares = (max: number, min = 0) => fc.integer({ min, max })
const orders = fc.record({
  quantity: shares(5_000, 1),
  aheadAtEntry: shares(1_000_000),
  tradedSince: shares(1_000_000),
  elapsedMs: fc.integer({ min: 0, max: 6 * HOUR }),
  leftMs: fc.integer({ min: 0, max: 6 * HOUR }),
})
const fillsOf = (wish: Parameters<typeof locked>[0]) => queuePlace(locked(wish)).fills

describe('the place in the queue of a locked limit price', () => {
  // Worked by hand: who trades comes off the front, half of the rest may cancel, more than is displayed cannot be ahead.
  it.each([
    [{ tradedSince: 2_000 }, [4_000, 8_000]],
    [{ tradedSince: 2_000, displayedNow: 5_100 }, [2_500, 5_000]],
    [{ tradedSince: 2_000, displayedNow: 90_000 }, [4_000, 8_000]],
    [{ tradedSince: 10_050 }, [0, 0]],
  ])('of %j is between %j', (wish, [low, high]) => {
    expect(queuePlace(locked(wish)).ahead).toEqual({ low, high })
  })

  it('is as likely to be reached as exponential pieces say', () => {
    // At worst 8,100 of 1,000 to come, at best 4,100 of 4,000; in eight pieces the first is rarer and the second likelier.
    const { low, high } = fillsOf({})
    const erlang = (x: number) => {
      let [term, total] = [1, 1]
      for (let count = 1; count < 8; count++) {
        term *= x / count
        total += term
      }
      return Math.exp(-x) * total
    }
    expect(low).toBeCloseTo(erlang((8 * 8_100) / 1_000), 12)
    expect(high).toBeCloseTo(erlang((8 * 4_100) / 4_000), 12)
  })

  it('promises nothing where nothing trades', () => {
    fc.assert(
      fc.property(orders, (wish) => {
        expect(fillsOf({ ...wish, tradedSince: 0 })).toEqual({ low: 0, high: 0 })
      }),
    )
  })

  it('is certain exactly when the volume has passed the worst place and the order', () => {
    fc.assert(
      fc.property(orders, (wish) => {
        const { low, high } = fillsOf(wish)
        const passed = wish.tradedSince >= wish.aheadAtEntry + wish.quantity
        expect([low === 1, high === 1]).toEqual([passed, passed])
      }),
    )
    expect(fillsOf({ tradedSince: 10_100 })).toEqual({ low: 1, high: 1 })
    expect(fillsOf({ tradedSince: 10_099, leftMs: 1e12 }).high).toBeLessThan(1)
  })

  it('is an interval of probabilities', () => {
    fc.assert(
      fc.property(orders, (wish) => {
        const { ahead, fills } = queuePlace(locked(wish))
        expect(ahead.low).toBeLessThanOrEqual(ahead.high)
        expect(0 <= fills.low && fills.low <= fills.high && fills.high <= 1).toBe(true)
      }),
    )
  })

  it.each([
    ['more traded', { tradedSince: 500 }],
    ['more time', { leftMs: 60_000 }],
    ['fewer ahead', { aheadAtEntry: -500 }],
    ['fewer wanted', { quantity: -1 }],
  ])('is never less likely with %s', (_, better) => {
    fc.assert(
      fc.property(orders, (wish) => {
        const changed = { ...wish }
        for (const [key, by] of Object.entries(better)) {
          const name = key as keyof typeof changed
          changed[name] = Math.max(name === 'quantity' ? 1 : 0, changed[name] + by)
        }
        const [before, after] = [fillsOf(wish), fillsOf(changed)]
        expect(after.low).toBeGreaterThanOrEqual(before.low - 1e-12)
        expect(after.high).toBeGreaterThanOrEqual(before.high - 1e-12)
      }),
    )
  })

  it('is one number when nothing is left open by the assumptions', () => {
    const none = { mostCancelled: 0, slowestPace: 1, fastestPace: 1, steadiestPieces: 1 }
    const { fills } = queuePlace(locked({}), none)
    expect(fills.low).toBe(fills.high)
    expect(fills.low).toBeCloseTo(Math.exp(-8_100 / 2_000), 12)
  })

  it.each([
    [{ quantity: 0 }, {}],
    [{ elapsedMs: -1 }, {}],
    [{}, { mostCancelled: 1.1 }],
    [{}, { slowestPace: 3 }],
    [{}, { steadiestPieces: 0 }],
  ])('cannot be told of %j under %j', (wish, change) => {
    expect(() => queuePlace(locked(wish), { ...LOCK_ASSUMPTIONS, ...change })).toThrow(InvariantError)
  })
})
