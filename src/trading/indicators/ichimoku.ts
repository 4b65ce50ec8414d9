import { checkHighLow, type HighLow } from './bars.ts'
import { checkColumns, checkLengths, checkPeriod, outputFor } from './checks.ts'
import { createExtreme, EXTREME_SLOTS, extremesOf } from './extreme.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

type Line = 'conversion' | 'base' | 'leadingA' | 'leadingB' | 'cloudA' | 'cloudB'

export type IchimokuColumns = Readonly<Record<Line, Float64Array>>
export type IchimokuValue = Readonly<Record<Line, number>>

/**
 * Ichimoku, in the unit of the prices, with nothing of the future in it: every line at index `i` is made of the bars up to `i`.
 *
 * - `conversion` (전환선) and `base` (기준선): the middle of the highest high and the lowest low of `fast` and of `slow` bars;
 * - `leadingA` and `leadingB` (선행스팬): the middle of those two, and that of `widest` bars, as computed at bar `i`. A chart
 *   draws them `displacement` bars to the right: shift them for drawing, not for deciding;
 * - `cloudA` and `cloudB`: the leading spans as they stand at bar `i`, which is what was computed `displacement` bars before.
 *   Compare the price of bar `i` with these.
 * The lagging span (후행스팬) is the close itself, drawn `displacement` bars to the left: at bar `i` compare its close with
 * what stood `displacement` bars before. Each line is NaN until its own bars have come.
 *
 * In: columns of one length, oldest first; periods from 1 to 100,000 (Hosoda's are 9, 26, 52 and 26; TradingView draws
 * `displacement - 1` bars to the right, counting the bar itself). The arrays of `out` are filled and given back; fresh ones
 * without it.
 * Errors: a parameter out of range, columns of different length, a value that is not finite, or an array of `out` of another
 * length or in the memory of an input or of another one breaks an invariant.
 * Source: rule book §5.2; Goichi Hosoda. TA-Lib 0.6 has none; the middles are its MIDPRICE (golden values in the test).
 */
export function ichimoku(
  high: Float64Array,
  low: Float64Array,
  fast: number,
  slow: number,
  widest: number,
  displacement: number,
  out?: IchimokuColumns,
): IchimokuColumns {
  check(fast, slow, widest, displacement)
  const length = checkLengths('ichimoku', high, low)
  const taken: Float64Array[] = [high, low]
  const output = (line: Line): Float64Array => {
    const column = outputFor('ichimoku', length, out?.[line], ...taken)
    taken.push(column)
    return column
  }
  const conversion = output('conversion')
  const base = output('base')
  const leadingA = output('leadingA')
  const leadingB = output('leadingB')
  const cloudA = output('cloudA')
  const cloudB = output('cloudB')
  checkColumns('ichimoku high', high)
  checkColumns('ichimoku low', low)
  fillMiddles(high, low, fast, conversion)
  fillMiddles(high, low, slow, base)
  fillMiddles(high, low, widest, leadingB)
  for (let i = 0; i < length; i++) leadingA[i] = ((conversion[i] as number) + (base[i] as number)) / 2
  fillShifted(leadingA, displacement, cloudA)
  fillShifted(leadingB, displacement, cloudB)
  return { conversion, base, leadingA, leadingB, cloudA, cloudB }
}

function fillMiddles(high: Float64Array, low: Float64Array, period: number, out: Float64Array): void {
  const highest = extremesOf(high, 0, period, 1)
  const lowest = extremesOf(low, 0, period, -1)
  for (let i = 0; i < out.length; i++)
    out[i] =
      i < period - 1
        ? Number.NaN
        : ((high[highest[i] as number] as number) + (low[lowest[i] as number] as number)) / 2
}

function fillShifted(values: Float64Array, by: number, out: Float64Array): void {
  out.fill(Number.NaN, 0, Math.min(by, out.length))
  if (by < out.length) out.set(values.subarray(0, out.length - by), by)
}

/**
 * As `ichimoku`, one bar at a time and to the same bit. `next`, `replaceLast` and `value` give one object that is used again:
 * copy what you keep.
 */
export function createIchimoku(
  fast: number,
  slow: number,
  widest: number,
  displacement: number,
): Indicator<HighLow, IchimokuValue> {
  check(fast, slow, widest, displacement)
  const state = new Float64Array(LINES.length + 6 * EXTREME_SLOTS).fill(Number.NaN, 0, LINES.length)
  const middles = [fast, slow, widest].map((period, k) =>
    createMiddle(state.subarray(LINES.length + 2 * k * EXTREME_SLOTS), period),
  ) as [Middle, Middle, Middle]
  // One slot more than the displacement: what is read is never overwritten by a replaced bar.
  const slots = displacement + 1
  const spansA = new Float64Array(slots).fill(Number.NaN)
  const spansB = new Float64Array(slots).fill(Number.NaN)
  const result = Object.fromEntries(LINES.map((line) => [line, Number.NaN])) as Record<Line, number>
  return createRunning({
    name: 'ichimoku',
    state,
    windows: [...middles.flatMap((middle) => middle.windows), spansA, spansB],
    check: checkHighLow,
    step: (bar, index) => {
      const conversion = middles[0].take(bar, index)
      const base = middles[1].take(bar, index)
      const leadingA = (conversion + base) / 2
      const leadingB = middles[2].take(bar, index)
      const at = index % slots
      const shifted = (index + 1) % slots
      spansA[at] = leadingA
      spansB[at] = leadingB
      state[0] = conversion
      state[1] = base
      state[2] = leadingA
      state[3] = leadingB
      state[4] = index < displacement ? Number.NaN : (spansA[shifted] as number)
      state[5] = index < displacement ? Number.NaN : (spansB[shifted] as number)
    },
    read: () => {
      result.conversion = state[0] as number
      result.base = state[1] as number
      result.leadingA = state[2] as number
      result.leadingB = state[3] as number
      result.cloudA = state[4] as number
      result.cloudB = state[5] as number
      return result
    },
  })
}

const LINES: readonly Line[] = ['conversion', 'base', 'leadingA', 'leadingB', 'cloudA', 'cloudB']

type Middle = ReturnType<typeof createMiddle>

function createMiddle(state: Float64Array, period: number) {
  const highest = createExtreme(state.subarray(0, EXTREME_SLOTS), period, 1)
  const lowest = createExtreme(state.subarray(EXTREME_SLOTS), period, -1)
  return {
    windows: [...highest.windows, ...lowest.windows],
    take: ({ high, low }: HighLow, index: number): number => {
      highest.take(high, index)
      lowest.take(low, index)
      return index < period - 1 ? Number.NaN : (highest.value() + lowest.value()) / 2
    },
  }
}

function check(fast: number, slow: number, widest: number, displacement: number): void {
  checkPeriod('ichimoku fast', fast, 1)
  checkPeriod('ichimoku slow', slow, 1)
  checkPeriod('ichimoku widest', widest, 1)
  checkPeriod('ichimoku displacement', displacement, 1)
}
