import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runBacktest } from '../../src/lab/backtest/run.ts'
import { pinnedPlan } from '../../src/lab/backtest/testing/pinned-market.ts'
import { STRATEGIES } from '../../src/trading/strategies/registry.ts'
import { analysed } from './analysed.ts'
import { writtenFigures } from './written-figures.ts'

/**
 * Every figure of every strategy that comes along, on the made-up market of `src/lab/backtest/pinned.test.ts`. Where a change is
 * meant, `npx vitest run tests/pinned -u` writes the files anew, and their diff is read line by line.
 */
describe('every statistic is what it was', () => {
  it.each(STRATEGIES.map(({ id }) => id))('of %s', async (id) => {
    const pinned = `${import.meta.dirname}/${id}.json`
    expect(existsSync(pinned), `${pinned} is committed`).toBe(true)
    const plan = pinnedPlan(id)
    const figures = writtenFigures(analysed(runBacktest(plan), plan.bars, id))
    await expect(`${JSON.stringify(figures, undefined, 2)}\n`).toMatchFileSnapshot(pinned)
  })
})
