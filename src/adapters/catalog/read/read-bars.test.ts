import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instrumentId } from '../../../model/ids.ts'
import { kstDay, tradingDay } from '../../../model/time.ts'
import type { BarColumns, BarQuery } from '../../../ports/catalog.ts'
import { instrumentOf } from '../actions.ts'
import { FLAGS } from '../flags.ts'
import { setPath } from '../layout.ts'
import { DAILY, dailyCsv, inCatalog, MINUTES, minutesCsv, type TestCatalog } from '../testing/test-catalog.ts'
import { CatalogTrouble } from '../trouble.ts'

const ids = (...symbols: readonly string[]) => symbols.map(instrumentId)

/** Rows as tuples of text, whatever their order. */
const told = (bars: BarColumns) =>
  Array.from({ length: bars.rows }, (_, at) =>
    [
      bars.instruments[bars.instrumentIndex[at] ?? 0],
      kstDay(bars.openAt[at] ?? 0),
      bars.open[at],
      bars.high[at],
      bars.low[at],
      bars.close[at],
      bars.volume[at],
    ].join(' '),
  )

const CSV = dailyCsv(
  '000660,2023-12-28,1,3,1,2,10',
  '000660,2024-01-03,2,4,2,3,11',
  '005930,2023-12-28,5,7,5,6,12',
  '005930,2024-01-03,6,8,6,7,13',
  '005930,2024-01-04,7,9,7,8,14',
)

describe('reading bars', () => {
  it('gives one instrument after the other, over the files of the years', () =>
    inCatalog(async (catalog) => {
      await catalog.bring(CSV)
      const bars = await catalog.bars({})
      expect(bars.instruments).toEqual(['000660', '005930'])
      expect([...bars.starts]).toEqual([0, 2, 5])
      expect(told(bars)).toEqual([
        '000660 2023-12-28 1 3 1 2 10',
        '000660 2024-01-03 2 4 2 3 11',
        '005930 2023-12-28 5 7 5 6 12',
        '005930 2024-01-03 6 8 6 7 13',
        '005930 2024-01-04 7 9 7 8 14',
      ])
      expect(bars.adjustment).toEqual({ as: 'raw', basis: 'none', applied: [], unadjustable: [] })
    }))

  it('gives all instruments of an instant side by side', () =>
    inCatalog(async (catalog) => {
      await catalog.bring(CSV)
      const bars = await catalog.bars({ order: 'time' })
      expect([...bars.times].map(kstDay)).toEqual(['2023-12-28', '2024-01-03', '2024-01-04'])
      expect([...bars.starts]).toEqual([0, 2, 4, 5])
      expect([...bars.instrumentIndex]).toEqual([0, 1, 0, 1, 1])
      expect([...bars.close]).toEqual([2, 6, 3, 7, 8])
    }))

  it('gives only what was asked for, in that order, and an empty range for who has nothing', () =>
    inCatalog(async (catalog) => {
      await catalog.bring(CSV)
      const bars = await catalog.bars({
        instruments: ids('005930', '035420', '000660'),
        from: tradingDay('2024-01-01'),
        to: tradingDay('2024-01-03'),
      })
      expect([...bars.starts]).toEqual([0, 1, 1, 2])
      expect([...bars.close]).toEqual([7, 3])
    }))

  it('keeps the regular close apart from the last price, and gives NaN where the source gave nothing', () =>
    inCatalog(async (catalog) => {
      const csv =
        'symbol,day,open,high,low,close,after\n005930,2024-01-03,1,3,1,2,4\n005930,2024-01-04,1,3,1,2,\n'
      const names = {
        symbol: 'symbol',
        day: 'day',
        open: 'open',
        high: 'high',
        low: 'low',
        close: 'close',
        last: 'after',
      }
      await catalog.bring(csv, { columns: names })
      const bars = await catalog.bars({ also: ['last'] })
      expect([...bars.close]).toEqual([2, 2])
      expect([...bars.last]).toEqual([4, Number.NaN])
      expect([...bars.volume]).toEqual([Number.NaN, Number.NaN])
      expect(bars.value).toHaveLength(0)
      expect((await catalog.bars({})).last).toHaveLength(0)
    }))

  it('hands the flags on', () =>
    inCatalog(async (catalog) => {
      await catalog.bring(dailyCsv('005930,2024-01-03,0,0,0,5,0', '005930,2024-01-04,5,5,5,5,1'))
      expect([...(await catalog.bars({})).flags]).toEqual([FLAGS.noTrade, 0])
    }))

  it('reads bars of the day from the folders of their instruments', () =>
    inCatalog(async (catalog) => {
      const rows = ['000660', '005930'].flatMap((symbol) =>
        ['2023-12-28 09:00', '2023-12-28 09:01', '2024-01-03 09:00'].map(
          (at, n) => `${symbol},${at},1,9,1,${n + 2},1`,
        ),
      )
      await catalog.bring(minutesCsv(...rows), { set: MINUTES })
      const bars = await catalog.bars({ set: MINUTES, instruments: ids('005930') })
      expect([...bars.close]).toEqual([2, 3, 4])
      expect((await catalog.bars({ set: MINUTES, order: 'time' })).times).toHaveLength(3)
    }))

  it('makes the columns anew when they are gone, and follows the set when it changes', () =>
    inCatalog(async (catalog) => {
      await catalog.bring(CSV)
      const first = told(await catalog.bars({}))
      await rm(join(catalog.folder, '.columns'), { recursive: true })
      expect(told(await catalog.bars({}))).toEqual(first)
      await catalog.bring(dailyCsv('005930,2024-01-04,7,9,7,9,14'), { replace: true })
      expect(told(await catalog.bars({})).at(-1)).toBe('005930 2024-01-04 7 9 7 9 14')
    }))

  const cell = fc.record({
    symbol: fc.constantFrom('000660', '005930', '035420'),
    day: fc.integer({ min: 0, max: 40 }),
  })
  const dayOf = (n: number) => new Date(Date.UTC(2023, 11, 15 + n)).toISOString().slice(0, 10)

  it('gives the rows of a plain filter and sort, for any rows and any question', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(cell, {
          minLength: 1,
          maxLength: 60,
          selector: ({ symbol, day }) => `${symbol}${day}`,
        }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }), fc.boolean()), {
          minLength: 3,
          maxLength: 6,
        }),
        async (cells, questions) =>
          inCatalog(async (catalog) => {
            const rows = cells.map(({ symbol, day }) => ({
              symbol,
              day,
              close: symbol.length + day + Number(symbol),
            }))
            await catalog.bring(
              dailyCsv(
                ...rows.map(({ symbol, day, close }) => `${symbol},${dayOf(day)},1,${close},1,${close},1`),
              ),
              { onBad: 'flag' },
            )
            for (const [a, b, byTime] of questions) {
              const [from, to] = [Math.min(a, b), Math.max(a, b)]
              const bars = await catalog.bars({
                from: tradingDay(dayOf(from)),
                to: tradingDay(dayOf(to)),
                order: byTime ? 'time' : 'symbol',
              })
              const wanted = rows
                .filter(({ day }) => day >= from && day <= to)
                .toSorted(
                  (x, y) =>
                    (byTime ? x.day - y.day : 0) ||
                    (x.symbol < y.symbol ? -1 : x.symbol > y.symbol ? 1 : x.day - y.day),
                )
              expect(told(bars).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(
                wanted.map(({ symbol, day }) => `${symbol} ${dayOf(day)}`),
              )
              expect([...bars.close]).toEqual(wanted.map(({ close }) => close))
            }
          }),
      ),
      { numRuns: 6 },
    )
  })
})

/** A split of five for one, a bonus issue of one for two, a spin-off. */
const ACTIONS = `symbol,from,action,into,ratio_numerator,ratio_denominator
005930,2024-01-04,split,5,,
005930,2024-01-08,bonusIssue,,1,2
000660,2024-01-05,spinOff,,,
000660,2024-01-05,cashDividend,,,
`
const ACTION_COLUMNS = Object.fromEntries(
  ['symbol', 'from', 'action', 'into', 'ratio_numerator', 'ratio_denominator'].map((name) => [name, name]),
)
const PRICES = dailyCsv(
  '005930,2024-01-03,1000,1000,1000,1000,60',
  '005930,2024-01-04,200,200,200,200,300',
  '005930,2024-01-08,150,150,150,150,400',
  '000660,2024-01-03,70,70,70,70,1',
)

async function withActions(catalog: TestCatalog) {
  await catalog.bring(PRICES)
  await catalog.bring(ACTIONS, {
    set: { kind: 'actions', market: 'KRX', basis: 'none' },
    columns: ACTION_COLUMNS,
  })
}

describe('prices', () => {
  const signal = (asOf: string): Partial<BarQuery> => ({
    prices: { as: 'signal', asOf: tradingDay(asOf) },
    instruments: ids('005930'),
  })

  // 1,000 won before a split of 5 is 200 after it; a bonus of one for two makes 2/3 of that. Volumes go the other way.
  it.each([
    ['2024-01-03', [1000], [60]],
    ['2024-01-04', [200, 200], [300, 300]],
    ['2024-01-05', [200, 200], [300, 300]],
    ['2024-01-08', [(1000 / 5) * (2 / 3), 200 * (2 / 3), 150], [450, 450, 400]],
  ])('are in the terms of %s when they are asked for as of that day', (asOf, close, volume) =>
    inCatalog(async (catalog) => {
      await withActions(catalog)
      const bars = await catalog.bars(signal(asOf))
      expect(bars.close).toHaveLength(close.length)
      for (const [at, each] of close.entries()) expect(bars.close[at]).toBeCloseTo(each, 9)
      for (const [at, each] of volume.entries()) expect(bars.volume[at]).toBeCloseTo(each, 9)
      expect(bars.adjustment).toMatchObject({ as: 'signal', asOf })
    }),
  )

  it('tell what was done to them, and what cannot be done', () =>
    inCatalog(async (catalog) => {
      await withActions(catalog)
      const { adjustment } = await catalog.bars({ prices: { as: 'signal', asOf: tradingDay('2024-01-08') } })
      expect(adjustment.applied).toEqual([
        { instrument: '005930', from: '2024-01-04', factor: 1 / 5 },
        { instrument: '005930', from: '2024-01-08', factor: 2 / 3 },
      ])
      expect(adjustment.unadjustable).toEqual([{ instrument: '000660', from: '2024-01-05' }])
    }))

  it('are raw when they are asked for raw, whatever is recorded', () =>
    inCatalog(async (catalog) => {
      await withActions(catalog)
      expect([...(await catalog.bars({ instruments: ids('005930') })).close]).toEqual([1000, 200, 150])
    }))

  it.each([
    [{ as: 'raw' }, 'splits'],
    [{ as: 'signal', asOf: tradingDay('2024-01-08') }, 'splits'],
  ] as const)('%j of an adjusted set are refused', (prices, basis) =>
    inCatalog(async (catalog) => {
      const set = { ...DAILY, basis } as const
      await catalog.bring(PRICES, { set })
      await expect(catalog.bars({ set, prices })).rejects.toMatchObject({ code: 'prices' })
      expect((await catalog.bars({ set, prices: { as: 'source' } })).rows).toBe(4)
    }),
  )

  it('after the day of their terms are refused', () =>
    inCatalog(async (catalog) => {
      await withActions(catalog)
      const query = { ...signal('2024-01-04'), to: tradingDay('2024-01-08') }
      await expect(catalog.bars(query)).rejects.toBeInstanceOf(CatalogTrouble)
    }))

  it('of a set that is not there are refused with its name', () =>
    inCatalog(async (catalog) => {
      await expect(catalog.bars({})).rejects.toThrow(setPath(DAILY))
    }))

  it('of an event that nobody can apply never come in', () =>
    inCatalog(async (catalog) => {
      const csv = ACTIONS.replace('split,5', 'split,1')
      const job = { set: { kind: 'actions', market: 'KRX', basis: 'none' }, columns: ACTION_COLUMNS } as const
      const trouble = await catalog.trouble(csv, { ...job, onBad: 'flag' })
      expect(trouble).toMatchObject({ code: 'badRows', row: 2 })
      expect(trouble.ko).toContain('005930 2024-01-04 split')
    }))
})

it('names instruments as the rest of the house does', () => {
  expect(instrumentOf('KRX', '005930')).toBe('005930')
  expect(instrumentOf('US', 'AAPL')).toBe('US:AAPL')
})
