import { distance } from '../../../../std/nearest.ts'
import { INDICATORS } from './indicator-table.ts'
import type { Aggregate, BarField, DayField, FactField, LiveField, NameKind } from './tree.ts'
import {
  AGGREGATES,
  BAR_FIELDS,
  CLASSES,
  DAILY_BAR_WORDS,
  DAY_FIELDS,
  DESIGNATION_WORDS,
  FACT_FIELDS,
  FLAGS,
  KEYWORDS,
  type Keyword,
  LIVE_FIELDS,
  MARKETS,
  PARTICLES,
  type Particle,
  SPECIALS,
  type Special,
  type Spelling,
} from './words.ts'

/** What a spelling means. */
export type Meaning =
  | { readonly role: 'keyword'; readonly id: Keyword }
  | { readonly role: 'bar'; readonly id: BarField }
  | { readonly role: 'daily'; readonly id: BarField }
  | { readonly role: 'day'; readonly id: Exclude<DayField, 'vwap'>; readonly whole: boolean }
  | { readonly role: 'fact'; readonly id: FactField }
  | { readonly role: 'live'; readonly id: LiveField }
  | { readonly role: 'aggregate'; readonly id: Aggregate }
  | { readonly role: 'special'; readonly id: Special }
  | { readonly role: 'flag'; readonly id: 'halted' | 'inVi' }
  | { readonly role: 'name'; readonly id: string; readonly of: NameKind }
  | { readonly role: 'indicator'; readonly id: string }
  /** Stands behind the dot of some indicator, unless it means something else. */
  | { readonly role: 'output' }

const MEANINGS: ReadonlyMap<string, Meaning> = new Map(allMeanings())

/** The meaning of a word, in whatever case its Latin letters are. */
export const meaningOf = (text: string): Meaning | undefined => MEANINGS.get(text.toLowerCase())

/** One piece of a run of letters. `length` counts from where the one before ended. */
export type Piece =
  | { readonly kind: 'word'; readonly meaning: Meaning; readonly length: number }
  | { readonly kind: 'particle'; readonly particle: Particle; readonly length: number }

/**
 * Takes a run of letters apart: a word; a particle; or a word with what Korean hangs onto it (`종가가`, `이상이고`).
 * `undefined` when it holds anything else.
 */
export function piecesOf(run: string): readonly Piece[] | undefined {
  const whole = meaningOf(run)
  if (whole) return [{ kind: 'word', meaning: whole, length: run.length }]
  const alone = particleOf(run)
  if (alone) return [alone]
  for (let cut = run.length - 1; cut > 0; cut--) {
    const meaning = meaningOf(run.slice(0, cut))
    const tail = meaning && tailOf(run.slice(cut))
    if (tail) return [{ kind: 'word', meaning, length: cut }, tail]
  }
  return undefined
}

function particleOf(text: string): Piece | undefined {
  const particle = Object.hasOwn(PARTICLES, text) ? PARTICLES[text] : undefined
  return particle && { kind: 'particle', particle, length: text.length }
}

function tailOf(text: string): Piece | undefined {
  const meaning = meaningOf(text)
  const joins = meaning?.role === 'keyword' && (meaning.id === 'and' || meaning.id === 'or')
  return joins ? { kind: 'word', meaning, length: text.length } : particleOf(text)
}

/** The known word that is closest to `text`, when one is close enough to have been meant; in the script of `text`. */
export function nearestWord(text: string, among: Iterable<string> = SPELLINGS): string | undefined {
  const isHangul = /[가-힣]/.test(text)
  let best: string | undefined
  // A third of the letters may be wrong; of Hangul, letters are counted and not syllables.
  let least = Math.floor(text.normalize('NFD').length / 3) + 1
  for (const word of among) {
    if (/[가-힣]/.test(word) !== isHangul) continue
    const steps = distance(text.toLowerCase(), word.toLowerCase(), least)
    if (steps < least) [best, least] = [word, steps]
  }
  return best
}

const SPELLINGS: readonly string[] = spellings()

function allMeanings(): [string, Meaning][] {
  const entries: [string, Meaning][] = []
  const add = (spelling: Spelling, meaning: Meaning) => {
    for (const text of [...spelling.en, ...spelling.ko]) entries.push([text.toLowerCase(), meaning])
  }
  for (const [id, spelling] of entriesOf(KEYWORDS)) add(spelling, { role: 'keyword', id })
  for (const [id, spelling] of entriesOf(BAR_FIELDS)) add(spelling, { role: 'bar', id })
  for (const [id, spelling] of entriesOf(FACT_FIELDS)) add(spelling, { role: 'fact', id })
  for (const [id, spelling] of entriesOf(LIVE_FIELDS)) add(spelling, { role: 'live', id })
  for (const [id, spelling] of entriesOf(AGGREGATES)) add(spelling, { role: 'aggregate', id })
  for (const [id, spelling] of entriesOf(SPECIALS)) add(spelling, { role: 'special', id })
  for (const [id, spelling] of entriesOf(FLAGS)) add(spelling, { role: 'flag', id })
  for (const [id, spelling] of entriesOf(MARKETS)) add(spelling, { role: 'name', id, of: 'market' })
  for (const [id, spelling] of entriesOf(CLASSES)) add(spelling, { role: 'name', id, of: 'class' })
  for (const [id, spelling] of entriesOf(DESIGNATION_WORDS))
    add(spelling, { role: 'name', id, of: 'designation' })
  for (const [id, { spelling }] of entriesOf(INDICATORS)) add(spelling, { role: 'indicator', id })
  for (const [id, spelling] of entriesOf(DAY_FIELDS)) {
    add({ en: spelling.en, ko: [] }, { role: 'day', id, whole: false })
    add({ en: [], ko: spelling.ko }, { role: 'day', id, whole: true })
  }
  for (const [text, id] of entriesOf(DAILY_BAR_WORDS)) entries.push([text, { role: 'daily', id }])
  const known = new Set(entries.map(([text]) => text))
  const outputs = Object.values(INDICATORS).flatMap((spec) => Object.values(spec.outputs))
  for (const text of outputs.flatMap(({ en, ko }) => [...en, ...ko]))
    if (!known.has(text.toLowerCase())) entries.push([text.toLowerCase(), { role: 'output' }])
  return entries
}

/** As they are written, not in lower case. */
function spellings(): string[] {
  const tables = [
    ...[KEYWORDS, BAR_FIELDS, DAY_FIELDS, FACT_FIELDS, LIVE_FIELDS, AGGREGATES, SPECIALS, FLAGS],
    ...[MARKETS, CLASSES, DESIGNATION_WORDS],
  ]
  const found = tables.flatMap((table) => Object.values<Spelling>(table))
  found.push(...Object.values(INDICATORS).map(({ spelling }) => spelling))
  return [...found.flatMap(({ en, ko }) => [...en, ...ko]), ...Object.keys(DAILY_BAR_WORDS)]
}

function entriesOf<Id extends string, V>(table: Readonly<Record<Id, V>>): [Id, V][] {
  return Object.entries(table) as [Id, V][]
}
