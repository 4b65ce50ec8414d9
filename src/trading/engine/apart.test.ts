import { describe, expect, it } from 'vitest'
import { instrumentId } from '../../model/ids.ts'
import { krw, quantity } from '../../model/money.ts'
import type { VenueOrder } from '../../ports/execution-client.ts'
import type { Effect } from './effects.ts'
import { type Morning, morning, placed } from './testing/morning.ts'

const CASH = 50_000_000
const CODE = '000001'
const OTHER = '000002'
const NUMBER = '0000900'

/** The broker's truth: what it holds and how much of its cash is not ours. */
interface Truth {
  /** Shares it has more than we were told of. */
  readonly more: number
  readonly code?: string
  /** Won per share of those. */
  readonly at?: number
  /** Won that nobody traded for. */
  readonly deposit?: number
}

const sharesOf = (day: Morning, code = CODE): number =>
  day.trader.view('').positions.find(({ instrument }) => instrument === code)?.quantity ?? 0

/** The account as it is when others have traded: our own books, moved. */
const account = (day: Morning, ...truths: readonly Truth[]): readonly Effect[] => {
  const { positions, cash } = day.trader.view('')
  const held = new Map(
    positions.map(({ instrument, quantity: shares }) => [String(instrument), Number(shares)]),
  )
  let won = Number(cash)
  for (const { more, code = CODE, at = 10_000, deposit = 0 } of truths) {
    held.set(code, (held.get(code) ?? 0) + more)
    won += deposit - more * at
  }
  return day.feed({
    kind: 'account',
    cash: krw(won),
    buyingPower: krw(won),
    holdings: [...held].flatMap(([code, shares]) =>
      shares === 0
        ? []
        : [
            {
              instrument: instrumentId(code),
              name: '',
              quantity: quantity(shares),
              sellable: quantity(shares),
              cost: krw(shares * 10_000),
            },
          ],
    ),
  })
}

const byHand = (day: Morning, side: 'buy' | 'sell', shares: number, code = CODE): VenueOrder => {
  const order = { kind: 'limit', from: 'last', ticks: side === 'sell' ? 20 : -20 } as const
  const [made] = placed(
    day.operator({ do: 'order', instrument: instrumentId(code), side, quantity: quantity(shares), order }),
  )
  if (!made) throw new Error('the order was refused')
  return made
}

/** A position of 99 shares, and an order of ours in the same stock that rests at the venue. */
const resting = (side: 'buy' | 'sell', shares: number) => {
  const day = morning().cash(CASH).at('09:01')
  const { quantity: held } = day.hold(CODE, 10_000)
  const order = byHand(day, side, shares)
  day.accept(order.orderId, NUMBER)
  /** The venue's list says that it lives, with the fills we know. */
  const answer = () => day.accept(order.orderId, NUMBER)
  return { day, held, order, answer }
}

const urgent = (effects: readonly Effect[]): string[] =>
  effects.flatMap((e) => (e.do === 'tell' && e.happening.level === 'urgent' ? [e.happening.en] : []))

describe('shares traded by another hand while an order of ours is open', () => {
  it('come into the books when the list has spoken, and the stop sells them with the rest', () => {
    const { day, held, order, answer } = resting('sell', 40)
    day.until('09:01:30')
    account(day, { more: 10 })
    day.until('09:01:41')
    answer()
    account(day.until('09:01:50'), { more: 10 })
    expect(sharesOf(day)).toBe(held + 10)
    const effects = day.trade(CODE, 9_600)
    expect(effects).toContainEqual(
      expect.objectContaining({ do: 'cancel', order: expect.objectContaining({ orderId: order.orderId }) }),
    )
    expect(placed(effects)).toMatchObject([{ side: 'sell', type: 'market', quantity: held + 10 - 40 }])
    expect(placed(day.closed(order.orderId))).toMatchObject([{ side: 'sell', quantity: 40 }])
  })

  it('leave the books, and the stop sells what is left', () => {
    const { day, held, answer } = resting('sell', 40)
    day.until('09:01:30')
    account(day, { more: -30 })
    day.until('09:01:41')
    answer()
    account(day.until('09:01:50'), { more: -30 })
    expect(sharesOf(day)).toBe(held - 30)
    expect(placed(day.trade(CODE, 9_600))).toMatchObject([{ side: 'sell', quantity: held - 30 - 40 }])
  })

  it('are asked about at once, and the account again within ten seconds', () => {
    const { day, order } = resting('sell', 40)
    day.until('09:01:30')
    const asked = account(day, { more: 10 }).flatMap((e) => (e.do === 'ask' ? [e.order.orderId] : []))
    expect(asked).toEqual([order.orderId])
    const before = day.effects.length
    day.until('09:01:41')
    expect(day.effects.slice(before)).toContainEqual({ do: 'askAccount' })
  })

  it('are looked for again within ten seconds when a fill crossed the account', () => {
    const { day, order } = resting('buy', 40)
    day.until('09:01:30')
    day.fill(order.orderId, 5, 10_000)
    account(day, { more: 10 })
    const before = day.effects.length
    day.until('09:01:41')
    expect(day.effects.slice(before)).toContainEqual({ do: 'askAccount' })
  })

  it('wait for the list while it is silent, and a minute when no open share of ours can be them', () => {
    const { day, held } = resting('sell', 40)
    day.until('09:01:30')
    account(day, { more: 10 })
    account(day.until('09:02:25'), { more: 10 })
    expect(sharesOf(day)).toBe(held)
    account(day.until('09:02:31'), { more: 10 })
    expect(sharesOf(day)).toBe(held + 10)
  })

  it('are believed although the user paid in before', () => {
    const { day, held, answer } = resting('sell', 40)
    const deposit = 3_000_000
    account(day.until('09:01:20'), { more: 0, deposit })
    account(day.until('09:01:50'), { more: 10, deposit })
    day.until('09:02:02')
    answer()
    account(day.until('09:02:12'), { more: 10, deposit })
    expect(sharesOf(day)).toBe(held + 10)
  })
})

it('an account that was empty once does not hide what another hand trades later', () => {
  const day = morning().cash(CASH).at('09:01')
  day.describe(CODE, 10_000)
  day.until('09:01:30').feed({ kind: 'account', cash: krw(0), buyingPower: krw(0), holdings: [] })
  account(day.until('09:02'), { more: 10 })
  account(day.until('09:02:21'), { more: 10 })
  expect(sharesOf(day)).toBe(10)
})

it('shares missing from an answer that failed begin to be missing when they were paid for', () => {
  const day = morning().cash(CASH).at('09:01')
  const { quantity: held } = day.hold(CODE, 10_000)
  account(day.until('09:01:30'), { more: -held, at: 0 })
  account(day.until('09:02'), { more: -held })
  expect(sharesOf(day)).toBe(held)
  account(day.until('09:02:21'), { more: -held })
  expect(sharesOf(day)).toBe(0)
})

it('shares that another hand sold are missed although our sale of all of them is refused again and again', () => {
  const { day, held, order } = resting('sell', 99)
  const error = { kind: 'rejected', code: 'RC4025', text: '매도가능수량 부족' } as const
  day.feed({ kind: 'rejected', orderId: order.orderId, error })
  account(day.until('09:01:05'), { more: -30 })
  account(day.until('09:01:26'), { more: -30 })
  expect(sharesOf(day)).toBe(held - 30)
})

describe('a fill of ours that we have not heard of', () => {
  it.each([
    ['of a buy', 'buy', 10],
    ['of a sale', 'sell', -10],
  ] as const)('%s is counted once, however late it is told', (_, side, more) => {
    const { day, held, order } = resting(side, 40)
    for (let minute = 2; minute < 9; minute++) account(day.until(`09:0${minute}`), { more })
    expect(sharesOf(day)).toBe(held)
    day.fill(order.orderId, 10, 10_000)
    expect(sharesOf(day)).toBe(held + more)
    expect(urgent(account(day.until('09:09:30'), { more: 0 }))).toEqual([])
    expect(day.trader.view('').corrections).toBe(0)
  })

  it('is not proved absent by a list that lags behind the account', () => {
    const { day, held, order, answer } = resting('buy', 40)
    day.until('09:01:30')
    account(day, { more: 10 })
    day.until('09:01:32')
    answer()
    account(day.until('09:01:55'), { more: 10 })
    expect(sharesOf(day)).toBe(held)
    answer()
    day.fill(order.orderId, 10, 10_000)
    expect(sharesOf(day)).toBe(held + 10)
  })

  it('is not counted again when the account was read before it', () => {
    const { day, held, order, answer } = resting('buy', 40)
    // Asked at 09:01:30; the fill overtakes the answer, which does not have it.
    day.until('09:01:31')
    day.fill(order.orderId, 10, 10_000)
    account(day, { more: -10 })
    day.until('09:01:45')
    answer()
    account(day.until('09:02:05'), { more: 0 })
    expect(sharesOf(day)).toBe(held + 10)
    expect(day.trader.view('').corrections).toBe(0)
  })

  it('is not the difference of answers that had failed before the order was made', () => {
    const day = morning().cash(CASH).at('09:01')
    const { quantity: held } = day.hold(CODE, 10_000)
    for (const time of ['09:01:30', '09:01:40', '09:01:50', '09:02'])
      account(day.until(time), { more: -held, at: 0 })
    const [sale] = placed(day.trade(CODE, 9_600))
    if (!sale) throw new Error('a stop is expected')
    day.accept(sale.orderId, NUMBER)
    account(day.until('09:02:20'), { more: -held, at: 9_600 })
    expect(day.trader.view('').corrections).toBe(0)
    day.fill(sale.orderId, held, 9_600)
    expect(sharesOf(day)).toBe(0)
    expect(day.trader.view('').corrections).toBe(0)
  })

  it('is waited for when its order ended just before', () => {
    const { day, held, order } = resting('buy', 40)
    day.until('09:01:30')
    account(day, { more: 10 })
    day.until('09:01:40')
    day.closed(order.orderId)
    account(day.until('09:01:55'), { more: 10 })
    expect(sharesOf(day)).toBe(held)
    day.fill(order.orderId, 10, 10_000)
    expect(sharesOf(day)).toBe(held + 10)
  })

  it('in one stock holds back the correction of another, whose cash it would spoil', () => {
    const { day, held, order } = resting('buy', 40)
    day.describe(OTHER, 10_000)
    const truths = [{ more: 10 }, { more: 5, code: OTHER }]
    for (let minute = 2; minute < 5; minute++) account(day.until(`09:0${minute}`), ...truths)
    expect([sharesOf(day), sharesOf(day, OTHER)]).toEqual([held, 0])
    day.fill(order.orderId, 10, 10_000)
    const { cash } = day.trader.view('')
    account(day.until('09:05'), { more: 5, code: OTHER })
    account(day.until('09:05:30'), { more: 5, code: OTHER })
    expect([sharesOf(day), sharesOf(day, OTHER)]).toEqual([held + 10, 5])
    expect(day.trader.view('').cash).toBe(cash - 50_000)
  })
})

describe('shares that nobody paid for', () => {
  it.each([
    ['alone', [{ more: 21, at: 0, code: OTHER }]],
    ['beside a sale by hand', [{ more: 21, at: 0, code: OTHER }, { more: -1 }]],
    ['although a deposit came at once', [{ more: 21, at: 0, code: OTHER, deposit: 1_000_000 }]],
  ])('do not enter the books, %s', (_, truths: readonly Truth[]) => {
    const day = morning().cash(CASH).at('09:01')
    const { quantity: held } = day.hold(CODE, 10_000)
    day.describe(OTHER, 10_000)
    for (let minute = 2; minute < 9; minute++) account(day.until(`09:0${minute}`), ...truths)
    expect([sharesOf(day), sharesOf(day, OTHER)]).toEqual([held, 0])
  })
})
