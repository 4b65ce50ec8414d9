import { sessionOf } from './sessions.ts'
import { defineStrategy } from './strategy.ts'

/** Yesterday's range takes all of yesterday: five-minute bars of a regular session, 09:00 to 15:30. */
const SESSION_BARS = 78

/**
 * Buys when the price of the day has risen from its open by a part of yesterday's range, and leaves at the next day's first
 * bar. Intraday bars. Source: Larry Williams, Long-Term Secrets to Short-Term Trading (1999), volatility breakout.
 */
export const volatilityBreakout = defineStrategy({
  id: 'volatility-breakout',
  title: { ko: '변동성 돌파', en: 'volatility breakout' },
  parameters: {
    k: { kind: 'number', from: 0.1, to: 2, default: 0.5, step: 0.1, label: { ko: 'K', en: 'k' } },
  },
  needs: () => ({ interval: '5m', warmUpBars: SESSION_BARS }),
  each: ({ k }) => {
    let session = 0
    let open = 0
    let high = 0
    let low = 0
    let range = Number.NaN
    let isIn = false
    return {
      onBar: (bar) => {
        const today = sessionOf(bar)
        const isFirst = today !== session
        if (isFirst) {
          range = session === 0 ? Number.NaN : high - low
          session = today
          open = bar.open
          high = bar.high
          low = bar.low
        } else {
          high = Math.max(high, bar.high)
          low = Math.min(low, bar.low)
        }
        if (isIn && isFirst) {
          isIn = false
          return { want: 'flat', reason: { ko: '다음 날 청산', en: 'out on the next day' } }
        }
        if (isIn || !(bar.close >= open + k * range)) return undefined
        isIn = true
        return {
          want: 'long',
          reason: { ko: `시가 + ${k} × 전일 폭 돌파`, en: `above the open by ${k} of yesterday's range` },
        }
      },
    }
  },
})
