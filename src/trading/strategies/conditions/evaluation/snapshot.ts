import { invariant } from '../../../../std/invariant.ts'
import type { IndicatorState } from '../../../indicators/indicator.ts'
import type { Memory } from './memory.ts'

/** A memory as plain data; JSON has no NaN, so what is not known is `null`. */
export interface MemoryState {
  readonly numbers: readonly (number | null)[]
  readonly indicators: readonly IndicatorState[]
}

export const snapshotOf = ({ f, indicators }: Memory): MemoryState => ({
  numbers: Array.from(f, (value) => (Number.isNaN(value) ? null : value)),
  indicators: indicators.map((each) => each.snapshot()),
})

/** Errors: the state has another size. */
export function restoreMemory({ f, indicators }: Memory, { numbers, indicators: states }: MemoryState): void {
  invariant(
    numbers.length === f.length && states.length === indicators.length,
    `a saved memory has ${f.length} numbers and ${indicators.length} indicators, not ${numbers.length} and ${states.length}`,
  )
  for (const [i, value] of numbers.entries()) f[i] = value ?? Number.NaN
  for (const [i, state] of states.entries()) indicators[i]?.restore(state)
}
