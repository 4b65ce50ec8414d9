import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { InstrumentClass, Market } from '../../../model/instrument.ts'
import { price } from '../../../model/money.ts'
import { tickSize } from '../../../model/tick-size.ts'
import { type TradingDay, tradingDay } from '../../../model/time.ts'
import { type Duck, numberIn, openDuck, text } from '../duck.ts'
import { TICKS_FROM, tickSql } from './ladders.ts'

let duck: Duck
beforeAll(async () => {
  duck = await openDuck()
})
afterAll(() => duck.close())

const CLASSES: readonly InstrumentClass[] = ['stock', 'etf', 'etn', 'elw']
const BOARDS: readonly Market[] = ['KOSPI', 'KOSDAQ', 'KONEX']
const DAYS = ['2010-10-04', '2023-01-24', '2023-01-25', '2023-12-08', '2023-12-11', '2026-11-20'].map(
  tradingDay,
)

async function ticks(cases: readonly (readonly [string | null, string | null, TradingDay, number])[]) {
  const rows = cases.map(
    ([kind, board, day, at], n) =>
      `(${n}, ${kind ? text(kind) : 'NULL'}, ${board ? text(board) : 'NULL'}, DATE ${text(day)}, ${at})`,
  )
  const sql = tickSql(DAYS, { price: 'p', kind: 'k', board: 'b', day: 'd' })
  return duck.rows(`SELECT ${sql} AS tick FROM (VALUES ${rows.join(', ')}) t(n, k, b, d, p) ORDER BY n`)
}

describe('ticks in SQL', () => {
  const anyCase = fc.tuple(
    fc.constantFrom(...CLASSES),
    fc.constantFrom(...BOARDS),
    fc.constantFrom(...DAYS),
    fc.oneof(
      fc.integer({ min: 1, max: 1_500_000 }),
      fc.constantFrom(999, 1000, 1999, 2000, 4999, 5000, 49_999, 50_000, 499_999, 500_000),
    ),
  )

  it('are those of the model, for any class, board, day and price', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyCase, { minLength: 50, maxLength: 200 }), async (cases) => {
        const expected = cases.map(([kind, market, day, at]) =>
          tickSize({ class: kind, market }, day, price(at)),
        )
        expect((await ticks(cases)).map((row) => numberIn(row, 'tick'))).toEqual(expected)
      }),
      { numRuns: 20 },
    )
  })

  // At 30,000 won after 2023-01-25 a share moves by 50 and a fund by 5; before, a KOSPI share by 50 too.
  it.each([
    [null, null, '2024-01-02', 30_000, 5],
    ['stock', null, '2022-01-03', 150_000, 100],
    [null, 'KOSPI', '2022-01-03', 30_000, 5],
  ])('give %s %s on %s at %i the finest it could have', async (kind, board, day, at, tick) => {
    expect(await ticks([[kind, board, tradingDay(day), at]])).toEqual([{ tick }])
  })

  it('are not known before the first table', async () => {
    expect(TICKS_FROM).toBe('2010-10-04')
    expect(() => tickSize({ class: 'stock', market: 'KOSPI' }, tradingDay('2010-10-03'), price(1))).toThrow()
    expect(await ticks([['stock', 'KOSPI', tradingDay('2009-01-02'), 100]])).toEqual([{ tick: null }])
  })
})
