import { describe, expect, it } from 'vitest'
import { krw } from '../../model/money.ts'
import type { TradingSettings, UnfilledRule } from '../../model/settings.ts'
import type { Effect } from './effects.ts'
import { firstOrder, type Morning, morning, settings } from './testing/morning.ts'

const CASH = 50_000_000
const ERROR = { kind: 'rejected', code: 'RC4033', text: '' } as const

const twice: UnfilledRule = { afterMs: 5_000, then: 'reprice', times: 2, finally: 'cancel' }

const count = (effects: readonly Effect[], what: Effect['do']): number =>
  effects.filter((effect) => effect.do === what).length

const amendedId = (effects: readonly Effect[]) =>
  effects.flatMap((e) => (e.do === 'amend' ? [e.order.orderId] : []))

/** A working buy of 000002 at 10,000, with the market gone up. */
function waitingBuy(rule: UnfilledRule, over: Partial<TradingSettings> = {}): Morning {
  const day = morning(settings({ unfilled: { buy: rule, sell: rule }, ...over }))
    .cash(CASH)
    .at('09:01')
  day.enter('1', '000002')
  day.describe('000002', 10_000)
  day.accept(firstOrder)
  day.trade('000002', 10_050)
  return day
}

describe('an unfilled order', () => {
  it('is given up after so many amends, also when the venue refuses each of them', () => {
    const day = waitingBuy(twice)
    for (const time of ['09:01:06', '09:01:12', '09:01:18']) {
      const before = day.effects.length
      day.until(time)
      for (const orderId of amendedId(day.effects.slice(before)))
        day.feed({ kind: 'rejected', orderId, error: ERROR })
    }
    expect(count(day.effects, 'amend')).toBe(2)
    expect(count(day.effects, 'cancel')).toBe(1)
  })

  it('is given up after so many tries, also when risk denies each of them', () => {
    const limits = { ...settings().limits, maxOrdersPerDay: 1 }
    const day = waitingBuy(twice, { limits })
    day.until('09:01:18')
    expect(count(day.effects, 'amend')).toBe(0)
    expect(count(day.effects, 'cancel')).toBe(1)
    expect(day.trader.view('').counts.unfilledHandled).toBe(3)
  })

  it('is not cancelled every second when the venue refuses the cancel', () => {
    const day = waitingBuy({ ...twice, then: 'cancel' })
    for (let second = 6; second < 25; second++) {
      const before = day.effects.length
      day.until(`09:01:${String(second).padStart(2, '0')}`)
      if (count(day.effects.slice(before), 'cancel') > 0)
        day.feed({ kind: 'cancelRefused', orderId: firstOrder, error: ERROR })
    }
    expect(count(day.effects, 'cancel')).toBe(4)
  })

  it('counts what a higher price adds to the amount bought today', () => {
    const limits = { ...settings().limits, maxBuyAmountPerDay: krw(999_000) }
    const day = waitingBuy({ ...twice, times: 5 }, { limits })
    day.until('09:01:06')
    day.accept(amendedId(day.effects)[0] ?? firstOrder, '0000077', 99)
    day.closed(firstOrder, 'replaced')
    // 99 shares: 990,000 first, 994,950 at 10,050, 999,900 at 10,100.
    day.trade('000002', 10_100)
    day.until('09:01:18')
    expect(count(day.effects, 'amend')).toBe(1)
  })
})
