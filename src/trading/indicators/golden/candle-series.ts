import type { CandleBar } from '../candles/candle-window.ts'

/*
 * Bars that nobody ever traded, in whole units, on which each of TA-Lib's 61 candlestick patterns occurs in every figure it
 * can have. First a seeded walk whose bodies, shadows and gaps come from mixed sizes, so that ties and every common shape
 * turn up; then the shapes that the walk does not bring, each on eleven quiet bars whose averages are round, so that a
 * threshold can be met exactly. The shapes that only nearly make a pattern were chosen so that a condition of ours that is
 * dropped, loosened or looks at the wrong bar shows. The draws are Park and Miller's generator, as in `series.ts`. The
 * golden figures were printed by TA-Lib from exactly these numbers.
 */

const WALK = 900
const SEED = 20_261_122
const START = 3_000

type Prices = readonly [open: number, high: number, low: number, close: number]

/** Bodies of 10, shadows of 5, ranges of 20, by turns up and down. */
const QUIET: readonly [Prices, Prices] = [
  [0, 15, -5, 10],
  [10, 15, -5, 0],
]
const QUIET_BARS = 11

/** A pattern that is made or nearly made, and bars: open, high, low, close, counted from the last quiet close. */
const SHAPES: readonly (readonly [aim: string, bars: string])[] = [
  ['near cdl2Crows', '4,32,4,16 33,33,28,30 31,31,9,23'],
  ['cdl2Crows -100', '4,29,4,29 33,33,28,30 31,31,19,23'],
  ['near cdl3BlackCrows', '7,7,-7,-6 -6,-6,-12,-12 -7,-1,-16,-16'],
  ['near cdl3BlackCrows', '11,11,-7,-7 -6,-6,-12,-8 -7,-7,-17,-16'],
  ['near cdl3BlackCrows', '6,6,-12,-12 -6,-6,-13,-12 -7,-1,-17,-16'],
  ['near cdl3BlackCrows', '3,6,-9,-9 -6,-6,-17,-16 -7,3,-16,-16'],
  ['near cdl3BlackCrows -100', '0,3,-7,-7 -6,-6,-12,-12 -11,-1,-19,-16'],
  ['near cdl3BlackCrows -100', '0,3,-11,-7 -6,4,-12,-12 -7,-1,-17,-16'],
  ['cdl3Inside', '-24,11,-24,3 -4,9,-27,-27 -18,-5,-19,-5 5,7,-19,7'],
  ['near cdl3LineStrike', '9,24,9,13 19,29,19,19 20,20,20,20 21,21,3,3'],
  ['near cdl3LineStrike', '1,15,-20,15 -30,-12,-30,-14 -14,6,-14,-6 -6,3,-25,0 3,16,-33,-30'],
  ['near cdl3LineStrike', '0,11,-2,11 21,21,10,10 10,10,8,8 8,13,-12,5 -5,21,-5,21'],
  ['near cdl3LineStrike', '-13,14,-13,14 20,25,20,22 26,26,21,24 24,33,24,25 27,39,1,18'],
  ['near cdl3LineStrike', '-1,8,-6,0 6,23,-1,-1 8,8,-3,-1 -2,-1,-10,-10 -18,12,-18,12'],
  ['near cdl3LineStrike', '1,1,-20,-13 -15,-12,-28,-14 -14,6,-14,-6 -6,0,-25,-6 9,9,-33,-30'],
  ['near cdl3LineStrike', '-1,8,-1,0 6,23,3,4 8,8,-10,-10 -2,-1,-10,-10 -18,12,-18,8'],
  ['cdl3LineStrike', '5,15,5,15 1,23,1,19 20,20,20,20 21,21,-7,-7'],
  ['cdl3LineStrike 100', '10,24,10,15 19,23,19,19 20,20,20,20 21,31,3,3'],
  ['near cdl3Outside -100', '2,18,-26,-26 -39,-12,-39,-25'],
  ['near cdl3Outside -100', '2,10,-26,-26 -12,-12,-25,-25'],
  ['cdl3StarsInSouth', '0,4,-2,-2 -2,-2,-2,-2 -2,-2,-29,-11 -8,-1,-29,-11 -11,-10,-15,-15'],
  ['near cdl3StarsInSouth', '0,4,-16,-2 3,3,-2,-2 8,8,-29,-11 -8,3,-25,-11 -11,-10,-15,-15'],
  ['near cdl3StarsInSouth', '5,5,-16,-2 -2,-2,-2,-2 -2,-2,-29,-11 -8,-5,-25,-5 -11,-10,-15,-15'],
  ['near cdl3StarsInSouth', '0,4,-12,-2 -2,-2,-2,-2 -2,-2,-29,-11 -8,-2,-25,-11 -11,-10,-23,-23'],
  ['near cdl3StarsInSouth', '-6,4,-16,-2 3,3,-2,-2 -2,-2,-29,-11 -8,-8,-25,-17 -11,-10,-15,-15'],
  ['near cdl3StarsInSouth', '0,0,-24,-2 3,8,-2,-2 -1,-1,-24,-11 -9,-8,-25,-15 -11,-10,-15,-15'],
  ['near cdl3StarsInSouth', '0,15,-12,-2 -6,-2,-6,-2 -1,-1,-29,-11 3,3,-25,-6 -11,-11,-15,-15'],
  ['near cdl3StarsInSouth', '0,4,-2,-2 -6,-2,-6,-2 12,12,-42,-8 -8,-8,-30,-23 -11,-10,-15,-14'],
  ['near cdl3StarsInSouth', '0,15,-12,-2 -6,-2,-6,-2 -1,-1,-29,-11 -8,-8,-16,-16 -11,-11,-15,-15'],
  ['near cdl3StarsInSouth', '-3,1,-12,-2 -2,-2,-3,-3 -2,-2,-29,-11 -7,-7,-15,-11 -11,-10,-15,-15'],
  ['near cdl3StarsInSouth', '0,10,-19,-2 -2,-2,-2,-2 -2,-2,-34,-11 -8,-8,-25,-11 -8,-8,-15,-15'],
  ['cdl3StarsInSouth', '0,4,-16,-2 3,3,-2,-2 -2,3,-29,-15 -6,1,-25,-11 -11,-10,-15,-15'],
  ['near cdl3StarsInSouth 100', '0,4,-2,-2 -2,-2,-2,-2 -3,0,-29,-11 -8,-7,-25,-11 -11,-10,-15,-15'],
  ['near cdl3StarsInSouth 100', '0,4,-2,-2 -2,-2,-2,-2 -2,-2,-29,-11 -8,-7,-25,-11 -11,-10,-24,-15'],
  ['near cdl3WhiteSoldiers', '2,14,2,13 11,23,11,23 12,43,11,43 26,46,25,46'],
  ['near cdl3WhiteSoldiers', '2,14,-5,11 8,30,8,20 20,24,20,24 25,39,3,39'],
  ['near cdl3WhiteSoldiers', '26,26,-5,11 -1,20,-1,20 20,24,20,24 27,39,3,39'],
  ['near cdl3WhiteSoldiers', '12,14,2,11 11,20,11,20 20,28,20,24 25,39,25,39'],
  ['cdl3WhiteSoldiers', '2,12,0,11 11,22,11,22 24,25,20,24 25,39,3,39'],
  ['near cdlAbandonedBaby', '0,9,0,3 10,35,3,18 8,47,-1,28 49,53,49,50 38,38,0,22'],
  ['cdlAbandonedBaby -100', '0,9,0,3 3,35,3,18 18,48,18,48 49,61,49,50 38,38,4,22'],
  ['near cdlAbandonedBaby -100', '0,9,0,3 3,35,3,18 26,48,18,48 57,61,49,50 38,38,14,22'],
  ['cdlAbandonedBaby 100', '0,1,-1,1 1,3,-20,-20 -24,-21,-24,-24 -13,13,-13,13'],
  ['near cdlAbandonedBaby 100', '0,1,-1,1 1,11,-20,-20 -13,-13,-24,-24 -13,13,-13,13'],
  ['near cdlAbandonedBaby 100', '0,1,-1,1 1,3,-20,-20 -24,-21,-24,-24 -21,13,-23,13'],
  ['cdlAdvanceBlock', '0,72,-12,69 21,32,2,32 20,45,20,45 42,57,42,57 57,72,54,67'],
  ['cdlAdvanceBlock', '0,38,0,22 58,58,9,54 20,49,14,43 43,83,43,57 57,58,57,58'],
  ['near cdlAdvanceBlock', '1,45,-1,21 21,58,14,20 35,49,20,49 43,84,43,57 57,63,56,63'],
  ['near cdlAdvanceBlock', '12,38,0,15 58,70,44,70 27,43,14,43 43,83,43,53 56,66,49,66'],
  ['near cdlAdvanceBlock', '0,38,0,22 58,58,9,54 30,43,20,43 38,83,38,57 57,58,10,58'],
  ['cdlAdvanceBlock', '0,38,0,22 58,58,9,45 20,43,20,43 38,83,38,51 57,58,10,58'],
  ['near cdlAdvanceBlock', '0,38,0,21 21,41,14,41 20,49,20,49 43,57,43,57 57,58,56,58'],
  ['near cdlAdvanceBlock', '47,56,-12,21 21,57,9,9 8,43,8,43 47,84,35,57 53,71,38,71'],
  ['near cdlBreakaway', '-2,0,-34,-22 -44,-44,-60,-60 -57,-56,-60,-56 -60,-60,-61,-61 -48,1,-58,-40'],
  ['cdlBreakaway', '-3,25,-3,12 19,25,7,25 12,31,12,24 24,54,24,25 27,30,9,18'],
  ['near cdlBreakaway', '-13,25,-13,-11 20,25,20,25 22,31,22,24 24,48,24,25 27,30,9,18'],
  ['near cdlBreakaway', '-13,25,-13,12 25,25,20,20 22,31,22,24 24,48,24,30 27,30,18,18'],
  ['near cdlBreakaway', '-13,25,-14,12 20,25,20,25 32,32,22,24 24,48,22,25 27,30,18,18'],
  ['near cdlBreakaway', '-13,25,-13,12 20,32,20,22 23,32,23,32 24,48,24,29 27,30,4,18'],
  ['near cdlBreakaway', '5,5,-34,-30 -44,-44,-53,-53 -56,-56,-60,-56 -56,-56,-61,-61 -58,-40,-58,-40'],
  ['near cdlBreakaway', '0,12,-34,12 -44,-30,-53,-53 -57,-56,-60,-57 -60,-60,-70,-61 -51,-40,-58,-40'],
  ['near cdlBreakaway -100', '-13,12,-13,12 20,25,20,22 22,31,22,24 -23,48,-23,25 27,30,9,18'],
  ['cdlBreakaway 100', '0,0,-34,-30 -44,-44,-53,-53 -57,-56,-60,-56 -60,-60,-61,-61 -58,-40,-58,-40'],
  ['near cdlBreakaway 100', '0,0,-34,-30 -44,-44,-53,-53 -57,-56,-64,-64 -60,-60,-61,-61 -54,-40,-58,-40'],
  ['near cdlBreakaway 100', '0,0,-34,-30 -44,-44,-53,-53 -57,-56,-60,-56 -60,-60,-61,-61 -58,-40,-58,-45'],
  ['near cdlBreakaway 100', '0,0,-34,-30 -44,-44,-53,-53 -57,-56,-60,-56 -60,-60,-61,-61 0,0,-60,-40'],
  ['near cdlClosingMarubozu -100', '-67,18,-67,-10 -22,-22,-34,-31 -27,-19,-57,-49'],
  ['near cdlConcealBabySwall', '0,0,-1,-1 2,2,-8,-8 -11,-8,-33,-15 -30,12,-38,-32'],
  ['near cdlConcealBabySwall', '0,0,-1,-1 -10,-7,-10,-8 -11,-6,-33,-15 -30,7,-38,-32'],
  ['near cdlConcealBabySwall', '11,11,-1,-1 2,2,-8,-8 -11,-5,-33,-29 -30,-5,-35,-32'],
  ['near cdlConcealBabySwall', '3,3,-3,-3 2,2,-8,-8 -11,-1,-35,-35 4,14,-35,-7'],
  ['near cdlConcealBabySwall 100', '0,0,-1,-1 2,2,-8,-8 -11,-6,-33,-18 4,4,-35,-7'],
  ['near cdlConcealBabySwall 100', '0,0,-1,-1 2,2,-8,-8 -11,-6,-31,-18 -30,-5,-35,-5'],
  ['near cdlConcealBabySwall 100', '0,2,-1,-1 2,2,-8,-8 -11,-6,-33,-18 4,4,-35,-32'],
  ['near cdlConcealBabySwall 100', '0,1,-1,-1 2,2,-8,-8 -21,-6,-33,-18 -30,-5,-35,-32'],
  ['near cdlConcealBabySwall 100', '0,0,-1,-1 2,2,-17,-8 -11,-6,-33,-18 -30,-5,-35,-32'],
  ['near cdlConcealBabySwall 100', '0,0,-1,-1 2,2,-17,-17 -11,-6,-33,-18 -30,-5,-35,-32'],
  ['near cdlConcealBabySwall 100', '-33,0,-33,-1 2,2,-8,-8 -11,-6,-33,-18 -30,-5,-35,-32'],
  ['near cdlConcealBabySwall 100', '0,1,-1,-1 -32,-12,-32,-12 -21,-6,-33,-18 -30,-5,-40,-32'],
  ['cdlCounterattack -100', '0,33,0,30 44,44,31,31'],
  ['cdlDragonflyDoji 100', '-13,-13,-22,-15'],
  ['near cdlEngulfing 100', '-5,3,-9,-3 -4,5,-4,-2 23,23,-3,-3 -14,33,-42,10'],
  ['cdlEveningDojiStar -100', '0,25,-29,13 21,21,17,20 24,24,-2,1'],
  ['near cdlGravestoneDoji', '-1,-1,-17,-9 -21,-9,-21,-12 21,21,-11,-11 -11,-9,-11,-11'],
  ['cdlHarami -100', '6,32,-1,29 28,28,20,28'],
  ['near cdlHaramiCross 100', '-13,-13,-24,-20 -16,4,-16,-9'],
  ['near cdlHighWave -100', '16,18,-34,-8'],
  ['near cdlHikkake', '0,30,0,28 29,29,7,7 37,44,29,33 33,34,7,7'],
  ['cdlHikkake 100', '-5,-5,-14,-14 -10,-10,-13,-13 -26,-26,-31,-31'],
  ['cdlHikkakeMod', '-1,2,-3,1 -2,1,-2,-2 -5,-4,-11,-4 6,6,-8,-4 -3,6,-11,6'],
  ['cdlHikkakeMod', '4,4,-11,0 1,1,-7,-1 2,11,2,11'],
  ['cdlHikkakeMod -200', '0,2,-4,2 -1,-1,-2,-1 -1,9,-1,-1 3,5,1,3 3,3,-16,-6'],
  ['near cdlHikkakeMod 100', '-5,-5,-14,-8 -10,-10,-13,-13 -26,-26,-31,-31'],
  ['cdlIdentical3Crows', '0,5,-26,-26 -12,-2,-12,-8 -8,-8,-14,-12 -11,-11,-16,-16 -16,3,-20,-20'],
  ['cdlIdentical3Crows', '-6,14,-26,-26 -12,-12,-28,-28 -8,4,-12,-12 -11,-11,-16,-15 -16,-6,-20,-20'],
  ['near cdlInNeck -100', '0,30,-13,0 -2,-2,-13,-13 -11,-6,-13,-11 -11,-11,-23,-22 -32,2,-32,-21'],
  ['near cdlInvertedHammer 100', '-11,2,-13,2'],
  ['cdlKicking -100', '-12,-9,-16,-12 -12,-12,-13,-12 -15,-6,-15,-6 -16,-16,-28,-28'],
  ['near cdlKicking 100', '0,4,-2,-2 -2,-2,-23,-23 1,11,0,11'],
  ['cdlKicking 100', '0,0,-7,-2 -2,-2,-12,-12 1,11,0,11'],
  ['cdlKickingByLength 100', '0,8,0,0 0,18,-2,0 0,0,-9,-9 4,23,4,22'],
  ['near cdlKickingByLength 100', '0,8,0,0 0,18,-12,-12 0,0,-9,-9 4,23,4,22'],
  ['cdlLadderBottom', '0,0,-2,-1 -1,-1,-3,-3 -3,-3,-8,-4 -3,3,-14,-11 11,12,4,12'],
  ['near cdlLadderBottom', '0,18,-1,-1 0,7,-7,-3 -3,-3,-8,-7 -5,3,-15,-15 4,16,4,12'],
  ['near cdlLadderBottom', '0,16,-1,-1 -1,7,-19,-6 -3,-3,-8,-6 -5,3,-15,-15 4,16,-6,12'],
  ['near cdlLadderBottom', '0,0,-1,-1 -1,7,-3,-3 -15,-3,-15,-6 -5,3,-15,-15 4,16,4,12'],
  ['near cdlLadderBottom', '11,11,-1,-1 -1,7,-7,-3 -1,8,-8,-6 -5,3,-15,-15 4,16,4,12'],
  ['near cdlLadderBottom', '0,11,-3,-3 -1,34,-3,-3 -3,-3,-6,-6 -6,3,-21,-21 -2,22,-2,12'],
  ['near cdlLadderBottom', '0,16,-5,-1 -3,7,-7,-3 -4,-3,-8,-6 -5,3,-17,-15 4,14,4,5'],
  ['near cdlLadderBottom', '0,0,-2,-1 -1,5,-21,-3 -3,-3,-11,-11 -4,12,-14,-11 4,16,4,12'],
  ['near cdlLadderBottom', '0,0,-2,-1 -1,7,-3,-3 -3,-3,-11,-11 -2,3,-14,-11 -2,16,-2,12'],
  ['near cdlLadderBottom', '0,2,0,2 -1,7,-7,-3 -4,-3,-8,-6 -5,3,-15,-15 4,16,4,12'],
  ['near cdlLadderBottom', '0,0,-2,-1 -1,7,-3,-3 -3,-3,-8,-6 -6,1,-17,-17 16,16,4,5'],
  ['near cdlLongLeggedDoji 100', '-1,9,-17,-9 -9,-9,-12,-12 -9,6,-11,6 -11,10,-11,-11'],
  ['near cdlLongLine 100', '0,1,0,0 0,14,-15,2 2,2,-14,2 2,13,-1,13 16,25,15,25'],
  ['near cdlMatHold', '-4,25,-4,9 16,16,14,15 14,14,7,7 7,8,-2,-2 12,22,12,22'],
  ['near cdlMatHold', '-4,39,-6,9 16,23,14,19 14,16,-1,7 6,8,3,7 22,32,15,32'],
  ['near cdlMatHold', '-4,28,-4,9 22,22,14,14 14,14,7,7 7,8,7,7 22,22,15,22'],
  ['near cdlMatHold', '-4,39,-6,9 16,19,14,14 16,16,7,7 6,13,-9,13 22,32,15,32'],
  ['near cdlMatHold', '-4,10,-6,9 16,17,-1,11 14,14,7,10 5,8,5,7 22,22,15,22'],
  ['near cdlMatHold', '-4,28,-4,9 16,17,11,11 14,24,7,7 7,8,7,7 22,22,22,22'],
  ['near cdlMatHold', '-4,39,-6,9 16,16,14,14 14,16,7,7 6,13,-9,13 13,32,13,32'],
  ['near cdlMatHold', '-4,28,-4,9 16,16,14,14 4,14,4,7 7,8,3,4 17,22,12,22'],
  ['cdlMatHold', '-7,28,-7,9 16,16,14,14 9,14,7,7 7,11,3,3 17,22,12,22'],
  ['near cdlMatHold', '4,9,-4,9 16,16,14,15 14,14,7,7 7,8,7,7 12,22,12,22'],
  ['cdlMatHold 100', '-4,28,-4,9 16,17,14,14 14,14,7,7 7,8,7,7 22,22,15,22'],
  ['near cdlMatchingLow 100', '9,26,2,7 11,14,6,6'],
  ['cdlOnNeck -100', '-4,-4,-19,-19 -21,-20,-25,-20'],
  ['near cdlOnNeck -100', '-25,-19,-25,-19 -21,-20,-25,-20'],
  ['cdlPiercing 100', '10,24,0,0 0,0,-13,-13 -17,-4,-24,-5'],
  ['near cdlPiercing 100', '10,24,0,0 0,0,-13,-13 -14,-4,-24,-5'],
  ['cdlRickshawMan', '5,5,-3,5 5,12,5,12 14,17,5,15'],
  ['cdlRickshawMan', '0,38,0,21 21,34,8,8 17,65,-2,-2 32,81,32,69 57,76,54,56'],
  ['near cdlRiseFall3Methods', '-2,11,-2,11 16,16,10,11 10,16,8,8 8,18,5,5 6,21,6,21'],
  ['near cdlRiseFall3Methods', '0,0,-20,-15 -15,-12,-28,-14 -2,0,-14,-6 -6,2,-16,0 -4,-4,-30,-30'],
  ['near cdlRiseFall3Methods', '0,0,-20,-15 -15,-12,-15,-14 -14,6,-27,-6 2,3,-25,3 -4,-4,-33,-30'],
  ['near cdlRiseFall3Methods', '0,0,-20,-15 -15,-12,-15,-14 -14,6,-14,-14 -6,2,-16,0 -2,-2,-33,-30'],
  ['near cdlRiseFall3Methods', '-2,21,-9,21 16,16,10,10 15,15,2,8 8,19,5,5 6,21,6,21'],
  ['near cdlRiseFall3Methods', '0,20,0,11 16,16,8,8 10,10,8,8 8,24,5,5 6,21,6,21'],
  ['near cdlRiseFall3Methods', '-4,0,-30,-30 -14,-12,-15,-14 -14,6,-14,-6 -6,2,-16,0 -4,-4,-30,-30'],
  ['near cdlRiseFall3Methods', '0,11,0,11 16,16,10,10 12,12,8,8 1,18,1,5 6,20,6,20'],
  ['near cdlRiseFall3Methods', '0,11,0,11 11,16,10,10 11,11,5,5 8,18,5,5 6,21,6,21'],
  ['near cdlRiseFall3Methods', '0,0,-15,-15 -15,-12,-20,-15 -15,6,-15,-6 -6,3,-6,0 -4,3,-33,-19'],
  ['near cdlRiseFall3Methods', '-2,13,-2,11 17,25,10,10 10,10,-1,8 -3,11,-11,-11 6,21,6,21'],
  ['near cdlRiseFall3Methods', '0,0,-20,-15 -15,-12,-20,-15 -15,18,-15,-6 -6,0,-6,0 -29,3,-33,-19'],
  ['near cdlRiseFall3Methods', '0,0,-20,-15 -15,-12,-15,-14 -14,6,-22,-6 -13,2,-16,-6 -15,-4,-30,-30'],
  ['near cdlRiseFall3Methods -100', '1,1,-20,-13 -15,-12,-28,-14 -14,6,-14,-6 -6,3,-25,0 3,3,-33,-30'],
  ['cdlRiseFall3Methods -100', '0,0,-20,-15 -15,-12,-28,-14 -14,6,-14,-6 -6,3,-25,0 -4,-4,-33,-30'],
  ['near cdlRiseFall3Methods -100', '0,0,-20,-15 -15,-12,-15,-14 -25,6,-25,-6 -6,3,-25,0 -4,-4,-33,-30'],
  ['near cdlRiseFall3Methods -100', '0,11,-20,-15 -15,-14,-28,-14 -14,6,-14,-6 -6,3,-25,0 0,0,-33,-30'],
  ['near cdlRiseFall3Methods 100', '0,11,0,11 16,16,10,10 10,10,8,8 8,18,5,5 -5,21,-5,21'],
  ['near cdlRiseFall3Methods 100', '-2,11,-2,11 28,28,10,10 10,10,8,8 8,18,5,5 6,21,6,21'],
  ['near cdlRiseFall3Methods 100', '0,11,0,11 16,16,10,10 10,10,8,8 8,18,5,5 5,21,5,21'],
  ['near cdlRiseFall3Methods 100', '0,15,0,11 16,16,10,10 10,10,8,8 16,18,5,5 6,21,6,21'],
  ['near cdlRiseFall3Methods 100', '-2,11,-2,11 9,16,9,10 10,10,8,8 8,18,5,5 6,21,6,21'],
  ['near cdlShortLine -100', '-2,11,-2,-1 4,9,-2,-2 -2,27,-22,-16 -20,-16,-46,-46 -20,-16,-22,-21'],
  ['near cdlStalledPattern', '0,2,-6,2 -10,3,-10,2 15,61,10,61 45,62,42,61 62,75,55,65'],
  ['near cdlStalledPattern', '2,62,-1,2 2,12,2,2 15,50,-7,50 45,65,20,65 62,75,62,65'],
  ['near cdlStalledPattern -100', '2,2,-1,2 2,2,2,2 15,59,4,44 45,62,45,62 62,71,-5,-5'],
  ['near cdlStalledPattern -100', '2,2,-1,2 63,63,2,2 15,59,4,35 45,62,45,62 62,75,50,65'],
  ['cdlStickSandwich', '-8,-8,-19,-19 -14,-14,-14,-14 15,15,-18,-18'],
  ['cdlStickSandwich 100', '3,6,-18,-18 -14,-6,-14,-14 -11,-7,-18,-18'],
  ['near cdlTasukiGap', '-3,6,-7,-7 -8,11,-17,-6 7,7,7,7 6,6,-8,0 2,6,2,6'],
  ['near cdlTasukiGap', '6,17,-10,17 -2,14,-17,7 7,7,5,7 4,4,-8,-3 2,10,2,5'],
  ['cdlTasukiGap -100', '0,1,-11,-7 -11,11,-17,7 7,7,7,7 4,8,-8,0 2,5,2,5'],
  ['near cdlTasukiGap 100', '-16,-11,-16,-14 -2,3,-7,3 -1,-1,-9,-3'],
  ['cdlUnique3River', '0,0,-7,0 0,5,-4,-4 -6,-6,-15,-15 -6,-2,-33,-12 -12,-12,-14,-12'],
  ['near cdlUnique3River', '0,5,-7,5 0,0,-4,-4 -6,-6,-15,-15 -5,-5,-26,-12 -18,-12,-18,-12'],
  ['cdlUnique3River', '0,5,-7,5 0,0,-6,-6 -6,-6,-18,-16 -11,-11,-26,-12 -12,-8,-12,-12'],
  ['near cdlUnique3River', '0,0,-7,0 0,0,-4,-4 -3,-3,-15,-15 -11,-8,-15,-12 -12,-9,-14,-9'],
  ['near cdlUnique3River', '0,0,-7,0 -5,0,-22,-13 -6,-6,-15,-15 -11,-8,-34,-15 -12,-12,-12,-12'],
  ['near cdlUnique3River 100', '0,0,-9,0 0,0,-4,-4 -6,-6,-15,-15 -11,-8,-26,-12 -10,-1,-14,-1'],
  ['near cdlUnique3River 100', '0,0,-9,0 0,0,-4,-4 -6,-6,-15,-15 -11,-8,-26,-12 -10,-10,-14,-12'],
  ['near cdlUnique3River 100', '0,0,-7,-5 12,12,-4,-4 -6,-6,-15,-15 -11,-8,-26,-12 -12,-12,-14,-12'],
  ['near cdlUpsideGap2Crows', '0,6,-2,4 4,28,4,16 32,32,28,31 33,33,-1,16'],
  ['near cdlUpsideGap2Crows', '14,14,13,13 4,28,4,16 32,42,21,21 33,33,18,18'],
  ['near cdlUpsideGap2Crows', '0,43,-12,-12 -10,38,-10,16 32,42,31,31 32,33,25,26'],
  ['near cdlUpsideGap2Crows -100', '0,4,-2,4 4,28,4,16 32,32,30,31 41,41,20,25'],
  ['near cdlUpsideGap2Crows -100', '0,4,-2,4 4,28,4,16 32,32,28,31 33,38,20,31'],
]

export const CANDLE_BARS: readonly CandleBar[] = [...walk(), ...SHAPES.flatMap(([, bars]) => shape(bars))]

function walk(): CandleBar[] {
  let state = SEED
  const draw = (below: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
  const oneOf = (sizes: readonly number[]): number => sizes[draw(sizes.length)] as number
  let last = START
  return Array.from({ length: WALK }, () => {
    const size = oneOf([1, 2, 4, 10, 25, 40])
    const open = last + oneOf([0, draw(41) - 20, draw(7) - 3, draw(7) - 3, draw(7) - 3, draw(7) - 3])
    const close = open + draw(2 * size + 1) - size
    const above = draw(oneOf([1, 1, 2, 4, 11, 31]))
    const below = draw(oneOf([1, 1, 2, 4, 11, 31]))
    last = close
    return { open, high: Math.max(open, close) + above, low: Math.min(open, close) - below, close }
  })
}

function shape(text: string): CandleBar[] {
  const quiet = Array.from({ length: QUIET_BARS }, (_, i) => barFrom(START, QUIET[i % 2] as Prices))
  const last = (quiet.at(-1) as CandleBar).close
  const bars = text.split(' ').map((bar) => barFrom(last, bar.split(',').map(Number) as unknown as Prices))
  return [...quiet, ...bars]
}

function barFrom(from: number, [open, high, low, close]: Prices): CandleBar {
  return { open: from + open, high: from + high, low: from + low, close: from + close }
}
