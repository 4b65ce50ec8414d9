import { invariant } from '../../std/invariant.ts'
import { annualReturn } from '../analytics/growth.ts'
import { meanOf } from '../analytics/moments.ts'
import { sharpePerPeriod } from '../analytics/ratios.ts'
import type { ParameterSet, PlayTrials, TrialOutcome } from './trial.ts'
import type { WalkWindow } from './validation-windows.ts'

/** What one window chose, and how that did. */
export interface WalkStep {
  readonly window: WalkWindow
  /** Absent when no set had a Sharpe ratio in training: nothing is held in the test. */
  readonly chosen?: ParameterSet
  readonly train?: TrialOutcome
  readonly test?: TrialOutcome
  /** Days of the test. */
  readonly testReturns: Float64Array
}

export interface WalkForward {
  readonly steps: readonly WalkStep[]
  /** Returns of all tests, one after the other. */
  readonly stitched: Float64Array
}

/** So many trading days lie in a window. */
type DayCount = (window: WalkWindow['test']) => number

/**
 * Walk-forward: in each window all sets are played on the training days, and the one with the best Sharpe ratio (the first of
 * equals) plays the test. A set that failed is not chosen. Errors: no set or no window breaks an invariant.
 */
export async function walkForward(
  play: PlayTrials,
  sets: readonly ParameterSet[],
  windows: readonly WalkWindow[],
  daysIn: DayCount,
  options: Parameters<PlayTrials>[1] = {},
): Promise<WalkForward> {
  invariant(sets.length > 0 && windows.length > 0, 'a walk-forward has sets and windows')
  const { onDone, signal } = options
  const all = windows.length * (sets.length + 1)
  const passed = (before: number) => ({
    ...(onDone && { onDone: (done: number) => onDone(before + done, all) }),
    ...(signal && { signal }),
  })
  const training = windows.flatMap(({ train }) => sets.map((parameters) => ({ parameters, ...train })))
  const trained = await play(training, passed(0))
  const best = windows.map((_, i) => bestOutcome(trained.slice(i * sets.length, (i + 1) * sets.length)))
  const testing = windows.flatMap(({ test }, i) => {
    const train = best[i]
    return train ? [{ parameters: train.job.parameters, ...test }] : []
  })
  const tested = [...(await play(testing, passed(training.length)))]
  const steps = windows.map((window, i): WalkStep => {
    const train = best[i]
    const test = train && tested.shift()
    // Where nothing is played, or a run ended early, the account stands still.
    const testReturns = new Float64Array(daysIn(window.test))
    if (!train || !test) return { window, testReturns }
    testReturns.set(test.returns)
    return { window, chosen: train.job.parameters, train, test, testReturns }
  })
  return { steps, stitched: Float64Array.from(steps.flatMap(({ testReturns }) => [...testReturns])) }
}

/** The best Sharpe ratio among outcomes that did not fail, the first of equals. */
export function bestOutcome(outcomes: readonly TrialOutcome[]): TrialOutcome | undefined {
  let best: { readonly outcome: TrialOutcome; readonly sharpe: number } | undefined
  for (const outcome of outcomes) {
    const sharpe = sharpeOf(outcome)
    if (sharpe !== undefined && (best === undefined || sharpe > best.sharpe)) best = { outcome, sharpe }
  }
  return best?.outcome
}

/** Per day; absent for one that failed or never moved. */
export function sharpeOf({ failed, returns }: TrialOutcome): number | undefined {
  const ratio = failed ? undefined : sharpePerPeriod(returns)
  return ratio?.ok ? ratio.value : undefined
}

/**
 * Growth per year where values were chosen (mean of the windows) and where they were not; their ratio is the walk-forward
 * efficiency. Absent where an account was wiped out or nothing was chosen. Source: Pardo (2008); rule book §5.9.
 */
export function efficiencyOf(
  { steps, stitched }: WalkForward,
  periodsPerYear: number,
): { readonly trainAnnual: number; readonly testAnnual: number } | undefined {
  const trained = steps.flatMap(({ train }) => {
    const growth = train && annualReturn(train.returns, periodsPerYear)
    return growth?.ok ? [growth.value] : []
  })
  const tested = annualReturn(stitched, periodsPerYear)
  return trained.length > 0 && tested.ok
    ? { trainAnnual: meanOf(trained), testAnnual: tested.value }
    : undefined
}
