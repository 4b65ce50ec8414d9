import { describe, expect, it } from 'vitest'
import { type InstrumentId, instrumentId } from '../model/ids.ts'
import type { Book, MarketEvent } from '../model/market-event.ts'
import { price, quantity } from '../model/money.ts'
import type { MarketFeed, Want } from '../ports/market-feed.ts'
import type { Clock } from '../std/clock.ts'
import { ok } from '../std/result.ts'
import { followTicks, MOST_FOLLOWED, type Tick } from './following.ts'

const ids = Array.from({ length: 6 }, (_, i) => instrumentId(`00000${i}`))
const [a, b] = ids as [InstrumentId, InstrumentId]

const trade = (instrument: InstrumentId, dayVolume: number): MarketEvent => ({
  kind: 'trade',
  instrument,
  venue: 'KRX',
  at: 1,
  receivedAt: 1,
  price: price(71_500),
  quantity: quantity(1),
  bid: price(0),
  ask: price(0),
  dayVolume: quantity(dayVolume),
})

/** A feed that tells what the test lets it tell, and time that passes when the test says so. */
async function bench() {
  const wanted: (readonly Want[])[] = []
  const described: InstrumentId[] = []
  const engine: MarketEvent[] = []
  let waiting: (() => void)[] = []
  let sink: (event: MarketEvent) => void = () => undefined
  let sayBook: (book: Book) => void = () => undefined
  const feed: MarketFeed = {
    start: async (receive) => {
      sink = receive
      return ok(undefined)
    },
    stop: async () => undefined,
    onBook: (hear) => {
      sayBook = hear
      return () => undefined
    },
    want: (wants) => void wanted.push(wants),
    conditions: async () => ok([]),
    follow: () => undefined,
    describe: (instrument) => void described.push(instrument),
    health: () => {
      throw new Error('nobody asks')
    },
  }
  const wall: Clock = {
    now: () => 0,
    after: (_, run) => {
      waiting.push(run)
      return () => undefined
    },
  }
  const following = followTicks(feed, wall)
  const told: [InstrumentId, readonly Tick[]][] = []
  await following.feed.start((event) => void engine.push(event))
  return {
    following,
    wanted,
    described,
    engine,
    told,
    listen: () => following.onTicks((instrument, ticks) => void told.push([instrument, ticks])),
    say: (event: MarketEvent) => sink(event),
    sayBook: (book: Book) => sayBook(book),
    pass: () => {
      const due = waiting
      waiting = []
      for (const run of due) run()
      return due.length
    },
  }
}

describe('following instruments', () => {
  it('leaves the wants of the engine as they are while nobody follows', async () => {
    const { following, wanted } = await bench()
    const wants: readonly Want[] = [{ instrument: a, priority: 'position' }]
    following.feed.want(wants)
    expect(wanted).toEqual([wants])
  })

  it('adds them to what the engine wants, last of all and at most four', async () => {
    const { following, wanted } = await bench()
    following.feed.want([{ instrument: a, priority: 'position' }])
    following.follow(ids)
    expect(wanted.at(-1)?.map(({ instrument, priority }) => `${instrument} ${priority}`)).toEqual([
      `${a} position`,
      ...ids.slice(1, MOST_FOLLOWED).map((id) => `${id} watch`),
    ])
    following.feed.want([{ instrument: b, priority: 'order' }])
    expect(wanted.at(-1)).toHaveLength(MOST_FOLLOWED)
    following.follow([])
    expect(wanted.at(-1)).toEqual([{ instrument: b, priority: 'order' }])
  })

  it('wants their whole books, and tells the newest of each batch', async () => {
    const { following, wanted, sayBook, pass, told, listen, engine } = await bench()
    listen()
    following.feed.want([
      { instrument: a, priority: 'position' },
      { instrument: b, priority: 'order' },
    ])
    following.follow([a])
    expect(wanted.at(-1)).toEqual([
      { instrument: a, priority: 'position', wholeBook: true },
      { instrument: b, priority: 'order' },
    ])
    for (const at of [1, 2])
      sayBook({ kind: 'book', instrument: a, venue: 'KRX', at, receivedAt: at, asks: [], bids: [] })
    sayBook({ kind: 'book', instrument: b, venue: 'KRX', at: 3, receivedAt: 3, asks: [], bids: [] })
    pass()
    expect(told.map(([instrument, ticks]) => [instrument, ticks.map(({ at }) => at)])).toEqual([[a, [2]]])
    expect(engine).toEqual([])
  })

  it('asks for the basic information of each once', async () => {
    const { following, described } = await bench()
    following.follow([a])
    following.follow([a, b])
    following.follow([b])
    following.follow([a])
    expect(described).toEqual([a, b])
  })

  it('tells the ticks of what is followed in batches, after the engine has heard them', async () => {
    const { following, say, pass, told, listen, engine } = await bench()
    listen()
    following.follow([a])
    say(trade(a, 1))
    say(trade(b, 1))
    say(trade(a, 2))
    expect(engine).toHaveLength(3)
    expect(told).toEqual([])
    expect(pass()).toBe(1)
    expect(told.map(([instrument, ticks]) => [instrument, ticks.length])).toEqual([[a, 2]])
    expect(pass()).toBe(0)
  })

  it('keeps the newest ticks when there are too many for a batch', async () => {
    const { following, say, pass, told, listen } = await bench()
    listen()
    following.follow([a])
    for (let i = 1; i <= 1_000; i++) say(trade(a, i))
    pass()
    expect(told[0]?.[1].length).toBeLessThanOrEqual(200)
    expect(told[0]?.[1].at(-1)).toMatchObject({ dayVolume: 1_000 })
  })

  it('keeps no event of the feed, which may be used again', async () => {
    const { following, say, pass, told, listen } = await bench()
    listen()
    following.follow([a])
    const event = trade(a, 1)
    say(event)
    Object.assign(event, { price: price(1) })
    pass()
    expect(told[0]?.[1]).toMatchObject([{ price: 71_500 }])
  })

  it('collects nothing while nobody listens', async () => {
    const { following, say, pass } = await bench()
    following.follow([a])
    say(trade(a, 1))
    expect(pass()).toBe(0)
  })
})
