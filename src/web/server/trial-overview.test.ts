import { describe, expect, it } from 'vitest'
import { tradingDay } from '../../model/time.ts'
import type { TrialRecord } from '../../ports/trial-ledger.ts'
import { trialOverview } from './trial-overview.ts'

const trial = (fast: number, sharpe: number, over: Partial<TrialRecord> = {}): TrialRecord => ({
  what: 'trial',
  kind: 'sweep',
  at: 1_000 + fast,
  idea: { id: 'ema-cross', text: 'EMA' },
  window: {
    set: 'bars/1d/KRX/none',
    symbols: 'abc',
    names: 1,
    from: tradingDay('2024-01-02'),
    to: tradingDay('2024-12-30'),
  },
  parameters: { fast },
  rules: 'r',
  result: `hash${fast}`,
  sample: { sharpe, observations: 240, skewness: 0, kurtosis: 3 },
  ...over,
})

describe('the overview of trials', () => {
  it('asks for a higher Sharpe ratio the more was tried, and counts a repeat once', () => {
    const one = trialOverview({ records: [trial(5, 0.05), trial(5, 0.05)], unreadable: 0 })
    const many = trialOverview({
      records: Array.from({ length: 40 }, (_, i) => trial(i, i === 7 ? 0.1 : i / 1_000)),
      unreadable: 1,
    })
    expect(one.ideas).toMatchObject([{ id: 'ema-cross', trials: 1 }])
    expect(many.ideas).toMatchObject([{ trials: 40, best: { parameters: { fast: 7 } } }])
    expect(many.ideas[0]?.best?.sharpe).toBeCloseTo(0.1 * Math.sqrt(246), 9)
    expect(many.ideas[0]?.best?.needed).toBeGreaterThan(
      one.ideas[0]?.best?.needed ?? Number.POSITIVE_INFINITY,
    )
    expect(many).toMatchObject({ total: 40, unreadable: 1 })
    expect(many.records).toHaveLength(40)
  })

  it('takes no failure for the best', () => {
    const failed = trial(9, 3, { failed: { ko: '실패', en: 'failed' } })
    const { ideas } = trialOverview({ records: [trial(5, 0.05), failed], unreadable: 0 })
    expect(ideas).toMatchObject([{ trials: 2, failed: 1, best: { parameters: { fast: 5 } } }])
  })
})
