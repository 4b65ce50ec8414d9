import { afterEach, describe, expect, it, vi } from 'vitest'
import { historicalRisk } from '../../lab/analytics/value-at-risk.ts'
import type { Bar } from '../../model/bar.ts'
import { instrumentId } from '../../model/ids.ts'
import { krw, price, quantity } from '../../model/money.ts'
import type { Sentence } from '../../model/sentence.ts'
import { addDays, kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import { err, ok, type Result } from '../../std/result.ts'
import { createVirtualClock } from '../../std/virtual-clock.ts'
import type { TraderView } from '../../trading/engine/view.ts'
import { estimateSchema, riskSchema } from '../contract/risk.ts'
import { createBarStore } from './bar-store.ts'
import type { DeskLine } from './desk-line.ts'
import { riskRoutes } from './risk.ts'
import { cannedView } from './testing/canned-desk.ts'
import { createCannedLine } from './testing/canned-line.ts'
import { startTopics } from './testing/start-topics.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function start(
  view: Partial<TraderView> | ((whole: TraderView) => TraderView) = {},
  change: Partial<DeskLine> = {},
) {
  const wall = createVirtualClock(1_795_000_000_000)
  const canned = createCannedLine(wall)
  const line: DeskLine = {
    ...canned,
    shown: () => {
      const shown = canned.shown()
      const seen = (whole: TraderView) => (typeof view === 'function' ? view(whole) : { ...whole, ...view })
      return shown && { ...shown, view: seen(shown.view) }
    },
    ...change,
  }
  const web = await startTopics(line, wall, [
    riskRoutes({ line, wall, bars: createBarStore({ line, wall }) }),
  ])
  closing.push(web.close)
  const get = (path: string) => web.server.inject(`/api/v1${path}`)
  return { get, wall }
}

const [SAMSUNG, HYNIX] = cannedView(0).positions as [TraderView['positions'][0], TraderView['positions'][0]]
const held = (of: typeof SAMSUNG, change: Partial<typeof SAMSUNG>) => ({ ...of, ...change })
const TWO = [
  held(SAMSUNG, {
    quantity: quantity(10),
    averagePrice: 70_000,
    last: price(71_000),
    stopPrice: price(68_000),
    listing: { market: 'KOSPI', class: 'stock', sector: '전기/전자' },
  }),
  held(HYNIX, {
    quantity: quantity(2),
    averagePrice: 200_000,
    last: price(210_000),
    stopPrice: price(0),
    listing: { market: 'KOSDAQ', class: 'stock' },
  }),
]

describe('the limits of the day', () => {
  it('show how much of each is used', async () => {
    const { get } = await start({
      realizedPnl: krw(-300_000),
      unrealizedPnl: krw(50_000),
      // What was carried over had won 70,000 by the last close.
      dayPnl: krw(-320_000),
      used: { orders: 31, buyAmount: krw(12_000_000), ordersLastSecond: 2 },
    })
    const { limits } = riskSchema.parse((await get('/risk')).json())
    expect(limits).toMatchObject({
      // Four are held, two more are being bought.
      positions: { used: 6, max: 5 },
      orders: { used: 31, max: 300 },
      buyAmount: { used: 12_000_000, max: 30_000_000 },
      loss: { used: 320_000, max: 500_000 },
      perSecond: { used: 2, max: 4 },
      perInstrument: 3_000_000,
    })
  })

  it('say nothing of what the trader does not tell, and no loss on a day with a gain', async () => {
    const { get } = await start(({ used: _, ...whole }) => ({
      ...whole,
      dayPnl: krw(6),
    }))
    const { limits } = riskSchema.parse((await get('/risk')).json())
    expect(limits.orders).toEqual({ max: 300 })
    expect(limits.loss).toEqual({ used: 0, max: 500_000 })
  })
})

describe('exposure', () => {
  it('stands by instrument, market and sector, with what more is being bought', async () => {
    const order = { ...(cannedView(0).orders[0] as TraderView['orders'][0]) }
    const buying = {
      ...order,
      instrument: instrumentId('005930'),
      quantity: quantity(5),
      filled: quantity(2),
      limit: price(70_500),
    }
    const { get } = await start({ positions: TWO, orders: [buying] })
    const { exposure } = riskSchema.parse((await get('/risk')).json())
    expect(exposure.invested).toBe(1_130_000)
    expect(exposure.markets).toEqual([
      { market: 'KOSPI', value: 710_000 },
      { market: 'KOSDAQ', value: 420_000 },
    ])
    expect(exposure.sectors).toEqual([
      { sector: '전기/전자', value: 710_000 },
      { sector: '', value: 420_000 },
    ])
    expect(exposure.positions[0]).toMatchObject({
      instrument: '005930',
      value: 710_000,
      committed: 700_000 + 3 * 70_500,
    })
  })

  it('tells what every stop together would cost, and what has none', async () => {
    const { get } = await start({ positions: TWO, orders: [] })
    const { allStops } = riskSchema.parse((await get('/risk')).json())
    expect(allStops).toEqual({ change: -30_000, unguarded: 1, unguardedValue: 420_000 })
  })
})

const TODAY = tradingDay('2026-11-20')
/** So many closes up to yesterday: `factor` a day, up and down by turns. */
const days = (count: number, factor: (index: number) => number, last = 70_000): readonly Bar[] => {
  const closes = [last]
  for (let i = count - 1; i > 0; i--) closes.unshift((closes[0] as number) / factor(i))
  return closes.map((close, i) => {
    const openAt = kstInstant(addDays(TODAY, i - count), timeOfDay('09:00'))
    const at = price(Math.round(close))
    return {
      openAt,
      closeAt: openAt + 23_400_000,
      open: at,
      high: at,
      low: at,
      close: at,
      volume: quantity(1),
    }
  })
}
const swing = (index: number) => [1.01, 0.985, 1.02, 0.99, 1][index % 5] as number
const calm = (index: number) => [1.002, 0.999, 1.001][index % 3] as number

describe('the estimate of a bad day', () => {
  it('is that of our own statistics over the days all names share', async () => {
    const closes = { '005930': days(200, swing), '000660': days(150, calm, 200_000) }
    const { get } = await start(
      { positions: TWO },
      { bars: async (instrument) => ok(closes[instrument as keyof typeof closes]) },
    )
    const made = estimateSchema.parse((await get('/risk/estimate')).json())
    expect(made.window?.days).toBe(149)
    expect(made.window?.to).toBe('2026-11-19')
    const returnsOf = (bars: readonly Bar[]) =>
      bars
        .slice(1)
        .map(({ close }, i) => close / (bars[i] as Bar).close - 1)
        .slice(-149)
    const [a, b] = [returnsOf(closes['005930']), returnsOf(closes['000660'])]
    const together = a.map((each, i) => (710_000 * each + 420_000 * (b[i] as number)) / 1_130_000)
    const expected = historicalRisk(together, { confidence: 0.95 })
    const tail = made.tails.find(({ confidence, method }) => confidence === 0.95 && method === 'historical')
    expect(expected.ok && Math.round(expected.value.valueAtRisk * 1_130_000)).toBe(tail?.valueAtRisk)
    expect(made.tails).toHaveLength(4)
    const whole = made.tails.find(({ confidence, method }) => confidence === 0.99 && method === 'gaussian')
    const parts = made.parts.reduce((sum, { valueAtRisk }) => sum + valueAtRisk, 0)
    expect(Math.abs(parts - (whole?.valueAtRisk ?? 0))).toBeLessThanOrEqual(made.parts.length)
  })

  it('counts the lower limit from the last close, and from the price where none is known', async () => {
    const { get } = await start(
      { positions: TWO },
      {
        bars: async (instrument) =>
          instrument === instrumentId('005930')
            ? ok(days(100, swing, 70_000))
            : err({ ko: '없음', en: 'none' }),
      },
    )
    const { lowerLimits, left } = estimateSchema.parse((await get('/risk/estimate')).json())
    // 10 × (49,000 − 71,000), and 30 % of 420,000.
    expect(lowerLimits).toEqual({ change: -220_000 - 126_000, assumed: 1 })
    expect(left).toEqual([{ instrument: '000660', name: 'SK하이닉스', ko: '없음', en: 'none' }])
  })

  it('names what is too young for it, and gives no figure of nothing', async () => {
    const { get } = await start({ positions: TWO }, { bars: async () => ok(days(40, swing)) })
    const made = estimateSchema.parse((await get('/risk/estimate')).json())
    expect(made.tails).toEqual([])
    expect(made.left.map(({ en }) => en)).toEqual(Array(2).fill('Only 39 days of history (at least 60)'))
  })

  it('says why there is none of prices that stand still', async () => {
    const { get } = await start({ positions: TWO }, { bars: async () => ok(days(100, () => 1)) })
    const made = estimateSchema.parse((await get('/risk/estimate')).json())
    expect(made.tails.every(({ method, valueAtRisk }) => method === 'historical' && valueAtRisk === 0)).toBe(
      true,
    )
    expect(made.parts).toEqual([])
    expect(made.gap?.en).toBe('Every value is the same: there is no deviation')
  })

  it('is made once a minute however many ask', async () => {
    let asked = 0
    const { get, wall } = await start(
      { positions: TWO },
      {
        bars: async () => {
          asked++
          return ok(days(100, swing))
        },
      },
    )
    const [first, second] = await Promise.all([get('/risk/estimate'), get('/risk/estimate')])
    expect(second.json()).toEqual(first.json())
    wall.advance(59_000)
    await get('/risk/estimate')
    expect(asked).toBe(2)
    wall.advance(1_001)
    await get('/risk/estimate')
    expect(asked).toBe(4)
  })

  it('says how far it is while the charts of many names are read, and is not begun twice', async () => {
    const answers: ((bars: Result<readonly Bar[], Sentence>) => void)[] = []
    const { get, wall } = await start(
      { positions: TWO },
      { bars: () => new Promise((answer) => answers.push(answer)) },
    )
    const first = get('/risk/estimate')
    await vi.waitFor(() => expect(answers).toHaveLength(1))
    answers[0]?.(ok(days(100, swing)))
    await vi.waitFor(() => expect(answers).toHaveLength(2))
    wall.advance(2_000)
    expect((await first).json()).toEqual({ reading: { done: 1, of: 2 } })
    wall.advance(70_000)
    const second = get('/risk/estimate')
    answers[1]?.(ok(days(100, swing)))
    expect(estimateSchema.parse((await second).json()).window?.days).toBe(99)
    expect(answers).toHaveLength(2)
  })

  it('is empty without positions', async () => {
    const { get } = await start({ positions: [] })
    expect(estimateSchema.parse((await get('/risk/estimate')).json())).toMatchObject({
      value: 0,
      tails: [],
      left: [],
    })
  })
})
