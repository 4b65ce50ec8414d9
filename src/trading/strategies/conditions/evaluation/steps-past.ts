import type { Indicator, IndicatorState } from '../../../indicators/indicator.ts'
import type { IndicatorBar, IndicatorOutput } from '../language/indicator-spec.ts'
import { CLOSE, HIGH, LOW, type Memory, OPEN, QUOTE_NEWS, TRADE_NEWS, VOLUME } from './memory.ts'
import type { Origin, Step } from './step.ts'

/**
 * Steps with a past. Each takes one sample at every closing of its clock. Between closings, where its inputs change with
 * trades or quotes and one was heard, the values of the moment are its newest sample, and are replaced until the closing.
 */
export interface Past {
  readonly clockBit: number
  readonly origin: Origin
}

const at = (f: Float64Array, place: number): number => f[place] as number

/** Is a sample under way? */
const isForming = ({ clockBit, origin }: Past, f: Float64Array): boolean =>
  (origin.trades && (at(f, TRADE_NEWS) & clockBit) !== 0) ||
  (origin.quotes && (at(f, QUOTE_NEWS) & clockBit) !== 0)

/** The value `bars` samples before. Needs `bars + 3` numbers of state, from 0 and NaN-free: head, count, ring. */
export function agoStep(past: Past, of: number, bars: number, state: number, out: number): Step {
  const size = bars + 1
  const head = state
  const count = state + 1
  const ring = state + 2
  return {
    commit: ({ f }) => {
      const newest = (at(f, head) + 1) % size
      const known = Math.min(at(f, count) + 1, size)
      f[head] = newest
      f[count] = known
      f[ring + newest] = at(f, of)
      f[out] = known === size ? at(f, ring + ((newest + 1) % size)) : Number.NaN
    },
    peek: ({ f }) => {
      if (!isForming(past, f)) return
      // The sample under way has no slot of its own yet, so that all stand one nearer.
      f[out] = at(f, count) >= bars ? at(f, ring + ((at(f, head) + 2) % size)) : Number.NaN
    },
  }
}

/** State: left and right of the last sample, NaN at first. */
export function crossStep(
  past: Past,
  up: boolean,
  left: number,
  right: number,
  state: number,
  out: number,
): Step {
  const truth = (f: Float64Array): number => {
    const a = at(f, state)
    const b = at(f, state + 1)
    const x = at(f, left)
    const y = at(f, right)
    if (Number.isNaN(a) || Number.isNaN(b) || Number.isNaN(x) || Number.isNaN(y)) return Number.NaN
    return (up ? a <= b && x > y : a >= b && x < y) ? 1 : 0
  }
  return {
    commit: ({ f }) => {
      f[out] = truth(f)
      f[state] = at(f, left)
      f[state + 1] = at(f, right)
    },
    peek: ({ f }) => {
      if (isForming(past, f)) f[out] = truth(f)
    },
  }
}

/** Longer ago than anyone asks. */
const NEVER = 1_000_000

/** State: how many samples in a row were as asked; how many came since one that was not (NEVER at first). */
export const DURING_AT_FIRST: readonly number[] = [0, NEVER]

/**
 * `for`: true when the last `bars` samples were all true, false when one of them was false. `within` is the same of the
 * opposite: true when one of them was true. Unknown while neither is certain.
 */
export function duringStep(
  past: Past,
  how: 'for' | 'within',
  of: number,
  bars: number,
  state: number,
  out: number,
): Step {
  const wanted = how === 'for' ? 1 : 0
  const unbroken = state
  const sinceBroken = state + 1
  const truth = (run: number, since: number): number =>
    run >= bars ? wanted : since < bars ? 1 - wanted : Number.NaN
  const runAfter = (f: Float64Array): number => (at(f, of) === wanted ? at(f, unbroken) + 1 : 0)
  const sinceAfter = (f: Float64Array): number =>
    at(f, of) === 1 - wanted ? 0 : Math.min(at(f, sinceBroken) + 1, NEVER)
  return {
    commit: ({ f }) => {
      const run = Math.min(runAfter(f), NEVER)
      const since = sinceAfter(f)
      f[unbroken] = run
      f[sinceBroken] = since
      f[out] = truth(run, since)
    },
    peek: ({ f }) => {
      if (isForming(past, f)) f[out] = truth(runAfter(f), sinceAfter(f))
    },
  }
}

/** Where the outputs of an indicator go; `undefined` name: it has one. */
export type Outputs = readonly { readonly name: string | undefined; readonly place: number }[]

/** State: the last value fed; is a value fed that may be replaced? */
export const FED_AT_FIRST: readonly number[] = [Number.NaN, 0]

/**
 * An indicator of values. A sample without a value (a division by zero) repeats the one before, so that windows stay in
 * step with the bars; samples before the first value are passed over.
 */
export function valuesStep(
  past: Past,
  of: number,
  indicator: number,
  blank: IndicatorState,
  state: number,
  outputs: Outputs,
): Step {
  const last = state
  const replaceable = state + 1
  const fed = ({ f, indicators }: Memory, value: number): IndicatorOutput => {
    const each = indicators[indicator] as Indicator<number, IndicatorOutput>
    return at(f, replaceable) === 1 ? each.replaceLast(value) : each.next(value)
  }
  return {
    commit: (memory) => {
      const { f } = memory
      const sample = at(f, of)
      const value = !Number.isNaN(sample) ? sample : at(f, last)
      if (!Number.isNaN(value)) {
        write(f, outputs, fed(memory, value))
        f[last] = value
      } else if (at(f, replaceable) === 1) {
        // The bar under way had the first value, but closed without one.
        memory.indicators[indicator]?.restore(blank)
        write(f, outputs, Number.NaN)
      }
      f[replaceable] = 0
    },
    peek: (memory) => {
      const { f } = memory
      if (!isForming(past, f)) return
      const sample = at(f, of)
      const value = !Number.isNaN(sample) ? sample : at(f, last)
      if (!Number.isNaN(value)) {
        write(f, outputs, fed(memory, value))
        f[replaceable] = 1
      } else write(f, outputs, Number.NaN)
    },
  }
}

/** An indicator of whole bars, whose columns begin at `columns`. State as `FED_AT_FIRST`. */
export function barsStep(
  past: Past,
  columns: number,
  indicator: number,
  state: number,
  outputs: Outputs,
): Step {
  const replaceable = state + 1
  // One for all instruments: it is read and never kept.
  const bar = { open: 0, high: 0, low: 0, close: 0, volume: 0 }
  const feed = ({ f, indicators }: Memory): void => {
    bar.open = at(f, columns + OPEN)
    bar.high = at(f, columns + HIGH)
    bar.low = at(f, columns + LOW)
    bar.close = at(f, columns + CLOSE)
    bar.volume = at(f, columns + VOLUME)
    const each = indicators[indicator] as Indicator<IndicatorBar, IndicatorOutput>
    write(f, outputs, at(f, replaceable) === 1 ? each.replaceLast(bar) : each.next(bar))
  }
  return {
    commit: (memory) => {
      feed(memory)
      memory.f[replaceable] = 0
    },
    peek: (memory) => {
      if (!isForming(past, memory.f)) return
      feed(memory)
      memory.f[replaceable] = 1
    },
  }
}

function write(f: Float64Array, outputs: Outputs, value: IndicatorOutput): void {
  for (let i = 0; i < outputs.length; i++) {
    const { name, place } = outputs[i] as Outputs[number]
    f[place] =
      typeof value === 'number' ? value : ((value as Readonly<Record<string, number>>)[name ?? ''] as number)
  }
}
