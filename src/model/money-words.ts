import type { Currency } from './money.ts'
import type { Sentence } from './sentence.ts'

/** Groups of three, written by hand: what a runtime knows of locales must not change a recorded decision. */
export const inThrees = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',')

/**
 * `12,345원` · `12,345 won`, `$1,234.56` in both. In: the unit of `Money` and `Price` (won, 1/10,000 dollar), fractions of it
 * rounded. The minus sign stands before everything; cents are always shown, hundredths of one where there are any.
 */
export function moneyWords(currency: Currency, value: number): Sentence {
  if (currency === 'KRW') return { ko: `${inThrees(value)}원`, en: `${inThrees(value)} won` }
  const units = Math.round(value)
  const size = Math.abs(units)
  const four = String(size % 10_000).padStart(4, '0')
  const cents = four.endsWith('00') ? four.slice(0, 2) : four
  const text = `${units < 0 ? '-' : ''}$${inThrees(Math.floor(size / 10_000))}.${cents}`
  return { ko: text, en: text }
}
