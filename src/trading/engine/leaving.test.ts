import { describe, expect, it } from 'vitest'
import { conditionId, instrumentId, type OrderId } from '../../model/ids.ts'
import { krw, quantity } from '../../model/money.ts'
import { timeOfDay } from '../../model/time.ts'
import type { VenueOrder } from '../../ports/execution-client.ts'
import type { Effect } from './effects.ts'
import { buyRule, morning, placed, settings } from './testing/morning.ts'

const CASH = 50_000_000
const CODE = '000001'

const cancelled = (effects: readonly Effect[]): OrderId[] =>
  effects.flatMap((effect) => (effect.do === 'cancel' ? [effect.order.orderId] : []))

const only = (effects: readonly Effect[]): VenueOrder => {
  const orders = placed(effects)
  if (orders.length !== 1 || !orders[0]) throw new Error(`one order expected, not ${orders.length}`)
  return orders[0]
}

const farAway = { kind: 'limit', from: 'last', ticks: 20 } as const

const manualSale = (shares: number) =>
  ({
    do: 'order',
    instrument: instrumentId(CODE),
    side: 'sell',
    quantity: quantity(shares),
    order: farAway,
  }) as const

describe('a stop loss', () => {
  it('takes over from a sell condition whose limit is far away', () => {
    const given = settings()
    const day = morning(settings({ sells: given.sells.map((rule) => ({ ...rule, order: farAway })) }))
      .cash(CASH)
      .at('09:01')
    const bought = day.hold(CODE, 10_000)
    const slow = only(day.enter('9', CODE))
    day.accept(slow.orderId)
    expect(cancelled(day.at('09:01:05').trade(CODE, 9_600))).toEqual([slow.orderId])
    expect(only(day.closed(slow.orderId))).toMatchObject({ type: 'market', quantity: bought.quantity })
  })

  it('sells what a manual limit sale leaves free at once, and the rest when that is cancelled', () => {
    const day = morning().cash(CASH).at('09:01')
    const bought = day.hold(CODE, 10_000)
    const byHand = only(day.operator(manualSale(3)))
    day.accept(byHand.orderId)
    const effects = day.at('09:01:05').trade(CODE, 9_600)
    expect(cancelled(effects)).toEqual([byHand.orderId])
    expect(only(effects)).toMatchObject({ type: 'market', quantity: bought.quantity - 3 })
    expect(only(day.closed(byHand.orderId))).toMatchObject({ type: 'market', quantity: 3 })
  })

  it('leaves a market sale alone that is already under way', () => {
    const day = morning().cash(CASH).at('09:01')
    day.hold(CODE, 10_000)
    const sale = only(day.enter('9', CODE))
    day.accept(sale.orderId)
    const effects = day.at('09:01:05').trade(CODE, 9_600)
    expect(cancelled(effects)).toEqual([])
    expect(placed(effects)).toEqual([])
  })

  it('does not wait for the second after a slower exit was sent', () => {
    const day = morning().cash(CASH).at('09:01')
    day.hold(CODE, 10_000)
    const profit = only(day.trade(CODE, 10_500))
    day.accept(profit.orderId)
    expect(cancelled(day.trade(CODE, 9_600))).toEqual([profit.orderId])
    expect(only(day.closed(profit.orderId))).toMatchObject({ type: 'market' })
  })

  it('stops a buy that was on its way to market', () => {
    const rule = { afterMs: 5_000, then: 'market', times: 0, finally: 'market' } as const
    const day = morning(settings({ unfilled: { buy: rule, sell: rule } }))
      .cash(CASH)
      .at('09:01')
    day.enter('1', CODE)
    const buy = only(day.describe(CODE, 10_000))
    day.accept(buy.orderId)
    day.fill(buy.orderId, 10, 10_000)
    day.until('09:01:06')
    day.trade(CODE, 9_600)
    expect(only(day.closed(buy.orderId))).toMatchObject({ side: 'sell', quantity: 10 })
  })

  it('tries again a second after a refusal, not in the same breath', () => {
    const day = morning().cash(CASH).at('09:01')
    day.hold(CODE, 10_000)
    const sale = only(day.at('09:01:05').trade(CODE, 9_600))
    const error = { kind: 'rejected', code: 'RC4027', text: '' } as const
    expect(placed(day.feed({ kind: 'rejected', orderId: sale.orderId, error }))).toEqual([])
    expect(placed(day.trade(CODE, 9_590))).toEqual([])
    expect(only(day.at('09:01:06').trade(CODE, 9_590))).toMatchObject({ type: 'market' })
  })
})

describe('leaving', () => {
  it('takes profit on what a manual sale does not bind', () => {
    const day = morning().cash(CASH).at('09:01')
    const bought = day.hold(CODE, 10_000)
    const byHand = only(day.operator(manualSale(3)))
    day.accept(byHand.orderId)
    const effects = day.at('09:01:05').trade(CODE, 10_500)
    expect(cancelled(effects)).toEqual([])
    expect(only(effects)).toMatchObject({ side: 'sell', quantity: bought.quantity - 3 })
  })

  it('sells at the end of the day what no price was ever heard of', () => {
    const { exits } = settings()
    const day = morning(settings({ exits: { ...exits, endOfDay: timeOfDay('15:10') } }))
    const holding = { instrument: instrumentId(CODE), name: '', quantity: quantity(7), sellable: quantity(7) }
    const holdings = [{ ...holding, cost: krw(70_000) }]
    day.feed({ kind: 'account', cash: krw(CASH), buyingPower: krw(CASH), holdings })
    day.at('15:10').describe(CODE, 0, 10_000)
    day.until('15:10:01')
    expect(only(day.effects)).toMatchObject({ side: 'sell', type: 'market', quantity: 7 })
  })

  it('does not sell a position that was bought again for a wish of before', () => {
    const day = morning(settings({ buys: [buyRule({ condition: conditionId('1'), cooldownMs: 0 })] }))
      .cash(CASH)
      .at('09:01')
    const bought = day.hold(CODE, 10_000)
    const sale = only(day.operator({ do: 'sell', instrument: instrumentId(CODE) }))
    day.accept(sale.orderId)
    day.fill(sale.orderId, bought.quantity, 10_000)
    day.operator({ do: 'sell', instrument: instrumentId(CODE) })
    day.at('09:02').trade(CODE, 10_000)
    const again = only(day.enter('1', CODE))
    day.accept(again.orderId)
    day.fill(again.orderId, again.quantity, 10_000)
    day.until('09:02:03')
    expect(placed(day.effects).filter((order) => order.side === 'sell')).toEqual([sale])
  })
})
