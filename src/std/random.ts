import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'

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

/** Gives a stream that follows from `seed` alone. Seeds and labels that look alike give streams that do not. */
export const createRandom = (seed: number): Random => streamOf(String(seed))

function streamOf(name: string): Random {
  const generator = xoroshiro128plusFromState(stateOf(name))
  const next = () => (generator.next() >>> 0) / 0x1_0000_0000
  return {
    next,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    exponential: (mean) => -mean * Math.log(1 - next()),
    pick: (from) => from[Math.floor(next() * from.length)] as (typeof from)[number],
    fork: (label) => streamOf(`${name}\n${label}`),
  }
}

/**
 * Odd multipliers, one for each word of the generator's state. Each is a hash of its own, so that two of the many
 * thousand streams of a long run do not meet, as they soon would in a single 32-bit word.
 */
const MULTIPLIERS = [0x01000193, 0x9e3779b1, 0x85ebca77, 0xc2b2ae3d]
const FNV_BASIS = 0x811c9dc5

/**
 * 128 bits of state from a name. The generator is linear: its first draws show its state, so words that differ in one
 * bit have to be torn apart here.
 */
const stateOf = (name: string): number[] =>
  MULTIPLIERS.map((multiplier) => {
    let hash = FNV_BASIS
    for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), multiplier)
    return avalanche(hash)
  })

/** Every bit of the word changes about half of the bits of the result. Source: MurmurHash3, 32-bit finaliser. */
function avalanche(word: number): number {
  let mixed = word
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
