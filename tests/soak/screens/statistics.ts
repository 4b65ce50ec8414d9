import { createRandom } from '../../../src/std/random.ts'
import { median } from '../hours/memory.ts'

const RESAMPLES = 2_000
const TAIL = 0.025

/** 95 % interval of the ratio of two medians, by the percentile bootstrap (Efron 1979); the same for the same samples. */
export function intervalOfRatio(
  ours: readonly number[],
  theirs: readonly number[],
): readonly [number, number] {
  const random = createRandom(1)
  const drawn = (values: readonly number[]) =>
    median(values.map(() => values[Math.floor(random.next() * values.length)] ?? 0))
  const ratios = Array.from({ length: RESAMPLES }, () => drawn(ours) / drawn(theirs)).sort((a, b) => a - b)
  const at = (share: number) => ratios[Math.floor(share * (RESAMPLES - 1))] ?? Number.NaN
  return [at(TAIL), at(1 - TAIL)]
}

/** Theil–Sen: the median slope of all pairs of looks, bytes an hour. */
export function slopePerHour(looks: readonly { readonly atHours: number; readonly bytes: number }[]): number {
  const slopes = looks.flatMap((late, index) =>
    looks.slice(0, index).map((early) => (late.bytes - early.bytes) / (late.atHours - early.atHours)),
  )
  if (slopes.length === 0) throw new Error('a slope takes two looks')
  return median(slopes)
}
