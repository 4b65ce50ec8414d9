import { type CandleMatch, type Candles, closeAt, highAt, lowAt } from './measures.ts'
import { near } from './settings.ts'

/*
 * A false break out of an inside bar: TA-Lib 0.6. ±100 where the break fails to be believed (+ for a break downwards), and
 * ±200 where one of the next three bars confirms it by closing beyond the other side of the inside bar. A new hikkake takes
 * the place of the one before, whether that was confirmed or not.
 */

export const hikkake: CandleMatch = (c, i) => figure(c, i, breaks)

/** The modified one: a further inside bar, and a second bar that closes near its own low (high). */
export const hikkakeModified: CandleMatch = (c, i) => figure(c, i, breaksModified)

type Break = (c: Candles, i: number) => 0 | 100 | -100

const CONFIRMED_WITHIN = 3

function figure(c: Candles, i: number, of: Break): number {
  const now = of(c, i)
  if (now !== 0) return now
  for (let j = i - 1; j >= i - CONFIRMED_WITHIN; j--) {
    const then = of(c, j)
    if (then !== 0) return isFirstConfirmation(c, j, i, then) ? 2 * then : 0
  }
  return 0
}

/** Bar `i` confirms the break at bar `j`, and no bar between them has done so before. */
function isFirstConfirmation(c: Candles, j: number, i: number, side: number): boolean {
  const confirms = (k: number) =>
    side > 0 ? closeAt(c, k) > highAt(c, j - 1) : closeAt(c, k) < lowAt(c, j - 1)
  for (let k = j + 1; k < i; k++) if (confirms(k)) return false
  return confirms(i)
}

const breaks: Break = (c, i) => (isInside(c, i - 1) ? breakAt(c, i) : 0)

const breaksModified: Break = (c, i) => {
  if (!isInside(c, i - 2) || !isInside(c, i - 1)) return 0
  const side = breakAt(c, i)
  if (side > 0) return closeAt(c, i - 2) <= lowAt(c, i - 2) + near(c, i - 2) ? side : 0
  return side < 0 && closeAt(c, i - 2) >= highAt(c, i - 2) - near(c, i - 2) ? side : 0
}

const isInside = (c: Candles, i: number) => highAt(c, i) < highAt(c, i - 1) && lowAt(c, i) > lowAt(c, i - 1)

const breakAt: Break = (c, i) => {
  if (highAt(c, i) < highAt(c, i - 1) && lowAt(c, i) < lowAt(c, i - 1)) return 100
  return highAt(c, i) > highAt(c, i - 1) && lowAt(c, i) > lowAt(c, i - 1) ? -100 : 0
}
