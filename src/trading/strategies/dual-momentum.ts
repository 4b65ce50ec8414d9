import { best, createGains } from './ranking.ts'
import { defineStrategy } from './strategy.ts'

/**
 * Holds the strongest of all while it has gained at all, else nothing. What has not traded since the last look does not take part:
 * it may be gone, and would be the strongest for ever.
 * Source: Gary Antonacci, Dual Momentum Investing (2014): relative strength chooses, absolute momentum allows.
 */
export const dualMomentum = defineStrategy({
  id: 'dual-momentum',
  title: { ko: '듀얼 모멘텀', en: 'dual momentum' },
  parameters: {
    lookback: { kind: 'whole', from: 5, to: 500, default: 240, label: { ko: '기간', en: 'lookback' } },
    every: { kind: 'whole', from: 1, to: 250, default: 20, label: { ko: '교체 주기', en: 'every' } },
    weightRatio: {
      kind: 'ratio',
      from: 0.1,
      to: 1,
      default: 0.7,
      step: 0.1,
      label: { ko: '비중', en: 'weight' },
    },
  },
  needs: ({ lookback, every }) => ({ warmUpBars: lookback, roundBars: every }),
  together: ({ lookback, every, weightRatio }, instruments) => {
    const gains = createGains(instruments.length, lookback)
    const fresh = new Set<number>()
    let held: number | undefined
    let moments = 0
    return {
      onBar: (index, { close }) => {
        gains.push(index, close)
        fresh.add(index)
      },
      onMoment: () => {
        if (moments++ % every !== 0) return []
        const values = instruments.map((_, index) => (fresh.has(index) ? gains.of(index) : Number.NaN))
        fresh.clear()
        const strongest = best(values, 1)[0]
        const wanted = strongest !== undefined && (values[strongest] as number) > 0 ? strongest : undefined
        if (wanted === held) return []
        const before = held
        held = wanted
        const reason = { ko: '가장 강하지 않음', en: 'no longer the strongest, or falling' }
        return [
          ...(before === undefined ? [] : [{ index: before, want: 'flat', reason } as const]),
          ...(wanted === undefined
            ? []
            : [
                {
                  index: wanted,
                  want: 'long',
                  weightRatio,
                  reason: { ko: '가장 강하고 오름', en: 'strongest, and rising' },
                } as const,
              ]),
        ]
      },
    }
  },
})
