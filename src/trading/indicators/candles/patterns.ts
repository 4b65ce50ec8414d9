import { advanceBlock } from './advance-block.ts'
import { hikkake, hikkakeModified } from './hikkake.ts'
import {
  breakaway,
  concealingBabySwallow,
  ladderBottom,
  matHold,
  riseFallThreeMethods,
  threeBlackCrows,
  threeLineStrike,
} from './longer.ts'
import type { CandleMatch, PenetratingMatch } from './measures.ts'
import {
  beltHold,
  closingMarubozu,
  doji,
  dragonflyDoji,
  gravestoneDoji,
  highWave,
  longLeggedDoji,
  longLine,
  marubozu,
  rickshawMan,
  shortLine,
  spinningTop,
  takuri,
} from './one-bar.ts'
import { LONG_AVERAGE, SHORT_AVERAGE } from './settings.ts'
import {
  abandonedBaby,
  eveningDojiStar,
  eveningStar,
  morningDojiStar,
  morningStar,
  tristar,
} from './stars.ts'
import {
  gapSideSideWhite,
  identicalThreeCrows,
  stalledPattern,
  stickSandwich,
  tasukiGap,
  threeInside,
  threeOutside,
  threeStarsInSouth,
  threeWhiteSoldiers,
  twoCrows,
  uniqueThreeRiver,
  upsideGapTwoCrows,
  xSideGapThreeMethods,
} from './three-bars.ts'
import {
  counterattack,
  darkCloudCover,
  dojiStar,
  engulfing,
  hammer,
  hangingMan,
  harami,
  haramiCross,
  homingPigeon,
  inNeck,
  invertedHammer,
  kicking,
  kickingByLength,
  matchingLow,
  onNeck,
  piercing,
  separatingLines,
  shootingStar,
  thrusting,
} from './two-bars.ts'

interface PlainPattern {
  /** Complete at its last bar, which is bar `i`. */
  readonly match: CandleMatch
  /** Index of the first bar that TA-Lib answers for: so many bars come before it. */
  readonly lookback: number
}

interface PenetratingPattern {
  readonly matchFrom: PenetratingMatch
  readonly lookback: number
  /** TA-Lib's default. */
  readonly penetration: number
}

export type CandlePattern = PlainPattern | PenetratingPattern

/** TA-Lib 0.6's 61 candlestick functions, by their names there: `CDL3BLACKCROWS` is `cdl3BlackCrows`. */
export const CANDLE_PATTERNS = {
  cdl2Crows: { match: twoCrows, lookback: LONG_AVERAGE + 2 },
  cdl3BlackCrows: { match: threeBlackCrows, lookback: LONG_AVERAGE + 3 },
  cdl3Inside: { match: threeInside, lookback: LONG_AVERAGE + 2 },
  cdl3LineStrike: { match: threeLineStrike, lookback: SHORT_AVERAGE + 3 },
  cdl3Outside: { match: threeOutside, lookback: 3 },
  cdl3StarsInSouth: { match: threeStarsInSouth, lookback: LONG_AVERAGE + 2 },
  cdl3WhiteSoldiers: { match: threeWhiteSoldiers, lookback: LONG_AVERAGE + 2 },
  cdlAbandonedBaby: { matchFrom: abandonedBaby, lookback: LONG_AVERAGE + 2, penetration: 0.3 },
  cdlAdvanceBlock: { match: advanceBlock, lookback: LONG_AVERAGE + 2 },
  cdlBeltHold: { match: beltHold, lookback: LONG_AVERAGE },
  cdlBreakaway: { match: breakaway, lookback: LONG_AVERAGE + 4 },
  cdlClosingMarubozu: { match: closingMarubozu, lookback: LONG_AVERAGE },
  cdlConcealBabySwall: { match: concealingBabySwallow, lookback: LONG_AVERAGE + 3 },
  cdlCounterattack: { match: counterattack, lookback: LONG_AVERAGE + 1 },
  cdlDarkCloudCover: { matchFrom: darkCloudCover, lookback: LONG_AVERAGE + 1, penetration: 0.5 },
  cdlDoji: { match: doji, lookback: LONG_AVERAGE },
  cdlDojiStar: { match: dojiStar, lookback: LONG_AVERAGE + 1 },
  cdlDragonflyDoji: { match: dragonflyDoji, lookback: LONG_AVERAGE },
  cdlEngulfing: { match: engulfing, lookback: 2 },
  cdlEveningDojiStar: { matchFrom: eveningDojiStar, lookback: LONG_AVERAGE + 2, penetration: 0.3 },
  cdlEveningStar: { matchFrom: eveningStar, lookback: LONG_AVERAGE + 2, penetration: 0.3 },
  cdlGapSideSideWhite: { match: gapSideSideWhite, lookback: SHORT_AVERAGE + 2 },
  cdlGravestoneDoji: { match: gravestoneDoji, lookback: LONG_AVERAGE },
  cdlHammer: { match: hammer, lookback: LONG_AVERAGE + 1 },
  cdlHangingMan: { match: hangingMan, lookback: LONG_AVERAGE + 1 },
  cdlHarami: { match: harami, lookback: LONG_AVERAGE + 1 },
  cdlHaramiCross: { match: haramiCross, lookback: LONG_AVERAGE + 1 },
  cdlHighWave: { match: highWave, lookback: LONG_AVERAGE },
  cdlHikkake: { match: hikkake, lookback: 5 },
  cdlHikkakeMod: { match: hikkakeModified, lookback: SHORT_AVERAGE + 5 },
  cdlHomingPigeon: { match: homingPigeon, lookback: LONG_AVERAGE + 1 },
  cdlIdentical3Crows: { match: identicalThreeCrows, lookback: LONG_AVERAGE + 2 },
  cdlInNeck: { match: inNeck, lookback: LONG_AVERAGE + 1 },
  cdlInvertedHammer: { match: invertedHammer, lookback: LONG_AVERAGE + 1 },
  cdlKicking: { match: kicking, lookback: LONG_AVERAGE + 1 },
  cdlKickingByLength: { match: kickingByLength, lookback: LONG_AVERAGE + 1 },
  cdlLadderBottom: { match: ladderBottom, lookback: LONG_AVERAGE + 4 },
  cdlLongLeggedDoji: { match: longLeggedDoji, lookback: LONG_AVERAGE },
  cdlLongLine: { match: longLine, lookback: LONG_AVERAGE },
  cdlMarubozu: { match: marubozu, lookback: LONG_AVERAGE },
  cdlMatchingLow: { match: matchingLow, lookback: SHORT_AVERAGE + 1 },
  cdlMatHold: { matchFrom: matHold, lookback: LONG_AVERAGE + 4, penetration: 0.5 },
  cdlMorningDojiStar: { matchFrom: morningDojiStar, lookback: LONG_AVERAGE + 2, penetration: 0.3 },
  cdlMorningStar: { matchFrom: morningStar, lookback: LONG_AVERAGE + 2, penetration: 0.3 },
  cdlOnNeck: { match: onNeck, lookback: LONG_AVERAGE + 1 },
  cdlPiercing: { match: piercing, lookback: LONG_AVERAGE + 1 },
  cdlRickshawMan: { match: rickshawMan, lookback: LONG_AVERAGE },
  cdlRiseFall3Methods: { match: riseFallThreeMethods, lookback: LONG_AVERAGE + 4 },
  cdlSeparatingLines: { match: separatingLines, lookback: LONG_AVERAGE + 1 },
  cdlShootingStar: { match: shootingStar, lookback: LONG_AVERAGE + 1 },
  cdlShortLine: { match: shortLine, lookback: LONG_AVERAGE },
  cdlSpinningTop: { match: spinningTop, lookback: LONG_AVERAGE },
  cdlStalledPattern: { match: stalledPattern, lookback: LONG_AVERAGE + 2 },
  cdlStickSandwich: { match: stickSandwich, lookback: SHORT_AVERAGE + 2 },
  cdlTakuri: { match: takuri, lookback: LONG_AVERAGE },
  cdlTasukiGap: { match: tasukiGap, lookback: SHORT_AVERAGE + 2 },
  cdlThrusting: { match: thrusting, lookback: LONG_AVERAGE + 1 },
  cdlTristar: { match: tristar, lookback: LONG_AVERAGE + 2 },
  cdlUnique3River: { match: uniqueThreeRiver, lookback: LONG_AVERAGE + 2 },
  cdlUpsideGap2Crows: { match: upsideGapTwoCrows, lookback: LONG_AVERAGE + 2 },
  cdlXSideGap3Methods: { match: xSideGapThreeMethods, lookback: 2 },
} as const satisfies Readonly<Record<string, CandlePattern>>

export type CandlePatternName = keyof typeof CANDLE_PATTERNS

export const CANDLE_PATTERN_NAMES = Object.keys(CANDLE_PATTERNS) as readonly CandlePatternName[]
