import { expect, it } from 'vitest'
import { instrumentId } from '../../model/ids.ts'
import { price, quantity } from '../../model/money.ts'
import { buyRule, firstOrder, type Morning, morning, settings } from './testing/morning.ts'
import { createTrader } from './trader.ts'

const CODE = '000001'
const UPPER = 13_000

/** The buy of a name that is about to lock at its upper limit. */
function locking(): Morning {
  const limits = { ...settings().limits, forbid: { designated: true, upperLimit: false, inVi: false } }
  const unfilled = { ...settings().unfilled, buy: { ...settings().unfilled.buy, afterMs: 36_000_000 } }
  const day = morning(settings({ limits, unfilled, buys: [buyRule()] }))
    .cash(50_000_000)
    .at('09:01')
  day.enter('1', CODE)
  day.describe(CODE, UPPER, 10_000)
  day.accept(firstOrder)
  return day.until('09:01:01')
}

const shown = (day: Morning, bidQuantity: number, ask = 0) =>
  day.feed({
    kind: 'quote',
    instrument: instrumentId(CODE),
    venue: 'KRX',
    ...{
      bid: price(UPPER),
      bidQuantity: quantity(bidQuantity),
      ask: price(ask),
      askQuantity: quantity(ask && 1),
    },
    ...{ expectedPrice: price(0), expectedQuantity: quantity(0) },
  })

const printed = (day: Morning, shares: number) =>
  day.feed({
    kind: 'trade',
    instrument: instrumentId(CODE),
    venue: 'KRX',
    price: price(UPPER),
    quantity: quantity(shares),
    bid: price(UPPER),
    ask: price(0),
    dayVolume: quantity(shares),
  })

const queue = (day: Morning) => day.trader.view('').orders[0]?.queue

it('an order at a locked limit price shows its place, and between what chances it fills', () => {
  const day = locking()
  const open = day.trader.view('').orders[0]?.quantity ?? 0
  expect(queue(day)).toBeUndefined()
  shown(day, 10_000 + open)
  expect(queue(day)).toEqual({ ahead: { low: 5_000, high: 10_000 }, fills: { low: 0, high: 0 } })
  day.until('10:01')
  printed(day, 1_000)
  const after = queue(day)
  expect(after?.ahead).toEqual({ low: 4_500, high: 9_000 })
  expect(after?.fills.low).toBeGreaterThan(0)
  expect(after?.fills.high).toBeGreaterThan(after?.fills.low ?? 1)
  expect(after?.fills.high).toBeLessThan(1)
})

it('nothing is said while sellers stand on the other side, or once the lock is over', () => {
  const day = locking()
  shown(day, 10_000, UPPER)
  expect(queue(day)).toBeUndefined()
  shown(day, 10_000)
  expect(queue(day)).toBeDefined()
  shown(day, 10_000, UPPER)
  expect(queue(day)).toBeUndefined()
})

it('the place survives a restart, to the share', () => {
  const day = locking()
  shown(day, 10_000)
  day.until('10:01')
  printed(day, 1_000)
  expect(queue(day)).toBeDefined()
  const again = createTrader()
  again.restore(JSON.parse(JSON.stringify(day.trader.snapshot())))
  expect(again.view('').orders[0]?.queue).toEqual(queue(day))
})

it('is forgotten with its order', () => {
  const day = locking()
  shown(day, 10_000)
  day.closed(firstOrder)
  day.until('09:01:05')
  expect(JSON.stringify(day.trader.snapshot())).toContain('"queues":[]')
})
