import { createBbands } from '../indicators/bbands.ts'
import { createSma } from '../indicators/sma.ts'
import { defineStrategy } from './strategy.ts'

/** Buys a close above the upper band on unusual volume, and leaves below the middle. */
export const bollingerBreakout = defineStrategy({
  id: 'bollinger-breakout',
  title: { ko: '볼린저 돌파', en: 'Bollinger breakout' },
  parameters: {
    period: { kind: 'whole', from: 5, to: 200, default: 20, label: { ko: '기간', en: 'period' } },
    deviations: {
      kind: 'number',
      from: 0.5,
      to: 5,
      default: 2,
      step: 0.5,
      label: { ko: '표준편차', en: 'deviations' },
    },
    volumeTimes: {
      kind: 'number',
      from: 0,
      to: 20,
      default: 2,
      step: 0.5,
      label: { ko: '거래량 배수', en: 'volume times' },
    },
  },
  needs: ({ period }) => ({ warmUpBars: period }),
  each: ({ period, deviations, volumeTimes }) => {
    const bands = createBbands(period, deviations, deviations)
    const usual = createSma(period)
    let wasInside = false
    let isIn = false
    return {
      onBar: ({ close, volume }) => {
        // The bar itself does not count as usual.
        const average = usual.value
        usual.next(volume)
        const { upper, middle } = bands.next(close)
        const broke = wasInside && close > upper && volume >= volumeTimes * average
        wasInside = close <= upper
        if (broke) {
          isIn = true
          return {
            want: 'long',
            reason: {
              ko: `상단 ${Math.round(upper)} 돌파`,
              en: `closed above the band at ${Math.round(upper)}`,
            },
          }
        }
        if (!isIn || close >= middle) return undefined
        isIn = false
        return { want: 'flat', reason: { ko: '중심선 이탈', en: 'closed below the middle' } }
      },
    }
  },
})
