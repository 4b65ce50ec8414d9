import { expect, it } from 'vitest'
import { readActions } from './actions.ts'
import { readDelistings } from './delistings.ts'
import { inCatalog } from './testing/test-catalog.ts'

const ACTIONS = { kind: 'actions', market: 'KRX', basis: 'none' } as const
const US_ACTIONS = { ...ACTIONS, market: 'US' } as const
const INSTRUMENTS = { ...ACTIONS, kind: 'instruments' } as const

const named = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, name]))
const ACTION_COLUMNS = named('symbol', 'from', 'action', 'amount')
const csv = (...rows: readonly string[]) => ['symbol,from,action,amount', ...rows, ''].join('\n')

it('brings in what a holder was paid, and that nobody knows it', () =>
  inCatalog(async (catalog) => {
    const rows = csv('117930,2017-03-07,delisting,', '000030,2024-05-20,delisting,7000')
    await catalog.bring(rows, { set: ACTIONS, columns: ACTION_COLUMNS })
    const delistings = await readDelistings(catalog.duck, catalog.folder, 'KRX')
    expect(delistings).toEqual([
      { kind: 'delisting', instrument: '000030', from: '2024-05-20', paid: 7_000 },
      { kind: 'delisting', instrument: '117930', from: '2017-03-07' },
    ])
    expect(await readActions(catalog.duck, catalog.folder, 'KRX')).toEqual(delistings)
  }))

it('keeps dollars in 1/10,000', () =>
  inCatalog(async (catalog) => {
    await catalog.bring(csv('TWTR,2022-11-08,delisting,54.20'), {
      set: US_ACTIONS,
      columns: ACTION_COLUMNS,
    })
    expect(await readDelistings(catalog.duck, catalog.folder, 'US')).toEqual([
      { kind: 'delisting', instrument: 'US:TWTR', from: '2022-11-08', paid: 542_000 },
    ])
  }))

it.each(['-1', '1200.5'])('refuses a payment of %s won with the remedy', (amount) =>
  inCatalog(async (catalog) => {
    const rows = csv(`117930,2017-03-07,delisting,${amount}`)
    const trouble = await catalog.trouble(rows, { set: ACTIONS, columns: ACTION_COLUMNS, onBad: 'flag' })
    expect(trouble).toMatchObject({ code: 'badRows', row: 2 })
    expect(trouble.ko).toMatch(/117930 2017-03-07 delisting.*주당 받은 금액/)
    expect(trouble.en).toMatch(/delisting \(amount: paid for each share/)
  }),
)

it('takes the ends of listings that the instruments know, and of two records of one the corporate action', () =>
  inCatalog(async (catalog) => {
    // One given again later, one that moved its board before it went, one that lives, one both files know, weeks apart.
    const instruments = [
      'symbol,name,listed,delisted,from',
      '000010,옛 이름,1990-01-03,2000-02-01,1990-01-03',
      '000010,새 이름,2005-03-02,,2005-03-02',
      '117930,한진해운,2009-12-29,,2009-12-29',
      '117930,한진해운,2009-12-29,2017-03-07,2017-02-17',
      '005930,삼성전자,1975-06-11,,1975-06-11',
      '000030,합병된 회사,1997-12-22,2024-05-20,1997-12-22',
      '',
    ].join('\n')
    const columns = named('symbol', 'name', 'listed', 'delisted', 'from')
    await catalog.bring(instruments, { set: INSTRUMENTS, columns })
    await catalog.bring(csv('000030,2024-06-14,delisting,7000'), { set: ACTIONS, columns: ACTION_COLUMNS })
    expect(await readDelistings(catalog.duck, catalog.folder, 'KRX')).toEqual([
      { kind: 'delisting', instrument: '000010', from: '2000-02-01' },
      { kind: 'delisting', instrument: '000030', from: '2024-06-14', paid: 7_000 },
      { kind: 'delisting', instrument: '117930', from: '2017-03-07' },
    ])
  }))

it('knows none where nothing was imported', () =>
  inCatalog(async (catalog) => {
    expect(await readDelistings(catalog.duck, catalog.folder, 'KRX')).toEqual([])
  }))
