/**
 * Bars as columns, oldest first, in any one unit, with what the patterns measure of them worked out once. Reading it must
 * stay a plain look into an array: a function of more than that is not inlined, and then every number it gives back costs
 * a fresh heap object (measured on Node 20: five times the time).
 */
export interface Candles {
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  /** The upper and the lower end of the body, and its height. */
  readonly top: Float64Array
  readonly bottom: Float64Array
  readonly body: Float64Array
  /** Both shadows together, and the height of the whole bar. */
  readonly shadows: Float64Array
  readonly range: Float64Array
  /** The averages and thresholds before each bar, as `settings.ts` defines them. */
  readonly averageBody: Float64Array
  readonly averageShadow: Float64Array
  readonly tenthOfRange: Float64Array
  readonly shortRange: Float64Array
}

/**
 * A pattern as a pure function: is it complete at bar `i`? Gives TA-Lib's figure: 0 for no; else 100 or 80, 200 for a
 * confirmation, negative where it is bearish or black. Reads bars up to `i` only, never more than the pattern's lookback.
 */
export type CandleMatch = (c: Candles, i: number) => number

/** A pattern that takes a penetration: a share of its first body. */
export type PenetratingMatch = (penetration: number) => CandleMatch

export const openAt = (c: Candles, i: number): number => c.open[i] as number
export const highAt = (c: Candles, i: number): number => c.high[i] as number
export const lowAt = (c: Candles, i: number): number => c.low[i] as number
export const closeAt = (c: Candles, i: number): number => c.close[i] as number
export const top = (c: Candles, i: number): number => c.top[i] as number
export const bottom = (c: Candles, i: number): number => c.bottom[i] as number
export const body = (c: Candles, i: number): number => c.body[i] as number
export const upperShadow = (c: Candles, i: number): number => highAt(c, i) - top(c, i)
export const lowerShadow = (c: Candles, i: number): number => bottom(c, i) - lowAt(c, i)

/** A bar that closes where it opened is white. */
export const isWhite = (c: Candles, i: number): boolean => closeAt(c, i) >= openAt(c, i)
export const isBlack = (c: Candles, i: number): boolean => closeAt(c, i) < openAt(c, i)
export const color = (c: Candles, i: number): 1 | -1 => (isWhite(c, i) ? 1 : -1)

/** The body of bar `i` lies above that of bar `j`, and they do not touch. */
export const bodyGapUp = (c: Candles, i: number, j: number): boolean => bottom(c, i) > top(c, j)
export const bodyGapDown = (c: Candles, i: number, j: number): boolean => top(c, i) < bottom(c, j)
/** The whole bar `i` lies above bar `j`, shadows included. */
export const gapUp = (c: Candles, i: number, j: number): boolean => lowAt(c, i) > highAt(c, j)
export const gapDown = (c: Candles, i: number, j: number): boolean => highAt(c, i) < lowAt(c, j)

/** `x` lies between `a` and `b`, the ends not counted; `a` is the lower one. */
export const isBetween = (x: number, a: number, b: number): boolean => x > a && x < b
/** `x` is at most `tolerance` away from `target`. */
export const isWithin = (x: number, target: number, tolerance: number): boolean =>
  x <= target + tolerance && x >= target - tolerance
