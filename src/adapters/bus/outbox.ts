import type { Channel } from './channel.ts'
import type { Envelope } from './envelope.ts'

export interface Outbox {
  send(envelope: Envelope): void
  readonly waiting: number
}

export type Conflate = (earlier: unknown, later: unknown) => unknown

/** Handed to the line and not yet written. Beyond that the other side is slow, and messages wait here. */
const ON_THE_LINE = 64
/** Waiting messages. A peer that lets so many wait does not live: whoever owns the line has to end it. */
const MOST_WAITING = 20_000

/**
 * Messages to one slow reader: bounded, in order. Of topics that may be conflated the newest waiting message takes the
 * next one in; everything else waits as it is, and the overflow is the reader's end and never a dropped message.
 */
export function createOutbox(options: {
  readonly channel: Channel
  readonly conflate: (topic: string) => Conflate | undefined
  readonly onOverflow: (waiting: number) => void
}): Outbox {
  const waiting: Envelope[] = []
  /** Where the newest waiting message of a topic that may be conflated stands. */
  const newest = new Map<string, number>()
  let onTheLine = 0

  const pump = () => {
    while (onTheLine < ON_THE_LINE) {
      const next = waiting.shift()
      if (!next) return
      newest.clear()
      onTheLine++
      options.channel.send(next, () => {
        onTheLine--
        pump()
      })
    }
  }

  const merged = (envelope: Envelope): boolean => {
    if (envelope.is !== 'message') return false
    const conflate = options.conflate(envelope.topic)
    if (!conflate) return false
    const place = newest.get(envelope.topic)
    const before = place === undefined ? undefined : waiting[place]
    if (place === undefined || before?.is !== 'message') {
      newest.set(envelope.topic, waiting.length)
      return false
    }
    waiting[place] = { ...before, body: conflate(before.body, envelope.body) }
    return true
  }

  return {
    send: (envelope) => {
      if (onTheLine < ON_THE_LINE && waiting.length === 0) {
        waiting.push(envelope)
        return pump()
      }
      if (merged(envelope)) return
      if (waiting.length >= MOST_WAITING) return options.onOverflow(waiting.length)
      waiting.push(envelope)
    },
    get waiting() {
      return waiting.length
    },
  }
}
