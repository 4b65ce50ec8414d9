import type { EpochMs } from '../../std/clock.ts'

/** Who acts next: earliest first, and among equals the lower index, so that the order never depends on history. */
export interface WakeQueue {
  readonly size: number
  /** Infinity when empty. */
  nextAt(): EpochMs
  push(at: EpochMs, index: number): void
  /** Index of the next one; -1 when empty. */
  pop(): number
}

export function createWakeQueue(): WakeQueue {
  const times: EpochMs[] = []
  const indexes: number[] = []

  const isBefore = (a: number, b: number) => {
    const [first, second] = [times[a] as number, times[b] as number]
    return first < second || (first === second && (indexes[a] as number) < (indexes[b] as number))
  }
  const swap = (a: number, b: number) => {
    const [time, index] = [times[a] as number, indexes[a] as number]
    times[a] = times[b] as number
    indexes[a] = indexes[b] as number
    times[b] = time
    indexes[b] = index
  }
  const sink = (from: number) => {
    for (let at = from; ; ) {
      const left = 2 * at + 1
      const right = left + 1
      let least = at
      if (left < times.length && isBefore(left, least)) least = left
      if (right < times.length && isBefore(right, least)) least = right
      if (least === at) return
      swap(at, least)
      at = least
    }
  }

  return {
    get size() {
      return times.length
    },
    nextAt: () => times[0] ?? Number.POSITIVE_INFINITY,
    push(time, index) {
      times.push(time)
      indexes.push(index)
      for (let at = times.length - 1; at > 0; ) {
        const parent = (at - 1) >>> 1
        if (!isBefore(at, parent)) return
        swap(at, parent)
        at = parent
      }
    },
    pop() {
      const first = indexes[0] ?? -1
      const [time, index] = [times.pop(), indexes.pop()]
      if (time !== undefined && index !== undefined && times.length > 0) {
        times[0] = time
        indexes[0] = index
        sink(0)
      }
      return first
    },
  }
}
