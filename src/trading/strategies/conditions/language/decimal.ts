import { DAY_MS } from '../../../../model/time.ts'
import type { NumberUnit } from './tree.ts'

/** What may hang onto a number: a power of ten, and a unit. `m` is minutes where an interval is wanted, else a million. */
export interface Suffix {
  readonly exponent: number
  readonly unit: NumberUnit | 'bars' | 'interval' | 'm'
  /** Of an interval: one of them, in milliseconds. */
  readonly unitMs?: number
}

const SCALES: Readonly<Record<string, number>> = {
  k: 3,
  K: 3,
  M: 6,
  B: 9,
  천: 3,
  만: 4,
  백만: 6,
  천만: 7,
  억: 8,
  조: 12,
}

const UNITS: Readonly<Record<string, NumberUnit>> = {
  원: 'won',
  won: 'won',
  KRW: 'won',
  달러: 'dollar',
  주: 'shares',
  shares: 'shares',
  share: 'shares',
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const INTERVALS: Readonly<Record<string, number>> = {
  s: SECOND,
  초: SECOND,
  초봉: SECOND,
  min: MINUTE,
  분: MINUTE,
  분봉: MINUTE,
  h: HOUR,
  시간: HOUR,
  시간봉: HOUR,
  d: DAY_MS,
  일: DAY_MS,
  일봉: DAY_MS,
}

const SUFFIXES: ReadonlyMap<string, Suffix> = new Map(allSuffixes())

/** Longest first. */
const SPELLINGS = [...SUFFIXES.keys()].sort((a, b) => b.length - a.length)

/** Units that may also stand a space away: `5 %`, `20 bars`, `5만 원`. */
const APART = ['%', '퍼센트', '봉', 'bars', 'bar', ...Object.keys(UNITS)]

export const suffixOf = (text: string): Suffix | undefined => SUFFIXES.get(text)

/** The suffixes that `run` may begin with, longest first; `apart` when a space stands before it. */
export const suffixesOf = (run: string, apart: boolean): readonly string[] =>
  (apart ? APART : SPELLINGS).filter((suffix) => run.startsWith(suffix))

/** The number that the digits write, times a power of ten, rounded once. */
export const scaled = (digits: string, exponent: number): number => Number(`${digits}e${exponent}`)

/** A number that is not negative as plain digits, times a power of ten: `plain(0.05, 2)` is `5`. Reading it gives it back. */
export function plain(value: number, exponent = 0): string {
  const [mantissa = '', power = '0'] = value.toString().split('e')
  const [whole = '', part = ''] = mantissa.split('.')
  const digits = whole + part
  const point = whole.length + Number(power) + exponent
  const padded =
    point <= 0
      ? `0.${'0'.repeat(-point)}${digits}`
      : point >= digits.length
        ? digits + '0'.repeat(point - digits.length)
        : `${digits.slice(0, point)}.${digits.slice(point)}`
  const trimmed = padded.includes('.') ? padded.replace(/\.?0+$/, '') : padded
  return trimmed.replace(/^0+(?=\d)/, '')
}

const SHOWN = {
  ko: [
    ['조', 12],
    ['억', 8],
    ['만', 4],
  ],
  en: [
    ['B', 9],
    ['M', 6],
    ['k', 3],
  ],
} as const

/** As `plain`, shortened by the largest scale of that language that leaves at most two places: `1.5억`, `300M`. */
export function short(value: number, language: 'ko' | 'en'): string {
  for (const [name, exponent] of SHOWN[language]) {
    if (value < 10 ** exponent) continue
    const digits = plain(value, -exponent)
    if ((digits.split('.')[1] ?? '').length <= 2) return digits + name
  }
  return plain(value)
}

/** `5m`, `5분`. */
export function intervalText(ms: number, language: 'ko' | 'en'): string {
  const [size, en, ko] = (
    [
      [DAY_MS, 'd', '일'],
      [HOUR, 'h', '시간'],
      [MINUTE, 'm', '분'],
      [SECOND, 's', '초'],
    ] as const
  ).find(([each]) => ms % each === 0) ?? [1, 'ms', 'ms']
  return `${ms / size}${language === 'ko' ? ko : en}`
}

function allSuffixes(): [string, Suffix][] {
  const all: [string, Suffix][] = [
    ...['%', '％', '퍼센트', '프로'].map((text): [string, Suffix] => [
      text,
      { exponent: -2, unit: 'percent' },
    ]),
    ...['봉', 'bars', 'bar'].map((text): [string, Suffix] => [text, { exponent: 0, unit: 'bars' }]),
    ['m', { exponent: 0, unit: 'm' }],
  ]
  for (const [text, unitMs] of Object.entries(INTERVALS))
    all.push([text, { exponent: 0, unit: 'interval', unitMs }])
  // Before a unit, a million may be small: `5m won`. Bare, `m` is the one above.
  for (const [scale, exponent] of [...Object.entries(SCALES), ['', 0] as const, ['m', 6] as const]) {
    if (scale !== '' && scale !== 'm') all.push([scale, { exponent, unit: 'none' }])
    for (const [text, unit] of Object.entries(UNITS)) all.push([scale + text, { exponent, unit }])
  }
  return all
}
