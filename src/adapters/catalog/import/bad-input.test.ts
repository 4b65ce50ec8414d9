import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readManifest } from '../manifest.ts'
import { DAILY, dailyCsv, inCatalog, MINUTES, minutesCsv } from '../testing/test-catalog.ts'
import type { ImportJob } from './job.ts'

/** The days of January 2024 that follow each other, as rows of a sound instrument. */
const GOOD = Array.from(
  { length: 20 },
  (_, n) => `005930,2024-01-${String(n + 1).padStart(2, '0')},100,120,90,110,1000`,
)
const good = (...more: readonly string[]) => dailyCsv(...GOOD, ...more)

/** A trading day of minutes, `shift` hours late. */
const minutesOf = (day: string, shift = 0) =>
  Array.from({ length: 60 }, (_, n) => {
    const hour = String((9 + Math.floor(n / 10) + shift + 24) % 24).padStart(2, '0')
    return `005930,${day} ${hour}:${String((n % 10) * 6).padStart(2, '0')},100,120,90,110,1000`
  })

const packed = gzipSync(good())

interface Case {
  readonly content: string | Uint8Array
  readonly job?: Partial<ImportJob>
  readonly code: string
  /** `some`: how much a broken gzip still gives is its own affair. */
  readonly row: number | 'some' | undefined
  /** What both sentences must name. */
  readonly says: readonly string[]
}

const CASES: Readonly<Record<string, Case>> = {
  'a file without a byte': { content: '', code: 'emptyFile', row: undefined, says: ['0'] },
  'a header without rows': { content: dailyCsv(), code: 'emptyFile', row: 1, says: ['1'] },
  'a gzip cut short': {
    content: packed.subarray(0, packed.length - 12),
    code: 'cutShort',
    row: 'some',
    says: ['gzip -t'],
  },
  'a gzip with a wrong byte': {
    content: Buffer.concat([packed.subarray(0, 40), Buffer.from([255]), packed.subarray(41)]),
    code: 'cutShort',
    row: 'some',
    says: ['gzip'],
  },
  'a header in CP949': {
    content: Buffer.concat([Buffer.from([0xc1, 0xbe, 0xb0, 0xa1]), Buffer.from(`,b\n1,2\n`)]),
    code: 'encoding',
    row: 1,
    says: ['--encoding cp949', '종가'],
  },
  'a row in CP949 far below': {
    content: Buffer.concat([
      Buffer.from(good()),
      Buffer.from([0xbb, 0xef]),
      Buffer.from(',2024-01-30,1,1,1,1,1\n'),
    ]),
    code: 'encoding',
    row: 22,
    says: ['22', '--encoding cp949'],
  },
  'UTF-8 that is called CP949': {
    content: good('삼성,2024-01-30,1,1,1,1,1'),
    job: { encoding: 'cp949' },
    code: 'encoding',
    row: 22,
    says: ['22', 'UTF-8'],
  },
  'UTF-16': { content: Buffer.from(`\ufeffa,b\n`, 'utf16le'), code: 'encoding', row: 1, says: ['UTF-16'] },
  'an Excel file': { content: 'PK\u0003\u0004 and so on', code: 'notTable', row: undefined, says: ['CSV'] },
  'a Parquet file cut short': {
    content: 'PAR1 and so on',
    code: 'cutShort',
    row: undefined,
    says: ['Parquet'],
  },
  'a column that is not there': {
    content: good().replace('volume', 'vol'),
    code: 'column',
    row: 1,
    says: [`'volume'`, 'vol'],
  },
  'high and low swapped': {
    content: good().replace('high,low', 'low,high'),
    code: 'swapped',
    row: 2,
    says: ['20/20', '--columns high=low,low=high'],
  },
  'high and close swapped': {
    content: dailyCsv(...GOOD.map((row) => row.replace('100,120,90,110', '100,110,90,120'))),
    code: 'swapped',
    row: 2,
    says: ['high=close,close=high'],
  },
  'prices that fit in no order': {
    content: dailyCsv(...GOOD.map((row) => row.replace('100,120,90,110', '100,120,90,5'))).replaceAll(
      '-1',
      '-1',
    ),
    code: 'swapped',
    row: 2,
    says: ['--columns'],
  },
  'a negative volume': {
    content: good('005930,2024-01-29,1,1,1,1,-5'),
    code: 'badRows',
    row: 22,
    says: ['22', '--bad reject'],
  },
  'a negative price': {
    content: good('005930,2024-01-29,1,1,-1,1,5'),
    code: 'badRows',
    row: 22,
    says: ['22', '--bad flag'],
  },
  'the same row twice': {
    content: good(GOOD[4] ?? ''),
    code: 'badRows',
    row: 22,
    says: ['22', '--bad reject'],
  },
  'another row of the same day': {
    content: good('005930,2024-01-05,1,1,1,1,1'),
    code: 'badRows',
    row: 22,
    says: ['22', '--only'],
  },
  'rows out of order': {
    content: good('005930,2024-01-29,1,1,1,1,1', '005930,2024-01-25,1,1,1,1,1'),
    code: 'badRows',
    row: 23,
    says: ['23', '--bad flag'],
  },
  'a date that is none': {
    content: good('005930,2024-02-31,1,1,1,1,1'),
    code: 'badRows',
    row: 22,
    says: ['22', '2024-01-02'],
  },
  'a code that lost its zeros': {
    content: good('5930,2024-01-29,1,1,1,1,1'),
    code: 'badRows',
    row: 22,
    says: ['22'],
  },
  'a price that is a word': {
    content: good('005930,2024-01-29,1,1,1,none,1'),
    code: 'badRows',
    row: 22,
    says: ['close'],
  },
  'a row with too many fields': {
    content: good('005930,2024-01-29,1,1,1,1,1,9'),
    code: 'badRows',
    row: 22,
    says: ['22'],
  },
  'a row that breaks off': {
    content: good('', '005930,2024-01-29,1,1'),
    code: 'badRows',
    row: 23,
    says: ['23'],
  },
  'a mapping that fits no row': {
    content: good().replaceAll('2024-', 'day '),
    code: 'badRows',
    row: 2,
    says: ['20', '2024-01-02'],
  },
  'two offsets': {
    content: minutesCsv(
      '005930,2024-01-02T09:00:00+09:00,1,1,1,1,1',
      '005930,2024-01-02T00:01:00Z,1,1,1,1,1',
      '005930,2024-01-02T09:02:00+09:00,1,1,1,1,1',
    ),
    job: { set: MINUTES },
    code: 'zones',
    row: 3,
    says: ['Asia/Seoul', 'Z', '3'],
  },
  'a day on other clocks': {
    content: minutesCsv(
      ...minutesOf('2024-01-03'),
      ...minutesOf('2024-01-04', -9),
      ...minutesOf('2024-01-05'),
    ),
    job: { set: MINUTES },
    code: 'zones',
    row: 62,
    says: ['2024-01-04', '+9'],
  },
  'all days on other clocks': {
    content: minutesCsv(...minutesOf('2024-01-03', -9), ...minutesOf('2024-01-04', -9)),
    job: { set: MINUTES },
    code: 'zones',
    row: 2,
    says: ['--zone', '+9'],
  },
}

describe('a file that is not right', () => {
  it.each(Object.entries(CASES))('is refused with row and remedy, and nothing is taken: %s', (_, given) =>
    inCatalog(async (catalog) => {
      const trouble = await catalog.trouble(given.content, given.job)
      expect(trouble.code).toBe(given.code)
      if (given.row === 'some') expect(trouble.row).toBeGreaterThan(0)
      else expect(trouble.row).toBe(given.row)
      for (const word of given.says) {
        expect(trouble.ko).toContain(word)
        expect(trouble.en).toContain(word)
      }
      expect(trouble.ko).toMatch(/[가-힣]/)
      expect(trouble.message).toBe(`${trouble.ko}\n${trouble.en}`)
      expect(await readManifest(catalog.folder, given.job?.set ?? DAILY)).toBeUndefined()
    }),
  )

  it('names every kind of bad row at once', () =>
    inCatalog(async (catalog) => {
      const { ko } = await catalog.trouble(
        good('005930,2024-01-29,1,1,1,1,-5', '5930,2024-01-30,1,1,1,1,1', 'x,y'),
      )
      expect(ko).toContain('22행')
      expect(ko).toContain('23행')
      expect(ko).toContain('24행')
    }))

  it('is not refused for running backward throughout', () =>
    inCatalog(async (catalog) => {
      const { record } = await catalog.bring(dailyCsv(...GOOD.toReversed()))
      expect(record.rows).toBe(20)
    }))

  it('is not refused for summer time', () =>
    inCatalog(async (catalog) => {
      const set = { ...MINUTES, market: 'US' } as const
      const csv = minutesCsv(
        'AAPL,2024-03-08T09:30:00-05:00,1,1,1,1,1',
        'AAPL,2024-03-11T09:30:00-04:00,1,1,1,1,1',
      )
      expect((await catalog.bring(csv, { set })).record.rows).toBe(2)
    }))
})

const DIRTY = good(
  '005930,2024-01-29,1,1,1,1,-5',
  '005930,2024-01-05,7,7,7,7,7',
  '5930,2024-01-30,1,1,1,1,1',
  '005930,2024-01-31,3,3,3,3,3',
  '005930,2024-01-26,4,4,4,4,4',
)

describe('bad rows', () => {
  it('stand in the rejects file when they are left out, with a summary beside it', () =>
    inCatalog(async (catalog) => {
      const { record, rejects } = await catalog.bring(DIRTY, { onBad: 'reject' })
      expect(record).toMatchObject({ rows: 22, rejected: 3, flagged: { unordered: 1 } })
      const lines = (await readFile(rejects.file ?? '', 'utf8')).trim().split('\n')
      expect(lines.map((line) => line.split(',').slice(0, 3).join(','))).toEqual([
        'reason,row,symbol',
        'negativeVolume,22,005930',
        'conflict,23,005930',
        'symbol,24,5930',
      ])
      const summary = JSON.parse(await readFile(`${rejects.file}.json`, 'utf8'))
      expect(summary).toMatchObject({ set: 'bars/1d/KRX/none', mode: 'reject', taken: 22, rejected: 3 })
      expect(summary.reasons).toHaveLength(3)
    }))

  it('come in marked when they are to be flagged, as far as they can be stored', () =>
    inCatalog(async (catalog) => {
      const { record } = await catalog.bring(DIRTY, { onBad: 'flag' })
      expect(record).toMatchObject({ rows: 23, rejected: 2, flagged: { negativeVolume: 1, unordered: 1 } })
    }))

  it('do not have to be read again when the person decides otherwise', () =>
    inCatalog(async (catalog) => {
      await catalog.trouble(DIRTY)
      expect(await catalog.bring(DIRTY, { onBad: 'reject' })).toMatchObject({ resumedBlocks: 1 })
    }))
})
