import { count } from '../../std/numbers.ts'

/** With its sign: `+1,200`, `-300`, `0`. */
export const signed = (value: number): string => (value > 0 ? `+${count(value)}` : count(value))

/** An index value × 100 → `3,120.55`. */
export const indexValue = (hundredfold: number): string =>
  (hundredfold / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** 754_000 ms → `12분 34초`. */
export const span = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const minutes = Math.floor(seconds / 60)
  if (minutes >= 60) return `${Math.floor(minutes / 60)}시간 ${minutes % 60}분`
  return minutes > 0 ? `${minutes}분 ${seconds % 60}초` : `${seconds}초`
}
