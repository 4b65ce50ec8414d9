import { kstClock, kstDay } from '../../model/time.ts'
import type { EpochMs } from '../../std/clock.ts'

/**
 * How this server writes numbers. Every value is text.
 * Source: Kiwoom REST API guide, value formats; recorded answers of 2026.
 */

/** Zero-padded to `width`, a minus takes the first place: −13370 at 15 is `-00000000013370`. */
export const padded = (value: number, width: number): string =>
  value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0')

/** A price with its direction against the base price: `+71500`, `-70800`, `71000`; no price is `0`. */
export const directed = (price: number, base: number): string =>
  price === 0 ? '0' : price > base ? `+${price}` : price < base ? `-${price}` : String(price)

/** A value whose sign is its own; positives carry a plus: market data. */
export const signed = (value: number): string => (value > 0 ? `+${value}` : String(value === 0 ? 0 : value))

/** As the WebSocket writes a signed quantity: a space stands where the sign of a zero would. */
export const signedSpace = (value: number): string =>
  value > 0 ? `+${value}` : value < 0 ? String(value) : ' 0'

/** Some balances spell the minus twice: `--120`. */
export const doubleMinus = (value: number): string => (value < 0 ? `-${value}` : signed(value))

/** Percent, two decimals, own sign: `+0.70`, `-4.18`, `0.00`. */
export const signedPercent = (ratio: number, decimals = 2): string => {
  const text = (ratio * 100).toFixed(decimals)
  return Number(text) === 0 ? (0).toFixed(decimals) : ratio > 0 ? `+${text}` : text
}

/** Percent without a plus: account data. Half up. */
export const percent = (part: number, whole: number, decimals = 2): string => {
  if (whole === 0) return (0).toFixed(decimals)
  const scale = 10 ** decimals
  const units = Math.floor(Math.abs((part / whole) * 100) * scale + 0.5)
  return `${part < 0 && units > 0 ? '-' : ''}${(units / scale).toFixed(decimals)}`
}

/** An index value × 100 as text with two decimals. */
const hundredths = (value: number): string => (value / 100).toFixed(2)
export const directedIndex = (value: number, base: number): string =>
  `${value > base ? '+' : value < base ? '-' : ''}${hundredths(value)}`
export const signedIndex = (value: number): string => `${value > 0 ? '+' : ''}${hundredths(value)}`

/** `1` upper limit, `2` up, `3` unchanged, `4` lower limit, `5` down. */
export function directionSign(
  price: number,
  base: number,
  band: { readonly upper: number; readonly lower: number } | undefined,
): string {
  if (price === 0 || price === base) return '3'
  if (band && price >= band.upper) return '1'
  if (band && price <= band.lower) return '4'
  return price > base ? '2' : '5'
}

/** `HHmmss` in Korea. */
export const compactTime = (at: EpochMs): string => kstClock(at).replaceAll(':', '')

/** `YYYYMMDD` in Korea. */
export const compactDay = (day: string): string => day.replaceAll('-', '')

/** `YYYYMMDDHHmmss` in Korea. */
export const compactInstant = (at: EpochMs): string => compactDay(kstDay(at)) + compactTime(at)

export const orderNumber = (number: number): string => String(number).padStart(7, '0')

/** Millions of won, cut. */
export const millions = (won: number): string => String(Math.trunc(won / 1_000_000))
/** Hundreds of millions of won, cut. */
export const hundredMillions = (won: number): string => String(Math.trunc(won / 100_000_000))
