import { describe, expect, it } from 'vitest'
import { instrumentId } from '../../model/ids.ts'
import type { Effect } from './effects.ts'
import { firstOrder, morning, placed, refusals, settings } from './testing/morning.ts'

const CASH = 50_000_000

const cancels = (effects: readonly Effect[]): string[] =>
  effects.flatMap((effect) => (effect.do === 'cancel' ? [effect.order.orderId] : []))

describe('cancel all', () => {
  it('reaches an order whose acceptance is still on the wire', () => {
    const day = morning().cash(CASH).at('09:01')
    day.enter('1', '000002')
    day.describe('000002', 10_000)
    expect(cancels(day.operator({ do: 'cancelAll' }))).toEqual([])
    expect(cancels(day.accept(firstOrder))).toEqual([firstOrder])
  })

  it('reaches an order in doubt once it turns out to live', () => {
    const day = morning().cash(CASH).at('09:01')
    day.enter('1', '000002')
    day.describe('000002', 10_000)
    const error = { kind: 'inDoubt', code: 'timeout', text: '' } as const
    day.feed({ kind: 'lost', orderId: firstOrder, error })
    day.operator({ do: 'cancelAll' })
    expect(cancels(day.accept(firstOrder))).toEqual([firstOrder])
  })

  it('is stronger than the market order that should have followed a cancel', () => {
    const rule = { afterMs: 5_000, then: 'market', times: 0, finally: 'market' } as const
    const day = morning(settings({ unfilled: { buy: rule, sell: rule } }))
      .cash(CASH)
      .at('09:01')
    day.enter('1', '000002')
    day.describe('000002', 10_000)
    day.accept(firstOrder)
    day.until('09:01:06')
    day.operator({ do: 'cancelAll' })
    expect(placed(day.closed(firstOrder))).toEqual([])
  })
})

describe('flatten', () => {
  it('sells what a buy that was on the wire still brings in', () => {
    const day = morning().cash(CASH).at('09:01')
    day.enter('1', '000002')
    day.describe('000002', 10_000)
    day.operator({ do: 'flatten' })
    day.accept(firstOrder)
    day.fill(firstOrder, 40, 10_000)
    expect(placed(day.closed(firstOrder))).toMatchObject([{ side: 'sell', type: 'market', quantity: 40 }])
  })

  it('sells it also when the buy fills whole before the cancel arrives', () => {
    const day = morning().cash(CASH).at('09:01')
    day.enter('1', '000002')
    const buy = placed(day.describe('000002', 10_000))[0]
    day.operator({ do: 'flatten' })
    day.fill(firstOrder, buy?.quantity ?? 0, 10_000)
    day.until('09:01:02')
    expect(placed(day.effects).at(-1)).toMatchObject({
      side: 'sell',
      type: 'market',
      quantity: buy?.quantity,
    })
  })
})

describe('an order in doubt', () => {
  const doubtful = () => {
    const day = morning().cash(CASH).at('09:01')
    day.enter('1', '000002')
    const order = placed(day.describe('000002', 10_000))[0]
    const error = { kind: 'inDoubt', code: 'ambiguous', text: '0000123, 0000124' } as const
    day.feed({ kind: 'lost', orderId: firstOrder, error: { ...error, code: 'timeout' } })
    day.feed({ kind: 'lost', orderId: firstOrder, error })
    return { day, shares: order?.quantity ?? 0 }
  }
  const settle = (as: Record<string, unknown>) => ({ do: 'settleOrder', order: firstOrder, as }) as const

  it('keeps what the list last said of it, and blocks its instrument', () => {
    const { day } = doubtful()
    expect(day.trader.view('').orders).toMatchObject([{ status: 'inDoubt', doubt: { code: 'ambiguous' } }])
  })

  it('is not settled by hand before the list had its minute', () => {
    const { day } = doubtful()
    day.until('09:01:59')
    day.operator(settle({ kind: 'cancelled' }))
    expect(day.trader.view('').orders).toHaveLength(1)
  })

  it('is cancelled by hand, frees its money, and still counts a fill that comes later', () => {
    const { day } = doubtful()
    day.until('09:02')
    expect(day.trader.view('').buyingPower).toBeLessThan(CASH)
    day.operator(settle({ kind: 'cancelled' }))
    expect(day.trader.view('')).toMatchObject({ orders: [], buyingPower: CASH })
    day.fill(firstOrder, 5, 10_000)
    expect(day.trader.view('').positions).toMatchObject([{ quantity: 5 }])
  })

  it('is filled by hand in part, and the rest of it is over', () => {
    const { day } = doubtful()
    day.until('09:02')
    day.operator(settle({ kind: 'filled', quantity: 40, price: 9_990 }))
    expect(day.trader.view('')).toMatchObject({
      orders: [],
      positions: [{ quantity: 40, averagePrice: 9_990 }],
    })
    expect(placed(day.trade('000002', 9_600))).toMatchObject([{ side: 'sell', quantity: 40 }])
  })

  it('is not filled with more than was ordered', () => {
    const { day, shares } = doubtful()
    day.until('09:02')
    day.operator(settle({ kind: 'filled', quantity: shares + 1, price: 9_990 }))
    expect(day.trader.view('').orders).toMatchObject([{ status: 'inDoubt' }])
  })

  it('that is only working is not settled by hand', () => {
    const day = morning().cash(CASH).at('09:01')
    day.enter('1', '000002')
    day.describe('000002', 10_000)
    day.accept(firstOrder)
    day.until('09:03')
    day.operator(settle({ kind: 'cancelled' }))
    expect(day.trader.view('').orders).toMatchObject([{ status: 'cancelling' }])
  })
})

describe('a manual sale', () => {
  it('of what is not held says so', () => {
    const day = morning().cash(CASH).at('09:01')
    const effects = day.operator({ do: 'sell', instrument: instrumentId('000009') })
    expect(refusals(effects)).toEqual(['quantityExceedsHolding'])
  })
})
