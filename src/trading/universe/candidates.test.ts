import { describe, expect, it } from 'vitest'
import { conditionId, instrumentId } from '../../model/ids.ts'
import type { ScreenHit } from '../../model/market-event.ts'
import { krw } from '../../model/money.ts'
import type { BuyRule } from '../../model/settings.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import { createCandidates } from './candidates.ts'

const at = (time: string) => kstInstant(tradingDay('2026-11-20'), timeOfDay(time))

const rule = (id: string, priority = 0): BuyRule => ({
  condition: conditionId(id),
  name: `조건${id}`,
  enabled: true,
  window: { from: timeOfDay('09:00'), to: timeOfDay('15:00') },
  amount: { kind: 'krw', krw: krw(1_000_000) },
  order: { kind: 'market' },
  priority,
  cooldownMs: 60_000,
  cancelOnLeave: true,
})

const hit = (condition: string, instrument: string, time: string, initial = false): ScreenHit => ({
  kind: 'screen',
  condition: conditionId(condition),
  instrument: instrumentId(instrument),
  change: 'enter',
  initial,
  at: at(time),
  receivedAt: at(time),
})

describe('candidates', () => {
  it.each([
    ['before its window', hit('1', 'A', '08:59'), {}, 'outsideConditionWindow'],
    ['at the end of its window', hit('1', 'A', '15:00'), {}, 'outsideConditionWindow'],
    ['of a disabled condition', hit('1', 'A', '09:30'), { enabled: false }, 'conditionDisabled'],
    ['that was there when the condition was registered', hit('1', 'A', '09:30', true), {}, 'presentAtStart'],
  ])('refuses a hit %s', (_, screenHit, change, code) => {
    expect(createCandidates('KRX').enter(screenHit, { ...rule('1'), ...change }, screenHit.at)).toMatchObject(
      {
        code,
      },
    )
  })

  it('ignores the same condition on the same instrument until its cool-down is over', () => {
    const candidates = createCandidates('KRX')
    candidates.enter(hit('1', 'A', '09:30'), rule('1'), at('09:30'))
    candidates.drop(instrumentId('A'))
    expect(candidates.enter(hit('1', 'A', '09:30:59'), rule('1'), at('09:30:59'))).toEqual({
      code: 'conditionCooldown',
      leftMs: 1_000,
    })
    expect(candidates.enter(hit('1', 'A', '09:31'), rule('1'), at('09:31'))).toMatchObject({
      instrument: 'A',
    })
  })

  it('lets the higher priority go first when one place is left', () => {
    const candidates = createCandidates('KRX')
    const now = at('09:30')
    candidates.enter(hit('1', 'LOW', '09:30'), rule('1', 1), now)
    candidates.enter(hit('2', 'HIGH', '09:30'), rule('2', 9), now)
    candidates.ready(instrumentId('LOW'))
    expect(candidates.next(1, now)).toBeUndefined()
    candidates.ready(instrumentId('HIGH'))
    expect(candidates.next(1, now)).toMatchObject({ instrument: 'HIGH' })
  })

  it('does not wait for ever for a higher priority whose information never comes', () => {
    const candidates = createCandidates('KRX')
    candidates.enter(hit('1', 'LOW', '09:30'), rule('1', 1), at('09:30'))
    candidates.enter(hit('2', 'HIGH', '09:30'), rule('2', 9), at('09:30'))
    candidates.ready(instrumentId('LOW'))
    expect(candidates.next(1, at('09:30:04'))).toMatchObject({ instrument: 'LOW' })
    expect(candidates.overdue(at('09:30:11'))).toMatchObject([{ instrument: 'HIGH' }])
  })

  it('counts what entered and what was ordered', () => {
    const candidates = createCandidates('KRX')
    const entered = candidates.enter(hit('1', 'A', '09:30'), rule('1'), at('09:30'))
    if ('code' in entered) throw new Error('a hit inside its window is a candidate')
    candidates.settle(entered, true)
    expect(candidates.countOf(conditionId('1'))).toEqual({ entered: 1, ordered: 1, lastAt: at('09:30') })
  })
})
