import { checkFinite, checkPeriod, outputFor } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning, feed } from './running.ts'
import { createMean, meanFrom } from './sma.ts'
import { isZero } from './zero.ts'

/**
 * Percentage price oscillator: by how many percent the fast simple average stands above the slow one (TA-Lib's default kind
 * of average; charts often take EMAs); 0 where the slow one is 0. NaN before index `slow - 1`. A `slow` below `fast` changes
 * places with it.
 *
 * In: values oldest first; periods from 2 to 100,000 (TA-Lib's own defaults are 12, 26). `out` is filled and given back; a
 * fresh array without it.
 * Errors: a period out of range, a value that is not finite, or an `out` of another length or in the memory of `values`
 * breaks an invariant. Source: TA-Lib 0.6 `ta_PPO.c` (golden values in the test).
 */
export function ppo(values: Float64Array, fast: number, slow: number, out?: Float64Array): Float64Array {
  return oscillator('ppo', values, fast, slow, percentAbove, out)
}

/** As `ppo`, one value at a time and to the same bit. */
export function createPpo(fast: number, slow: number): Indicator<number, number> {
  return createOscillator('ppo', fast, slow, percentAbove)
}

const percentAbove = (fast: number, slow: number): number => (isZero(slow) ? 0 : ((fast - slow) / slow) * 100)

/**
 * Absolute price oscillator, in the unit of the values: the fast simple average less the slow one. Else as `ppo`.
 * Source: TA-Lib 0.6 `ta_APO.c` (golden values in the test).
 */
export function apo(values: Float64Array, fast: number, slow: number, out?: Float64Array): Float64Array {
  return oscillator('apo', values, fast, slow, above, out)
}

/** As `apo`, one value at a time and to the same bit. */
export function createApo(fast: number, slow: number): Indicator<number, number> {
  return createOscillator('apo', fast, slow, above)
}

const above = (fast: number, slow: number): number => fast - slow

type Distance = (fast: number, slow: number) => number

function oscillator(
  name: string,
  values: Float64Array,
  fast: number,
  slow: number,
  distance: Distance,
  out: Float64Array | undefined,
): Float64Array {
  const { short, long } = checked(name, fast, slow)
  const length = values.length
  const result = meanFrom(name, values, 0, long, outputFor(name, length, out, values))
  const means = meanFrom(name, values, 0, short, new Float64Array(length))
  for (let i = long - 1; i < length; i++) result[i] = distance(means[i] as number, result[i] as number)
  return result
}

function createOscillator(
  name: string,
  fast: number,
  slow: number,
  distance: Distance,
): Indicator<number, number> {
  const { short, long } = checked(name, fast, slow)
  const near = createMean(name, short)
  const far = createMean(name, long)
  return createRunning({
    name,
    state: new Float64Array(0),
    parts: [near, far],
    check: checkFinite,
    step: (value, _, again) => {
      feed(near, value, again)
      feed(far, value, again)
    },
    // NaN while the slow one is.
    read: () => distance(near.value, far.value),
  })
}

function checked(name: string, fast: number, slow: number) {
  checkPeriod(`${name} fast`, fast, 2)
  checkPeriod(`${name} slow`, slow, 2)
  return { short: Math.min(fast, slow), long: Math.max(fast, slow) }
}
