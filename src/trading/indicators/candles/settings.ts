import { body, bottom, type Candles, highAt, lowAt, lowerShadow, top, upperShadow } from './measures.ts'

/*
 * TA-Lib 0.6's default candle settings (rule book §5.3; `ta_global.c`). An average is over the bars BEFORE bar `i`, which
 * itself is left out. It is summed afresh each time, oldest first, so a pattern hangs on the bars of its lookback and on
 * nothing before them. TA-Lib keeps a running sum instead, whose rounding hangs on where the data began: on whole prices
 * both are exact and equal, on others they could part where a comparison is a tie to the last digits.
 *
 *   BodyLong, BodyShort          body, 10 bars, × 1
 *   BodyDoji, ShadowVeryShort    high − low, 10 bars, × 0.1
 *   ShadowLong, ShadowVeryLong   the bar's own body, × 1, × 2
 *   ShadowShort                  half of both shadows, 10 bars, × 1
 *   Near, Far, Equal             high − low, 5 bars, × 0.2, × 0.6, × 0.05
 *
 * BodyVeryLong (body, 10 bars, × 3) is used by no pattern.
 */

/** How many bars the long averages (bodies, dojis, shadows) look back, and the short ones (near, far, equal). */
export const LONG_AVERAGE = 10
export const SHORT_AVERAGE = 5

/** Works out what the patterns measure of the bar at `i`, whose prices and whose bars before it stand in `c`. */
export function measure(c: Candles, i: number): void {
  const open = c.open[i] as number
  const high = c.high[i] as number
  const low = c.low[i] as number
  const close = c.close[i] as number
  const upper = close >= open ? close : open
  const lower = close >= open ? open : close
  const { body, shadows, range } = c
  c.top[i] = upper
  c.bottom[i] = lower
  body[i] = upper - lower
  shadows[i] = high - upper + (lower - low)
  range[i] = high - low
  // Among the first bars of all the averages are of no use; every pattern's lookback stays clear of them.
  const middle = Math.max(0, i - SHORT_AVERAGE)
  let bodies = 0
  let ranges = 0
  let bothShadows = 0
  for (let j = Math.max(0, i - LONG_AVERAGE); j < middle; j++) {
    bodies += body[j] as number
    ranges += range[j] as number
    bothShadows += shadows[j] as number
  }
  let short = 0
  for (let j = middle; j < i; j++) {
    bodies += body[j] as number
    ranges += range[j] as number
    bothShadows += shadows[j] as number
    short += range[j] as number
  }
  c.averageBody[i] = bodies / LONG_AVERAGE
  c.averageShadow[i] = bothShadows / LONG_AVERAGE / 2
  c.tenthOfRange[i] = 0.1 * (ranges / LONG_AVERAGE)
  c.shortRange[i] = short / SHORT_AVERAGE
}

const averageBody = (c: Candles, i: number): number => c.averageBody[i] as number
const averageShadow = (c: Candles, i: number): number => c.averageShadow[i] as number
const tenthOfRange = (c: Candles, i: number): number => c.tenthOfRange[i] as number
const shortRange = (c: Candles, i: number): number => c.shortRange[i] as number

export const near = (c: Candles, i: number): number => 0.2 * shortRange(c, i)
export const far = (c: Candles, i: number): number => 0.6 * shortRange(c, i)
export const equal = (c: Candles, i: number): number => 0.05 * shortRange(c, i)

export const isLong = (c: Candles, i: number): boolean => body(c, i) > averageBody(c, i)
/** Not longer than the average: what TA-Lib calls short where the average itself still counts. */
export const isShort = (c: Candles, i: number): boolean => body(c, i) <= averageBody(c, i)
/** Strictly shorter than the average: TA-Lib takes the one in some patterns and the other in others. */
export const isSmall = (c: Candles, i: number): boolean => body(c, i) < averageBody(c, i)
/** `measuredAt`: the bar before which the average ends, where that is not the bar itself. */
export const isDoji = (c: Candles, i: number, measuredAt = i): boolean =>
  body(c, i) <= tenthOfRange(c, measuredAt)

/** No shadow to speak of, and one that can be seen; a shadow of exactly a tenth of the average range is neither. */
export const lacksUpper = (c: Candles, i: number): boolean => upperShadow(c, i) < tenthOfRange(c, i)
export const lacksLower = (c: Candles, i: number): boolean => lowerShadow(c, i) < tenthOfRange(c, i)
export const lacksBoth = (c: Candles, i: number): boolean => lacksUpper(c, i) && lacksLower(c, i)
export const hasUpper = (c: Candles, i: number): boolean => upperShadow(c, i) > tenthOfRange(c, i)
export const hasLower = (c: Candles, i: number): boolean => lowerShadow(c, i) > tenthOfRange(c, i)

export const hasShortUpper = (c: Candles, i: number): boolean => upperShadow(c, i) < averageShadow(c, i)
export const hasMoreThanShortUpper = (c: Candles, i: number): boolean =>
  upperShadow(c, i) > averageShadow(c, i)
export const hasShortShadows = (c: Candles, i: number): boolean =>
  hasShortUpper(c, i) && lowerShadow(c, i) < averageShadow(c, i)

/** Longer than the bar's own body, and longer than two of it. */
export const hasLongUpper = (c: Candles, i: number): boolean => upperShadow(c, i) > body(c, i)
export const hasLongLower = (c: Candles, i: number): boolean => lowerShadow(c, i) > body(c, i)
export const hasVeryLongUpper = (c: Candles, i: number): boolean => upperShadow(c, i) > 2 * body(c, i)
export const hasVeryLongLower = (c: Candles, i: number): boolean => lowerShadow(c, i) > 2 * body(c, i)

/** The body lies near the middle of the whole bar. */
export const isCentred = (c: Candles, i: number): boolean => {
  const middle = lowAt(c, i) + (highAt(c, i) - lowAt(c, i)) / 2
  const tolerance = near(c, i)
  return bottom(c, i) <= middle + tolerance && top(c, i) >= middle - tolerance
}
