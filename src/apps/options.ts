import { InvalidArgumentError } from 'commander'
import { type InstrumentId, instrumentId } from '../model/ids.ts'
import { type TimeOfDay, type TradingDay, timeOfDay, tradingDay } from '../model/time.ts'

/** Parsers of command-line values. Each says in both languages how the value is written. */

const no = (ko: string, en: string): never => {
  throw new InvalidArgumentError(`${ko} / ${en}`)
}

export function wholeNumber(text: string): number {
  const value = Number(text)
  return /^\d+$/.test(text) && Number.isSafeInteger(value)
    ? value
    : no('0 이상의 정수', 'a whole number from 0')
}

export function port(text: string): number {
  const value = Number(text)
  return /^\d+$/.test(text) && value <= 65_535
    ? value
    : no('0–65535 (0은 빈 포트)', '0 to 65535 (0 takes any free one)')
}

/** How many times faster than the wall clock: 1 to 1000. */
export function speed(text: string): number {
  const value = Number(text)
  return text !== '' && value >= 0.1 && value <= 1000 ? value : no('0.1–1000배', '0.1 to 1000 times')
}

/** `none`, a share of the stocks (`0.3`), or codes (`005930,000660`). */
export function nxtNames(text: string): 'none' | number | readonly InstrumentId[] {
  if (text === 'none') return text
  if (/^(0(\.\d+)?|1(\.0+)?)$/.test(text)) return Number(text)
  const codes = text.split(',')
  return codes.every((code) => /^[0-9A-Z]{6}$/.test(code))
    ? codes.map(instrumentId)
    : no('none, 0–1, 또는 005930,000660 처럼', 'none, a share 0 to 1, or codes like 005930,000660')
}

/** `3%` or `0.03` → 0.03. */
export function ratio(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text)
  const value = match ? Number(match[1]) / (match[2] === '%' ? 100 : 1) : Number.NaN
  return value > 0 && value <= 1
    ? value
    : no('3% 또는 0.03 처럼 0 초과 100% 이하', 'above 0 and at most 100 %, as 3% or 0.03')
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** `90s`, `5m`, `1.5h` → milliseconds. */
export function duration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text)
  const unit = UNITS[match?.[2] ?? '']
  if (!match || unit === undefined) return no('90s, 5m, 1h 처럼 씁니다', 'written 90s, 5m or 1h')
  return Math.round(Number(match[1]) * unit)
}

export function day(text: string): TradingDay {
  try {
    return tradingDay(text)
  } catch {
    return no('날짜는 2026-11-20 처럼 씁니다', 'a day is written 2026-11-20')
  }
}

export function time(text: string): TimeOfDay {
  try {
    return timeOfDay(text)
  } catch {
    return no('시각은 08:50 처럼 씁니다', 'a time is written 08:50')
  }
}
