import { describe, expect, it } from 'vitest'
import { instrumentId, type OrderId, orderId } from '../../model/ids.ts'
import { quantity } from '../../model/money.ts'
import type { Effect } from './effects.ts'
import { firstOrder, type Morning, morning, placed, refusals, settings } from './testing/morning.ts'

const CODE = '000002'
const CASH = 50_000_000
const second = orderId('20261120-000002')

const amends = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.do === 'amend' ? [effect.order] : []))
const cancels = (effects: readonly Effect[]): string[] =>
  effects.flatMap((effect) => (effect.do === 'cancel' ? [effect.order.orderId] : []))
const told = (effects: readonly Effect[]): string[] =>
  effects.flatMap((effect) => (effect.do === 'tell' ? [effect.happening.en] : []))

/** A buy of 99 shares at 10,000 that works at the venue. */
function working(): Morning {
  const day = morning().cash(CASH).at('09:01')
  day.enter('1', CODE)
  day.describe(CODE, 10_000)
  day.accept(firstOrder)
  return day
}

const amend = (day: Morning, limit: number, more: { order?: OrderId; quantity?: number } = {}) =>
  day.operator({ do: 'amendOrder', order: firstOrder, limit, ...more })
const cancel = (day: Morning, order = firstOrder) => day.operator({ do: 'cancelOrder', order })

describe('an amend by hand', () => {
  it('moves what is open to its price, under a new number that replaces the old', () => {
    const day = working()
    day.fill(firstOrder, 9, 10_000)
    const [sent] = amends(amend(day, 10_010))
    expect(sent).toMatchObject({ orderId: second, replaces: firstOrder, limit: 10_010, quantity: 90 })
    day.accept(second, '0000099', 90)
    day.closed(firstOrder, 'replaced')
    expect(day.trader.view('').orders).toMatchObject([{ id: second, limit: 10_010, quantity: 90 }])
  })

  it('leaves the order at that price, however long it is unfilled', () => {
    const day = working()
    amend(day, 9_900)
    day.accept(second, '0000099', 99)
    day.closed(firstOrder, 'replaced')
    day.until('09:03')
    expect(day.trader.view('').orders).toMatchObject([{ id: second, limit: 9_900, status: 'working' }])
  })

  it('does not keep a stop from being chased', () => {
    const exits = { ...settings().exits, protectiveOrder: { kind: 'limit', from: 'last', ticks: 0 } } as const
    const day = morning(settings({ exits })).cash(CASH).at('09:01')
    day.hold(CODE, 10_000)
    const stop = placed(day.trade(CODE, 9_600))[0]?.orderId as OrderId
    day.accept(stop)
    const [moved] = amends(amend(day, 9_800, { order: stop }))
    day.accept(moved?.orderId as OrderId, '0000099', 99)
    day.closed(stop, 'replaced')
    expect(cancels(day.until('09:01:30').effects)).toContain(moved?.orderId)
  })

  it.each([
    [10_005, 'priceOffTick'],
    [13_010, 'priceOutsideBand'],
  ])('to %i is refused by %s', (limit, code) => {
    expect(refusals(amend(working(), limit))).toEqual([code])
  })

  it('of an order in doubt is refused', () => {
    const day = morning().cash(CASH).at('09:01')
    day.enter('1', CODE)
    day.describe(CODE, 10_000)
    day.feed({ kind: 'lost', orderId: firstOrder, error: { kind: 'inDoubt', code: 'timeout', text: '' } })
    const effects = amend(day, 10_010)
    expect(refusals(effects)).toEqual(['orderInDoubt'])
    expect(amends(effects)).toEqual([])
  })

  const REFUSED: readonly [string, RegExp, (day: Morning) => readonly Effect[]][] = [
    ['an order that is not there', /not open/, (day) => amend(day, 9_900, { order: orderId('none') })],
    [
      'an order that is gone',
      /not open/,
      (day) => {
        day.closed(firstOrder)
        return amend(day, 9_900)
      },
    ],
    [
      'an order that is being cancelled',
      /placed or cancelled/,
      (day) => {
        cancel(day)
        return amend(day, 9_900)
      },
    ],
    [
      'an order that is being amended',
      /being amended/,
      (day) => {
        amend(day, 9_900)
        return amend(day, 9_910)
      },
    ],
    ['an order at its own price', /at 10000 already/, (day) => amend(day, 10_000)],
    ['a part of what is open', /99 shares/, (day) => amend(day, 9_900, { quantity: 50 })],
  ]

  it.each(REFUSED)('of %s is not sent, and says why', (_, why, give) => {
    const day = working()
    const effects = give(day)
    expect(amends(effects)).toEqual([])
    expect(told(effects).join()).toMatch(why)
  })

  it('of a market order is not sent', () => {
    const day = morning().cash(CASH).at('09:01')
    day.describe(CODE, 10_000)
    const market = {
      instrument: instrumentId(CODE),
      side: 'buy',
      quantity: quantity(1),
      order: { kind: 'market' },
    }
    day.operator({ do: 'order', ...market })
    day.accept(firstOrder)
    expect(told(amend(day, 9_900)).join()).toMatch(/not a limit order/)
  })
})

describe('a cancel by hand', () => {
  it('cancels that order and no other', () => {
    const day = working()
    day.enter('1', '000003')
    day.describe('000003', 10_000)
    day.accept(second)
    expect(cancels(cancel(day))).toEqual([firstOrder])
    day.closed(firstOrder)
    expect(day.trader.view('').orders).toMatchObject([{ id: second }])
  })

  it('of an order that is not open says so', () => {
    expect(told(cancel(working(), orderId('none'))).join()).toMatch(/nothing to cancel/)
  })

  it('of an order in doubt waits until it turns out to live', () => {
    const day = morning().cash(CASH).at('09:01')
    day.enter('1', CODE)
    day.describe(CODE, 10_000)
    day.feed({ kind: 'lost', orderId: firstOrder, error: { kind: 'inDoubt', code: 'timeout', text: '' } })
    expect(cancels(cancel(day))).toEqual([])
    expect(cancels(day.accept(firstOrder))).toEqual([firstOrder])
  })

  it('of a sale that a person wished ends the wish', () => {
    const day = morning().cash(CASH).at('09:01')
    day.hold(CODE, 10_000)
    const sale = placed(day.operator({ do: 'sell', instrument: instrumentId(CODE) }))[0]?.orderId as OrderId
    day.accept(sale)
    cancel(day, sale)
    const before = day.effects.length
    day.closed(sale)
    day.until('09:01:30')
    expect(placed(day.effects.slice(before))).toEqual([])
  })

  it('of a stop does not keep it from selling', () => {
    const day = morning().cash(CASH).at('09:01')
    day.hold(CODE, 10_000)
    const stop = placed(day.trade(CODE, 9_600))[0]?.orderId as OrderId
    day.accept(stop)
    cancel(day, stop)
    const before = day.effects.length
    day.closed(stop)
    day.until('09:01:05')
    expect(placed(day.effects.slice(before))).toMatchObject([{ side: 'sell', quantity: 99 }])
  })
})

describe('the view of a position', () => {
  it('shows where its exits lie and how old its price is', () => {
    const day = morning().cash(CASH).at('09:01')
    day.hold(CODE, 10_000)
    day.at('09:02').trade(CODE, 10_200)
    const [position] = day.trader.view('').positions
    expect(position).toMatchObject({ last: 10_200, levels: { stop: 9_700, target: 10_500, high: 10_200 } })
    expect(position?.levels).toEqual(day.trader.levels(instrumentId(CODE)))
    expect(day.trader.view('').now - (position?.pricedAt ?? 0)).toBe(0)
  })
})
