import { describe, expect, it } from 'vitest'
import { krw } from '../../model/money.ts'
import { absurdities } from './absurd.ts'
import { absurdSentence } from './absurd-sentences.ts'
import { runBacktest } from './run.ts'
import { daily, planned, planOf } from './testing/play.ts'

const flat = (price: number) => [price, price, price, price] as const

const found = (...bars: readonly ReturnType<typeof flat>[]) => {
  const plan = planOf(planned(['long']), daily(...bars))
  const result = runBacktest(plan)
  return { plan, result, codes: absurdities(plan, result).map(({ code }) => code) }
}

describe('a result that cannot be', () => {
  it('is not seen where nothing is wrong', () => {
    expect(found(flat(70_000), flat(70_000), flat(75_000), flat(72_000)).codes).toEqual([])
  })

  it('is one that was held over a split that nobody recorded', () => {
    const { plan, result, codes } = found(flat(70_000), flat(70_000), flat(1_400), flat(1_400))
    expect(codes).toContain('heldOverJump')
    const [first] = absurdities(plan, result)
    expect(first && absurdSentence(first).ko).toMatch(/70000 → 1400.*권리 변동/)
  })

  it('is not called one when the jump was before the purchase', () => {
    const plan = planOf(
      planned([undefined, 'long']),
      daily(flat(70_000), flat(1_400), flat(1_400), flat(1_410)),
    )
    expect(absurdities(plan, runBacktest(plan))).toEqual([])
  })

  it('is one that gains more in a day than the limits let a cash account gain', () => {
    const { plan, result } = found(flat(70_000), flat(70_000), flat(71_000))
    const value = result.equity.value.slice()
    value[2] = 25_000_000
    const codes = absurdities(plan, { ...result, equity: { ...result.equity, value } }).map(
      ({ code }) => code,
    )
    expect(codes).toContain('impossibleDay')
  })

  it('is one with more shares than the bar had', () => {
    const { plan, result } = found(flat(70_000), flat(70_000), flat(71_000))
    const [first] = result.orders
    if (!first) throw new Error('nothing was ordered')
    const fills = first.fills.map((fill) => ({ ...fill, quantity: 100_001 as typeof fill.quantity }))
    const more = absurdities(plan, { ...result, orders: [{ ...first, fills }] })
    expect(more).toMatchObject([
      { code: 'moreThanTheMarket', instrument: '005930', ours: 100_001, traded: 100_000 },
    ])
  })

  it('is one whose cash went below zero', () => {
    const { plan, result } = found(flat(70_000), flat(70_000), flat(71_000))
    const exposure = result.equity.exposure.slice().fill(1.2)
    const codes = absurdities(
      { ...plan, cash: krw(10_000_000) },
      { ...result, equity: { ...result.equity, exposure } },
    )
    expect(codes).toMatchObject([{ code: 'cashBelowZero', cash: -2_000_000 }])
  })
})
