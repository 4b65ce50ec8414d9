import type { DaySpan, LedgerRecord, TrialRecord } from '../../ports/trial-ledger.ts'
import { meanOf } from '../analytics/moments.ts'
import { noiseVariance, type Trials } from '../analytics/trials.ts'

/** Fewer Sharpe ratios than this do not tell their variance. Our own bound. */
const KEPT_MIN = 10

/**
 * What has been tried of an idea on days that overlap these, whatever the set or the names: looking at the same idea through
 * other data of the same days is another look. The same values on the same data with the same decisions are one trial,
 * however often they were played; failed and absurd ones count.
 */
export function trialsOf(
  records: readonly LedgerRecord[],
  idea: string,
  { from, to }: DaySpan,
): readonly TrialRecord[] {
  const found = new Map<string, TrialRecord>()
  for (const record of records) {
    if (record.what !== 'trial' || record.idea.id !== idea) continue
    if (record.window.from > to || record.window.to < from) continue
    found.set(keyOf(record), record)
  }
  return [...found.values()]
}

/**
 * How many they are, and how far apart their Sharpe ratios lie; with fewer than ten ratios, as far as those of strategies
 * without skill over so many observations. Never below one trial. Source: Bailey and López de Prado (2014).
 */
export function countTrials(trials: readonly TrialRecord[], observations: number): Trials {
  // In order of size: threads and machines end their trials in any order, and a sum depends on its order.
  const ratios = trials.flatMap(({ sample }) => (sample ? [sample.sharpe] : [])).toSorted((a, b) => a - b)
  const count = Math.max(1, trials.length)
  if (ratios.length < KEPT_MIN) return { count, variance: noiseVariance(Math.max(2, observations)) }
  const mean = meanOf(ratios)
  const squares = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0)
  return { count, variance: squares / (ratios.length - 1) }
}

/** Those that the records do not have yet: a search that goes on after a stop is not counted twice. */
export function newTrials(
  records: readonly LedgerRecord[],
  trials: readonly TrialRecord[],
): readonly TrialRecord[] {
  const known = new Set(records.flatMap((record) => (record.what === 'trial' ? [keyOf(record)] : [])))
  return trials.filter((trial) => !known.has(keyOf(trial)))
}

const keyOf = ({ idea, window, parameters, rules, result }: TrialRecord): string =>
  JSON.stringify([
    window.set,
    window.symbols,
    window.from,
    window.to,
    canonical(parameters),
    // Without a result, rules and wording tell two failures apart.
    result === '' ? [rules, idea.version ?? ''] : result,
  ])

/** The same values give the same text, in whatever order they were written. */
export const canonical = (values: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1)))
