import { best, createGains } from './ranking.ts'
import type { Placed } from './strategy.ts'
import { defineStrategy } from './strategy.ts'

/**
 * Every so many bars it holds the strongest of all, in equal parts, and leaves the others. The newest bars do not count:
 * they tend to turn back. Source: Jegadeesh and Titman, Journal of Finance 48 (1993).
 */
export const crossSectionalMomentum = defineStrategy({
  id: 'cross-sectional-momentum',
  title: { ko: '상대 모멘텀', en: 'cross-sectional momentum' },
  parameters: {
    lookback: { kind: 'whole', from: 5, to: 500, default: 120, label: { ko: '기간', en: 'lookback' } },
    skip: { kind: 'whole', from: 0, to: 60, default: 20, label: { ko: '제외', en: 'skip' } },
    hold: { kind: 'whole', from: 1, to: 200, default: 20, label: { ko: '종목 수', en: 'names' } },
    every: { kind: 'whole', from: 1, to: 250, default: 20, label: { ko: '교체 주기', en: 'every' } },
  },
  needs: ({ lookback, skip, every }) => ({ warmUpBars: lookback + skip, roundBars: every }),
  together: ({ lookback, skip, hold, every }, instruments) => {
    const gains = createGains(instruments.length, lookback, skip)
    const fresh = new Set<number>()
    let held: ReadonlySet<number> = new Set()
    let moments = 0
    return {
      onBar: (index, { close }) => {
        gains.push(index, close)
        fresh.add(index)
      },
      onMoment: () => {
        const traded = new Set(fresh)
        fresh.clear()
        if (moments++ % every !== 0) return []
        const values = instruments.map((_, index) => (traded.has(index) ? gains.of(index) : Number.NaN))
        const strongest = best(values, hold)
        const chosen = new Set(strongest)
        const out: Placed[] = [...held]
          .filter((index) => !chosen.has(index))
          .map((index) => ({
            index,
            want: 'flat',
            reason: { ko: `상위 ${hold} 밖`, en: `out of the best ${hold}` },
          }))
        const weightRatio = 1 / hold
        for (const [rank, index] of strongest.entries())
          if (!held.has(index))
            out.push({
              index,
              want: 'long',
              weightRatio,
              reason: { ko: `모멘텀 ${rank + 1}위`, en: `rank ${rank + 1} by momentum` },
            })
        held = chosen
        return out
      },
    }
  },
})
