import { describe, expect, it } from 'vitest'
import { tradingDay } from '../../model/time.ts'
import type { PlayTrials, TrialJob, TrialOutcome } from './trial.ts'
import { judge } from './validation-judge.ts'
import { efficiencyOf, walkForward } from './validation-walk.ts'
import type { WalkWindow } from './validation-windows.ts'

const day = (text: string) => tradingDay(`2024-${text}`)
const WINDOWS: readonly WalkWindow[] = [
  { train: { from: day('01-02'), to: day('01-31') }, test: { from: day('02-01'), to: day('02-29') } },
  { train: { from: day('02-01'), to: day('02-29') }, test: { from: day('03-04'), to: day('03-29') } },
]

const outcome = (job: TrialJob, returns: readonly number[], failed?: string): TrialOutcome => ({
  job,
  returns: Float64Array.from(returns),
  roundTrips: 20,
  endedWith: 11_000,
  costs: 100,
  decisionHash: 'h',
  ...(failed && { failed: { ko: failed, en: failed } }),
})

/** What the set `x` earned in the month in which a job begins. */
const player =
  (table: Readonly<Record<string, Readonly<Record<number, readonly number[]>>>>): PlayTrials =>
  async (jobs) =>
    jobs.map((job) => {
      const returns = table[job.from.slice(5, 7)]?.[Number(job.parameters.x)]
      return returns ? outcome(job, returns) : outcome(job, [], 'no')
    })
const SETS = [{ x: 1 }, { x: 2 }]

describe('walk-forward', () => {
  it('tests in each window what was best in its training, and stitches the tests', async () => {
    const play = player({
      '01': { 1: [0.01, 0.02], 2: [-0.01, 0.02] },
      '02': { 1: [-0.03, 0.01], 2: [0.04, 0.02] },
      '03': { 1: [0.05, 0.05], 2: [0.06, -0.02] },
    })
    const { steps, stitched } = await walkForward(play, SETS, WINDOWS, () => 2)
    expect(steps.map(({ chosen }) => chosen)).toEqual([{ x: 1 }, { x: 2 }])
    expect([...stitched]).toEqual([-0.03, 0.01, 0.06, -0.02])
  })

  it('stands aside where no set moved, and does not choose one that failed', async () => {
    const play = player({
      '01': { 1: [0, 0], 2: [0, 0] },
      '02': { 2: [0.01, -0.02] },
      '03': { 2: [0.03] },
    })
    const { steps, stitched } = await walkForward(play, SETS, WINDOWS, () => 2)
    expect(steps.map(({ chosen }) => chosen)).toEqual([undefined, { x: 2 }])
    expect([...stitched]).toEqual([0, 0, 0.03, 0])
  })

  it('measures how much of the growth is left', async () => {
    const play = player({
      '01': { 1: [0.02, 0], 2: [0, 0] },
      '02': { 1: [0.02, 0], 2: [0, 0] },
      '03': { 1: [0, 0], 2: [0, 0] },
    })
    // Two days make a year: trained 2 % in both, tested 2 % over two years.
    const walked = await walkForward(play, SETS, WINDOWS, () => 2)
    const found = efficiencyOf(walked, 2)
    expect(found?.trainAnnual).toBeCloseTo(0.02, 12)
    expect(found?.testAnnual).toBeCloseTo(Math.sqrt(1.02) - 1, 12)
  })
})

describe('the judgement of a search', () => {
  const job = (x: number) => ({ parameters: { x }, from: day('01-02'), to: day('12-30') })
  const wave = (mean: number, phase: number) =>
    Array.from({ length: 240 }, (_, i) => mean + 0.01 * Math.sin(i * (1.3 + phase)))
  const whole = [
    outcome(job(1), wave(0, 0)),
    outcome(job(2), wave(0.002, 0.1)),
    outcome(job(3), wave(0.0001, 0.2)),
  ]
  const seen = { returns: Float64Array.from(wave(0.002, 0.4)), trades: 40, profit: 1_000, costs: 300 }
  const trials = { count: 3, variance: 1 / 239 }

  it('names the best set, and its neighbours where it stands on a cliff', () => {
    const { best, verdict, remarks } = judge(whole, seen, trials, 246)
    expect(best?.job.parameters).toEqual({ x: 2 })
    expect(verdict.accepted).toBe(true)
    expect(remarks.map(({ finding }) => finding.code)).toContain('parameterOnCliff')
  })

  it('refuses the same after a thousand trials', () => {
    const { verdict } = judge(whole, seen, { count: 100_000, variance: 1 / 239 }, 246)
    expect(verdict.checks.filter(({ passed }) => !passed).map(({ name }) => name)).toEqual(['deflatedSharpe'])
  })

  it('measures no overfitting of a single set, and believes nothing where nothing moved', () => {
    expect(judge(whole.slice(1, 2), seen, trials, 246).verdict.checks.map(({ name }) => name)).not.toContain(
      'overfitting',
    )
    const still = judge(
      [outcome(job(1), new Array(240).fill(0))],
      { ...seen, returns: new Float64Array(9) },
      trials,
      246,
    )
    expect(still.verdict.checks.filter(({ passed }) => !passed).map(({ name }) => name)).toEqual([
      'deflatedSharpe',
      'outOfSample',
    ])
  })
})
