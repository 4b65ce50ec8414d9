import type { Currency } from '../../../model/money.ts'
import type { Sentence } from '../../../model/sentence.ts'
import type { StrategyBar } from '../strategy.ts'
import { createEvaluator } from './evaluation/evaluator.ts'
import type { Explained } from './evaluation/explain.ts'
import type { Missing } from './evaluation/missing.ts'
import { requirements } from './evaluation/requirements.ts'
import { parseCondition } from './language/condition.ts'
import type { Problem } from './language/problem.ts'
import type { ConditionNode } from './language/tree.ts'
import { createRollup } from './rollup.ts'

/** What keeps a text from being played on bars, with the text it is in. */
export interface TextProblem extends Sentence {
  readonly text: string
  /** Where in the text, when it is a place. */
  readonly from?: number
  readonly to?: number
}

/** A condition over the closed bars of one instrument. */
export interface BarCondition {
  /**
   * A bar of the shortest interval has closed; the longer ones are put together from these. `became`: with it the condition
   * holds and did not before, `ceased`: the reverse. An unknown answer changes nothing.
   */
  onBar(bar: StrategyBar): 'became' | 'ceased' | undefined
  /** As it stands after the last bar, with the numbers of every part. */
  explain(): Explained
  missing(): readonly Missing[]
}

/** `intervals`: shortest first; the first one is that of the bars. */
export function createBarCondition(tree: ConditionNode, intervals: readonly number[]): BarCondition {
  const [base = 0, ...longer] = intervals
  const evaluator = createEvaluator(tree, intervals, { defaultIntervalMs: base })
  const rollups = longer.map((intervalMs) => [intervalMs, createRollup(intervalMs)] as const)
  let held: boolean | undefined
  return {
    onBar: (shown) => {
      // The object is used again for the next bar.
      const bar = { ...shown }
      for (const [intervalMs, rollup] of rollups)
        for (const whole of rollup.push(bar)) evaluator.bar(intervalMs, whole)
      evaluator.bar(base, bar)
      const isMet = evaluator.evaluate()
      const was = held
      held = isMet ?? held
      if (isMet === true && was !== true) return 'became'
      return isMet === false && was === true ? 'ceased' : undefined
    },
    explain: () => evaluator.explain(),
    missing: () => evaluator.missing(),
  }
}

/** The intervals that conditions look at on bars of `intervalMs`, shortest first. */
export function intervalsOf(trees: readonly ConditionNode[], intervalMs: number): readonly number[] {
  const needed = trees.flatMap((tree) => requirements(tree, intervalMs).intervals)
  return [...new Set([intervalMs, ...needed.map((each) => each.intervalMs)])].sort((a, b) => a - b)
}

/** A text as a condition over closed bars of `intervalMs`, or everything that keeps it from being one. */
export function readOnBars(
  text: string,
  intervalMs: number,
  currency: Currency = 'KRW',
): { readonly tree?: ConditionNode; readonly problems: readonly TextProblem[] } {
  const parsed = parseCondition(text)
  if (!parsed.ok)
    return { problems: parsed.error.map(({ ko, en, from, to }: Problem) => ({ ko, en, text, from, to })) }
  const needs = requirements(parsed.value, intervalMs)
  const asks = (is: boolean, ko: string, en: string): TextProblem[] => (is ? [{ ko, en, text }] : [])
  const problems = [
    ...asks(
      needs.trades || needs.quotes,
      '체결이나 호가가 필요한 조건입니다: 닫힌 봉의 말(종가, 고가 …)로 바꾸세요',
      'it needs prints or quotes: use the words of closed bars (close, high …)',
    ),
    ...asks(
      needs.facts,
      '기준가·시장·지정 같은 그날의 정보가 필요한 조건입니다: 등락률은 등락률(1일)처럼 간격을 쓰세요',
      'it needs facts of the day (base price, market, designations): give change an interval, change(1d)',
    ),
    ...asks(
      needs.currency !== undefined && needs.currency !== currency,
      currency === 'USD'
        ? '미국 주식의 가격은 달러입니다: 원 대신 달러로 쓰세요'
        : '한국 주식의 가격은 원입니다: 달러 대신 원으로 쓰세요',
      currency === 'USD'
        ? 'prices of US shares are in dollars: write 달러 instead of won'
        : 'prices of Korean shares are in won: write won instead of 달러',
    ),
    ...asks(
      needs.tradedValue,
      '봉에 거래대금이 없습니다: 거래량을 쓰세요',
      'these bars do not tell their traded value: use the volume',
    ),
    ...needs.intervals
      .filter((each) => each.intervalMs % intervalMs !== 0)
      .flatMap((each) =>
        asks(
          true,
          `${each.intervalMs / 1000}초 봉은 ${intervalMs / 1000}초 봉에서 만들 수 없습니다`,
          `bars of ${each.intervalMs / 1000} s cannot be put together from bars of ${intervalMs / 1000} s`,
        ),
      ),
  ]
  return problems.length > 0 ? { problems } : { tree: parsed.value, problems }
}
