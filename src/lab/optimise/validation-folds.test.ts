import { describe, expect, it } from 'vitest'
import { groupsOf, pathCount, purgedSplits } from './validation-folds.ts'

const written = (blocks: readonly { from: number; end: number }[]) =>
  blocks.map(({ from, end }) => `${from}-${end}`).join(' ')

describe('groups of days', () => {
  it('are as equal as can be, the first ones longer', () => {
    expect(written(groupsOf(10, 5))).toBe('0-2 2-4 4-6 6-8 8-10')
    expect(written(groupsOf(11, 4))).toBe('0-3 3-6 6-9 9-11')
  })
})

describe('purged and embargoed splits', () => {
  /** Ten days in five groups; by hand after López de Prado (2018), figures 7.2 and 7.3. */
  it.each([
    [{ choose: 1, purgeDays: 0, embargoDays: 0 }, [2], '0-4 6-10'],
    // Day 3 earns until day 4, which is tested; day 5 earns until day 6.
    [{ choose: 1, purgeDays: 1, embargoDays: 0 }, [2], '0-3 7-10'],
    [{ choose: 1, purgeDays: 0, embargoDays: 2 }, [2], '0-4 8-10'],
    [{ choose: 1, purgeDays: 1, embargoDays: 1 }, [2], '0-3 8-10'],
    [{ choose: 1, purgeDays: 1, embargoDays: 1 }, [0], '4-10'],
    [{ choose: 1, purgeDays: 1, embargoDays: 1 }, [4], '0-7'],
    [{ choose: 2, purgeDays: 0, embargoDays: 0 }, [1, 3], '0-2 4-6 8-10'],
    [{ choose: 2, purgeDays: 1, embargoDays: 1 }, [1, 3], '0-1'],
    [{ choose: 2, purgeDays: 0, embargoDays: 1 }, [0, 1], '5-10'],
  ])('of %j testing %j leave %s', (plan, tested, train) => {
    const split = purgedSplits(10, { folds: 5, ...plan }).find((each) => each.tested.join() === tested.join())
    expect(written(split?.train ?? [])).toBe(train)
  })

  it('never choose on a day whose time touches a test, whatever the plan', () => {
    for (const [folds, choose, purgeDays, embargoDays] of [
      [6, 2, 3, 5],
      [4, 3, 1, 0],
      [8, 4, 0, 2],
    ] as const)
      for (const { tested, train } of purgedSplits(97, { folds, choose, purgeDays, embargoDays })) {
        const groups = groupsOf(97, folds)
        for (const { from, end } of train)
          for (const group of tested) {
            const test = groups[group] as { from: number; end: number }
            const ahead = end - 1 + purgeDays < test.from
            const behind = from >= test.end + purgeDays + embargoDays
            expect(ahead || behind).toBe(true)
          }
      }
  })

  it('are as many as the book says: 6 groups two at a time are 15 splits and 5 paths', () => {
    expect(purgedSplits(60, { folds: 6, choose: 2, purgeDays: 0, embargoDays: 0 })).toHaveLength(15)
    expect(pathCount({ folds: 6, choose: 2 })).toBe(5)
    expect(pathCount({ folds: 10, choose: 1 })).toBe(1)
  })
})
