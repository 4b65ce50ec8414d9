import { describe, expect, it } from 'vitest'
import { instrumentId } from '../../model/ids.ts'
import { krw, quantity } from '../../model/money.ts'
import type { Effect } from './effects.ts'
import { firstOrder, type Morning, morning, placed, settings } from './testing/morning.ts'

const CASH = 50_000_000
const CODE = '000001'

const holding = (shares: number, cost: number, code = CODE) => ({
  instrument: instrumentId(code),
  name: '',
  quantity: quantity(shares),
  sellable: quantity(shares),
  cost: krw(cost),
})

const account = (day: Morning, cash: number, ...holdings: ReturnType<typeof holding>[]) =>
  day.feed({ kind: 'account', cash: krw(cash), buyingPower: krw(cash), holdings })

const asked = (effects: readonly Effect[]): string[] =>
  effects.flatMap((effect) => (effect.do === 'ask' ? [effect.order.orderId] : []))

const urgent = (effects: readonly Effect[]): string[] =>
  effects.flatMap((e) => (e.do === 'tell' && e.happening.level === 'urgent' ? [e.happening.en] : []))

const cashOf = (day: Morning) => day.trader.view('').cash
const sharesOf = (day: Morning) => day.trader.view('').positions.map((position) => position.quantity)

describe('the broker, whose word on the holdings differs', () => {
  it('is believed when it stays so, and the stop sells what is really there', () => {
    const day = morning().cash(CASH).at('09:01')
    const bought = day.hold(CODE, 10_000)
    const theirs = holding(bought.quantity - 60, (bought.quantity - 60) * 10_000)
    day.until('09:02')
    account(day, cashOf(day) + 600_000, theirs)
    expect(sharesOf(day)).toEqual([bought.quantity])
    day.until('09:02:31')
    expect(urgent(account(day, cashOf(day) + 600_000, theirs))).not.toEqual([])
    expect(sharesOf(day)).toEqual([bought.quantity - 60])
    expect(placed(day.trade(CODE, 9_600))).toMatchObject([{ side: 'sell', quantity: bought.quantity - 60 }])
  })

  it('is not believed on two looks in one breath, nor while an order of ours is open', () => {
    const day = morning().cash(CASH).at('09:01')
    const bought = day.hold(CODE, 10_000)
    day.until('09:02')
    account(day, cashOf(day))
    account(day, cashOf(day))
    expect(sharesOf(day)).toEqual([bought.quantity])
    const sale = placed(day.trade(CODE, 10_500))[0]
    day.accept(sale?.orderId ?? firstOrder)
    day.until('09:02:31')
    account(day, cashOf(day))
    expect(sharesOf(day)).toEqual([bought.quantity])
  })

  it.each([
    ['with our cash unchanged', (day: Morning) => cashOf(day)],
    ['with no cash at all', () => 0],
  ])('is not believed when all shares are gone %s, however often it says so', (_, cash) => {
    const day = morning().cash(CASH).at('09:01')
    const bought = day.hold(CODE, 10_000)
    for (const time of ['09:02', '09:03', '09:04', '09:05']) {
      day.until(time)
      account(day, cash(day))
    }
    expect(sharesOf(day)).toEqual([bought.quantity])
    expect(placed(day.trade(CODE, 9_600))).toMatchObject([{ side: 'sell', quantity: bought.quantity }])
  })

  it('protects shares that came from elsewhere', () => {
    const day = morning().cash(CASH).at('09:01')
    day.describe(CODE, 10_000)
    day.until('09:02')
    account(day, CASH - 100_000, holding(10, 100_000))
    day.until('09:02:31')
    account(day, CASH - 100_000, holding(10, 100_000))
    expect(placed(day.trade(CODE, 9_600))).toMatchObject([{ side: 'sell', quantity: 10 }])
  })

  it('only alarms about cash, which is where a fault of our own would show', () => {
    const day = morning().cash(CASH).at('09:01')
    day.until('09:02')
    account(day, CASH - 1)
    day.until('09:02:31')
    expect(urgent(account(day, CASH - 1))).toHaveLength(1)
    expect(cashOf(day)).toBe(CASH)
  })
})

describe('an account report', () => {
  it('that names an instrument twice is not believed', () => {
    const day = morning().at('09:01')
    expect(urgent(account(day, CASH, holding(1, 10), holding(2, 20)))).toHaveLength(1)
    expect(day.trader.view('').accountKnown).toBe(false)
  })

  it('of neither cash nor shares opens no books, however often it comes', () => {
    const day = morning()
    const nothing = { kind: 'account', cash: krw(0), buyingPower: krw(0), holdings: [] } as const
    day.feed(nothing)
    day.feed(nothing)
    expect(day.trader.view('').accountKnown).toBe(false)
    day.feed({ ...nothing, cash: krw(5_000_000), buyingPower: krw(5_000_000) })
    expect(day.trader.view('')).toMatchObject({ accountKnown: true, cash: 5_000_000 })
  })

  it('without what was held yesterday needs to be heard twice', () => {
    const day = morning().cash(CASH).at('09:01')
    day.hold(CODE, 10_000)
    const next = morning()
    const opened = next.events[0]
    if (opened?.kind !== 'opened') throw new Error('a morning begins with its opening')
    next.trader.on({ ...opened, carried: day.trader.carried() })
    account(next, CASH)
    expect(next.trader.view('').accountKnown).toBe(false)
    next.until('09:00:05')
    account(next, CASH)
    expect(next.trader.view('').accountKnown).toBe(true)
  })
})

describe('a sale fill', () => {
  it('of more than our books hold is booked and alarmed, and kills nobody', () => {
    const day = morning().cash(CASH).at('09:01')
    const bought = day.hold(CODE, 10_000)
    const sale = placed(day.at('09:05').trade(CODE, 10_500))[0]
    if (!sale) throw new Error('a sale is expected')
    day.accept(sale.orderId)
    day.closed(sale.orderId)
    const again = placed(day.at('09:06').trade(CODE, 10_500)).at(-1) ?? placed(day.effects).at(-1)
    if (!again) throw new Error('a second sale is expected')
    day.accept(again.orderId)
    day.fill(again.orderId, again.quantity, 10_500)
    // The first order had traded after all: five shares that our books do not have.
    expect(urgent(day.fill(sale.orderId, 5, 10_500))).toHaveLength(1)
    expect(bought.quantity).toBe(again.quantity)
    expect(sharesOf(day)).toEqual([])
    expect(day.trader.view('').realizedPnl).toBeLessThan(99 * 500)
  })
})

describe('a quiet order', () => {
  it('is asked about, since a lost push would leave its shares without a stop', () => {
    const buys = [{ ...settings().buys[0], order: { kind: 'market' } }] as never
    const day = morning(settings({ buys })).cash(CASH).at('09:01')
    day.enter('1', CODE)
    day.describe(CODE, 10_000)
    day.accept(firstOrder)
    day.until('09:01:29')
    expect(asked(day.effects)).toEqual([])
    day.until('09:01:31')
    expect(asked(day.effects)).toEqual([firstOrder])
  })

  it('is asked about however irregularly the seconds come', () => {
    const day = morning().cash(CASH).at('09:01')
    day.enter('1', CODE)
    day.describe(CODE, 10_000)
    const error = { kind: 'inDoubt', code: 'timeout', text: '' } as const
    day.feed({ kind: 'lost', orderId: firstOrder, error })
    const before = day.effects.length
    for (const time of ['09:01:02', '09:01:05', '09:01:08', '09:01:11']) {
      day.at(time)
      day.feed({ kind: 'timer' })
    }
    expect(asked(day.effects.slice(before))).toHaveLength(3)
  })

  it('in doubt wakes a person after half a minute', () => {
    const day = morning().cash(CASH).at('09:01')
    day.enter('1', CODE)
    day.describe(CODE, 10_000)
    const error = { kind: 'inDoubt', code: 'timeout', text: '' } as const
    day.feed({ kind: 'lost', orderId: firstOrder, error })
    day.until('09:01:35')
    expect(urgent(day.effects)).toHaveLength(1)
  })

  it('that is being cancelled and not found raises no alarm about a table', () => {
    const day = morning().cash(CASH).at('09:01')
    day.enter('1', CODE)
    day.describe(CODE, 10_000)
    day.accept(firstOrder)
    day.until('09:01:11')
    const error = { kind: 'inDoubt', code: 'notListed', text: '' } as const
    expect(urgent(day.feed({ kind: 'lost', orderId: firstOrder, error }))).toEqual([])
  })
})
