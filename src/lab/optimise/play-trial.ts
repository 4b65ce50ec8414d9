import type { Sentence } from '../../model/sentence.ts'
import { DAY_MS, kstDay, kstInstant, timeOfDay } from '../../model/time.ts'
import type { Result } from '../../std/result.ts'
import { firstFrom } from '../../std/sorted.ts'
import { type BarTable, momentsBetween } from '../backtest/bar-table.ts'
import type { BacktestPlan } from '../backtest/plan.ts'
import { runBacktest } from '../backtest/run.ts'
import { failedTrial, type ParameterSet, type TrialJob, type TrialOutcome } from './trial.ts'

/** Makes the plan of a set of values over some bars; the error says which value the strategy does not take. */
export type PlanOf = (parameters: ParameterSet, bars: BarTable) => Result<BacktestPlan, Sentence>

const MIDNIGHT = timeOfDay('00:00')

/**
 * Plays one job by the ordinary backtest. Bars before the window warm the strategy up; nothing is traded on them. The same
 * job on the same bars gives the same outcome to the bit, in any process. `onMoment` is told that it goes on.
 */
export function playTrial(
  planOf: PlanOf,
  bars: BarTable,
  job: TrialJob,
  onMoment: () => void = () => undefined,
): TrialOutcome {
  const from = kstInstant(job.from, MIDNIGHT)
  const end = firstFrom(bars.openAt, kstInstant(job.to, MIDNIGHT) + DAY_MS)
  const first = firstFrom(bars.openAt, from)
  if (first >= end) return failedTrial(job, noBars(job))
  const probe = planOf(job.parameters, bars)
  if (!probe.ok) return failedTrial(job, probe.error)
  const warmUp = Math.max(0, ...probe.value.participants.map(({ run }) => run.needs.warmUpBars))
  // One bar more than the warm-up: what is wanted at its close is traded at the first opening of the window.
  const plan = planOf(job.parameters, momentsBetween(bars, Math.max(0, first - warmUp - 1), end))
  if (!plan.ok) return failedTrial(job, plan.error)
  const result = runBacktest({ ...plan.value, tradeFrom: from }, onMoment)
  const { beganWith, endedWith, equity, costs, roundTrips, decisionHash, stopped } = result
  return {
    job,
    returns: dailyReturns(beganWith, equity.at, equity.value),
    roundTrips: roundTrips.length,
    endedWith,
    costs: costs.commission + costs.tax,
    decisionHash,
    ...(stopped && { failed: { ko: stopped.ko, en: stopped.en } }),
  }
}

/** From the last equity of one day to that of the next; the first day from what the run began with. */
export function dailyReturns(beganWith: number, at: Float64Array, value: Float64Array): Float64Array {
  const returns: number[] = []
  let before = beganWith
  for (let i = 0; i < at.length; i++) {
    const endsDay = i + 1 === at.length || kstDay(at[i + 1] as number) !== kstDay(at[i] as number)
    if (!endsDay) continue
    returns.push((value[i] as number) / before - 1)
    before = value[i] as number
  }
  return Float64Array.from(returns)
}

const noBars = ({ from, to }: TrialJob): Sentence => ({
  ko: `${from} – ${to} 에는 봉이 없습니다`,
  en: `there are no bars in ${from} – ${to}`,
})
