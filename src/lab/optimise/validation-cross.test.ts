import { describe, expect, it } from 'vitest'
import { createRandom } from '../../std/random.ts'
import { crossValidate } from './validation-cross.ts'

const PLAN = { folds: 3, choose: 1, purgeDays: 0, embargoDays: 0 }
/** Each day of a set is its own number, so that a path shows whence it comes. */
const A = Float64Array.from([1, 2, 1, 2, -1, -2].map((each) => each / 100))
const B = Float64Array.from([-3, -4, 3, 4, 2, 4].map((each) => each / 100))

describe('cross-validation', () => {
  it('tests each group by what the others chose', () => {
    // Sums of the training days: 3–6 A 0, B 13; 1, 2, 5, 6 A 0, B −1; 1–4 A 6, B 0.
    const { splits, paths } = crossValidate([A, B], PLAN)
    expect(splits.map(({ chosen }) => chosen)).toEqual([1, 0, 0])
    expect(paths).toEqual([Float64Array.from([-3, -4, 1, 2, -1, -2].map((each) => each / 100))])
  })

  it('puts the tests of combinations together to paths', () => {
    const { splits, paths } = crossValidate([A, B], { ...PLAN, choose: 2 })
    // 01 chooses on days 5–6: B; 02 on days 3–4: B has the larger mean, both the same spread: B; 12 on days 1–2: A.
    expect(splits.map(({ chosen }) => chosen)).toEqual([1, 1, 0])
    expect(paths.map((path) => [...path].map((each) => Math.round(each * 100)))).toEqual([
      [-3, -4, 3, 4, 2, 4],
      [-3, -4, 1, 2, -1, -2],
    ])
  })

  it('holds nothing where nothing moved in training', () => {
    const still = new Float64Array(6)
    const { splits, paths } = crossValidate([still, still], PLAN)
    expect(splits.every(({ chosen }) => chosen === undefined)).toBe(true)
    expect(paths).toEqual([still])
  })

  it('shows an edge that lasts, and none where there is none', () => {
    const random = createRandom(3)
    const noise = (edge: number) => Float64Array.from({ length: 900 }, () => edge + 0.01 * random.normal())
    const mean = (path: Float64Array) => path.reduce((sum, each) => sum + each, 0) / path.length
    const plan = { folds: 6, choose: 2, purgeDays: 1, embargoDays: 5 }
    const lasting = crossValidate([noise(0), noise(0.002), noise(0)], plan)
    expect(lasting.splits.filter(({ chosen }) => chosen === 1).length).toBeGreaterThan(12)
    expect(Math.min(...lasting.paths.map(mean))).toBeGreaterThan(0.001)
    const none = crossValidate([noise(0), noise(0), noise(0)], plan)
    for (const path of none.paths) expect(Math.abs(mean(path))).toBeLessThan(0.001)
  })
})
