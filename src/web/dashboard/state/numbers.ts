import type { Language } from './preferences.ts'

/** How figures are written. All of them keep their width while they change: tabular digits, fixed decimals. */

const WHOLE = new Intl.NumberFormat('ko-KR', { maximumFractionDigits: 0 })
const TWO = new Intl.NumberFormat('ko-KR', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

export const won = (value: number): string => WHOLE.format(value)
export const count = (value: number): string => WHOLE.format(value)
export const decimals = (value: number): string => TWO.format(value)
const MINUS = '−'

/** +1,234 · −1,234 · 0 */
export const signed = (value: number): string =>
  value === 0 ? '0' : `${value > 0 ? '+' : MINUS}${WHOLE.format(Math.abs(value))}`

/** A ratio of one as percent with its sign: 0.0312 → +3.12% */
export const signedPercent = (ratio: number): string => {
  const text = TWO.format(Math.abs(ratio * 100))
  if (text === '0.00') return '0.00%'
  return `${ratio > 0 ? '+' : MINUS}${text}%`
}

export const percent = (ratio: number): string => `${TWO.format(ratio * 100)}%`

/** The class that colours a figure by its sign. */
export const direction = (value: number): 'up' | 'down' | '' => (value > 0 ? 'up' : value < 0 ? 'down' : '')

/** Large sums in words: 1.23억 · 123만 · 123.45M · 271K */
export function roughWon(value: number, language: Language): string {
  const size = Math.abs(value)
  const sign = value < 0 ? MINUS : ''
  if (language === 'en') {
    if (size >= 1e9) return `${sign}${TWO.format(size / 1e9)}B`
    if (size >= 1e6) return `${sign}${TWO.format(size / 1e6)}M`
    if (size >= 1e4) return `${sign}${WHOLE.format(size / 1e3)}K`
    return `${sign}${WHOLE.format(size)}`
  }
  if (size >= 1e8) return `${sign}${TWO.format(size / 1e8)}억`
  if (size >= 1e4) return `${sign}${WHOLE.format(size / 1e4)}만`
  return `${sign}${WHOLE.format(size)}`
}

const KST_OFFSET_MS = 9 * 3_600_000

const kstText = (at: number): string => new Date(at + KST_OFFSET_MS).toISOString()

/** Korean wall time, whatever the browser's zone: 09:05:12 */
export const clockText = (at: number): string => kstText(at).slice(11, 19)
export const minuteText = (at: number): string => kstText(at).slice(11, 16)
export const dayText = (at: number): string => kstText(at).slice(0, 10)
/** 2026-11-20 09:05:12 */
export const instantText = (at: number): string => `${dayText(at)} ${clockText(at)}`

/** How long something takes or took: 12초 · 3분 05초 · 2시간 10분 */
export function lasting(ms: number, language: Language): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  if (language === 'en') return h > 0 ? `${h}h ${two(m)}m` : m > 0 ? `${m}m ${two(s)}s` : `${s}s`
  return h > 0 ? `${h}시간 ${two(m)}분` : m > 0 ? `${m}분 ${two(s)}초` : `${s}초`
}
