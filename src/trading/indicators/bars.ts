import { checkFinite } from './checks.ts'

/** What an indicator reads of a bar, in any one unit. A bar is read, never kept. */
export interface HighLow {
  readonly high: number
  readonly low: number
}

export interface HighLowClose extends HighLow {
  readonly close: number
}

export interface HighLowCloseVolume extends HighLowClose {
  readonly volume: number
}

export interface CloseVolume {
  readonly close: number
  readonly volume: number
}

// The sum of finite numbers is finite unless it leaves the range of numbers, so one look passes nearly every bar; the
// second look names the field.

/** Errors: a field that is not finite breaks an invariant that names it, its value and the bar's index. */
export function checkHighLow(name: string, bar: HighLow, index: number): void {
  const all = bar.high + bar.low
  if (all - all === 0) return
  checkFinite(`${name} high`, bar.high, index)
  checkFinite(`${name} low`, bar.low, index)
}

/** As `checkHighLow`. */
export function checkHighLowClose(name: string, bar: HighLowClose, index: number): void {
  const all = bar.high + bar.low + bar.close
  if (all - all === 0) return
  checkHighLow(name, bar, index)
  checkFinite(`${name} close`, bar.close, index)
}

/** As `checkHighLow`. */
export function checkHighLowCloseVolume(name: string, bar: HighLowCloseVolume, index: number): void {
  checkHighLowClose(name, bar, index)
  checkFinite(`${name} volume`, bar.volume, index)
}
