import {
  body,
  bodyGapDown,
  bodyGapUp,
  bottom,
  type CandleMatch,
  type Candles,
  closeAt,
  color,
  highAt,
  isBetween,
  isBlack,
  isWhite,
  isWithin,
  lowAt,
  openAt,
  top,
} from './measures.ts'
import {
  equal,
  far,
  hasLongLower,
  hasLower,
  isLong,
  isShort,
  isSmall,
  lacksBoth,
  lacksLower,
  lacksUpper,
  near,
} from './settings.ts'

/* Patterns of three bars, the last one at `i`: TA-Lib 0.6, rule book §5.3. Stars stand in `stars.ts`. */

export const twoCrows: CandleMatch = (c, i) =>
  isCrowOnGap(c, i) &&
  isBetween(openAt(c, i), closeAt(c, i - 1), openAt(c, i - 1)) &&
  isBetween(closeAt(c, i), openAt(c, i - 2), closeAt(c, i - 2))
    ? -100
    : 0

export const upsideGapTwoCrows: CandleMatch = (c, i) =>
  isCrowOnGap(c, i) &&
  isShort(c, i - 1) &&
  openAt(c, i) > openAt(c, i - 1) &&
  closeAt(c, i) < closeAt(c, i - 1) &&
  closeAt(c, i) > closeAt(c, i - 2)
    ? -100
    : 0

/** A long white bar, a black one whose body gaps up, another black one. */
const isCrowOnGap = (c: Candles, i: number) =>
  isWhite(c, i - 2) && isBlack(c, i - 1) && isBlack(c, i) && bodyGapUp(c, i - 1, i - 2) && isLong(c, i - 2)

/** A short body inside a long one, and a third that closes beyond the first one's open. */
export const threeInside: CandleMatch = (c, i) => {
  const beyond = isWhite(c, i - 2)
    ? isBlack(c, i) && closeAt(c, i) < openAt(c, i - 2)
    : isWhite(c, i) && closeAt(c, i) > openAt(c, i - 2)
  const inside = top(c, i - 1) < top(c, i - 2) && bottom(c, i - 1) > bottom(c, i - 2)
  return beyond && inside && isLong(c, i - 2) && isShort(c, i - 1) ? -100 * color(c, i - 2) : 0
}

/** An engulfing whose two ends both reach further, and a third close further on. */
export const threeOutside: CandleMatch = (c, i) => {
  if (isWhite(c, i - 1) === isWhite(c, i - 2)) return 0
  const engulfs = top(c, i - 1) > top(c, i - 2) && bottom(c, i - 1) < bottom(c, i - 2)
  const further = isWhite(c, i - 1) ? closeAt(c, i) > closeAt(c, i - 1) : closeAt(c, i) < closeAt(c, i - 1)
  return engulfs && further ? 100 * color(c, i - 1) : 0
}

export const threeStarsInSouth: CandleMatch = (c, i) =>
  areThree(c, i, isBlack) &&
  // The second is smaller, opens above the first close but inside its bar, falls below that close, not below its low.
  body(c, i - 1) < body(c, i - 2) &&
  openAt(c, i - 1) > closeAt(c, i - 2) &&
  openAt(c, i - 1) <= highAt(c, i - 2) &&
  lowAt(c, i - 1) < closeAt(c, i - 2) &&
  lowAt(c, i - 1) >= lowAt(c, i - 2) &&
  lowAt(c, i) > lowAt(c, i - 1) &&
  highAt(c, i) < highAt(c, i - 1) &&
  isLong(c, i - 2) &&
  hasLongLower(c, i - 2) &&
  hasLower(c, i - 1) &&
  isSmall(c, i) &&
  lacksBoth(c, i)
    ? 100
    : 0

export const threeWhiteSoldiers: CandleMatch = (c, i) =>
  isAdvance(c, i) &&
  body(c, i - 1) > body(c, i - 2) - far(c, i - 2) &&
  body(c, i) > body(c, i - 1) - far(c, i - 1) &&
  lacksUpper(c, i - 2) &&
  lacksUpper(c, i - 1) &&
  lacksUpper(c, i) &&
  !isShort(c, i)
    ? 100
    : 0

/** Three white bars that close higher each, the later two opening above the last open and near or inside the last body. */
export const isAdvance = (c: Candles, i: number): boolean =>
  areThree(c, i, isWhite) &&
  closeAt(c, i) > closeAt(c, i - 1) &&
  closeAt(c, i - 1) > closeAt(c, i - 2) &&
  opensNear(c, i - 1) &&
  opensNear(c, i)

const opensNear = (c: Candles, i: number) =>
  openAt(c, i) > openAt(c, i - 1) && openAt(c, i) <= closeAt(c, i - 1) + near(c, i - 1)

export const identicalThreeCrows: CandleMatch = (c, i) =>
  areThree(c, i, isBlack) &&
  closeAt(c, i - 2) > closeAt(c, i - 1) &&
  closeAt(c, i - 1) > closeAt(c, i) &&
  isWithin(openAt(c, i - 1), closeAt(c, i - 2), equal(c, i - 2)) &&
  isWithin(openAt(c, i), closeAt(c, i - 1), equal(c, i - 1)) &&
  lacksLower(c, i - 2) &&
  lacksLower(c, i - 1) &&
  lacksLower(c, i)
    ? -100
    : 0

/** Two long white bars and a small one that rides on the shoulder of the second. */
export const stalledPattern: CandleMatch = (c, i) =>
  areThree(c, i, isWhite) &&
  closeAt(c, i) > closeAt(c, i - 1) &&
  closeAt(c, i - 1) > closeAt(c, i - 2) &&
  opensNear(c, i - 1) &&
  openAt(c, i) >= closeAt(c, i - 1) - body(c, i) - near(c, i - 1) &&
  isLong(c, i - 2) &&
  isLong(c, i - 1) &&
  lacksUpper(c, i - 1) &&
  isSmall(c, i)
    ? -100
    : 0

export const stickSandwich: CandleMatch = (c, i) =>
  isBlack(c, i - 2) &&
  isWhite(c, i - 1) &&
  isBlack(c, i) &&
  lowAt(c, i - 1) > closeAt(c, i - 2) &&
  isWithin(closeAt(c, i), closeAt(c, i - 2), equal(c, i - 2))
    ? 100
    : 0

export const uniqueThreeRiver: CandleMatch = (c, i) =>
  isBlack(c, i - 2) &&
  isBlack(c, i - 1) &&
  isWhite(c, i) &&
  closeAt(c, i - 1) > closeAt(c, i - 2) &&
  openAt(c, i - 1) <= openAt(c, i - 2) &&
  lowAt(c, i - 1) < lowAt(c, i - 2) &&
  openAt(c, i) > lowAt(c, i - 1) &&
  isLong(c, i - 2) &&
  isSmall(c, i)
    ? 100
    : 0

/** Two white bodies of about one size and open, both beyond a gap of bodies on the same side of the first bar. */
export const gapSideSideWhite: CandleMatch = (c, i) => {
  const up = bodyGapUp(c, i - 1, i - 2) && bodyGapUp(c, i, i - 2)
  const down = bodyGapDown(c, i - 1, i - 2) && bodyGapDown(c, i, i - 2)
  const alike =
    (up || down) &&
    isWhite(c, i - 1) &&
    isWhite(c, i) &&
    isWithin(body(c, i), body(c, i - 1), near(c, i - 1)) &&
    isWithin(openAt(c, i), openAt(c, i - 1), equal(c, i - 1))
  return alike ? (up ? 100 : -100) : 0
}

/** A gap in the colour's direction, and a body of about the same size that runs back into the gap without closing it. */
export const tasukiGap: CandleMatch = (c, i) => {
  if (!isGapOfColor(c, i - 1) || isWhite(c, i) === isWhite(c, i - 1)) return 0
  const opensInside = isBetween(openAt(c, i), bottom(c, i - 1), top(c, i - 1))
  const closesInGap = isWhite(c, i - 1)
    ? isBetween(closeAt(c, i), top(c, i - 2), openAt(c, i - 1))
    : isBetween(closeAt(c, i), openAt(c, i - 1), bottom(c, i - 2))
  const alike = Math.abs(body(c, i - 1) - body(c, i)) < near(c, i - 1)
  return opensInside && closesInGap && alike ? 100 * color(c, i - 1) : 0
}

/** Two bars of one colour with a gap, and a third of the other colour that closes the gap. */
export const xSideGapThreeMethods: CandleMatch = (c, i) =>
  isWhite(c, i - 2) === isWhite(c, i - 1) &&
  isWhite(c, i - 1) !== isWhite(c, i) &&
  isGapOfColor(c, i - 1) &&
  isBetween(openAt(c, i), bottom(c, i - 1), top(c, i - 1)) &&
  isBetween(closeAt(c, i), bottom(c, i - 2), top(c, i - 2))
    ? 100 * color(c, i - 2)
    : 0

/** A white body gaps up from the one before, or a black one gaps down. */
const isGapOfColor = (c: Candles, i: number) =>
  isWhite(c, i) ? bodyGapUp(c, i, i - 1) : bodyGapDown(c, i, i - 1)

const areThree = (c: Candles, i: number, of: (c: Candles, i: number) => boolean) =>
  of(c, i - 2) && of(c, i - 1) && of(c, i)
