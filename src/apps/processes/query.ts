import { pinHosts } from '../../adapters/kiwoom/environment.ts'
import { createHttp } from '../../adapters/kiwoom/http.ts'
import { createLimiter, LIMITS } from '../../adapters/kiwoom/limiter.ts'
import { createRemoteTokens, hostQueries } from '../../adapters/kiwoom/split/hosts.ts'
import type { Part, PartContext } from './part.ts'

/** Asks the broker for everybody: descriptions, account, order lists, quotes. Holds the limit of queries. */
export async function startQuery({ bus, setup, clock, wall, network }: PartContext): Promise<Part> {
  const { rest } = pinHosts(setup.environment, setup.hosts)
  const limiter = createLimiter(clock, LIMITS[setup.environment])
  const tokens = createRemoteTokens(bus, wall)
  // Whoever asked until now may have used up what the key is allowed.
  limiter.drain('queries')
  hostQueries(bus, createHttp({ network, rest, tokens, limiter, clock, wall }), limiter)
  bus.ready()
  return { stop: async () => limiter.stop('queries') }
}
