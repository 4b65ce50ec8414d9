import type { VenueError } from '../../model/venue-error.ts'
import type { Cancel, Clock } from '../../std/clock.ts'
import { err, ok, type Result } from '../../std/result.ts'
import { detailCode, messageOf, returnCode } from './errors.ts'
import { type JsonObject, plainText } from './wire.ts'

/** Requests of one family wait for one another; families do not, so that a slow condition holds no registration up. */
export type Family = 'session' | 'registration' | 'condition'

export interface SocketRequests {
  /** Sends when its turn comes and waits for the answer. `pace` spaces requests on the market clock. */
  ask(family: Family, frame: JsonObject): Promise<Result<JsonObject, VenueError>>
  /** Gives an answer to the request that waits for it; false when nobody does. */
  answer(trnm: string, frame: JsonObject): boolean
  /** The line is gone: everyone who waits is told so. */
  drop(text: string): void
}

/** A repeated condition request may stay unanswered for ever (wire reference §16.4). */
const ANSWER_TIMEOUT_MS = 15_000
/** Bulk registration at one request a second is known to be taken; 4 a second is our assumption (wire reference §6). */
const PACE_MS = 250
/** Waiting requests of one family. */
const MOST_WAITING = 256

/** A map and no object: the wire may say `toString`. */
const FAMILIES: ReadonlyMap<string, Family> = new Map([
  ['LOGIN', 'session'],
  ['CNSRLST', 'session'],
  ['REG', 'registration'],
  ['REMOVE', 'registration'],
  ['CNSRREQ', 'condition'],
  ['CNSRCLR', 'condition'],
])

interface Request {
  readonly frame: JsonObject
  readonly done: (result: Result<JsonObject, VenueError>) => void
  cancelTimeout?: Cancel
}

interface Queue {
  readonly waiting: Request[]
  outstanding: Request | undefined
  /** Market time before which the next one does not leave. */
  notBefore: number
  cancelPace: Cancel | undefined
}

/**
 * Answers carry no request id: they are matched by `trnm`, for conditions also by `seq`, with one request of a family
 * under way at a time.
 */
export function createSocketRequests(options: {
  readonly send: (text: string) => void
  readonly clock: Clock
  readonly wall: Clock
}): SocketRequests {
  const { clock, wall } = options
  const empty = (): Queue => ({
    waiting: [],
    outstanding: undefined,
    notBefore: Number.NEGATIVE_INFINITY,
    cancelPace: undefined,
  })
  const queues: Record<Family, Queue> = { session: empty(), registration: empty(), condition: empty() }

  const pump = (queue: Queue) => {
    if (queue.outstanding || queue.cancelPace || queue.waiting.length === 0) return
    const waitMs = queue.notBefore - clock.now()
    if (waitMs > 0) {
      queue.cancelPace = clock.after(waitMs, () => {
        queue.cancelPace = undefined
        pump(queue)
      })
      return
    }
    const request = queue.waiting.shift() as Request
    queue.outstanding = request
    queue.notBefore = clock.now() + (queue === queues.session ? 0 : PACE_MS)
    request.cancelTimeout = wall.after(ANSWER_TIMEOUT_MS, () =>
      finish(queue, request, err(noAnswer(request.frame))),
    )
    options.send(JSON.stringify(request.frame))
  }

  const finish = (queue: Queue, request: Request, result: Result<JsonObject, VenueError>) => {
    request.cancelTimeout?.()
    if (queue.outstanding === request) queue.outstanding = undefined
    request.done(result)
    pump(queue)
  }

  return {
    ask: (family, frame) =>
      new Promise((done) => {
        const queue = queues[family]
        if (queue.waiting.length >= MOST_WAITING) return done(err(tooMany()))
        queue.waiting.push({ frame, done })
        pump(queue)
      }),
    answer: (trnm, frame) => {
      const family = FAMILIES.get(trnm)
      const request = family && queues[family].outstanding
      if (!request || request.frame.trnm !== trnm) return false
      if (family === 'condition' && seqOf(frame) !== seqOf(request.frame)) return false
      finish(queues[family], request, verdictOf(frame))
      return true
    },
    drop: (text) => {
      for (const queue of Object.values(queues)) {
        const requests = [...(queue.outstanding ? [queue.outstanding] : []), ...queue.waiting.splice(0)]
        queue.outstanding = undefined
        queue.cancelPace?.()
        queue.cancelPace = undefined
        for (const request of requests) {
          request.cancelTimeout?.()
          request.done(err({ kind: 'unavailable', code: 'socketDown', text }))
        }
      }
    },
  }
}

/** The server pads the number with spaces. */
const seqOf = (frame: JsonObject): string => plainText(frame.seq).trim()

function verdictOf(frame: JsonObject): Result<JsonObject, VenueError> {
  const code = returnCode(frame)
  // A search answer carries no message, and on some servers no code, when all is well.
  if (code === 0 || (code === undefined && Array.isArray(frame.data))) return ok(frame)
  const text = messageOf(frame)
  return err({ kind: 'rejected', code: detailCode(String(code), text), text })
}

const noAnswer = (frame: JsonObject): VenueError => ({
  kind: 'unavailable',
  code: 'noAnswer',
  text: `${plainText(frame.trnm)} 요청에 답이 없습니다 · no answer to ${plainText(frame.trnm)}`,
})

const tooMany = (): VenueError => ({
  kind: 'unavailable',
  code: 'queueFull',
  text: '대기 중인 실시간 요청이 너무 많습니다 · too many socket requests wait',
})
