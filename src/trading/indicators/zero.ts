const EPSILON = 1e-14

/** TA-Lib's zero (`TA_IS_ZERO`): a denominator this small counts as flat. */
export const isZero = (value: number): boolean => -EPSILON < value && value < EPSILON
