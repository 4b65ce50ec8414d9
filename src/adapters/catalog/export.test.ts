import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { instrumentId } from '../../model/ids.ts'
import { tradingDay } from '../../model/time.ts'
import { text } from './duck.ts'
import { type ExportJob, exportSet } from './export.ts'
import { DAILY, dailyCsv, inCatalog, type TestCatalog } from './testing/test-catalog.ts'

const CSV = dailyCsv(
  '000660,2024-01-03,7,7,7,7,1',
  '005930,2024-01-03,10,12,9,11,100',
  '005930,2024-01-04,2,3,2,2,500',
)

async function written(catalog: TestCatalog, name: string, job: Partial<ExportJob> = {}) {
  const out = join(catalog.folder, '..', name)
  const all = { set: DAILY, out, prices: { as: 'raw' }, overwrite: false, ...job } as const
  return { out, rows: await exportSet(catalog.duck, catalog.folder, all) }
}

const lines = (content: Buffer) => content.toString('utf8').trim().split('\n')

describe('an export', () => {
  it('comes back in as it was', () =>
    inCatalog(async (catalog) => {
      await catalog.bring(CSV)
      const before = await catalog.rows(DAILY, 'symbol, open_at, open, high, low, close, volume')
      for (const name of ['all.csv', 'all.csv.gz', 'all.parquet']) {
        const { out, rows } = await written(catalog, name)
        expect(rows).toBe(3)
        const set = { ...DAILY, series: name.replaceAll('.', '-') }
        await catalog.bring(await readFile(out), { set })
        expect(await catalog.rows(set, 'symbol, open_at, open, high, low, close, volume')).toEqual(before)
      }
    }))

  it('holds only the symbols and days that were asked for', () =>
    inCatalog(async (catalog) => {
      await catalog.bring(CSV)
      const { out } = await written(catalog, 'some.csv.gz', {
        instruments: [instrumentId('005930')],
        from: tradingDay('2024-01-04'),
        to: tradingDay('2024-01-04'),
      })
      const [header, ...rows] = lines(gunzipSync(await readFile(out)))
      expect(header).toContain('symbol,day,open_at,close_at,open,high,low,close,last,volume,value,flags')
      expect(rows.map((row) => row.split(',').slice(0, 2))).toEqual([['005930', '2024-01-04']])
    }))

  it('is in dollars where the set is', () =>
    inCatalog(async (catalog) => {
      const set = { ...DAILY, market: 'US' } as const
      await catalog.bring(dailyCsv('AAPL,2024-01-03,187.15,188.44,183.885,185.64,1'), { set })
      const { out } = await written(catalog, 'us.parquet', { set })
      expect(await catalog.duck.rows(`SELECT open, low FROM read_parquet(${text(out)})`)).toEqual([
        { open: 187.15, low: 183.885 },
      ])
    }))

  it('adjusts for recorded splits when it is asked to, as of a day', () =>
    inCatalog(async (catalog) => {
      await catalog.bring(CSV)
      await catalog.bring('s,d,a,i\n005930,2024-01-04,split,5\n', {
        set: { kind: 'actions', market: 'KRX', basis: 'none' },
        columns: { symbol: 's', from: 'd', action: 'a', into: 'i' },
      })
      const asOf = tradingDay('2024-01-04')
      const { out } = await written(catalog, 'signal.parquet', { prices: { as: 'signal', asOf }, to: asOf })
      expect(await catalog.duck.rows(`SELECT symbol, close, volume FROM read_parquet(${text(out)})`)).toEqual(
        [
          { symbol: '000660', close: 7, volume: 1 },
          { symbol: '005930', close: 11 / 5, volume: 500 },
          { symbol: '005930', close: 2, volume: 500 },
        ],
      )
    }))

  it.each([
    ['a file that is there', 'all.csv', {}, 'options'],
    ['a name without an ending', 'all.txt', {}, 'options'],
    ['a set that is not there', 'x.csv', { set: { ...DAILY, interval: '5m' } }, 'notFound'],
    [
      'prices after their day',
      'y.csv',
      { prices: { as: 'signal', asOf: tradingDay('2024-01-03') } },
      'prices',
    ],
  ] as const)('refuses %s', (_, name, job, code) =>
    inCatalog(async (catalog) => {
      await catalog.bring(CSV)
      await written(catalog, 'all.csv')
      await expect(written(catalog, name, job)).rejects.toMatchObject({ code })
    }),
  )
})
