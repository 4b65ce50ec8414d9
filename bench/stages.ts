import type { Disk } from '../src/adapters/journal/disk.ts'
import type { Network } from '../src/ports/network.ts'
import { median } from './harness.ts'

/** Looks through the ports of a trader at when things happen, so that a latency can be taken apart. */
export interface Stages {
  network(inner: Network): Network
  disk(inner: Disk): Disk
  /** Keeps what was seen of one sample, between these moments (monotonic ns). */
  keep(from: bigint, arrived: bigint): void
  medians(): Readonly<Record<string, number>>
}

const now = () => process.hrtime.bigint()

export function createStages(): Stages {
  let heard = 0n
  let written = 0n
  let durable = 0n
  let posted = 0n
  const parts: Record<string, number[]> = {}
  const add = (part: string, from: bigint, to: bigint) => {
    parts[part] ??= []
    parts[part].push(Number(to - from) / 1_000)
  }
  return {
    network: (inner) => ({
      ...inner,
      post: (lane, request) => {
        if (lane === 'orders') posted = now()
        return inner.post(lane, request)
      },
      connect: (url, handlers) =>
        inner.connect(url, {
          ...handlers,
          onMessage: (frame) => {
            heard = now()
            handlers.onMessage(frame)
          },
        }),
    }),
    disk: (inner) => ({
      ...inner,
      openAppend: async (path) => {
        const file = await inner.openAppend(path)
        return {
          ...file,
          write: (bytes) => {
            written = now()
            file.write(bytes)
          },
          datasync: async (urgent) => {
            await file.datasync(urgent)
            durable = now()
          },
        }
      },
    }),
    keep: (from, arrived) => {
      // A timer of the trader may have passed between: such a sample says nothing.
      if (!(from < heard && heard < written && written < durable && durable < posted && posted < arrived))
        return
      add('tick on the wire', from, heard)
      add('frame to decision', heard, written)
      add('write and fdatasync', written, durable)
      add('decision to request', durable, posted)
      add('request on the wire', posted, arrived)
    },
    medians: () => Object.fromEntries(Object.entries(parts).map(([part, values]) => [part, median(values)])),
  }
}
