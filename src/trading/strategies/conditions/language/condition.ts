import { err, ok, type Result } from '../../../../std/result.ts'
import { checkCondition } from './check.ts'
import type { Checking } from './checking.ts'
import { createCursor } from './cursor.ts'
import { tokensOf } from './lexer.ts'
import { parseText } from './parser.ts'
import { createProblems, type Problem, type Problems } from './problem.ts'
import type { ConditionNode, Place } from './tree.ts'

/** Longer texts are no conditions. Within these the parser needs a known depth of stack. */
const LONGEST_TEXT = 10_000
const MOST_TOKENS = 2_000

/**
 * Reads a condition written in Korean, in English or in both: `change(5m) >= 5% and close > ema(20)`. The grammar is in
 * docs/conditions-language.md.
 *
 * Gives the tree, or every problem that one pass can tell, in the order of the text; never throws. Numbers come out in
 * units of one: won, shares, shares of one for percentages.
 */
export function parseCondition(text: string): Result<ConditionNode, readonly Problem[]> {
  const problems = createProblems()
  const tree = readText(text, problems, { unit: undefined })
  return tree && problems.all.length === 0 ? ok(tree) : err(problems.all)
}

/** As `parseCondition`, for a text that is one of several; `currency` goes from one to the next. */
export function readText(
  text: string,
  problems: Problems,
  currency: Checking['currency'],
  path?: string,
): ConditionNode | undefined {
  const whole: Place = { from: 0, to: text.length, ...(path === undefined ? {} : { path }) }
  if (text.trim() === '') {
    problems.add('empty', whole, '조건이 비어 있습니다', 'The condition is empty')
    return undefined
  }
  if (text.length <= LONGEST_TEXT) {
    const tokens = tokensOf(text, problems, path)
    if (tokens.length <= MOST_TOKENS)
      return checkCondition({ problems, text, currency }, parseText(createCursor(tokens, problems)))
  }
  problems.add(
    'tooLong',
    whole,
    `조건이 너무 깁니다 (최대 ${LONGEST_TEXT}자, 낱말 ${MOST_TOKENS}개)`,
    `The condition is too long (at most ${LONGEST_TEXT} letters and ${MOST_TOKENS} words)`,
  )
  return undefined
}
