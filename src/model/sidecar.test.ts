import { describe, expect, it } from 'vitest'
import { sidecarSide, sidecarWindow } from './sidecar.ts'
import { kstClock, tradingDay } from './time.ts'

// Rule book §1.8.
describe('the sidecar', () => {
  it.each([
    ['KOSPI', 500, 0, 'buy'],
    ['KOSPI', 499, 900, undefined],
    ['KOSPI', -500, 100, 'sell'],
    ['KOSDAQ', 600, 300, 'buy'],
    ['KOSDAQ', 600, 299, undefined],
    ['KOSDAQ', 599, 300, undefined],
    ['KOSDAQ', -600, -300, 'sell'],
    ['KOSDAQ', -700, 300, undefined],
  ] as const)(
    'of %s at futures %i and spot %i hundredths of a percent stops %s',
    (market, futures, spot, side) => {
      expect(sidecarSide(market, { futures, spot })).toBe(side)
    },
  )

  it.each([
    ['2026-11-20', '09:05:00', '14:50:00'],
    ['2026-11-19', '10:05:00', '15:50:00'],
    ['2027-01-04', '10:05:00', '14:50:00'],
  ])('on %s may go off from %s to %s', (text, from, to) => {
    const window = sidecarWindow(tradingDay(text))
    expect(window && [kstClock(window.from), kstClock(window.to)]).toEqual([from, to])
  })
})
