import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Seeded chance. The same seed gives the same sequence in every process. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** Uniform whole number in [low, high], both ends included. */
  int(low: number, high: number): number
  /** Normal with mean 0 and standard deviation 1 (Box–Muller). */
  normal(): number
  /** Exponential with the given mean: the waiting time of a Poisson process. */
  exponential(mean: number): number
  pick<T>(from: readonly [T, ...T[]] | readonly T[]): T
  /** A stream of its own: what one consumer draws does not move another's sequence. */
  fork(label: string): Random
}

export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed | 0)
  const next = () => (generator.next() >>> 0) / 0x1_0000_0000
  return {
    next,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    exponential: (mean) => -mean * Math.log(1 - next()),
    pick: (from) => from[Math.floor(next() * from.length)] as (typeof from)[number],
    fork: (label) => createRandom(hash32(`${seed}/${label}`)),
  }
}

/** FNV-1a, 32 bit: turns a label into a seed. */
function hash32(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash | 0
}
