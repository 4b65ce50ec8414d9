import type { NumberToken } from './lexer.ts'
import type { ArithmeticOp, CompareOp, Place } from './tree.ts'
import type { Meaning } from './vocabulary.ts'

/**
 * A text as it is built, before anyone asks whether it makes sense. `broken` stands where a problem was reported;
 * its parts may hold more of them.
 */
export type Syntax =
  | NumberSyntax
  | { readonly kind: 'clock'; readonly value: number; readonly at: Place }
  | { readonly kind: 'quoted'; readonly text: string; readonly at: Place }
  | WordSyntax
  | { readonly kind: 'negative' | 'forming' | 'not'; readonly of: Syntax; readonly at: Place }
  | ArithmeticSyntax
  | {
      readonly kind: 'compare'
      readonly op: CompareOp
      readonly left: Syntax
      readonly right: Syntax
      readonly at: Place
    }
  | {
      readonly kind: 'cross'
      readonly direction: 'above' | 'below'
      readonly left: Syntax
      readonly right: Syntax
      readonly at: Place
    }
  | {
      readonly kind: 'between'
      readonly of: Syntax
      readonly low: Syntax
      readonly high: Syntax
      readonly at: Place
    }
  | { readonly kind: 'among'; readonly of: Syntax; readonly values: readonly Syntax[]; readonly at: Place }
  | DuringSyntax
  | { readonly kind: 'all' | 'any'; readonly of: readonly Syntax[]; readonly at: Place }
  | { readonly kind: 'broken'; readonly parts?: readonly Syntax[]; readonly at: Place }

/** `negative` was folded in: -5% is one number. */
export interface NumberSyntax {
  readonly kind: 'number'
  readonly token: NumberToken
  readonly negative: boolean
  readonly at: Place
}

/** A word, called or not; `output` is what stands after its dot. Without a meaning it is unknown. */
export interface WordSyntax {
  readonly kind: 'word'
  readonly text: string
  readonly meaning: Meaning | undefined
  readonly wordAt: Place
  readonly arguments?: readonly Syntax[]
  readonly output?: { readonly text: string; readonly at: Place }
  readonly at: Place
}

/** `signLike`: a minus that stands close to its right side only, as in `등락률 -5%`. */
export interface ArithmeticSyntax {
  readonly kind: 'arithmetic'
  readonly op: ArithmeticOp
  readonly left: Syntax
  readonly right: Syntax
  readonly signLike?: true
  readonly at: Place
}

/** For how long: `for 3 bars of 5m`. */
export interface Stretch {
  readonly how: 'for' | 'within'
  readonly count: Syntax
  readonly interval?: Syntax
}

export interface DuringSyntax {
  readonly kind: 'during'
  readonly stretch: Stretch
  readonly of: Syntax
  readonly at: Place
}
