import { describe, expect, it } from 'vitest'
import { tradingDay } from '../../model/time.ts'
import { inCatalog, type TestCatalog } from './testing/test-catalog.ts'
import { boardOf, classOf, US_BOARDS, universeAt } from './universe.ts'

const SET = { kind: 'instruments', market: 'KRX', basis: 'none' } as const

/** One that lives, one that was delisted, one that was renamed, one whose code was given again. */
const CSV = `code,name,board,class,listed,delisted,from
005930,삼성전자,KOSPI,stock,1975-06-11,,1975-06-11
117930,한진해운,유가증권시장,주권,2009-12-29,2017-03-07,2009-12-29
035720,다음,KOSDAQ,stock,1999-11-11,,1999-11-11
035720,다음카카오,KOSDAQ GLOBAL,stock,1999-11-11,,2014-10-14
035720,카카오,KOSPI,stock,1999-11-11,,2015-10-13
000010,옛 이름,KOSPI,stock,1990-01-03,2000-02-01,1990-01-03
000010,새 이름,KOSDAQ,stock,2005-03-02,,2005-03-02
`
const COLUMNS = {
  symbol: 'code',
  name: 'name',
  board: 'board',
  class: 'class',
  listed: 'listed',
  delisted: 'delisted',
  from: 'from',
}

const at = async (catalog: TestCatalog, day: string) =>
  (await universeAt(catalog.duck, catalog.folder, 'KRX', tradingDay(day))).map(
    ({ instrument, name, board }) => `${instrument} ${name} ${board}`,
  )

describe('the universe of a day', () => {
  it.each([
    ['1999-12-01', ['000010 옛 이름 KOSPI', '005930 삼성전자 KOSPI', '035720 다음 KOSDAQ']],
    // The delisting day is the first without it.
    ['2000-02-01', ['005930 삼성전자 KOSPI', '035720 다음 KOSDAQ']],
    [
      '2014-10-13',
      ['000010 새 이름 KOSDAQ', '005930 삼성전자 KOSPI', '035720 다음 KOSDAQ', '117930 한진해운 KOSPI'],
    ],
    [
      '2014-10-14',
      ['000010 새 이름 KOSDAQ', '005930 삼성전자 KOSPI', '035720 다음카카오 KOSDAQ', '117930 한진해운 KOSPI'],
    ],
    [
      '2017-03-06',
      ['000010 새 이름 KOSDAQ', '005930 삼성전자 KOSPI', '035720 카카오 KOSPI', '117930 한진해운 KOSPI'],
    ],
    ['2017-03-07', ['000010 새 이름 KOSDAQ', '005930 삼성전자 KOSPI', '035720 카카오 KOSPI']],
    ['1970-01-05', []],
  ])('%s has the names and boards of that day', (day, members) =>
    inCatalog(async (catalog) => {
      await catalog.bring(CSV, { set: SET, columns: COLUMNS })
      expect(await at(catalog, day)).toEqual(members)
    }),
  )

  it('tells all that is known of a member, and nothing that is not', () =>
    inCatalog(async (catalog) => {
      const csv = 'code,name,class,leverage\n122630,KODEX 레버리지,etf,2\n'
      await catalog.bring(csv, {
        set: SET,
        columns: { symbol: 'code', name: 'name', class: 'class', leverage: 'leverage' },
      })
      expect(await universeAt(catalog.duck, catalog.folder, 'KRX', tradingDay('2024-01-02'))).toEqual([
        { instrument: '122630', name: 'KODEX 레버리지', class: 'etf', leverage: 2 },
      ])
    }))

  it('is empty where nothing was imported', () =>
    inCatalog(async (catalog) => expect(await at(catalog, '2024-01-02')).toEqual([])))
})

it.each([
  ['KOSDAQ GLOBAL', 'KOSDAQ'],
  ['유가증권시장', 'KOSPI'],
  ['코넥스', 'KONEX'],
  ['NYSE', undefined],
  [null, undefined],
])('reads the board %j', (written, board) => {
  expect(boardOf(written)).toBe(board)
})

it.each([
  ['NASDAQ', 'NASDAQ'],
  ['Q', 'NASDAQ'],
  ['New York', undefined],
  ['NYSE', 'NYSE'],
  ['NYSE Arca', 'AMEX'],
  ['P', 'AMEX'],
])('reads the US board %j', (written, board) => {
  expect(boardOf(written, US_BOARDS)).toBe(board)
})

it.each([
  ['ETF', 'etf'],
  ['주권', 'stock'],
  ['펀드', undefined],
])('reads the class %j', (written, kind) => {
  expect(classOf(written)).toBe(kind)
})
