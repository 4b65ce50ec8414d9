import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  adjustedBase,
  adjustedHolding,
  adjustedLimit,
  adjustedPrice,
  type CorporateAction,
  type Delisting,
  guessedAction,
  isLiquidation,
} from './corporate-action.ts'
import { instrumentId } from './ids.ts'
import type { Instrument } from './instrument.ts'
import { krw, price, quantity } from './money.ts'
import { tradingDay } from './time.ts'

const ID = instrumentId('005930')
const FROM = tradingDay('2026-11-20')
const LISTING: Instrument = { id: ID, name: '시험', market: 'KOSPI', class: 'stock', viGroup: 'wide' }
const of = { instrument: ID, from: FROM }
const half = { numerator: 1, denominator: 2 }
const split = (into: number): CorporateAction => ({ ...of, kind: 'split', into })
const merger = (count: number): CorporateAction => ({ ...of, kind: 'reverseSplit', of: count })
const bonus = (numerator: number, denominator: number): CorporateAction => ({
  ...of,
  kind: 'bonusIssue',
  ratio: { numerator, denominator },
})
const rights = (subscribed?: number): CorporateAction => ({
  ...{ ...of, kind: 'rightsIssue', ratio: half },
  issuePrice: price(8_000),
  closeBefore: price(11_000),
  ...(subscribed === undefined ? {} : { subscribed: quantity(subscribed) }),
})
const dividend: CorporateAction = { ...of, kind: 'cashDividend' }
const spinOff: CorporateAction = { ...of, kind: 'spinOff' }
const delisting: Delisting = { ...of, kind: 'delisting' }

const holding = (shares: number, cost: number) => ({ quantity: quantity(shares), cost: krw(cost) })

describe('the golden cases of rule book §1.15', () => {
  it.each<[string, CorporateAction, close: number, base: number, high: number, adjusted: number]>([
    // Samsung Electronics, 2018-05-04: 1:50, last close 2,650,000.
    ['a split 1:50', split(50), 2_650_000, 53_000, 2_700_000, 54_000],
    ['a reverse split 5:1', merger(5), 1_000, 5_000, 1_234, 6_170],
    ['a bonus issue of one for one', bonus(1, 1), 20_000, 10_000, 23_001, 11_500],
    ['a bonus issue of 0.2', bonus(1, 5), 10_000, 8_330, 12_000, 10_000],
    [
      'a stock dividend of 3 %',
      { ...bonus(3, 100), kind: 'stockDividend' } as CorporateAction,
      ...([10_300, 10_000, 10_300, 10_000] as const),
    ],
    // (11,000 + 0.5 × 8,000) / 1.5 = 10,000
    ['a rights issue', rights(), 11_000, 10_000, 12_100, 11_000],
    ['a cash dividend', dividend, 71_500, 71_500, 80_000, 80_000],
  ])('%s', (_, action, close, base, high, adjusted) => {
    expect(adjustedBase(action, price(close), LISTING)).toBe(base)
    expect(adjustedPrice(action, price(high))).toBe(adjusted)
  })

  it.each<[string, CorporateAction, [number, number], ReturnType<typeof adjustedHolding>]>([
    ['a split', split(50), [3, 7_950_001], holding(150, 7_950_001)],
    [
      'a reverse split with a fraction',
      merger(10),
      [57, 57_001],
      { ...holding(5, 50_001), inLieu: { fraction: { numerator: 7, denominator: 10 }, cost: krw(7_000) } },
    ],
    [
      'a bonus issue with a fraction',
      bonus(1, 5),
      [7, 84_000],
      { ...holding(8, 80_000), inLieu: { fraction: { numerator: 2, denominator: 5 }, cost: krw(4_000) } },
    ],
    ['a rights issue nobody subscribed', rights(), [10, 110_000], holding(10, 110_000)],
    ['a rights issue with 5 subscribed', rights(5), [10, 110_000], holding(15, 150_000)],
    ['a cash dividend', dividend, [10, 110_000], holding(10, 110_000)],
    ['a spin-off, which nothing adjusts', spinOff, [10, 110_000], undefined],
    ['a delisting', delisting, [10, 110_000], holding(0, 0)],
  ])('the holding after %s', (_, action, [shares, cost], after) => {
    expect(adjustedHolding(action, holding(shares, cost))).toEqual(after)
  })

  it('keeps a spin-off without any price', () => {
    expect(adjustedPrice(spinOff, price(10_000))).toBeUndefined()
    expect(adjustedBase(spinOff, price(10_000), LISTING)).toBeUndefined()
    expect(adjustedLimit(spinOff, { side: 'buy', limit: price(10_000) }, LISTING)).toBeUndefined()
  })
})

it.each([
  ['buy', 10_010, 3_335],
  ['sell', 10_010, 3_340],
  ['sell', 10_005, 3_335],
] as const)('a %s limit of %i goes to %i: on tick, and never worse for its owner', (side, before, after) => {
  expect(adjustedLimit(split(3), { side, limit: price(before) }, LISTING)).toBe(after)
})

// 2026-11-20 is a Friday: the seven trading days before it are 11, 12, 13 and 16 to 19 November.
it.each([
  ['2026-10-01', false],
  ['2026-11-10', false],
  ['2026-11-11', true],
  ['2026-11-19', true],
  ['2026-11-20', false],
])('on %s a delisting of 2026-11-20 is in liquidation trading: %s', (day, isIt) => {
  expect(isLiquidation(delisting, tradingDay(day))).toBe(isIt)
})

describe('a split', () => {
  it('changes the value of an account by nothing, to the won', () => {
    const numbers = fc.tuple(fc.integer({ min: 2, max: 100 }), fc.integer({ min: 1, max: 20_000 }))
    fc.assert(
      fc.property(numbers, fc.nat(1_000_000), fc.nat(1e12), ([into, unit], shares, cost) => {
        const before = holding(shares + 1, cost)
        const last = price(unit * into)
        const after = adjustedHolding(split(into), before)
        const now = adjustedPrice(split(into), last)
        expect((after?.quantity ?? 0) * (now ?? 0)).toBe(before.quantity * last)
        expect(after).toEqual({ quantity: before.quantity * into, cost })
      }),
    )
  })
})

it('what leaves with a fraction is named: cost before = cost after + in lieu, shares likewise', () => {
  const actions = fc.oneof(
    fc.integer({ min: 2, max: 100 }).map(merger),
    fc.tuple(fc.integer({ min: 1, max: 500 }), fc.constant(100)).map(([n, d]) => bonus(n, d)),
  )
  fc.assert(
    fc.property(actions, fc.integer({ min: 1, max: 1_000_000 }), fc.nat(1e12), (action, shares, cost) => {
      const after = adjustedHolding(action, holding(shares, cost))
      expect((after?.cost ?? 0) + (after?.inLieu?.cost ?? 0)).toBe(cost)
      const { numerator = 0, denominator = 1 } = after?.inLieu?.fraction ?? {}
      expect(numerator).toBeLessThan(denominator)
      expect(after?.inLieu?.cost ?? 0).toBeLessThanOrEqual(cost)
    }),
  )
})

describe('a difference nobody announced', () => {
  const guess = (before: [number, number], after: [number, number]) =>
    guessedAction(
      of,
      { quantity: quantity(before[0]), close: price(before[1]) },
      { quantity: quantity(after[0]), base: price(after[1]) },
    )

  it.each<[string, [number, number], [number, number], CorporateAction | undefined]>([
    ['five times the shares at a fifth', [100, 50_000], [500, 10_000], split(5)],
    ['a tenth of the shares at ten times, the rest in cash', [57, 1_000], [5, 10_000], merger(10)],
    ['as few shares at eleven times', [57, 1_000], [5, 11_000], merger(11)],
    ['a fifth more shares', [100, 12_000], [120, 10_000], bonus(20, 100)],
    ['more shares at the same price, which somebody bought', [100, 50_000], [500, 50_000], undefined],
    ['fewer shares at the same price, which somebody sold', [100, 50_000], [50, 50_000], undefined],
    ['another price and the same shares', [100, 50_000], [100, 25_000], undefined],
  ])('%s', (_, before, after, action) => {
    expect(guess(before, after)).toEqual(action)
  })
})
