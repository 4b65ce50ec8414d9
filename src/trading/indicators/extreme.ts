/** 1 for the highest of a window, -1 for the lowest. */
export type Sign = 1 | -1

/**
 * By index: where the highest or lowest of the last `window` values stands, the latest of equals. Values begin at `from`;
 * before the window is full it is that of what came so far. A constant number of steps per value, whatever they are: each
 * window is the end of one block and the beginning of the next, and both have their extremes at hand.
 * Source: M. van Herk, Pattern Recognition Letters 13 (1992); J. Gil and M. Werman, IEEE PAMI 15 (1993).
 */
export function extremesOf(values: Float64Array, from: number, window: number, sign: Sign): Int32Array {
  const length = values.length
  const found = new Int32Array(length)
  /** Of the block before: the extreme of its end from each offset on, and where it stands. */
  const ends = new Float64Array(window)
  const endsAt = new Int32Array(window)
  for (let start = from; start < length; start += window) {
    const end = Math.min(start + window, length)
    let bestAt = start
    // Times the sign, so that higher is better on either side.
    let best = sign * (values[start] as number)
    for (let i = start; i < end; i++) {
      const value = sign * (values[i] as number)
      if (value >= best) {
        best = value
        bestAt = i
      }
      const next = i - start + 1
      const earlier = start > from && next < window && (ends[next] as number) > best
      found[i] = earlier ? (endsAt[next] as number) : bestAt
    }
    if (end - start < window) break
    bestAt = end - 1
    best = sign * (values[bestAt] as number)
    for (let i = end - 1; i > start; i--) {
      const value = sign * (values[i] as number)
      if (value > best) {
        best = value
        bestAt = i
      }
      ends[i - start] = best
      endsAt[i - start] = bestAt
    }
  }
  return found
}

const BLOCK_VALUE = 0
const BLOCK_AT = 1
const VALUE = 2
const AT = 3

/** How many numbers of a state an extreme needs. */
export const EXTREME_SLOTS = 4

/** The extreme of a window that moves on, inside an indicator that `createRunning` builds. */
export interface Extreme {
  readonly windows: readonly Float64Array[]
  /** Indexes from 0, one by one; the same index again replaces the value. */
  take(value: number, index: number): void
  /** The extreme, and the index where it stands. */
  value(): number
  at(): number
}

/** As `extremesOf`, one value at a time. `state` has `EXTREME_SLOTS` numbers, which are put back before a replaced value. */
export function createExtreme(state: Float64Array, window: number, sign: Sign): Extreme {
  const block = new Float64Array(window)
  const ends = new Float64Array(window)
  const endsAt = new Float64Array(window)

  /** The block is full: the extremes of its ends. Its first slot is not read, since a replaced value comes after it is filled. */
  const close = (first: number): void => {
    let best = window - 1
    for (let i = window - 1; i > 0; i--) {
      if (sign * (block[i] as number) > sign * (block[best] as number)) best = i
      ends[i] = block[best] as number
      endsAt[i] = first + best
    }
  }

  return {
    windows: [block, ends, endsAt],
    take: (value, index) => {
      const offset = index % window
      if (offset === 0 && index > 0) close(index - window)
      block[offset] = value
      if (offset === 0 || sign * value >= sign * (state[BLOCK_VALUE] as number)) {
        state[BLOCK_VALUE] = value
        state[BLOCK_AT] = index
      }
      const best = state[BLOCK_VALUE] as number
      const next = offset + 1
      const earlier = index >= window && next < window && sign * (ends[next] as number) > sign * best
      state[VALUE] = earlier ? (ends[next] as number) : best
      state[AT] = (earlier ? endsAt[next] : state[BLOCK_AT]) as number
    },
    value: () => state[VALUE] as number,
    at: () => state[AT] as number,
  }
}
