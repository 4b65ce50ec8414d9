import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/std/random.ts'
import { intervalOfRatio, slopePerHour } from './statistics.ts'

const noisy = (middle: number, seed: number) => {
  const random = createRandom(seed)
  return Array.from({ length: 60 }, () => middle * (0.8 + 0.4 * random.next()))
}

describe('intervalOfRatio', () => {
  it('holds 1 between samples of one distribution, and not between two that are a fifth apart', () => {
    const [low, high] = intervalOfRatio(noisy(1_000, 1), noisy(1_000, 2))
    expect(low).toBeLessThan(1)
    expect(high).toBeGreaterThan(1)
    expect(intervalOfRatio(noisy(1_200, 1), noisy(1_000, 2))[0]).toBeGreaterThan(1)
  })
})

describe('slopePerHour', () => {
  it('is what is added in an hour, whatever one wild look says', () => {
    const bytes = [10, 11, 12, 500, 14, 15, 16]
    expect(slopePerHour(bytes.map((each, i) => ({ atHours: i / 2, bytes: each })))).toBeCloseTo(2)
  })
})
