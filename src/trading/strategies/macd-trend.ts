import { createMacd } from '../indicators/macd.ts'
import { defineStrategy } from './strategy.ts'

/** Long while the MACD line lies above its signal line. */
export const macdTrend = defineStrategy({
  id: 'macd-trend',
  title: { ko: 'MACD 추세', en: 'MACD trend' },
  parameters: {
    fast: { kind: 'whole', from: 2, to: 100, default: 12, label: { ko: '단기', en: 'fast' } },
    slow: { kind: 'whole', from: 3, to: 200, default: 26, label: { ko: '장기', en: 'slow' } },
    signal: { kind: 'whole', from: 2, to: 100, default: 9, label: { ko: '신호', en: 'signal' } },
  },
  needs: ({ slow, signal }) => ({ warmUpBars: 5 * (slow + signal) }),
  each: ({ fast, slow, signal }) => {
    const macd = createMacd(fast, slow, signal)
    let before = Number.NaN
    return {
      onBar: ({ close }) => {
        const { histogram } = macd.next(close)
        const rose = before <= 0 && histogram > 0
        const fell = before >= 0 && histogram < 0
        before = histogram
        if (rose)
          return { want: 'long', reason: { ko: 'MACD가 신호선 위로', en: 'MACD crossed above its signal' } }
        if (fell)
          return { want: 'flat', reason: { ko: 'MACD가 신호선 아래로', en: 'MACD crossed below its signal' } }
        return undefined
      },
    }
  },
})
