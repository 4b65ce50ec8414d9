import { expect, it } from 'vitest'
import { instrumentId, venueOrderId } from '../../model/ids.ts'
import { krw, quantity } from '../../model/money.ts'
import type { Effect } from './effects.ts'
import { firstOrder, type Morning, morning, settings } from './testing/morning.ts'

const CODE = '000001'
const CASH = 50_000_000

const account = (day: Morning, power: number, cash = CASH) =>
  day.feed({ kind: 'account', cash: krw(cash), buyingPower: krw(power), holdings: [] })

const named = (day: Morning) =>
  day.trader.view('').brokerBuyingPower?.parts.map(({ name, won }) => [name, won])

const unnamed = (effects: readonly Effect[]): string[] =>
  effects.flatMap((e) =>
    e.do === 'tell' && e.happening.en.startsWith('Buying power') ? [e.happening.en] : [],
  )

const buying = (): { day: Morning; hold: number } => {
  const unfilled = { ...settings().unfilled, buy: { ...settings().unfilled.buy, afterMs: 600_000 } }
  const day = morning(settings({ unfilled })).cash(CASH).at('09:01')
  day.enter('1', CODE)
  day.describe(CODE, 10_000)
  return { day, hold: CASH - day.trader.view('').buyingPower }
}

it('an order the broker has not counted yet has a name, and one it should have counted long ago has none', () => {
  const { day, hold } = buying()
  account(day, CASH)
  expect(named(day)).toEqual([['holdsOnTheWire', hold]])
  day.accept(firstOrder)
  day.until('09:02')
  account(day, CASH - hold)
  expect(named(day)).toEqual([])
  account(day, CASH)
  expect(named(day)).toEqual([['unexplained', hold]])
})

it('what has no name twice in a row is told once, and again when it is another amount', () => {
  const { day, hold } = buying()
  day.accept(firstOrder)
  day.until('09:02')
  expect(unnamed(account(day, CASH - hold - 500))).toEqual([])
  expect(unnamed(account(day, CASH - hold - 500))).toEqual([expect.stringContaining('-500')])
  expect(unnamed(account(day, CASH - hold - 500))).toEqual([])
  expect(unnamed(account(day, CASH - hold - 700))).toHaveLength(1)
})

it('an order from elsewhere is named while it is open, and no longer than a minute after', () => {
  const { day, hold } = buying()
  day.accept(firstOrder)
  day.until('09:02')
  const foreign = (open: number) =>
    day.feed({
      ...{ kind: 'foreign', venueOrderId: venueOrderId('0009999'), instrument: instrumentId('000660') },
      ...{ side: 'buy', filled: quantity(0), open: quantity(open) },
    })
  foreign(5)
  day.until('09:05')
  account(day, CASH - hold - 5_000)
  expect(named(day)).toEqual([['foreignOrders', -5_000]])
  foreign(0)
  day.until('09:06:01')
  account(day, CASH - hold - 5_000)
  expect(named(day)).toEqual([['unexplained', -5_000]])
})

it('a fill heard while the account was being read is named', () => {
  const { day, hold } = buying()
  day.accept(firstOrder)
  day.until('09:02')
  const { quantity: shares } = day.trader.view('').orders[0] ?? { quantity: 0 }
  day.fill(firstOrder, shares, 9_900)
  const { cash } = day.trader.view('')
  account(day, CASH - hold)
  expect(named(day)).toEqual([['fillsOnTheWire', CASH - hold - cash]])
})
