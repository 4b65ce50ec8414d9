import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instrumentId } from '../../model/ids.ts'
import { INTERVAL_MS } from '../../model/interval.ts'
import { createVirtualClock } from '../../std/virtual-clock.ts'
import { conditionStrategy } from '../../trading/strategies/conditions/strategy.ts'
import type {
  BarInterval,
  ConditionChecked,
  ConditionTodayReply,
  VocabularyEntry,
} from '../contract/conditions.ts'
import { conditionRoutes } from './conditions.ts'
import { strategyRoutes } from './strategies.ts'
import { createCannedLine } from './testing/canned-line.ts'
import { startTopics } from './testing/start-topics.ts'

const clock = createVirtualClock(1_763_600_000_000)
const line = createCannedLine(clock)
let web: Awaited<ReturnType<typeof startTopics>>

beforeAll(async () => {
  web = await startTopics(line, clock, [conditionRoutes({ line }), strategyRoutes()])
})
afterAll(() => web.close())

const post = async <T>(url: string, payload: object) => {
  const reply = await web.server.inject({ method: 'POST', url: `/api/v1${url}`, payload })
  return { status: reply.statusCode, body: reply.json<T>() }
}
const check = async (text: string, interval: BarInterval = '5m') =>
  (await post<ConditionChecked>('/conditions/check', { text, interval })).body

describe('checking a condition', () => {
  it('marks each piece, says the whole in both languages, and what it needs', async () => {
    const text = '종가가 지수이동평균(20) 초과 그리고 RSI(14)가 70 미만'
    const checked = await check(text)
    expect(checked.problems).toEqual([])
    expect(checked.words).toEqual({
      ko: '종가가 지수이동평균(20) 초과 그리고 RSI(14)가 70 미만',
      en: 'close > ema(20) and rsi(14) < 70',
    })
    expect(checked.tokens.map(({ from, to, role }) => `${role} ${text.slice(from, to)}`)).toEqual([
      ...[
        'field 종가',
        'particle 가',
        'function 지수이동평균',
        'symbol (',
        'number 20',
        'symbol )',
        'keyword 초과',
      ],
      ...[
        'keyword 그리고',
        'function RSI',
        'symbol (',
        'number 14',
        'symbol )',
        'particle 가',
        'number 70',
        'keyword 미만',
      ],
    ])
    expect(checked.outline).toMatchObject({
      kind: 'all',
      parts: [{ en: 'close > ema(20)', parts: [] }, { ko: 'RSI(14)가 70 미만' }],
    })
    expect(checked.needs).toMatchObject({
      intervals: [{ intervalMs: 300_000, ko: '5분봉', bars: 20, settledBars: 100 }],
      indicators: [
        { en: 'ema(20)', warmUpBars: 20 },
        { en: 'rsi(14)', warmUpBars: 15 },
      ],
    })
    expect(checked.unplayable).toEqual([])
  })

  it('tells every mistake with its place and what may have been meant', async () => {
    const text = 'clsoe > ema(20) and change(5m) >= 5'
    const { problems } = await check(text)
    expect(problems.map(({ from, to, suggestion }) => [text.slice(from, to), suggestion])).toEqual([
      ['clsoe', 'close'],
      ['5', '5%'],
    ])
  })

  it('says of a right condition why bars alone are not enough for it', async () => {
    const checked = await check('last > 10000 and not halted')
    expect(checked.problems).toEqual([])
    expect(checked.unplayable.length).toBe(2)
  })

  it.each(['', '(', 'ㅁㄴㅇ', '"', '종가가 ema(', '9'.repeat(500)])('never fails on %j', async (text) => {
    expect((await check(text)).problems.length).toBeGreaterThan(0)
  })
})

describe('the vocabulary', () => {
  const entries = async () =>
    (await web.server.inject('/api/v1/conditions/vocabulary')).json<{ entries: VocabularyEntry[] }>().entries

  it('offers only what the language reads, in both languages, each with its line of help', async () => {
    for (const { kind, insert, help } of await entries()) {
      const texts = kind === 'unit' ? [`5${insert.ko}`, `5${insert.en}`] : [insert.ko, insert.en]
      for (const text of texts) {
        const { tokens } = await check(text)
        expect(tokens.filter(({ role }) => role === 'unknown')).toEqual([])
        expect(tokens.length, text).toBeGreaterThan(0)
      }
      expect(help.ko.length * help.en.length).toBeGreaterThan(0)
    }
  })

  it('offers each indicator as a value that can stand in a comparison at once', async () => {
    const indicators = (await entries()).filter(({ kind }) => kind === 'indicator')
    expect(indicators.length).toBeGreaterThan(35)
    for (const { insert } of indicators)
      for (const text of [`${insert.en} > ago(${insert.en}, 1)`, `${insert.ko} > 이전(${insert.ko}, 1)`])
        expect((await check(text)).problems, text).toEqual([])
  })
})

describe('what would have fired', () => {
  const today = (text: string, interval: BarInterval, instruments: readonly string[]) =>
    post<ConditionTodayReply>('/conditions/today', { text, interval, instruments })

  it.each([
    ['close crosses above ema(20)', '1m'],
    ['종가가 지수이동평균(20) 초과 그리고 RSI(14)가 50 초과', '1m'],
    ['close > ema(5, 15m) and rising(close, 2)', '5m'],
    ['close crosses below bbands(20, 2).lower within last 5 bars', '1m'],
    ['close > open for 3 bars or volume >= 200% of average(volume, 20)', '5m'],
  ] as const)('is where a backtest of %j on %s bars gives its opinion to buy', async (text, interval) => {
    const bars = await line.bars(instrumentId('000660'), interval)
    const strategy = conditionStrategy({ entry: text }, INTERVAL_MS[interval])
    if (!bars.ok || !strategy.ok) throw new Error('no bars or no strategy')
    const listing = {
      id: instrumentId('000660'),
      name: '',
      market: 'KOSPI',
      class: 'stock',
      viGroup: 'wide',
    } as const
    const run = strategy.value.start({}, [listing])
    if (!run.ok) throw new Error('no run')
    const bought = bars.value
      .filter((bar) => run.value.onBar(0, bar)?.want === 'long')
      .map(({ closeAt }) => closeAt)
    expect(bought.length).toBeGreaterThan(0)

    const { body } = await today(text, interval, ['000660'])
    const [found] = body.instruments
    expect(found?.count).toBe(bought.length)
    expect(found?.hits.map(({ at }) => at)).toEqual(bought.reverse().slice(0, 60))
  })

  it('comes with the numbers that made it true, and without those that the text says itself', async () => {
    const { body } = await today('close > ema(20) and volume >= 20000', '1m', ['005930'])
    const values = body.instruments[0]?.hits[0]?.values ?? []
    expect(values.map(({ en }) => en)).toEqual(['close', 'ema(20)', 'volume'])
    const [close, average, volume] = values.map(({ value }) => Number(value))
    expect(close).toBeGreaterThan(average ?? Number.NaN)
    expect(volume).toBeGreaterThanOrEqual(20_000)
  })

  it('says what is missing when the bars are too few to answer', async () => {
    const { body } = await today('close > sma(900)', '1m', ['005930'])
    expect(body.instruments[0]).toMatchObject({
      bars: 300,
      hits: [],
      missing: [{ ko: '1분봉 900개 가운데 300개' }],
    })
  })

  it('refuses a condition over prints, and more names than it has time for', async () => {
    expect(await today('last > 1000', '1m', ['005930'])).toMatchObject({
      status: 422,
      body: { errors: [{}] },
    })
    const many = Array.from({ length: 21 }, (_, index) => String(100_000 + index))
    expect((await today('close > open', '1m', many)).status).toBe(400)
  })

  it('tells a name once however often it is asked for', async () => {
    const { body } = await today('close > open', '1m', ['005930', '005930'])
    expect(body.instruments.length).toBe(1)
  })
})

it('tells every strategy of ours with ranges and defaults', async () => {
  const reply = await web.server.inject('/api/v1/strategies/kinds')
  expect(reply.json<{ kinds: { id: string }[] }>().kinds.find(({ id }) => id === 'ema-cross')).toEqual({
    id: 'ema-cross',
    title: { ko: 'EMA 교차', en: 'EMA cross' },
    parameters: {
      fast: { kind: 'whole', from: 2, to: 200, default: 12, label: { ko: '단기', en: 'fast' } },
      slow: { kind: 'whole', from: 3, to: 500, default: 26, label: { ko: '장기', en: 'slow' } },
    },
    warmUpBars: 130,
  })
})

it('stands in the description of the API', async () => {
  const paths = Object.keys((await web.server.inject('/openapi.json')).json<{ paths: object }>().paths)
  expect(paths).toEqual(
    expect.arrayContaining([
      '/api/v1/conditions/check',
      '/api/v1/conditions/today',
      '/api/v1/strategies/kinds',
    ]),
  )
})
