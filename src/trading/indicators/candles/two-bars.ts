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
  highAt,
  isBetween,
  isBlack,
  isWhite,
  isWithin,
  lowAt,
  openAt,
  type PenetratingMatch,
  top,
} from './measures.ts'
import { isBeltHold, isMarubozu } from './one-bar.ts'
import {
  equal,
  hasLongLower,
  hasLongUpper,
  isDoji,
  isLong,
  isShort,
  isSmall,
  lacksLower,
  lacksUpper,
  near,
} from './settings.ts'

/* Patterns of two bars, the later one at `i`: TA-Lib 0.6, rule book §5.3. */

/** A small body on a long lower shadow, no higher than the lows of the bar before. */
export const hammer: CandleMatch = (c, i) =>
  isHanging(c, i) && bottom(c, i) <= lowAt(c, i - 1) + near(c, i - 1) ? 100 : 0

/** The same bar, no lower than the highs of the bar before. */
export const hangingMan: CandleMatch = (c, i) =>
  isHanging(c, i) && bottom(c, i) >= highAt(c, i - 1) - near(c, i - 1) ? -100 : 0

const isHanging = (c: Candles, i: number) => isSmall(c, i) && hasLongLower(c, i) && lacksUpper(c, i)

export const invertedHammer: CandleMatch = (c, i) => (isShooting(c, i) && bodyGapDown(c, i, i - 1) ? 100 : 0)

export const shootingStar: CandleMatch = (c, i) => (isShooting(c, i) && bodyGapUp(c, i, i - 1) ? -100 : 0)

const isShooting = (c: Candles, i: number) => isSmall(c, i) && hasLongUpper(c, i) && lacksLower(c, i)

/** ±100; ±80 where one end of the two bodies is equal. */
export const engulfing: CandleMatch = (c, i) => {
  if (!areOpposite(c, i)) return 0
  const above = top(c, i) - top(c, i - 1)
  const below = bottom(c, i - 1) - bottom(c, i)
  if (above > 0 && below > 0) return 100 * color(c, i)
  return (above >= 0 && below > 0) || (above > 0 && below >= 0) ? 80 * color(c, i) : 0
}

export const harami: CandleMatch = (c, i) => (isLong(c, i - 1) && isShort(c, i) ? insideFigure(c, i) : 0)

export const haramiCross: CandleMatch = (c, i) => (isLong(c, i - 1) && isDoji(c, i) ? insideFigure(c, i) : 0)

/** Against the colour of the bar before: 100 when the body lies strictly inside its body, 80 when an end touches. */
const insideFigure = (c: Candles, i: number): number => {
  const before = top(c, i - 1)
  const under = bottom(c, i - 1)
  if (top(c, i) < before && bottom(c, i) > under) return -100 * color(c, i - 1)
  return top(c, i) <= before && bottom(c, i) >= under ? -80 * color(c, i - 1) : 0
}

export const dojiStar: CandleMatch = (c, i) =>
  isLong(c, i - 1) && isDoji(c, i) && gapsAway(c, i) ? -100 * color(c, i - 1) : 0

const gapsAway = (c: Candles, i: number) =>
  isWhite(c, i - 1) ? bodyGapUp(c, i, i - 1) : bodyGapDown(c, i, i - 1)

export const piercing: CandleMatch = (c, i) =>
  opensBelowLong(c, i) &&
  isLong(c, i) &&
  isBetween(closeAt(c, i), closeAt(c, i - 1) + body(c, i - 1) * 0.5, openAt(c, i - 1))
    ? 100
    : 0

/** The penetration is the share of the white body that the black one must at least take back: 0.5. */
export const darkCloudCover: PenetratingMatch = (penetration) => (c, i) =>
  isWhite(c, i - 1) &&
  isLong(c, i - 1) &&
  isBlack(c, i) &&
  openAt(c, i) > highAt(c, i - 1) &&
  isBetween(closeAt(c, i), openAt(c, i - 1), closeAt(c, i - 1) - body(c, i - 1) * penetration)
    ? -100
    : 0

export const onNeck: CandleMatch = (c, i) =>
  opensBelowLong(c, i) && isWithin(closeAt(c, i), lowAt(c, i - 1), equal(c, i - 1)) ? -100 : 0

export const inNeck: CandleMatch = (c, i) =>
  opensBelowLong(c, i) &&
  closeAt(c, i) >= closeAt(c, i - 1) &&
  closeAt(c, i) <= closeAt(c, i - 1) + equal(c, i - 1)
    ? -100
    : 0

export const thrusting: CandleMatch = (c, i) =>
  opensBelowLong(c, i) &&
  closeAt(c, i) > closeAt(c, i - 1) + equal(c, i - 1) &&
  closeAt(c, i) <= closeAt(c, i - 1) + body(c, i - 1) * 0.5
    ? -100
    : 0

/** A long black bar, then a white one that opens below its low. */
const opensBelowLong = (c: Candles, i: number) =>
  isBlack(c, i - 1) && isWhite(c, i) && openAt(c, i) < lowAt(c, i - 1) && isLong(c, i - 1)

export const counterattack: CandleMatch = (c, i) =>
  areOpposite(c, i) &&
  isLong(c, i - 1) &&
  isLong(c, i) &&
  isWithin(closeAt(c, i), closeAt(c, i - 1), equal(c, i - 1))
    ? 100 * color(c, i)
    : 0

export const separatingLines: CandleMatch = (c, i) =>
  areOpposite(c, i) && isWithin(openAt(c, i), openAt(c, i - 1), equal(c, i - 1)) && isBeltHold(c, i)
    ? 100 * color(c, i)
    : 0

export const matchingLow: CandleMatch = (c, i) =>
  isBlack(c, i - 1) && isBlack(c, i) && isWithin(closeAt(c, i), closeAt(c, i - 1), equal(c, i - 1)) ? 100 : 0

export const homingPigeon: CandleMatch = (c, i) =>
  isBlack(c, i - 1) &&
  isBlack(c, i) &&
  openAt(c, i) < openAt(c, i - 1) &&
  closeAt(c, i) > closeAt(c, i - 1) &&
  isLong(c, i - 1) &&
  isShort(c, i)
    ? 100
    : 0

export const kicking: CandleMatch = (c, i) => (isKicking(c, i) ? 100 * color(c, i) : 0)

/** As kicking, but the longer of the two marubozu says which way; the earlier one where they are equally long. */
export const kickingByLength: CandleMatch = (c, i) =>
  isKicking(c, i) ? 100 * color(c, body(c, i) > body(c, i - 1) ? i : i - 1) : 0

const isKicking = (c: Candles, i: number) =>
  areOpposite(c, i) &&
  (isWhite(c, i) ? gapUp(c, i, i - 1) : gapDown(c, i, i - 1)) &&
  isMarubozu(c, i - 1) &&
  isMarubozu(c, i)

const areOpposite = (c: Candles, i: number) => isWhite(c, i) !== isWhite(c, i - 1)
