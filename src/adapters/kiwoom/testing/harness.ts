import { type InstrumentId, instrumentId, orderId } from '../../../model/ids.ts'
import type { MarketEvent } from '../../../model/market-event.ts'
import { price, quantity } from '../../../model/money.ts'
import type { AccountReport, OrderReport } from '../../../model/order-report.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../../model/time.ts'
import type { Environment, VenueOrder } from '../../../ports/execution-client.ts'
import type { EpochMs } from '../../../std/clock.ts'
import { createVirtualClock } from '../../../std/virtual-clock.ts'
import { createKiwoom } from '../kiwoom.ts'
import { createFakeNetwork, settle } from './fake-network.ts'

export const DAY = tradingDay('2026-11-20')
export const at = (time: string): EpochMs => kstInstant(DAY, timeOfDay(time))
export const SAMSUNG: InstrumentId = instrumentId('005930')

const HOSTS = {
  simulated: { rest: 'http://127.0.0.1:1', socket: 'ws://127.0.0.1:2' },
  paper: { rest: 'https://mockapi.kiwoom.com', socket: 'wss://mockapi.kiwoom.com:10000' },
  live: { rest: 'https://api.kiwoom.com', socket: 'wss://api.kiwoom.com:10000' },
} as const

export type KiwoomHarness = ReturnType<typeof createHarness>

/** The whole adapter on a scripted wire, with both clocks in hand. The morning stands at 10:05:00. */
export function createHarness(environment: Environment = 'simulated', instrumentsFirst = false) {
  const clock = createVirtualClock(at('10:05:00'))
  const wall = createVirtualClock(0)
  const network = createFakeNetwork(clock)
  const events: MarketEvent[] = []
  const reports: (OrderReport | AccountReport)[] = []
  const log: string[] = []
  const kiwoom = createKiwoom({
    network,
    clock,
    wall,
    environment,
    hosts: HOSTS[environment],
    appKey: 'key',
    secretKey: 'secret',
    instrumentsFirst,
    log: (line) => log.push(line),
  })

  const harness = {
    clock,
    wall,
    network,
    events,
    reports,
    log,
    ...kiwoom,
    start: async () => {
      const started = Promise.all([
        kiwoom.feed.start((event) => events.push(event)),
        kiwoom.execution.start((report) => reports.push(report)),
      ])
      await settle()
      return started
    },
    /** Moves both clocks in small steps and lets what falls due finish. */
    run: async (ms: number, step = 250) => {
      for (let gone = 0; gone < ms; gone += step) {
        await settle(2)
        clock.advance(Math.min(step, ms - gone))
        wall.advance(Math.min(step, ms - gone))
        // The server's heartbeat, without which the line counts as dead.
        if (gone % 20_000 === 0 && gone > 0) network.line.say({ trnm: 'PING' })
      }
      await settle(2)
    },
    /** Frames the client sent on the present line, of one kind. */
    sent: (trnm: string) => network.line.sent.filter((frame) => frame.trnm === trnm),
    /** Loses the line and lets it come back. */
    reconnect: async () => {
      network.line.close()
      wall.advance(1_000)
      await settle()
    },
    /** Reports without their stamps, as the tests read them. */
    told: () => reports.map(({ at: _, receivedAt: __, ...rest }) => rest),
  }
  return harness
}

export const orderOf = (more: Partial<VenueOrder> = {}): VenueOrder => ({
  orderId: orderId('20261120-000001'),
  instrument: SAMSUNG,
  venue: 'KRX',
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  limit: price(71_400),
  quantity: quantity(5),
  createdAt: at('10:05:00'),
  ...more,
})
