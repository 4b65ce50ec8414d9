import { createEma } from '../indicators/ema.ts'
import { defineStrategy } from './strategy.ts'

/** Long while the fast average lies above the slow one. */
export const emaCross = defineStrategy({
  id: 'ema-cross',
  title: { ko: 'EMA 교차', en: 'EMA cross' },
  parameters: {
    fast: { kind: 'whole', from: 2, to: 200, default: 12, label: { ko: '단기', en: 'fast' } },
    slow: { kind: 'whole', from: 3, to: 500, default: 26, label: { ko: '장기', en: 'slow' } },
  },
  needs: ({ slow }) => ({ warmUpBars: 5 * slow }),
  each: ({ fast, slow }) => {
    const quick = createEma(fast)
    const calm = createEma(slow)
    let wasAbove: boolean | undefined
    return {
      onBar: ({ close }) => {
        const above = quick.next(close) - calm.next(close)
        if (Number.isNaN(above)) return undefined
        const isAbove = above > 0
        const crossed = wasAbove !== undefined && isAbove !== wasAbove
        wasAbove = isAbove
        if (!crossed) return undefined
        return isAbove
          ? {
              want: 'long',
              reason: { ko: `EMA${fast} > EMA${slow} 상향 돌파`, en: `EMA${fast} crossed above EMA${slow}` },
            }
          : {
              want: 'flat',
              reason: { ko: `EMA${fast} < EMA${slow} 하향 돌파`, en: `EMA${fast} crossed below EMA${slow}` },
            }
      },
    }
  },
})
