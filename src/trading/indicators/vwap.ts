import { broken } from '../../std/invariant.ts'
import { checkVolumeBars } from './ad.ts'
import { checkHighLowCloseVolume, type HighLowCloseVolume } from './bars.ts'
import { checkFinite, outputFor } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { tripleTurnover } from './rolling-vwap.ts'
import { createRunning } from './running.ts'
import { checkVolume, checkVolumes } from './volume-mean.ts'

/** A bar that knows its session, by a number that is one and the same for all its bars, such as 20261121. */
export interface SessionBar extends HighLowCloseVolume {
  readonly session: number
}

/**
 * Session VWAP, in the unit of the prices: the mean of `(high + low + close) / 3`, weighted by volume, over all bars of the
 * session so far. It begins anew where the number in `sessions` changes. While a session has no volume the value before it
 * stays; NaN until the first volume of all.
 *
 * In: columns of one length, oldest first (for ticks the trade price three times). `out` is filled and given back; a fresh
 * array without it. The sums are exact on whole prices and volumes.
 * Errors: columns of different length, a value that is not finite, a negative volume, or an `out` of another length or in
 * the memory of an input breaks an invariant. Source: rule book §5.1 (worked by hand in the test).
 */
export function vwap(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  volume: Float64Array,
  sessions: Int32Array,
  out?: Float64Array,
): Float64Array {
  const length = checkVolumeBars('vwap', high, low, close, volume)
  if (sessions.length !== length)
    broken(
      `vwap: 세션의 수가 ${length}이어야 합니다: ${sessions.length} / vwap: one session for each of ${length} bars: ${sessions.length}`,
    )
  const result = outputFor('vwap', length, out, high, low, close, volume)
  checkVolumes('vwap', volume)
  const state = freshState()
  for (let i = 0; i < length; i++) {
    if (i > 0 && sessions[i] !== sessions[i - 1]) beginSession(state)
    add(state, high[i] as number, low[i] as number, close[i] as number, volume[i] as number)
    result[i] = state[VALUE] as number
  }
  return result
}

const VALUE = 0
const TURNOVER = 1
const VOLUME = 2
const SESSION = 3

const freshState = () => Float64Array.of(Number.NaN, 0, 0, 0)

function beginSession(state: Float64Array): void {
  state[TURNOVER] = 0
  state[VOLUME] = 0
}

function add(state: Float64Array, high: number, low: number, close: number, volume: number): void {
  const turnover = (state[TURNOVER] as number) + tripleTurnover(high, low, close, volume)
  const traded = (state[VOLUME] as number) + volume
  state[TURNOVER] = turnover
  state[VOLUME] = traded
  if (traded > 0) state[VALUE] = turnover / traded / 3
}

/** As `vwap`, one bar at a time and to the same bit. */
export function createVwap(): Indicator<SessionBar, number> {
  const state = freshState()
  return createRunning({
    name: 'vwap',
    state,
    check: (name, bar, index) => {
      checkBar(name, bar, index)
      checkFinite(`${name} session`, bar.session, index)
    },
    step: ({ high, low, close, volume, session }, index) => {
      if (index > 0 && session !== state[SESSION]) beginSession(state)
      state[SESSION] = session
      add(state, high, low, close, volume)
    },
    read: () => state[VALUE] as number,
  })
}

/**
 * VWAP from the bar at index `anchor` on: as `vwap` with one session that begins there. NaN before, and until the first
 * volume from there on. Errors: also an anchor that is not a whole number from 0.
 */
export function anchoredVwap(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  volume: Float64Array,
  anchor: number,
  out?: Float64Array,
): Float64Array {
  checkAnchor(anchor)
  const length = checkVolumeBars('anchored vwap', high, low, close, volume)
  const result = outputFor('anchored vwap', length, out, high, low, close, volume)
  checkVolumes('anchored vwap', volume)
  result.fill(Number.NaN, 0, Math.min(anchor, length))
  const state = freshState()
  for (let i = anchor; i < length; i++) {
    add(state, high[i] as number, low[i] as number, close[i] as number, volume[i] as number)
    result[i] = state[VALUE] as number
  }
  return result
}

/** As `anchoredVwap`, one bar at a time and to the same bit; `anchor` counts from 0, the first bar that comes. */
export function createAnchoredVwap(anchor: number): Indicator<HighLowCloseVolume, number> {
  checkAnchor(anchor)
  const state = freshState()
  return createRunning({
    name: 'anchored vwap',
    state,
    check: checkBar,
    step: ({ high, low, close, volume }, index) => {
      if (index >= anchor) add(state, high, low, close, volume)
    },
    read: () => state[VALUE] as number,
  })
}

function checkBar(name: string, bar: HighLowCloseVolume, index: number): void {
  checkHighLowCloseVolume(name, bar, index)
  checkVolume(name, bar.volume, index)
}

function checkAnchor(anchor: number): void {
  if (!Number.isSafeInteger(anchor) || anchor < 0)
    broken(
      `anchored vwap: 기준 봉은 0 이상의 정수여야 합니다: ${anchor} / anchored vwap: the anchor is a whole number from 0: ${anchor}`,
    )
}
