import { describe, expect, it } from 'vitest'
import { instrumentId } from '../../model/ids.ts'
import type { Description, MarketEvent, Quote, Trade } from '../../model/market-event.ts'
import { price, quantity } from '../../model/money.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import { createMarketView } from './view.ts'

const DAY = tradingDay('2026-11-20')
const at = (time: string) => kstInstant(DAY, timeOfDay(time))
const NINE = at('09:00')
const ID = instrumentId('005930')
const OTHER = instrumentId('000660')

/** Stands in for the indicator: the mean height of the last `period` bars, one bar late. */
const createAtr = (period: number) => {
  const heights: number[] = []
  const value = () =>
    heights.length > period ? heights.slice(-period).reduce((a, b) => a + b, 0) / period : undefined
  return {
    push: (bar: { high: number; low: number }) => {
      heights.push(bar.high - bar.low)
      return value()
    },
    get value() {
      return value()
    },
  }
}

const createView = () => createMarketView({ day: DAY, venue: 'KRX', createAtr })

const description = (change: Partial<Description> = {}): Description => ({
  kind: 'description',
  at: NINE,
  receivedAt: NINE,
  instrument: ID,
  listing: { id: ID, name: '삼성전자', market: 'KOSPI', class: 'stock', viGroup: 'narrow' },
  basePrice: price(71_500),
  last: price(71_500),
  band: { upper: price(92_900), lower: price(50_100) },
  designations: [],
  halted: false,
  marginRate: { numerator: 1, denominator: 1 },
  ...change,
})

const trade = (change: Partial<Trade> = {}): Trade => ({
  kind: 'trade',
  at: NINE + 1_000,
  receivedAt: NINE + 1_100,
  instrument: ID,
  venue: 'KRX',
  price: price(71_600),
  quantity: quantity(10),
  bid: price(71_500),
  ask: price(71_600),
  dayVolume: quantity(10),
  ...change,
})

const quote = (change: Partial<Quote> = {}): Quote => ({
  kind: 'quote',
  at: NINE + 1_000,
  receivedAt: NINE + 1_100,
  instrument: ID,
  venue: 'KRX',
  bid: price(71_500),
  bidQuantity: quantity(3),
  ask: price(71_600),
  askQuantity: quantity(4),
  expectedPrice: price(0),
  expectedQuantity: quantity(0),
  ...change,
})

const session = (phase: 'openingCall' | 'continuous' | 'closingCall'): MarketEvent => ({
  kind: 'session',
  at: NINE,
  receivedAt: NINE,
  venue: 'KRX',
  phase,
})

const vi = (state: 'on' | 'off'): MarketEvent => ({
  kind: 'vi',
  at: NINE,
  receivedAt: NINE,
  instrument: ID,
  state,
  cause: 'dynamic',
  price: price(73_700),
})

const feed = (state: 'live' | 'down'): MarketEvent => ({
  kind: 'feed',
  at: NINE,
  receivedAt: NINE,
  state,
  detail: '',
})

const described = (...events: readonly MarketEvent[]) => {
  const view = createView()
  for (const event of [session('continuous'), description(), ...events]) view.on(event)
  return view
}

describe('what a market looks like', () => {
  it('knows an instrument from its description on', () => {
    const view = createView()
    expect(view.of(ID)).toBeUndefined()
    view.on(description({ designations: ['warning'], halted: true }))
    expect(view.of(ID)).toMatchObject({
      listing: { name: '삼성전자' },
      day: DAY,
      basePrice: 71_500,
      last: 71_500,
      bid: 0,
      ask: 0,
      band: { upper: 92_900, lower: 50_100 },
      designations: ['warning'],
      halted: true,
      pricedAt: NINE,
      inVi: false,
    })
  })

  it('takes price and quotes of a print, and when it was heard', () => {
    const view = described(trade())
    expect(view.of(ID)).toMatchObject({ last: 71_600, bid: 71_500, ask: 71_600, pricedAt: NINE + 1_100 })
  })

  it('takes quotes, and their last price where the source tells one', () => {
    const view = described(trade(), quote({ bid: price(71_400), ask: price(0) }))
    expect(view.of(ID)).toMatchObject({ last: 71_600, bid: 71_400, ask: 0 })
    view.on(quote({ last: price(71_700) }))
    expect(view.of(ID)).toMatchObject({ last: 71_700, bid: 71_500, ask: 71_600 })
  })

  it('does not let a slow description overwrite a newer price', () => {
    const view = described(trade())
    view.on(description({ last: price(70_000), designations: ['caution'] }))
    expect(view.of(ID)).toMatchObject({ last: 71_600, designations: ['caution'], pricedAt: NINE + 1_100 })
  })

  it.each([
    ['keeps quotes heard just before a description', 5_000, 71_500, 71_600],
    ['drops old quotes when a description tells a new price', 3_600_000, 0, 0],
  ])('%s', (_, laterMs, bid, ask) => {
    const view = described(quote())
    const then = NINE + 1_100 + laterMs
    view.on(description({ at: then, receivedAt: then, last: price(75_000) }))
    expect(view.of(ID)).toMatchObject({ last: 75_000, bid, ask, pricedAt: then })
  })

  it.each([
    ['asked for before the print', NINE + 1_050, 71_600, 71_500],
    ['asked for after it', NINE + 1_200, 70_000, 69_900],
  ])('an answer %s counts as what it is, however late it comes', (_, askedAt, last, bid) => {
    const late = { at: NINE + 9_000, receivedAt: NINE + 9_000, askedAt, last: price(70_000) }
    const polled = described(trade())
    polled.on(quote({ ...late, bid: price(69_900), ask: price(70_000) }))
    expect(polled.of(ID)).toMatchObject({ last, bid, pricedAt: NINE + 9_000 })
    const slow = described(trade())
    slow.on(description(late))
    expect(slow.of(ID)).toMatchObject({ last })
  })

  it('takes the last price of an answer when only quotes were heard after it was asked for', () => {
    const view = described(
      trade(),
      quote({ receivedAt: NINE + 5_000, bid: price(71_700), ask: price(71_800) }),
    )
    const at = NINE + 6_000
    view.on(quote({ at, receivedAt: at, askedAt: NINE + 4_000, last: price(71_700) }))
    expect(view.of(ID)).toMatchObject({ last: 71_700, bid: 71_700, ask: 71_800 })
  })

  it('believes the prints of a venue whose clock is behind ours, also right after an answer', () => {
    const view = described(trade())
    const asked = NINE + 10_000
    const answer = { at: asked, receivedAt: asked, askedAt: asked - 10 }
    view.on(quote({ ...answer, last: price(71_500) }))
    view.on(trade({ at: NINE + 6_000, receivedAt: asked + 10, price: price(71_000) }))
    expect(view.of(ID)?.last).toBe(71_000)
    expect(view.refused).toEqual({})
  })

  it('keeps a volatility interruption, also from before the description', () => {
    const view = createView()
    view.on(vi('on'))
    view.on(description())
    expect(view.of(ID)?.inVi).toBe(true)
    view.on(vi('off'))
    expect(view.of(ID)?.inVi).toBe(false)
  })

  it('forgets how fresh prices are while the feed is down', () => {
    const view = described(feed('live'), trade())
    expect(view.feedUp).toBe(true)
    view.on(feed('down'))
    expect(view.feedUp).toBe(false)
    expect(view.of(ID)).toMatchObject({ last: 71_600, pricedAt: 0 })
    view.on(feed('live'))
    expect(view.of(ID)?.pricedAt).toBe(0)
    view.on(trade({ at: NINE + 9_000, receivedAt: NINE + 9_000 }))
    expect(view.of(ID)?.pricedAt).toBe(NINE + 9_000)
  })

  it('lists the indexes, KOSPI first', () => {
    const view = createView()
    for (const [index, value, change] of [
      ['KOSDAQ', 91_234, -120],
      ['KOSPI', 312_055, 1_203],
      ['KOSDAQ', 91_300, -54],
    ] as const)
      view.on({ kind: 'index', at: NINE, receivedAt: NINE, index, value, change })
    expect(view.indexes).toEqual([
      { name: 'KOSPI', value: 312_055, change: 1_203 },
      { name: 'KOSDAQ', value: 91_300, change: -54 },
    ])
  })
})

describe('stale and impossible ticks', () => {
  const rows: readonly (readonly [string, MarketEvent, object])[] = [
    ['a price of 0', trade({ price: price(0) }), { why: 'noPrice' }],
    ['a print of no shares', trade({ quantity: quantity(0) }), { why: 'noPrice' }],
    [
      'a print above the upper limit',
      trade({ price: price(93_000) }),
      { why: 'outsideBand', price: 93_000, lower: 50_100, upper: 92_900 },
    ],
    ['a print below the lower limit', trade({ price: price(50_000) }), { why: 'outsideBand', price: 50_000 }],
    ['a bid above the upper limit', quote({ bid: price(93_000), ask: price(0) }), { why: 'outsideBand' }],
    ['an offer below the lower limit', quote({ bid: price(0), ask: price(50_000) }), { why: 'outsideBand' }],
    ['a polled price outside the band', quote({ last: price(50_000) }), { why: 'outsideBand' }],
    ['crossed quotes', quote({ bid: price(71_700) }), { why: 'crossed', bid: 71_700, ask: 71_600 }],
    ['locked quotes', quote({ bid: price(71_600) }), { why: 'crossed', bid: 71_600, ask: 71_600 }],
    [
      'a print 3.001 s older than the newest tick',
      trade({ at: NINE + 1_000 - 3_001 }),
      { why: 'backwards', behindMs: 3_001 },
    ],
    [
      'quotes 3.001 s older than the newest tick',
      quote({ at: NINE + 1_000 - 3_001 }),
      { why: 'backwards', behindMs: 3_001 },
    ],
    [
      'a print heard more than three minutes late',
      trade({ at: NINE + 60_000, receivedAt: NINE + 240_001 }),
      { why: 'late', lateMs: 180_001 },
    ],
    [
      'a tick from more than a minute ahead',
      trade({ at: NINE + 120_001, receivedAt: NINE + 60_000 }),
      { why: 'ahead', aheadMs: 60_001 },
    ],
    [
      'an instrument not described',
      trade({ instrument: OTHER }),
      { why: 'unknownInstrument', instrument: OTHER },
    ],
    ['quotes of an unknown instrument', quote({ instrument: OTHER }), { why: 'unknownInstrument' }],
  ]

  it('keeps each venue’s market apart and shows the one it is told to watch', () => {
    const view = described(trade())
    view.on(trade({ venue: 'NXT', price: price(70_000), at: NINE - 60_000 }))
    view.on(
      trade({
        venue: 'SOR',
        price: price(70_100),
        bid: price(70_200),
        ask: price(70_100),
        receivedAt: NINE + 1_200,
      }),
    )
    expect(view.of(ID)).toMatchObject({ board: 'KRX', last: 71_600 })
    expect(view.of(ID)?.boards).toMatchObject({ KRX: { last: 71_600 }, NXT: { last: 70_000 } })
    expect(view.watch(ID, 'SOR')).toBe(true)
    // Two books laid together may stand crossed.
    expect(view.of(ID)).toMatchObject({ board: 'SOR', last: 70_100, bid: 70_200, ask: 70_100 })
    view.on(trade({ price: price(72_000), receivedAt: NINE + 1_300 }))
    expect(view.of(ID)).toMatchObject({ last: 70_100 })
    expect(view.watch(ID, 'SOR')).toBe(false)
    const again = createView()
    again.restore(JSON.parse(JSON.stringify(view.snapshot())))
    expect(again.snapshot()).toEqual(view.snapshot())
    again.watch(ID, 'KRX')
    expect(again.of(ID)).toMatchObject({ board: 'KRX', last: 72_000 })
  })

  it.each(rows)('refuses %s, counts it and changes nothing', (_, event, fault) => {
    const view = described(trade())
    const before = JSON.stringify({ ...(view.snapshot() as object), refused: {} })
    const said = view.on(event)
    expect(said).toMatchObject(fault)
    expect(view.refused).toEqual({ [said?.why as string]: 1 })
    expect(JSON.stringify({ ...(view.snapshot() as object), refused: {} })).toBe(before)
  })

  const believed: readonly (readonly [string, MarketEvent])[] = [
    ['a half-tick print of a mid-price order', trade({ price: price(71_550) })],
    ['a print at the upper limit', trade({ price: price(92_900), bid: price(92_900), ask: price(0) })],
    ['a print at the lower limit', trade({ price: price(50_100), bid: price(0), ask: price(50_100) })],
    ['a print 3 s older than the newest tick', trade({ at: NINE - 2_000 })],
    ['quotes that did not change for an hour', quote({ receivedAt: NINE + 3_600_000 })],
    ['an empty book', quote({ bid: price(0), ask: price(0) })],
    ['crossed quotes with an expected price', quote({ bid: price(71_700), expectedPrice: price(71_600) })],
  ]

  it.each(believed)('believes %s', (_, event) => {
    const view = described(trade())
    expect(view.on(event)).toBeUndefined()
    expect(view.refused).toEqual({})
  })

  it('believes any price where there is no band', () => {
    const view = createView()
    const { band: _, ...unbounded } = description()
    view.on(unbounded)
    expect(view.on(trade({ price: price(1) }))).toBeUndefined()
    expect(view.of(ID)?.last).toBe(1)
  })

  it('lets quotes cross while orders are only collected', () => {
    const crossed = quote({ bid: price(71_700) })
    for (const phase of ['openingCall', 'closingCall'] as const) {
      const view = described(session(phase))
      expect(view.on(crossed)).toBeUndefined()
      expect(view.of(ID)?.bid).toBe(71_700)
    }
    expect(described(vi('on')).on(crossed)).toBeUndefined()
  })

  it('keeps a true print and drops the crossed quotes sent along with it', () => {
    const view = described(quote())
    expect(view.on(trade({ price: price(71_700), bid: price(71_800), ask: price(71_700) }))).toBeUndefined()
    expect(view.of(ID)).toMatchObject({ last: 71_700, bid: 71_500, ask: 71_600 })
  })

  it('does not take a refused time for the newest', () => {
    const view = described()
    view.on(trade({ at: NINE + 3_600_000 }))
    expect(view.on(trade({ price: price(71_800) }))).toBeUndefined()
    expect(view.of(ID)?.last).toBe(71_800)
  })
})

describe('average true range of one-minute bars', () => {
  const prints = (minutes: number) =>
    Array.from({ length: minutes }, (_, minute) =>
      [0, 100 * (minute + 1)].map((up, second) =>
        trade({
          at: NINE + minute * 60_000 + second * 1_000,
          receivedAt: NINE + minute * 60_000 + second * 1_000,
          price: price(71_000 + up),
        }),
      ),
    ).flat()

  it('is unknown until enough bars have closed, and moves on with them', () => {
    const view = described(...prints(3))
    expect(view.atr(ID, 2)).toBeUndefined()
    expect(view.atr(OTHER, 2)).toBeUndefined()
    for (const print of prints(5).slice(6)) view.on(print)
    expect(view.bars(ID)).toHaveLength(4)
    expect(view.atr(ID, 2)).toBe(350)
  })

  it('is the same whether it was asked for early or late', () => {
    const early = described()
    early.atr(ID, 2)
    const late = described()
    for (const print of prints(8)) {
      early.on(print)
      late.on(print)
    }
    expect(late.atr(ID, 2)).toBe(650)
    expect(early.atr(ID, 2)).toBe(650)
  })
})

describe('a snapshot of the market', () => {
  it('is plain JSON and goes on as if nothing had happened', () => {
    const early: MarketEvent[] = [
      feed('live'),
      vi('on'),
      { kind: 'index', at: NINE, receivedAt: NINE, index: 'KOSPI', value: 312_055, change: 10 },
      trade(),
      trade({ at: NINE + 61_000, receivedAt: NINE + 61_000 }),
      trade({ price: price(0) }),
    ]
    const late: MarketEvent[] = [
      trade({ at: NINE + 90_000, receivedAt: NINE + 90_000, price: price(71_900) }),
      trade({ at: NINE + 121_000, receivedAt: NINE + 121_000 }),
      trade({ at: NINE + 190_000, receivedAt: NINE + 190_000 }),
      trade({ at: NINE + 100_000, receivedAt: NINE + 190_000 }),
      vi('off'),
    ]
    const first = described(...early)
    const second = createView()
    second.restore(JSON.parse(JSON.stringify(first.snapshot())))
    expect(second.of(ID)).toEqual(first.of(ID))
    const answers = [first, second].map((view) => late.map((event) => view.on(event)))
    expect(answers[1]).toEqual(answers[0])
    expect(JSON.stringify(second.snapshot())).toBe(JSON.stringify(first.snapshot()))
    expect(second.atr(ID, 1)).toBe(first.atr(ID, 1))
    expect(second.feedUp).toBe(true)
    expect(second.refused).toEqual({ noPrice: 1, backwards: 1 })
  })

  it('restores an instrument without a band', () => {
    const first = createView()
    const { band: _, ...unbounded } = description()
    first.on(unbounded)
    const second = createView()
    second.restore(JSON.parse(JSON.stringify(first.snapshot())))
    expect(second.of(ID)).toEqual(first.of(ID))
    expect(second.of(ID)?.band).toBeUndefined()
  })
})
