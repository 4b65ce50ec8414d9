import { describe, expect, it } from 'vitest'
import { measured, tooFew } from './statistic.ts'
import { type VerdictInput, verdictOf } from './verdict.ts'

const GOOD: VerdictInput = {
  trials: 36,
  deflatedSharpe: measured(0.95),
  overfitting: measured(0.5),
  outOfSampleSharpe: measured(0.01),
  trades: 30,
  profit: 1_001,
  costs: 1_000,
}

describe('the verdict', () => {
  it('accepts what just passes every check', () => {
    const { accepted, checks } = verdictOf(GOOD)
    expect(accepted).toBe(true)
    expect(checks.map(({ name }) => name)).toEqual([
      'deflatedSharpe',
      'overfitting',
      'outOfSample',
      'trades',
      'costs',
    ])
  })

  it.each([
    ['deflatedSharpe', { deflatedSharpe: measured(0.9497) }, /94\.9%/],
    ['deflatedSharpe', { deflatedSharpe: tooFew(1, 2) }, /not measurable/],
    ['overfitting', { overfitting: measured(0.50001) }, /50\.1%/],
    ['overfitting', { overfitting: tooFew(3, 40) }, /not measurable/],
    ['outOfSample', { outOfSampleSharpe: measured(0) }, /above 0/],
    ['outOfSample', { outOfSampleSharpe: tooFew(0, 2) }, /not measurable/],
    ['trades', { trades: 29 }, /29 trades/],
    ['costs', { profit: 1_000 }, /0 won/],
  ] as const)('refuses by %s alone: %j', (name, worse, said) => {
    const { accepted, checks } = verdictOf({ ...GOOD, ...worse })
    expect(accepted).toBe(false)
    const reasons = checks.filter(({ passed }) => !passed)
    expect(reasons.map((each) => each.name)).toEqual([name])
    expect(reasons[0]?.en).toMatch(said)
    expect(reasons[0]?.ko).toMatch(/[가-힣]/)
  })

  it('asks for no overfitting where one set was tried', () => {
    const { overfitting: _, ...single } = GOOD
    expect(verdictOf(single).checks.map(({ name }) => name)).not.toContain('overfitting')
  })
})
