import { count } from '../../std/numbers.ts'
import { gapSentence } from '../analytics/gap-sentence.ts'
import type { Statistic } from '../analytics/statistic.ts'
import type { Unit } from './figures.ts'

const decimals = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** Won and counts: fractions of one say nothing. */
export const whole = (value: number): string => count(Math.round(value))

/** A figure as people read it; what has no value says why, as text for a tooltip. */
export function written(unit: Unit, value: Statistic): { readonly text: string; readonly why?: string } {
  if (!value.ok) {
    const { ko, en } = gapSentence(value.error)
    return { text: '–', why: `${ko} · ${en}` }
  }
  return { text: writtenNumber(unit, value.value) }
}

function writtenNumber(unit: Unit, value: number): string {
  switch (unit) {
    case 'ratio':
      return `${(value * 100).toFixed(2)}%`
    case 'number':
      return decimals.format(value)
    case 'won':
      return `${whole(value)}원`
    case 'count':
      return whole(value)
    case 'days':
      return `${whole(Math.ceil(value))}일`
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text from anywhere, safe inside HTML and its attributes. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? '')
