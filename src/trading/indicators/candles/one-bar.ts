import { type CandleMatch, type Candles, color, isWhite } from './measures.ts'
import {
  hasLongLower,
  hasLongUpper,
  hasLower,
  hasShortShadows,
  hasUpper,
  hasVeryLongLower,
  hasVeryLongUpper,
  isCentred,
  isDoji,
  isLong,
  isSmall,
  lacksBoth,
  lacksLower,
  lacksUpper,
} from './settings.ts'

/* Patterns that one bar makes by itself: TA-Lib 0.6, rule book §5.3. Dojis are always +100 and mean no direction. */

export const doji: CandleMatch = (c, i) => (isDoji(c, i) ? 100 : 0)

export const dragonflyDoji: CandleMatch = (c, i) =>
  isDoji(c, i) && lacksUpper(c, i) && hasLower(c, i) ? 100 : 0

export const gravestoneDoji: CandleMatch = (c, i) =>
  isDoji(c, i) && lacksLower(c, i) && hasUpper(c, i) ? 100 : 0

export const longLeggedDoji: CandleMatch = (c, i) =>
  isDoji(c, i) && (hasLongLower(c, i) || hasLongUpper(c, i)) ? 100 : 0

/** Long legs on both sides and the body near the middle of the bar. */
export const rickshawMan: CandleMatch = (c, i) =>
  isDoji(c, i) && hasLongLower(c, i) && hasLongUpper(c, i) && isCentred(c, i) ? 100 : 0

export const takuri: CandleMatch = (c, i) =>
  isDoji(c, i) && lacksUpper(c, i) && hasVeryLongLower(c, i) ? 100 : 0

export const marubozu: CandleMatch = (c, i) => (isLong(c, i) && lacksBoth(c, i) ? 100 * color(c, i) : 0)

/** Closes at its end: at the high when white, at the low when black. */
export const closingMarubozu: CandleMatch = (c, i) =>
  isLong(c, i) && (isWhite(c, i) ? lacksUpper(c, i) : lacksLower(c, i)) ? 100 * color(c, i) : 0

/** Opens at its end: at the low when white, at the high when black. */
export const beltHold: CandleMatch = (c, i) => (isBeltHold(c, i) ? 100 * color(c, i) : 0)

export const isBeltHold = (c: Candles, i: number): boolean =>
  isLong(c, i) && (isWhite(c, i) ? lacksLower(c, i) : lacksUpper(c, i))

export const longLine: CandleMatch = (c, i) => (isLong(c, i) && hasShortShadows(c, i) ? 100 * color(c, i) : 0)

export const shortLine: CandleMatch = (c, i) =>
  isSmall(c, i) && hasShortShadows(c, i) ? 100 * color(c, i) : 0

export const spinningTop: CandleMatch = (c, i) =>
  isSmall(c, i) && hasLongUpper(c, i) && hasLongLower(c, i) ? 100 * color(c, i) : 0

export const highWave: CandleMatch = (c, i) =>
  isSmall(c, i) && hasVeryLongUpper(c, i) && hasVeryLongLower(c, i) ? 100 * color(c, i) : 0

export const isMarubozu = (c: Candles, i: number): boolean => isLong(c, i) && lacksBoth(c, i)
