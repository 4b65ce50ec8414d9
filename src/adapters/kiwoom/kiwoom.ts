import type { Environment, ExecutionClient } from '../../ports/execution-client.ts'
import type { MarketFeed } from '../../ports/market-feed.ts'
import type { Network } from '../../ports/network.ts'
import type { Clock } from '../../std/clock.ts'
import { createStamper } from './codec/stamper.ts'
import { type Hosts, pinHosts } from './environment.ts'
import { createExecution } from './execution.ts'
import { createFeed } from './feed.ts'
import { createHttp } from './http.ts'
import { createLimiter, LIMITS } from './limiter.ts'
import { createSession } from './socket.ts'
import { createTokens } from './token.ts'
import { realEvents } from './wire.ts'

export interface KiwoomOptions {
  readonly network: Network
  /** Market time: stamps, token expiry, rate limits. A fast simulation runs it at a multiple of the wall's. */
  readonly clock: Clock
  /** Real time: time-outs, watchdog, back-off. */
  readonly wall: Clock
  readonly environment: Environment
  readonly hosts: Hosts
  readonly appKey: string
  readonly secretKey: string
  /** Load the listings of the whole market once at the start, so that a description asks one question less. */
  readonly instrumentsFirst?: boolean
  /** Never sees a key, a token or an account number. */
  readonly log?: (line: string) => void
}

export interface Kiwoom {
  readonly feed: MarketFeed
  readonly execution: ExecutionClient
}

/**
 * Kiwoom Securities over REST and WebSocket: one app key, one account, one line that feed and execution share.
 * Errors: `ConfigurationError` when the hosts do not belong to the environment; trouble on the wire comes as events,
 * reports and `VenueError`s.
 * Source: Kiwoom REST API guide (2026).
 */
export function createKiwoom(options: KiwoomOptions): Kiwoom {
  const { network, clock, wall, environment, log = () => undefined } = options
  const { rest, socket } = pinHosts(environment, options.hosts)
  const { appKey, secretKey } = options
  const stamper = createStamper(clock)
  const limiter = createLimiter(clock, LIMITS[environment])
  const tokens = createTokens({ network, rest, appKey, secretKey, clock, wall })
  const http = createHttp({ network, rest, tokens, limiter, clock, wall })
  /** The line is up while one of the two uses it. */
  const users = new Set<'feed' | 'execution'>()

  const session = createSession({
    network,
    url: socket,
    tokens,
    clock,
    wall,
    handlers: {
      onText: (text) => feed.onText(text),
      onReal: (frame) => {
        const { events, odd } = realEvents(frame)
        if (odd > 0) {
          log('kiwoom: a REAL frame with parts that cannot be read')
          execution.onMissed()
        }
        for (const event of events) (event.type === '00' ? execution : feed).onReal(event)
      },
      onLogin: () => feed.onLogin(),
      onLive: (again) => {
        feed.onLive()
        if (again) execution.onLineBack()
      },
      onDown: (detail) => {
        feed.onDown(detail)
        execution.onLineDown()
      },
      onQuiet: () => {
        feed.onQuiet()
        execution.onMissed()
      },
      onOdd: (what) => log(`kiwoom: ${what}`),
    },
  })

  const use = (user: 'feed' | 'execution') => ({
    startSession: () => {
      users.add(user)
      return session.start()
    },
    stopSession: () => {
      users.delete(user)
      if (users.size > 0) return
      session.stop()
      limiter.stop('queries')
      limiter.stop('orders')
    },
  })

  const feed = createFeed({
    ...use('feed'),
    session,
    http,
    clock,
    stamper,
    preloadListings: options.instrumentsFirst ?? false,
    log,
  })
  const execution = createExecution({
    ...use('execution'),
    refuseWaiting: () => limiter.stop('orders'),
    environment,
    http,
    clock,
    wall,
    stamper,
    log,
  })
  return { feed, execution }
}
