import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import { createRandom } from '../../std/random.ts'
import { plainBlock, politisWhiteBlock, redrawn, shuffled, stationaryBootstrap } from './resample.ts'
import { gapOf, given, parkMiller } from './testing/series.ts'

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

/** x(t) = φ x(t − 1) + e(t), e uniform in (−½, ½). */
function remembering(phi: number, count: number): Float64Array {
  let x = 0
  return parkMiller(11, 400)
    .slice(0, count)
    .map((uniform) => {
      x = phi * x + uniform - 0.5
      return x
    })
}

describe('resampling', () => {
  it('keeps every value when it shuffles, and only known ones when it draws', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 30 }), fc.integer(), (values, seed) => {
        const order = shuffled(createRandom(seed), values)
        expect(Array.from(order).toSorted((a, b) => a - b)).toEqual(values.toSorted((a, b) => a - b))
        const drawn = redrawn(createRandom(seed), values)
        expect(drawn).toHaveLength(values.length)
        for (const each of drawn) expect(values).toContain(each)
      }),
      { numRuns: 100 },
    )
    expect(shuffled(createRandom(1), [])).toHaveLength(0)
    expect(redrawn(createRandom(1), [])).toHaveLength(0)
  })

  it('makes each of the six orders of three values equally often', () => {
    const random = createRandom(2)
    const seen = new Map<string, number>()
    for (let i = 0; i < 6_000; i++) {
      const order = shuffled(random, [1, 2, 3]).join('')
      seen.set(order, (seen.get(order) ?? 0) + 1)
    }
    expect(seen.size).toBe(6)
    // Binomial with 6,000 and 1/6: a deviation of 29.
    for (const count of seen.values()) expect(Math.abs(count - 1_000)).toBeLessThan(130)
  })

  it('goes on with the neighbour inside a block, and past the end with the first value', () => {
    const drawn = stationaryBootstrap(createRandom(4), numbers(50), 10, 20_000)
    const goesOn = Array.from(drawn.slice(1)).filter((each, i) => each === ((drawn[i] as number) + 1) % 50)
    // A new block begins with 1/10, and one in fifty of those begins at the neighbour by chance: 0.902.
    expect(Math.abs(goesOn.length / 19_999 - 0.902)).toBeLessThan(0.012)
    expect(Array.from(drawn.slice(1)).some((each, i) => each === 0 && drawn[i] === 49)).toBe(true)
  })

  it('uses every value equally often, the first and the last too', () => {
    const drawn = stationaryBootstrap(createRandom(9), numbers(10), 3, 50_000)
    const counts = numbers(10).map((value) => drawn.filter((each) => each === value).length)
    for (const count of counts) expect(Math.abs(count - 5_000)).toBeLessThan(350)
  })

  it('gives the same draw from the same seed', () => {
    const draw = (seed: number) => Array.from(stationaryBootstrap(createRandom(seed), numbers(100), 5))
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
  })

  it('draws single values with blocks of 1', () => {
    const drawn = stationaryBootstrap(createRandom(4), numbers(1_000), 1, 5_000)
    const goesOn = Array.from(drawn.slice(1)).filter((each, i) => each === (drawn[i] as number) + 1)
    expect(goesOn.length).toBeLessThan(25)
  })

  it.each([
    ['nothing', [], 2],
    ['blocks below 1', [1], 0.5],
    ['blocks without end', [1], Number.POSITIVE_INFINITY],
  ])('refuses %s', (_, values, block) => {
    expect(() => stationaryBootstrap(createRandom(1), values, block)).toThrow(InvariantError)
  })
})

describe('block length', () => {
  // arch (snapshot of 2026-06-22), `optimal_block_length`, the column "stationary", of the same made-up
  // series.
  it.each([
    [0.3, 400, 3.217697980739285],
    [0.6, 400, 8.445527039482364],
    [0.9, 400, 23.662284821816087],
    [0.9, 40, 2.2281476930333612],
  ])('suits a memory of %d over %i values', (phi, count, expected) => {
    expect(given(politisWhiteBlock(remembering(phi, count)))).toBeCloseTo(expected, 9)
  })

  // arch says 0.87 here; a block has at least one value.
  it('is 1 where there is no memory', () => {
    expect(given(politisWhiteBlock(remembering(0, 400)))).toBe(1)
  })

  it('is not chosen for a short or a still series, which take n^(1/3)', () => {
    expect(gapOf(politisWhiteBlock(numbers(29)))).toBe('tooFew')
    expect(gapOf(politisWhiteBlock(new Float64Array(40)))).toBe('flat')
    expect(plainBlock(1_000)).toBeCloseTo(10, 12)
    expect(plainBlock(0)).toBe(1)
  })

  it('stays between 1 and min(3√n, n/3)', () => {
    const bps = fc.integer({ min: -500, max: 500 }).map((each) => each / 10_000)
    fc.assert(
      fc.property(fc.array(bps, { minLength: 30, maxLength: 120 }), (values) => {
        const block = politisWhiteBlock(values)
        if (!block.ok) return
        expect(block.value).toBeGreaterThanOrEqual(1)
        expect(block.value).toBeLessThanOrEqual(
          Math.ceil(Math.min(3 * Math.sqrt(values.length), values.length / 3)),
        )
      }),
      { numRuns: 100 },
    )
  })
})
