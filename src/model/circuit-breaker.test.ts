import { describe, expect, it } from 'vitest'
import { type BreakerRule, breakerRules, breakerWindow, isDeepEnough } from './circuit-breaker.ts'
import { kstClock, tradingDay } from './time.ts'

const NOW = tradingDay('2026-11-20')
const rule = (stage: number, day = NOW): BreakerRule => {
  const found = breakerRules(day).find((each) => each.stage === stage)
  if (found === undefined) throw new Error(`no stage ${stage} on ${day}`)
  return found
}

// Rule book §1.8 (KRX English site, circuit breakers).
describe('the circuit breaker', () => {
  it('has three stages since 2015-06-15 and had one before', () => {
    const levels = (day: string) => breakerRules(tradingDay(day)).map(({ levelPercent }) => levelPercent)
    expect(levels('2015-06-12')).toEqual([90])
    expect(levels('2015-06-15')).toEqual([92, 85, 80])
  })

  // close, value, where the stage before went off
  it.each([
    [1, 1000, 920, undefined, true],
    [1, 1000, 921, undefined, false],
    [2, 1000, 850, 918, true],
    [2, 1000, 851, 918, false],
    // The market fell through 85 % before the first stage stood its minute: a further 1 % is needed.
    [2, 1000, 845, 850, false],
    [2, 1000, 840, 850, true],
    [3, 1000, 800, 840, true],
    [3, 1000, 795, 800, false],
    [3, 1000, 790, 800, true],
  ])('stage %i of a close of %i at %i, the one before at %s: %s', (stage, close, value, before, deep) => {
    const view = { close, value, ...(before === undefined ? {} : { before }) }
    expect(isDeepEnough(rule(stage), view)).toBe(deep)
  })

  it.each([
    ['2026-11-20', 1, '09:01:00', '14:50:00'],
    ['2026-11-20', 2, '09:01:00', '14:50:00'],
    ['2026-11-20', 3, '09:01:00', '15:30:00'],
    ['2026-11-19', 1, '10:01:00', '15:50:00'], // 수능
    ['2026-11-19', 3, '10:01:00', '16:30:00'],
    ['2027-01-04', 1, '10:01:00', '14:50:00'], // first day of the year
    ['2015-05-04', 1, '09:01:00', '14:20:00'], // the close was at 15:00
  ])('on %s stage %i may go off from %s to %s', (text, stage, from, to) => {
    const day = tradingDay(text)
    const window = breakerWindow(rule(stage, day), day)
    expect(window && [kstClock(window.from), kstClock(window.to)]).toEqual([from, to])
  })

  it('does not exist on a closed day', () => {
    expect(breakerWindow(rule(1), tradingDay('2026-11-21'))).toBeUndefined()
  })
})
