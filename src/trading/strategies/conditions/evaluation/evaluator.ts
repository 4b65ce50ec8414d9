import type { EpochMs } from '../../../../std/clock.ts'
import { invariant } from '../../../../std/invariant.ts'
import type { ConditionNode } from '../language/tree.ts'
import { compile } from './compile.ts'
import {
  bringUpToDate,
  deliverBar,
  deliverFacts,
  deliverQuote,
  deliverTime,
  deliverTrade,
  truthOf,
} from './deliver.ts'
import { type Explained, explainedOf } from './explain.ts'
import {
  type BestQuotes,
  type ClosedBar,
  type DayFacts,
  KOREAN_TIME,
  type LocalTime,
  type Print,
} from './feeds.ts'
import type { Memory } from './memory.ts'
import { type Missing, missingOf } from './missing.ts'
import type { Frame, Program } from './program.ts'
import { DEFAULT_INTERVAL_MS } from './requirements.ts'
import { type MemoryState, restoreMemory, snapshotOf } from './snapshot.ts'

export interface EvaluatorOptions {
  /** The interval of words that name none: one minute. */
  readonly defaultIntervalMs?: number
  /** Local time of the exchange: Korea. */
  readonly time?: LocalTime
  /** Reckon the traded value of a bar that does not tell it as typical price times volume. Otherwise it is unknown. */
  readonly estimateValue?: boolean
}

/** A snapshot: plain data that survives JSON. */
export interface EvaluatorState {
  readonly shape: string
  readonly memory: MemoryState
}

/**
 * A condition that follows one instrument. The same in a backtest and live: what counts is the order in which it is told.
 *
 * Words look at closed bars only, and change when one closes; after `forming` the bar under way counts as the last one, and
 * `last`, `bid` … are what was heard last. Conditions with a past (`crosses`, `for`, `within`, `rising`, `ago`) take one
 * sample at each closing of the shortest interval in them; where something in them is forming or heard, the values of the
 * moment are the newest sample until that closing. See docs/conditions-language.md.
 */
export interface Evaluator {
  /**
   * A bar has closed. Bars that close at one instant come in any order, and before a trade or quote of the next bar.
   * Errors: a bar that closes before one already reckoned, that is not newer than the last of its interval, or that holds
   * a number that is not finite, breaks an invariant. An interval that the condition does not use is passed over.
   */
  bar(intervalMs: number, bar: ClosedBar): void
  trade(trade: Print): void
  quote(quote: BestQuotes): void
  /** The facts of a day, before its first bar and again when they change. */
  facts(facts: DayFacts): void
  /** Time passes: for conditions that look at the time while nothing is traded. */
  now(at: EpochMs): void
  /** True, false, or `undefined` while that cannot be said: `missing` says why. */
  evaluate(): boolean | undefined
  missing(): readonly Missing[]
  /** The whole condition with the numbers of every leaf. */
  explain(): Explained
  snapshot(): EvaluatorState
  /** Goes on from a snapshot of the same condition with the same intervals. */
  restore(state: EvaluatorState): void
}

/**
 * Makes a condition ready for one instrument. `intervalsMs`: the closed bars that it will be fed, in milliseconds.
 * Errors: an interval that the condition needs (`requirements`) is not among them.
 */
export function createEvaluator(
  condition: ConditionNode,
  intervalsMs: readonly number[],
  options: EvaluatorOptions = {},
): Evaluator {
  const program = compile([condition], frameOf(intervalsMs, options))
  const memory = program.newMemory()
  const upToDate = (): Memory => {
    bringUpToDate(program, memory)
    return memory
  }
  return {
    bar: (intervalMs, bar) => deliverBar(program, memory, intervalMs, bar),
    trade: (trade) => deliverTrade(program, memory, trade),
    quote: (quote) => deliverQuote(program, memory, quote),
    facts: (facts) => deliverFacts(program, memory, facts),
    now: (at) => deliverTime(program, memory, at),
    evaluate: () => truthOf(program, upToDate(), 0),
    missing: () => missingOf(program, upToDate(), condition),
    explain: () => explainedOf(program, upToDate(), condition),
    snapshot: () => ({ shape: program.shape, memory: snapshotOf(memory) }),
    restore: (state) => {
      checkShape(program, state.shape)
      restoreMemory(memory, state.memory)
    },
  }
}

export const frameOf = (
  intervalsMs: readonly number[],
  { defaultIntervalMs = DEFAULT_INTERVAL_MS, time = KOREAN_TIME, estimateValue = false }: EvaluatorOptions,
): Frame => ({
  intervals: [...new Set(intervalsMs)].sort((a, b) => a - b),
  defaultIntervalMs,
  time,
  estimateValue,
})

export function checkShape(program: Program, shape: string): void {
  invariant(shape === program.shape, 'a snapshot belongs to the condition and the intervals it was taken of')
}
