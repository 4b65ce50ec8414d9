import { createStamper } from '../../adapters/kiwoom/codec/stamper.ts'
import { pinHosts } from '../../adapters/kiwoom/environment.ts'
import { createLine } from '../../adapters/kiwoom/line.ts'
import { createRemoteTokens } from '../../adapters/kiwoom/split/hosts.ts'
import { hostLine } from '../../adapters/kiwoom/split/line-host.ts'
import type { Part, PartContext } from './part.ts'

/** Owns the key's one WebSocket: prices, conditions and the frames of the account's own orders. */
export async function startCollector({ bus, setup, clock, wall, network, log }: PartContext): Promise<Part> {
  const { socket } = pinHosts(setup.environment, setup.hosts)
  const stamper = createStamper(clock)
  const tokens = createRemoteTokens(bus, wall)
  const host = hostLine({
    bus,
    wall,
    line: (hearer) => createLine({ network, url: socket, tokens, clock, wall, stamper, hearer, log }),
  })
  bus.ready()
  host.start()
  return { stop: async () => host.stop() }
}
