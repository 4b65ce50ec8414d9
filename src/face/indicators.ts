/**
 * `garam/indicators`: TA-Lib's indicators and candle patterns, and some it lacks, each as a batch function over
 * `Float64Array` and as a stream (`createX`) that agree to the last bit.
 */

export { ad, createAd } from '../trading/indicators/ad.ts'
export { adosc, createAdosc } from '../trading/indicators/adosc.ts'
export { adx, adxr, createAdx, createAdxr } from '../trading/indicators/adx.ts'
export {
  type AroonColumns,
  type AroonValue,
  aroon,
  aroonOsc,
  createAroon,
  createAroonOsc,
} from '../trading/indicators/aroon.ts'
export { averageTrueRange, createAverageTrueRange } from '../trading/indicators/average-true-range.ts'
export type { CloseVolume, HighLow, HighLowClose, HighLowCloseVolume } from '../trading/indicators/bars.ts'
export { type BandColumns, type BandValue, bbands, createBbands } from '../trading/indicators/bbands.ts'
export { type BenchmarkPair, beta, createBeta } from '../trading/indicators/beta.ts'
export {
  candlePattern,
  createCandlePattern,
  createCandlePatterns,
} from '../trading/indicators/candles/candle-pattern.ts'
export type { CandleBar } from '../trading/indicators/candles/candle-window.ts'
export { CANDLE_PATTERN_NAMES, type CandlePatternName } from '../trading/indicators/candles/patterns.ts'
export { cci, createCci } from '../trading/indicators/cci.ts'
export { cmf, createCmf } from '../trading/indicators/cmf.ts'
export { cmo, createCmo } from '../trading/indicators/cmo.ts'
export { correl, createCorrel, type Pair } from '../trading/indicators/correl.ts'
export { createDema, dema } from '../trading/indicators/dema.ts'
export { createDmi, createDx, type DmiColumns, type DmiValue, dmi, dx } from '../trading/indicators/dmi.ts'
export { createDonchian, donchian } from '../trading/indicators/donchian.ts'
export { createEma, ema } from '../trading/indicators/ema.ts'
export { createHma, hma } from '../trading/indicators/hma.ts'
export {
  createIchimoku,
  type IchimokuColumns,
  type IchimokuValue,
  ichimoku,
} from '../trading/indicators/ichimoku.ts'
export type { Indicator, IndicatorState } from '../trading/indicators/indicator.ts'
export { createKama, kama } from '../trading/indicators/kama.ts'
export { createKeltner, keltner } from '../trading/indicators/keltner.ts'
export {
  createLinreg,
  createLinregAngle,
  createLinregIntercept,
  createLinregSlope,
  linreg,
  linregAngle,
  linregIntercept,
  linregSlope,
} from '../trading/indicators/linreg.ts'
export { createMacd, type MacdColumns, type MacdValue, macd } from '../trading/indicators/macd.ts'
export { createMfi, mfi } from '../trading/indicators/mfi.ts'
export { createMax, createMin, max, min } from '../trading/indicators/min-max.ts'
export { createMom, mom } from '../trading/indicators/mom.ts'
export { createNatr, natr } from '../trading/indicators/natr.ts'
export { createObv, obv } from '../trading/indicators/obv.ts'
export { createPivots, type PivotColumns, type PivotValue, pivots } from '../trading/indicators/pivots.ts'
export { apo, createApo, createPpo, ppo } from '../trading/indicators/ppo.ts'
export { createRoc, roc } from '../trading/indicators/roc.ts'
export { createRollingVwap, rollingVwap } from '../trading/indicators/rolling-vwap.ts'
export { createRsi, rsi } from '../trading/indicators/rsi.ts'
export { createSar, sar } from '../trading/indicators/sar.ts'
export { createSma, sma } from '../trading/indicators/sma.ts'
export {
  createStoch,
  createStochF,
  type StochColumns,
  type StochFColumns,
  type StochFValue,
  type StochValue,
  stoch,
  stochF,
} from '../trading/indicators/stoch.ts'
export { createStochRsi, stochRsi } from '../trading/indicators/stoch-rsi.ts'
export { createSum, sum } from '../trading/indicators/sum.ts'
export {
  createSupertrend,
  type SupertrendColumns,
  type SupertrendValue,
  supertrend,
} from '../trading/indicators/supertrend.ts'
export { createT3, t3 } from '../trading/indicators/t3.ts'
export { createTema, tema } from '../trading/indicators/tema.ts'
export { createTrange, trange } from '../trading/indicators/trange.ts'
export { createTrima, trima } from '../trading/indicators/trima.ts'
export { createTrix, trix } from '../trading/indicators/trix.ts'
export { createUltosc, ultosc } from '../trading/indicators/ultosc.ts'
export { createStddev, createVariance, stddev, variance } from '../trading/indicators/variance.ts'
export { type ProfileTerms, type VolumeProfile, volumeProfile } from '../trading/indicators/volume-profile.ts'
export {
  anchoredVwap,
  createAnchoredVwap,
  createVwap,
  type SessionBar,
  vwap,
} from '../trading/indicators/vwap.ts'
export { createVwma, vwma } from '../trading/indicators/vwma.ts'
export { createWillr, willr } from '../trading/indicators/willr.ts'
export { createWma, wma } from '../trading/indicators/wma.ts'
export { createZigzag, type ZigzagColumns, type ZigzagValue, zigzag } from '../trading/indicators/zigzag.ts'
