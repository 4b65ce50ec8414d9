import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { InstrumentId } from '../../src/model/ids.ts'
import type { MarketEvent, Quote, ScreenHit, Trade } from '../../src/model/market-event.ts'
import type { Want, WantPriority } from '../../src/ports/market-feed.ts'
import type { FeedStand } from './feed-stand.ts'
import { createRecorder, eventually, pause, type Recorder } from './recorder.ts'

type EventOf<K extends MarketEvent['kind']> = Extract<MarketEvent, { kind: K }>

const isKind =
  <K extends MarketEvent['kind']>(kind: K) =>
  (event: MarketEvent): event is EventOf<K> =>
    event.kind === kind
const isPrice = (event: MarketEvent): event is Trade | Quote =>
  event.kind === 'trade' || event.kind === 'quote'
/** A polled quote tells the last price along with it. */
const isStreamed = (event: MarketEvent): event is Trade | Quote =>
  isPrice(event) && !(event.kind === 'quote' && event.last !== undefined)

/** So many wants fit nowhere; so many of them matter most. */
const MANY = 110
const POSITIONS = 6

/**
 * What every `MarketFeed` promises, whoever stands behind it. One feed lives through the whole suite, from before the
 * opening on; the tests run in order.
 */
export function feedContract(party: string, open: () => Promise<FeedStand>): void {
  describe(`market data of ${party}`, () => {
    let stand: FeedStand
    let recorder: Recorder<MarketEvent>

    beforeAll(async () => {
      stand = await open()
      recorder = createRecorder<MarketEvent>()
      expect(await stand.feed.start(recorder.sink)).toEqual({ ok: true, value: undefined })
    })
    afterAll(async () => {
      await stand?.feed.stop()
      await stand?.close()
    })

    const ids = (from: number, to: number) => stand.names.slice(from, to).map(({ listing }) => listing.id)
    const want = (instruments: readonly InstrumentId[], priority: WantPriority = 'watch'): Want[] =>
      instruments.map((instrument) => ({ instrument, priority }))
    const now = () => recorder.heard.length
    const until = <K extends MarketEvent['kind']>(
      what: string,
      kind: K,
      fits: (event: EventOf<K>) => boolean = () => true,
      from = 0,
    ): Promise<EventOf<K>> =>
      recorder.until(what, (event): event is EventOf<K> => isKind(kind)(event) && fits(event), { from })
    const since = (from: number) => recorder.heard.slice(from)
    const pricedSince = (from: number) =>
      new Set(since(from).flatMap((event) => (isPrice(event) ? [event.instrument] : [])))
    const allOf = (what: string, wanted: readonly InstrumentId[], seen: () => ReadonlySet<string>) =>
      eventually(`${what}; missing so far`, () => (wanted.every((id) => seen().has(id)) ? true : undefined), {
        seen: () => wanted.filter((id) => !seen().has(id)),
      })

    it('tells that it is live', async () => {
      await until('live', 'feed', ({ state }) => state === 'live')
      expect(stand.feed.health()).toMatchObject({ state: 'live' })
    })

    it('lists the conditions', async () => {
      expect(await stand.feed.conditions()).toEqual({ ok: true, value: stand.conditions })
    })

    it('describes an instrument as it is listed', async () => {
      for (const { listing, basePrice, band } of [stand.names[0], stand.names[7]].filter((it) => !!it)) {
        const from = now()
        stand.feed.describe(listing.id)
        const told = await until('a description', 'description', (it) => it.instrument === listing.id, from)
        expect(told).toMatchObject({ basePrice, halted: false, ...(band ? { band } : {}) })
        expect(told.listing).toMatchObject({
          id: listing.id,
          name: listing.name,
          market: listing.market,
          class: listing.class,
        })
      }
    })

    it('says so when it cannot describe one', async () => {
      const from = now()
      stand.feed.describe(stand.unknown)
      const failed = await until('descriptionFailed', 'descriptionFailed', () => true, from)
      expect(failed.instrument).toBe(stand.unknown)
      expect(failed.code).not.toBe('')
    })

    it('tells of the opening', async () => {
      await until('continuous trading', 'session', ({ phase }) => phase === 'continuous')
      const phases = recorder.heard.flatMap((event) => (event.kind === 'session' ? [event.phase] : []))
      // The party may count down; only a change is news.
      expect(phases.filter((phase, index) => phase === phases[index - 1])).toEqual([])
    })

    it('tells both indices', async () => {
      for (const index of ['KOSPI', 'KOSDAQ'] as const) {
        const tick = await until(index, 'index', (event) => event.index === index)
        expect(Number.isSafeInteger(tick.value) && tick.value > 0).toBe(true)
      }
    })

    it('gives trades and quotes of what is wanted, and of nothing else', async () => {
      const from = now()
      const wanted = ids(0, 5)
      stand.feed.want(want(wanted))
      for (const id of wanted) {
        const trade = await until(`a trade of ${id}`, 'trade', (event) => event.instrument === id, from)
        const quote = await until(`a quote of ${id}`, 'quote', (event) => event.instrument === id, from)
        const { band } = stand.names.find(({ listing }) => listing.id === id) ?? {}
        expect(trade.price).toBeGreaterThanOrEqual(band?.lower ?? 1)
        expect(trade.price).toBeLessThanOrEqual(band?.upper ?? Number.POSITIVE_INFINITY)
        expect(trade.quantity).toBeGreaterThan(0)
        expect(trade.dayVolume).toBeGreaterThanOrEqual(trade.quantity)
        expect(quote.bid === 0 || quote.ask === 0 || quote.bid <= quote.ask || quote.expectedPrice > 0).toBe(
          true,
        )
      }
      expect([...pricedSince(0)].filter((id) => !wanted.includes(id as InstrumentId))).toEqual([])
    })

    it('counts the day’s volume along with the trades', () => {
      const volumes = new Map<InstrumentId, number>()
      for (const event of recorder.heard) {
        if (event.kind !== 'trade') continue
        const before = volumes.get(event.instrument)
        if (before !== undefined) expect(event.dayVolume).toBe(before + event.quantity)
        volumes.set(event.instrument, event.dayVolume)
      }
      expect(volumes.size).toBe(5)
    })

    it('stops giving what is wanted no more', async () => {
      stand.feed.want(want(ids(1, 2)))
      await eventually('one registration', () => (stand.feed.health().registered === 1 ? true : undefined))
      await pause(200)
      const from = now()
      await until('a price of what is still wanted', 'trade', () => true, from)
      await pause(500)
      expect([...pricedSince(from)]).toEqual(ids(1, 2))
    })

    it('tells who is in a condition already, then who enters and who leaves', async () => {
      const from = now()
      stand.feed.follow(stand.conditions.slice(0, 10).map(({ id }) => id))
      const first = await until('a hit from the beginning', 'screen', ({ initial }) => initial, from)
      expect(first.change).toBe('enter')
      await until('an entry', 'screen', (hit) => hit.change === 'enter' && !hit.initial, from)
      await until('a leave', 'screen', ({ change }) => change === 'leave', from)
    })

    it('tells of volatility interruptions, on and off', async () => {
      const on = await until('a VI', 'vi', ({ state }) => state === 'on')
      const off = await until(
        'its end',
        'vi',
        (event) => event.state === 'off' && event.instrument === on.instrument,
        recorder.heard.indexOf(on),
      )
      expect(off.at).toBeGreaterThan(on.at)
      expect(on.price).toBeGreaterThan(0)
    })

    describe('with more wants than slots', () => {
      /** Those that will matter come last, so that they are without a slot; one of the others still has its own. */
      const positions = () => ids(2, 2 + POSITIONS)
      const others = () => [...ids(0, 2), ...ids(2 + POSITIONS, MANY)]

      it('prices every one of them, the rest by polling', async () => {
        stand.feed.want(want([...others(), ...positions()]))
        // How many slots there are may only show when the party refuses one more.
        const { slots, registered, polled } = await eventually(
          'full slots',
          () => {
            const health = stand.feed.health()
            return health.registered === health.slots ? health : undefined
          },
          { seen: () => [JSON.stringify(stand.feed.health())] },
        )
        expect(slots).toBeLessThan(MANY - POSITIONS)
        expect(registered + polled).toBe(MANY)
        const from = now()
        await allOf('every want without a slot', [...others(), ...positions()].slice(slots), () =>
          pricedSince(from),
        )
        const streamed = new Set(since(from).flatMap((e) => (isStreamed(e) ? [e.instrument] : [])))
        expect(positions().filter((id) => streamed.has(id))).toEqual([])
      })

      it('gives positions the slots of what matters less, and does not take them back', async () => {
        const streamedSince = (from: number) =>
          new Set(since(from).flatMap((event) => (isStreamed(event) ? [event.instrument] : [])))
        let from = now()
        stand.feed.want([...want(others()), ...want(positions(), 'position')])
        await allOf('every position streams', positions(), () => streamedSince(from))
        from = now()
        stand.feed.want([...want(others(), 'candidate'), ...want(positions(), 'position')])
        await pause(300)
        from = now()
        await allOf('every position still streams', positions(), () => streamedSince(from))
        expect(stand.feed.health().registered).toBeLessThanOrEqual(stand.feed.health().slots)
      })

      it('tells when the line is gone, prices positions meanwhile, and comes back by itself', async () => {
        const from = now()
        await stand.dropLines()
        const down = await until('down', 'feed', ({ state }) => state === 'down', from)
        const lost = recorder.heard.indexOf(down)
        expect(stand.feed.health().state).not.toBe('live')
        const live = await until('live again', 'feed', ({ state }) => state === 'live', lost)
        const back = recorder.heard.indexOf(live)
        const polled = recorder.heard.slice(lost, back).flatMap((e) => (isPrice(e) ? [e.instrument] : []))
        expect(positions().filter((id) => !polled.includes(id))).toEqual([])
        await until('a trade', 'trade', () => true, back)
        await until('a hit', 'screen', () => true, back)
      })
    })

    describe('looking back', () => {
      it('everything came in the order in which it was received', () => {
        const times = recorder.heard.map(({ receivedAt }) => receivedAt)
        expect(times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0))).toBe(true)
        expect(times.length).toBeGreaterThan(1_000)
      })

      it('nobody entered a condition twice without leaving it, or left it without being there', () => {
        const inside = new Set<string>()
        const wrong: ScreenHit[] = []
        for (const event of recorder.heard) {
          if (event.kind !== 'screen') continue
          const key = `${event.condition} ${event.instrument}`
          if (inside.has(key) === (event.change === 'enter')) wrong.push(event)
          if (event.change === 'enter') inside.add(key)
          else inside.delete(key)
        }
        expect(wrong).toEqual([])
      })

      it('after a stop nothing comes any more', async () => {
        await stand.feed.stop()
        const from = now()
        await pause(300)
        expect(since(from)).toEqual([])
      })
    })
  })
}
