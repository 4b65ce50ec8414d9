import type { Currency } from '../../model/money.ts'
import { moneyWords } from '../../model/money-words.ts'
import { count } from '../../std/numbers.ts'
import { gapSentence } from '../analytics/gap-sentence.ts'
import type { Statistic } from '../analytics/statistic.ts'
import type { Unit } from './figure.ts'

const decimals = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** Counts: fractions of one say nothing. */
export const whole = (value: number): string => count(Math.round(value))

/** Dollars from here on are shown without their cents. */
const FROM_HERE_WHOLE = 100_000 * 10_000

/** `12,345`, as tables and axes show won; `$1,234.56`, and large amounts of dollars without cents. */
export function amountText(currency: Currency, value: number): string {
  if (currency === 'KRW') return whole(value)
  const cents = Math.round(value / 100) * 100
  if (Math.abs(cents) < FROM_HERE_WHOLE) return moneyWords('USD', cents).ko
  return moneyWords('USD', Math.round(value / 10_000) * 10_000).ko.replace(/\.00$/, '')
}

/** The same with its unit. */
export const amountWords = (currency: Currency, value: number): string =>
  currency === 'KRW' ? `${whole(value)}원` : amountText(currency, value)

/** A price, to its last digit. */
export const priceText = (currency: Currency, value: number): string =>
  currency === 'KRW' ? whole(value) : moneyWords('USD', value).ko

/** A figure as people read it; what has no value says why, as text for a tooltip. */
export function written(
  unit: Unit,
  value: Statistic,
  currency: Currency = 'KRW',
): { readonly text: string; readonly why?: string } {
  if (!value.ok) {
    const { ko, en } = gapSentence(value.error)
    return { text: '–', why: `${ko} · ${en}` }
  }
  return { text: writtenNumber(unit, value.value, currency) }
}

function writtenNumber(unit: Unit, value: number, currency: Currency): string {
  switch (unit) {
    case 'ratio':
      return `${(value * 100).toFixed(2)}%`
    case 'number':
      return decimals.format(value)
    case 'money':
      return amountWords(currency, value)
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
