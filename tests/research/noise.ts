import type { CheckName } from '../../src/lab/analytics/verdict.ts'
import { createRandom } from '../../src/std/random.ts'
import { type Plant, randomMarket } from './markets.ts'
import { plantedCandidate, randomCandidate } from './strategies.ts'
import { wholeFlow } from './whole-flow.ts'

/** Two years and a half: one to choose on, and two windows to test. */
const DAYS = 600
const PLANT: Plant = { chance: 0.18, gain: 0.01, days: 3 }

export interface NoiseReport {
  readonly strategies: number
  readonly accepted: number
  /** Seeds of those that were. */
  readonly seeds: readonly number[]
  /** How many each check refused. */
  readonly refusedBy: Readonly<Partial<Record<CheckName, number>>>
  /** How many looked good to somebody who only looks at the best of the grid: a Sharpe ratio above 0.5 a year. */
  readonly lookedGood: number
  /** How many were good on the days that chose nothing, by luck alone. */
  readonly goodOutOfSample: number
}

/** Puts random strategies on random markets through the whole flow. The same seeds give the same report. */
export async function noise(
  strategies: number,
  fromSeed: number,
  onDone: (done: number, report: NoiseReport) => void = () => undefined,
): Promise<NoiseReport> {
  let report: NoiseReport = {
    strategies: 0,
    accepted: 0,
    seeds: [],
    refusedBy: {},
    lookedGood: 0,
    goodOutOfSample: 0,
  }
  for (let seed = fromSeed; seed < fromSeed + strategies; seed++) {
    const random = createRandom(seed)
    const market = randomMarket(random.fork('market'), DAYS)
    const { judged } = await wholeFlow(randomCandidate(random.fork('strategy'), seed), market)
    report = withOne(report, seed, judged)
    onDone(report.strategies, report)
  }
  return report
}

type Judged = Awaited<ReturnType<typeof wholeFlow>>['judged']

function withOne(
  report: NoiseReport,
  seed: number,
  { verdict, best, outOfSampleSharpe }: Judged,
): NoiseReport {
  const refusedBy = { ...report.refusedBy }
  for (const { name, passed } of verdict.checks) if (!passed) refusedBy[name] = (refusedBy[name] ?? 0) + 1
  const total = best ? best.returns.reduce((sum, each) => sum + each, 0) : 0
  const squares = best ? best.returns.reduce((sum, each) => sum + each * each, 0) : 0
  const ratio = best && squares > 0 ? total / Math.sqrt(squares * best.returns.length) : 0
  return {
    strategies: report.strategies + 1,
    accepted: report.accepted + (verdict.accepted ? 1 : 0),
    seeds: verdict.accepted ? [...report.seeds, seed] : report.seeds,
    refusedBy,
    lookedGood: report.lookedGood + (ratio * Math.sqrt(246) > 0.5 ? 1 : 0),
    goodOutOfSample: report.goodOutOfSample + (outOfSampleSharpe.ok && outOfSampleSharpe.value > 0 ? 1 : 0),
  }
}

/** The same flow over a market that has something to be found. */
export const planted = (seed: number) =>
  wholeFlow(plantedCandidate(), randomMarket(createRandom(seed).fork('planted'), DAYS, PLANT))
