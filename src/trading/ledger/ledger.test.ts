import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commissionSchedule } from '../../model/charges.ts'
import { conditionId, type InstrumentId, instrumentId, orderId } from '../../model/ids.ts'
import type { Instrument, InstrumentClass, Market } from '../../model/instrument.ts'
import { krw, type Money, price, quantity } from '../../model/money.ts'
import type { ExitKind, Fill, Order, Side } from '../../model/order.ts'
import type { AccountReport } from '../../model/order-report.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import { InvariantError } from '../../std/invariant.ts'
import type { Posting } from './entries.ts'
import { createLedger, type Ledger } from './ledger.ts'

const DAY = tradingDay('2026-11-20')
const NINE = kstInstant(DAY, timeOfDay('09:00'))
const SAMSUNG = instrumentId('005930')
const ECOPRO = instrumentId('086520')
const KODEX = instrumentId('069500')
const SCHEDULE = commissionSchedule({ broker: 'kiwoom', environment: 'live', venue: 'KRX', day: DAY })
const START = krw(100_000_000)

const listed = (id: InstrumentId, market: Market, of: InstrumentClass): Instrument => ({
  id,
  name: id,
  market,
  class: of,
  viGroup: 'wide',
})
const LISTINGS = new Map<InstrumentId, Instrument>([
  [SAMSUNG, listed(SAMSUNG, 'KOSPI', 'stock')],
  [ECOPRO, listed(ECOPRO, 'KOSDAQ', 'stock')],
  [KODEX, listed(KODEX, 'KOSPI', 'etf')],
])

const report = (cash: number, holdings: readonly [InstrumentId, number, number][] = []): AccountReport => ({
  kind: 'account',
  at: NINE,
  receivedAt: NINE,
  cash: krw(cash),
  buyingPower: krw(cash),
  holdings: holdings.map(([instrument, shares, cost]) => ({
    instrument,
    name: instrument,
    quantity: quantity(shares),
    sellable: quantity(shares),
    cost: krw(cost),
  })),
})

const create = () =>
  createLedger({ day: DAY, schedule: () => SCHEDULE, listing: (id: InstrumentId) => LISTINGS.get(id) })

const opened = (...holdings: readonly [InstrumentId, number, number][]): Ledger => {
  const ledger = create()
  ledger.open(report(START, holdings))
  return ledger
}

let count = 0

/** An order whose fills are posted one by one, each with the order as it was before. */
function trading(
  ledger: Ledger,
  side: Side,
  instrument: InstrumentId,
  shares: number,
  exit: ExitKind = 'stopLoss',
) {
  count++
  let order: Order = {
    id: orderId(`20261120-${String(count).padStart(6, '0')}`),
    instrument,
    venue: 'KRX',
    side,
    type: 'market',
    timeInForce: 'day',
    quantity: quantity(shares),
    purpose: side === 'buy' ? { to: 'enter', condition: conditionId('7') } : { to: 'exit', kind: exit },
    reason: side === 'buy' ? "조건 '돌파' 편입" : `이유 ${exit}`,
    status: 'working',
    filled: quantity(0),
    filledValue: krw(0),
    createdAt: NINE,
    updatedAt: NINE,
  }
  const fill = (each: number, part: number, at = NINE + count * 1_000): Posting => {
    const piece: Fill = {
      orderId: order.id,
      instrument,
      venue: 'KRX',
      side,
      price: price(each),
      quantity: quantity(part),
      cumulative: quantity(order.filled + part),
      at,
    }
    const posting = ledger.post(piece, order)
    order = {
      ...order,
      filled: quantity(order.filled + part),
      filledValue: krw(order.filledValue + each * part),
    }
    return posting
  }
  return { fill, order: () => order }
}

describe('a buy and its sale', () => {
  // 100 × 71,500 = 7,150,000; commission 0.015 % = 1,072.5, cut below 10 won = 1,070 (Kiwoom fee notice).
  it('takes value and commission from cash and holds the shares at cost', () => {
    const ledger = opened()
    trading(ledger, 'buy', SAMSUNG, 100).fill(71_500, 100, NINE + 5_000)
    expect(ledger.cash).toBe(100_000_000 - 7_150_000 - 1_070)
    expect(ledger.commission).toBe(1_070)
    expect(ledger.realizedPnl).toBe(0)
    expect(ledger.positions.get(SAMSUNG)).toEqual({
      instrument: SAMSUNG,
      quantity: 100,
      cost: 7_150_000,
      fees: 1_070,
      openedAt: NINE + 5_000,
      condition: '7',
    })
  })

  // 100 × 72,000 = 7,200,000; commission 1,080; tax 2026 KOSPI 0.05 % + 0.15 % = 3,600 + 10,800 (증권거래세법 시행령).
  it('closes a round trip with its fees and tax', () => {
    const ledger = opened()
    trading(ledger, 'buy', SAMSUNG, 100).fill(71_500, 100, NINE + 1)
    trading(ledger, 'sell', SAMSUNG, 100, 'takeProfit').fill(72_000, 100, NINE + 2)
    expect(ledger.positions.size).toBe(0)
    expect(ledger.tax).toBe(14_400)
    expect(ledger.commission).toBe(2_150)
    expect(ledger.realizedPnl).toBe(7_200_000 - 7_150_000 - 1_070 - 1_080 - 14_400)
    expect(ledger.cash).toBe(100_000_000 + 33_450)
    expect(ledger.roundTrips).toEqual([
      {
        instrument: SAMSUNG,
        quantity: 100,
        buyValue: 7_150_000,
        sellValue: 7_200_000,
        buyFees: 1_070,
        sellFees: 1_080,
        tax: 14_400,
        realizedPnl: 33_450,
        openedAt: NINE + 1,
        closedAt: NINE + 2,
        entry: "조건 '돌파' 편입",
        exit: 'takeProfit',
        exitReason: '이유 takeProfit',
      },
    ])
    expect(ledger.lastSale(SAMSUNG)).toEqual({ at: NINE + 2, pnl: 33_450 })
  })

  // 60 × 71,500 = 4,290,000 → 643.5 → 640; with the other 40 the order owes 1,070, so the second fill owes 430.
  it('counts commission over the order, not over each fill', () => {
    const ledger = opened()
    const buy = trading(ledger, 'buy', SAMSUNG, 100)
    buy.fill(71_500, 60)
    expect(ledger.commission).toBe(640)
    buy.fill(71_500, 40)
    expect(ledger.commission).toBe(1_070)
    expect(ledger.positions.get(SAMSUNG)?.fees).toBe(1_070)
  })

  // Three fills of 7 × 9,990 = 69,930 each. KOSPI: securities 0.05 % of 69,930 = 34.965, of 139,860 = 69.93,
  // of 209,790 = 104.895; agricultural 0.15 % = 104.895, 209.79, 314.685. Cut separately: 138, 278, 418.
  it('counts each part of the tax over the order', () => {
    const ledger = opened([SAMSUNG, 21, 210_000])
    const sale = trading(ledger, 'sell', SAMSUNG, 21)
    const taxes = [7, 7, 7].map((part) => {
      sale.fill(9_990, part)
      return ledger.tax
    })
    expect(taxes).toEqual([138, 278, 418])
  })

  it.each([
    [SAMSUNG, 2_000],
    [ECOPRO, 2_000],
    [KODEX, 0],
  ])('takes the tax of its market and class from a sale of %s', (id, tax) => {
    const ledger = opened([id, 100, 1_000_000])
    trading(ledger, 'sell', id, 100).fill(10_000, 100)
    expect(ledger.tax).toBe(tax)
  })

  // 10 shares for 100,003 won: 3 of them cost floor(30,000.9) = 30,000; of the 7 left, 3 more cost floor(30,001.28…).
  it('lets cost leave in proportion, cut towards zero, and the last share takes the rest', () => {
    const ledger = opened([KODEX, 10, 100_003])
    trading(ledger, 'sell', KODEX, 3).fill(10_000, 3)
    expect(ledger.positions.get(KODEX)).toMatchObject({ quantity: 7, cost: 70_003 })
    trading(ledger, 'sell', KODEX, 3).fill(10_000, 3)
    expect(ledger.positions.get(KODEX)).toMatchObject({ quantity: 4, cost: 40_002 })
    trading(ledger, 'sell', KODEX, 4).fill(10_000, 4)
    expect(ledger.roundTrips[0]).toMatchObject({ quantity: 10, buyValue: 100_003, sellValue: 100_000 })
  })

  it('gathers partial sales into one round trip with the last reason', () => {
    const ledger = opened()
    const buy = trading(ledger, 'buy', SAMSUNG, 10)
    buy.fill(10_000, 4, NINE + 1)
    buy.fill(10_100, 6, NINE + 2)
    trading(ledger, 'sell', SAMSUNG, 4, 'takeProfit').fill(10_500, 4, NINE + 3)
    expect(ledger.roundTrips).toEqual([])
    trading(ledger, 'sell', SAMSUNG, 6, 'trailing').fill(10_300, 6, NINE + 4)
    expect(ledger.roundTrips).toMatchObject([
      {
        quantity: 10,
        buyValue: 100_600,
        sellValue: 103_800,
        openedAt: NINE + 1,
        closedAt: NINE + 4,
        exit: 'trailing',
      },
    ])
    expect(ledger.roundTrips[0]?.realizedPnl).toBe(ledger.realizedPnl)
  })

  it('begins a new round trip after the position was flat', () => {
    const ledger = opened()
    for (const each of [10_000, 11_000]) {
      trading(ledger, 'buy', SAMSUNG, 1).fill(each, 1)
      trading(ledger, 'sell', SAMSUNG, 1).fill(each + 100, 1)
    }
    expect(ledger.roundTrips.map(({ buyValue }) => buyValue)).toEqual([10_000, 11_000])
  })

  it('counts the whole trip so far as the last sale, so that a loss stays a loss', () => {
    const ledger = opened([KODEX, 2, 20_000])
    trading(ledger, 'sell', KODEX, 1).fill(9_000, 1, NINE + 1)
    trading(ledger, 'sell', KODEX, 1).fill(10_100, 1, NINE + 2)
    expect(ledger.lastSale(KODEX)).toEqual({ at: NINE + 2, pnl: -900 })
    expect(ledger.lastSale(SAMSUNG)).toBeUndefined()
  })
})

describe('holds', () => {
  it('lower buying power and leave cash alone', () => {
    const ledger = opened()
    ledger.hold(orderId('a'), krw(3_000_000))
    ledger.hold(orderId('b'), krw(1_000_000))
    ledger.hold(orderId('a'), krw(2_000_000))
    expect([ledger.cash, ledger.held, ledger.buyingPower]).toEqual([100_000_000, 3_000_000, 97_000_000])
    ledger.release(orderId('a'))
    ledger.release(orderId('a'))
    expect([ledger.held, ledger.buyingPower]).toEqual([1_000_000, 99_000_000])
  })

  it('shrink with the shares that came and are gone with the last one', () => {
    const ledger = opened()
    const buy = trading(ledger, 'buy', SAMSUNG, 3)
    ledger.hold(buy.order().id, krw(30_010))
    buy.fill(10_000, 1)
    expect(ledger.held).toBe(30_010 - 10_003)
    buy.fill(10_000, 1)
    expect(ledger.held).toBe(30_010 - 10_003 - 10_003)
    buy.fill(10_000, 1)
    expect(ledger.held).toBe(0)
    expect(ledger.buyingPower).toBe(ledger.cash)
  })

  it('are never negative', () => {
    expect(() => opened().hold(orderId('a'), krw(-1))).toThrow(InvariantError)
  })
})

describe('a delisting', () => {
  const bought = () => {
    const ledger = opened()
    trading(ledger, 'buy', SAMSUNG, 100).fill(71_500, 100, NINE + 1)
    return ledger
  }

  // Bought for 7,150,000 with 1,070 of commission: both are lost, and no won is paid for it.
  it('without a payment loses cost and buy fees, and costs nothing more', () => {
    const ledger = bought()
    const posting = ledger.delist(SAMSUNG, price(0), NINE + 2, '상장폐지')
    expect(posting).toEqual({
      kind: 'delisting',
      at: NINE + 2,
      memo: '상장폐지',
      entries: [
        { account: 'cash', amount: 0 },
        { account: 'commission', amount: 0 },
        { account: 'tax', amount: 0 },
        { account: 'shares', amount: -7_150_000, instrument: SAMSUNG },
        { account: 'gains', amount: 7_150_000 },
      ],
    })
    expect(ledger.positions.size).toBe(0)
    expect(ledger.cash).toBe(100_000_000 - 7_150_000 - 1_070)
    expect([ledger.realizedPnl, ledger.commission, ledger.tax]).toEqual([-7_151_070, 1_070, 0])
    expect(Object.values(ledger.balances).reduce((sum, each) => sum + each, 0)).toBe(0)
    expect(ledger.roundTrips).toMatchObject([
      { quantity: 100, buyValue: 7_150_000, sellValue: 0, realizedPnl: -7_151_070, exit: 'delisting' },
    ])
    expect(ledger.lastSale(SAMSUNG)).toEqual({ at: NINE + 2, pnl: -7_151_070 })
  })

  // 40 of the 100 sold at 72,000 = 2,880,000, commission 432 → 430, tax 1,440 + 4,320 = 5,760; buy fees 1,070 × 0.4 = 428.
  // 60 × 90,000 = 5,400,000 for the rest. 8,280,000 − 7,150,000 − 1,070 − 430 − 5,760 = 1,122,740.
  it('with so much a share closes what was sold in part before, in one round trip', () => {
    const ledger = bought()
    trading(ledger, 'sell', SAMSUNG, 40).fill(72_000, 40, NINE + 2)
    ledger.delist(SAMSUNG, price(90_000), NINE + 3, '합병')
    expect(ledger.cash).toBe(100_000_000 + 1_122_740)
    expect(ledger.realizedPnl).toBe(1_122_740)
    expect(ledger.roundTrips).toMatchObject([
      { quantity: 100, sellValue: 8_280_000, sellFees: 430, tax: 5_760, realizedPnl: 1_122_740 },
    ])
  })

  it('of what is not held is nothing', () => {
    expect(opened().delist(SAMSUNG, price(0), NINE, '상장폐지')).toBeUndefined()
  })
})

describe('what breaks an invariant', () => {
  it('a sale of more than is held, and of nothing held', () => {
    const ledger = opened([SAMSUNG, 5, 50_000])
    expect(() => trading(ledger, 'sell', SAMSUNG, 6).fill(10_000, 6)).toThrow(InvariantError)
    expect(() => trading(ledger, 'sell', ECOPRO, 1).fill(10_000, 1)).toThrow(InvariantError)
    expect(ledger.positions.get(SAMSUNG)?.quantity).toBe(5)
    expect(ledger.cash).toBe(START)
  })

  it('a fill that was booked before, belongs to another order, or exceeds its order', () => {
    const ledger = opened()
    const buy = trading(ledger, 'buy', SAMSUNG, 10)
    buy.fill(10_000, 4)
    const order = buy.order()
    const again: Fill = {
      orderId: order.id,
      instrument: SAMSUNG,
      venue: 'KRX',
      side: 'buy',
      price: price(10_000),
      quantity: quantity(4),
      cumulative: quantity(4),
      at: NINE,
    }
    expect(() => ledger.post(again, order)).toThrow(InvariantError)
    expect(() => ledger.post({ ...again, orderId: orderId('x') }, order)).toThrow(InvariantError)
    expect(() => ledger.post({ ...again, side: 'sell', cumulative: quantity(8) }, order)).toThrow(
      InvariantError,
    )
    expect(() => ledger.post({ ...again, quantity: quantity(7), cumulative: quantity(11) }, order)).toThrow(
      InvariantError,
    )
  })

  it('opening twice, a fill before the opening, and an account that names an instrument twice', () => {
    const ledger = opened()
    expect(() => ledger.open(report(1))).toThrow(InvariantError)
    expect(() => trading(create(), 'buy', SAMSUNG, 1).fill(10_000, 1)).toThrow(InvariantError)
    const twice = report(1, [
      [SAMSUNG, 21, 1],
      [SAMSUNG, 21, 1],
    ])
    expect(() => create().open(twice)).toThrow(InvariantError)
  })
})

describe('the day begins', () => {
  it('with the broker’s cash and holdings', () => {
    const ledger = opened([SAMSUNG, 10, 715_000], [KODEX, 0, 0])
    expect(ledger.cash).toBe(START)
    expect([...ledger.positions.values()]).toEqual([
      { instrument: SAMSUNG, quantity: 10, cost: 715_000, fees: 0, openedAt: NINE },
    ])
    expect(ledger.equity((id) => price(id === SAMSUNG ? 72_000 : 0))).toBe(100_720_000)
    expect(ledger.equity(() => price(0))).toBe(100_715_000)
    expect(ledger.realizedPnl).toBe(0)
  })
})

describe('the broker’s word', () => {
  const differing = () => {
    const ledger = opened([SAMSUNG, 10, 715_000], [ECOPRO, 5, 500_000])
    return {
      ledger,
      word: report(99_999_000, [
        [SAMSUNG, 8, 572_000],
        [KODEX, 3, 90_000],
      ]),
    }
  }

  it('is equal to the won and the share', () => {
    const ledger = opened([SAMSUNG, 10, 715_000])
    expect(ledger.reconcile(report(START, [[SAMSUNG, 10, 715_000]]))).toEqual([])
    expect(ledger.adopt(report(START, [[SAMSUNG, 10, 715_000]]), '확인')).toBeUndefined()
  })

  it('is compared number by number and not adopted', () => {
    const { ledger, word } = differing()
    const before = JSON.stringify(ledger.snapshot())
    expect(ledger.reconcile(word)).toEqual([
      { of: 'cash', what: 'cash', ours: 100_000_000, theirs: 99_999_000 },
      { of: 'quantity', instrument: SAMSUNG, what: 'quantity 005930', ours: 10, theirs: 8 },
      { of: 'cost', instrument: SAMSUNG, what: 'cost 005930', ours: 715_000, theirs: 572_000 },
      { of: 'quantity', instrument: ECOPRO, what: 'quantity 086520', ours: 5, theirs: 0 },
      { of: 'cost', instrument: ECOPRO, what: 'cost 086520', ours: 500_000, theirs: 0 },
      { of: 'quantity', instrument: KODEX, what: 'quantity 069500', ours: 0, theirs: 3 },
      { of: 'cost', instrument: KODEX, what: 'cost 069500', ours: 0, theirs: 90_000 },
    ])
    expect(JSON.stringify(ledger.snapshot())).toBe(before)
  })

  it('is adopted by one dated, balanced correction with its reason', () => {
    const { ledger, word } = differing()
    const posting = ledger.adopt(word, 'HTS에서 매도')
    expect(posting).toMatchObject({ kind: 'correction', at: NINE, memo: '증권사 잔고로 정정: HTS에서 매도' })
    expect(posting?.entries).toEqual([
      { account: 'cash', amount: -1_000 },
      { account: 'shares', amount: -143_000, instrument: SAMSUNG },
      { account: 'shares', amount: -500_000, instrument: ECOPRO },
      { account: 'shares', amount: 90_000, instrument: KODEX },
      { account: 'corrections', amount: 554_000 },
    ])
    expect(ledger.reconcile(word)).toEqual([])
    expect([...ledger.positions.keys()]).toEqual([SAMSUNG, KODEX])
    expect(ledger.realizedPnl).toBe(0)
  })

  it('closes the trip of a half-sold position that is gone', () => {
    const ledger = opened([KODEX, 4, 40_000])
    trading(ledger, 'sell', KODEX, 1).fill(11_000, 1)
    ledger.adopt(report(ledger.cash + 33_000), 'HTS에서 매도')
    expect(ledger.positions.size).toBe(0)
    expect(ledger.roundTrips).toMatchObject([
      { instrument: KODEX, quantity: 1, sellValue: 11_000, exit: 'manual' },
    ])
  })
})

describe('random days', () => {
  const IDS = [SAMSUNG, ECOPRO, KODEX] as const
  const deal = fc.record({
    which: fc.nat(2),
    sell: fc.boolean(),
    fills: fc.array(fc.tuple(fc.integer({ min: 100, max: 99_999 }), fc.integer({ min: 1, max: 500 })), {
      minLength: 1,
      maxLength: 4,
    }),
  })
  const day = fc.array(deal, { maxLength: 25 })

  interface Done {
    readonly id: InstrumentId
    readonly side: Side
    readonly fills: readonly (readonly [number, number])[]
  }

  /** Plays a day, cutting sales down to what is held; gives what really was traded, and every posting. */
  const play = (
    ledger: Ledger,
    deals: readonly (typeof day extends fc.Arbitrary<(infer D)[]> ? D : never)[],
  ) => {
    const done: Done[] = []
    const postings: Posting[] = []
    for (const { which, sell, fills } of deals) {
      const id = IDS[which] as InstrumentId
      let left = sell ? (ledger.positions.get(id)?.quantity ?? 0) : Number.POSITIVE_INFINITY
      const real = fills.flatMap(([each, shares]) => {
        const part = Math.min(shares, left)
        left -= part
        return part > 0 ? [[each, part] as const] : []
      })
      if (real.length === 0) continue
      const total = real.reduce((sum, [, shares]) => sum + shares, 0)
      const order = trading(ledger, sell ? 'sell' : 'buy', id, total)
      for (const [each, part] of real) postings.push(order.fill(each, part))
      done.push({ id, side: sell ? 'sell' : 'buy', fills: real })
    }
    return { done, postings }
  }

  const worthOf = ({ fills }: Done) => fills.reduce((sum, [each, shares]) => sum + BigInt(each * shares), 0n)
  const fee = (value: bigint) => (value * 15n) / 100_000n / 10n
  const taxOf = ({ id, side }: Done, value: bigint) => {
    if (side === 'buy' || id === KODEX) return 0n
    return id === SAMSUNG ? (value * 5n) / 10_000n + (value * 15n) / 10_000n : (value * 20n) / 10_000n
  }

  it('keep every posting and the trial balance at zero', () => {
    fc.assert(
      fc.property(day, (deals) => {
        const ledger = opened([SAMSUNG, 300, 21_450_000])
        const { postings } = play(ledger, deals)
        for (const { entries } of postings)
          expect(entries.reduce((sum, { amount }) => sum + amount, 0)).toBe(0)
        expect(Object.values(ledger.balances).reduce((sum, amount) => sum + amount, 0)).toBe(0)
        const cost = [...ledger.positions.values()].reduce((sum, position) => sum + position.cost, 0)
        expect(ledger.balances.shares).toBe(cost)
        for (const position of ledger.positions.values()) {
          expect(position.quantity).toBeGreaterThan(0)
          expect(position.cost).toBeGreaterThanOrEqual(0)
          expect(position.fees).toBeGreaterThanOrEqual(0)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('give the cash, fees, tax and shares of a plain recount of whole orders', () => {
    fc.assert(
      fc.property(day, (deals) => {
        const ledger = opened([SAMSUNG, 300, 21_450_000])
        const { done } = play(ledger, deals)
        let [cash, commission, tax] = [BigInt(START), 0n, 0n]
        const shares = new Map<InstrumentId, number>([[SAMSUNG, 300]])
        for (const one of done) {
          const value = worthOf(one)
          cash += one.side === 'buy' ? -value : value
          commission += fee(value) * 10n
          tax += taxOf(one, value)
          const traded = one.fills.reduce((sum, [, part]) => sum + part, 0)
          shares.set(one.id, (shares.get(one.id) ?? 0) + (one.side === 'buy' ? traded : -traded))
        }
        expect(BigInt(ledger.cash)).toBe(cash - commission - tax)
        expect(BigInt(ledger.commission)).toBe(commission)
        expect(BigInt(ledger.tax)).toBe(tax)
        for (const id of IDS) expect(ledger.positions.get(id)?.quantity ?? 0).toBe(shares.get(id) ?? 0)
      }),
      { numRuns: 150 },
    )
  })

  it('create and lose no won: the result is cash, cost and carried fees less what there was', () => {
    fc.assert(
      fc.property(day, (deals) => {
        const ledger = opened([SAMSUNG, 300, 21_450_000])
        play(ledger, deals)
        const carried = [...ledger.positions.values()].reduce((sum, { cost, fees }) => sum + cost + fees, 0)
        expect(ledger.cash + carried - START - 21_450_000).toBe(ledger.realizedPnl)
        const trips = ledger.roundTrips.reduce((sum, trip) => sum + trip.realizedPnl, 0)
        if (ledger.positions.size === 0) expect(trips).toBe(ledger.realizedPnl)
      }),
      { numRuns: 150 },
    )
  })

  it('go on from a snapshot as if nothing had happened', () => {
    fc.assert(
      fc.property(day, day, (before, after) => {
        const first = opened([SAMSUNG, 300, 21_450_000])
        play(first, before)
        first.hold(orderId('kept'), krw(12_345) as Money)
        const second = create()
        second.restore(JSON.parse(JSON.stringify(first.snapshot())))
        const base = count
        play(first, after)
        count = base
        play(second, after)
        expect(second.snapshot()).toEqual(first.snapshot())
        expect(second.held).toBe(first.held)
        expect([...second.positions]).toEqual([...first.positions])
      }),
      { numRuns: 60 },
    )
  })
})

describe('what is not settled', () => {
  const SETTLING = { today: krw(100_000_000), d1: krw(99_000_000), d2: krw(100_000_000) }

  it('is what the broker began with, and the trades of the day on the second trading day after it', () => {
    const ledger = create()
    ledger.open({ ...report(START), settlement: SETTLING })
    trading(ledger, 'buy', SAMSUNG, 100).fill(71_500, 100)
    trading(ledger, 'sell', SAMSUNG, 50).fill(72_000, 50)
    const sold = 100_000_000 - 7_151_070 - ledger.cash
    // 2026-11-20 is a Friday.
    expect(ledger.unsettled()).toEqual([
      { settles: '2026-11-23', bought: 1_000_000, sold: 0 },
      { settles: '2026-11-24', bought: 7_151_070, sold: 1_000_000 - sold },
    ])
    const [first, second] = ledger.unsettled()
    expect(
      SETTLING.today + [first, second].reduce((sum, row) => sum + (row?.sold ?? 0) - (row?.bought ?? 0), 0),
    ).toBe(ledger.cash)
  })

  it('is not known while the broker does not say, and survives a restart', () => {
    expect(opened().unsettled()).toEqual([])
    const ledger = create()
    ledger.open({ ...report(START), settlement: SETTLING })
    trading(ledger, 'buy', SAMSUNG, 100).fill(71_500, 100)
    const again = create()
    again.restore(JSON.parse(JSON.stringify(ledger.snapshot())))
    expect(again.unsettled()).toEqual(ledger.unsettled())
  })
})
