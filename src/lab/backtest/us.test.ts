import { describe, expect, it } from 'vitest'
import { instrumentId } from '../../model/ids.ts'
import { newYorkClock, newYorkDay } from '../../model/new-york.ts'
import { createRandom } from '../../std/random.ts'
import { absurdities } from './absurd.ts'
import { absurdSentence } from './absurd-sentences.ts'
import { breakEven } from './break-even.ts'
import { runBacktest } from './run.ts'
import { SAMSUNG } from './testing/play.ts'
import { APPLE, dollars, usDaily, usd, usPlan } from './testing/us-play.ts'

const flat = (price: number) => [price, price, price, price] as const

/**
 * $7,150 at $237.00 with a quarter percent are 30 shares: 7,110.00 + 17.77; 31 are 7,365.36. Bought at 237.41 for 7,122.30 with
 * 17.80 of commission (17.80575, cut), sold at 245.02 for 7,350.60 with 18.37 (18.3765). The gain before costs is 228.30, so
 * 192.13 less the fee of Section 31 on 7,350.60, rounded up to the cent. Source: rule book §3.5.
 */
describe('a round trip in dollars costs to the cent', () => {
  it.each([
    // 22.10 of a million: 0.16245; 5.10: 0.03749.
    ['2021-02-19', '2021-02-24', 0.17],
    ['2021-02-22', '2021-02-25', 0.04],
    // 22.90: 0.16833.
    ['2022-05-10', '2022-05-13', 0.04],
    ['2022-05-11', '2022-05-16', 0.17],
    // 8.00: 0.05880.
    ['2023-02-21', '2023-02-24', 0.17],
    ['2023-02-22', '2023-02-27', 0.06],
    // 27.80: 0.20435.
    ['2024-05-16', '2024-05-21', 0.06],
    ['2024-05-17', '2024-05-22', 0.21],
    // Nothing from 2025-05-14 on, 20.60 since 2026-04-04: 0.15142.
    ['2025-05-08', '2025-05-13', 0.21],
    ['2025-05-09', '2025-05-14', 0],
    ['2026-03-30', '2026-04-02', 0],
    ['2026-04-01', '2026-04-07', 0.16],
  ])('bought after %s and sold on %s: a fee of %d', (from, soldOn, fee) => {
    const rows = usDaily(from, [flat(237), flat(237.41), flat(240), flat(245.02)])
    const result = runBacktest(usPlan(rows, ['long', undefined, 'flat'], { amount: usd(7_150) }))
    expect(result.roundTrips).toMatchObject([
      {
        quantity: 30,
        buyValue: usd(7_122.3),
        sellValue: usd(7_350.6),
        buyFees: usd(17.8),
        sellFees: usd(18.37),
        tax: usd(fee),
        realizedPnl: usd(192.13) - usd(fee),
      },
    ])
    expect(newYorkDay(result.roundTrips[0]?.closedAt ?? 0)).toBe(soldOn)
    expect(result.endedWith).toBe(usd(10_000) + usd(192.13) - usd(fee))
  })

  it('takes the account’s own rate, and the activity fee where it is handed on', () => {
    const rows = usDaily('2026-01-05', [flat(237), flat(237.41), flat(240), flat(245.02)])
    const rate = { numerator: 7, denominator: 10_000 }
    const result = runBacktest({
      ...usPlan(rows, ['long', undefined, 'flat'], { amount: usd(7_150) }),
      commission: { rate, unit: 100, passesActivityFee: true },
    })
    // 0.07 %: 4.98561 and 5.14542, cut. 30 shares at 0.000195 are 0.00585: a cent.
    expect(result.roundTrips).toMatchObject([{ buyFees: usd(4.98), sellFees: usd(5.14), tax: usd(0.01) }])
  })

  it('has to rise by half a percent and a tick on each side first', () => {
    const costs = breakEven(APPLE, newYorkDay(Date.parse('2026-11-20T15:00Z')), dollars(100), 1)
    expect(costs.commission).toBeCloseTo(0.005, 10)
    // 20.60 of a million is 0.206 of $10,000: 21 cents.
    expect(costs.tax).toBeCloseTo(0.000021, 10)
    expect(costs.slippage).toBeCloseTo(0.0002, 10)
  })
})

describe('the US day', () => {
  it('is that of New York, in summer and in winter', () => {
    const rows = usDaily('2026-10-29', [flat(100), flat(101), flat(102), flat(103)])
    const result = runBacktest(usPlan(rows, ['long', 'flat', 'long']))
    // The clocks went back on 2026-11-01: 13:30 in London’s time before, 14:30 after.
    expect(result.orders.map(({ order }) => new Date(order.createdAt).toISOString().slice(0, 16))).toEqual([
      '2026-10-30T13:30',
      '2026-11-02T14:30',
      '2026-11-03T14:30',
    ])
    expect(result.orders.map(({ order }) => [order.venue, newYorkClock(order.createdAt)])).toEqual(
      Array(3).fill(['US', '09:30:00']),
    )
    expect(result.venue).toBe('US')
    expect([...result.equity.at].map((at) => newYorkClock(at))).toEqual(Array(4).fill('16:00:00'))
  })

  it('shows a strategy dollars, and a person too', () => {
    const rows = usDaily('2026-11-16', [flat(100), flat(101), [100, 100, 90, 91]])
    const result = runBacktest(usPlan(rows, ['long'], { exits: { stopLossRatio: 0.05 } }))
    expect(result.roundTrips[0]?.exitReason).toBe('손절: 평균 $101.00 대비 -5.00% (기준 -5.00%)')
  })

  it('takes no share of another country into the account', () => {
    const plan = usPlan(usDaily('2026-11-16', [flat(100)]), [], { instruments: [APPLE, SAMSUNG] })
    expect(() => runBacktest(plan)).toThrow(/one currency/)
  })
})

describe('a market buy without a daily limit', () => {
  it('pays at most a tenth more than the last close', () => {
    const gap = usDaily('2026-11-16', [flat(100), [111, 112, 108, 109], flat(109)])
    const result = runBacktest(usPlan(gap, ['long']))
    // Above 110 at the opening, it is met there on the way down.
    expect(result.orders[0]?.fills).toMatchObject([{ price: dollars(110) }])
    const away = usDaily('2026-11-16', [flat(100), [111, 120, 110.5, 118], flat(118)])
    expect(runBacktest(usPlan(away, ['long'])).orders).toMatchObject([{ fills: [], end: 'expired' }])
    const near = usDaily('2026-11-16', [flat(100), [109.5, 112, 108, 109], flat(109)])
    expect(runBacktest(usPlan(near, ['long'])).orders[0]?.fills).toMatchObject([{ price: dollars(109.5) }])
  })

  it('slips by cents, never beyond what is held', () => {
    const slippage = { kind: 'ticks', ticks: 3 } as const
    const price = (open: number) => {
      const rows = usDaily('2026-11-16', [flat(100), flat(open), flat(open)])
      const result = runBacktest(usPlan(rows, ['long'], { assumptions: { slippage } }))
      return result.orders[0]?.fills[0]?.price
    }
    expect(price(101)).toBe(dollars(101.03))
    expect(price(109.99)).toBe(dollars(110))
  })

  it('leaves cash at or above nothing, whatever the openings do', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = createRandom(seed)
      const instruments = ['A', 'B', 'C'].map((name) => ({ ...APPLE, id: instrumentId(`US:${name}`) }))
      const rows = instruments.flatMap((_, index) => {
        let last = 20 + random.next() * 200
        const bars = Array.from({ length: 60 }, () => {
          const cents = (value: number) => Math.max(0.01, Math.round(value * 100) / 100)
          const open = cents(last * (0.85 + random.next() * 0.3))
          const close = cents(open * (0.93 + random.next() * 0.14))
          last = close
          return [
            open,
            cents(Math.max(open, close) * 1.02),
            cents(Math.min(open, close) * 0.98),
            close,
          ] as const
        })
        return usDaily('2026-01-05', bars, index)
      })
      const wants = Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 'long' : 'flat') as 'long' | 'flat')
      const plan = usPlan(rows, wants, { instruments })
      const result = runBacktest(plan)
      expect(result.roundTrips.length).toBeGreaterThan(30)
      const cash = result.equity.value.map((value, i) => value * (1 - (result.equity.exposure[i] as number)))
      expect(Math.min(...cash)).toBeGreaterThan(-1)
      expect(absurdities(plan, result)).toEqual([])
    }
  })
})

describe('a result in dollars that cannot be', () => {
  const found = (...closes: readonly number[]) => {
    const plan = usPlan(usDaily('2026-11-16', closes.map(flat)), ['long'])
    return absurdities(plan, runBacktest(plan))
  }

  it.each([
    [100, 100, 25.2],
    [100, 100, 49.5],
    [3, 3, 60.5],
  ])('was held over a split that nobody recorded: %d, %d, %d', (...closes) => {
    const [first] = found(...closes)
    expect(first).toMatchObject({ code: 'heldOverJump', instrument: 'US:AAPL' })
    expect(first && absurdSentence(first, 'US').ko).toMatch(
      /^2026-11-18 US:AAPL: 보유 중에 \$.*garam data splits/,
    )
  })

  it('is not one of a crash or a surge, since nothing limits a day', () => {
    expect(found(100, 100, 62)).toEqual([])
    expect(found(100, 100, 240)).toEqual([])
  })
})
