import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kstInstant, timeOfDay, tradingDay } from '../../../model/time.ts'
import { text } from '../duck.ts'
import { flagsOf } from '../flags.ts'
import { setPath } from '../layout.ts'
import { readManifest } from '../manifest.ts'
import { DAILY, dailyCsv, inCatalog, MINUTES, minutesCsv } from '../testing/test-catalog.ts'

const TWO_DAYS = dailyCsv('005930,2024-01-02,100,120,90,110,1000', '005930,2024-01-03,110,115,105,112,900')
const kst = (day: string, time: string) => kstInstant(tradingDay(day), timeOfDay(time))

describe('importing a file of bars', () => {
  it('stores each row with its session, its place in the file and its import', () =>
    inCatalog(async (catalog) => {
      const { record, rejects } = await catalog.bring(TWO_DAYS)
      expect(record).toMatchObject({ id: 1, rows: 2, rejected: 0, source: 'test', zone: 'Asia/Seoul' })
      expect(rejects.file).toBeUndefined()
      expect((await catalog.rows())[1]).toEqual({
        symbol: '005930',
        day: '2024-01-03',
        open_at: kst('2024-01-03', '09:00'),
        close_at: kst('2024-01-03', '15:30'),
        open: 110,
        high: 115,
        low: 105,
        close: 112,
        last: null,
        volume: 900,
        value: null,
        flags: 0,
        row: 3,
        import: 1,
      })
    }))

  it('reads the same from a gzip, a Parquet file and another delimiter', () =>
    inCatalog(async (catalog) => {
      await catalog.bring(TWO_DAYS)
      const plain = await catalog.rows()
      const parquet = await catalog.file('bars.parquet', '')
      await catalog.duck.run(
        `COPY (SELECT '005930' AS symbol, DATE '2024-01-02' + n AS day, o AS open, h AS high, l AS low, c AS close, v AS volume
          FROM (VALUES (0, 100, 120, 90, 110, 1000), (1, 110, 115, 105, 112, 900)) t(n, o, h, l, c, v)) TO ${text(parquet)} (FORMAT parquet)`,
      )
      const others = [gzipSync(TWO_DAYS), TWO_DAYS.replaceAll(',', ';'), await readFile(parquet)]
      for (const [at, content] of others.entries()) {
        const set = { ...DAILY, series: `other${at}` }
        await catalog.bring(content, { set })
        const rows = await catalog.rows(set)
        // A Parquet file has no header, so its first row is row 1.
        expect(rows).toEqual(plain.map((row) => ({ ...row, row: Number(row.row) - (at === 2 ? 1 : 0) })))
      }
    }))

  it('does nothing when the same file comes again, and takes only what is new of an overlapping one', () =>
    inCatalog(async (catalog) => {
      await catalog.bring(TWO_DAYS)
      expect(await catalog.bring(TWO_DAYS)).toMatchObject({ wasDone: true, record: { id: 1 } })
      const more = dailyCsv('005930,2024-01-03,110,115,105,112,900', '005930,2024-01-04,112,113,111,112,800')
      expect(await catalog.bring(more)).toMatchObject({ already: 1, record: { id: 2, rows: 1 } })
      expect(await catalog.rows(DAILY, 'CAST(day AS VARCHAR) AS day, "import"')).toEqual([
        { day: '2024-01-02', import: 1 },
        { day: '2024-01-03', import: 1 },
        { day: '2024-01-04', import: 2 },
      ])
    }))

  it('keeps what is stored unless it is told to replace it', () =>
    inCatalog(async (catalog) => {
      await catalog.bring(TWO_DAYS)
      const corrected = dailyCsv('005930,2024-01-03,110,118,105,117,901')
      const trouble = await catalog.trouble(corrected)
      expect(trouble).toMatchObject({ code: 'badRows', row: 2 })
      expect(trouble.ko).toContain('--replace')
      expect(trouble.en).toContain('--series')
      const close = () => catalog.rows(DAILY, 'close')
      expect(await close()).toEqual([{ close: 110 }, { close: 112 }])
      const kept = await catalog.bring(corrected, { onBad: 'reject' })
      expect(kept).toMatchObject({ record: { rows: 0, rejected: 1 } })
      expect(await close()).toEqual([{ close: 110 }, { close: 112 }])
      await catalog.bring(corrected, { replace: true })
      expect(await close()).toEqual([{ close: 110 }, { close: 117 }])
    }))

  it('keeps a file per year for days, and a folder per instrument within the day', () =>
    inCatalog(async (catalog) => {
      await catalog.bring(dailyCsv('005930,2023-12-28,1,1,1,1,1', '000660,2024-01-02,2,2,2,2,2'))
      await catalog.bring(
        minutesCsv('005930,2024-01-02 09:00,1,1,1,1,1', '000660,2024-01-02 09:00,2,2,2,2,2'),
        { set: MINUTES },
      )
      const files = (await readdir(catalog.folder, { recursive: true })).filter((name) =>
        name.endsWith('.parquet'),
      )
      expect(files.sort()).toEqual([
        'bars/1d/KRX/none/2023-1.parquet',
        'bars/1d/KRX/none/2024-1.parquet',
        'bars/1m/KRX/none/000660/2024-1.parquet',
        'bars/1m/KRX/none/005930/2024-1.parquet',
      ])
    }))

  it('stores dollars in their smallest unit, exactly', () =>
    inCatalog(async (catalog) => {
      const set = { ...DAILY, market: 'US' } as const
      await catalog.bring(dailyCsv('AAPL,2024-01-02,187.15,188.44,183.885,185.6401,1'), { set })
      expect(await catalog.rows(set, 'open, high, low, close, flags')).toEqual([
        { open: 1_871_500, high: 1_884_400, low: 1_838_850, close: 1_856_401, flags: 0 },
      ])
    }))

  it('takes a series under another name of the columns, with a constant for one that is not there', () =>
    inCatalog(async (catalog) => {
      const csv = '날짜,시가,고가,저가,종가\n20240102,"1,000","1,010",990,"1,005"\n'
      const columns = { day: '날짜', open: '시가', high: '고가', low: '저가', close: '종가', volume: '=0' }
      await catalog.bring(csv, { columns, symbol: 'A005930' })
      expect(await catalog.rows(DAILY, 'symbol, open, volume')).toEqual([
        { symbol: '005930', open: 1000, volume: 0 },
      ])
    }))

  it('takes only the rows that were asked for', () =>
    inCatalog(async (catalog) => {
      const csv =
        'symbol,day,open,high,low,close,volume,edition\n005930,2024-01-02,1,1,1,1,1,v1\n005930,2024-01-02,2,2,2,2,2,v2\n'
      await catalog.bring(csv, { only: { edition: 'v2' } })
      expect(await catalog.rows(DAILY, 'close, row')).toEqual([{ close: 2, row: 3 }])
      expect((await catalog.trouble(csv, { only: { edition: 'v3' } })).code).toBe('emptyFile')
    }))

  it('flags what is odd and keeps it', () =>
    inCatalog(async (catalog) => {
      const { record } = await catalog.bring(
        dailyCsv(
          '005930,2024-01-02,0,0,0,110,0',
          '005930,2024-01-03,100,120,105,104,10',
          '005930,2024-01-04,100,100,0,100,10',
          '005930,2024-01-05,100,100,100,100,0',
          '005930,2024-01-06,100.5,101,100,101,10',
          '005930,2024-01-08,100,100,100,100,10',
        ),
      )
      const rows = await catalog.rows(DAILY, 'flags')
      expect(rows.map(({ flags }) => flagsOf(Number(flags)))).toEqual([
        ['noTrade'],
        ['ohlc'],
        ['zeroPrice'],
        ['zeroVolume'],
        ['fraction', 'closedDay'],
        [],
      ])
      expect(record.flagged).toEqual({
        noTrade: 1,
        ohlc: 1,
        zeroPrice: 1,
        zeroVolume: 1,
        fraction: 1,
        closedDay: 1,
      })
    }))
})

describe('the time of a row', () => {
  const one = (openAt: string) => minutesCsv(`005930,${openAt},1,1,1,1,1`)

  it.each([
    ['2024-01-02 09:30', 'Asia/Seoul'],
    ['2024-01-02 00:30', 'UTC'],
    ['2024-01-02T00:30:00Z', 'Asia/Seoul'],
    ['2024-01-01 19:30', 'America/New_York'],
    ['1704155400000', 'Asia/Seoul'],
  ])('of %s in %s is the same instant', (openAt, zone) =>
    inCatalog(async (catalog) => {
      await catalog.bring(one(openAt), { set: MINUTES, zone })
      expect(await catalog.rows(MINUTES, 'open_at, close_at, CAST(day AS VARCHAR) AS day')).toEqual([
        { open_at: kst('2024-01-02', '09:30'), close_at: kst('2024-01-02', '09:31'), day: '2024-01-02' },
      ])
    }),
  )

  it('may be told by the end of the bar', () =>
    inCatalog(async (catalog) => {
      const columns = {
        symbol: 'symbol',
        close_at: 'open_at',
        open: 'open',
        high: 'high',
        low: 'low',
        close: 'close',
      }
      await catalog.bring(one('2024-01-02 09:31'), { set: MINUTES, columns })
      expect(await catalog.rows(MINUTES, 'open_at, close_at')).toEqual([
        { open_at: kst('2024-01-02', '09:30'), close_at: kst('2024-01-02', '09:31') },
      ])
    }))

  it.each([
    ['2024-01-04', '1d', '09:00', '2024-01-04', '15:30'],
    ['2024-01-04 00:00:00', '1d', '09:00', '2024-01-04', '15:30'],
    // 14:30 UTC of the second is already the second in Seoul, 16:00 UTC is the third.
    ['2024-01-02T16:00:00Z', '1d', '09:00', '2024-01-03', '15:30'],
    // The first trading day of 2025 opened at ten; on 수능 day everything is an hour later.
    ['2025-01-02', '1d', '10:00', '2025-01-02', '15:30'],
    ['2024-11-14', '1d', '10:00', '2024-11-14', '16:30'],
    // A week is not over before its Friday is, a month not before its last day.
    ['2024-03-12', '1w', '09:00', '2024-03-11', '15:30'],
    ['2024-04-15', '1mo', '09:00', '2024-04-01', '15:30'],
  ])('of a bar named %s of %s is the session', (day, interval, open, firstDay, close) =>
    inCatalog(async (catalog) => {
      const set = { ...DAILY, interval }
      const columns = { symbol: 'symbol', day: 'day', open: 'open', high: 'high', low: 'low', close: 'close' }
      await catalog.bring(dailyCsv(`005930,${day},1,1,1,1,1`), { set, columns })
      const last = interval === '1w' ? '2024-03-15' : interval === '1mo' ? '2024-04-30' : firstDay
      expect(await catalog.rows(set, 'open_at, close_at')).toEqual([
        { open_at: kst(firstDay, open), close_at: kst(last, close) },
      ])
    }),
  )

  it('of a bar of trades ends where the next begins, the last of a day with the session', () =>
    inCatalog(async (catalog) => {
      const set = { ...MINUTES, interval: '30t' }
      const rows = [
        '005930,2024-01-02 09:00:05,1,1,1,1,1',
        '005930,2024-01-02 09:00:09,1,1,1,1,1',
        '005930,2024-01-03 09:00:02,1,1,1,1,1',
      ]
      await catalog.bring(minutesCsv(...rows), { set })
      expect((await catalog.rows(set, 'close_at')).map((row) => row.close_at)).toEqual([
        kst('2024-01-02', '09:00:09'),
        kst('2024-01-02', '15:30'),
        kst('2024-01-03', '15:30'),
      ])
    }))
})

describe('any rows in any number of imports', () => {
  const day = fc.integer({ min: 2, max: 28 }).map((n) => `2024-0${(n % 3) + 1}-${String(n).padStart(2, '0')}`)
  const row = fc.record({
    symbol: fc.constantFrom('005930', '000660', '0106J0'),
    day,
    close: fc.integer({ min: 1, max: 9 }),
  })

  it('end up sorted, each once, the first one winning', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(row, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 3 }),
        (files) =>
          inCatalog(async (catalog) => {
            const expected = new Map<string, number>()
            for (const rows of files) {
              const lines = rows.map(
                ({ symbol, day, close }) => `${symbol},${day},${close},${close},${close},${close},1`,
              )
              await catalog.bring(dailyCsv(...lines), { onBad: 'reject' })
              for (const { symbol, day, close } of rows)
                if (!expected.has(`${symbol} ${day}`)) expected.set(`${symbol} ${day}`, close)
            }
            const stored = await catalog.rows(
              DAILY,
              `concat(symbol, ' ', CAST(day AS VARCHAR)) AS key, close`,
            )
            expect(stored).toEqual([...expected].toSorted(byKey).map(([key, close]) => ({ key, close })))
          }),
      ),
      { numRuns: 5 },
    )
  })

  const byKey = ([a]: readonly [string, number], [b]: readonly [string, number]) => (a < b ? -1 : 1)
})

describe('what is left behind', () => {
  it('is nothing but the set after a good import, and no file of an older state after the next', () =>
    inCatalog(async (catalog) => {
      await catalog.bring(TWO_DAYS)
      await catalog.bring(dailyCsv('005930,2024-01-04,1,1,1,1,1'))
      await catalog.bring(dailyCsv('005930,2024-01-05,1,1,1,1,1'))
      const place = join(catalog.folder, setPath(DAILY))
      // The state before the last import stays for readers that began earlier.
      expect((await readdir(place)).sort()).toEqual(['2024-2.parquet', '2024-3.parquet', 'dataset.json'])
      const manifest = await readManifest(catalog.folder, DAILY)
      expect(manifest?.parts.map(({ file }) => file)).toEqual(['2024-3.parquet'])
      expect(existsSync(join(catalog.folder, 'rejects'))).toBe(false)
      expect(await readdir(join(catalog.folder, '.work'))).toEqual(['lock.duckdb'])
    }))

  it('is told by the Parquet files themselves', () =>
    inCatalog(async (catalog) => {
      await catalog.bring(TWO_DAYS)
      const file = join(catalog.folder, setPath(DAILY), '2024-1.parquet')
      const rows = await catalog.duck.rows(
        `SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata(${text(file)}) WHERE decode(key) LIKE 'garam%' ORDER BY 1`,
      )
      expect(rows).toEqual([
        { key: 'garam_import', value: '1' },
        { key: 'garam_schema', value: '1' },
        { key: 'garam_set', value: 'bars/1d/KRX/none' },
      ])
    }))
})
