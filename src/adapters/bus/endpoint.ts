import type { Bus, BusError, PeerNotice, PeerState, Question, Topic } from '../../ports/bus.ts'
import type { Cancel, Clock } from '../../std/clock.ts'
import { err, ok, type Result } from '../../std/result.ts'
import type { Channel } from './channel.ts'
import { type Envelope, readEnvelope } from './envelope.ts'
import { type Conflate, createOutbox } from './outbox.ts'

/** Both sides say that they live this often (wall). */
export const BEAT_MS = 500
/** The hub has not been heard for so long: the way to the others may be cut. */
export const LATE_AFTER_MS = 2_000
/** A hub that says nothing for so long is given up: this end goes on as if it had died. */
const CUT_AFTER_MS = 10_000
/** Questions without an answer. */
const MOST_ASKED = 1_000

interface Asked {
  settle(result: Result<unknown, BusError>): void
}

/** One process's end of the bus. `odd` hears what could not be read: its kind, never its content. */
export function createEndpoint(options: {
  readonly name: string
  readonly channel: Channel
  readonly wall: Clock
  readonly odd?: (what: string) => void
}): Bus {
  const { name, channel, wall, odd = () => undefined } = options
  const conflates = new Map<string, Conflate>()
  const listeners = new Map<string, Set<(body: unknown) => void>>()
  const servers = new Map<string, (id: number, body: unknown) => void>()
  const asked = new Map<number, Asked>()
  const peers = new Map<string, PeerState>()
  const peerHearers = new Set<(notice: PeerNotice) => void>()
  const cutHearers: ((why: string) => void)[] = []
  let nextId = 1
  let cut: string | undefined
  let heardAt = wall.now()
  let checkedAt = wall.now()
  let isLate = false
  let cancelBeat: Cancel = () => undefined

  const outbox = createOutbox({
    channel,
    conflate: (topic) => conflates.get(topic),
    onOverflow: (waiting) => end(`${waiting} messages wait`),
  })
  const send = (envelope: Envelope) => {
    if (cut === undefined) outbox.send(envelope)
  }

  const end = (why: string) => {
    if (cut !== undefined) return
    cut = why
    cancelBeat()
    channel.close()
    for (const one of [...asked.values()]) one.settle(err({ kind: 'unanswered', why }))
    for (const peer of [...peers.keys()]) tell(peer, why)
    for (const run of cutHearers) run(why)
  }

  const stateOf = (peer: string): PeerState => {
    const known = peers.get(peer) ?? 'down'
    return known === 'up' && (isLate || cut !== undefined) ? 'late' : known
  }

  const tell = (peer: string, why: string) => {
    for (const hear of peerHearers) hear({ peer, state: stateOf(peer), why })
  }

  const setLate = (late: boolean, why: string) => {
    if (isLate === late) return
    isLate = late
    for (const [peer, state] of peers) if (state === 'up') tell(peer, why)
  }

  const beat = () => {
    cancelBeat = wall.after(BEAT_MS, () => {
      const now = wall.now()
      // This whole machine (or this process) slept: what the others said meanwhile has yet to be read.
      if (now - checkedAt > 4 * BEAT_MS) heardAt = now
      checkedAt = now
      send({ is: 'beat' })
      const silentMs = now - heardAt
      if (silentMs >= CUT_AFTER_MS) return end(`the supervisor is silent for ${silentMs} ms`)
      if (silentMs >= LATE_AFTER_MS) setLate(true, `the supervisor is silent for ${silentMs} ms`)
      beat()
    })
  }

  const onMessage = (message: unknown) => {
    const envelope = readEnvelope(message)
    if (!envelope) return odd('an envelope that cannot be read')
    heardAt = wall.now()
    setLate(false, '')
    take(envelope)
  }

  const take = (envelope: Envelope) => {
    switch (envelope.is) {
      case 'message':
        for (const hear of listeners.get(envelope.topic) ?? []) hear(envelope.body)
        return
      case 'question':
        return servers.get(envelope.question)?.(envelope.id, envelope.body)
      case 'answer':
        return asked.get(envelope.id)?.settle(ok(envelope.body))
      case 'failure':
        return asked.get(envelope.id)?.settle(err({ kind: envelope.kind, why: envelope.why }))
      case 'peer':
        peers.set(envelope.peer, envelope.state)
        return tell(envelope.peer, envelope.why)
      default:
    }
  }

  const ask = <Q, A>(question: Question<Q, A>, body: Q, withinMs: number): Promise<Result<A, BusError>> => {
    if (cut !== undefined) return Promise.resolve(err({ kind: 'notSent', why: cut }))
    if (asked.size >= MOST_ASKED)
      return Promise.resolve(err({ kind: 'notSent', why: `${asked.size} questions wait` }))
    return new Promise((resolve) => {
      const id = nextId++
      const settle = (result: Result<unknown, BusError>) => {
        asked.delete(id)
        cancel()
        if (!result.ok) return resolve(result)
        const answer = question.readAnswer(result.value)
        resolve(answer === undefined ? err({ kind: 'refused', why: 'unreadable answer' }) : ok(answer))
      }
      const cancel = wall.after(withinMs, () =>
        settle(err({ kind: 'unanswered', why: `no answer within ${withinMs} ms` })),
      )
      asked.set(id, { settle })
      send({ is: 'question', id, question: question.name, body })
    })
  }

  const serve = <Q, A>(question: Question<Q, A>, reply: (body: Q) => Promise<A>) => {
    servers.set(question.name, (id, body) => {
      const read = question.readQuestion(body)
      if (read === undefined) {
        odd(`a question ${question.name} that cannot be read`)
        return send({ is: 'failure', id, kind: 'refused', why: 'unreadable question' })
      }
      reply(read).then(
        (answer) => send({ is: 'answer', id, body: answer }),
        (error: unknown) =>
          send({
            is: 'failure',
            id,
            kind: 'refused',
            why: error instanceof Error ? error.message : 'failed',
          }),
      )
    })
    send({ is: 'serve', question: question.name })
    return () => void servers.delete(question.name)
  }

  const subscribe = <T>(topic: Topic<T>, hear: (body: T) => void): Cancel => {
    const hearing = listeners.get(topic.name) ?? new Set()
    if (!listeners.has(topic.name)) send({ is: 'listen', topic: topic.name })
    listeners.set(topic.name, hearing)
    const checked = (body: unknown) => {
      const read = topic.read(body)
      if (read === undefined) odd(`a message ${topic.name} that cannot be read`)
      else hear(read)
    }
    hearing.add(checked)
    return () => void hearing.delete(checked)
  }

  channel.onMessage(onMessage)
  channel.onClose(end)
  beat()

  return {
    name,
    publish: (topic, body) => {
      if (topic.conflate && !conflates.has(topic.name)) conflates.set(topic.name, conflateOf(topic))
      send({ is: 'message', topic: topic.name, body })
    },
    subscribe,
    ask,
    answer: serve,
    peer: stateOf,
    onPeer: (hear) => {
      peerHearers.add(hear)
      return () => void peerHearers.delete(hear)
    },
    ready: () => send({ is: 'ready' }),
    onCut: (run) => {
      if (cut === undefined) cutHearers.push(run)
      else run(cut)
    },
    close: () => {
      cutHearers.length = 0
      end('closed')
    },
  }
}

/** Merges two bodies of a topic; where one cannot be read the later stands. */
export function conflateOf<T>(topic: Topic<T>): Conflate {
  return (earlier, later) => {
    const [first, second] = [topic.read(earlier), topic.read(later)]
    return first !== undefined && second !== undefined && topic.conflate
      ? topic.conflate(first, second)
      : later
  }
}
