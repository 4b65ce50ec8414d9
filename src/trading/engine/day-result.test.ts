import { describe, expect, it } from 'vitest'
import { instrumentId } from '../../model/ids.ts'
import { krw, quantity } from '../../model/money.ts'
import { type Morning, morning, placed, refusals, settings } from './testing/morning.ts'
import { createTrader } from './trader.ts'

const CASH = 10_000_000
const CODE = '000001'

const account = (day: Morning, won: number, shares: number, cost: number) =>
  day.feed({
    kind: 'account',
    cash: krw(won),
    buyingPower: krw(won),
    holdings:
      shares === 0
        ? []
        : [
            {
              instrument: instrumentId(CODE),
              name: '',
              quantity: quantity(shares),
              sellable: quantity(shares),
              cost: krw(cost),
            },
          ],
  })

/** Exits of their own would only be in the way. */
const { stopLossRatio: _, takeProfitRatio: __, ...exits } = settings().exits

/** 100 shares carried over, bought at 10,000 and closed at 9,000: 100,000 were lost on earlier days. */
function carriedOver(given = settings({ exits }), cost = 1_000_000): Morning {
  const day = morning(given)
  account(day, CASH, 100, cost)
  day.feed({ kind: 'feed', state: 'live', detail: '' })
  day.describe(CODE, 9_000, 9_000)
  return day
}

/** Buys ten; gives why not. */
const buyTen = (day: Morning) =>
  refusals(
    day.operator({
      do: 'order',
      instrument: instrumentId(CODE),
      side: 'buy',
      quantity: quantity(10),
      order: { kind: 'market' },
    }),
  )

const results = ({ trader }: Pick<Morning, 'trader'>) => {
  const { realizedPnl, unrealizedPnl, dayPnl } = trader.view('')
  return { realizedPnl, unrealizedPnl, dayPnl }
}

describe("the day's result", () => {
  it('begins at the last close: what a carried position lost before is no loss of today', () => {
    const day = carriedOver()
    expect(results(day)).toEqual({ realizedPnl: 0, unrealizedPnl: -100_000, dayPnl: 0 })
    day.at('09:05').trade(CODE, 9_100)
    expect(results(day)).toEqual({ realizedPnl: 0, unrealizedPnl: -90_000, dayPnl: 10_000 })
  })

  it('hides no loss of today behind what was won before', () => {
    const day = morning(settings({ exits }))
    account(day, CASH, 100, 500_000)
    day.describe(CODE, 9_000, 9_000)
    day.trade(CODE, 8_000)
    expect(results(day)).toEqual({ realizedPnl: 0, unrealizedPnl: 300_000, dayPnl: -100_000 })
  })

  it('knows nothing of a carried position before it is described', () => {
    const day = morning(settings({ exits }))
    account(day, CASH, 100, 1_000_000)
    expect(results(day)).toEqual({ realizedPnl: 0, unrealizedPnl: 0, dayPnl: 0 })
  })

  it('counts the change since the close when the position is sold, and purchases of today from their price on', () => {
    const day = carriedOver()
    const [bought] = placed(
      day.operator({
        do: 'order',
        instrument: instrumentId(CODE),
        side: 'buy',
        quantity: quantity(100),
        order: { kind: 'market' },
      }),
    )
    if (!bought) throw new Error('the purchase was refused')
    day.accept(bought.orderId)
    day.fill(bought.orderId, 100, 9_200)
    day.trade(CODE, 9_200)
    expect(results(day).dayPnl).toBe(20_000)
    const [sold] = placed(day.operator({ do: 'sell', instrument: instrumentId(CODE) }))
    if (!sold) throw new Error('the sale was refused')
    day.accept(sold.orderId)
    day.fill(sold.orderId, 200, 9_300)
    const { realizedPnl, unrealizedPnl, dayPnl } = results(day)
    expect(unrealizedPnl).toBe(0)
    // 100 from the close of 9,000 and 100 from 9,200, whatever the fees of all of it are.
    expect(dayPnl - realizedPnl).toBe(100_000)
    expect(dayPnl).toBeGreaterThan(30_000 + 10_000 - 6_000)
    expect(dayPnl).toBeLessThan(30_000 + 10_000)
  })

  it('takes no gain or loss from shares that another hand sold', () => {
    const day = carriedOver()
    day.until('09:01:30')
    account(day, CASH + 540_000, 40, 400_000)
    account(day.until('09:02:31'), CASH + 540_000, 40, 400_000)
    expect(day.trader.view('').positions[0]?.quantity).toBe(40)
    expect(results(day)).toEqual({ realizedPnl: 0, unrealizedPnl: -40_000, dayPnl: 0 })
    day.until('09:03')
    account(day, CASH + 900_000, 0, 0)
    account(day.until('09:04:30'), CASH + 900_000, 0, 0)
    expect(day.trader.view('').positions).toEqual([])
    expect(results(day)).toEqual({ realizedPnl: 0, unrealizedPnl: 0, dayPnl: 0 })
  })

  it('is the same after a restart, and against cost where the books of an older version go on', () => {
    const day = carriedOver()
    day.at('09:05').trade(CODE, 9_100)
    const saved: Record<string, unknown> = JSON.parse(JSON.stringify(day.trader.snapshot()))
    const again = createTrader()
    again.restore(saved)
    expect(results({ trader: again })).toEqual(results(day))
    const { overnight: ___, ...older } = saved
    const upgraded = createTrader()
    upgraded.restore(older)
    expect(results({ trader: upgraded }).dayPnl).toBe(-90_000)
  })
})

describe("the limit of a day's loss", () => {
  const limited = () => settings({ exits, limits: { ...settings().limits, maxLossPerDay: krw(50_000) } })

  it('is not used up by what was lost before the day', () => {
    const day = carriedOver(limited())
    expect(buyTen(day)).toEqual([])
  })

  it('is no wider for what was won before the day', () => {
    const day = carriedOver(limited(), 500_000)
    day.at('09:05').trade(CODE, 8_490)
    expect(buyTen(day)).toEqual(['dayLossExceedsMax'])
  })
})
