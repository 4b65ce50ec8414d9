import type { Sentence } from '../../model/sentence.ts'
import type { Statistic } from '../analytics/statistic.ts'

/** How a figure is written. ratio: 0.05 is shown as 5 %; number: two decimals; days, count: whole; money: in its currency. */
export type Unit = 'ratio' | 'number' | 'money' | 'count' | 'days'

export interface Figure extends Sentence {
  readonly key: string
  readonly unit: Unit
  readonly value: Statistic
}

export interface FigureGroup extends Sentence {
  readonly figures: readonly Figure[]
}

export const figure = (key: string, ko: string, en: string, unit: Unit, value: Statistic): Figure => ({
  key,
  ko,
  en,
  unit,
  value,
})
export const known = (value: number): Statistic => ({ ok: true, value })
export const mapped = <T>(from: Statistic<T>, pick: (value: T) => number): Statistic =>
  from.ok ? known(pick(from.value)) : from
