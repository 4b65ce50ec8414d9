import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { conflateOf, createEndpoint } from '../../src/adapters/bus/endpoint.ts'
import { createHub } from '../../src/adapters/bus/hub.ts'
import { createChannelPair } from '../../src/adapters/bus/in-process.ts'
import { channelToChild } from '../../src/adapters/bus/process-channel.ts'
import { wallClock } from '../../src/apps/system.ts'
import { type BusStand, busContract, busPeer, PRICES } from './bus-contract.ts'

const PEER = fileURLToPath(new URL('./bus-peer-process.ts', import.meta.url))

/** Two ends in this process; the third is whatever `attach` makes it. */
async function stand(attach: (hub: ReturnType<typeof createHub>) => () => Promise<void>): Promise<BusStand> {
  const hub = createHub({
    wall: wallClock,
    conflates: new Map([[PRICES.name, conflateOf(PRICES)]]),
    events: {},
  })
  const end = (name: string) => {
    const [ours, hubs] = createChannelPair()
    hub.attach(name, hubs)
    const bus = createEndpoint({ name, channel: ours, wall: wallClock })
    bus.ready()
    return bus
  }
  const [a, b] = [end('a'), end('b')]
  const kill = attach(hub)
  return {
    a,
    b,
    kill,
    cut: () => hub.close(),
    close: async () => {
      await kill()
      a.close()
      b.close()
      hub.close()
    },
  }
}

busContract('within one process', () =>
  stand((hub) => {
    const [ours, hubs] = createChannelPair()
    hub.attach('c', hubs)
    const bus = createEndpoint({ name: 'c', channel: ours, wall: wallClock })
    busPeer(bus)
    return async () => {
      hub.detach('c', 'killed')
      bus.close()
    }
  }),
)

busContract('between processes', () =>
  stand((hub) => {
    const child = spawn(process.execPath, ['--import', 'tsx', PEER], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    hub.attach('c', channelToChild(child))
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    return async () => {
      child.kill('SIGKILL')
      await exited
      hub.detach('c', 'SIGKILL')
    }
  }),
)
