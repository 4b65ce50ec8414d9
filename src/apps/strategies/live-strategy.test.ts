import { describe, expect, it } from 'vitest'
import type { Bar } from '../../model/bar.ts'
import { conditionId, type InstrumentId, instrumentId } from '../../model/ids.ts'
import type { Interval } from '../../model/interval.ts'
import type { MarketEvent } from '../../model/market-event.ts'
import { krw, price, quantity } from '../../model/money.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { Signal } from '../../model/signal.ts'
import { kstClock, kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import type { VenueError } from '../../model/venue-error.ts'
import { err, ok } from '../../std/result.ts'
import { createVirtualClock } from '../../std/virtual-clock.ts'
import type { Placed } from '../../trading/strategies/strategy.ts'
import { startLiveStrategy } from './live-strategy.ts'
import { StrategyTrouble } from './player.ts'
import type { PlayerRows } from './player-task.ts'

const DAY = tradingDay('2026-11-20')
const at = (time: string) => kstInstant(DAY, timeOfDay(time))
const A = instrumentId('005930')
const B = instrumentId('000660')
const LONG = { want: 'long', reason: { ko: '산다', en: 'buy' } } as const
const FLAT = { want: 'flat', reason: { ko: '판다', en: 'sell' } } as const

const pastBar = (time: string, close: number, day = DAY, minutes = 1): Bar => {
  const openAt = kstInstant(day, timeOfDay(time))
  const [each, shares] = [price(close), quantity(10)]
  const prices = { open: each, high: each, low: each, close: each, volume: shares }
  return { openAt, closeAt: openAt + minutes * 60_000, ...prices }
}

const description = (instrument: InstrumentId, now: number): MarketEvent => ({
  kind: 'description',
  instrument,
  listing: { id: instrument, name: '종목', market: 'KOSPI', class: 'stock', viGroup: 'wide' },
  basePrice: price(10_000),
  last: price(10_000),
  designations: [],
  halted: false,
  marginRate: { numerator: 1, denominator: 1 },
  at: now,
  receivedAt: now,
})

interface Stand {
  readonly start: string
  readonly interval?: Interval
  readonly isRestart?: boolean
  readonly instruments?: readonly InstrumentId[]
  /** Does anybody answer what an instrument is? */
  readonly isKnown?: boolean
  /** What the broker's chart says at that moment. */
  readonly chart?: () => readonly Bar[] | VenueError
  readonly think?: (rows: PlayerRows) => readonly Placed[]
}

const flush = async () => {
  for (let i = 0; i < 40; i++) await Promise.resolve()
}

function stand({
  start,
  interval = '1m',
  isRestart = false,
  instruments = [A],
  isKnown = true,
  chart = () => [],
  think = () => [],
}: Stand) {
  const clock = createVirtualClock(at(start))
  const wall = createVirtualClock(0)
  const shown: PlayerRows[] = []
  const signals: Signal[] = []
  const told: (Sentence & { level: string })[] = []
  let isClosed = false
  const strategy = startLiveStrategy({
    rule: {
      condition: conditionId('mine'),
      name: 'mine',
      enabled: true,
      window: { from: timeOfDay('09:00'), to: timeOfDay('15:20') },
      amount: { kind: 'krw', krw: krw(1_000_000) },
      order: { kind: 'market' },
      exitOrder: { kind: 'market' },
      priority: 0,
      cooldownMs: 0,
      cancelOnLeave: false,
      plays: { strategy: { id: 'ema-cross' }, parameters: {}, instruments, interval },
    },
    day: DAY,
    isRestart,
    clock,
    wall,
    history: {
      bars: async () => {
        const said = chart()
        return 'kind' in said ? err(said) : ok(said)
      },
    },
    describe: (instrument) => {
      if (isKnown) void Promise.resolve().then(() => strategy.hear(description(instrument, clock.now())))
    },
    submit: (signal) => signals.push(signal),
    tell: (level, said) => told.push({ level, ...said }),
    startPlayer: async () => ({
      needs: { warmUpBars: 2 },
      play: async (rows) => {
        shown.push(rows)
        return think(rows)
      },
      close: async () => {
        isClosed = true
      },
    }),
  })
  const to = async (time: string) => {
    // Timers of both clocks fall due between the things that wait for them.
    for (const until = at(time); clock.now() < until; ) {
      await flush()
      clock.advanceTo(Math.min(until, clock.now() + 500))
      wall.advance(500)
      await flush()
    }
  }
  return {
    strategy,
    signals,
    told,
    to,
    isClosed: () => isClosed,
    settle: async () => {
      await flush()
      wall.advance(50)
      await flush()
    },
    trade: (each: number, instrument = A, more: { time?: string; venue?: 'KRX' | 'NXT' } = {}) =>
      strategy.hear({
        kind: 'trade',
        instrument,
        venue: more.venue ?? 'KRX',
        price: price(each),
        quantity: quantity(5),
        bid: price(each),
        ask: price(each),
        dayVolume: quantity(5),
        at: more.time ? at(more.time) : clock.now(),
        receivedAt: clock.now(),
      }),
    feed: (state: 'live' | 'down') =>
      strategy.hear({ kind: 'feed', state, detail: '', at: clock.now(), receivedAt: clock.now() }),
    bars: () =>
      shown.map((rows) =>
        rows.map(
          ({ index, openAt, close, volume }) => `${index} ${kstClock(openAt).slice(0, 5)} ${close}×${volume}`,
        ),
      ),
  }
}

describe('a strategy while the market is open', () => {
  it('is told the past before the opening, and then every bar that closes', async () => {
    const yesterday = tradingDay('2026-11-19')
    const one = stand({
      start: '08:50',
      chart: () => [pastBar('15:18', 100, yesterday), pastBar('15:19', 101, yesterday)],
    })
    await one.to('09:00')
    expect(one.bars()).toEqual([['0 15:18 100×10', '0 15:19 101×10']])
    one.trade(110)
    await one.to('09:00:30')
    one.trade(112)
    one.trade(90, A, { venue: 'NXT' })
    await one.to('09:01:01')
    expect(one.bars()).toHaveLength(1)
    await one.to('09:01:02')
    expect(one.bars()[1]).toEqual(['0 09:00 112×10'])
    // A minute without a trade has no bar.
    await one.to('09:02:10')
    one.trade(115)
    await one.to('09:03:02')
    expect(one.bars()[2]).toEqual(['0 09:02 115×5'])
  })

  it('says what it thinks of a bar when it has closed', async () => {
    const one = stand({
      start: '08:59',
      think: ([row]) => (row?.close === 112 ? [{ index: 0, ...LONG }] : []),
    })
    await one.to('09:00')
    one.trade(112)
    await one.to('09:01:02')
    expect(one.signals).toEqual([
      {
        kind: 'signal',
        strategy: 'mine',
        instrument: A,
        ...LONG,
        at: at('09:01:01') + 500,
        receivedAt: at('09:01:01') + 500,
      },
    ])
  })

  it('that begins in the middle of a bar lets the chart tell it that one', async () => {
    let known = [pastBar('10:03', 100), pastBar('10:04', 101)]
    const one = stand({ start: '10:05:20', chart: () => known, think: () => [{ index: 0, ...LONG }] })
    await one.settle()
    one.trade(110)
    known = [...known, pastBar('10:05', 109)]
    await one.to('10:06:03')
    expect(one.bars()).toEqual([['0 10:03 100×10', '0 10:04 101×10', '0 10:05 109×10']])
    // What was thought of the past is not ordered in the middle of a day.
    expect(one.signals).toEqual([])
    one.trade(111)
    await one.to('10:07:02')
    expect(one.bars()[1]).toEqual(['0 10:06 111×5'])
    expect(one.signals).toHaveLength(1)
  })

  it('keeps what the last bar before the opening said for the first print', async () => {
    const yesterday = tradingDay('2026-11-19')
    const chart = () => [pastBar('09:00', 100, yesterday, 390)]
    const think = (): readonly Placed[] => [
      { index: 1, ...FLAT },
      { index: 0, ...LONG },
    ]
    const one = stand({ start: '08:50', interval: '1d', instruments: [A, B], chart, think })
    await one.to('09:00')
    expect(one.signals).toEqual([])
    one.trade(100, B)
    expect(one.signals.map(({ instrument, want }) => [instrument, want])).toEqual([[B, 'flat']])
    one.trade(100, B)
    one.trade(100, A)
    // What is bought waits until what is sold can have paid for it.
    expect(one.signals).toHaveLength(1)
    await one.to('09:00:04')
    expect(one.signals.map(({ instrument, want }) => [instrument, want])).toEqual([
      [B, 'flat'],
      [A, 'long'],
    ])
  })

  it.each([
    ['after the opening does not repeat what yesterday’s last bar said', '09:05', 0],
    ['before the opening has said nothing yet', '08:55', 1],
  ] as const)('started again %s', async (_, start, signals) => {
    const chart = () => [pastBar('09:00', 100, tradingDay('2026-11-19'), 390)]
    const again = stand({
      start,
      interval: '1d',
      isRestart: true,
      chart,
      think: () => [{ index: 0, ...LONG }],
    })
    await again.to('09:06')
    again.trade(100)
    expect(again.signals).toHaveLength(signals)
    const said = again.told.map(({ ko }) => ko).join()
    signals === 0
      ? expect(said).toMatch(/다시 내지 않습니다/)
      : expect(said).not.toMatch(/다시 내지 않습니다/)
  })

  it('does not say of yesterday what a newer bar has overtaken', async () => {
    const yesterday = tradingDay('2026-11-19')
    let known = [pastBar('15:19', 100, yesterday)]
    const one = stand({
      start: '08:50',
      chart: () => known,
      think: ([row]) => (row?.close === 100 ? [{ index: 0, ...LONG }] : []),
    })
    await one.to('08:59:59')
    // It prints for half an hour while nobody listens.
    one.feed('down')
    await one.to('09:30:05')
    known = [...known, pastBar('09:00', 90), pastBar('09:29', 91)]
    one.feed('live')
    await one.to('09:31:10')
    one.trade(91)
    expect(one.signals).toEqual([])
  })

  it('is told by the chart what it missed while the line was down, and orders nothing on it', async () => {
    let known: Bar[] = []
    const one = stand({
      start: '08:59',
      chart: () => known,
      think: (rows) => rows.map(({ index }) => ({ index, ...LONG })),
    })
    await one.to('09:00')
    one.trade(100)
    await one.to('09:01:02')
    expect(one.signals).toHaveLength(1)
    one.trade(101)
    one.feed('down')
    await one.to('09:03:20')
    known = [pastBar('09:00', 100), pastBar('09:01', 102), pastBar('09:02', 103), pastBar('09:03', 104)]
    one.feed('live')
    await one.to('09:04:05')
    expect(one.bars().at(-1)).toEqual(['0 09:01 102×10', '0 09:02 103×10', '0 09:03 104×10'])
    expect(one.signals).toHaveLength(1)
    one.trade(105)
    await one.to('09:05:02')
    expect(one.bars().at(-1)).toEqual(['0 09:04 105×5'])
    expect(one.signals).toHaveLength(2)
  })

  it('waits for a chart that cannot be read, and says so once', async () => {
    let said: readonly Bar[] | VenueError = { kind: 'unavailable', code: 'x', text: 'gone' }
    const one = stand({ start: '08:50', chart: () => said })
    await one.to('08:50:20')
    expect(one.told.filter(({ level }) => level === 'warning')).toHaveLength(1)
    said = [pastBar('15:19', 100, tradingDay('2026-11-19'))]
    await one.to('08:50:30')
    expect(one.bars()).toHaveLength(1)
    expect(one.told.at(-1)?.ko).toMatch(/준비 봉 2개가 찰 때까지.*005930 1/)
  })

  it('that goes wrong is off, with a word, and hears nothing more', async () => {
    const one = stand({
      start: '08:59',
      think: () => {
        throw new StrategyTrouble({ ko: '던졌습니다', en: 'it threw' })
      },
    })
    await one.to('09:00')
    one.trade(100)
    await one.to('09:02:02')
    expect(one.told.at(-1)).toMatchObject({ level: 'urgent', en: expect.stringMatching(/is off: it threw/) })
    expect(one.isClosed()).toBe(true)
    one.trade(100)
    await one.to('09:04')
    expect(one.bars()).toHaveLength(1)
  })

  it('waits for basic information that takes minutes, and says once what cannot be had', async () => {
    const chart = () => [pastBar('15:19', 100, tradingDay('2026-11-19'))]
    const one = stand({ start: '08:50', isKnown: false, chart })
    await one.to('08:53')
    expect(one.told).toEqual([])
    for (let i = 0; i < 2; i++)
      one.strategy.hear({
        kind: 'descriptionFailed',
        instrument: A,
        code: 'x',
        text: 'gone',
        at: at('08:53'),
        receivedAt: at('08:53'),
      })
    expect(one.told).toMatchObject([
      { level: 'urgent', en: expect.stringMatching(/has not begun: no basic information on 005930/) },
    ])
    one.strategy.hear(description(A, at('08:53')))
    await one.to('08:54')
    expect(one.bars()).toHaveLength(1)
  })
})
