import fc from 'fast-check'
import { expect } from 'vitest'
import type { Indicator } from '../indicator.ts'

/** Either one number or several by name. */
export type Output = number | Readonly<Record<string, number>>

export interface Agreement<In, Out extends Output> {
  /** The inputs of one random series, oldest first. */
  readonly series: fc.Arbitrary<readonly In[]>
  /** One random set of parameters, as tuple. */
  readonly parameters: fc.Arbitrary<readonly number[]>
  readonly create: (...parameters: readonly number[]) => Indicator<In, Out>
  /** The batch form over the whole series: by output name, or one array. */
  readonly batch: (
    series: readonly In[],
    ...parameters: readonly number[]
  ) => Float64Array | Readonly<Record<string, Float64Array>>
  /** How many random series. */
  readonly runs?: number
}

/** How many series are played where a test asks for `runs`: more when the soak asks for more. */
export const seriesOf = (runs: number): number => Math.max(runs, fc.readConfigureGlobal()?.numRuns ?? 0)

/**
 * Batch and streaming agree bit for bit on random series; a replaced last value and a restored snapshot leave no trace.
 * Fails with the seed and the shortest series.
 */
export function expectAgreement<In, Out extends Output>(law: Agreement<In, Out>): void {
  const { series, parameters, create, batch, runs = 300 } = law
  fc.assert(
    fc.property(series, parameters, fc.nat(), fc.nat(), (inputs, chosen, cut, other) => {
      const whole = batch(inputs, ...chosen)
      const plain = create(...chosen)
      const disturbed = create(...chosen)
      let resumed = create(...chosen)
      const at = inputs.length === 0 ? 0 : cut % inputs.length
      for (const [i, input] of inputs.entries()) {
        const wanted = valuesAt(whole, i)
        same(numbersOf(plain.next(input)), wanted, i)
        // A forming bar: another value of the series comes first, and is replaced twice.
        disturbed.next(inputs[(i + other) % inputs.length] as In)
        disturbed.replaceLast(inputs[(i + 1) % inputs.length] as In)
        same(numbersOf(disturbed.replaceLast(input)), wanted, i)
        same(numbersOf(disturbed.value), wanted, i)
        if (i === at) {
          const saved = JSON.parse(JSON.stringify(resumed.snapshot())) as ReturnType<typeof resumed.snapshot>
          resumed = create(...chosen)
          resumed.restore(saved)
        }
        same(numbersOf(resumed.next(input)), wanted, i)
      }
    }),
    { numRuns: seriesOf(runs) },
  )
}

const valuesAt = (
  batch: Float64Array | Readonly<Record<string, Float64Array>>,
  i: number,
): Record<string, number> =>
  batch instanceof Float64Array
    ? { value: batch[i] as number }
    : Object.fromEntries(Object.entries(batch).map(([name, array]) => [name, array[i] as number]))

const numbersOf = (output: Output): Readonly<Record<string, number>> =>
  typeof output === 'number' ? { value: output } : { ...output }

function same(got: Readonly<Record<string, number>>, wanted: Record<string, number>, i: number): void {
  for (const [name, value] of Object.entries(wanted))
    if (!Object.is(got[name], value)) expect({ i, name, got: got[name] }).toEqual({ i, name, got: value })
}
