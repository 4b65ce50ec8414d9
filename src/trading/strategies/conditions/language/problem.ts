import type { Sentence } from '../../../../model/sentence.ts'
import type { Place } from './tree.ts'

export type ProblemCode =
  | 'empty'
  | 'tooLong'
  | 'tooDeep'
  | 'badCharacter'
  | 'unclosedText'
  | 'badNumber'
  | 'unknownWord'
  | 'unknownOutput'
  | 'unexpected'
  | 'missingOperand'
  | 'missingComparison'
  | 'missingBracket'
  | 'wrongArguments'
  | 'badParameter'
  | 'badInterval'
  | 'notCountable'
  | 'typeMismatch'
  | 'notACondition'
  | 'notAValue'
  | 'notOrdered'
  | 'mixedCurrency'
  | 'emptyRange'
  | 'nothingForms'
  | 'badOutline'

/**
 * What is wrong with a condition, and where. `from` and `to` lie inside the text (both at its end when something is
 * missing there); `path` says which text of several. `suggestion` could stand in place of the marked piece.
 */
export interface Problem extends Place, Sentence {
  readonly code: ProblemCode
  readonly suggestion?: string
}

/** Gathers the problems of one text; the first at a place is the one that counts. */
export interface Problems {
  add(code: ProblemCode, at: Place, ko: string, en: string, suggestion?: string): void
  /** In the order of the text. */
  readonly all: readonly Problem[]
}

/** More than this many help nobody. */
const MOST = 50

export function createProblems(): Problems {
  const found: Problem[] = []
  return {
    add: (code, at, ko, en, suggestion) => {
      const known = found.some(({ from, path }) => from === at.from && path === at.path)
      if (known || found.length >= MOST) return
      found.push({ ...at, code, ko, en, ...(suggestion === undefined ? {} : { suggestion }) })
    },
    get all() {
      // Texts of an outline come one after the other already.
      return found.toSorted((a, b) => (a.path === b.path ? a.from - b.from : 0))
    },
  }
}
