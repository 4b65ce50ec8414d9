import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CommissionSchedule, commission } from '../../model/charges.ts'
import { krw, price } from '../../model/money.ts'
import { sizeBuy } from './size.ts'

const LIVE: CommissionSchedule = { rate: { numerator: 15, denominator: 100_000 }, unit: 10 }
const MOCK: CommissionSchedule = { rate: { numerator: 35, denominator: 10_000 }, unit: 10 }
const FREE: CommissionSchedule = { rate: { numerator: 0, denominator: 1 }, unit: 10 }

const size = (amount: number, each: number, schedule: CommissionSchedule) =>
  sizeBuy({ amount: krw(amount), each: price(each), schedule })

describe('how many shares an amount buys', () => {
  // By hand. 13 × 71,500 = 929,500 + 130 commission (139.425 cut) = 929,630; 14 would cost 1,001,000.
  // 100 × 10,000 = 1,000,000 leaves nothing for the commission of 150, so 99. The mock takes 3,460 of 990,000: 993,460.
  // 999 × 1,000 = 999,000 + 3,490 (0.35 %) exceeds 1,000,000; 996 × 1,000 + 3,480 = 999,480 fits, 997 + 3,480 does not.
  const rows: readonly (readonly [number, number, CommissionSchedule, number])[] = [
    [1_000_000, 71_500, LIVE, 13],
    [1_000_000, 10_000, LIVE, 99],
    [1_000_150, 10_000, LIVE, 100],
    [1_000_149, 10_000, LIVE, 99],
    [1_000_000, 10_000, MOCK, 99],
    [1_000_000, 1_000, MOCK, 996],
    [1_000_000, 10_000, FREE, 100],
    [9_999, 10_000, LIVE, 0],
    [0, 10_000, LIVE, 0],
    [-5, 10_000, LIVE, 0],
    [1_000_000, 0, LIVE, 0],
  ]

  it.each(rows)('%d won at %d is counted with the commission', (amount, each, schedule, expected) => {
    expect(size(amount, each, schedule)).toBe(expected)
  })

  it('never exceeds the amount with fees, and one more share would', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000_000 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.constantFrom(LIVE, MOCK, FREE),
        (amount, each, schedule) => {
          const shares = size(amount, each, schedule)
          const cost = (count: number) => count * each + commission(schedule, krw(count * each))
          expect(cost(shares)).toBeLessThanOrEqual(amount)
          expect(cost(shares + 1)).toBeGreaterThan(amount)
        },
      ),
      { numRuns: 500 },
    )
  })
})
