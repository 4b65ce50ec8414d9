import { describe, expect, it } from 'vitest'
import type { Opinion } from '../../model/signal.ts'
import { createEma } from '../../trading/indicators/ema.ts'
import { STRATEGIES } from '../../trading/strategies/registry.ts'
import { defineStrategy, type Strategy, type Watcher } from '../../trading/strategies/strategy.ts'
import type { BarTable } from './bar-table.ts'
import { findRecursion, type WarmUpVerdict } from './recursion.ts'
import { recursionSentence, triedSentences } from './recursion-sentences.ts'
import { NAMES, pinnedBars, pinnedPlan } from './testing/pinned-market.ts'

const STRETCHES = 5
const DAYS = pinnedBars('1d')
const reason = { ko: '', en: '' }
const long: Opinion = { want: 'long', reason }
const flat: Opinion = { want: 'flat', reason }

const strategyOf = (warmUpBars: number, each: () => Watcher): Strategy =>
  defineStrategy({
    id: 'examined',
    title: { ko: '', en: '' },
    parameters: {},
    needs: () => ({ warmUpBars }),
    each,
  })

function examine(strategy: Strategy, bars: BarTable = DAYS) {
  const planFor = (table: BarTable) => {
    const run = strategy.start({}, NAMES)
    if (!run.ok) throw new Error('not started')
    return { ...pinnedPlan('ema-cross', table), participants: [{ name: 'examined', run: run.value }] }
  }
  return findRecursion(planFor, bars, STRETCHES)
}

/** Speaks when the price crosses its average. */
const crossing = (period: number, warmUpBars: number) =>
  strategyOf(warmUpBars, () => {
    const average = createEma(period)
    let was: boolean | undefined
    return {
      onBar: ({ close }) => {
        const distance = close - average.next(close)
        if (Number.isNaN(distance)) return undefined
        const [before, isAbove] = [was, distance > 0]
        was = isAbove
        if (before === undefined || before === isAbove) return undefined
        return isAbove ? long : flat
      },
    }
  })

describe('a recursion', () => {
  it('is found in an average of 200 bars with a warm-up of 20', () => {
    const found = examine(crossing(200, 20))
    expect(found.verdict).not.toBe('enough')
    const [first] = found.tried
    expect(first).toMatchObject({ bars: 20, times: 1 })
    expect(first?.differing).toBeGreaterThan(0)
    expect(first?.first).toMatchObject({ withAll: 'long', withHistory: 'flat' })
    expect(recursionSentence(found, String)).toMatchObject({
      ko: expect.stringContaining('20봉은 짧습니다'),
      en: expect.stringContaining('too short'),
    })
    expect(triedSentences(found)[0]?.en).toBe(
      `1× after 20 bars: ${first?.differing} of ${first?.opinions} opinions differ`,
    )
  })

  it('is not found in an average whose warm-up is five times its period', () => {
    expect(examine(crossing(20, 100))).toMatchObject({ verdict: 'enough', settledBars: 100 })
  })

  it('tells from how many bars on nothing changes any more', () => {
    const found = examine(crossing(10, 5))
    expect(found.verdict).toBe('tooShort')
    expect(found.settledBars).toBeGreaterThan(10)
    expect(found.tried.map(({ times }) => times)).toEqual([1, 2, 4, 8, 16])
  })

  it.each(STRATEGIES.map(({ id }) => id))('is not found in %s at its declared warm-up', (id) => {
    const bars = pinnedBars(pinnedPlan(id).interval)
    const found = findRecursion((table) => pinnedPlan(id, table), bars, STRETCHES)
    expect(found.verdict).toBe('enough')
    expect(found.tried[0]?.opinions).toBeGreaterThan(0)
    expect(found.tried.map(({ differing }) => differing)).toEqual(found.tried.map(() => 0))
  })

  it('is not found where a position is carried since before the short history began', () => {
    // Long on the first bar, flat on every hundredth bar of the market.
    const began = DAYS.openAt[0] as number
    const turns = new Set(DAYS.openAt.filter((_, moment) => moment % 100 === 99))
    const latched = strategyOf(10, () => {
      let isIn = false
      return {
        onBar: ({ openAt }) => {
          if (openAt === began) isIn = true
          if (!isIn || !turns.has(openAt)) return openAt === began ? long : undefined
          isIn = false
          return flat
        },
      }
    })
    expect(examine(latched).tried.map(({ differing }) => differing)).toEqual([0, 0, 0, 0, 0])
  })

  it('is found in one that counts from its first bar, and told apart', () => {
    const seventh = strategyOf(10, () => {
      let bars = 0
      return { onBar: () => (bars++ % 7 === 0 ? long : flat) }
    })
    const found = examine(seventh)
    expect(found.verdict).toBe('unsettled')
    expect(recursionSentence(found, String).en).toMatch(/counts days from its first bar/)
  })

  it('is found in a weight, and in what fails on a short history', () => {
    const weighing = strategyOf(0, () => {
      let bars = 0
      return { onBar: () => ({ ...long, weightRatio: bars++ < 300 ? 0.2 : 0.3 }) }
    })
    expect(examine(weighing).tried[0]?.first).toMatchObject({
      withAll: 'long 30.0%',
      withHistory: 'long 20.0%',
    })
    const began = DAYS.openAt[0] as number
    const failing = strategyOf(0, () => {
      let isWhole = false
      return {
        onBar: ({ openAt }) => {
          isWhole ||= openAt === began
          if (!isWhole) throw new RangeError('no history')
          return long
        },
      }
    })
    expect(examine(failing).tried[0]?.first).toMatchObject({
      withHistory: expect.stringContaining('no history'),
    })
  })

  it.each<[WarmUpVerdict, Strategy]>([
    ['silent', strategyOf(10, () => ({ onBar: () => undefined }))],
    ['tooLittleData', strategyOf(600, () => ({ onBar: () => long }))],
  ])('cannot be told: %s', (verdict, strategy) => {
    const found = examine(strategy)
    expect(found.verdict).toBe(verdict)
    expect(recursionSentence(found, String).ko).toMatch(/알 수 없습니다/)
  })

  it('is looked for where days begin', () => {
    const begun: number[] = []
    const minutes = pinnedBars('5m')
    const noting = strategyOf(0, () => {
      let bars = 0
      return {
        onBar: ({ openAt }) => {
          if (bars++ === 0) begun.push(openAt)
          return long
        },
      }
    })
    examine(noting, minutes)
    const atOpening = begun.filter((openAt) => new Date(openAt).toISOString().endsWith('T00:00:00.000Z'))
    expect(atOpening.length).toBeGreaterThanOrEqual(NAMES.length * (1 + 3))
  })
})
