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
  lowAt,
  openAt,
  type PenetratingMatch,
  top,
} from './measures.ts'
import { hasUpper, isLong, isSmall, lacksBoth, lacksLower, near } from './settings.ts'

/* Patterns of four and five bars, the last one at `i`: TA-Lib 0.6, rule book §5.3. */

/** A white bar, then three black ones without lower shadows, each opening inside the body before and closing lower. */
export const threeBlackCrows: CandleMatch = (c, i) =>
  isWhite(c, i - 3) &&
  isBlack(c, i - 2) &&
  isBlack(c, i - 1) &&
  isBlack(c, i) &&
  highAt(c, i - 3) > closeAt(c, i - 2) &&
  isBetween(openAt(c, i - 1), closeAt(c, i - 2), openAt(c, i - 2)) &&
  isBetween(openAt(c, i), closeAt(c, i - 1), openAt(c, i - 1)) &&
  closeAt(c, i - 2) > closeAt(c, i - 1) &&
  closeAt(c, i - 1) > closeAt(c, i) &&
  lacksLower(c, i - 2) &&
  lacksLower(c, i - 1) &&
  lacksLower(c, i)
    ? -100
    : 0

/** Three bars of one colour that go on, and a fourth of the other that takes back all three. */
export const threeLineStrike: CandleMatch = (c, i) => {
  const white = isWhite(c, i - 1)
  if (isWhite(c, i - 3) !== white || isWhite(c, i - 2) !== white || isWhite(c, i) === white) return 0
  const strikes = white
    ? closeAt(c, i - 1) > closeAt(c, i - 2) &&
      closeAt(c, i - 2) > closeAt(c, i - 3) &&
      openAt(c, i) > closeAt(c, i - 1) &&
      closeAt(c, i) < openAt(c, i - 3)
    : closeAt(c, i - 1) < closeAt(c, i - 2) &&
      closeAt(c, i - 2) < closeAt(c, i - 3) &&
      openAt(c, i) < closeAt(c, i - 1) &&
      closeAt(c, i) > openAt(c, i - 3)
  return strikes && opensNearBody(c, i - 2) && opensNearBody(c, i - 1) ? 100 * color(c, i - 1) : 0
}

const opensNearBody = (c: Candles, i: number) => {
  const tolerance = near(c, i - 1)
  return openAt(c, i) >= bottom(c, i - 1) - tolerance && openAt(c, i) <= top(c, i - 1) + tolerance
}

export const concealingBabySwallow: CandleMatch = (c, i) =>
  isBlack(c, i - 3) &&
  isBlack(c, i - 2) &&
  isBlack(c, i - 1) &&
  isBlack(c, i) &&
  bodyGapDown(c, i - 1, i - 2) &&
  highAt(c, i - 1) > closeAt(c, i - 2) &&
  highAt(c, i) > highAt(c, i - 1) &&
  lowAt(c, i) < lowAt(c, i - 1) &&
  lacksBoth(c, i - 3) &&
  lacksBoth(c, i - 2) &&
  hasUpper(c, i - 1)
    ? 100
    : 0

/** A long bar, a gap and two more bars the same way, and a fifth that closes inside the gap. */
export const breakaway: CandleMatch = (c, i) => {
  const white = isWhite(c, i - 4)
  if (isWhite(c, i - 3) !== white || isWhite(c, i - 1) !== white || isWhite(c, i) === white) return 0
  const breaks = white
    ? bodyGapUp(c, i - 3, i - 4) &&
      climbs(c, i - 2) &&
      climbs(c, i - 1) &&
      isBetween(closeAt(c, i), closeAt(c, i - 4), openAt(c, i - 3))
    : bodyGapDown(c, i - 3, i - 4) &&
      descends(c, i - 2) &&
      descends(c, i - 1) &&
      isBetween(closeAt(c, i), openAt(c, i - 3), closeAt(c, i - 4))
  return breaks && isLong(c, i - 4) ? 100 * color(c, i) : 0
}

const climbs = (c: Candles, i: number) => highAt(c, i) > highAt(c, i - 1) && lowAt(c, i) > lowAt(c, i - 1)
const descends = (c: Candles, i: number) => highAt(c, i) < highAt(c, i - 1) && lowAt(c, i) < lowAt(c, i - 1)

export const ladderBottom: CandleMatch = (c, i) =>
  isBlack(c, i - 4) &&
  isBlack(c, i - 3) &&
  isBlack(c, i - 2) &&
  isBlack(c, i - 1) &&
  isWhite(c, i) &&
  openAt(c, i - 4) > openAt(c, i - 3) &&
  openAt(c, i - 3) > openAt(c, i - 2) &&
  closeAt(c, i - 4) > closeAt(c, i - 3) &&
  closeAt(c, i - 3) > closeAt(c, i - 2) &&
  openAt(c, i) > openAt(c, i - 1) &&
  closeAt(c, i) > highAt(c, i - 1) &&
  hasUpper(c, i - 1)
    ? 100
    : 0

/** The penetration is the share of the first body into which the days of reaction may fall: 0.5. */
export const matHold: PenetratingMatch = (penetration) => (c, i) => {
  if (!isWhite(c, i - 4) || !isBlack(c, i - 3) || !isWhite(c, i) || !bodyGapUp(c, i - 3, i - 4)) return 0
  const roof = closeAt(c, i - 4)
  const floor = roof - body(c, i - 4) * penetration
  const holds =
    isBetween(bottom(c, i - 2), floor, roof) &&
    isBetween(bottom(c, i - 1), floor, roof) &&
    top(c, i - 2) < openAt(c, i - 3) &&
    top(c, i - 1) < top(c, i - 2) &&
    openAt(c, i) > closeAt(c, i - 1) &&
    closeAt(c, i) > Math.max(highAt(c, i - 3), highAt(c, i - 2), highAt(c, i - 1))
  return holds && isLongAndThreeSmall(c, i) ? 100 : 0
}

/** Rising or falling three methods: three small bars against a long one, inside its range, and a long one that goes on. */
export const riseFallThreeMethods: CandleMatch = (c, i) => {
  const white = isWhite(c, i - 4)
  const colors =
    isWhite(c, i - 3) !== white &&
    isWhite(c, i - 2) !== white &&
    isWhite(c, i - 1) !== white &&
    isWhite(c, i) === white
  if (!colors) return 0
  const goesOn = white
    ? closeAt(c, i - 2) < closeAt(c, i - 3) &&
      closeAt(c, i - 1) < closeAt(c, i - 2) &&
      openAt(c, i) > closeAt(c, i - 1) &&
      closeAt(c, i) > closeAt(c, i - 4)
    : closeAt(c, i - 2) > closeAt(c, i - 3) &&
      closeAt(c, i - 1) > closeAt(c, i - 2) &&
      openAt(c, i) < closeAt(c, i - 1) &&
      closeAt(c, i) < closeAt(c, i - 4)
  const inside = touches(c, i - 3, i - 4) && touches(c, i - 2, i - 4) && touches(c, i - 1, i - 4)
  return goesOn && inside && isLongAndThreeSmall(c, i) && isLong(c, i) ? 100 * color(c, i - 4) : 0
}

/** A part of the body of bar `i` lies inside the whole range of bar `j`. */
const touches = (c: Candles, i: number, j: number) => bottom(c, i) < highAt(c, j) && top(c, i) > lowAt(c, j)

const isLongAndThreeSmall = (c: Candles, i: number) =>
  isLong(c, i - 4) && isSmall(c, i - 3) && isSmall(c, i - 2) && isSmall(c, i - 1)
