import { gapSentence } from '../../src/lab/analytics/gap-sentence.ts'
import type { Statistic } from '../../src/lab/analytics/statistic.ts'

/** Whatever a report holds: numbers, words, statistics and lists and tables of them. */
type Told =
  | number
  | string
  | boolean
  | undefined
  | Statistic<unknown>
  | readonly unknown[]
  | Readonly<Record<string, unknown>>

/** A figure a line, by its path (`byExit.stopLoss.netPnl`); in place of one that has no value the reason stands. */
export type WrittenFigures = Readonly<Record<string, number | string | boolean>>

/**
 * Numbers keep 12 significant digits: what a person sees has six at most, and the last bits of a logarithm may differ from one machine to
 * another. Of a list, the place is the name; an entry with a `key` or a `year` goes by that.
 */
export const writtenFigures = (told: Readonly<Record<string, unknown>>): WrittenFigures =>
  Object.fromEntries(Object.entries(told).flatMap(([name, value]) => lines(name, value as Told)))

type Lines = readonly (readonly [path: string, value: number | string | boolean])[]

function lines(path: string, told: Told): Lines {
  if (told === undefined) return []
  if (typeof told === 'number') return [[path, Number(told.toPrecision(12))]]
  if (typeof told !== 'object') return [[path, told]]
  if (isStatistic(told))
    return told.ok ? lines(path, told.value as Told) : [[path, gapSentence(told.error).en]]
  if (Array.isArray(told)) return told.flatMap((each, at) => lines(`${path}.${nameOf(each, at)}`, each))
  return Object.entries(told).flatMap(([name, value]) =>
    NAMES.includes(name) ? [] : lines(`${path}.${name}`, value as Told),
  )
}

/** What an entry of a list goes by. */
const NAMES = ['key', 'year']

const isStatistic = (told: object): told is Statistic<unknown> => 'ok' in told

function nameOf(entry: unknown, at: number): string {
  if (typeof entry !== 'object' || entry === null) return String(at)
  const named = Object.entries(entry).find(([name]) => NAMES.includes(name))
  return String(named?.[1] ?? at)
}
