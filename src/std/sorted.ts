/** The index of the first value that is not below `least`, in values that rise; their number when there is none. */
export function firstFrom(values: ArrayLike<number>, least: number): number {
  let [low, high] = [0, values.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((values[middle] ?? 0) < least) low = middle + 1
    else high = middle
  }
  return low
}
