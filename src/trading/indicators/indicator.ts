/** Plain data that survives JSON: the state of a running indicator. A number that is not known is `null`. */
export type IndicatorState = readonly (number | null | IndicatorState)[]

/**
 * An indicator that is fed one closed value (or bar) at a time, oldest first. Its batch form gives the same values to
 * the last bit.
 */
export interface Indicator<In, Out> {
  /** Takes the next value; gives the indicator after it: NaN while it is not warm. Errors: a non-finite input breaks an invariant. */
  next(input: In): Out
  /** As if `input` had come instead of the last value: for a bar that is still forming. Errors: nothing came yet. */
  replaceLast(input: In): Out
  /** What the last call gave; NaN before the first. Several outputs come in one object that is used again. */
  readonly value: Out
  snapshot(): IndicatorState
  /** Goes on from a snapshot of an indicator with the same parameters. */
  restore(state: IndicatorState): void
}
