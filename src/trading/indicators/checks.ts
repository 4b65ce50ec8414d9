import { broken } from '../../std/invariant.ts'

/** A running sum is summed afresh over its window every so many values, counted from the first: rounding cannot pile up. */
export const REBASE_EVERY = 4_096

/** `(count & REBASE_MASK) === 0` for every so many values: a division per value would cost more than the indicator. */
export const REBASE_MASK = REBASE_EVERY - 1

/** TA-Lib's longest period. */
const LONGEST = 100_000

/**
 * `value` is a whole number from `least` to 100,000, TA-Lib's range. `name` tells the indicator and, where it has several,
 * the parameter: `rsi`, `macd slow`.
 */
export function checkPeriod(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least || value > LONGEST)
    broken(
      `${name}: 기간은 ${least} 이상 ${LONGEST} 이하의 정수여야 합니다: ${value} / ` +
        `${name}: a period is a whole number from ${least} to ${LONGEST}: ${value}`,
    )
}

/** `value` is a number from `least` to `most`: a factor, a limit, a number of deviations. */
export function checkFactor(name: string, value: number, least: number, most: number): void {
  // Written so that NaN fails too.
  if (!(value >= least && value <= most))
    broken(
      `${name}: ${least} 이상 ${most} 이하의 수여야 합니다: ${value} / ` +
        `${name}: a number from ${least} to ${most}: ${value}`,
    )
}

/** All columns of a batch are of one length, which is given back. */
export function checkLengths(name: string, ...columns: readonly Float64Array[]): number {
  const length = columns[0]?.length ?? 0
  if (columns.some((column) => column.length !== length)) {
    const lengths = columns.map((column) => column.length).join(', ')
    broken(
      `${name}: 배열의 길이가 서로 다릅니다: ${lengths} / ${name}: the arrays differ in length: ${lengths}`,
    )
  }
  return length
}

/** `value`, the input at `index`, is a number that can be computed with. Small enough to vanish into a loop. */
export function checkFinite(name: string, value: number, index: number): void {
  if (value - value !== 0) notFinite(name, value, index)
}

/** For loops that look for themselves: `if (x - x !== 0) notFinite('ema', x, i)`. */
export function notFinite(name: string, value: number, index: number): never {
  return broken(
    `${name}: ${index}번째(0부터) 입력이 유한한 수가 아닙니다: ${value} / ` +
      `${name}: the input at index ${index} is not a finite number: ${value}`,
  )
}

/** Every value of every column is finite: one quick pass before a batch whose own sums would forget a bad value. */
export function checkColumns(name: string, ...columns: readonly Float64Array[]): void {
  for (const column of columns) {
    // 0 for every finite value, NaN for any other, and NaN stays.
    let trouble = 0
    for (let i = 0; i < column.length; i++) {
      const value = column[i] as number
      trouble += value - value
    }
    if (trouble !== 0) findNotFinite(name, column)
  }
}

/**
 * After a loop: `result`, a running number that every value of `columns` went into, is still finite. One bad value makes it
 * NaN for good, so the loop itself need not look. Errors: names the first value that is not finite.
 */
export function checkResult(name: string, result: number, ...columns: readonly Float64Array[]): void {
  if (result - result === 0) return
  for (const column of columns) findNotFinite(name, column)
  broken(`${name}: 합이 수의 범위를 넘었습니다 / ${name}: the sums left the range of numbers`)
}

function findNotFinite(name: string, column: Float64Array): void {
  const index = column.findIndex((value) => !Number.isFinite(value))
  if (index >= 0) notFinite(name, column[index] as number, index)
}

/**
 * The array that a batch fills: `out`, or a fresh one of that length. Errors: `out` has another length, or shares memory
 * with an input or another output (a kernel still reads what it has already passed).
 */
export function outputFor(
  name: string,
  length: number,
  out: Float64Array | undefined,
  ...others: readonly Float64Array[]
): Float64Array {
  if (out === undefined) return new Float64Array(length)
  if (out.length !== length)
    broken(
      `${name}: out의 길이가 ${length}이어야 합니다: ${out.length} / ` +
        `${name}: the length of out must be ${length}: ${out.length}`,
    )
  if (others.some((other) => overlap(other, out)))
    broken(
      `${name}: out은 입력이나 다른 출력과 메모리를 나눠 쓸 수 없습니다 / ` +
        `${name}: out may not share memory with an input or another output`,
    )
  return out
}

const overlap = (a: Float64Array, b: Float64Array): boolean =>
  a.buffer === b.buffer &&
  a.byteOffset < b.byteOffset + b.byteLength &&
  b.byteOffset < a.byteOffset + a.byteLength

/** Something came already: `replaceLast` needs a last value. */
export function checkStarted(name: string, count: number): void {
  if (count === 0)
    broken(
      `${name}: 아직 아무 값도 오지 않아 바꿀 수 없습니다 / ${name}: nothing came yet that could be replaced`,
    )
}
