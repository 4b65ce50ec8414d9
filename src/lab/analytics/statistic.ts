import { err, ok, type Result } from '../../std/result.ts'

/** Why a statistic has no value. Screens show the sentence of `gap-sentence.ts` in place of a number. */
export type Gap =
  | { readonly code: 'tooFew'; readonly have: number; readonly need: number }
  /** Every value is the same: there is no deviation to divide by. */
  | { readonly code: 'flat' }
  | { readonly code: 'noLosses' }
  | { readonly code: 'noDrawdown' }
  /** The account reached zero or went below it, so growth has no meaning from there on. */
  | { readonly code: 'wipedOut' }
  /** The number to divide by is zero or has the wrong sign. */
  | { readonly code: 'zeroBase'; readonly base: Base }
  | { readonly code: 'notGiven'; readonly input: Input }
  /** The result does not fit into a number. */
  | { readonly code: 'outOfRange' }

export type Base = 'beta' | 'benchmark' | 'lowerTail' | 'equity' | 'edge'
export type Input = 'initialRisk' | 'excursion'

/** A statistic or the reason why there is none; `value` is never NaN and never infinite. */
export type Statistic<T = number> = Result<T, Gap>

/** Lets only finite numbers out, and no -0, which prints badly. */
export const measured = (value: number): Statistic =>
  Number.isFinite(value) ? ok(value === 0 ? 0 : value) : err({ code: 'outOfRange' })

export const tooFew = (have: number, need: number) => err({ code: 'tooFew', have, need } as const)
