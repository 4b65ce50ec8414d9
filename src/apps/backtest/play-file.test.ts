import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { barTable } from '../../lab/backtest/bar-table.ts'
import { NAMES, pinnedBars } from '../../lab/backtest/testing/pinned-market.ts'
import { instrumentId } from '../../model/ids.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import { wallClock } from '../system.ts'
import { PLAIN_RULES } from '../testing/plain-rules.ts'
import { playFile } from './play-file.ts'
import type { StrategyTask } from './strategy-task.ts'

const CLOSES = [10_000, 10_100, 10_200, 10_300, 10_400]
const BARS = barTable(
  CLOSES.map((close, i) => {
    const day = tradingDay(`2026-11-${16 + i}`)
    const [openAt, closeAt] = [kstInstant(day, timeOfDay('09:00')), kstInstant(day, timeOfDay('15:30'))]
    return { index: 0, openAt, closeAt, open: close, high: close, low: close, close, volume: 100_000 }
  }),
)

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'garam-strategy-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

let files = 0
async function taskFor(text: string, kind = 'ts'): Promise<StrategyTask> {
  const file = join(folder, `strategy${files++}.${kind}`)
  await writeFile(file, text)
  return {
    file,
    parameters: {},
    bars: BARS,
    interval: '1d',
    instruments: [
      { id: instrumentId('005930'), name: '삼성전자', market: 'KOSPI', class: 'stock', viGroup: 'narrow' },
    ],
    rules: PLAIN_RULES,
    cash: 10_000_000,
  }
}

/** A strategy that buys after the first bar and does this on the third. */
const thenOnThird = (what: string) => `
import { defineStrategy, type StrategyBar } from 'garam/strategy'
const reason: { ko: string; en: string } = { ko: '첫 봉', en: 'first bar' }
export default defineStrategy({
  id: 'mine',
  title: { ko: '내 전략', en: 'mine' },
  parameters: { bars: { kind: 'whole', from: 1, to: 9, default: 1, label: { ko: '봉', en: 'bars' } } },
  needs: () => ({ warmUpBars: 0 }),
  each: ({ bars }) => {
    let seen = 0
    return {
      onBar: (bar: StrategyBar) => {
        seen++
        if (seen === 3) { ${what} }
        return seen === bars ? { want: 'long', reason } : undefined
      },
    }
  },
})
`

const options = { patienceMs: 1_500, wall: wallClock, onProgress: () => undefined }
const played = async (text: string, more: Partial<StrategyTask> = {}) =>
  playFile({ ...(await taskFor(text)), ...more }, options)

describe('a strategy file', () => {
  it('in TypeScript is played in a thread, with our own garam/strategy, wherever it lies', async () => {
    const { strategy, result } = await played(thenOnThird(''))
    expect(strategy).toEqual({ id: 'mine', ko: '내 전략', en: 'mine' })
    expect(result.stopped).toBeUndefined()
    expect(result.orders).toMatchObject([{ order: { side: 'buy' }, fills: [{ price: 10_100 }] }])
    expect(result.equity.value).toHaveLength(5)
  })

  it('that never comes back is ended, and what was there before is kept', async () => {
    const { result } = await played(thenOnThird('for (;;);'))
    expect(result.stopped).toMatchObject({ strategy: 'mine', at: BARS.closeAt[2] })
    expect(result.stopped?.en).toMatch(/did not come back.*loop/)
    expect(result.equity.value).toHaveLength(2)
    expect(result.leftOver).toMatchObject([{ instrument: '005930' }])
  })

  it.each([
    ['throws', `throw new RangeError('too far')`, /RangeError: too far/],
    ['has a weight that is none', `return { want: 'long', weightRatio: 0 / 0, reason }`, /NaN/],
  ])('that %s ends its run and keeps what was there', async (_, what, said) => {
    const { result } = await played(thenOnThird(what))
    expect(result.stopped?.en).toMatch(said)
    expect(result.equity.value).toHaveLength(3)
    expect(result.orders).toHaveLength(1)
  })

  it('that ends its own process ends its thread alone', async () => {
    const { result } = await played(thenOnThird('process.exit(3)'))
    expect(result.stopped?.en).toMatch(/ended by itself: exit 3/)
    expect(result.equity.value).toHaveLength(2)
  })

  it('with a look-ahead is caught', async () => {
    // It remembers closes in a place that outlives a run, and buys when the next one is known to be higher.
    const cheat = `
import { defineStrategy } from 'garam/strategy'
const known = new Map<number, number>()
export default defineStrategy({
  id: 'cheat', title: { ko: '', en: '' }, parameters: {}, needs: () => ({ warmUpBars: 0 }),
  each: () => ({
    onBar: ({ openAt, close }) => {
      known.set(openAt, close)
      const next = [...known].find(([at]) => at > openAt)
      return next && next[1] > close ? { want: 'long', reason: { ko: '', en: '' } } : undefined
    },
  }),
})`
    const { peek } = await played(cheat, { cuts: 4 })
    expect(peek).toBeDefined()
    const honest = await played(thenOnThird(''), { cuts: 4 })
    expect(honest.peek).toBeUndefined()
  })

  it('whose warm-up is too short is caught, and one whose is enough is not', async () => {
    const crossing = (period: number, warmUpBars: number) => `
import { createEma } from 'garam/indicators'
import { defineStrategy } from 'garam/strategy'
const reason = { ko: '', en: '' }
export default defineStrategy({
  id: 'crossing', title: { ko: '', en: '' }, parameters: {}, needs: () => ({ warmUpBars: ${warmUpBars} }),
  each: () => {
    const average = createEma(${period})
    return {
      onBar: ({ close }) => {
        const line = average.next(close)
        return Number.isNaN(line) ? undefined : { want: close > line ? 'long' : 'flat', reason }
      },
    }
  },
})`
    const market = { bars: pinnedBars('1d'), instruments: NAMES, stretches: 5 }
    const short = await played(crossing(200, 20), market)
    expect(short.recursion).toMatchObject({ warmUpBars: 20 })
    expect(short.recursion?.verdict).toMatch(/tooShort|unsettled/)
    expect(short.recursion?.tried[0]?.differing).toBeGreaterThan(0)
    expect((await played(crossing(10, 100), market)).recursion?.verdict).toBe('enough')
  })

  it.each([
    ['is not there', undefined, /no strategy file/],
    ['is no program', 'export default {', /strategy file/],
    ['exports no strategy', 'export const x = 1', /export default defineStrategy/],
    ['has other parameters', thenOnThird(''), /did you mean bars/],
    ['hangs while it is read', 'await new Promise(() => {})\nexport default 1', /strategy/],
  ])('that %s is refused with what to do', async (what, text, said) => {
    const task = await taskFor(text ?? '')
    if (text === undefined) await rm(task.file)
    const parameters = what === 'has other parameters' ? { bard: 3 } : {}
    await expect(playFile({ ...task, parameters }, options)).rejects.toThrow(said)
  })
})
