/**
 * What was found suspicious in a row when it came in, as bits that are stored with it. A flagged row is still there: whoever
 * reads decides. Order and meaning are part of the stored format; new ones go to the end.
 */
export const FLAGS = {
  /** Halted, or nobody traded: open, high and low are 0, the close is the reference price. */
  noTrade: 1,
  /** The high is not the highest or the low not the lowest. */
  ohlc: 2,
  /** A price is 0 although something traded. */
  zeroPrice: 4,
  /** Prices, but a volume of 0. */
  zeroVolume: 8,
  negativeVolume: 16,
  negativePrice: 32,
  /** A raw price with a fraction of its smallest unit (half a won: real since 2025-09). */
  fraction: 64,
  /** A weekend or a holiday of the exchange. */
  closedDay: 128,
  /** Stood before an older row of its instrument in the file. */
  unordered: 256,
  /** Bid above ask. */
  crossed: 512,
} as const

export type FlagName = keyof typeof FLAGS

export const FLAG_NAMES = Object.keys(FLAGS) as readonly FlagName[]

export const flagsOf = (bits: number): readonly FlagName[] =>
  FLAG_NAMES.filter((name) => (bits & FLAGS[name]) !== 0)
