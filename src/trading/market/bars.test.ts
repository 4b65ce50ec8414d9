import { describe, expect, it } from 'vitest'
import { price, quantity } from '../../model/money.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import { type Bars, createBars } from './bars.ts'

const DAY = tradingDay('2026-11-20')
const at = (time: string) => kstInstant(DAY, timeOfDay(time))
const add = (bars: Bars, time: string, last: number, shares: number) =>
  bars.add(at(time), price(last), quantity(shares))

describe('one-minute bars', () => {
  it('close when a print of a later minute comes', () => {
    const bars = createBars()
    const closings = [
      add(bars, '09:00:10', 1_000, 5),
      add(bars, '09:00:20', 1_050, 1),
      add(bars, '09:00:59', 990, 2),
      add(bars, '09:01:00', 1_010, 4),
    ]
    expect(closings).toEqual([false, false, false, true])
    expect(bars.closed).toEqual([
      {
        openAt: at('09:00'),
        closeAt: at('09:01'),
        open: 1_000,
        high: 1_050,
        low: 990,
        close: 990,
        volume: 8,
      },
    ])
  })

  it('leave out minutes without a print', () => {
    const bars = createBars()
    add(bars, '09:00:10', 1_000, 1)
    add(bars, '09:05:10', 1_100, 1)
    add(bars, '09:06:00', 1_200, 1)
    expect(bars.closed.map((bar) => bar.openAt)).toEqual([at('09:00'), at('09:05')])
  })

  it('do not change after they closed', () => {
    const bars = createBars()
    add(bars, '09:00:10', 1_000, 1)
    add(bars, '09:01:00', 1_100, 1)
    expect(add(bars, '09:00:59', 5, 100)).toBe(false)
    add(bars, '09:02:00', 1_100, 1)
    expect(bars.closed.map(({ low, volume }) => ({ low, volume }))).toEqual([
      { low: 1_000, volume: 1 },
      { low: 1_100, volume: 1 },
    ])
  })

  it('go on from a snapshot in the middle of a minute', () => {
    const first = createBars()
    add(first, '09:00:10', 1_000, 1)
    add(first, '09:01:10', 1_100, 1)
    const second = createBars()
    second.restore(JSON.parse(JSON.stringify(first.snapshot())))
    for (const bars of [first, second]) {
      add(bars, '09:01:30', 900, 2)
      add(bars, '09:02:00', 1_000, 1)
    }
    expect(second.closed).toEqual(first.closed)
    expect(second.closed[1]).toMatchObject({ open: 1_100, low: 900, close: 900, volume: 3 })
  })

  it('are kept for one day, the oldest forgotten first', () => {
    const bars = createBars()
    for (let minute = 0; minute < 725; minute++)
      bars.add(at('08:00') + minute * 60_000, price(1_000 + minute), quantity(1))
    expect(bars.closed).toHaveLength(720)
    expect(bars.closed[0]?.open).toBe(1_004)
    const again = createBars()
    again.restore(JSON.parse(JSON.stringify(bars.snapshot())))
    expect(again.closed).toEqual(bars.closed)
  })

  it('restore nothing from an empty snapshot', () => {
    const bars = createBars()
    bars.restore(createBars().snapshot())
    expect(bars.closed).toEqual([])
    expect(add(bars, '09:00:10', 1_000, 1)).toBe(false)
  })
})
