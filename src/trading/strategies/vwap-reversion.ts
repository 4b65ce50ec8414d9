import { createVwap } from '../indicators/vwap.ts'
import { minuteOfClose, sessionOf } from './sessions.ts'
import { defineStrategy } from './strategy.ts'

/** Buys far below the day's VWAP and leaves at it, or before the closing call. Intraday bars. */
export const vwapReversion = defineStrategy({
  id: 'vwap-reversion',
  title: { ko: 'VWAP 되돌림', en: 'VWAP reversion' },
  parameters: {
    entryRatio: {
      kind: 'ratio',
      from: 0.001,
      to: 0.2,
      default: 0.02,
      step: 0.005,
      label: { ko: '이격', en: 'distance' },
    },
    untilMinute: {
      kind: 'whole',
      from: 560,
      to: 915,
      default: 910,
      label: { ko: '청산 시각(분)', en: 'out by minute' },
    },
  },
  needs: () => ({ interval: '5m', warmUpBars: 0 }),
  each: ({ entryRatio, untilMinute }) => {
    const vwap = createVwap()
    const input = { high: 0, low: 0, close: 0, volume: 0, session: 0 }
    let isIn = false
    return {
      onBar: (bar) => {
        input.high = bar.high
        input.low = bar.low
        input.close = bar.close
        input.volume = bar.volume
        input.session = sessionOf(bar)
        const fair = vwap.next(input)
        const isLate = minuteOfClose(bar) >= untilMinute
        if (isIn && (isLate || bar.close >= fair)) {
          isIn = false
          return {
            want: 'flat',
            reason: isLate
              ? { ko: '장 마감 전 청산', en: 'out before the close' }
              : { ko: 'VWAP 회복', en: 'back at VWAP' },
          }
        }
        if (isIn || isLate || !(bar.close < fair * (1 - entryRatio))) return undefined
        isIn = true
        return {
          want: 'long',
          reason: { ko: `VWAP ${Math.round(fair)} 아래`, en: `below the VWAP of ${Math.round(fair)}` },
        }
      },
    }
  },
})
