import { beforeEach, describe, expect, it } from 'vitest'
import { createEndpoint } from '../../src/adapters/bus/endpoint.ts'
import { createHub, type Hub } from '../../src/adapters/bus/hub.ts'
import { createChannelPair } from '../../src/adapters/bus/in-process.ts'
import type { KiwoomHttp } from '../../src/adapters/kiwoom/http.ts'
import { createLimiter, LIMITS } from '../../src/adapters/kiwoom/limiter.ts'
import { hostOrders, hostQueries } from '../../src/adapters/kiwoom/split/hosts.ts'
import { createRelay, type Relay } from '../../src/adapters/kiwoom/split/relay.ts'
import { createRemoteLine } from '../../src/adapters/kiwoom/split/remote-line.ts'
import {
  hitsTopic,
  type LineState,
  lineStateTopic,
  screenedTopic,
} from '../../src/adapters/kiwoom/split/topics.ts'
import { conditionId, instrumentId } from '../../src/model/ids.ts'
import type { ScreenHit } from '../../src/model/market-event.ts'
import type { VenueError } from '../../src/model/venue-error.ts'
import type { Bus } from '../../src/ports/bus.ts'
import { ok, type Result } from '../../src/std/result.ts'
import { createVirtualClock, type VirtualClock } from '../../src/std/virtual-clock.ts'

const BUY = ['kt10000', { stk_cd: '005930' }, 3] as const
/** Answers of a wire are handed out by the test. */
interface Wire extends KiwoomHttp {
  readonly sent: { readonly at: number; answer(): void }[]
  readonly asked: number
}

/** The wire behind a process or behind the trader itself: it notes what leaves, and answers when told to. */
function createWire(clock: VirtualClock, holdBackMs = 0): Wire {
  const sent: Wire['sent'][number][] = []
  let asked = 0
  const query = async () => {
    asked++
    return ok({})
  }
  return {
    sent,
    get asked() {
      return asked
    },
    order: (_api, _body, _urgency, mayLeave = () => true) =>
      new Promise<Result<Record<string, unknown>, VenueError>>((resolve) => {
        clock.after(holdBackMs, () => {
          if (mayLeave()) sent.push({ at: clock.now(), answer: () => resolve(ok({ ord_no: '1' })) })
          else
            resolve({ ok: false, error: { kind: 'throttled', code: 'expired', text: '', retryAfterMs: 0 } })
        })
      }),
    query,
    pages: async () => {
      asked++
      return ok({ first: {}, rows: [], end: 'last' as const })
    },
  }
}

const turns = async (count = 12) => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}

describe('the way of the trader to the broker', () => {
  let clock: VirtualClock
  let hub: Hub
  let bus: Bus
  let own: Wire
  let relay: Relay

  const attach = (name: string, serve: (bus: Bus) => void) => {
    const [ours, hubs] = createChannelPair()
    hub.attach(name, hubs)
    const end = createEndpoint({ name, channel: ours, wall: clock })
    serve(end)
    end.ready()
    return end
  }
  const attachOrders = (wire: Wire) => attach('orders', (end) => hostOrders(end, wire, clock))
  const pass = async (ms: number) => {
    await turns()
    for (let gone = 0; gone < ms; gone += 100) {
      clock.advance(100)
      await turns(2)
    }
  }
  const settledOf = async (reply: ReturnType<Relay['order']>) => {
    let settled: Awaited<typeof reply> | undefined
    void reply.then((result) => {
      settled = result
    })
    await turns()
    return () => settled
  }

  beforeEach(async () => {
    clock = createVirtualClock(0)
    hub = createHub({ wall: clock, conflates: new Map(), events: {} })
    own = createWire(clock)
    const limiter = createLimiter(clock, LIMITS.live)
    bus = attach('trader', (end) => {
      relay = createRelay({ bus: end, own, limiter, wall: clock })
    })
    await turns()
  })

  it('is the order process while there is one, and our own without', async () => {
    const wire = createWire(clock)
    const alone = relay.order(...BUY)
    await pass(100)
    own.sent[0]?.answer()
    expect(await alone).toMatchObject({ ok: true })
    attachOrders(wire)
    await turns()
    const by = relay.order(...BUY)
    await pass(2_000)
    wire.sent[0]?.answer()
    expect(await by).toMatchObject({ ok: true })
    expect([own.sent.length, wire.sent.length]).toEqual([1, 1])
  })

  it('leaves in doubt what the order process had when it died, and sends it no second time', async () => {
    const wire = createWire(clock)
    attachOrders(wire)
    await turns()
    const reply = relay.order(...BUY)
    await pass(100)
    hub.detach('orders', 'SIGKILL')
    expect(await reply).toMatchObject({ ok: false, error: { kind: 'inDoubt', code: 'orders.gone' } })
    await pass(5_000)
    expect([own.sent.length, wire.sent.length]).toEqual([0, 1])
    void relay.order(...BUY)
    await pass(100)
    expect(own.sent).toHaveLength(1)
  })

  it('calls nothing lost before its deadline when only the way was cut', async () => {
    const wire = createWire(clock, 1_500)
    attachOrders(wire)
    await turns()
    const result = await settledOf(relay.order(...BUY))
    await pass(500)
    hub.close()
    await pass(1_400)
    expect(result()).toBeUndefined()
    expect(wire.sent).toHaveLength(1)
    await pass(200)
    expect(result()).toMatchObject({ ok: false, error: { kind: 'inDoubt', code: 'orders.unanswered' } })
    expect(own.sent).toHaveLength(0)
  })

  it('has an order that is too old refused instead of sent', async () => {
    const wire = createWire(clock, 2_000)
    attachOrders(wire)
    await turns()
    const result = await settledOf(relay.order(...BUY))
    await pass(2_100)
    expect(result()).toMatchObject({ ok: false, error: { kind: 'throttled', code: 'expired' } })
    expect([own.sent.length, wire.sent.length]).toEqual([0, 0])
  })

  it.each([
    ['a trader that ended', async () => hub.detach('trader', 'SIGKILL')],
    ['a trader that begins anew', async () => relay.takeOver()],
  ])('sends nothing more of %s', async (_, happen) => {
    const wire = createWire(clock, 1_000)
    attachOrders(wire)
    await turns()
    void relay.order(...BUY)
    await pass(500)
    await happen()
    await pass(1_500)
    expect(wire.sent).toHaveLength(0)
  })

  it('is our own at once when the order process falls silent', async () => {
    const wire = createWire(clock)
    const [ours, hubs] = createChannelPair()
    hub.attach('orders', hubs)
    const mute = createEndpoint({ name: 'orders', channel: ours, wall: createVirtualClock(0) })
    hostOrders(mute, wire, clock)
    mute.ready()
    await turns()
    expect(bus.peer('orders')).toBe('up')
    await pass(2_500)
    expect(bus.peer('orders')).toBe('late')
    void relay.order(...BUY)
    await pass(100)
    expect([own.sent.length, wire.sent.length]).toEqual([1, 0])
  })

  it('keeps within the limit of the key, whichever way an order goes', async () => {
    const wire = createWire(clock)
    attachOrders(wire)
    await turns()
    const answerAll = () => {
      for (const each of [...wire.sent, ...own.sent]) each.answer()
    }
    for (let order = 0; order < 12; order++) void relay.order(order % 2 ? 'kt10000' : 'kt10001', {}, 1)
    for (let step = 0; step < 60; step++) {
      if (step === 4) hub.detach('orders', 'SIGKILL')
      await pass(100)
      answerAll()
    }
    const all = [...wire.sent, ...own.sent].map(({ at }) => at).sort((x, y) => x - y)
    expect(all).toHaveLength(12)
    expect(own.sent.length).toBeGreaterThan(0)
    // Five a second, says Kiwoom, and two of one kind at once.
    const most = Math.max(...all.map((from) => all.filter((at) => at >= from && at < from + 1_000).length))
    expect(most).toBeLessThanOrEqual(5)
  })

  it('asks by itself what the query process does not answer when it dies, and begins without rights', async () => {
    const wire = createWire(clock)
    const limiter = createLimiter(clock, LIMITS.live)
    attach('query', (end) =>
      hostQueries(end, { ...wire, query: () => new Promise(() => undefined) }, limiter),
    )
    await turns()
    const reply = relay.query('ka10095', {}, 1)
    await pass(500)
    hub.detach('query', 'SIGKILL')
    expect(await reply).toEqual({ ok: true, value: {} })
    expect([own.asked, relay.own.queries]).toEqual([1, 1])
  })
})

describe('the line of another process', () => {
  const A = instrumentId('005930')
  const hit = (at: number): ScreenHit => ({
    kind: 'screen',
    at,
    receivedAt: at,
    condition: conditionId('1'),
    instrument: A,
    change: 'enter',
    initial: false,
  })
  const state: Omit<LineState, 'lives'> = {
    state: 'live',
    missed: 0,
    heard: [A],
    slots: 95,
    messages: 1,
    detail: '',
  }

  const open = async () => {
    const clock = createVirtualClock(0)
    const hub = createHub({ wall: clock, conflates: new Map(), events: {} })
    const attach = (name: string) => {
      const [ours, hubs] = createChannelPair()
      hub.attach(name, hubs)
      return createEndpoint({ name, channel: ours, wall: clock })
    }
    const told: string[] = []
    const trader = attach('trader')
    const line = createRemoteLine({
      bus: trader,
      wall: clock,
      hearer: {
        onMarket: (event) => void told.push(event.kind),
        onBook: (book) => void told.push(`book ${book.instrument}`),
        onOrderFrame: () => void told.push('order frame'),
        onLive: (again) => void told.push(again ? 'live again' : 'live'),
        onDown: () => void told.push('down'),
        onMissed: () => void told.push('missed'),
        onRegistered: (names) => void told.push(`registered ${names.join()}`),
        onHeard: () => undefined,
      },
    })
    const collector = attach('collector')
    collector.ready()
    await turns()
    return { hub, attach, told, line, collector }
  }

  it('is live as the collector says, and down from the moment it ends', async () => {
    const { hub, told, line, collector } = await open()
    collector.publish(lineStateTopic, { ...state, lives: 1 })
    await turns()
    expect(line.hears(A)).toBe(true)
    hub.detach('collector', 'SIGKILL')
    await turns()
    expect(line.hears(A)).toBe(false)
    expect(told).toEqual(['live', `registered ${A}`, 'down'])
  })

  it('was down when it came back between two words, and says what was missed', async () => {
    const { told, collector } = await open()
    collector.publish(lineStateTopic, { ...state, lives: 1 })
    collector.publish(lineStateTopic, { ...state, lives: 2, missed: 1 })
    await turns()
    expect(told).toEqual(['live', `registered ${A}`, 'down', 'live again', 'missed'])
  })

  it('brings each hit once: screened while there is an analyzer, and what it had when it ended', async () => {
    const { hub, attach, told, collector } = await open()
    collector.publish(hitsTopic, hit(1))
    await turns()
    expect(told).toEqual(['screen'])
    const analyzer = attach('analyzer')
    analyzer.ready()
    await turns()
    collector.publish(hitsTopic, hit(2))
    collector.publish(hitsTopic, hit(3))
    await turns()
    expect(told).toHaveLength(1)
    analyzer.publish(screenedTopic, hit(2))
    await turns()
    expect(told).toHaveLength(2)
    hub.detach('analyzer', 'SIGKILL')
    await turns()
    expect(told).toHaveLength(3)
    analyzer.publish(screenedTopic, hit(3))
    await turns()
    expect(told).toEqual(['screen', 'screen', 'screen'])
  })
})
