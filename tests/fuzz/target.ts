import type { Random } from '../../src/std/random.ts'
import type { Sample } from './mutate.ts'

/**
 * What is wrong about what a decoder made of an input, in one sentence; `accepted` and `refused` when all is well. Whatever
 * it throws is wrong too: a decoder refuses by a value.
 */
export type Judgement = 'accepted' | 'refused' | { readonly complaint: string }
export type Judge = (input: string) => Judgement | Promise<Judgement>

export const wrong = (complaint: string): Judgement => ({ complaint })

/** One decoder, with good inputs to begin with. */
export interface Target {
  readonly name: string
  readonly corpus: () => readonly Sample[]
  readonly open: () => Judge
  /** A decoder with a state of its own begins anew after so many inputs. */
  readonly freshEvery?: number
  /** Changes a good input in a way of its own; the common mutations when absent. */
  readonly mutate?: (random: Random, corpus: readonly Sample[]) => string
}
