import type { LiveState } from '../../../contract/live.ts'
import { at, type SettingsValues } from '../../../contract/settings-changes.ts'
import { SETTING_FIELDS } from '../../../contract/settings-fields.ts'
import { valueWords, type Words } from '../../../contract/settings-words.ts'

/** The lists of the file that hold rules. */
export type RuleList = 'buy' | 'sell' | 'strategies'
export type Rule = Readonly<Record<string, unknown>>

export const MOST_SYMBOLS = 60
export const MOST_RULES: Readonly<Record<RuleList, number>> = { buy: 20, sell: 20, strategies: 10 }

export const rulesOf = (values: SettingsValues, list: RuleList): readonly Rule[] => {
  const rules = values[list]
  return Array.isArray(rules) ? (rules as readonly Rule[]) : []
}

export const nameOf = (list: RuleList, rule: Rule): string =>
  String(rule[list === 'strategies' ? 'name' : 'condition'] ?? '')

export type ConditionCounts = LiveState['conditions'][string]

/** What the trader says of a rule; the broker may know a condition by its number. */
export function countsOf(
  conditions: LiveState['conditions'] | undefined,
  list: RuleList,
  rule: Rule,
): ConditionCounts | undefined {
  const use = list === 'sell' ? 'sell' : 'buy'
  const name = nameOf(list, rule)
  return Object.values(conditions ?? {}).find(
    (each) => each.use === use && (each.name === name || each.id === name),
  )
}

export interface Ranked {
  readonly list: RuleList
  readonly index: number
  readonly name: string
  readonly priority: number
}

/** Who gets the last free place: the higher priority, and among equals whoever stands first in the file. */
export function ranking(values: SettingsValues): readonly Ranked[] {
  const ranked = (['buy', 'strategies'] as const).flatMap((list) =>
    rulesOf(values, list).flatMap((rule, index) =>
      rule.enabled === false
        ? []
        : [{ list, index, name: nameOf(list, rule), priority: Number(rule.priority ?? 0) }],
    ),
  )
  return ranked.toSorted((a, b) => b.priority - a.priority)
}

/** Different names that strategies follow; each takes a realtime slot. */
export const symbolsUsed = (values: SettingsValues): number =>
  new Set(
    rulesOf(values, 'strategies')
      .filter(({ enabled }) => enabled !== false)
      .flatMap(({ symbols }) => (Array.isArray(symbols) ? symbols.map(String) : [])),
  ).size

/** `09:03–11:00 · 1,000,000원 · 현재가 +1틱`. */
export function ruleSummary(list: RuleList, rule: Rule): Words {
  const words = (key: string) => valueWords(SETTING_FIELDS[`${list}.*.${key}`], rule[key])
  const window = `${String(at(rule, ['window', 'from']) ?? '')}–${String(at(rule, ['window', 'to']) ?? '')}`
  const amount =
    rule.amount_krw !== undefined
      ? words('amount_krw')
      : rule.amount_pct !== undefined
        ? words('amount_pct')
        : undefined
  const parts: readonly (Words | undefined)[] = [
    list === 'strategies' ? words('interval') : undefined,
    { ko: window, en: window },
    amount,
    words('order'),
  ]
  const joined = (language: 'ko' | 'en') =>
    parts.flatMap((each) => (each ? [each[language]] : [])).join(' · ')
  return { ko: joined('ko'), en: joined('en') }
}

/** What a strategy plays: one of ours, a file, or conditions. */
export type PlayKind = 'known' | 'file' | 'written'
export const playKind = (rule: Rule): PlayKind =>
  typeof rule.use !== 'string' ? 'written' : /[/\\]|\.[mc]?[jt]s$/.test(rule.use) ? 'file' : 'known'

/** Instants and numbers of what a condition saw, as people write them. */
export function seenText(type: string, value: number | string): string {
  if (typeof value === 'string') return value
  switch (type) {
    case 'ratio':
      return `${(value * 100).toFixed(2)}%`
    case 'price':
    case 'money':
      return Number.isInteger(value) ? value.toLocaleString('en-US') : decimals(value)
    case 'volume':
      return Math.round(value).toLocaleString('en-US')
    case 'time':
      return new Date(value).toISOString().slice(11, 19)
    default:
      return decimals(value)
  }
}

const decimals = (value: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
