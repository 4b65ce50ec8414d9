import { body, type CandleMatch, type Candles } from './measures.ts'
import { far, hasLongUpper, hasMoreThanShortUpper, hasShortUpper, isLong, near } from './settings.ts'
import { isAdvance } from './three-bars.ts'

/** Three white bars that go on but tire, seen in their bodies or their upper shadows: TA-Lib 0.6. */
export const advanceBlock: CandleMatch = (c, i) =>
  isAdvance(c, i) && isTired(c, i) && isLong(c, i - 2) && hasShortUpper(c, i - 2) ? -100 : 0

const isTired = (c: Candles, i: number): boolean => {
  const first = body(c, i - 2)
  const second = body(c, i - 1)
  const third = body(c, i)
  // The second far smaller than the first, and the third no longer than the second by more than a little.
  if (second < first - far(c, i - 2) && third < second + near(c, i - 1)) return true
  if (third < second - far(c, i - 1)) return true
  if (third >= second) return false
  if (hasLongUpper(c, i)) return true
  return second < first && (hasMoreThanShortUpper(c, i) || hasMoreThanShortUpper(c, i - 1))
}
