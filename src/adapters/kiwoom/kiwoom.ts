import type { BarHistory } from '../../ports/bar-history.ts'
import type { Environment, ExecutionClient } from '../../ports/execution-client.ts'
import type { MarketFeed } from '../../ports/market-feed.ts'
import type { Network } from '../../ports/network.ts'
import type { Clock } from '../../std/clock.ts'
import { createCharts } from './charts.ts'
import { createStamper, type Stamper } from './codec/stamper.ts'
import { type Hosts, pinHosts } from './environment.ts'
import { createExecution } from './execution.ts'
import { createFeed } from './feed.ts'
import { createHttp, type KiwoomHttp } from './http.ts'
import { createLimiter, LIMITS } from './limiter.ts'
import { createLine, type Line, type LineHearer } from './line.ts'
import { createTokens } from './token.ts'

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
  readonly history: BarHistory
}

/** The two ways to Kiwoom, wherever they stand: the WebSocket and the requests. */
export interface KiwoomWays {
  readonly line: (hearer: LineHearer, stamper: Stamper) => Line
  readonly http: KiwoomHttp
  /** Orders that wait for their turn do not leave any more. */
  readonly refuseOrders: () => void
  /** Neither half uses them any more. */
  readonly stop: () => void
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
  const limiter = createLimiter(clock, LIMITS[environment])
  const tokens = createTokens({ network, rest, appKey, secretKey, clock, wall })
  return composeKiwoom(options, {
    http: createHttp({ network, rest, tokens, limiter, clock, wall }),
    line: (hearer, stamper) =>
      createLine({ network, url: socket, tokens, clock, wall, stamper, hearer, log }),
    refuseOrders: () => limiter.stop('orders'),
    stop: () => {
      limiter.stop('queries')
      limiter.stop('orders')
    },
  })
}

/** Feed and execution over ways that may end in other processes. Both stay with the trader and its record. */
export function composeKiwoom(
  options: Pick<KiwoomOptions, 'clock' | 'wall' | 'environment' | 'instrumentsFirst' | 'log'>,
  ways: KiwoomWays,
): Kiwoom {
  const { clock, wall, environment, log = () => undefined } = options
  const { http } = ways
  const stamper = createStamper(clock)
  /** The line is up while one of the two uses it. */
  const users = new Set<'feed' | 'execution'>()

  const line = ways.line(
    {
      onMarket: (event) => feed.onMarket(event),
      onBook: (book) => feed.hearBook(book),
      onOrderFrame: (event) => execution.onReal(event),
      onLive: (again) => {
        feed.onLive()
        if (again) execution.onLineBack()
      },
      onDown: (detail) => {
        feed.onDown(detail)
        execution.onLineDown()
      },
      onMissed: () => execution.onMissed(),
      onRegistered: (instruments) => feed.onRegistered(instruments),
      onHeard: () => feed.onHeard(),
    },
    stamper,
  )

  const use = (user: 'feed' | 'execution') => ({
    startLine: () => {
      users.add(user)
      return line.start()
    },
    stopLine: () => {
      users.delete(user)
      if (users.size > 0) return
      line.stop()
      ways.stop()
    },
  })

  const feed = createFeed({
    ...use('feed'),
    line,
    http,
    clock,
    stamper,
    preloadListings: options.instrumentsFirst ?? false,
    log,
  })
  const execution = createExecution({
    ...use('execution'),
    refuseWaiting: ways.refuseOrders,
    environment,
    http,
    clock,
    wall,
    stamper,
    log,
  })
  return { feed, execution, history: createCharts({ http, stamper }) }
}
