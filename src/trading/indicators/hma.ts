import { checkFinite, checkPeriod, outputFor } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning, feed } from './running.ts'
import { createWeighted, weightedFrom } from './wma.ts'

/**
 * Hull moving average, in the unit of the values: `WMA(2 × WMA(x, n/2) - WMA(x, n), √n)`, both lengths cut down to whole
 * numbers. NaN before index `n + ⌊√n⌋ - 2`.
 *
 * In: values oldest first; `period` from 2 to 100,000. `out` is filled and given back; a fresh array without it.
 * Errors: a period out of range, a value that is not finite, or an `out` of another length or in the memory of `values`
 * breaks an invariant. Source: Alan Hull, Reducing Lag in a Moving Average (2005): "Integer(SquareRoot(Period)) WMA [2 x
 * Integer(Period/2) WMA(Price) - Period WMA(Price)]"; worked by hand in the test, since TA-Lib 0.6 has no such function.
 */
export function hma(values: Float64Array, period: number, out?: Float64Array): Float64Array {
  checkPeriod('hma', period, 2)
  const { half, root } = lengthsOf(period)
  const length = values.length
  const result = outputFor('hma', length, out, values)
  const sharp = weightedFrom('hma', values, 0, half, new Float64Array(length))
  const slow = weightedFrom('hma', values, 0, period, result)
  for (let i = period - 1; i < length; i++) sharp[i] = 2 * (sharp[i] as number) - (slow[i] as number)
  return weightedFrom('hma', sharp, period - 1, root, result)
}

/** As `hma`, one value at a time and to the same bit. */
export function createHma(period: number): Indicator<number, number> {
  checkPeriod('hma', period, 2)
  const { half, root } = lengthsOf(period)
  const sharp = createWeighted('hma', half)
  const slow = createWeighted('hma', period)
  const smooth = createWeighted('hma', root)
  return createRunning({
    name: 'hma',
    state: new Float64Array(0),
    parts: [sharp, slow, smooth],
    check: checkFinite,
    step: (value, index, again) => {
      const near = feed(sharp, value, again)
      const far = feed(slow, value, again)
      if (index >= period - 1) feed(smooth, 2 * near - far, again)
    },
    read: () => smooth.value,
  })
}

const lengthsOf = (period: number) => ({
  half: Math.floor(period / 2),
  root: Math.floor(Math.sqrt(period)),
})
