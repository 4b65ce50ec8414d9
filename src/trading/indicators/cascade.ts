/**
 * One value through a chain of EMAs, each fed with the one before it and each begun with the mean of its own first `period`
 * inputs, as TA-Lib nests them. `averages` holds one number per stage: the sum of its seed, then its average. The stage `k`
 * (from 0) is warm at index `(k + 1) × (period - 1)`; until then nothing is handed on.
 */
export function cascade(
  averages: Float64Array,
  period: number,
  factor: number,
  index: number,
  value: number,
): void {
  let input = value
  for (let stage = 0; stage < averages.length; stage++) {
    const fed = index - stage * (period - 1)
    const before = averages[stage] as number
    if (fed >= period) input = before + factor * (input - before)
    else {
      const sum = before + input
      if (fed < period - 1) {
        averages[stage] = sum
        return
      }
      input = sum / period
    }
    averages[stage] = input
  }
}

/** The chain after the first values of a batch, up to the first that makes `averages` warm, or all of them. */
export function cascadeSeed(
  averages: Float64Array,
  period: number,
  factor: number,
  values: Float64Array,
): number {
  const seeding = Math.min(averages.length * (period - 1) + 1, values.length)
  for (let i = 0; i < seeding; i++) cascade(averages, period, factor, i, values[i] as number)
  return seeding
}
