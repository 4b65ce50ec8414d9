import type { PeerState } from '../../ports/bus.ts'
import type { Cancel, Clock } from '../../std/clock.ts'
import type { Channel } from './channel.ts'
import { BEAT_MS, LATE_AFTER_MS } from './endpoint.ts'
import { type Envelope, readEnvelope } from './envelope.ts'
import { type Conflate, createOutbox, type Outbox } from './outbox.ts'

/** The middle of the star: every message passes here, nothing stays. */
export interface Hub {
  /** A peer of that name begins; the one before must have been detached. */
  attach(name: string, channel: Channel): void
  /** It ended, says whoever saw it: from here on it cannot act. Questions it had are `gone`. */
  detach(name: string, why: string): void
  state(name: string): PeerState
  close(): void
}

export interface HubEvents {
  onState?(name: string, state: PeerState, why: string): void
  /** Not heard for so long (wall ms): it may hang, or has not said its first word. Told at every beat while that goes on. */
  onSilent?(name: string, silentMs: number, hasSpoken: boolean): void
  /** It does not read: so many messages wait for it. It has to be ended. */
  onOverflow?(name: string, waiting: number): void
  /** The channel broke; whether the process ended as well, the hub does not know. */
  onClosed?(name: string, why: string): void
  onOdd?(name: string, what: string): void
}

interface Link {
  readonly name: string
  readonly channel: Channel
  readonly outbox: Outbox
  readonly listens: Set<string>
  readonly serves: Set<string>
  state: PeerState
  isReady: boolean
  hasSpoken: boolean
  heardAt: number
}

interface Carried {
  readonly asker: Link
  readonly id: number
  readonly server: Link
}

/** Questions on their way. The askers' own bounds keep it below; one more is told that it never left. */
const MOST_CARRIED = 4_000

/** Routes by what each peer said it listens to and answers. `conflates`: how waiting messages of some topics become one. */
export function createHub(options: {
  readonly wall: Clock
  readonly conflates: ReadonlyMap<string, Conflate>
  readonly events: HubEvents
}): Hub {
  const { wall, events, conflates } = options
  const links = new Map<string, Link>()
  const carried = new Map<number, Carried>()
  let nextId = 1
  let checkedAt = wall.now()
  let cancelBeat: Cancel = () => undefined

  const peerNotice = (name: string, state: PeerState, why: string): Envelope => ({
    is: 'peer',
    peer: name,
    state,
    why,
  })

  const setState = (link: Link, state: PeerState, why: string) => {
    if (link.state === state) return
    link.state = state
    for (const other of links.values())
      if (other !== link) other.outbox.send(peerNotice(link.name, state, why))
    events.onState?.(link.name, state, why)
  }

  const onMessage = (link: Link, message: unknown) => {
    if (links.get(link.name) !== link) return
    const envelope = readEnvelope(message)
    if (!envelope) return events.onOdd?.(link.name, 'an envelope that cannot be read')
    link.heardAt = wall.now()
    link.hasSpoken = true
    if (link.isReady && link.state === 'late') setState(link, 'up', 'heard again')
    take(link, envelope)
  }

  const take = (link: Link, envelope: Envelope) => {
    switch (envelope.is) {
      case 'listen':
        return void link.listens.add(envelope.topic)
      case 'serve':
        return void link.serves.add(envelope.question)
      case 'ready':
        link.isReady = true
        return setState(link, 'up', 'ready')
      case 'message':
        for (const other of links.values())
          if (other !== link && other.listens.has(envelope.topic)) other.outbox.send(envelope)
        return
      case 'question':
        return carry(link, envelope)
      case 'answer':
      case 'failure':
        return bringBack(link, envelope)
      default:
    }
  }

  const carry = (asker: Link, envelope: Envelope & { is: 'question' }) => {
    const server = [...links.values()].find((other) => other.isReady && other.serves.has(envelope.question))
    if (!server || carried.size >= MOST_CARRIED)
      return asker.outbox.send({
        is: 'failure',
        id: envelope.id,
        kind: 'notSent',
        why: server ? `${carried.size} questions wait` : `nobody answers ${envelope.question}`,
      })
    const id = nextId++
    carried.set(id, { asker, id: envelope.id, server })
    server.outbox.send({ ...envelope, id })
  }

  const bringBack = (server: Link, envelope: Envelope & { is: 'answer' | 'failure' }) => {
    const known = carried.get(envelope.id)
    if (known?.server !== server) return
    carried.delete(envelope.id)
    // An asker that ended, or began anew under the same name, does not hear answers to questions of its past.
    if (links.get(known.asker.name) === known.asker) known.asker.outbox.send({ ...envelope, id: known.id })
  }

  const dropQuestions = (link: Link, why: string) => {
    for (const [id, { asker, id: theirs, server }] of carried) {
      if (server !== link && asker !== link) continue
      carried.delete(id)
      if (server === link && asker !== link)
        asker.outbox.send({ is: 'failure', id: theirs, kind: 'gone', why })
    }
  }

  const check = () => {
    const now = wall.now()
    // The whole machine slept: what was said meanwhile has yet to be read.
    if (now - checkedAt > 4 * BEAT_MS) for (const link of links.values()) link.heardAt = now
    checkedAt = now
    for (const link of [...links.values()]) {
      link.outbox.send({ is: 'beat' })
      const silentMs = now - link.heardAt
      if (silentMs < LATE_AFTER_MS) continue
      if (link.state === 'up') setState(link, 'late', `silent for ${silentMs} ms`)
      events.onSilent?.(link.name, silentMs, link.hasSpoken)
    }
  }

  const beat = () => {
    cancelBeat = wall.after(BEAT_MS, () => {
      check()
      beat()
    })
  }
  beat()

  return {
    attach: (name, channel) => {
      const link: Link = {
        name,
        channel,
        listens: new Set(),
        serves: new Set(),
        state: 'down',
        isReady: false,
        hasSpoken: false,
        heardAt: wall.now(),
        outbox: createOutbox({
          channel,
          conflate: (topic) => conflates.get(topic),
          onOverflow: (waiting) => events.onOverflow?.(name, waiting),
        }),
      }
      links.set(name, link)
      channel.onMessage((message) => onMessage(link, message))
      channel.onClose((why) => {
        if (links.get(name) === link) events.onClosed?.(name, why)
      })
      for (const other of links.values())
        if (other !== link && other.isReady)
          link.outbox.send(peerNotice(other.name, other.state, 'before us'))
    },
    detach: (name, why) => {
      const link = links.get(name)
      if (!link) return
      links.delete(name)
      setState(link, 'down', why)
      dropQuestions(link, why)
      link.channel.close()
    },
    state: (name) => links.get(name)?.state ?? 'down',
    close: () => {
      cancelBeat()
      for (const link of [...links.values()]) link.channel.close()
      links.clear()
    },
  }
}
