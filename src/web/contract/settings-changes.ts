import { fieldPath, type Raises, SETTING_FIELDS } from './settings-fields.ts'
import { valueWords, type Words } from './settings-words.ts'

/** The settings as the file's own words, every default filled in: percent, won, seconds. */
export type SettingsValues = Readonly<Record<string, unknown>>

/** What a change does to what can be lost. `other`: neither more nor less that we could tell. */
export type Risk = 'raises' | 'lowers' | 'other'

/** One difference between two versions of the settings, in words: `손절 3% → 5%`. */
export interface SettingChange extends Words {
  readonly path: readonly (string | number)[]
  readonly label: Words
  readonly before: Words
  readonly after: Words
  readonly risk: Risk
  readonly restart: boolean
}

type Path = readonly (string | number)[]
type Plain = Readonly<Record<string, unknown>>

/** A list of rules, what names one of them, and whether it buys. A rule under another name is another rule. */
const RULES: Readonly<Record<string, Words & { readonly key: string; readonly buys: boolean }>> = {
  buy: { key: 'condition', buys: true, ko: '매수 조건', en: 'buy condition' },
  strategies: { key: 'name', buys: true, ko: '전략', en: 'strategy' },
  sell: { key: 'condition', buys: false, ko: '매도 조건', en: 'sell condition' },
}

const SECTIONS: Readonly<Record<string, Words>> = {
  'exits.trailing': { ko: '트레일링', en: 'trailing stage' },
  'unfilled.buy': { ko: '미체결 매수', en: 'unfilled buy' },
  'unfilled.sell': { ko: '미체결 매도', en: 'unfilled sale' },
  corporate_actions: { ko: '권리 변동', en: 'corporate action' },
}

/** Does anything of it raise what can be lost: a limit up, a stop looser, more bought, something new that buys? */
export const raisesRisk = (before: SettingsValues, after: SettingsValues): boolean =>
  changesOf(before, after).some(({ risk }) => risk === 'raises')

/** Does all of it lower what can be lost? Only then may somebody who trades, but owns no settings, do it. */
export const lowersRisk = (before: SettingsValues, after: SettingsValues): boolean => {
  const changes = changesOf(before, after)
  return changes.length > 0 && changes.every(({ risk }) => risk === 'lowers')
}

/** Every difference, in the order of the settings. */
export function changesOf(before: SettingsValues, after: SettingsValues): readonly SettingChange[] {
  const found: SettingChange[] = []
  for (const key of keysOf(before, after)) {
    const rules = RULES[key]
    if (rules) found.push(...ruleChanges(key, rules, before[key], after[key]))
    else found.push(...leafChanges([key], before[key], after[key]))
  }
  return softened(found, after)
}

/** `not_today` is the longest wait there is: a wait that goes because of it is no less careful. */
function softened(changes: readonly SettingChange[], after: SettingsValues): readonly SettingChange[] {
  if (at(after, ['limits', 'rebuy', 'not_today']) !== true) return changes
  return changes.map((change) =>
    fieldPath(change.path) === 'limits.rebuy.wait_min' ? { ...change, risk: 'other' } : change,
  )
}

function ruleChanges(
  list: string,
  { key, buys, ...kind }: (typeof RULES)[string],
  before: unknown,
  after: unknown,
): readonly SettingChange[] {
  const [old, next] = [rulesOf(before), rulesOf(after)]
  const found: SettingChange[] = []
  for (const [index, rule] of old.entries()) {
    if (next.some((each) => each[key] === rule[key])) continue
    found.push(wholeRule([list, index], kind, rule, key, 'removed', riskOfRule(rule, buys, 'removed')))
  }
  for (const [index, rule] of next.entries()) {
    const was = old.find((each) => each[key] === rule[key])
    if (!was) {
      found.push(wholeRule([list, index], kind, rule, key, 'added', riskOfRule(rule, buys, 'added')))
      continue
    }
    const name = `"${String(rule[key])}"`
    for (const change of leafChanges([list, index], was, rule)) {
      const isIdle = rule.enabled === false && change.path.at(-1) !== 'enabled'
      const label = {
        ko: `${kind.ko} ${name} · ${change.label.ko}`,
        en: `${kind.en} ${name} · ${change.label.en}`,
      }
      found.push(told({ ...change, label, risk: isIdle ? 'other' : change.risk }))
    }
  }
  return found
}

/** What stands there switched off buys and sells nothing until somebody switches it on. */
function riskOfRule(rule: Plain, buys: boolean, how: 'added' | 'removed'): Risk {
  if (rule.enabled === false) return 'other'
  return buys === (how === 'added') ? 'raises' : 'lowers'
}

function wholeRule(
  path: Path,
  kind: Words,
  rule: Plain,
  key: string,
  how: 'added' | 'removed',
  risk: Risk,
): SettingChange {
  const amount = amountOf(rule)
  const name = `"${String(rule[key])}"`
  const said = { ko: `${name}${amount.ko}`, en: `${name}${amount.en}` }
  const none = valueWords(undefined, undefined)
  const label = {
    ko: `${kind.ko} ${how === 'added' ? '추가' : '삭제'}`,
    en: `${kind.en} ${how}`,
  }
  return {
    ...{ path, label, risk, restart: false },
    ...(how === 'added' ? { before: none, after: said } : { before: said, after: none }),
    ko: `${label.ko}: ${said.ko}`,
    en: `${label.en}: ${said.en}`,
  }
}

function amountOf(rule: Plain): Words {
  const [key] = ['amount_krw', 'amount_pct'].filter((each) => typeof rule[each] === 'number')
  if (key === undefined) return { ko: '', en: '' }
  const { ko, en } = valueWords(SETTING_FIELDS[`buy.*.${key}`], rule[key])
  return { ko: ` · ${ko}`, en: ` · ${en}` }
}

/** Differences below a path; a list that is no list of rules is compared place by place. */
function leafChanges(path: Path, before: unknown, after: unknown): readonly SettingChange[] {
  const pattern = fieldPath(path)
  if (SETTING_FIELDS[pattern]) return same(before, after) ? [] : [leaf(path, before, after)]
  if (isPlain(before) || isPlain(after)) {
    const [old, next] = [isPlain(before) ? before : {}, isPlain(after) ? after : {}]
    return keysOf(old, next).flatMap((key) => leafChanges([...path, key], old[key], next[key]))
  }
  if (Array.isArray(before) || Array.isArray(after)) {
    const [old, next] = [Array.isArray(before) ? before : [], Array.isArray(after) ? after : []]
    return Array.from({ length: Math.max(old.length, next.length) }, (_, index) =>
      leafChanges([...path, index], old[index], next[index]),
    ).flat()
  }
  return same(before, after) ? [] : [leaf(path, before, after)]
}

function leaf(path: Path, before: unknown, after: unknown): SettingChange {
  const field = SETTING_FIELDS[fieldPath(path)]
  const name = field ?? { ko: String(path.at(-1)), en: String(path.at(-1)) }
  const around = contextOf(path)
  const label = around
    ? { ko: `${around.ko} · ${name.ko}`, en: `${around.en} · ${name.en}` }
    : { ko: name.ko, en: name.en }
  return told({
    ...{ path, label, ko: '', en: '' },
    before: valueWords(field, before),
    after: valueWords(field, after),
    // What the table does not know is taken for the worst.
    risk: riskOf(field?.raises ?? 'always', before, after),
    restart: field?.restart === true,
  })
}

const told = (change: SettingChange): SettingChange => ({
  ...change,
  ko: `${change.label.ko} ${change.before.ko} → ${change.after.ko}`,
  en: `${change.label.en} ${change.before.en} → ${change.after.en}`,
})

function contextOf(path: Path): Words | undefined {
  const [section, place] = [
    SECTIONS[fieldPath(path.slice(0, 2))] ?? SECTIONS[String(path[0])],
    path.find((part) => typeof part === 'number'),
  ]
  if (!section || typeof place !== 'number') return section
  return { ko: `${section.ko} ${place + 1}단계`, en: `${section.en} ${place + 1}` }
}

function riskOf(raises: Raises, before: unknown, after: unknown): Risk {
  switch (raises) {
    case 'more':
      return Array.isArray(before) || Array.isArray(after)
        ? ofList(before, after, 'more')
        : ofOrder(rank(before, Infinity), rank(after, Infinity))
    case 'less':
      return Array.isArray(before) || Array.isArray(after)
        ? ofList(before, after, 'less')
        : ofOrder(rank(after, -Infinity), rank(before, -Infinity))
    case 'later':
      return ofOrder(rank(before, Infinity), rank(after, Infinity))
    case 'earlier':
      return ofOrder(rank(after, -Infinity), rank(before, -Infinity))
    case 'on':
      return after === true ? 'raises' : 'lowers'
    case 'off':
      return after === true ? 'lowers' : 'raises'
    case 'unlessMarket':
      return after === 'market' ? 'lowers' : 'raises'
    case 'always':
      return 'raises'
    case 'never':
      return 'other'
    default:
      return raises satisfies never
  }
}

const ofOrder = (low: number, high: number): Risk => (high > low ? 'raises' : high < low ? 'lowers' : 'other')

/** Names that may be bought (`more` raises) or may not (`less`); an exchange of one for another is both, so it raises. */
function ofList(before: unknown, after: unknown, raises: 'more' | 'less'): Risk {
  const [old, next] = [listOf(before), listOf(after)]
  const [added, removed] = [
    next.some((each) => !old.includes(each)),
    old.some((each) => !next.includes(each)),
  ]
  const [more, fewer] = raises === 'more' ? [added, removed] : [removed, added]
  return more ? 'raises' : fewer ? 'lowers' : 'other'
}

/** A number, or a time of day in seconds. */
function rank(value: unknown, none: number): number {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return none
  const [hours = 0, minutes = 0, seconds = 0] = value.split(':').map(Number)
  return (hours * 60 + minutes) * 60 + seconds
}

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const rulesOf = (value: unknown): readonly Plain[] => listOf(value).filter(isPlain)
const keysOf = (a: Plain, b: Plain): readonly string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])]

/** The value at a path; `undefined` where there is none. */
export function at(values: unknown, path: Path): unknown {
  let here = values
  for (const part of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, part)) return undefined
    here = (here as Record<string | number, unknown>)[part]
  }
  return here
}
