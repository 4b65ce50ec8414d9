import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import { createRandom } from '../../std/random.ts'
import { monteCarloRisk, type ReturnModel } from './monte-carlo-risk.ts'
import { drawStudentT, fitStudentT } from './student-t.ts'
import { BACON, gapOf, given, parkMiller } from './testing/series.ts'
import { gaussianRisk, historicalRisk } from './value-at-risk.ts'

/** 300 normal returns of 1 %, every thirteenth four times as large. */
const UNIFORM = parkMiller(7, 600)
const FAT_TAILS = Float64Array.from({ length: 300 }, (_, i) => {
  const [u, v] = [UNIFORM[2 * i] as number, UNIFORM[2 * i + 1] as number]
  const normal = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v)
  return 0.0005 + 0.01 * normal * (i % 13 === 0 ? 4 : 1)
})

describe("Student's t distribution", () => {
  // scipy 1.17: `minimize` of −`t.logpdf` over all three, to 1e-12.
  it('is fitted with the greatest likelihood', () => {
    const { degrees, location, scale } = given(fitStudentT(FAT_TAILS))
    expect(degrees).toBeCloseTo(2.6522963833434043, 4)
    expect(location).toBeCloseTo(0.0004928005, 7)
    expect(scale).toBeCloseTo(0.00782943858, 7)
  })

  it('comes close to a normal one where no tail is fat', () => {
    expect(given(fitStudentT(BACON)).degrees).toBeGreaterThan(50)
  })

  // Quantiles of t with 3 degrees of freedom in tables: 2.353 at 95 %, 0.765 at 75 %. The deviations of the
  // counts are below 0.002.
  it('draws what it fits', () => {
    const random = createRandom(5)
    const draws = Array.from({ length: 40_000 }, () =>
      drawStudentT(random, { degrees: 3, location: 1, scale: 2 }),
    )
    const above = (quantile: number) => draws.filter((each) => each > 1 + 2 * quantile).length / draws.length
    expect(Math.abs(above(2.353) - 0.05)).toBeLessThan(0.005)
    expect(Math.abs(above(0.765) - 0.25)).toBeLessThan(0.01)
    expect(Math.abs(above(0) - 0.5)).toBeLessThan(0.012)
  })

  it('is not fitted to nine returns, nor to equal ones', () => {
    expect(gapOf(fitStudentT(BACON.slice(0, 9)))).toBe('tooFew')
    expect(gapOf(fitStudentT(new Array<number>(20).fill(0.01)))).toBe('flat')
  })
})

describe('simulated value at risk', () => {
  const question = { confidence: 0.95 }
  const simulate = (model: ReturnModel, seed = 3, horizon = 1) =>
    given(monteCarloRisk(createRandom(seed), BACON, { ...question, horizon }, model, 40_000))

  // The quantile of 40,000 normal draws has a deviation of about 0.0004 here.
  it('comes to the closed form where the model is normal', () => {
    const [ours, exact] = [simulate({ kind: 'gaussian' }), given(gaussianRisk(BACON, question))]
    expect(Math.abs(ours.valueAtRisk - exact.valueAtRisk)).toBeLessThan(0.002)
    expect(Math.abs(ours.expectedShortfall - exact.expectedShortfall)).toBeLessThan(0.002)
  })

  // Drawing single periods again and again has history itself for its distribution.
  it('comes to history where single periods are drawn', () => {
    const ours = simulate({ kind: 'blockBootstrap', meanBlock: 1 })
    const history = given(historicalRisk(BACON, question))
    expect(ours.valueAtRisk).toBeGreaterThanOrEqual(0.049)
    expect(ours.valueAtRisk).toBeLessThanOrEqual(history.expectedShortfall)
  })

  it('sees more risk in fat tails than the normal model does', () => {
    const at = (model: ReturnModel) =>
      given(monteCarloRisk(createRandom(3), FAT_TAILS, { confidence: 0.99 }, model, 20_000)).expectedShortfall
    expect(at({ kind: 'studentT' })).toBeGreaterThan(at({ kind: 'gaussian' }) * 1.2)
  })

  it('gives the same figures from the same seed and others from another', () => {
    const model = { kind: 'studentT' } as const
    expect(simulate(model, 3, 5)).toEqual(simulate(model, 3, 5))
    expect(simulate(model, 3, 5).valueAtRisk).not.toBe(simulate(model, 4, 5).valueAtRisk)
    expect(simulate(model)).toMatchObject({ method: 'monteCarlo', model: 'studentT', paths: 40_000 })
  })

  it('never loses more than everything', () => {
    const wild = [-0.99, 0.9, -0.9, 0.99, -0.95, 0.95]
    const { expectedShortfall } = given(
      monteCarloRisk(createRandom(1), wild, { confidence: 0.99, horizon: 5 }, { kind: 'gaussian' }, 2_000),
    )
    expect(expectedShortfall).toBeLessThanOrEqual(1)
  })

  it('passes the gaps of its model on', () => {
    const of = (returns: number[], kind: 'gaussian' | 'studentT') =>
      gapOf(monteCarloRisk(createRandom(1), returns, question, { kind }, 1_000))
    expect(of([0.1], 'gaussian')).toBe('tooFew')
    expect(of([0.1, 0.1], 'gaussian')).toBe('flat')
    expect(of([0.1, 0.2, 0.3], 'studentT')).toBe('tooFew')
  })

  it('refuses too few paths', () => {
    expect(() => monteCarloRisk(createRandom(1), BACON, question, { kind: 'gaussian' }, 999)).toThrow(
      InvariantError,
    )
  })
})
