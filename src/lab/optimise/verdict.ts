import { type Overfitting, overfittingProbability } from '../analytics/overfitting.ts'
import { sharpeSample } from '../analytics/sharpe-honesty.ts'
import { measured, type Statistic } from '../analytics/statistic.ts'
import { deflatedSharpe, expectedMaximumSharpe, type Trials } from '../analytics/trials.ts'
import { ranked, scoreOf, type Trial } from './optimise.ts'
import type { ParameterSpace } from './parameter-space.ts'
import { type Stability, stabilityOf } from './stability.ts'

/** What a search found, and how far it can be believed. */
export interface Verdict {
  /** The best trial; absent when none has a score. */
  readonly winner?: Trial
  readonly trials: number
  readonly failed: number
  /** Trials of the idea on these days in all, those of other runs included. */
  readonly tried: number
  /** Per year: what the best of so many trials would show by luck alone. */
  readonly sharpeByLuck: Statistic
  /** Probability that the winner's Sharpe ratio is more than that luck. */
  readonly deflatedSharpe: Statistic
  readonly overfitting: Statistic<Overfitting>
  readonly stability?: Stability
}

/**
 * Judges a search. `tried`: all that was ever tried of the idea on these days, this search included, failed ones too, and as if
 * each were independent: that asks for more than it would have to.
 */
export function judgeSearch(
  space: ParameterSpace,
  trials: readonly Trial[],
  tried: Trials,
  periodsPerYear: number,
): Verdict {
  const failed = trials.filter(({ outcome }) => outcome.failed !== undefined).length
  const [first] = ranked(trials)
  const winner = first !== undefined && scoreOf(first) !== undefined ? first : undefined
  const stability = winner && stabilityOf(space, trials, winner)
  return {
    ...(winner && { winner }),
    trials: trials.length,
    failed,
    tried: tried.count,
    sharpeByLuck: measured(expectedMaximumSharpe(tried) * Math.sqrt(periodsPerYear)),
    deflatedSharpe: deflatedOf(winner, tried),
    overfitting: overfittingOf(trials, winner),
    ...(stability && { stability }),
  }
}

function deflatedOf(winner: Trial | undefined, tried: Trials): Statistic {
  const sample = sharpeSample(winner?.outcome.returns ?? [])
  return sample.ok ? deflatedSharpe(sample.value, tried) : sample
}

/** Sixteen blocks make 12,870 splits, ten make 252: of many trials the fewer are enough and the more take minutes. */
const [FINE_BLOCKS, COARSE_BLOCKS, FINE_TRIALS] = [16, 10, 2_000]

/** Over the trials that came to the end of the same days. */
function overfittingOf(trials: readonly Trial[], winner: Trial | undefined): Statistic<Overfitting> {
  const length = winner?.outcome.returns.length ?? 0
  const columns = trials
    .filter(({ outcome }) => outcome.failed === undefined && outcome.returns.length === length)
    .map(({ outcome }) => outcome.returns)
  return overfittingProbability(columns, columns.length > FINE_TRIALS ? COARSE_BLOCKS : FINE_BLOCKS)
}
