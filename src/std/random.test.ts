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
})
