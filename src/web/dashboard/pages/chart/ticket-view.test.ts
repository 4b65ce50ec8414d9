import { describe, expect, it } from 'vitest'
import type { RefusalMessage } from '../../../contract/live.ts'
import {
  breakEven,
  type Desk,
  type Draft,
  FRESH,
  orderOf,
  proceedsOf,
  refusalSince,
  sharesOf,
  whole,
  wrongOf,
  wrongPriceOf,
} from './ticket-view.ts'

const DESK: Desk = {
  last: 71_400,
  buyingPower: 1_000_000,
  held: 40,
  ticks: [
    { from: 0, tick: 1 },
    { from: 50_000, tick: 100 },
  ],
  band: { lower: 50_000, upper: 92_800 },
}
const draft = (change: Partial<Draft>): Draft => ({ ...FRESH, price: '71,300', shares: '3', ...change })

describe('numbers as people type them', () => {
  it.each([
    ['71,300', 71_300],
    [' 12 ', 12],
    ['', undefined],
    ['0', undefined],
    ['-3', undefined],
    ['1.5', undefined],
    ['abc', undefined],
  ])('%j is %s', (text, value) => {
    expect(whole(text)).toBe(value)
  })
})

describe('how many shares', () => {
  it.each<[string, Partial<Draft>, number | undefined]>([
    ['as typed', {}, 3],
    ['for an amount at the limit, cut down', { sizedBy: 'amount', amount: '500,000' }, 7],
    ['for an amount at the last price', { sizedBy: 'amount', amount: '500000', kind: 'market' }, 7],
    ['for half of the buying power', { sizedBy: 'ratio', percent: '50' }, 7],
    ['for a quarter of what is held', { sizedBy: 'ratio', percent: '25', side: 'sell' }, 10],
    ['none for more than all', { sizedBy: 'ratio', percent: '101' }, undefined],
    ['none without a price', { sizedBy: 'amount', amount: '500000', price: '' }, undefined],
  ])('%s', (_what, change, shares) => {
    expect(sharesOf(draft(change), DESK)).toBe(shares)
  })
})

describe('what is wrong with an order', () => {
  it.each<[Partial<Draft>, string | undefined]>([
    [{}, undefined],
    [{ price: '' }, 'price'],
    [{ price: '71350' }, 'offTick'],
    [{ price: '93000' }, 'outsideBand'],
    [{ price: '', kind: 'market' }, undefined],
    [{ shares: '' }, 'shares'],
    [{ sizedBy: 'amount', amount: '1000' }, 'none'],
    [{ side: 'sell', shares: '41' }, 'moreThanHeld'],
    [{ side: 'sell', shares: '40' }, undefined],
  ])('%j: %s', (change, wrong) => {
    expect(wrongOf(draft(change), DESK)).toBe(wrong)
  })
})

describe('a limit of today', () => {
  it.each<[number | undefined, unknown]>([
    [undefined, 'price'],
    [71_350, 'offTick'],
    [DESK.band?.upper, undefined],
    [DESK.band?.lower, undefined],
    [(DESK.band?.upper ?? 0) + 100, 'outsideBand'],
    [(DESK.band?.lower ?? 0) - 50, 'outsideBand'],
  ])('%s: %s', (price, wrong) => {
    expect(wrongPriceOf(price, DESK)).toBe(wrong)
  })
  it('may be any price of the grid on a day without limits', () => {
    expect(wrongPriceOf(200_000, { ticks: DESK.ticks, band: undefined })).toBeUndefined()
  })
})

describe('the order', () => {
  it.each<[Partial<Draft>, unknown]>([
    [{}, { kind: 'at', limit: 71_300 }],
    [{ kind: 'best' }, { kind: 'best' }],
    [
      { kind: 'conditional', from: 'ask', ticks: -2 },
      { kind: 'conditional', from: 'ask', ticks: -2 },
    ],
  ])('of %j is priced %j', (change, order) => {
    expect(orderOf(draft(change), DESK, '005930')).toEqual({
      instrument: '005930',
      side: 'buy',
      quantity: 3,
      order,
    })
  })
  it('is none while something is wrong', () => {
    expect(orderOf(draft({ shares: '0' }), DESK, '005930')).toBeUndefined()
  })
})

describe('what it costs', () => {
  it('breaks even where a sale brings all of it back', () => {
    const [amount, commission, quantity] = [7_130_000, 1_060, 100]
    const instrument = { saleTaxRatio: 0.002, ticks: DESK.ticks }
    const at = breakEven({ amount, commission }, quantity, instrument) as number
    const net = (price: number) =>
      price * quantity -
      Math.floor((price * quantity * 0.00015) / 10) * 10 -
      Math.floor(price * quantity * 0.002)
    expect(at % 100).toBe(0)
    expect(net(at)).toBeGreaterThanOrEqual(amount + commission)
    expect(net(at - 100)).toBeLessThan(amount + commission)
  })
  it('has no break-even of nothing', () => {
    expect(
      breakEven({ amount: 0, commission: 0 }, 0, { saleTaxRatio: 0.002, ticks: DESK.ticks }),
    ).toBeUndefined()
  })
  it('tells what a sale leaves, and the gain where the cost is known', () => {
    const preview = { amount: 714_000, commission: 100, tax: 1_428 }
    expect(proceedsOf(preview, 10, 70_000.5)).toEqual({ net: 712_472, gain: 12_467 })
    expect(proceedsOf(preview, 10, undefined).gain).toBeUndefined()
  })
})

describe('why an order did not leave', () => {
  const refusal = (at: number, change: Partial<RefusalMessage> = {}): RefusalMessage => ({
    at,
    instrument: '005930',
    name: '',
    side: 'buy',
    source: '',
    code: `at${at}`,
    numbers: {},
    ko: '',
    en: '',
    ...change,
  })
  it('is the newest refusal of the instrument and side since then', () => {
    const refusals = [
      refusal(5),
      refusal(11),
      refusal(12, { instrument: '000660' }),
      refusal(13, { side: 'sell' }),
    ]
    expect(refusalSince(refusals, { instrument: '005930', side: 'buy', at: 10 })?.code).toBe('at11')
    expect(refusalSince(refusals, { instrument: '005930', side: 'buy', at: 12 })).toBeUndefined()
  })
})
