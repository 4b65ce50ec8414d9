import type { Currency } from '../../../model/money.ts'
import type { Sentence } from '../../../model/sentence.ts'
import type { Opinion } from '../../../model/signal.ts'
import { err, ok, type Result } from '../../../std/result.ts'
import { defineStrategy, type Strategy, type StrategyBar, type Watcher } from '../strategy.ts'
import { createEvaluator, type Evaluator } from './evaluation/evaluator.ts'
import { requirements } from './evaluation/requirements.ts'
import { parseCondition } from './language/condition.ts'
import type { Problem } from './language/problem.ts'
import type { ConditionNode } from './language/tree.ts'
import { createRollup } from './rollup.ts'

/** A strategy in the words of a trader. */
export interface ConditionTexts {
  /** Bought when it becomes true (편입). */
  readonly entry: string
  /** Sold when it becomes true; absent: when the entry no longer holds (편출). */
  readonly exit?: string
}

/** What keeps a text from being a strategy, with the text it is in. */
export interface TextProblem extends Sentence {
  readonly text: string
  /** Where in the text, when it is a place. */
  readonly from?: number
  readonly to?: number
}

/**
 * A strategy of written conditions over closed bars of `intervalMs`, and of any longer interval they name, which are put
 * together from these; their prices are in `currency`. The opinion comes at the bar with which a condition becomes true, not while it stays so.
 *
 * Errors: every problem of the texts with its place; a condition that needs ticks, quotes, the facts of a day, or bars shorter
 * than the ones there are.
 */
export function conditionStrategy(
  { entry, exit }: ConditionTexts,
  intervalMs: number,
  currency: Currency = 'KRW',
): Result<Strategy, readonly TextProblem[]> {
  const texts = exit === undefined ? [entry] : [entry, exit]
  const parsed = texts.map((text) => ({ text, ...read(text, intervalMs, currency) }))
  const problems = parsed.flatMap((each) => each.problems)
  const [enter, leave] = parsed.map(({ tree }) => tree)
  if (problems.length > 0 || !enter) return err(problems)
  const trees = leave ? [enter, leave] : [enter]
  const needed = trees.flatMap((tree) => requirements(tree, intervalMs).intervals)
  const intervals = [...new Set([intervalMs, ...needed.map((each) => each.intervalMs)])].sort((a, b) => a - b)
  const warmUpBars = Math.max(
    0,
    ...needed.map((each) => Math.ceil((each.settledBars * each.intervalMs) / intervalMs) - 1),
  )
  return ok(
    defineStrategy({
      id: 'condition',
      title: { ko: '조건식', en: 'condition' },
      parameters: {},
      needs: () => ({ warmUpBars }),
      each: () => watcher({ entry, ...(exit === undefined ? {} : { exit }) }, trees, intervals),
    }),
  )
}

function read(
  text: string,
  intervalMs: number,
  currency: Currency,
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

function watcher(
  texts: ConditionTexts,
  trees: readonly ConditionNode[],
  intervals: readonly number[],
): Watcher {
  const [base = 0, ...longer] = intervals
  const evaluators = trees.map((tree) => createEvaluator(tree, intervals, { defaultIntervalMs: base }))
  const rollups = longer.map((intervalMs) => [intervalMs, createRollup(intervalMs)] as const)
  const feed = (
    evaluator: Evaluator,
    bar: StrategyBar,
    whole: readonly (readonly [number, StrategyBar])[],
  ) => {
    for (const [intervalMs, each] of whole) evaluator.bar(intervalMs, each)
    evaluator.bar(base, bar)
  }
  let [held, left]: (boolean | undefined)[] = []
  return {
    onBar: (shown) => {
      // The object is used again for the next bar.
      const bar = { ...shown }
      const whole = rollups.flatMap(([intervalMs, rollup]) =>
        rollup.push(bar).map((each) => [intervalMs, each] as const),
      )
      for (const evaluator of evaluators) feed(evaluator, bar, whole)
      const [enters, leaves] = [evaluators[0]?.evaluate(), evaluators[1]?.evaluate()]
      const [wasHeld, wasLeft] = [held, left]
      // An unknown answer changes nothing.
      held = enters ?? held
      left = leaves ?? left
      const isOut =
        texts.exit === undefined ? enters === false && wasHeld === true : leaves === true && wasLeft !== true
      if (isOut) return opinion('flat', texts.exit ?? texts.entry)
      return enters === true && wasHeld !== true ? opinion('long', texts.entry) : undefined
    },
  }
}

const opinion = (want: Opinion['want'], text: string): Opinion => {
  const said = text.length > 80 ? `${text.slice(0, 79)}…` : text
  return { want, reason: { ko: `조건식 '${said}'`, en: `condition '${said}'` } }
}
