import { describe, expect, it } from 'vitest'
import { tradingDay } from '../../model/time.ts'
import { createRandom } from '../../std/random.ts'
import { noiseVariance } from '../analytics/trials.ts'
import { searchBy } from './methods.ts'
import { objectiveOf } from './objective.ts'
import { optimise, ranked, scoreOf, type Trial } from './optimise.ts'
import { type ParameterSpace, readSpace } from './parameter-space.ts'
import { stabilityOf } from './stability.ts'
import { surfaceOf } from './surface.ts'
import { failedTrial, type PlayTrials, type TrialJob } from './trial.ts'
import { judgeSearch } from './verdict.ts'

const label = { ko: '값', en: 'value' }
const read = readSpace(
  {
    a: { kind: 'whole', from: 1, to: 9, default: 1, label },
    b: { kind: 'whole', from: 1, to: 9, default: 1, label },
  },
  { a: '1..9:1', b: '1..5:1' },
)
const SPACE: ParameterSpace = read.ok ? read.value : { fixed: {}, dimensions: [] }
const YEAR = 246
const DAYS = 320
const window = { from: tradingDay('2024-01-02'), to: tradingDay('2025-04-30') }

/** Normal days with this drift for the parameters; the noise of a trial is its own. */
const trialsWith = (drift: (job: TrialJob) => number | undefined): Promise<readonly Trial[]> => {
  const play: PlayTrials = async (jobs) =>
    jobs.map((job) => {
      const random = createRandom(3).fork(JSON.stringify(job.parameters))
      const mean = drift(job)
      if (mean === undefined) return failedTrial(job, { ko: '실패', en: 'failed' })
      const returns = Float64Array.from({ length: DAYS }, () => mean + 0.01 * random.normal())
      return { job, returns, roundTrips: 1, endedWith: 1, costs: 0, decisionHash: '' }
    })
  const search = searchBy('grid', { space: SPACE, seed: 1, trials: 1_000 })
  return optimise({ space: SPACE, search, objective: 'sharpe', window, periodsPerYear: YEAR, play })
}

describe('a search is judged', () => {
  it('as luck where no trial has any skill', async () => {
    const trials = await trialsWith(() => 0)
    const verdict = judgeSearch(SPACE, trials, { count: trials.length, variance: noiseVariance(DAYS) }, YEAR)
    expect(verdict).toMatchObject({ trials: 45, failed: 0, sharpeByLuck: { ok: true } })
    expect(verdict.deflatedSharpe.ok && verdict.deflatedSharpe.value).toBeLessThan(0.9)
    expect(verdict.overfitting.ok && verdict.overfitting.value.probability).toBeGreaterThan(0.2)
    expect(verdict.stability?.mean).toBeLessThan((verdict.winner && scoreOf(verdict.winner)) ?? 0)
  })

  it('by all that was ever tried, not by this search alone', async () => {
    const trials = await trialsWith(() => 0.0005)
    const verdict = (count: number) =>
      judgeSearch(SPACE, trials, { count, variance: noiseVariance(DAYS) }, YEAR)
    const [few, many] = [verdict(45).deflatedSharpe, verdict(45_000).deflatedSharpe]
    expect(many.ok && few.ok && many.value < few.value).toBe(true)
  })

  it('as skill where a region earns', async () => {
    const near = (at: unknown, top: number) => Math.max(0, 1 - Math.abs(Number(at) - top) / 3)
    const trials = await trialsWith(
      ({ parameters: { a, b } }) => 0.004 * near(a, 4) * near(b, 3) - (Number(a) > 7 ? 0.004 : 0),
    )
    const verdict = judgeSearch(SPACE, trials, { count: trials.length, variance: noiseVariance(DAYS) }, YEAR)
    expect(verdict.winner?.outcome.job.parameters).toMatchObject({ a: 4, b: 3 })
    expect(verdict.overfitting.ok && verdict.overfitting.value.probability).toBeLessThan(0.05)
    expect(verdict.stability?.neighbours).toBe(8)
    const surface = surfaceOf(SPACE, trials)
    expect(surface?.across.key).toBe('a')
    expect(surface?.rows).toHaveLength(5)
    expect(verdict.winner && surface?.placeOf(verdict.winner)).toEqual([3, 2])
    expect(surface?.rows[2]?.[3]?.count).toBe(1)
  })

  it('with failed trials counted, ranked last and never the winner', async () => {
    const trials = await trialsWith(({ parameters: { a } }) => (Number(a) > 2 ? undefined : -0.001))
    const verdict = judgeSearch(SPACE, trials, { count: trials.length, variance: noiseVariance(DAYS) }, YEAR)
    expect(verdict).toMatchObject({ trials: 45, failed: 35 })
    expect(
      ranked(trials)
        .slice(10)
        .every(({ outcome }) => outcome.failed !== undefined),
    ).toBe(true)
    expect(verdict.winner && stabilityOf(SPACE, trials, verdict.winner)?.neighbours).toBeGreaterThan(0)
  })

  it('without a winner where all failed', async () => {
    const trials = await trialsWith(() => undefined)
    const verdict = judgeSearch(SPACE, trials, { count: trials.length, variance: noiseVariance(DAYS) }, YEAR)
    expect(verdict.winner).toBeUndefined()
    expect(verdict.deflatedSharpe.ok).toBe(false)
    expect(surfaceOf(SPACE, trials)).toBeUndefined()
  })
})

it('each objective is the figure of analytics', () => {
  const returns = Float64Array.of(0.01, -0.005, 0.02, -0.01)
  const values = (['sharpe', 'return', 'calmar', 'sortino'] as const).map((each) =>
    objectiveOf(each, returns, YEAR),
  )
  expect(values.every(({ ok }) => ok)).toBe(true)
  expect(values[1]).toEqual({ ok: true, value: expect.closeTo(1.01 * 0.995 * 1.02 * 0.99 - 1, 12) })
})
