import type { CurrencyMessage, FigureGroupMessage, FigureMessage } from '../../contract/backtest-report.ts'
import {
  count,
  decimals,
  direction,
  percent,
  roughWon,
  signed,
  signedPercent,
  won,
} from '../state/numbers.ts'
import type { Language } from '../state/preferences.ts'

/** How figures of results are written, those of backtests and of the account alike. */

const UNITS = { KRW: 1, USD: 10_000 } as const
const DOLLARS = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** 1,234원 · ₩1,234 · $12.34, of an amount in the smallest unit. */
export function money(value: number, currency: CurrencyMessage, language: Language): string {
  if (currency === 'USD') return `${value < 0 ? '−' : ''}$${DOLLARS.format(Math.abs(value) / UNITS.USD)}`
  if (language === 'ko') return `${value < 0 ? '−' : ''}${won(Math.abs(value))}원`
  return `${value < 0 ? '−' : ''}₩${won(Math.abs(value))}`
}

/** With its sign and without its unit, for columns. */
export const signedMoney = (value: number, currency: CurrencyMessage): string =>
  currency === 'KRW'
    ? signed(Math.round(value))
    : `${value > 0 ? '+' : value < 0 ? '−' : ''}${DOLLARS.format(Math.abs(value) / UNITS.USD)}`

/** For an axis: 1억 2,345만. */
export const roughMoney = (value: number, currency: CurrencyMessage, language: Language): string =>
  currency === 'KRW' ? roughWon(value, language) : `$${won(value / UNITS.USD)}`

/** A true minus, as wide as a digit, in place of a hyphen. */
const minus = (text: string): string => text.replace(/^-/, '−')
export const ratioText = (ratio: number): string => minus(percent(ratio))
export const numberText = (value: number): string => minus(decimals(value))

const SIGNED = new Set(['totalReturn', 'annualReturn', 'benchmarkReturn', 'alpha', 'pnl', 'expectancy'])

export interface FigureShown {
  readonly key: string
  readonly ko: string
  readonly en: string
  readonly text: string
  readonly tone: 'up' | 'down' | ''
  /** Why there is no value. */
  readonly why?: { readonly ko: string; readonly en: string }
}

export function figureShown(
  { key, ko, en, unit, value, why }: FigureMessage,
  currency: CurrencyMessage,
  language: Language,
): FigureShown {
  if (value === undefined) return { key, ko, en, text: '–', tone: '', ...(why && { why }) }
  const isSigned = SIGNED.has(key)
  const texts = {
    ratio: () => (isSigned ? signedPercent(value) : ratioText(value)),
    number: () => numberText(value),
    money: () => money(value, currency, language),
    count: () => count(value),
    days: () => (language === 'ko' ? `${count(Math.ceil(value))}일` : `${count(Math.ceil(value))} d`),
  }
  return { key, ko, en, text: texts[unit](), tone: isSigned ? direction(value) : '' }
}

export const figureOf = (groups: readonly FigureGroupMessage[], key: string): FigureMessage | undefined =>
  groups.flatMap(({ figures }) => figures).find((figure) => figure.key === key)

/** Names that are short enough to stand above a figure. */
const SHORT: Readonly<Record<string, readonly [ko: string, en: string]>> = {
  annualReturn: ['연 수익률', 'Per year'],
  sharpeNeeded: ['필요한 샤프', 'Sharpe needed'],
  trialCount: ['시도 횟수', 'Trials so far'],
  breakEvenCosts: ['견디는 비용', 'Costs it bears'],
  pnl: ['손익 (비용 뺀)', 'Net result'],
  maximumDrawdown: ['최대 낙폭', 'Max drawdown'],
}

/** The figures with these keys, in this order, under their short names. */
export function headlinesOf(
  groups: readonly FigureGroupMessage[],
  keys: readonly string[],
  currency: CurrencyMessage,
  language: Language,
): readonly FigureShown[] {
  return keys
    .flatMap((key) => figureOf(groups, key) ?? [])
    .map((each) => figureShown(each, currency, language))
    .map((each) => {
      const short = SHORT[each.key]
      return short ? { ...each, ko: short[0], en: short[1] } : each
    })
}
