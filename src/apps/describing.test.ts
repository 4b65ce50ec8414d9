import { describe, expect, it } from 'vitest'
import { type InstrumentId, instrumentId } from '../model/ids.ts'
import type { InstrumentFacts } from '../model/instrument-view.ts'
import { type MarketEvent, NO_SUCH_INSTRUMENT } from '../model/market-event.ts'
import { price } from '../model/money.ts'
import type { MarketFeed } from '../ports/market-feed.ts'
import { ok } from '../std/result.ts'
import { createVirtualClock } from '../std/virtual-clock.ts'
import { describing } from './describing.ts'

const SAMSUNG = instrumentId('005930')
const OTHER = instrumentId('000660')

const facts = (id: InstrumentId, name: string): InstrumentFacts => ({
  listing: { id, name, market: 'KOSPI', class: 'stock', viGroup: 'wide' },
  basePrice: price(71_000),
  band: { upper: price(92_300), lower: price(49_700) },
})

const description = (instrument: InstrumentId): MarketEvent => ({
  kind: 'description',
  at: 1,
  receivedAt: 1,
  instrument,
  listing: facts(instrument, 'told').listing,
  basePrice: price(71_000),
  band: { upper: price(92_300), lower: price(49_700) },
  last: price(71_500),
  designations: [],
  halted: false,
  marginRate: { numerator: 1, denominator: 1 },
})

/** A feed that tells what the test lets it tell, beside an engine that knows one instrument. */
async function bench() {
  const wall = createVirtualClock(0)
  const asked: InstrumentId[] = []
  const engine: MarketEvent[] = []
  let say: (event: MarketEvent) => void = () => undefined
  const feed: MarketFeed = {
    start: async (sink) => {
      say = sink
      return ok(undefined)
    },
    stop: async () => undefined,
    want: () => undefined,
    conditions: async () => ok([]),
    follow: () => undefined,
    describe: (instrument) => void asked.push(instrument),
    health: () => {
      throw new Error('nobody asks')
    },
  }
  const known = (id: InstrumentId) => (id === OTHER ? facts(OTHER, 'known') : undefined)
  const described = describing(feed, wall, known)
  await described.feed.start((event) => void engine.push(event))
  return { wall, asked, engine, described, say: (event: MarketEvent) => say(event) }
}

describe('asking what an instrument is', () => {
  it('is answered by the engine, and costs the broker no question, where it knows', async () => {
    const { described, asked } = await bench()
    expect(await described.facts(OTHER)).toEqual({ ok: true, value: facts(OTHER, 'known') })
    expect(asked).toEqual([])
  })

  it('waits for the description of that one, which the engine hears first', async () => {
    const { described, asked, engine, say } = await bench()
    const answers = Promise.all([described.facts(SAMSUNG), described.facts(SAMSUNG)])
    expect(new Set(asked)).toEqual(new Set([SAMSUNG]))
    say(description(OTHER))
    say(description(SAMSUNG))
    expect(engine).toHaveLength(2)
    const told = { ok: true, value: facts(SAMSUNG, 'told') }
    expect(await answers).toEqual([told, told])
  })

  it('says with its code that the broker did not tell', async () => {
    const { described, say } = await bench()
    const answer = described.facts(SAMSUNG)
    say({
      kind: 'descriptionFailed',
      at: 1,
      receivedAt: 1,
      instrument: SAMSUNG,
      code: 'http503',
      text: 'raw words',
    })
    const told = await answer
    expect(told).toMatchObject({ ok: false, error: { en: expect.stringMatching(/http503/) } })
    expect(JSON.stringify(told)).not.toContain('raw words')
  })

  it('says that there is no such instrument as something else than a failure', async () => {
    const { described, say } = await bench()
    const answer = described.facts(SAMSUNG)
    say({
      kind: 'descriptionFailed',
      at: 1,
      receivedAt: 1,
      instrument: SAMSUNG,
      code: NO_SUCH_INSTRUMENT,
      text: 'raw words',
    })
    expect(await answer).toEqual({ ok: true, value: undefined })
  })

  it('does not wait for ever', async () => {
    const { described, wall } = await bench()
    const answer = described.facts(SAMSUNG)
    wall.advance(60_000)
    expect(await answer).toMatchObject({ ok: false, error: { en: expect.stringMatching(/timeout/) } })
  })
})
