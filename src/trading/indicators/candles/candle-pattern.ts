import { broken } from '../../../std/invariant.ts'
import { checkColumns, checkFactor, checkLengths, outputFor } from '../checks.ts'
import type { Indicator } from '../indicator.ts'
import { createRunning } from '../running.ts'
import { type CandleBar, checkCandle, createCandleWindow } from './candle-window.ts'
import type { CandleMatch } from './measures.ts'
import { CANDLE_PATTERNS, type CandlePattern, type CandlePatternName } from './patterns.ts'

/**
 * Where a candlestick pattern is complete: 100 (bullish or white), −100 (bearish or black), 80 or −80 for the softer
 * engulfing, harami and harami cross, 200 or −200 for a confirmed hikkake, else 0; NaN before TA-Lib's first bar.
 *
 * In: columns of closed bars in any one unit, oldest first. `penetration`, for the seven patterns that take one, is a share
 * of the first body; TA-Lib's default without it. `out` is filled and given back; a fresh array without it. A pattern's
 * name is no signal by itself. Errors: an unknown name, a penetration that the pattern does not take, columns of different
 * length, a value that is not finite, or an `out` of another length or in the memory of an input breaks an invariant.
 * Source: TA-Lib 0.6.4, `ta_CDL*.c` with its default candle settings (golden figures in the test); how its averages differ
 * in the last digits says `settings.ts`.
 */
export function candlePattern(
  name: CandlePatternName,
  open: Float64Array,
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  out?: Float64Array,
  penetration?: number,
): Float64Array {
  const pattern = chosen(name, penetration)
  const length = checkLengths(name, open, high, low, close)
  const result = outputFor(name, length, out, open, high, low, close)
  fill(name, [pattern], [result], open, high, low, close)
  return result
}

/**
 * Several patterns at once, each with TA-Lib's own penetration: what `candlePattern` gives for each name, by name. Nearly
 * all of the work is the same for all patterns, so that many cost little more than one. Errors: as `candlePattern`.
 */
export function candlePatterns<Name extends CandlePatternName>(
  names: readonly Name[],
  open: Float64Array,
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
): Record<Name, Float64Array> {
  const patterns = names.map((name) => chosen(name, undefined))
  const length = checkLengths(TOGETHER, open, high, low, close)
  const results = names.map(() => new Float64Array(length))
  fill(TOGETHER, patterns, results, open, high, low, close)
  return Object.fromEntries(names.map((name, k) => [name, results[k]])) as Record<Name, Float64Array>
}

const TOGETHER = 'candle patterns'
/** So many bars of a batch are measured into one window before it turns: small enough for the nearest cache. */
const BATCH_TURN = 242
/** And so many where bars come one by one. */
const STREAM_TURN = 18

function fill(
  name: string,
  patterns: readonly Chosen[],
  results: readonly Float64Array[],
  open: Float64Array,
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
): void {
  checkColumns(`${name} open`, open)
  checkColumns(`${name} high`, high)
  checkColumns(`${name} low`, low)
  checkColumns(`${name} close`, close)
  const { bars, write } = createCandleWindow(BATCH_TURN)
  for (let i = 0; i < open.length; i++) {
    const at = write(open[i] as number, high[i] as number, low[i] as number, close[i] as number, i, false)
    for (let k = 0; k < patterns.length; k++) {
      const { match, lookback } = patterns[k] as Chosen
      const result = results[k] as Float64Array
      result[i] = i < lookback ? Number.NaN : match(bars, at)
    }
  }
}

/** As `candlePattern`, one bar at a time. The work per bar is bounded by the pattern's lookback. */
export function createCandlePattern(
  name: CandlePatternName,
  penetration?: number,
): Indicator<CandleBar, number> {
  const { match, lookback } = chosen(name, penetration)
  const { bars, columns, write } = createCandleWindow(STREAM_TURN)
  const state = Float64Array.of(Number.NaN)
  return createRunning({
    name,
    state,
    windows: columns,
    check: checkCandle,
    step: ({ open, high, low, close }, index, again) => {
      const at = write(open, high, low, close, index, again)
      if (index >= lookback) state[0] = match(bars, at)
    },
    read: () => state[0] as number,
  })
}

/** As `candlePatterns`, one bar at a time. The one result object is used again at every bar: copy what you keep. */
export function createCandlePatterns<Name extends CandlePatternName>(
  names: readonly Name[],
): Indicator<CandleBar, Readonly<Record<Name, number>>> {
  const patterns = names.map((name) => chosen(name, undefined))
  const { bars, columns, write } = createCandleWindow(STREAM_TURN)
  const state = new Float64Array(names.length).fill(Number.NaN)
  const result = Object.fromEntries(names.map((name) => [name, Number.NaN])) as Record<Name, number>
  return createRunning({
    name: TOGETHER,
    state,
    windows: columns,
    check: checkCandle,
    step: ({ open, high, low, close }, index, again) => {
      const at = write(open, high, low, close, index, again)
      for (let k = 0; k < patterns.length; k++) {
        const { match, lookback } = patterns[k] as Chosen
        if (index >= lookback) state[k] = match(bars, at)
      }
    },
    read: () => {
      for (let k = 0; k < names.length; k++) result[names[k] as Name] = state[k] as number
      return result
    },
  })
}

interface Chosen {
  readonly match: CandleMatch
  readonly lookback: number
}

/** TA-Lib's upper limit of a penetration. */
const MOST = 3e37

function chosen(name: CandlePatternName, penetration: number | undefined): Chosen {
  const pattern: CandlePattern = Object.hasOwn(CANDLE_PATTERNS, name)
    ? CANDLE_PATTERNS[name]
    : broken(`모르는 캔들 패턴입니다: ${name} / an unknown candlestick pattern: ${name}`)
  if ('match' in pattern) {
    if (penetration !== undefined)
      broken(`${name}: penetration을 받지 않는 패턴입니다 / ${name}: the pattern takes no penetration`)
    return { match: pattern.match, lookback: pattern.lookback }
  }
  const share = penetration ?? pattern.penetration
  checkFactor(`${name} penetration`, share, 0, MOST)
  return { match: pattern.matchFrom(share), lookback: pattern.lookback }
}
