import { describe, expect, it } from 'vitest'
import { createRandom, type Random } from './random.ts'

const draw = (random: Random, count = 20) => Array.from({ length: count }, () => random.next())

describe('random', () => {
  it('gives the same sequence from the same seed', () => {
    expect(draw(createRandom(7))).toEqual(draw(createRandom(7)))
  })

  it('gives another sequence from another seed', () => {
    expect(draw(createRandom(7))).not.toEqual(draw(createRandom(8)))
  })

  it('forks by label, whatever was drawn before', () => {
    const fresh = createRandom(7)
    const used = createRandom(7)
    draw(used)
    expect(draw(used.fork('flow'))).toEqual(draw(fresh.fork('flow')))
    expect(draw(fresh.fork('flow'))).not.toEqual(draw(fresh.fork('auction')))
  })

  it('does not move the parent when a fork draws', () => {
    const forked = createRandom(7)
    draw(forked.fork('flow'))
    expect(draw(forked)).toEqual(draw(createRandom(7)))
  })

  it('stays inside its ranges', () => {
    const random = createRandom(1)
    for (let i = 0; i < 2_000; i++) {
      const uniform = random.next()
      expect(uniform >= 0 && uniform < 1).toBe(true)
      expect(random.exponential(5)).toBeGreaterThanOrEqual(0)
      expect(Number.isFinite(random.normal())).toBe(true)
      expect(['a', 'b']).toContain(random.pick(['a', 'b']))
    }
  })

  it('reaches both ends of a whole-number range and nothing beyond', () => {
    const random = createRandom(3)
    const seen = new Set(Array.from({ length: 500 }, () => random.int(-1, 2)))
    expect([...seen].sort((a, b) => a - b)).toEqual([-1, 0, 1, 2])
  })

  it('has the moments it names', () => {
    const random = createRandom(11)
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length
    const normals = Array.from({ length: 20_000 }, () => random.normal())
    expect(mean(normals)).toBeCloseTo(0, 1)
    expect(mean(normals.map((x) => x * x))).toBeCloseTo(1, 1)
    const waits = Array.from({ length: 20_000 }, () => random.exponential(4))
    expect(Math.abs(mean(waits) - 4)).toBeLessThan(0.15)
  })

  describe.each([
    ['forks with labels that look alike', (index: number) => createRandom(7).fork(`a${index}`)],
    ['forks of forks', (index: number) => createRandom(7).fork('plan').fork(String(index))],
    ['seeds in a row', (index: number) => createRandom(index)],
    ['the same fork of seeds in a row', (index: number) => createRandom(index).fork('flow')],
  ])('from %s', (_, streamAt) => {
    const COUNT = 4_000
    const draws = Array.from({ length: COUNT }, (_, index) => draw(streamAt(index + 1), 3))
    const column = (place: number) => draws.map((row) => row[place] as number)

    it.each([0, 1, 2])('draw %i is spread evenly', (place) => {
      const cells = new Array<number>(20).fill(0)
      for (const value of column(place)) {
        const cell = Math.floor(value * 20)
        cells[cell] = (cells[cell] as number) + 1
      }
      const expected = COUNT / 20
      const chiSquare = cells.reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0)
      // 19 degrees of freedom: one in a hundred thousand lies above.
      expect(chiSquare).toBeLessThan(57)
    })

    it.each([1, 2, 9, 10, 100])(
      'first draws of streams %i apart have nothing to do with each other',
      (lag) => {
        const first = column(0)
        expect(Math.abs(correlation(first.slice(lag), first.slice(0, -lag)))).toBeLessThan(0.07)
      },
    )

    it('a first draw does not tell the second', () => {
      expect(Math.abs(correlation(column(0), column(1)))).toBeLessThan(0.07)
    })
  })

  it('does not give two of a hundred thousand streams the same start', () => {
    const parent = createRandom(7)
    const starts = Array.from({ length: 100_000 }, (_, index) =>
      draw(parent.fork(`listing ${index}`), 2).join(),
    )
    expect(new Set(starts).size).toBe(starts.length)
  })
})

/** Pearson; of independent draws it has a standard deviation of one by the root of their count. */
function correlation(xs: readonly number[], ys: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
  const [mx, my] = [mean(xs), mean(ys)]
  const covariance = mean(xs.map((x, index) => (x - mx) * ((ys[index] as number) - my)))
  const spread = (values: readonly number[], m: number) => Math.sqrt(mean(values.map((v) => (v - m) ** 2)))
  return covariance / (spread(xs, mx) * spread(ys, my))
}
