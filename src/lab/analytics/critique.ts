import type { Sentence } from '../../model/sentence.ts'
import {
  beyondTrialBudget,
  type CritiqueInput,
  type CritiqueRule,
  costSensitive,
  type Finding,
  fillsAtPriceLimit,
  heldAtStalePrices,
  oneTradeCarriesIt,
  outOfSampleDecay,
  parameterOnCliff,
  tinyExposure,
  tooFewTrades,
  tooShortHistory,
} from './critique-rules.ts'
import { findingSentence } from './critique-sentences.ts'

/** In the order in which they are shown: what makes the result meaningless first. */
const RULES: readonly CritiqueRule[] = [
  heldAtStalePrices,
  tooFewTrades,
  tooShortHistory,
  beyondTrialBudget,
  outOfSampleDecay,
  parameterOnCliff,
  oneTradeCarriesIt,
  costSensitive,
  fillsAtPriceLimit,
  tinyExposure,
]

export interface Remark {
  readonly finding: Finding
  readonly sentence: Sentence
}

/**
 * Every reason to doubt a result, with the numbers that decided; none is found where the input for it is
 * missing.
 */
export const critique = (input: CritiqueInput): readonly Remark[] =>
  RULES.flatMap((rule) => {
    const finding = rule(input)
    return finding ? [{ finding, sentence: findingSentence(finding) }] : []
  })
