import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import { createRandom } from '../../std/random.ts'
import { overfittingProbability } from './overfitting.ts'
import { gapOf, given } from './testing/series.ts'

/** Six trials that win and lose at different times. */
const waves = (length: number) =>
  Array.from({ length: 6 }, (_, k) =>
    Float64Array.from(
      { length },
      (_, t) =>
        0.01 * Math.sin(0.7 * (t + 1) * (k + 1)) + 0.002 * ((((t + 1) * (k + 3)) % 7) - 3) + 0.0005 * k,
    ),
  )

const noise = (seed: number, trials: number, length: number) => {
  const random = createRandom(seed)
  return Array.from({ length: trials }, () => Float64Array.from({ length }, () => 0.01 * random.normal()))
}

describe('probability of backtest overfitting', () => {
  // The paper's definition written out in Python: itertools `combinations`, numpy 2.4 for the ratios, scipy
  // 1.17 `rankdata`, and `polyfit` for the slope. 46 periods leave the oldest two out of four blocks.
  it.each([
    [48, 8, 0.08571428571428572, 70, 1.7917594692280545, 0.014285714285714285, -1.4568055176129036],
    [46, 4, 0, 6, 0.9162907318741551, 0, 0.2772433192167594],
    [48, 16, 0.2749028749028749, 12_870, 0.9162907318741551, 0.108003108003108, -1.3459698881628173],
  ])(
    'of six waves over %i periods in %i blocks',
    (length, blocks, probability, splits, logit, loss, slope) => {
      expect(given(overfittingProbability(waves(length), blocks))).toEqual({
        probability: expect.closeTo(probability, 12),
        splits,
        medianLogit: expect.closeTo(logit, 10),
        lossShare: expect.closeTo(loss, 12),
        slope: expect.closeTo(slope, 8),
      })
    },
  )

  // Four blocks of two: trial A earns in the first half only, B in the second only. Halves {1,2} and {3,4}
  // choose the one that fails on the other side: rank 1 of 2, logit ln(1/2) < 0. A mixed half holds one good
  // block of each. In 64ths, which are exact.
  it('is found where the winner of one half loses the other', () => {
    const [good, bad] = [
      [3 / 64, 2 / 64],
      [-2 / 64, -3 / 64],
    ]
    const trials = [
      [...good, ...good, ...bad, ...bad].flat(),
      [...bad, ...bad, ...good, ...good].flat(),
    ] as number[][]
    const { probability, splits, lossShare } = given(overfittingProbability(trials, 4))
    expect(splits).toBe(6)
    // The four mixed splits tie: the mean rank is 1.5 of 3, a logit of 0, which counts.
    expect(probability).toBe(1)
    expect(lossShare).toBeCloseTo(1 / 3, 12)
  })

  it('is 0 where one trial is better everywhere', () => {
    const trials = noise(1, 10, 64)
    const better = Float64Array.from(trials[0] as Float64Array, (each) => each + 0.05)
    const { probability, lossShare } = given(overfittingProbability([...trials, better], 8))
    expect([probability, lossShare]).toEqual([0, 0])
  })

  it('is about one half on average where nobody has skill', () => {
    const found = Array.from(
      { length: 30 },
      (_, seed) => given(overfittingProbability(noise(seed, 20, 80), 8)).probability,
    )
    const mean = found.reduce((sum, each) => sum + each, 0) / found.length
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.15)
  })

  it('does not depend on the size of the stakes', () => {
    const trials = waves(48)
    const larger = trials.map((trial, k) => trial.map((each) => each * (k + 1)))
    expect(given(overfittingProbability(larger, 8)).probability).toBeCloseTo(
      given(overfittingProbability(trials, 8)).probability,
      12,
    )
  })

  it('lets a trial that never traded count with a ratio of 0', () => {
    const losing = Float64Array.from({ length: 48 }, (_, t) => (t % 2 === 0 ? -0.03 : 0.01))
    const { probability, lossShare } = given(overfittingProbability([losing, new Float64Array(48)], 8))
    expect([probability, lossShare]).toEqual([0, 0])
  })

  it('has none of one trial or of a history too short for its blocks', () => {
    expect(gapOf(overfittingProbability(waves(48).slice(0, 1), 8))).toBe('tooFew')
    expect(gapOf(overfittingProbability(waves(31), 16))).toBe('tooFew')
    expect(gapOf(overfittingProbability([], 8))).toBe('tooFew')
  })

  it.each([
    ['an odd number of blocks', waves(48), 7],
    ['two blocks', waves(48), 2],
    ['eighteen blocks', waves(48), 18],
    ['trials of different length', [...waves(48), new Float64Array(47)], 8],
  ])('refuses %s', (_, trials, blocks) => {
    expect(() => overfittingProbability(trials, blocks)).toThrow(InvariantError)
  })
})
