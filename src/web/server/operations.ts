import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { z } from 'zod'
import type { Clock } from '../../std/clock.ts'
import type { DeskLine } from './desk-line.ts'
import type { Hub } from './live/hub.ts'
import type { Routes, Server } from './routes.ts'

/** A trader that has not shown itself for so long is not ready, wall ms. */
const READY_WITHIN_MS = 5_000

interface Watched {
  readonly line: DeskLine
  readonly hub: Hub
  readonly wall: Clock
}

const isReady = ({ line, wall }: Watched): boolean => {
  const shown = line.shown()
  return line.line() === 'up' && shown !== undefined && wall.now() - shown.shownAt < READY_WITHIN_MS
}

/** For supervisors and load balancers: alive is this process, ready is a trader behind it. Neither tells a secret. */
export function publicRoutes(server: Server, watched: Watched): void {
  const metrics = createMetrics(watched)
  server.get('/health/live', { config: { access: 'open' } }, async () => ({ status: 'ok' }))
  server.get('/health/ready', { config: { access: 'open' } }, async (_request, reply) => {
    const ready = isReady(watched)
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'waiting for the trader' })
  })
  server.get('/metrics', { config: { access: 'read' } }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  )
  server.get('/openapi.json', { config: { access: 'open' }, schema: { hide: true } }, async () =>
    server.swagger(),
  )
}

export const operationsRoutes =
  ({ version, ...watched }: Watched & { readonly version: string }): Routes =>
  (server) => {
    server.get(
      '/about',
      {
        config: { access: 'read' },
        schema: {
          tags: ['operations'],
          summary: 'Version, and how this server does',
          response: {
            200: z.object({
              version: z.string(),
              ready: z.boolean(),
              line: z.enum(['up', 'down']),
              screens: z.int(),
            }),
          },
        },
      },
      async () => ({
        version,
        ready: isReady(watched),
        line: watched.line.line(),
        screens: watched.hub.screens(),
      }),
    )
  }

/** Figures of the day and of this process for Prometheus, read when they are asked for. */
function createMetrics({ line, hub }: Watched): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'garam_web_' })
  const gauge = (name: string, help: string, value: () => number | undefined) =>
    new Gauge({
      name: `garam_${name}`,
      help,
      registers: [registry],
      collect() {
        const now = value()
        if (now !== undefined) this.set(now)
      },
    })
  const desk = () => hub.state()?.desk
  gauge('line_up', '1 while the trader can be reached', () => (line.line() === 'up' ? 1 : 0))
  gauge('feed_live', '1 while market data flows', () => (hub.state()?.health.feed === 'live' ? 1 : 0))
  gauge('screens', 'Open screens', () => hub.screens())
  gauge('equity_krw', 'Cash and positions, won', () => desk()?.equity)
  gauge('cash_krw', 'Cash, won', () => desk()?.cash)
  gauge('buying_power_krw', 'Buying power, won', () => desk()?.buyingPower)
  gauge('realized_pnl_krw', "The day's realised result, won", () => desk()?.realizedPnl)
  gauge('unrealized_pnl_krw', 'Result of what is held, won', () => desk()?.unrealizedPnl)
  gauge('costs_krw', "The day's commission and tax, won", () => {
    const now = desk()
    return now && now.commission + now.tax
  })
  gauge('positions', 'Instruments held', () => countOf(hub.state()?.positions))
  gauge('working_orders', 'Orders that may still trade', () => countOf(hub.state()?.orders))
  gauge('day_orders', 'Orders of the day', () => desk()?.counts.orders)
  gauge('day_fills', 'Fills of the day', () => desk()?.counts.fills)
  gauge('day_alerts', 'Alerts of the day', () => desk()?.counts.alerts)
  gauge('trader_lag_ms', "How far the trader's timers run behind, market ms", () => hub.state()?.health.lagMs)
  gauge('halted', '0 active, 1 reducing, 2 halted', () => {
    const halt = desk()?.halt
    return halt && { active: 0, reducing: 1, halted: 2 }[halt]
  })
  return registry
}

const countOf = (rows: object | undefined): number | undefined => rows && Object.keys(rows).length
