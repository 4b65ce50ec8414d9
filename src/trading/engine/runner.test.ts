import { describe, expect, it } from 'vitest'
import type { AccountReport, OrderReport } from '../../model/order-report.ts'
import type { ExecutionClient } from '../../ports/execution-client.ts'
import type { Journal } from '../../ports/journal.ts'
import type { MarketFeed } from '../../ports/market-feed.ts'
import { ok } from '../../std/result.ts'
import { createVirtualClock } from '../../std/virtual-clock.ts'
import type { Effect } from './effects.ts'
import type { TraderEvent } from './events.ts'
import { createRunner, type RunnerParts } from './runner.ts'
import { DAY, settings } from './testing/morning.ts'
import type { Trader } from './trader.ts'

const START = 1_800_000_000_000

const cancel = (id: string): Effect => ({ do: 'cancel', order: { orderId: id } as never })
const want = (code: string): Effect => ({
  do: 'want',
  wants: [{ instrument: code as never, priority: 'position' }],
})

/** A trader that decides what the test tells it to, on a disk that syncs when the test lets it. */
function bench(answers: Partial<Record<TraderEvent['kind'], readonly Effect[] | Error>>) {
  const done: string[] = []
  const fatal: Error[] = []
  const syncs: (() => void)[] = []
  let sink: (report: OrderReport | AccountReport) => void = () => undefined
  let held = false
  const trader: Trader = {
    on: (event) => {
      const answer = answers[event.kind] ?? []
      if (answer instanceof Error) throw answer
      return answer
    },
    orders: () => [],
    carried: () => [],
    settings: () => undefined as never,
    books: () => undefined as never,
    instrument: () => undefined,
    levels: () => undefined,
    view: () => undefined as never,
    preview: () => undefined as never,
    snapshot: () => ({}),
    restore: () => undefined,
  }
  const execution = {
    adopt: () => undefined,
    start: async (receive: typeof sink) => {
      sink = receive
      return ok(undefined)
    },
    stop: async () => undefined,
    cancel: (order: { orderId: string }) => void done.push(`cancel ${order.orderId}`),
  } as unknown as ExecutionClient
  const feed = {
    start: async () => ok(undefined),
    stop: async () => undefined,
    want: (wants: readonly { instrument: string }[]) => void done.push(`want ${wants[0]?.instrument}`),
  } as unknown as MarketFeed
  let seq = 0
  const journal: Journal = {
    append: () => ++seq,
    commit: () => (held ? new Promise((resolve) => syncs.push(resolve)) : Promise.resolve()),
    close: async () => undefined,
    get lastSeq() {
      return seq
    },
    place: '',
  }
  const saved: number[] = []
  const parts: RunnerParts = {
    trader,
    journal,
    snapshots: { save: async (at) => void saved.push(at), load: async () => undefined },
    today: undefined,
    feed,
    execution,
    notifier: { notify: () => undefined } as unknown as RunnerParts['notifier'],
    clock: createVirtualClock(START),
    open: async () =>
      ok({
        day: DAY,
        venue: 'KRX',
        broker: 'kiwoom',
        environment: 'simulated',
        settings: settings(),
      } as const),
    onFatal: (error) => void fatal.push(error),
  }
  return {
    runner: createRunner(parts),
    done,
    fatal,
    saved,
    say: (kind: 'absent' | 'account') => sink({ kind, at: START, receivedAt: START } as never),
    holdDisk: () => {
      held = true
    },
    releaseDisk: async () => {
      held = false
      for (const sync of syncs.splice(0)) sync()
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

describe('the runner', () => {
  it('performs nothing of an order decision before it is on disk', async () => {
    const { runner, done, say, holdDisk, releaseDisk } = bench({ absent: [cancel('A'), want('old')] })
    await runner.start()
    holdDisk()
    say('absent')
    await new Promise((resolve) => setImmediate(resolve))
    expect(done).toEqual([])
    await releaseDisk()
    expect(done).toEqual(['cancel A', 'want old'])
  })

  it('lets no later decision overtake one that waits for the disk', async () => {
    const { runner, done, say, holdDisk, releaseDisk } = bench({
      absent: [cancel('A'), want('old')],
      account: [want('new')],
    })
    await runner.start()
    holdDisk()
    say('absent')
    say('account')
    await releaseDisk()
    expect(done).toEqual(['cancel A', 'want old', 'want new'])
  })

  it('ends, and saves nothing, when the trader breaks one of its own laws', async () => {
    const { runner, fatal, saved, done, say } = bench({ absent: new Error('a law'), account: [want('new')] })
    await runner.start()
    expect(() => say('absent')).not.toThrow()
    expect(fatal.map((error) => error.message)).toEqual(['a law'])
    say('account')
    await runner.stop()
    expect(done).toEqual([])
    expect(saved).toEqual([])
  })

  it('saves no half-changed trader when a timer breaks a law', async () => {
    const { runner, fatal, saved } = bench({ timer: new Error('a law') })
    await runner.start()
    await runner.stop()
    expect(fatal).toHaveLength(1)
    expect(saved).toEqual([])
  })
})
