/** The last closes of several instruments, and what they gained over some bars. */
export interface Gains {
  push(index: number, close: number): void
  /** Close `skip` bars ago over the close `bars + skip` bars ago, less 1; NaN while there are not enough of them. */
  of(index: number): number
}

export function createGains(count: number, bars: number, skip = 0): Gains {
  const length = bars + skip + 1
  const rings = new Float64Array(count * length)
  const seen = new Uint32Array(count)
  return {
    push: (index, close) => {
      const nth = seen[index] as number
      rings[index * length + (nth % length)] = close
      seen[index] = nth + 1
    },
    of: (index) => {
      const nth = seen[index] as number
      if (nth < length) return Number.NaN
      const then = rings[index * length + (nth % length)] as number
      const now = rings[index * length + ((nth - 1 - skip + length) % length)] as number
      return now / then - 1
    },
  }
}

/** The `count` best of these, best first; of equals the earlier in the list. What is not known does not take part. */
export function best(values: readonly number[], count: number): readonly number[] {
  return values
    .map((value, index) => ({ value, index }))
    .filter(({ value }) => !Number.isNaN(value))
    .sort((a, b) => b.value - a.value || a.index - b.index)
    .slice(0, count)
    .map(({ index }) => index)
}
