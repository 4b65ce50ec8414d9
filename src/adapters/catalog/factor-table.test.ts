import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Duck, openDuck } from './duck.ts'
import { eventOf, splitsOf } from './factor-table.ts'

const COLUMNS = { symbol: 'symbol', until: 'until_day', factor: 'split_factor' }
let duck: Duck
let folder: string

beforeAll(async () => {
  duck = await openDuck()
  folder = await mkdtemp(join(tmpdir(), 'garam-factors-'))
})
afterAll(async () => {
  duck.close()
  await rm(folder, { recursive: true })
})

const fileOf = async (...rows: readonly string[]): Promise<string> => {
  const file = join(folder, 'factors.csv')
  await writeFile(file, ['symbol,until_day,price_factor,split_factor', ...rows, ''].join('\n'))
  return file
}

describe('a table of factors', () => {
  it('tells the splits, on the next trading day', async () => {
    const file = await fileOf(
      // Seven for one on Monday 2014-06-09, four for one on Monday 2020-08-31; a dividend between them.
      'AAPL,2014-06-06,0.88,0.0357143',
      'AAPL,2017-02-08,0.94,0.25',
      'AAPL,2020-08-28,0.98,0.25',
      'AAPL,2050-12-31,1,1',
      // One of twenty before a holiday: 2026-07-02 is a Thursday, and the exchange is closed on the third.
      'AIG,2026-07-02,1,20',
      'AIG,2050-12-31,1,1',
      'ODD,2016-03-10,1,3.9',
      'ODD,2050-12-31,1,1',
    )
    expect(await splitsOf(duck, { file, columns: COLUMNS })).toEqual({
      splits: [
        { symbol: 'AAPL', from: '2014-06-09', action: 'split', into: 7 },
        { symbol: 'AAPL', from: '2020-08-31', action: 'split', into: 4 },
        { symbol: 'AIG', from: '2026-07-06', action: 'reverseSplit', of: 20 },
      ],
      left: [{ symbol: 'ODD', from: '2016-03-11', factor: 3.9 }],
    })
  })

  it.each([
    [1 / 7, { action: 'split', into: 7 }],
    [0.3333001, { action: 'split', into: 3 }],
    [20, { action: 'reverseSplit', of: 20 }],
    [2 / 3, { action: 'bonusIssue', ratio_numerator: 5_000, ratio_denominator: 10_000 }],
    [0.9973, { action: 'bonusIssue', ratio_numerator: 27, ratio_denominator: 10_000 }],
    [3.9, undefined],
    [1.0001, undefined],
  ])('whose factor changes by %d says %o', (factor, event) => {
    expect(eventOf(factor)).toEqual(event)
  })

  it('is refused when it cannot be one', async () => {
    const file = await fileOf('A,2020-01-02,1,0', 'A,2050-12-31,1,1')
    await expect(splitsOf(duck, { file, columns: COLUMNS })).rejects.toThrow(/0 이하/)
    await expect(splitsOf(duck, { file, columns: { ...COLUMNS, factor: 'factor' } })).rejects.toThrow(
      /factor.*price_factor/,
    )
  })
})
