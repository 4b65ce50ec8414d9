import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conditionOf } from '../testing/tell.ts'
import { bare, conditions } from '../testing/trees.ts'
import { INDICATORS } from './indicator-table.ts'
import { outlineOf, readOutline } from './outline.ts'
import { partsOf, type TreeNode } from './tree.ts'

const garden = { intervalsMs: [60_000], indicators: Object.keys(INDICATORS), longest: 30, depth: 2 }

describe('an outline', () => {
  it('gives the tree of the text with brackets', () => {
    const outline = {
      all: [
        'change(5m) >= 5%',
        '종가가 지수이동평균(20) 초과',
        { any: ['rsi(14) < 30', { not: 'halted' }] },
        { all: ['time >= 09:05'] },
      ],
    }
    const text = 'change(5m) >= 5% and close > ema(20) and (rsi(14) < 30 or not halted) and time >= 09:05'
    const read = readOutline(outline)
    expect(read.ok && bare(read.value)).toEqual(bare(conditionOf(text)))
    const list = readOutline(outline.all)
    expect(list.ok && bare(list.value)).toEqual(bare(conditionOf(text)))
  })

  it.each(['ko', 'en'] as const)('written in %s reads as the same tree', (language) => {
    fc.assert(
      fc.property(conditions(garden), (tree) => {
        const read = readOutline(outlineOf(tree, language))
        expect(read.ok ? bare(read.value) : read.error).toEqual(bare(tree))
      }),
      { numRuns: 200 },
    )
  })

  it('knows its texts by their path', () => {
    const read = readOutline({ all: ['halted', { any: ['close > 5', 'inVi'] }] })
    const paths = (node: TreeNode): unknown[] => [node.at.path, ...partsOf(node).flatMap(paths)]
    const comparison = Array<string>(3).fill('all[1].any[0]')
    expect(read.ok && paths(read.value)).toEqual([
      'all',
      'all[0]',
      'all[1].any',
      ...comparison,
      'all[1].any[1]',
    ])
  })

  it.each<readonly [unknown, ...(readonly [path: string, code: string])[]]>([
    [{ all: [] }, ['all', 'badOutline']],
    [{ any: 'close > 5' }, ['any', 'badOutline']],
    [{ all: ['close > 5'], any: [] }, ['', 'badOutline']],
    [{ alle: [] }, ['', 'badOutline']],
    [5, ['', 'badOutline']],
    [null, ['', 'badOutline']],
    [undefined, ['', 'badOutline']],
    [
      { all: ['clsoe > 5', { not: { any: ['', 'rsi(14) < 3%', 7] } }] },
      ['all[0]', 'unknownWord'],
      ['all[1].not.any[0]', 'empty'],
      ['all[1].not.any[1]', 'typeMismatch'],
      ['all[1].not.any[2]', 'badOutline'],
    ],
    [{ all: ['close > 5원', 'close > $5'] }, ['all[1]', 'mixedCurrency']],
  ])('%j is told where it is wrong', (outline, ...expected) => {
    const read = readOutline(outline)
    expect(read.ok ? [] : read.error.map(({ path, code }) => [path, code])).toEqual(expected)
  })

  it('that holds itself is refused', () => {
    const outline: { all: unknown[] } = { all: [] }
    outline.all.push(outline, outline)
    expect(readOutline(outline).ok).toBe(false)
  })
})
