import { invariant } from '../../std/invariant.ts'

/** What a bar must have for a true range. Any one unit. */
export interface RangeBar {
  readonly high: number
  readonly low: number
  readonly close: number
}

/** Plain data: the state of a running ATR, for a snapshot. */
export interface AtrState {
  readonly previousClose: number | null
  readonly ranges: number
  readonly value: number
}

export interface Atr {
  /** Takes the next closed bar; gives the value after it, `undefined` while it is not warm. */
  push(bar: RangeBar): number | undefined
  readonly value: number | undefined
  snapshot(): AtrState
  restore(state: AtrState): void
}

/**
 * Average true range, smoothed by Wilder. In: closed bars in any one unit, oldest first. Out: the same unit.
 *
 * The first bar has no previous close and gives no true range; the first value stands at bar index `period` and is the
 * plain mean of the `period` true ranges before it and with it; from then on
 * `(previous × (period − 1) + true range) / period`. Other libraries seed with the first bar's own range and begin one
 * bar earlier. Errors: a period that is not a whole number above 0 breaks an invariant.
 * Source: TA-Lib 0.6 `ta_ATR.c`; J. Welles Wilder, New Concepts in Technical Trading Systems (1978).
 */
export function createAtr(period: number): Atr {
  invariant(Number.isInteger(period) && period > 0, `an ATR period is a whole number above 0: ${period}`)
  let previousClose: number | null = null
  let ranges = 0
  let value = 0

  const smooth = (range: number) => {
    ranges++
    // Until it is warm, `value` is the running sum of the ranges.
    if (ranges < period) value += range
    else if (ranges === period) value = (value + range) / period
    else value = (value * (period - 1) + range) / period
  }

  const current = () => (ranges >= period ? value : undefined)

  return {
    push: (bar) => {
      if (previousClose !== null) smooth(trueRange(bar, previousClose))
      previousClose = bar.close
      return current()
    },
    get value() {
      return current()
    },
    snapshot: () => ({ previousClose, ranges, value }),
    restore: (state) => {
      previousClose = state.previousClose
      ranges = state.ranges
      value = state.value
    },
  }
}

const trueRange = (bar: RangeBar, previousClose: number): number =>
  Math.max(bar.high, previousClose) - Math.min(bar.low, previousClose)
