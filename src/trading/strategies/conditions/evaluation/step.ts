import type { Memory } from './memory.ts'

/**
 * One reckoning of a compiled condition. It belongs to the condition and works on the memory of any instrument.
 * `commit` at the closing of a bar, `peek` in between. A step without a past does the same in both.
 */
export interface Step {
  commit(memory: Memory): void
  peek(memory: Memory): void
}

/** What a place in the memory depends on. */
export interface Origin {
  /** Intervals, as bits. */
  readonly reads: number
  /** The shortest of them; `undefined` when there is none. */
  readonly clockMs: number | undefined
  /** Does it change with trades, with quotes? */
  readonly trades: boolean
  readonly quotes: boolean
  /** Does it change with the time of day? */
  readonly time: boolean
}

export const FIXED: Origin = {
  reads: 0,
  clockMs: undefined,
  trades: false,
  quotes: false,
  time: false,
}

/** Of what is made of several. */
export function joined(origins: readonly Origin[]): Origin {
  const clocks = origins.map(({ clockMs }) => clockMs).filter((clock) => clock !== undefined)
  return {
    reads: origins.reduce((bits, { reads }) => bits | reads, 0),
    clockMs: clocks.length === 0 ? undefined : Math.min(...clocks),
    trades: origins.some(({ trades }) => trades),
    quotes: origins.some(({ quotes }) => quotes),
    time: origins.some(({ time }) => time),
  }
}

/** A step without a past. */
export const pure = (run: (memory: Memory) => void): Step => ({ commit: run, peek: run })
