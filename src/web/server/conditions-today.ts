import type { Bar } from '../../model/bar.ts'
import { INTERVAL_MS } from '../../model/interval.ts'
import { kstDay } from '../../model/time.ts'
import { createBarCondition, intervalsOf } from '../../trading/strategies/conditions/bar-condition.ts'
import type { Explained, ExplainedValue } from '../../trading/strategies/conditions/evaluation/explain.ts'
import type { ConditionNode } from '../../trading/strategies/conditions/language/tree.ts'
import type { BarInterval, ConditionHit, InstrumentToday } from '../contract/conditions.ts'

/** More than this many nobody reads. */
const MOST_HITS = 60

/**
 * When a condition became true over bars that have closed, oldest first, and with which numbers: the bars at which a strategy of
 * the same text gives the opinion to buy, since both ask the same `BarCondition`.
 */
export function firedOver(
  tree: ConditionNode,
  interval: BarInterval,
  bars: readonly Bar[],
  today: string,
): Omit<InstrumentToday, 'instrument' | 'name' | 'trouble'> {
  const intervalMs = INTERVAL_MS[interval]
  const condition = createBarCondition(tree, intervalsOf([tree], intervalMs))
  const hits: ConditionHit[] = []
  for (const bar of bars) {
    if (condition.onBar(bar) !== 'became') continue
    hits.push({ at: bar.closeAt, today: kstDay(bar.openAt) === today, values: valuesOf(condition.explain()) })
  }
  const { met } = bars.length === 0 ? { met: undefined } : condition.explain()
  const [first, last] = [bars[0], bars.at(-1)]
  return {
    bars: bars.length,
    ...(first && last && { from: first.openAt, to: last.closeAt }),
    hits: hits.slice(-MOST_HITS).reverse(),
    count: hits.length,
    ...(met !== undefined && { met }),
    missing:
      bars.length > 0 && met === undefined ? condition.missing().map(({ ko, en }) => ({ ko, en })) : [],
  }
}

/** The numbers of the parts that hold; what the text itself says is no news. */
function valuesOf(explained: Explained): ConditionHit['values'] {
  const found = new Map<string, ConditionHit['values'][number]>()
  const visit = (each: Explained) => {
    if (each.met === false) return
    for (const value of each.values) {
      const told = toldValue(value)
      if (told && !isWritten(value)) found.set(value.en, told)
    }
    for (const part of each.parts) visit(part)
  }
  visit(explained)
  return [...found.values()]
}

const toldValue = ({ ko, en, type, value }: ExplainedValue): ConditionHit['values'][number] | undefined =>
  value === undefined ? undefined : { ko, en, type, value }

/** `5%`, `-3`, `$20`, `09:05`: the value is its own name. */
const isWritten = ({ en }: ExplainedValue): boolean => /^-?\$?\d[\d.:]*(%|[kMB]| ?won| ?shares)*$/.test(en)
