import { expect, describe as group, it } from 'vitest'
import { sessionsOf } from '../../src/model/sessions.ts'
import { planDay } from './day-plan.ts'
import { describe, playDay } from './days.ts'

/** The short form of `npm run soak -- days`. */
const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1)

group('a random simulated day', () => {
  it.each(SEEDS.map((seed) => [seed, describe(planDay(seed))]))(
    'of seed %i keeps every invariant at every event (%s)',
    (seed) => {
      const plan = planDay(seed)
      const { outcome, faults } = playDay(plan, seed === 1)
      expect(faults).toEqual([])
      expect(outcome.prints).toBeGreaterThan(50)
      expect(outcome.outsider.fills).toBeGreaterThan(0)
      expect(outcome.nxtPrints > 0).toBe(plan.day >= '2025-03-04')
    },
  )

  it('is of any era, with any hours, and always has an auction', () => {
    const plans = Array.from({ length: 100 }, (_, index) => planDay(index + 1))
    const seen = (of: (plan: (typeof plans)[number]) => string) => new Set(plans.map(of)).size
    expect(seen(({ day }) => day.slice(0, 4))).toBeGreaterThanOrEqual(11)
    expect(seen(({ day }) => day)).toBeGreaterThan(80)
    expect(plans.filter(({ stretch }) => stretch === 'whole')).toHaveLength(20)
    for (const { day, from, to } of plans) {
      const calls = sessionsOf('KRX', day).filter(({ phase }) => /Call/.test(phase))
      expect(calls.some((call) => from < call.to && call.to < to)).toBe(true)
    }
  })
})
