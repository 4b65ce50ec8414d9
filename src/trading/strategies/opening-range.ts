import { minuteOfClose, sessionOf } from './sessions.ts'
import { defineStrategy } from './strategy.ts'

const OPEN_MINUTE = 9 * 60

/** Buys the first close above the range of the day's first minutes; leaves below it, or before the closing call. Intraday bars. */
export const openingRange = defineStrategy({
  id: 'opening-range',
  title: { ko: '시가 범위 돌파', en: 'opening-range breakout' },
  parameters: {
    minutes: {
      kind: 'whole',
      from: 5,
      to: 120,
      default: 30,
      step: 5,
      label: { ko: '범위(분)', en: 'minutes' },
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
  each: ({ minutes, untilMinute }) => {
    let session = 0
    let high = 0
    let low = Number.POSITIVE_INFINITY
    let isIn = false
    let isDone = false
    return {
      onBar: (bar) => {
        const today = sessionOf(bar)
        if (today !== session) {
          session = today
          high = 0
          low = Number.POSITIVE_INFINITY
          isDone = false
        }
        const minute = minuteOfClose(bar)
        if (minute <= OPEN_MINUTE + minutes) {
          high = Math.max(high, bar.high)
          low = Math.min(low, bar.low)
          return undefined
        }
        const isLate = minute >= untilMinute
        if (isIn && (isLate || bar.close < low)) {
          isIn = false
          return {
            want: 'flat',
            reason: isLate
              ? { ko: '장 마감 전 청산', en: 'out before the close' }
              : { ko: '범위 하단 이탈', en: 'closed below the range' },
          }
        }
        if (isIn || isDone || isLate || high === 0 || bar.close <= high) return undefined
        isIn = true
        isDone = true
        return {
          want: 'long',
          reason: { ko: `시가 범위 ${high} 돌파`, en: `closed above the opening range at ${high}` },
        }
      },
    }
  },
})
