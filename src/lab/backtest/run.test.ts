import { describe, expect, it } from 'vitest'
import { instrumentId } from '../../model/ids.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Opinion } from '../../model/signal.ts'
import { defineStrategy } from '../../trading/strategies/strategy.ts'
import { barTable } from './bar-table.ts'
import { runBacktest } from './run.ts'
import { daily, planned, planOf, play, SAMSUNG } from './testing/play.ts'

describe('a backtest over daily bars', () => {
  it('trades at the first price after the bar that caused it, and counts every won', () => {
    const result = play(
      daily(
        [70_000, 70_500, 69_500, 70_000],
        [70_200, 71_000, 70_000, 70_800],
        [71_500, 72_000, 71_000, 71_800],
      ),
      ['long', 'flat'],
    )
    // 1,000,000 won at the last close of 70,000 buy 14 shares; they cost the next open, 70,200.
    // Bought 982,800: 0.015 % = 147.42, cut below 10 won: 140. Sold 14 × 71,500 = 1,001,000: 150.15, cut: 150.
    // Tax of 2026 on KOSPI: 0.05 % = 500.5, cut: 500, and 0.15 % = 1,501.5, cut: 1,501.
    expect(result.orders.map(({ order, fills }) => [order.side, fills])).toMatchObject([
      ['buy', [{ price: 70_200, quantity: 14 }]],
      ['sell', [{ price: 71_500, quantity: 14 }]],
    ])
    expect(result.costs).toEqual({ commission: 290, tax: 2_001 })
    expect(result.endedWith).toBe(10_000_000 + 1_001_000 - 982_800 - 290 - 2_001)
    expect(result.roundTrips).toMatchObject([
      { exit: 'signal', realizedPnl: 1_001_000 - 982_800 - 290 - 2_001 },
    ])
    expect([...result.equity.value]).toEqual([10_000_000, 10_000_000 + 14 * 600 - 140, result.endedWith])
  })

  it('sells at the stop when the price walks through it, at the first price when it opens below', () => {
    const through = play(
      daily(
        [70_000, 70_000, 70_000, 70_000],
        [70_000, 70_000, 70_000, 70_000],
        [70_000, 70_500, 66_000, 69_000],
      ),
      ['long'],
      { exits: { stopLossRatio: 0.03 } },
    )
    expect(through.roundTrips).toMatchObject([{ exit: 'stopLoss', sellValue: 14 * 67_900 }])
    const gap = play(
      daily(
        [70_000, 70_000, 70_000, 70_000],
        [70_000, 70_000, 70_000, 70_000],
        [65_000, 70_500, 64_000, 69_000],
      ),
      ['long'],
      { exits: { stopLossRatio: 0.03 } },
    )
    expect(gap.roundTrips).toMatchObject([{ exit: 'stopLoss', sellValue: 14 * 65_000 }])
  })

  it('lets the stop fire when stop and target both lie in one bar', () => {
    const both = play(
      daily(
        [70_000, 70_000, 70_000, 70_000],
        [70_000, 70_000, 70_000, 70_000],
        [70_000, 75_000, 66_000, 74_000],
      ),
      ['long'],
      { exits: { stopLossRatio: 0.03, takeProfitRatio: 0.03 } },
    )
    expect(both.roundTrips).toMatchObject([{ exit: 'stopLoss' }])
  })

  it('sells at the target, and a trailing stop on the way down from the high', () => {
    const target = play(
      daily(
        [70_000, 70_000, 70_000, 70_000],
        [70_000, 70_000, 70_000, 70_000],
        [70_000, 75_000, 69_900, 74_000],
      ),
      ['long'],
      { exits: { takeProfitRatio: 0.03 } },
    )
    expect(target.roundTrips).toMatchObject([{ exit: 'takeProfit', sellValue: 14 * 72_100 }])
    const trailing = play(
      daily(
        [70_000, 70_000, 70_000, 70_000],
        [70_000, 70_000, 70_000, 70_000],
        [70_000, 75_000, 70_000, 72_000],
      ),
      ['long'],
      { exits: { trailing: [{ activateRatio: 0.05, giveBackRatio: 0.02 }] } },
    )
    // 2 % below the high of 75,000 is 73,500.
    expect(trailing.roundTrips).toMatchObject([{ exit: 'trailing', sellValue: 14 * 73_500 }])
  })

  it('buys nothing at a locked upper limit, and no more than its share of the volume', () => {
    const locked = play(daily([70_000, 70_000, 70_000, 70_000], [91_000, 91_000, 91_000, 91_000]), ['long'])
    expect(locked.orders).toMatchObject([{ fills: [], end: 'expired' }])
    const thin = play(
      daily([70_000, 70_000, 70_000, 70_000], [70_000, 70_000, 70_000, 70_000]).map((row) => ({
        ...row,
        volume: 50,
      })),
      ['long'],
    )
    expect(thin.orders).toMatchObject([{ fills: [{ quantity: 5 }] }])
  })

  it('slips against whoever takes', () => {
    const result = play(
      daily(
        [70_000, 70_000, 70_000, 70_000],
        [70_000, 70_000, 70_000, 70_000],
        [70_000, 70_000, 70_000, 70_000],
      ),
      ['long', 'flat'],
      { assumptions: { slippage: { kind: 'ticks', ticks: 2 } } },
    )
    expect(result.orders.map(({ fills }) => fills[0]?.price)).toEqual([70_200, 69_800])
  })

  it('tells what is still held at the end, and gives the same result to the bit', () => {
    const rows = daily(
      [70_000, 70_000, 70_000, 70_000],
      [70_000, 70_000, 70_000, 70_000],
      [70_000, 73_000, 70_000, 72_000],
    )
    const [one, two] = [play(rows, ['long']), play(rows, ['long'])]
    expect(one.leftOver).toMatchObject([
      { instrument: '005930', quantity: 14, cost: 980_000, value: 1_008_000 },
    ])
    expect(one).toEqual(two)
    expect(play(rows, [undefined, 'long']).decisionHash).not.toBe(one.decisionHash)
  })

  it('gives the same past whatever the future brings', () => {
    const rows = daily(
      [70_000, 70_000, 70_000, 70_000],
      [70_000, 71_000, 69_000, 70_000],
      [70_000, 73_000, 70_000, 72_000],
    )
    const whole = play(rows, ['long', undefined, 'flat'])
    const cut = play(rows.slice(0, 2), ['long', undefined, 'flat'])
    expect([...whole.equity.value].slice(0, 2)).toEqual([...cut.equity.value])
  })

  it('is over when the one who is told of its moments throws, whose error is no fault of the strategy', () => {
    const rows = daily([100, 100, 100, 100], [100, 100, 100, 100], [100, 100, 100, 100])
    const told: number[] = []
    const impatient = (done: number, of: number) => {
      told.push(done)
      if (done === 2) throw new Error(`enough, at ${done} of ${of}`)
    }
    expect(() => runBacktest(planOf(planned([]), rows), impatient)).toThrow('enough, at 2 of 3')
    expect(told).toEqual([0, 1, 2])
  })

  it('keeps an opinion for the bar after it, whatever else happens before on that day', () => {
    const [before, day] = daily([70_000, 70_000, 70_000, 70_000], [70_000, 70_000, 70_000, 70_000])
    const minutes = [70_000, 70_000, 60_000, 60_000, 60_000, 61_000].map((close, i) => {
      const openAt = (day?.openAt ?? 0) + i * 60_000
      const prices = { open: close, high: close, low: close, close }
      return { index: 0, openAt, closeAt: openAt + 60_000, ...prices, volume: 100_000 }
    })
    const wants = [undefined, 'long', undefined, undefined, undefined, 'long'] as const
    const { orders } = play([before ?? [], minutes].flat(), wants, { exits: { stopLossRatio: 0.05 } })
    const filled = orders.map(({ order, fills }) => [order.side, fills[0]?.price, fills[0]?.at])
    expect(filled).toEqual([
      ['buy', 70_000, minutes[1]?.openAt],
      ['sell', 60_000, minutes[2]?.openAt],
      ['buy', 61_000, minutes[5]?.openAt],
    ])
  })

  it('pays what is bought at an opening with what is sold there', () => {
    const other: Instrument = { ...SAMSUNG, id: instrumentId('000660'), name: '둘째' }
    const rotation = defineStrategy({
      id: 'planned',
      title: { ko: '교체', en: 'rotation' },
      parameters: {},
      needs: () => ({ warmUpBars: 0 }),
      together: () => {
        const reason = { ko: '교체', en: 'rotation' }
        let moments = 0
        return {
          onMoment: () => {
            moments++
            if (moments === 1) return [{ index: 1, want: 'long', weightRatio: 0.7, reason }]
            return moments === 2
              ? [
                  { index: 0, want: 'long', weightRatio: 0.7, reason },
                  { index: 1, want: 'flat', reason },
                ]
              : []
          },
        }
      },
    })
    const bars = [70_000, 70_000, 70_000].map((each) => [each, each, each, each] as const)
    const rows = daily(...bars).flatMap((row) => [row, { ...row, index: 1 }])
    const started = rotation.start({}, [SAMSUNG, other])
    if (!started.ok) throw new Error('not started')
    const result = runBacktest({
      ...planOf(rotation, daily(...bars)),
      bars: barTable(rows),
      instruments: [SAMSUNG, other],
      participants: [{ name: 'planned', run: started.value }],
    })
    expect(result.refusals).toEqual([])
    expect(result.orders.map(({ order }) => [order.side, order.instrument])).toEqual([
      ['buy', '000660'],
      ['sell', '000660'],
      ['buy', '005930'],
    ])
  })
})

describe('a strategy that does what none may', () => {
  const quiet = daily(
    [70_000, 70_000, 70_000, 70_000],
    [70_000, 71_000, 69_000, 70_500],
    [70_500, 71_000, 70_000, 71_000],
    [71_000, 72_000, 71_000, 72_000],
  )
  const misbehaving = (onThird: () => Opinion | undefined) =>
    defineStrategy({
      id: 'planned',
      title: { ko: '나쁜 전략', en: 'bad' },
      parameters: {},
      needs: () => ({ warmUpBars: 0 }),
      each: () => {
        let bar = 0
        return {
          onBar: () => {
            bar++
            if (bar === 1) return { want: 'long', reason: { ko: '', en: '' } }
            return bar === 3 ? onThird() : undefined
          },
        }
      },
    })
  const reason = { ko: '', en: '' }

  it.each([
    [
      'throws',
      () => {
        throw new TypeError('x is undefined')
      },
      /TypeError: x is undefined/,
    ],
    ['has a weight of NaN', () => ({ want: 'long', weightRatio: Number.NaN, reason }), /weight.*NaN/],
    ['has a weight above the account', () => ({ want: 'long', weightRatio: 1.5, reason }), /weight.*1\.5/],
    ['wants something else', () => ({ want: 'short', reason }) as unknown as Opinion, /not short/],
  ] as const)('ends its run when it %s, and what was there before is kept', (_, onThird, said) => {
    const result = runBacktest(planOf(misbehaving(onThird as () => Opinion), quiet))
    expect(result.stopped).toMatchObject({ strategy: 'planned', instrument: '005930', at: quiet[2]?.closeAt })
    expect(result.stopped?.en).toMatch(said)
    expect(result.equity.value).toHaveLength(3)
    expect(result.leftOver).toMatchObject([{ quantity: 14, value: 14 * 71_000 }])
  })
})
