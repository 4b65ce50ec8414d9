import { createNetwork } from '../../../src/adapters/network/network.ts'
import { DEMO_KEY } from '../../../src/apps/demo-settings.ts'
import { createMarketClock } from '../../../src/apps/market-clock.ts'
import { startTrader } from '../../../src/apps/start-trader.ts'
import { wallClock } from '../../../src/apps/system.ts'
import type { RunningTrader } from '../../../src/apps/trader.ts'
import type { Network } from '../../../src/ports/network.ts'
import type { EpochMs } from '../../../src/std/clock.ts'
import type { Books } from './books.ts'
import { overnightSettings } from './overnight-settings.ts'
import { serveParent } from './parent-line.ts'
import type { Addresses } from './simulator-child.ts'

export interface DayOrder {
  readonly where: Addresses
  readonly journal: string
  readonly startAt: EpochMs
  readonly wallOrigin: EpochMs
  readonly speed: number
}

export interface TraderCalls {
  /** Refused as the program would be: no conditions while the broker is closed, a journal that is broken. */
  start(order: DayOrder): Promise<void>
  books(): Promise<Books>
  stop(): Promise<void>
}

let network: Network | undefined
let trader: RunningTrader | undefined
let urgent = 0

async function start({ where, journal, startAt, wallOrigin, speed }: DayOrder): Promise<void> {
  const clock = createMarketClock({ wall: wallClock, startAt, speed })
  clock.release(wallOrigin)
  network = createNetwork()
  const started = await startTrader({
    ...DEMO_KEY,
    settings: overnightSettings(),
    environment: 'simulated',
    hosts: where,
    journalFolder: journal,
    clock,
    wall: wallClock,
    network,
    notifier: { notify: ({ level }) => (urgent += level === 'urgent' ? 1 : 0) },
    onFatal: (error) => {
      throw error
    },
  })
  if (started.ok) {
    trader = started.value
    return
  }
  await network.close()
  throw new Error(started.error.text)
}

serveParent<TraderCalls>({
  start,
  books: async () => {
    if (!trader) throw new Error('no trader')
    const view = trader.view()
    return {
      cash: view.cash,
      commission: view.commission,
      tax: view.tax,
      corrections: view.corrections,
      fills: view.counts.fills,
      shares: Object.fromEntries(view.positions.map(({ instrument, quantity }) => [instrument, quantity])),
      open: view.orders.length,
      feed: trader.health().feed.state,
      urgent,
    }
  },
  stop: async () => {
    await trader?.stop()
    await network?.close()
    trader = undefined
    network = undefined
    urgent = 0
  },
})
