import { checkFinite } from '../checks.ts'
import type { Candles } from './measures.ts'
import { measure } from './settings.ts'

/** What a candlestick is made of, in any one unit. */
export interface CandleBar {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
}

/** The last bars as columns, for a whole history in a batch as well as for bars that come one by one. */
export interface CandleWindow {
  readonly bars: Candles
  /** All of them, for a snapshot. */
  readonly columns: readonly Float64Array[]
  /**
   * Takes the bar of that index, from 0, or, with `again`, another one in its place. Gives where in the columns it stands;
   * the 14 bars that came before it stand before it.
   */
  write(open: number, high: number, low: number, close: number, index: number, again: boolean): number
}

/** The deepest pattern looks at five bars and at the ten before the first of them. */
const DEPTH = 14

/** `turn`: once in so many bars the columns are full, and their last bars move to the front. */
export function createCandleWindow(turn: number): CandleWindow {
  const column = () => new Float64Array(DEPTH + turn)
  const bars: Candles = {
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    top: column(),
    bottom: column(),
    body: column(),
    shadows: column(),
    range: column(),
    averageBody: column(),
    averageShadow: column(),
    tenthOfRange: column(),
    shortRange: column(),
  }
  const columns = Object.values(bars) as readonly Float64Array[]
  return {
    bars,
    columns,
    write: (open, high, low, close, index, again) => {
      const turned = index < DEPTH ? index - DEPTH : (index - DEPTH) % turn
      if (turned === 0 && index > DEPTH && !again) for (const full of columns) full.copyWithin(0, turn)
      const at = DEPTH + turned
      bars.open[at] = open
      bars.high[at] = high
      bars.low[at] = low
      bars.close[at] = close
      measure(bars, at)
      return at
    },
  }
}

/** Errors: a price that is not finite breaks an invariant that names it and the bar's index. */
export function checkCandle(name: string, bar: CandleBar, index: number): void {
  const all = bar.open + bar.high + bar.low + bar.close
  if (all - all === 0) return
  checkFinite(`${name} open`, bar.open, index)
  checkFinite(`${name} high`, bar.high, index)
  checkFinite(`${name} low`, bar.low, index)
  checkFinite(`${name} close`, bar.close, index)
}
