import { err, ok } from '../../std/result.ts'
import { type Overfitting, overfittingProbability } from '../analytics/overfitting.ts'
import { PERIODS_PER_YEAR } from '../analytics/periods.ts'
import { sharpePerPeriod } from '../analytics/ratios.ts'
import { sharpeSample } from '../analytics/sharpe-honesty.ts'
import { measured, type Statistic, tooFew } from '../analytics/statistic.ts'
import { deflatedSharpe, expectedMaximumSharpe, noiseVariance, type Trials } from '../analytics/trials.ts'
import { ranked, scoreOf, type Trial } from './optimise.ts'
import type { ParameterSpace } from './parameter-space.ts'
import { type Stability, stabilityOf } from './stability.ts'

/** What a search found, and how far it can be believed. */
export interface Verdict {
  /** The best trial; absent when none has a score. */
  readonly winner?: Trial
  readonly trials: number
  readonly failed: number
  /** Per year: what the best of so many trials would show by luck alone. */
  readonly sharpeByLuck: Statistic
  /** Probability that the winner's Sharpe ratio is more than that luck. */
  readonly deflatedSharpe: Statistic
  readonly overfitting: Statistic<Overfitting>
  readonly stability?: Stability
}

/**
 * Judges a search. Every trial counts, failed ones too, and as if each were independent: that asks for more than it would have
 * to. The variance of the trials' Sharpe ratios is that of the ones that traded.
 */
export function verdictOf(space: ParameterSpace, trials: readonly Trial[]): Verdict {
  const failed = trials.filter(({ outcome }) => outcome.failed !== undefined).length
  const [first] = ranked(trials)
  const winner = first !== undefined && scoreOf(first) !== undefined ? first : undefined
  const luck = luckOf(trials, winner)
  const stability = winner && stabilityOf(space, trials, winner)
  return {
    ...(winner && { winner }),
    trials: trials.length,
    failed,
    sharpeByLuck: luck.ok
      ? measured(expectedMaximumSharpe(luck.value) * Math.sqrt(PERIODS_PER_YEAR.krxDays))
      : luck,
    deflatedSharpe: deflatedOf(winner, luck),
    overfitting: overfittingOf(trials, winner),
    ...(stability && { stability }),
  }
}

function deflatedOf(winner: Trial | undefined, luck: Statistic<Trials>): Statistic {
  if (!luck.ok) return luck
  const sample = sharpeSample(winner?.outcome.returns ?? [])
  return sample.ok ? deflatedSharpe(sample.value, luck.value) : sample
}

function luckOf(trials: readonly Trial[], winner: Trial | undefined): Statistic<Trials> {
  const days = winner?.outcome.returns.length ?? 0
  if (days < 2) return tooFew(days, 2)
  const sharpes = trials.flatMap(({ outcome }) => {
    const each = outcome.failed === undefined ? sharpePerPeriod(outcome.returns) : err(undefined)
    return each.ok ? [each.value] : []
  })
  const count = trials.length
  return ok({ count, variance: sharpes.length < 2 ? noiseVariance(days) : varianceOf(sharpes) })
}

function varianceOf(values: readonly number[]): number {
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length
  return values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (values.length - 1)
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
