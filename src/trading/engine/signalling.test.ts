import { describe, expect, it } from 'vitest'
import { conditionId, instrumentId } from '../../model/ids.ts'
import { krw } from '../../model/money.ts'
import type { Opinion } from '../../model/signal.ts'
import { timeOfDay } from '../../model/time.ts'
import { buyRule, type Morning, morning, placed, refusals, settings } from './testing/morning.ts'

const CODE = '005930'
const RULE = {
  ...buyRule({ condition: conditionId('ema-cross'), name: 'EMA 교차', order: { kind: 'market' } }),
  exitOrder: { kind: 'market' },
} as const

const day = (rule: Partial<typeof RULE> = {}): Morning =>
  morning(settings({ strategies: [{ ...RULE, ...rule }] }))
    .cash(50_000_000)
    .at('09:01')

const say = (on: Morning, opinion: Omit<Opinion, 'reason'>, strategy = 'ema-cross') =>
  on.feed({
    kind: 'signal',
    strategy,
    instrument: instrumentId(CODE),
    reason: { ko: '상향 돌파', en: 'crossed above' },
    ...opinion,
  })

describe('the opinion of a strategy', () => {
  it('to be long becomes an order of the amount of its rule', () => {
    const on = day()
    on.describe(CODE, 10_000)
    expect(placed(say(on, { want: 'long' }))).toMatchObject([
      { instrument: CODE, side: 'buy', type: 'market', quantity: 99 },
    ])
  })

  it('with a weight becomes an order of that share of the equity', () => {
    const on = day({ amount: { kind: 'krw', krw: krw(1_000_000) } })
    on.describe(CODE, 10_000)
    expect(placed(say(on, { want: 'long', weightRatio: 0.05 }))).toMatchObject([{ quantity: 249 }])
  })

  it('waits for the basic information like a condition does', () => {
    const on = day()
    expect(say(on, { want: 'long' })).toContainEqual({ do: 'describe', instrument: CODE })
    expect(placed(on.describe(CODE, 10_000))).toMatchObject([{ side: 'buy', quantity: 99 }])
  })

  it('to be flat sells what it bought, and is no news when nothing is held', () => {
    const on = day()
    expect(say(on, { want: 'flat' })).toEqual([])
    on.describe(CODE, 10_000)
    const [bought] = placed(say(on, { want: 'long' }))
    if (!bought) throw new Error('nothing was bought')
    on.accept(bought.orderId)
    on.fill(bought.orderId, bought.quantity, 10_000)
    expect(placed(say(on, { want: 'flat' }))).toMatchObject([
      { side: 'sell', type: 'market', quantity: bought.quantity },
    ])
  })

  it('to be flat leaves alone what a condition bought', () => {
    const on = day()
    on.hold(CODE, 10_000)
    expect(say(on, { want: 'flat' })).toEqual([])
  })

  it('to be flat takes back a wish that waits', () => {
    const on = day()
    say(on, { want: 'long' })
    expect(refusals(say(on, { want: 'flat' }))).toEqual(['leftBeforeOrder'])
    expect(placed(on.describe(CODE, 10_000))).toEqual([])
  })

  it('to be flat leaves a candidate of a condition alone', () => {
    const on = day()
    on.enter('1', CODE)
    expect(refusals(say(on, { want: 'flat' }))).toEqual([])
    expect(placed(on.describe(CODE, 10_000))).toHaveLength(1)
  })

  it('to be flat takes back its own unfilled buy, and sells what that bought meanwhile', () => {
    const on = day({ order: { kind: 'limit', from: 'last', ticks: -2 } } as object)
    on.describe(CODE, 10_000)
    const [order] = placed(say(on, { want: 'long' }))
    if (!order) throw new Error('nothing was ordered')
    on.accept(order.orderId)
    expect(say(on, { want: 'flat' })).toContainEqual({
      do: 'cancel',
      order: expect.objectContaining({ orderId: order.orderId }),
    })
    on.fill(order.orderId, 7, 9_980)
    expect(placed(on.closed(order.orderId))).toMatchObject([{ side: 'sell', type: 'market', quantity: 7 }])
  })

  it('to be flat leaves the unfilled buy of a condition alone', () => {
    const on = day()
    on.enter('1', CODE)
    const [order] = placed(on.describe(CODE, 10_000))
    if (!order) throw new Error('nothing was ordered')
    on.accept(order.orderId)
    expect(say(on, { want: 'flat' })).toEqual([])
  })

  it('gives its weight to its own entry and to nobody else’s', () => {
    const on = day({ window: { from: timeOfDay('10:00'), to: timeOfDay('11:00') } })
    on.describe(CODE, 10_000)
    expect(refusals(say(on, { want: 'long', weightRatio: 0.09 }))).toEqual(['outsideConditionWindow'])
    on.enter('1', CODE)
    // The condition buys for the million won of its rule, not for a share of the equity.
    expect(placed(on.effects)).toMatchObject([{ quantity: 99 }])
  })

  it.each([
    ['of a strategy that is switched off', { enabled: false }, 'ema-cross', 'conditionDisabled'],
    ['of a strategy nobody set up', {}, 'other', 'conditionDisabled'],
    [
      'outside its hours',
      { window: { from: timeOfDay('10:00'), to: timeOfDay('11:00') } },
      'ema-cross',
      'outsideConditionWindow',
    ],
  ] as const)('%s is refused with the reason', (_, rule, strategy, code) => {
    const on = day(rule as Partial<typeof RULE>)
    on.describe(CODE, 10_000)
    expect(refusals(say(on, { want: 'long' }, strategy))).toEqual([code])
  })
})
