import type { Currency } from '../../../model/money.ts'
import type { Opinion } from '../../../model/signal.ts'
import { err, ok, type Result } from '../../../std/result.ts'
import { defineStrategy, type Strategy, type Watcher } from '../strategy.ts'
import { createBarCondition, intervalsOf, readOnBars, type TextProblem } from './bar-condition.ts'
import { requirements } from './evaluation/requirements.ts'
import type { ConditionNode } from './language/tree.ts'

/** A strategy in the words of a trader. */
export interface ConditionTexts {
  /** Bought when it becomes true (편입). */
  readonly entry: string
  /** Sold when it becomes true; absent: when the entry no longer holds (편출). */
  readonly exit?: string
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
  const parsed = texts.map((text) => ({ text, ...readOnBars(text, intervalMs, currency) }))
  const problems = parsed.flatMap((each) => each.problems)
  const [enter, leave] = parsed.map(({ tree }) => tree)
  if (problems.length > 0 || !enter) return err(problems)
  const trees = leave ? [enter, leave] : [enter]
  const needed = trees.flatMap((tree) => requirements(tree, intervalMs).intervals)
  const intervals = intervalsOf(trees, intervalMs)
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

function watcher(
  texts: ConditionTexts,
  trees: readonly ConditionNode[],
  intervals: readonly number[],
): Watcher {
  const [entry, exit] = trees.map((tree) => createBarCondition(tree, intervals))
  return {
    onBar: (bar) => {
      const [enters, leaves] = [entry?.onBar(bar), exit?.onBar(bar)]
      const isOut = texts.exit === undefined ? enters === 'ceased' : leaves === 'became'
      if (isOut) return opinion('flat', texts.exit ?? texts.entry)
      return enters === 'became' ? opinion('long', texts.entry) : undefined
    },
  }
}

const opinion = (want: Opinion['want'], text: string): Opinion => {
  const said = text.length > 80 ? `${text.slice(0, 79)}…` : text
  return { want, reason: { ko: `조건식 '${said}'`, en: `condition '${said}'` } }
}
