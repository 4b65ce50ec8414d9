import { describe, expect, it } from 'vitest'
import type { SweepReport, SweepTrialMessage } from '../../../contract/backtest-report.ts'
import { sweepMap } from './sweep-map.ts'

const trial = (number: number, values: SweepTrialMessage['values'], score?: number): SweepTrialMessage => ({
  number,
  values,
  ...(score !== undefined && { score }),
  roundTrips: 1,
})

const report = (trials: readonly SweepTrialMessage[], winner?: number): SweepReport => ({
  version: 1,
  title: { ko: '', en: '' },
  subtitle: '',
  strategy: 'x',
  objective: { ko: '', en: '', key: 'sharpe', unit: 'number' },
  parameters: ['fast', 'slow', 'way'].map((key) => ({ key, ko: key, en: key })),
  fixed: {},
  alarms: [],
  doubts: [],
  honesty: [],
  played: trials.length,
  failed: 0,
  ...(winner !== undefined && { winner }),
  trials: [...trials],
  failures: [],
  assumptions: [],
  certificate: [],
})

describe('the map of a sweep', () => {
  it('puts trials with the same two values together and frames the winner', () => {
    const map = sweepMap(
      report(
        [
          trial(0, [10, 20, 'a'], 1),
          trial(1, [10, 20, 'b'], 3),
          trial(2, [5, 20, 'a'], 0),
          trial(3, [5, 40, 'a']),
        ],
        1,
      ),
      'fast',
      'slow',
    )
    expect(map).toMatchObject({ across: ['5', '10'], up: ['20'], low: 0, high: 2, winner: [0, 1] })
    expect(map?.rows[0]?.[1]).toMatchObject({ mean: 2, count: 2, best: { number: 1 } })
  })

  it('says what surrounds a cell, so that a peak that stands alone is seen', () => {
    const values = [1, 2, 3].flatMap((fast) => [1, 2, 3].map((slow) => [fast, slow] as const))
    const trials = values.map(([fast, slow], i) =>
      trial(i, [fast, slow, 'a'], fast === 2 && slow === 2 ? 9 : 1),
    )
    const map = sweepMap(report(trials), 'fast', 'slow')
    expect(map?.rows[1]?.[1]).toMatchObject({ mean: 9, around: 1 })
    expect(map?.rows[0]?.[0]).toMatchObject({ mean: 1, around: (1 + 1 + 9) / 3 })
  })

  it('puts many values into twelve bins, and needs one parameter only', () => {
    const trials = Array.from({ length: 60 }, (_, i) => trial(i, [i / 10, 1, 'a'], i))
    const map = sweepMap(report(trials), 'fast', undefined)
    expect(map?.across).toHaveLength(12)
    expect(map?.rows).toHaveLength(1)
    expect(map?.rows[0]?.reduce((sum, cell) => sum + (cell?.count ?? 0), 0)).toBe(60)
  })

  it('orders choices by name, and shows nothing of trials without a score', () => {
    expect(
      sweepMap(report([trial(0, [1, 1, 'b'], 1), trial(1, [1, 1, 'a'], 2)]), 'way', undefined)?.across,
    ).toEqual(['a', 'b'])
    expect(sweepMap(report([trial(0, [1, 1, 'a'])]), 'fast', 'slow')).toBeUndefined()
    expect(sweepMap(report([trial(0, [1, 1, 'a'], 1)]), 'unknown', 'slow')).toBeUndefined()
  })
})
