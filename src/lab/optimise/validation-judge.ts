import { critique, type Remark } from '../analytics/critique.ts'
import { type Overfitting, overfittingProbability } from '../analytics/overfitting.ts'
import { sharpe } from '../analytics/ratios.ts'
import { type SharpeSample, sharpeSample } from '../analytics/sharpe-honesty.ts'
import { type Statistic, tooFew } from '../analytics/statistic.ts'
import { deflatedSharpe, sharpeNeeded, type Trials } from '../analytics/trials.ts'
import { type Verdict, verdictOf } from '../analytics/verdict.ts'
import type { ParameterSet, TrialOutcome } from './trial.ts'
import { canonical } from './validation-count.ts'
import { bestOutcome, sharpeOf } from './validation-walk.ts'

/** What was seen on the days that chose nothing. */
export interface OutOfSample {
  readonly returns: Float64Array
  readonly trades: number
  /** In the smallest unit of the account's currency; costs are inside the profit. */
  readonly profit: number
  readonly costs: number
  readonly walkForward?: { readonly trainAnnual: number; readonly testAnnual: number }
}

export interface Judged {
  readonly verdict: Verdict
  /** The set that did best over all days. */
  readonly best?: TrialOutcome
  readonly deflated: Statistic
  /** Per day. */
  readonly needed: Statistic
  readonly overfitting?: Statistic<Overfitting>
  /** Per year. */
  readonly outOfSampleSharpe: Statistic
  readonly remarks: readonly Remark[]
}

/**
 * The whole judgement of a search: `whole` are all its sets over all days, `trials` all that was ever tried of the idea.
 * Pure: the same numbers, the same verdict.
 */
export function judge(
  whole: readonly TrialOutcome[],
  outOfSample: OutOfSample,
  trials: Trials,
  periodsPerYear: number,
): Judged {
  const best = bestOutcome(whole)
  const sample: Statistic<SharpeSample> = best ? sharpeSample(best.returns) : tooFew(0, 1)
  const played = whole.filter(({ failed }) => failed === undefined).map(({ returns }) => returns)
  const overfitting = whole.length > 1 ? overfittingOf(played) : undefined
  const deflated = sample.ok ? deflatedSharpe(sample.value, trials) : sample
  const outOfSampleSharpe = sharpe(outOfSample.returns, { periodsPerYear })
  const { trades, profit, costs, walkForward } = outOfSample
  const neighbourhood = best && neighbourhoodOf(best, whole)
  return {
    ...(best && { best }),
    deflated,
    needed: sample.ok ? sharpeNeeded(sample.value, trials) : sample,
    ...(overfitting && { overfitting }),
    outOfSampleSharpe,
    remarks: critique({
      history: { periods: best?.returns.length ?? 0, periodsPerYear },
      ...(sample.ok && { sample: sample.value }),
      trials,
      ...(neighbourhood && { neighbourhood }),
      ...(walkForward && { walkForward }),
    }),
    verdict: verdictOf({
      trials: trials.count,
      deflatedSharpe: deflated,
      ...(overfitting && { overfitting: probabilityOf(overfitting) }),
      outOfSampleSharpe,
      trades,
      profit,
      costs,
    }),
  }
}

const BLOCKS = [16, 14, 12, 10, 8, 6, 4]
/** Two weeks of days: less has no Sharpe ratio worth ranking. Our own bound. */
const BLOCK_MIN_DAYS = 10

function overfittingOf(played: readonly Float64Array[]): Statistic<Overfitting> {
  const days = played[0]?.length ?? 0
  const blocks = BLOCKS.find((each) => days >= each * BLOCK_MIN_DAYS)
  return blocks === undefined ? tooFew(days, 4 * BLOCK_MIN_DAYS) : overfittingProbability(played, blocks)
}

const probabilityOf = (overfitting: Statistic<Overfitting>): Statistic =>
  overfitting.ok ? { ok: true, value: overfitting.value.probability } : overfitting

/** Sets that differ from the best in one value alone, by one step of those that were tried. */
function neighbourhoodOf(best: TrialOutcome, whole: readonly TrialOutcome[]) {
  const chosen = sharpeOf(best)
  if (chosen === undefined) return undefined
  const own = best.job.parameters
  const bySet = new Map(whole.map((outcome) => [canonical(outcome.job.parameters), outcome]))
  const neighbours = Object.keys(own).flatMap((key) => {
    const tried = [...new Set(whole.map(({ job }) => job.parameters[key]))]
    const numbers = tried.filter((value): value is number => typeof value === 'number').sort((a, b) => a - b)
    const at = numbers.indexOf(own[key] as number)
    if (at < 0) return []
    return [numbers[at - 1], numbers[at + 1]].flatMap((value) => {
      const set: ParameterSet | undefined = value === undefined ? undefined : { ...own, [key]: value }
      const outcome = set && bySet.get(canonical(set))
      // One that never moved earns nothing.
      return outcome ? [sharpeOf(outcome) ?? 0] : []
    })
  })
  return { chosen, neighbours }
}
