import type { LiveState, RefusalMessage, SentenceMessage } from '../../../contract/live.ts'
import { clockText, count, lasting, won } from '../../state/numbers.ts'
import type { Language } from '../../state/preferences.ts'
import { EXIT, wordOf } from '../today/words.ts'
import { numberName, RULES, type Unit } from './rules.ts'

export interface RefusalRow extends RefusalMessage {
  /** Its own among all of the day. */
  readonly key: string
}

/** Newest first. Rows that are known from before and from the live line stand once. */
export function mergedRefusals(
  earlier: readonly RefusalMessage[],
  live: LiveState['refusals'] | undefined,
): readonly RefusalRow[] {
  const rows = new Map<string, RefusalRow>()
  for (const refusal of [...earlier, ...Object.values(live ?? {})]) {
    const { at, instrument, side, source, code } = refusal
    const key = `${at}·${instrument}·${side}·${source}·${code}`
    if (!rows.has(key)) rows.set(key, { ...refusal, key })
  }
  return [...rows.values()].sort((a, b) => b.at - a.at || (a.key < b.key ? 1 : -1))
}

/** What the address asks for; an empty word asks for everything. */
export interface WhyFilter {
  /** A piece of the code or the name of an instrument. */
  readonly symbol: string
  readonly rule: string
  readonly source: string
  readonly side: string
}

const FILTERS = ['symbol', 'rule', 'source', 'side'] as const

export const filterOf = (search: URLSearchParams): WhyFilter => ({
  symbol: search.get('symbol') ?? '',
  rule: search.get('rule') ?? '',
  source: search.get('source') ?? '',
  side: search.get('side') ?? '',
})

/** The address of a filter; what asks for everything is left out. */
export function searchOf(filter: Partial<WhyFilter>): string {
  const search = new URLSearchParams()
  for (const name of FILTERS) if (filter[name]) search.set(name, filter[name])
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

export function filtered(rows: readonly RefusalRow[], filter: WhyFilter): readonly RefusalRow[] {
  const symbol = filter.symbol.trim().toLowerCase()
  return rows.filter(
    (row) =>
      (filter.rule === '' || row.code === filter.rule) &&
      (filter.source === '' || row.source === filter.source) &&
      (filter.side === '' || row.side === filter.side) &&
      (symbol === '' || `${row.instrument} ${row.name}`.toLowerCase().includes(symbol)),
  )
}

export interface RuleCount {
  readonly code: string
  readonly count: number
  /** How many different instruments. */
  readonly instruments: number
  /** Of the most frequent one, for a bar. */
  readonly share: number
  readonly lastAt: number
}

/** Which rule refused how often, the most frequent first. */
export function countsByRule(rows: readonly RefusalRow[]): readonly RuleCount[] {
  const groups = grouped(rows)
  const most = Math.max(0, ...[...groups.values()].map(({ length }) => length))
  return [...groups]
    .map(([code, of]) => ({
      code,
      count: of.length,
      instruments: new Set(of.map(({ instrument }) => instrument)).size,
      share: of.length / most,
      lastAt: Math.max(...of.map(({ at }) => at)),
    }))
    .sort((a, b) => b.count - a.count || a.code.localeCompare(b.code))
}

function grouped(rows: readonly RefusalRow[]): Map<string, RefusalRow[]> {
  const groups = new Map<string, RefusalRow[]>()
  for (const row of rows) groups.set(row.code, [...(groups.get(row.code) ?? []), row])
  return groups
}

export const sourcesOf = (rows: readonly RefusalRow[]): readonly string[] =>
  [...new Set(rows.map(({ source }) => source))].sort((a, b) => a.localeCompare(b))

/** The engine says `5`, `5 체결강도` or a name twice of one and the same condition: on the screen it is called by its name alone. */
export function byName(
  rows: readonly RefusalRow[],
  conditions: LiveState['conditions'],
): readonly RefusalRow[] {
  const names = new Map(
    Object.values(conditions).flatMap(({ id, name }) => [
      [id, name],
      [`${id} ${name}`, name],
    ]),
  )
  return rows.map((row) => ({ ...row, source: names.get(row.source) || row.source }))
}

const BY_HAND: Readonly<Record<string, SentenceMessage>> = {
  manual: { ko: '수동', en: 'by hand' },
  amend: { ko: '정정', en: 'amended' },
}

/** Who wanted it, in words: a person by name, an exit by its kind, a condition as it is called. */
export function sourceWords(source: string): SentenceMessage {
  const [first = '', ...who] = source.split(' ')
  const byHand = BY_HAND[first]
  if (byHand && who.length > 0) {
    const name = who.join(' ')
    return { ko: `${byHand.ko} · ${name}`, en: `${byHand.en} · ${name}` }
  }
  return wordOf(OWN_WISHES, source)
}

/** What no condition asked for. */
const OWN_WISHES: Readonly<Record<string, SentenceMessage>> = {
  ...EXIT,
  unfilled: { ko: '미체결 처리', en: 'unfilled order' },
  atBroker: { ko: '증권사 스톱', en: 'stop at the broker' },
}

export interface Decided {
  readonly name: SentenceMessage
  readonly text: string
  /** `measured` broke `threshold`; the rest only tells more. */
  readonly role: 'measured' | 'threshold' | 'more'
}

const ROLE_ORDER = { measured: 0, threshold: 1, more: 2 } as const

/** The numbers that decided, what was measured before what it was held against. */
export function decidedBy(
  row: Pick<RefusalMessage, 'code' | 'numbers'>,
  language: Language,
): readonly Decided[] {
  const rule = RULES[row.code]
  return Object.entries(row.numbers)
    .flatMap(([key, value]) => {
      const name = numberName(row.code, key)
      if (!name) return []
      const role =
        key === rule?.measured ? 'measured' : key === rule?.threshold ? 'threshold' : ('more' as const)
      return [{ name, text: written(value, name.unit, language), role } as const]
    })
    .sort((a, b) => ROLE_ORDER[a.role] - ROLE_ORDER[b.role])
}

function written(value: number | string | boolean, unit: Unit, language: Language): string {
  if (typeof value !== 'number') return String(value)
  switch (unit) {
    case 'won':
      return language === 'ko' ? `${won(value)}원` : `₩${won(value)}`
    case 'count':
      return count(value)
    case 'shares':
      return language === 'ko' ? `${count(value)}주` : count(value)
    case 'lasting':
      return value < 60_000 ? seconds(value, language) : lasting(value, language)
    case 'instant':
      return clockText(value)
    case 'timeOfDay':
      return clockText(value - KST_MS)
    case 'text':
      return String(value)
    default:
      return unit satisfies never
  }
}

/** A time of day counts from Korean midnight. */
const KST_MS = 9 * 3_600_000
const seconds = (ms: number, language: Language): string =>
  `${(ms / 1_000).toFixed(1)}${language === 'ko' ? '초' : ' s'}`
