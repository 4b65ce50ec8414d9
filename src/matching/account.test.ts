import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { commissionSchedule } from '../model/charges.ts'
import { instrumentId } from '../model/ids.ts'
import type { Instrument, Market } from '../model/instrument.ts'
import { krw, type Money, price, quantity } from '../model/money.ts'
import type { OrderType, Side } from '../model/order.ts'
import { tradingDay } from '../model/time.ts'
import { type Account, type AccountSettings, createAccount } from './account.ts'

const DAY = tradingDay('2026-11-20')
const KOSPI_STOCK = instrumentId('005930')
const KOSDAQ_STOCK = instrumentId('247540')
const FUND = instrumentId('069500')
const schedule = commissionSchedule({ broker: 'kiwoom', environment: 'simulated', venue: 'KRX', day: DAY })

const listed = (id: typeof FUND, market: Market, kind: Instrument['class'] = 'stock'): Instrument => ({
  id,
  name: id,
  market,
  class: kind,
  viGroup: 'narrow',
})
const LISTINGS = new Map([
  [KOSPI_STOCK, listed(KOSPI_STOCK, 'KOSPI')],
  [KOSDAQ_STOCK, listed(KOSDAQ_STOCK, 'KOSDAQ')],
  [FUND, listed(FUND, 'KOSPI', 'etf')],
])

const open = (settings: Partial<AccountSettings> = {}): Account =>
  createAccount({
    owner: 'account',
    cash: krw(5_000_000),
    day: DAY,
    schedule,
    listing: (id) => LISTINGS.get(id),
    ...settings,
  })

const request = (
  side: Side,
  shares: number,
  limit: number | undefined,
  instrument = KOSPI_STOCK,
  type: OrderType = limit === undefined ? 'market' : 'limit',
) => ({
  instrument,
  side,
  type,
  ...(limit === undefined ? {} : { limit: price(limit) }),
  quantity: quantity(shares),
  band: { upper: price(92_300), lower: price(49_700) },
  last: price(71_000),
})

let clock = 0
const place = (account: Account, number: number, ...order: Parameters<typeof request>) =>
  account.place({ ...request(...order), number, at: ++clock })
const fill = (account: Account, number: number, shares: number, each: number) =>
  account.fill({ number, price: price(each), quantity: quantity(shares), at: ++clock })

describe('money of an account', () => {
  it('pays 700,100 won for 10 shares at 70,000: 0.015 % is 105, cut to 100', () => {
    const account = open()
    place(account, 1, 'buy', 10, 70_000)
    const record = fill(account, 1, 10, 70_000)
    expect(record).toMatchObject({
      value: 700_000,
      commission: 100,
      tax: 0,
      cashChange: -700_100,
      cost: 700_000,
    })
    // The figures of the broker's own kt00001 example.
    expect(account.balance()).toEqual({
      entr: 5_000_000,
      d1Buy: 0,
      d1Sell: 0,
      d1: 5_000_000,
      d2Buy: 700_100,
      d2Sell: 0,
      d2: 4_299_900,
      held: 0,
      buyingPower: 4_299_900,
      withdrawable: 4_299_900,
    })
    expect(account.holding(KOSPI_STOCK)).toEqual({
      instrument: KOSPI_STOCK,
      quantity: 10,
      sellable: 10,
      cost: 700_000,
      fees: 100,
      boughtToday: 10,
      soldToday: 0,
      heldBefore: 0,
    })
  })

  it('takes 142 won of tax from a KOSPI sale of 71,500: 35 and 107, cut apart, not 143', () => {
    const account = open({
      holdings: [{ instrument: KOSPI_STOCK, quantity: quantity(10), cost: krw(700_000), fees: krw(100) }],
    })
    place(account, 1, 'sell', 1, 71_500)
    const record = fill(account, 1, 1, 71_500)
    // 71,500 × 0.015 % = 10.725 → 10; 71,500 − 10 − 142 = 71,348; less the cost of 70,000.
    expect(record).toMatchObject({
      commission: 10,
      tax: 142,
      cashChange: 71_348,
      cost: 70_000,
      realizedPnl: 1_348,
      buyFees: 10,
    })
    expect(account.balance()).toMatchObject({ entr: 5_000_000, d1: 5_000_000, d2Sell: 71_348, d2: 5_071_348 })
    expect(account.holding(KOSPI_STOCK)).toMatchObject({ quantity: 9, cost: 630_000, fees: 90, soldToday: 1 })
  })

  it.each([
    // instrument, value, tax: KOSDAQ 0.20 % in one component, a fund none.
    [KOSDAQ_STOCK, 71_500, 143],
    [FUND, 71_500, 0],
  ])('taxes %s sold at %i with %i won', (instrument, each, tax) => {
    const account = open({ holdings: [{ instrument, quantity: quantity(1), cost: krw(70_000) }] })
    place(account, 1, 'sell', 1, each, instrument)
    expect(fill(account, 1, 1, each).tax).toBe(tax)
  })

  it('cuts commission and tax once per order, not per fill', () => {
    const account = open({
      holdings: [{ instrument: KOSPI_STOCK, quantity: quantity(3), cost: krw(210_000) }],
    })
    place(account, 1, 'sell', 3, 71_500)
    const fills = [1, 1, 1].map((shares) => fill(account, 1, shares, 71_500))
    // Cumulative values 71,500 · 143,000 · 214,500 owe 10.7 · 21.4 · 32.2 → 10 · 20 · 30 of commission
    // and 35+107 · 71+214 · 107+321 = 142 · 285 · 428 of tax.
    expect(fills.map((each) => each.commission)).toEqual([10, 10, 10])
    expect(fills.map((each) => each.tax)).toEqual([142, 143, 143])
    expect(account.order(1)).toMatchObject({ commission: 30, tax: 428, filled: 3, state: 'filled' })
    expect(account.totals()).toEqual({
      bought: 0,
      sold: 214_500,
      commission: 30,
      tax: 428,
      realizedPnl: 214_500 - 210_000 - 30 - 428,
    })
  })

  it('lets a small commission appear with the fill that carries the order over ten won', () => {
    const account = open()
    place(account, 1, 'buy', 2, 50_000)
    expect(fill(account, 1, 1, 50_000).commission).toBe(0) // 7.5 → 0
    expect(fill(account, 1, 1, 50_000).commission).toBe(10) // 15 → 10
  })

  it('lets a tiny sale cost more than it brings when it carries the order over ten won', () => {
    const account = open({ holdings: [{ instrument: FUND, quantity: quantity(2), cost: krw(66_000) }] })
    place(account, 1, 'sell', 2, 1, FUND)
    fill(account, 1, 1, 66_666) // 9.9999 → 0
    expect(fill(account, 1, 1, 1)).toMatchObject({ commission: 10, cashChange: -9 }) // 66,667 × 0.015 % = 10.00005
    expect(account.balance()).toMatchObject({ d2Sell: 66_657, d2: 5_066_657 })
  })

  it('moves the average cost, and cuts what leaves to the won; the last share takes the rest', () => {
    const account = open({ holdings: [{ instrument: FUND, quantity: quantity(2), cost: krw(10_001) }] })
    place(account, 1, 'buy', 1, 5_000, FUND)
    fill(account, 1, 1, 5_000)
    place(account, 2, 'sell', 3, 5_000, FUND)
    const costs = [1, 1, 1].map((shares) => fill(account, 2, shares, 5_000).cost)
    // 15,001 / 3 = 5,000.33 → 5,000; 10,001 / 2 = 5,000.5 → 5,000; the rest 5,001.
    expect(costs).toEqual([5_000, 5_000, 5_001])
    expect(account.holding(FUND)).toBeUndefined()
  })

  it('settles yesterday at d+1 and today at d+2, and lets both be spent at once', () => {
    const account = open({ unsettled: { buy: krw(300_000), sell: krw(1_000_000) } })
    expect(account.balance()).toMatchObject({
      entr: 5_000_000,
      d1: 5_700_000,
      d2: 5_700_000,
      buyingPower: 5_700_000,
    })
    expect(account.balance().withdrawable).toBe(5_000_000)
  })
})

describe('holds', () => {
  it('holds a limit buy at its limit with commission rounded up', () => {
    const account = open()
    expect(account.check(request('buy', 10, 70_000))).toEqual({ ok: true, value: 700_110 })
    place(account, 1, 'buy', 10, 70_000)
    expect(account.balance()).toMatchObject({ held: 700_110, buyingPower: 4_299_890, d2: 5_000_000 })
  })

  it('holds a market buy at the upper limit, and frees the difference as it fills', () => {
    const account = open()
    place(account, 1, 'buy', 10, undefined)
    expect(account.balance().held).toBe(923_000 + 140)
    fill(account, 1, 4, 71_000)
    // 6 × 92,300 stay, and the commission the order can still add: floor10((284,000 + 553,800) × 0.015 %) − 40.
    expect(account.balance().held).toBe(553_800 + 120 - 40)
    fill(account, 1, 6, 71_100)
    expect(account.balance()).toMatchObject({ held: 0, d2: 5_000_000 - 284_000 - 426_600 - 100 })
  })

  it('refuses a buy beyond the buying power, with both numbers, and enters nothing', () => {
    const account = open({ cash: krw(700_109) })
    expect(place(account, 1, 'buy', 10, 70_000)).toEqual({
      ok: false,
      error: { code: 'cashShort', needed: 700_110, available: 700_109 },
    })
    expect(account.orders()).toEqual([])
    expect(account.balance().held).toBe(0)
  })

  it('binds shares in open sells and refuses to sell them twice', () => {
    const account = open({ holdings: [{ instrument: FUND, quantity: quantity(10), cost: krw(50_000) }] })
    place(account, 1, 'sell', 7, 5_000, FUND)
    expect(account.holding(FUND)?.sellable).toBe(3)
    expect(place(account, 2, 'sell', 4, 5_000, FUND)).toEqual({
      ok: false,
      error: { code: 'sharesShort', wanted: 4, sellable: 3 },
    })
    account.close(1, quantity(7), 'expired', 9)
    expect(account.holding(FUND)?.sellable).toBe(10)
  })

  it('refuses what it does not know', () => {
    const account = open()
    const unknown = place(account, 1, 'buy', 1, 1_000, instrumentId('999990'))
    expect(unknown).toEqual({ ok: false, error: { code: 'instrumentUnknown' } })
    expect(place(account, 1, 'buy', 0, 1_000)).toEqual({ ok: false, error: { code: 'quantityZero' } })
    expect(() => fill(account, 77, 1, 1_000)).toThrow(/order 77 is not an order of account/)
  })
})

describe('amend, cancel and refusal', () => {
  it('keeps the chain: buy 139, amend 140, cancel 141 with base 139', () => {
    const account = open()
    place(account, 139, 'buy', 5, 71_400)
    fill(account, 139, 2, 71_400)
    const amended = account.amend({
      number: 139,
      newNumber: 140,
      limit: price(71_300),
      quantity: quantity(0),
      at: 2,
    })
    expect(amended).toMatchObject({
      ok: true,
      value: {
        number: 140,
        action: 'amend',
        original: 139,
        base: 139,
        quantity: 3,
        open: 3,
        confirmed: 3,
        limit: 71_300,
      },
    })
    expect(account.order(139)).toMatchObject({
      filled: 2,
      open: 0,
      gone: 3,
      state: 'closed',
      note: 'replaced',
      hold: 0,
    })
    expect(account.balance().held).toBe(213_900 + 40)
    const cancelled = account.cancel({ number: 140, newNumber: 141, quantity: quantity(0), at: 3 })
    expect(cancelled).toMatchObject({
      ok: true,
      value: { number: 141, action: 'cancel', original: 140, base: 139, confirmed: 3 },
    })
    expect(account.order(140)).toMatchObject({ open: 0, gone: 3, state: 'closed', note: 'cancelled' })
    expect(account.balance().held).toBe(0)
    expect(account.orders().map(({ number }) => number)).toEqual([139, 140, 141])
  })

  it('counts commission anew under the number of the amend', () => {
    const account = open()
    place(account, 1, 'buy', 2, 50_000)
    fill(account, 1, 1, 50_000)
    account.amend({ number: 1, newNumber: 2, limit: price(50_100), quantity: quantity(0), at: 2 })
    // 7.5 won under each number: both are cut to 0.
    expect(fill(account, 2, 1, 50_100).commission).toBe(0)
    expect(account.totals().commission).toBe(0)
  })

  it('lets an amend use the cash of the order it replaces, and no more', () => {
    const account = open({ cash: krw(700_110) })
    place(account, 1, 'buy', 10, 70_000)
    const dearer = { number: 1, limit: price(70_100), quantity: quantity(0) }
    expect(account.checkAmend(dearer)).toEqual({
      ok: false,
      error: { code: 'cashShort', needed: 701_110, available: 700_110 },
    })
    expect(account.amend({ ...dearer, newNumber: 2, at: 2 }).ok).toBe(false)
    expect(account.order(1)).toMatchObject({ open: 10, state: 'open', hold: 700_110 })
    expect(account.amend({ ...dearer, limit: price(69_900), newNumber: 2, at: 3 }).ok).toBe(true)
  })

  it('moves or ends a part and leaves the rest', () => {
    const account = open({ holdings: [{ instrument: FUND, quantity: quantity(10), cost: krw(50_000) }] })
    place(account, 1, 'sell', 10, 5_000, FUND)
    account.amend({ number: 1, newNumber: 2, limit: price(4_995), quantity: quantity(4), at: 2 })
    account.cancel({ number: 1, newNumber: 3, quantity: quantity(5), at: 3 })
    expect(account.order(1)).toMatchObject({ open: 1, gone: 9, state: 'open' })
    expect(account.order(2)).toMatchObject({ open: 4, state: 'open' })
    expect(account.holding(FUND)?.sellable).toBe(5)
  })

  it('refuses to amend or cancel what is not open, with the numbers', () => {
    const account = open()
    place(account, 1, 'buy', 2, 50_000)
    const tooMuch = account.cancel({ number: 1, newNumber: 2, quantity: quantity(3), at: 2 })
    expect(tooMuch).toEqual({ ok: false, error: { code: 'nothingOpen', wanted: 3, open: 2 } })
    fill(account, 1, 2, 50_000)
    expect(account.amend({ number: 1, newNumber: 2, quantity: quantity(0), at: 2 }).ok).toBe(false)
    expect(account.checkAmend({ number: 9, quantity: quantity(0) })).toEqual({
      ok: false,
      error: { code: 'nothingOpen', wanted: 0, open: 0 },
    })
  })

  it('keeps an order the exchange refused in the list, with nothing held', () => {
    const account = open()
    place(account, 1, 'buy', 2, 50_000)
    expect(account.refuse(1, 'priceOutsideBand', 5)).toMatchObject({
      state: 'refused',
      open: 0,
      note: 'priceOutsideBand',
    })
    expect(account.balance().held).toBe(0)
    expect(account.orders()).toHaveLength(1)
  })

  it('breaks when more fills than is open, or a number comes twice', () => {
    const account = open()
    place(account, 1, 'buy', 2, 50_000)
    expect(() => fill(account, 1, 3, 50_000)).toThrow(/3 fill, 2 are open/)
    expect(() => place(account, 1, 'buy', 1, 50_000)).toThrow(/used twice/)
    expect(() => account.close(1, quantity(3), 'expired', 1)).toThrow(/only 2 are open/)
  })
})

type Step =
  | {
      readonly do: 'place'
      readonly side: Side
      readonly shares: number
      readonly limit: number | undefined
      readonly which: number
    }
  | {
      readonly do: 'fill' | 'cancel' | 'amend' | 'expire'
      readonly pick: number
      readonly shares: number
      readonly limit: number
    }

const steps = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant('place' as const),
      side: fc.constantFrom<Side>('buy', 'sell'),
      shares: fc.integer({ min: 1, max: 40 }),
      limit: fc.option(fc.integer({ min: 4_000, max: 92_300 }), { nil: undefined }),
      which: fc.integer({ min: 0, max: 2 }),
    }),
    fc.record({
      do: fc.constantFrom(
        'fill' as const,
        'fill' as const,
        'cancel' as const,
        'amend' as const,
        'expire' as const,
      ),
      pick: fc.nat(),
      shares: fc.integer({ min: 1, max: 40 }),
      limit: fc.integer({ min: 4_000, max: 92_300 }),
    }),
  ),
  { maxLength: 80 },
)

/** Plays the steps the way an exchange would: fills are never worse than the limit, nothing but what is open moves. */
function play(account: Account, script: readonly Step[], after: () => void): void {
  const ids = [KOSPI_STOCK, KOSDAQ_STOCK, FUND]
  let number = 0
  for (const step of script) {
    const working = account.orders().filter(({ open: left }) => left > 0)
    if (step.do === 'place') place(account, ++number, step.side, step.shares, step.limit, ids[step.which])
    else if (working.length > 0) {
      const order = working[step.pick % working.length] as (typeof working)[number]
      const shares = Math.min(order.open, step.shares)
      const worst = order.limit ?? (order.side === 'buy' ? 92_300 : 49_700)
      const each = order.side === 'buy' ? Math.min(worst, step.limit) : Math.max(worst, step.limit)
      if (step.do === 'fill') fill(account, order.number, shares, each)
      else if (step.do === 'expire') account.close(order.number, quantity(shares), 'expired', ++clock)
      else if (step.do === 'cancel')
        account.cancel({ number: order.number, newNumber: ++number, quantity: quantity(shares), at: ++clock })
      else if (order.limit !== undefined)
        account.amend({
          number: order.number,
          newNumber: ++number,
          limit: price(step.limit),
          quantity: quantity(shares),
          at: ++clock,
        })
    }
    after()
  }
}

const total = (values: readonly Money[]) => values.reduce<number>((all, each) => all + each, 0)

describe('laws of an account', () => {
  test.prop([steps, fc.integer({ min: 0, max: 3_000_000 })])(
    'cash, holds, shares and costs always agree',
    (script, cash) => {
      const before = [
        { instrument: KOSPI_STOCK, quantity: quantity(30), cost: krw(1_999_999), fees: krw(290) },
        { instrument: FUND, quantity: quantity(7), cost: krw(70_001) },
      ]
      const account = open({ cash: krw(cash), holdings: before })
      play(account, script, () => {
        const { d2, held, buyingPower } = account.balance()
        const orders = account.orders()
        const fills = account.fills()
        expect(d2 - held).toBeGreaterThanOrEqual(0)
        expect(buyingPower).toBe(d2 - held)
        expect(held).toBe(total(orders.map(({ hold }) => hold)))
        expect(d2).toBe(cash + total(fills.map(({ cashChange }) => cashChange)))
        for (const order of orders) {
          expect(order.quantity).toBe(order.filled + order.open + order.gone)
          expect(order.hold).toBeGreaterThanOrEqual(0)
          if (order.open === 0) expect(order.hold).toBe(0)
        }
        for (const each of fills) {
          const sign = each.side === 'buy' ? 1 : -1
          const rest = each.side === 'buy' ? 0 : each.value - each.cost
          expect(each.cashChange + sign * each.cost + each.commission + each.tax).toBe(rest)
        }
        for (const id of [KOSPI_STOCK, KOSDAQ_STOCK, FUND]) {
          const start = before.find(({ instrument }) => instrument === id)
          const mine = fills.filter(({ instrument }) => instrument === id)
          const flow = (pick: (each: (typeof mine)[number]) => number) =>
            mine.reduce((all, each) => all + (each.side === 'buy' ? 1 : -1) * pick(each), 0)
          const now = account.holding(id)
          expect(now?.quantity ?? 0).toBe((start?.quantity ?? 0) + flow((each) => each.quantity))
          expect(now?.cost ?? 0).toBe((start?.cost ?? 0) + flow((each) => each.cost))
          const bound = orders.filter((order) => order.instrument === id && order.side === 'sell')
          expect(now?.sellable ?? 0).toBe(
            (now?.quantity ?? 0) - bound.reduce((all, order) => all + order.open, 0),
          )
        }
      })
    },
  )
})
