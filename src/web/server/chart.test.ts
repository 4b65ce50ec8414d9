import { afterEach, describe, expect, it } from 'vitest'
import type { Bar } from '../../model/bar.ts'
import { price, quantity } from '../../model/money.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import { err, ok } from '../../std/result.ts'
import { createVirtualClock } from '../../std/virtual-clock.ts'
import { createEma } from '../../trading/indicators/ema.ts'
import { barsSchema, indicatorsSchema } from '../contract/chart.ts'
import { createBarStore } from './bar-store.ts'
import { barStart, chartRoutes, runningBar } from './chart.ts'
import type { DeskLine } from './desk-line.ts'
import { createCannedLine } from './testing/canned-line.ts'
import { startTopics } from './testing/start-topics.ts'

const DAY = tradingDay('2026-11-20')
const at = (time: string) => kstInstant(DAY, timeOfDay(time))
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const bar = (openAt: number, close: number, volume = 10): Bar => ({
  openAt,
  closeAt: openAt + 60_000,
  open: price(close - 50),
  high: price(close + 100),
  low: price(close - 100),
  close: price(close),
  volume: quantity(volume),
})

async function start(change: (line: DeskLine) => Partial<DeskLine> = () => ({})) {
  const wall = createVirtualClock(1_795_000_000_000)
  const canned = createCannedLine(wall)
  const line = { ...canned, ...change(canned) }
  const bars = createBarStore({ line, wall })
  const web = await startTopics(line, wall, [chartRoutes({ line, bars })])
  closing.push(web.close)
  const get = (path: string) => web.server.inject(`/api/v1${path}`)
  return { get, wall }
}

describe('bars for a chart', () => {
  it('come as columns of one length, with the sessions of their days', async () => {
    const { get } = await start()
    const bars = barsSchema.parse((await get('/bars/005930?interval=1m')).json())
    expect(bars.at).toHaveLength(300)
    for (const column of [bars.open, bars.high, bars.low, bars.close, bars.volume])
      expect(column).toHaveLength(300)
    expect(bars.sessions).toContainEqual({
      phase: 'closingCall',
      name: { ko: '종가 단일가', en: 'closing call auction' },
      from: at('15:20'),
      to: at('15:30'),
    })
  })

  it('hold the one that forms, made of its closed minutes', async () => {
    const { get } = await start(() => ({
      bars: async (_instrument, interval) =>
        ok(
          interval === '1m'
            ? ['10:18', '10:19', '10:20', '10:22', '10:23'].map((time, i) => bar(at(time), 70_000 + i * 100))
            : [bar(at('10:10'), 70_000), bar(at('10:15'), 70_100)],
        ),
    }))
    const bars = barsSchema.parse((await get('/bars/005930?interval=5m')).json())
    expect(bars.running).toEqual({
      at: at('10:20'),
      open: 70_150,
      high: 70_500,
      low: 70_100,
      close: 70_400,
      volume: 30,
    })
  })

  it("say in the trader's words why there are none", async () => {
    const { get } = await start(() => ({
      bars: async () => err({ ko: '차트를 받지 못했습니다', en: 'The chart did not come' }),
    }))
    const answer = await get('/bars/005930?interval=1m')
    expect(answer.statusCode).toBe(503)
    expect(answer.json().ko).toBe('차트를 받지 못했습니다')
  })

  it('are asked of the broker once for many screens, and again after a moment', async () => {
    let asked = 0
    const { get, wall } = await start((line) => ({
      bars: (instrument, interval) => {
        asked++
        return line.bars(instrument, interval)
      },
    }))
    await Promise.all([1, 2, 3].map(() => get('/bars/005930?interval=1m')))
    await get('/indicators/005930?interval=1m&names=ema20')
    expect(asked).toBe(1)
    wall.advance(3_001)
    await get('/bars/005930?interval=1m')
    expect(asked).toBe(2)
  })

  it.each(['/bars/005930?interval=10s', '/bars/SAMSUNG?interval=1m', '/bars/005930'])(
    'refuses %s',
    async (path) => {
      const { get } = await start()
      expect((await get(path)).statusCode).toBe(400)
    },
  )
})

describe('where a bar begins', () => {
  it.each([
    ['1m', '10:24:59', '10:24'],
    ['3m', '10:25:00', '10:24'],
    ['30m', '09:59:59', '09:30'],
    ['60m', '15:20:00', '15:00'],
    ['1d', '15:20:00', '00:00'],
  ] as const)('%s at %s is %s', (interval, time, begins) => {
    expect(barStart(at(time), interval)).toBe(at(begins))
  })

  it('has no forming bar where a closed one holds this stretch already', () => {
    expect(
      runningBar([bar(at('10:20'), 70_000)], [bar(at('10:20'), 70_000)], '5m', at('10:24')),
    ).toBeUndefined()
    expect(runningBar([], [bar(at('10:15'), 70_000)], '5m', at('10:24'))).toBeUndefined()
  })
})

describe('indicators for a chart', () => {
  it('are those of the strategies, to the bit', async () => {
    const { get } = await start()
    const bars = barsSchema.parse((await get('/bars/005930?interval=5m')).json())
    const { lines } = indicatorsSchema.parse((await get('/indicators/005930?interval=5m&names=ema20')).json())
    const ema = createEma(20)
    const expected = bars.close.map((close) => ema.next(close)).slice(19)
    expect(lines).toEqual([{ name: 'ema20', line: 'ema20', pane: 'price', from: 19, values: expected }])
  })

  it('bring each of their lines and where it belongs', async () => {
    const { get } = await start()
    const answer = await get('/indicators/005930?interval=1m&names=bollinger,vwap,rsi,macd')
    const { at: instants, lines } = indicatorsSchema.parse(answer.json())
    expect(lines.map(({ name, line, pane, from }) => [name, line, pane, from])).toEqual([
      ['bollinger', 'upper', 'price', 19],
      ['bollinger', 'middle', 'price', 19],
      ['bollinger', 'lower', 'price', 19],
      ['vwap', 'vwap', 'price', 0],
      ['rsi', 'rsi', 'rsi', 14],
      ['macd', 'macd', 'macd', 33],
      ['macd', 'signal', 'macd', 33],
      ['macd', 'histogram', 'macd', 33],
    ])
    for (const { from, values } of lines) expect(from + values.length).toBe(instants.length)
  })

  it('are empty where there are too few bars', async () => {
    const { get } = await start(() => ({ bars: async () => ok([bar(at('10:00'), 70_000)]) }))
    const { lines } = indicatorsSchema.parse((await get('/indicators/005930?interval=1m&names=ema20')).json())
    expect(lines[0]).toMatchObject({ from: 1, values: [] })
  })

  it('refuse a name that nobody knows', async () => {
    const { get } = await start()
    expect((await get('/indicators/005930?interval=1m&names=ema20,crystal')).statusCode).toBe(400)
  })
})

describe('instruments', () => {
  it('are found by name and by code, held ones first', async () => {
    const { get } = await start()
    const all = (await get('/instruments')).json()
    expect(all[0]).toEqual({ instrument: '005930', name: '삼성전자', held: true })
    expect((await get(`/instruments?q=${encodeURIComponent('에코프로')}`)).json()).toEqual([
      { instrument: '086520', name: '에코프로', held: false },
      { instrument: '247540', name: '에코프로비엠', held: false },
    ])
    expect((await get('/instruments?q=0354')).json()).toMatchObject([{ name: 'NAVER' }])
  })

  it('tell name, ticks, base price, limits and tax as the trader knows them', async () => {
    const { get } = await start(() => ({
      instrument: async (id) =>
        ok({
          listing: { id, name: 'KODEX 200', market: 'KOSPI', class: 'etf', viGroup: 'narrow' },
          basePrice: price(35_005),
          band: { lower: price(24_505), upper: price(45_505) },
        }),
    }))
    expect((await get('/instruments/069500')).json()).toEqual({
      instrument: '069500',
      name: 'KODEX 200',
      market: 'KOSPI',
      class: 'etf',
      ticks: [
        { from: 0, tick: 1 },
        { from: 2_000, tick: 5 },
      ],
      previousClose: 35_005,
      band: { lower: 24_505, upper: 45_505 },
      saleTaxRatio: 0,
    })
  })

  it('have no limits on a day without them', async () => {
    const { get } = await start((line) => ({
      instrument: async (id) => {
        const facts = await line.instrument(id)
        return facts.ok && facts.value ? ok({ ...facts.value, band: undefined }) : facts
      },
    }))
    const answer = (await get('/instruments/005930')).json()
    expect(answer).toMatchObject({ name: '삼성전자', saleTaxRatio: 0.002 })
    expect(answer.ticks).toContainEqual({ from: 50_000, tick: 100 })
    expect(answer).not.toHaveProperty('band')
  })

  it("say in the trader's words why nothing is known", async () => {
    const { get } = await start(() => ({ instrument: async () => err({ ko: '없음', en: 'none' }) }))
    const answer = await get('/instruments/005930')
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toMatchObject({ ko: '없음', en: 'none' })
  })

  it.each(['/instruments/999999', '/bars/999999?interval=1m', '/indicators/999999?interval=1m&names=rsi'])(
    'that do not exist are not found: %s',
    async (path) => {
      const { get } = await start(() => ({
        instrument: async () => ok(undefined),
        bars: async () => err({ ko: '차트 없음', en: 'no chart' }),
      }))
      const answer = await get(path)
      expect(answer.statusCode).toBe(404)
      expect(answer.json()).toMatchObject({
        type: '/problems/not-found',
        ko: '그런 종목이 없습니다: 종목코드를 확인하세요',
        en: 'There is no such instrument: check its code',
      })
    },
  )
})
