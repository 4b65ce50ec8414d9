import { invariant } from '../../std/invariant.ts'
import type { IndicatorState } from './indicator.ts'

/** The numbers of a snapshot: JSON has no NaN, so it is `null`. */
export const saveNumbers = (numbers: Float64Array): IndicatorState =>
  Array.from(numbers, (value) => (Number.isNaN(value) ? null : value))

/** Fills `numbers` with what `saveNumbers` gave. Errors: another number of them, as after other parameters. */
export function loadNumbers(
  name: string,
  numbers: Float64Array,
  saved: IndicatorState[number] | undefined,
): void {
  const fits = Array.isArray(saved) && saved.length === numbers.length
  invariant(
    fits,
    `${name}: 저장된 상태가 다른 매개변수의 것입니다 / ${name}: the snapshot belongs to other parameters`,
  )
  for (let i = 0; i < numbers.length; i++) numbers[i] = (saved[i] as number | null) ?? Number.NaN
}
