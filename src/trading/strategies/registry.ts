import { bollingerBreakout } from './bollinger-breakout.ts'
import { crossSectionalMomentum } from './cross-sectional-momentum.ts'
import { dualMomentum } from './dual-momentum.ts'
import { emaCross } from './ema-cross.ts'
import { macdTrend } from './macd-trend.ts'
import { openingRange } from './opening-range.ts'
import { pairs } from './pairs.ts'
import { rsiReversion } from './rsi-reversion.ts'
import type { Strategy } from './strategy.ts'
import { volatilityBreakout } from './volatility-breakout.ts'
import { vwapReversion } from './vwap-reversion.ts'

/** The strategies that come with Garam. Following the broker's conditions needs none: it is in the engine. */
export const STRATEGIES: readonly Strategy[] = [
  emaCross,
  macdTrend,
  rsiReversion,
  bollingerBreakout,
  vwapReversion,
  openingRange,
  volatilityBreakout,
  dualMomentum,
  crossSectionalMomentum,
  pairs,
]
