import { appendFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isTradingDay } from '../../../model/calendar.ts'
import { addDays, type TradingDay, tradingDay } from '../../../model/time.ts'
import type { DataSetName } from '../../../ports/catalog.ts'
import { setPath } from '../layout.ts'
import { requireManifest } from '../manifest.ts'
import { DAILY, dailyCsv, inCatalog, MINUTES, minutesCsv, type TestCatalog } from '../testing/test-catalog.ts'
import { type CheckedSet, checkSet } from './check.ts'
import { CHECK_WORDS } from './words.ts'

/** So many trading days from `first` on. */
function days(first: string, count: number): readonly TradingDay[] {
  const found: TradingDay[] = []
  for (let day = tradingDay(first); found.length < count; day = addDays(day, 1))
    if (isTradingDay(day)) found.push(day)
  return found
}

/** A quiet instrument: a price of some 10,000 won on the tick, never twice the same. */
const quiet = (symbol: string, all: readonly TradingDay[]) =>
  all.map((day, n) => {
    const at = 10_000 + (n % 7) * 10
    return `${symbol},${day},${at},${at + 20},${at - 20},${at + 10},${1000 + n}`
  })

const check = (catalog: TestCatalog, set: DataSetName = DAILY) => checkSet(catalog.duck, catalog.folder, set)

/** What was found: check → count. */
const counts = ({ checks }: CheckedSet) =>
  Object.fromEntries(checks.filter(({ count }) => count > 0).map(({ check, count }) => [check, count]))

const exampleOf = ({ checks }: CheckedSet, id: string) =>
  checks.find((each) => each.check === id)?.examples[0]

const SPAN = days('2024-03-04', 30)

describe('a set without a fault', () => {
  it('is told so by every check that concerns it', () =>
    inCatalog(async (catalog) => {
      await catalog.bring(dailyCsv(...quiet('005930', SPAN), ...quiet('000660', SPAN)))
      const checked = await check(catalog)
      expect(counts(checked)).toEqual({})
      expect(checked.checks.map(({ check }) => check)).toEqual(
        expect.arrayContaining([
          'damaged',
          'gaps',
          'missingDays',
          'offTick',
          'outOfBand',
          'unrecordedSplit',
          'stale',
        ]),
      )
    }))
})

/** One fault planted among quiet rows: `n` days in, or a whole file. */
interface Planted {
  readonly rows: (rows: string[]) => readonly string[]
  readonly finds: Readonly<Record<string, number>>
  /** The first example: its row in the file, and a word of its detail. */
  readonly row?: number
  readonly detail?: string
}

const at = (index: number, row: (day: TradingDay) => string) => (rows: string[]) =>
  rows.with(index, row(SPAN[index] as TradingDay))

const PLANTED: Readonly<Record<string, Planted>> = {
  gaps: {
    rows: (rows) => rows.toSpliced(10, 3),
    finds: { gaps: 1 },
    row: 12,
    detail: '3 days after 2024-03-15',
  },
  ohlc: {
    rows: at(10, (day) => `005930,${day},10000,10010,9990,10020,5`),
    finds: { ohlc: 1 },
    row: 12,
    detail: 'high 10010',
  },
  zeroPrice: {
    rows: at(10, (day) => `005930,${day},10000,10010,0,10000,5`),
    finds: { zeroPrice: 1 },
    row: 12,
  },
  zeroVolume: {
    rows: at(10, (day) => `005930,${day},10000,10010,9990,10000,0`),
    finds: { zeroVolume: 1 },
    row: 12,
  },
  noTrade: { rows: at(10, (day) => `005930,${day},0,0,0,10000,0`), finds: { noTrade: 1 }, row: 12 },
  negativeVolume: {
    rows: at(10, (day) => `005930,${day},10000,10010,9990,10000,-5`),
    finds: { negativeVolume: 1 },
    row: 12,
  },
  // A grid of 10 from 5,000 to 20,000 won (rule book §1.6); even a fund, which moves by 5, has no 10,003.
  offTick: {
    rows: at(10, (day) => `005930,${day},10000,10003,9990,10000,5`),
    finds: { offTick: 1 },
    row: 12,
    detail: 'high 10003',
  },
  // A close of 10,030 makes a band of 7,030 to 13,030: 30 % are 3,009, cut to the tick.
  outOfBand: {
    rows: at(10, (day) => `005930,${day},10000,13060,9990,10000,5`),
    finds: { outOfBand: 1 },
    row: 12,
    detail: 'band 7030–13030 of 10030',
  },
  stale: {
    rows: (rows) =>
      rows.map((row, n) => (n >= 10 && n < 14 ? `005930,${SPAN[n]},10000,10010,9990,10000,77` : row)),
    finds: { stale: 1 },
    row: 12,
    detail: '4 bars of 10000, volume 77',
  },
  unordered: { rows: (rows) => [...rows.toSpliced(10, 1), rows[10] ?? ''], finds: { unordered: 1 }, row: 31 },
}

describe('a planted fault', () => {
  it.each(Object.entries(PLANTED))('is found, and nothing else: %s', (id, { rows, finds, row, detail }) =>
    inCatalog(async (catalog) => {
      const faulty = rows(quiet('005930', SPAN))
      await catalog.bring(dailyCsv(...faulty, ...quiet('000660', SPAN)), { onBad: 'flag' })
      const checked = await check(catalog)
      expect(counts(checked)).toEqual(finds)
      const example = exampleOf(checked, id)
      expect(example).toMatchObject({ symbol: '005930', row, source: 'file0' })
      if (detail) expect(example?.detail).toContain(detail)
    }),
  )

  it('of a trading day that the whole market lacks is told by its date', () =>
    inCatalog(async (catalog) => {
      const some = SPAN.filter((day) => day !== '2024-03-20')
      await catalog.bring(dailyCsv(...quiet('005930', some), ...quiet('000660', some)))
      const checked = await check(catalog)
      expect(counts(checked)).toEqual({ missingDays: 1 })
      expect(exampleOf(checked, 'missingDays')?.detail).toBe('2024-03-20 – 2024-03-20: 1')
    }))

  it('of a holiday with prices is told', () =>
    inCatalog(async (catalog) => {
      // 2024-04-10 was an election.
      await catalog.bring(dailyCsv(...quiet('005930', [...SPAN, tradingDay('2024-04-10')].sort())))
      expect(counts(await check(catalog))).toMatchObject({ closedDay: 1 })
    }))

  it('of half a tick is real since 2025-09, and not before', () =>
    inCatalog(async (catalog) => {
      // Even for a fund, whose tick is 5 won, 10,002 is half of one (cut to the won).
      for (const [at, first] of ['2024-03-04', '2025-10-13'].entries()) {
        const series = `s${at}`
        const some = days(first, 5)
        const rows = quiet('005930', some).with(2, `005930,${some[2]},10000,10010,9990,10002,5`)
        await catalog.bring(dailyCsv(...rows), { set: { ...DAILY, series } })
      }
      expect(counts(await check(catalog, { ...DAILY, series: 's0' }))).toEqual({ offTick: 1 })
      expect(counts(await check(catalog, { ...DAILY, series: 's1' }))).toEqual({ halfTick: 1 })
    }))

  it('of only survivors is told when the span is long', () =>
    inCatalog(async (catalog) => {
      const long = days('2022-01-03', 420)
      const names = Array.from({ length: 20 }, (_, n) => String(n + 1).padStart(6, '0'))
      await catalog.bring(dailyCsv(...names.flatMap((symbol) => quiet(symbol, long))), {
        set: { ...DAILY, series: 'all' },
      })
      expect(counts(await check(catalog, { ...DAILY, series: 'all' }))).toEqual({ survivors: 20 })
      await catalog.bring(
        dailyCsv(...names.flatMap((symbol, n) => quiet(symbol, n === 0 ? long.slice(0, 300) : long))),
        {
          set: { ...DAILY, series: 'gone' },
        },
      )
      expect(counts(await check(catalog, { ...DAILY, series: 'gone' }))).toEqual({})
    }))

  it('of a changed or missing file is told, and the rest is left alone', () =>
    inCatalog(async (catalog) => {
      await catalog.bring(dailyCsv(...quiet('005930', SPAN)))
      const [part] = (await requireManifest(catalog.folder, DAILY)).parts
      const file = join(catalog.folder, setPath(DAILY), part?.file ?? '')
      await appendFile(file, 'x')
      expect(counts(await check(catalog))).toEqual({ damaged: 1 })
      await rm(file)
      const checked = await check(catalog)
      expect(exampleOf(checked, 'damaged')?.detail).toContain('gone')
    }))

  it('of rows that were left out is remembered', () =>
    inCatalog(async (catalog) => {
      await catalog.bring(dailyCsv(...quiet('005930', SPAN), `005930,${SPAN[0]},1,1,1,1,1`), {
        onBad: 'reject',
      })
      expect(counts(await check(catalog))).toEqual({ rejected: 1 })
    }))
})

describe('a jump', () => {
  /** 10,000 won for ten days, then a fifth of it. */
  const split = SPAN.map((day, n) => {
    const at = (10_000 + (n % 7) * 10) / (n < 10 ? 1 : 5)
    return `005930,${day},${at},${at + 20},${at - 20},${at + 10},${1000 + n}`
  })
  const actions = {
    set: { kind: 'actions', market: 'KRX', basis: 'none' },
    columns: { symbol: 's', from: 'd', action: 'a', into: 'i' },
  } as const

  it('that looks like a split is told, and not when the split is on record', () =>
    inCatalog(async (catalog) => {
      await catalog.bring(dailyCsv(...split))
      const before = await check(catalog)
      expect(counts(before)).toMatchObject({ unrecordedSplit: 1, outOfBand: 1 })
      expect(exampleOf(before, 'unrecordedSplit')).toMatchObject({ row: 12, day: SPAN[10] })
      expect(exampleOf(before, 'unrecordedSplit')?.detail).toContain('× 1/5')
      await catalog.bring(`s,d,a,i\n005930,${SPAN[10]},split,5\n`, actions)
      const after = counts(await check(catalog))
      expect(after).not.toHaveProperty('unrecordedSplit')
      expect(after).not.toHaveProperty('outOfBand')
    }))

  it('is told when another ratio is on record', () =>
    inCatalog(async (catalog) => {
      await catalog.bring(dailyCsv(...split))
      await catalog.bring(`s,d,a,i\n005930,${SPAN[10]},split,2\n`, actions)
      expect(exampleOf(await check(catalog), 'unrecordedSplit')?.detail).toContain('recorded 0.5')
    }))

  it('of a limit move is none, and a liquidation is excused by the instruments', () =>
    inCatalog(async (catalog) => {
      const fall = (n: number, to: number) => `005930,${SPAN[n]},${to},${to},${to},${to},${n}`
      // 10,070 − 30 % is a lower limit of 7,050; then a last day at 1,000, which only a liquidation allows.
      await catalog.bring(dailyCsv(...quiet('005930', SPAN.slice(0, 10)), fall(10, 7050), fall(11, 1000)))
      expect(counts(await check(catalog))).toMatchObject({ outOfBand: 1 })
      const instruments = `s,n,b,l,d\n005930,x,KOSPI,1990-01-03,${addDays(SPAN[11] as TradingDay, 1)}\n`
      await catalog.bring(instruments, {
        set: { kind: 'instruments', market: 'KRX', basis: 'none' },
        columns: { symbol: 's', name: 'n', board: 'b', listed: 'l', delisted: 'd' },
      })
      expect(counts(await check(catalog))).not.toHaveProperty('outOfBand')
    }))

  it('over a hole in the data is not called one', () =>
    inCatalog(async (catalog) => {
      const later = days('2024-09-02', 10).map((day) => `005930,${day},2000,2010,1995,2005,7`)
      await catalog.bring(
        dailyCsv(...quiet('005930', SPAN), ...later.map((row, n) => row.replace(/7$/, String(n + 1)))),
      )
      const found = counts(await check(catalog))
      expect(found).not.toHaveProperty('unrecordedSplit')
      expect(found).not.toHaveProperty('outOfBand')
    }))
})

describe('bars within the day', () => {
  /** Every minute from nine to 15:19, and the closing auction. */
  const minutes = (day: string, shift = 0) =>
    [...Array.from({ length: 380 }, (_, n) => n), 380 + 10].map((n) => {
      const total = 9 * 60 + n + shift * 60
      const time = `${String(Math.floor(total / 60) % 24).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`
      return `005930,${day} ${time},${10_000 + (n % 5) * 10},10050,9990,${10_010 + (n % 3) * 10},${n + 1}`
    })

  it('are whole when nothing is missing', () =>
    inCatalog(async (catalog) => {
      await catalog.bring(minutesCsv(...minutes('2024-03-04'), ...minutes('2024-03-05')), { set: MINUTES })
      expect(counts(await check(catalog, MINUTES))).toEqual({})
    }))

  it('tell what is missing, what begins late, and what lies on other clocks', () =>
    inCatalog(async (catalog) => {
      const rows = [
        ...minutes('2024-03-04').toSpliced(100, 7),
        ...minutes('2024-03-05').slice(200),
        ...minutes('2024-03-06', -1),
      ]
      await catalog.bring(minutesCsv(...rows), { set: MINUTES, onBad: 'flag' })
      const checked = await check(catalog, MINUTES)
      // The pause before the closing call seems a hole on the day of other clocks.
      expect(counts(checked)).toMatchObject({ missingBars: 2, partialDays: 2, zoneShift: 1 })
      expect(exampleOf(checked, 'missingBars')?.detail).toBe('7 of 380')
      expect(exampleOf(checked, 'partialDays')).toMatchObject({ day: '2024-03-05', detail: '12:20 – 15:19' })
      expect(exampleOf(checked, 'zoneShift')).toMatchObject({ day: '2024-03-06', detail: '+1 h' })
    }))
})

it('has words in both languages and a direction for every check', () => {
  for (const words of Object.values(CHECK_WORDS)) {
    expect(words.ko).toMatch(/[가-힣]/)
    expect(words.bias.ko).toMatch(/[가-힣]/)
    expect(words.bias.en).not.toBe('')
  }
})
