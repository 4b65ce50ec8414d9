import { pinHosts } from '../../adapters/kiwoom/environment.ts'
import { createHttp } from '../../adapters/kiwoom/http.ts'
import { createLimiter, LIMITS } from '../../adapters/kiwoom/limiter.ts'
import { createRemoteTokens, hostOrders } from '../../adapters/kiwoom/split/hosts.ts'
import type { Part, PartContext } from './part.ts'

/** Sends orders, amends and cancels, on a line that no query can hold up. */
export async function startOrders({ bus, setup, clock, wall, network }: PartContext): Promise<Part> {
  const { rest } = pinHosts(setup.environment, setup.hosts)
  // The trader's limiter spaces what comes; this one holds when a new trader does not know what the last one sent.
  const limiter = createLimiter(clock, LIMITS[setup.environment])
  const tokens = createRemoteTokens(bus, wall)
  hostOrders(bus, createHttp({ network, rest, tokens, limiter, clock, wall }), wall)
  bus.ready()
  void tokens.get()
  return { stop: async () => limiter.stop('orders') }
}
