import { createEndpoint } from '../../src/adapters/bus/endpoint.ts'
import { channelToParent } from '../../src/adapters/bus/process-channel.ts'
import { wallClock } from '../../src/apps/system.ts'
import { busPeer } from './bus-contract.ts'

/** The third peer of the contract as a process of its own; it ends with the middle. */
const channel = channelToParent()
if (!channel) process.exit(2)
const bus = createEndpoint({ name: 'c', channel, wall: wallClock })
bus.onCut(() => process.exit(0))
busPeer(bus)
