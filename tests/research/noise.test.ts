import { describe, expect, it } from 'vitest'
import { noise, planted } from './noise.ts'

/**
 * The short form; the long one is `npm run soak -- noise --strategies 1000`. A check that refuses everything would pass the
 * first of these, and one that accepts everything the second.
 */
const STRATEGIES = 40
const PATIENCE_MS = 900_000

describe('the whole flow of honesty', () => {
  it(
    'refuses at least 95 % of random strategies, though many of them look good',
    async () => {
      const report = await noise(STRATEGIES, 1)
      expect(report.accepted, `accepted seeds ${report.seeds.join(', ')}`).toBeLessThanOrEqual(
        STRATEGIES * 0.05,
      )
      // Who only looks at the best of the grid is fooled by these.
      expect(report.lookedGood).toBeGreaterThan(STRATEGIES / 10)
      expect(report.goodOutOfSample).toBeGreaterThan(STRATEGIES / 10)
    },
    PATIENCE_MS,
  )

  it(
    'accepts an edge that is there, and chooses its values',
    async () => {
      for (const seed of [1, 2]) {
        const { judged } = await planted(seed)
        expect(judged.verdict.checks.filter(({ passed }) => !passed)).toEqual([])
        expect(judged.best?.job.parameters).toMatchObject({ length: 3 })
      }
    },
    PATIENCE_MS,
  )
})
