import { describe, expect, it } from 'vitest'
import { labelPlaces, pathOf, rangeOf, shareOf, strengthOf, ticksOf } from './chart-scale.ts'

describe('the scale of a chart', () => {
  it.each([
    [0, 100, 4, [0, 25, 50, 75, 100]],
    [-0.12, 0.03, 3, [-0.1, -0.05, 0]],
    [9_812_000, 10_304_000, 4, [10_000_000, 10_200_000]],
    [0.1, 0.7, 3, [0.2, 0.4, 0.6]],
  ])('from %d to %d has round ticks', (low, high, count, expected) => {
    const ticks = ticksOf({ low, high }, count)
    for (const tick of expected) expect(ticks).toContain(tick)
    expect(ticks.length).toBeLessThanOrEqual(count * 2 + 1)
    expect(ticks.every((tick) => tick >= low - 1e-9 && tick <= high + 1e-9)).toBe(true)
  })

  it('spans all series, and gives a flat line room', () => {
    expect(rangeOf([[1, undefined, 3], [2]], [0])).toEqual({ low: 0, high: 3 })
    expect(rangeOf([[5, 5]])).toEqual({ low: 4.95, high: 5.05 })
    expect(rangeOf([[0, 0]])).toEqual({ low: -0.01, high: 0.01 })
    expect(rangeOf([[]])).toEqual({ low: 0, high: 1 })
  })

  it('places labels evenly with the last among them', () => {
    expect(labelPlaces(250, 3)).toEqual([0, 125, 249])
    expect(labelPlaces(1, 4)).toEqual([0])
    expect(labelPlaces(0, 4)).toEqual([])
  })

  it('breaks a path where a value is missing', () => {
    expect(
      pathOf(
        [1, undefined, 2, 3],
        (x) => x,
        (y) => y,
      ),
    ).toBe('M0.0 1.0M2.0 2.0L3.0 3.0')
  })

  it('colours by size, without a division by nothing', () => {
    expect([strengthOf(-5, 10), strengthOf(20, 10), strengthOf(1, 0)]).toEqual([-0.5, 1, 0])
    expect([shareOf(3, { low: 1, high: 5 }), shareOf(3, { low: 3, high: 3 })]).toEqual([0.5, 0.5])
  })
})
