import { gapSentence } from '../analytics/gap-sentence.ts'
import type { Statistic } from '../analytics/statistic.ts'
import type { Unit } from './figures.ts'

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const decimals = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** 1234567 → `1,234,567`. */
export const whole = (value: number): string => grouped.format(value === 0 ? 0 : value)

/** 0.0512 → `+5.12%`. */
export const percent = (ratio: number): string => `${ratio > 0 ? '+' : ''}${(ratio * 100).toFixed(2)}%`

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
