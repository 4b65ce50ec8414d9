import {
  body,
  bodyGapDown,
  bodyGapUp,
  bottom,
  type CandleMatch,
  type Candles,
  closeAt,
  color,
  gapDown,
  gapUp,
  isBlack,
  isWhite,
  type PenetratingMatch,
  top,
} from './measures.ts'
import { isDoji, isLong, isShort } from './settings.ts'

/*
 * A long bar, a star beyond it and a bar back: TA-Lib 0.6, rule book §5.3. The penetration, 0.3 of itself, is the share of
 * the first body that the third close must at least take back.
 */

export const morningStar: PenetratingMatch = (penetration) => (c, i) =>
  isMorning(c, i, penetration) && isShort(c, i - 1) ? 100 : 0

export const morningDojiStar: PenetratingMatch = (penetration) => (c, i) =>
  isMorning(c, i, penetration) && isDoji(c, i - 1) ? 100 : 0

export const eveningStar: PenetratingMatch = (penetration) => (c, i) =>
  isEvening(c, i, penetration) && isShort(c, i - 1) ? -100 : 0

export const eveningDojiStar: PenetratingMatch = (penetration) => (c, i) =>
  isEvening(c, i, penetration) && isDoji(c, i - 1) ? -100 : 0

/** A doji star that whole gaps, shadows included, cut off on both sides. */
export const abandonedBaby: PenetratingMatch = (penetration) => (c, i) => {
  const abandoned = isWhite(c, i)
    ? gapDown(c, i - 1, i - 2) && gapUp(c, i, i - 1)
    : gapUp(c, i - 1, i - 2) && gapDown(c, i, i - 1)
  return abandoned && takesBack(c, i, penetration) && isDoji(c, i - 1) ? 100 * color(c, i) : 0
}

const isMorning = (c: Candles, i: number, penetration: number) =>
  isBlack(c, i - 2) && bodyGapDown(c, i - 1, i - 2) && takesBack(c, i, penetration)

const isEvening = (c: Candles, i: number, penetration: number) =>
  isWhite(c, i - 2) && bodyGapUp(c, i - 1, i - 2) && takesBack(c, i, penetration)

/** A long first bar, and a third of the other colour that is not short and closes far enough into the first body. */
const takesBack = (c: Candles, i: number, penetration: number) => {
  if (isWhite(c, i) === isWhite(c, i - 2)) return false
  const share = body(c, i - 2) * penetration
  const far = isWhite(c, i)
    ? closeAt(c, i) > closeAt(c, i - 2) + share
    : closeAt(c, i) < closeAt(c, i - 2) - share
  return far && isLong(c, i - 2) && !isShort(c, i)
}

/** Three dojis, measured by one average, that of the first; the middle body gaps away and the third falls back. */
export const tristar: CandleMatch = (c, i) => {
  if (!isDoji(c, i - 2) || !isDoji(c, i - 1, i - 2) || !isDoji(c, i, i - 2)) return 0
  if (bodyGapUp(c, i - 1, i - 2)) return top(c, i) < top(c, i - 1) ? -100 : 0
  return bodyGapDown(c, i - 1, i - 2) && bottom(c, i) > bottom(c, i - 1) ? 100 : 0
}
