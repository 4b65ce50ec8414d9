import { readFileSync } from 'node:fs'
import { expect } from 'vitest'

/** One call of the reference library: by output, the index where it begins and its values from there to the last bar. */
export interface GoldenCase {
  readonly function: string
  readonly parameters: readonly number[]
  readonly outputs: Readonly<Record<string, { readonly from: number; readonly values: readonly number[] }>>
}

/** A file of `../golden/`: figures that `source` printed for the bars of `golden/series.ts`. */
export interface Golden {
  readonly source: string
  readonly cases: readonly GoldenCase[]
}

const readGolden = (file: string): Golden =>
  JSON.parse(readFileSync(new URL(`../golden/${file}`, import.meta.url), 'utf8')) as Golden

/** The cases of one function. Errors: none is there, so that a misspelt name cannot pass. */
export function goldenCases(file: string, name: string): readonly GoldenCase[] {
  const cases = readGolden(file).cases.filter((it) => it.function === name)
  expect(cases.length, `${name} in ${file}`).toBeGreaterThan(0)
  return cases
}

const RELATIVE = 1e-9

/** NaN where the reference gives nothing, and its figures elsewhere, to a billionth of their size (of 1 below 1). */
export function expectGolden(
  got: Readonly<Record<string, Float64Array>>,
  { outputs, function: name, parameters }: GoldenCase,
): void {
  expect(Object.keys(got).sort()).toEqual(Object.keys(outputs).sort())
  for (const [output, { from, values }] of Object.entries(outputs)) {
    const column = got[output] as Float64Array
    expect(column.length).toBe(from + values.length)
    const wrong = Array.from(column).flatMap((value, i) =>
      agrees(value, values[i - from]) ? [] : [{ i, got: value, wanted: values[i - from] }],
    )
    expect(wrong, `${name}(${parameters.join(', ')}) ${output}`).toEqual([])
  }
}

function agrees(got: number, wanted: number | undefined): boolean {
  if (wanted === undefined) return Number.isNaN(got)
  return Math.abs(got - wanted) <= RELATIVE * Math.max(1, Math.abs(wanted))
}
