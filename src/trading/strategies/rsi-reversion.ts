import { createRsi } from '../indicators/rsi.ts'
import { defineStrategy } from './strategy.ts'

/** Buys when an oversold price turns up, and leaves when the RSI is back in the middle. */
export const rsiReversion = defineStrategy({
  id: 'rsi-reversion',
  title: { ko: 'RSI 되돌림', en: 'RSI reversion' },
  parameters: {
    period: { kind: 'whole', from: 2, to: 100, default: 14, label: { ko: '기간', en: 'period' } },
    oversold: {
      kind: 'number',
      from: 1,
      to: 50,
      default: 30,
      step: 5,
      label: { ko: '과매도', en: 'oversold' },
    },
    exit: { kind: 'number', from: 40, to: 99, default: 55, step: 5, label: { ko: '청산', en: 'exit' } },
  },
  needs: ({ period }) => ({ warmUpBars: 5 * period }),
  each: ({ period, oversold, exit }) => {
    const rsi = createRsi(period)
    let before = Number.NaN
    return {
      onBar: ({ close }) => {
        const now = rsi.next(close)
        const turned = before < oversold && now >= oversold
        const recovered = before < exit && now >= exit
        before = now
        const text = now.toFixed(1)
        if (recovered) return { want: 'flat', reason: { ko: `RSI ${text} 회복`, en: `RSI back at ${text}` } }
        if (turned)
          return { want: 'long', reason: { ko: `RSI ${text} 과매도 탈출`, en: `RSI up through ${oversold}` } }
        return undefined
      },
    }
  },
})
