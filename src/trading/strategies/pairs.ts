import { createSma } from '../indicators/sma.ts'
import { createStddev } from '../indicators/variance.ts'
import type { Placed } from './strategy.ts'
import { defineStrategy } from './strategy.ts'

/**
 * The first two instruments as a pair: buys the one that has become cheap against the other, and leaves when their ratio is
 * back at its mean. A cash account sells nothing short, so only the cheap leg is traded and the market's own move stays.
 * Source: Gatev, Goetzmann and Rouwenhorst, Review of Financial Studies 19 (2006), for the distance in deviations.
 */
export const pairs = defineStrategy({
  id: 'pairs',
  title: { ko: '페어(매수만)', en: 'pairs, long leg' },
  parameters: {
    period: { kind: 'whole', from: 5, to: 500, default: 60, label: { ko: '기간', en: 'period' } },
    entry: {
      kind: 'number',
      from: 0.5,
      to: 6,
      default: 2,
      step: 0.5,
      label: { ko: '진입(표준편차)', en: 'entry' },
    },
    weightRatio: {
      kind: 'ratio',
      from: 0.05,
      to: 1,
      default: 0.5,
      step: 0.05,
      label: { ko: '비중', en: 'weight' },
    },
  },
  needs: ({ period }) => ({ warmUpBars: period }),
  together: ({ period, entry, weightRatio }) => {
    const mean = createSma(period)
    const deviation = createStddev(period, 1)
    const closes = [Number.NaN, Number.NaN]
    let held: number | undefined
    return {
      onBar: (index, { close }) => {
        if (index < 2) closes[index] = close
      },
      onMoment: (): readonly Placed[] => {
        const [first, second] = closes as [number, number]
        if (Number.isNaN(first) || Number.isNaN(second)) return []
        closes.fill(Number.NaN)
        const spread = Math.log(first / second)
        const distance = (spread - mean.next(spread)) / deviation.next(spread)
        if (!Number.isFinite(distance)) return []
        const text = distance.toFixed(2)
        if (held !== undefined && (held === 0 ? distance >= 0 : distance <= 0)) {
          const index = held
          held = undefined
          return [
            {
              index,
              want: 'flat',
              reason: { ko: `비율 회복 (${text}σ)`, en: `the ratio is back (${text} sd)` },
            },
          ]
        }
        if (held !== undefined || Math.abs(distance) < entry) return []
        held = distance < 0 ? 0 : 1
        return [
          {
            index: held,
            want: 'long',
            weightRatio,
            reason: { ko: `상대 저평가 (${text}σ)`, en: `cheap against the other (${text} sd)` },
          },
        ]
      },
    }
  },
})
