import { expect, it } from 'vitest'
import { instrumentId } from '../../model/ids.ts'
import { price } from '../../model/money.ts'
import { buyRule, morning, placed, settings } from './testing/morning.ts'

const CODE = '000001'
const gone = { kind: 'delisted', instrument: instrumentId(CODE), paid: price(0) } as const
const one = () =>
  morning(settings({ limits: { ...settings().limits, maxPositions: 1 } }))
    .cash(50_000_000)
    .at('09:01')

it('takes the shares out of the books, asks nobody and orders nothing', () => {
  const day = one()
  day.hold(CODE, 10_000)
  const effects = day.feed(gone)
  expect(placed(effects)).toEqual([])
  expect(day.trader.view('').positions).toEqual([])
  // 1,000,000 buy 99 shares at 10,000 with 140 of commission: 148.5, cut.
  expect(day.trader.books().roundTrips).toMatchObject([
    { sellValue: 0, realizedPnl: -990_140, exit: 'delisting', exitReason: '상장폐지 · delisting' },
  ])
  expect(effects).toContainEqual(
    expect.objectContaining({ happening: expect.objectContaining({ level: 'warning' }) }),
  )
})

it('frees its place for another', () => {
  const day = one()
  day.hold(CODE, 10_000)
  day.enter('1', '000002')
  expect(placed(day.describe('000002', 5_000))).toEqual([])
  day.feed(gone)
  day.at('09:03').enter('1', '000003')
  expect(placed(day.describe('000003', 5_000))).toMatchObject([{ side: 'buy', instrument: '000003' }])
})

it('drops what was about to be bought, so that a description that comes late orders nothing', () => {
  const day = morning(settings({ buys: [buyRule()] }))
    .cash(50_000_000)
    .at('09:01')
  day.enter('1', CODE)
  day.feed(gone)
  expect(placed(day.describe(CODE, 10_000))).toEqual([])
})
