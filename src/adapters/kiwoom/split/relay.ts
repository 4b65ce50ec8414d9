import type { VenueError } from '../../../model/venue-error.ts'
import type { Bus, BusError, Question } from '../../../ports/bus.ts'
import { type Clock, sleep } from '../../../std/clock.ts'
import { err, ok, type Result } from '../../../std/result.ts'
import type { KiwoomHttp } from '../http.ts'
import type { Limiter } from '../limiter.ts'
import { orderQuestion, pagesQuestion, queryQuestion, spentQuestion, takeOverQuestion } from './topics.ts'

export interface Relay extends KiwoomHttp {
  /**
   * Once, before anything is asked of the broker: resolves when no order of an earlier life of this trader can leave any
   * more, so that the order list is the last word on them.
   */
  takeOver(): Promise<void>
  /** Requests that went the trader's own way because their process was not there. */
  readonly own: { readonly orders: number; readonly queries: number }
}

const ORDERS = 'orders'
const QUERY = 'query'

/** How long a command may wait in the order process before it is too old to leave (wall). */
const COMMAND_LIFE_MS = 2_000
/** After its deadline it may still be on the wire for an order request's time-out, and its answer on the way here. */
const ON_THE_WIRE_MS = 7_000
/** A whole list with its pages and cool-downs. */
const QUERY_PATIENCE_MS = 60_000
/** A process that hangs is ended by the supervisor long before. */
const TAKE_OVER_PATIENCE_MS = 30_000

/**
 * Requests by the processes that make them, and by the trader itself while such a process is not there. An order goes one
 * of the two ways, never both: what the order process had when it ended is in doubt, and only the broker's list settles
 * it. Both ways take their turn at one limiter for orders; for queries the own one begins without rights.
 */
export function createRelay(options: {
  readonly bus: Bus
  /** The own way. Its order lane takes no turn: that was taken here. */
  readonly own: KiwoomHttp
  readonly limiter: Limiter
  readonly wall: Clock
}): Relay {
  const { bus, own, limiter, wall } = options
  const count = { orders: 0, queries: 0 }
  /** The query process's limiter knows what we spent. */
  let isTold = true

  bus.onPeer(({ peer, state }) => {
    if (peer !== QUERY || state !== 'up' || isTold) return
    void bus.ask(spentQuestion, null, QUERY_PATIENCE_MS).then((answer) => {
      isTold ||= answer.ok
    })
  })

  const ownQuery = () => {
    if (isTold) limiter.drain('queries')
    isTold = false
    count.queries++
  }

  const commanded = async (...[api, body, urgency]: Parameters<KiwoomHttp['order']>) => {
    const deadline = wall.now() + COMMAND_LIFE_MS
    const command = { api, body, urgency, deadline }
    const answer = await bus.ask(orderQuestion, command, COMMAND_LIFE_MS + ON_THE_WIRE_MS)
    if (answer.ok) return answer.value
    if (answer.error.kind === 'notSent') return undefined
    // Unless its end was seen it may still act, up to the deadline: nobody may look for the order before.
    if (answer.error.kind !== 'gone') await sleep(wall, Math.max(0, deadline - wall.now()))
    return err(lost(answer.error))
  }

  const order: KiwoomHttp['order'] = async (api, body, urgency) => {
    const slot = await limiter.take('orders', api, urgency)
    if (!slot.ok) return err(queueFull(slot.error.waiting))
    try {
      const commandedReply = bus.peer(ORDERS) === 'up' ? await commanded(api, body, urgency) : undefined
      if (commandedReply) return commandedReply
      count.orders++
      return await own.order(api, body, urgency)
    } finally {
      slot.value.release()
    }
  }

  /** Queries may be asked twice: whoever does not answer is not waited for. */
  const asked = async <Q, A>(
    question: Question<Q, Result<A, VenueError>>,
    body: Q,
  ): Promise<Result<A, VenueError> | undefined> => {
    if (bus.peer(QUERY) !== 'up' || !isTold) return undefined
    let cancel = () => {}
    const left = new Promise<undefined>((resolve) => {
      cancel = bus.onPeer(({ peer, state }) => {
        if (peer === QUERY && state !== 'up') resolve(undefined)
      })
    })
    const answer = bus.ask(question, body, QUERY_PATIENCE_MS)
    const first = await Promise.race([left, answer])
    cancel()
    return first?.ok ? first.value : undefined
  }

  return {
    own: count,
    order,
    query: async (api, body, urgency) => {
      const reply = await asked(queryQuestion, { api, body, urgency })
      if (reply) return reply.ok ? ok(reply.value ?? undefined) : reply
      ownQuery()
      return own.query(api, body, urgency)
    },
    pages: async (api, body, list, urgency, behind) => {
      const reply = await asked(pagesQuestion, { api, body, list, urgency, behind })
      if (reply) return reply
      ownQuery()
      return own.pages(api, body, list, urgency, behind)
    },
    takeOver: async () => {
      if (bus.peer(ORDERS) === 'down') return
      // No answer but its end, or the answer: a process that hangs is ended by the supervisor.
      await bus.ask(takeOverQuestion, null, TAKE_OVER_PATIENCE_MS)
    },
  }
}

const lost = (error: BusError): VenueError => ({
  kind: 'inDoubt',
  code: `orders.${error.kind}`,
  text: `주문 프로세스의 답이 없습니다 · no answer from the order process: ${error.why}`,
})

const queueFull = (waiting: number): VenueError => ({
  kind: 'throttled',
  code: 'queueFull',
  text: `대기 중인 주문이 너무 많습니다 · too many orders wait (${waiting})`,
  retryAfterMs: 1_000,
})

/** The turn of an order on the own way was taken by the relay; queries take theirs at the limiter. */
export const ownLanes = (limiter: Limiter): Limiter => ({
  ...limiter,
  take: (lane, apiId, urgency) =>
    lane === 'orders'
      ? Promise.resolve(ok({ release: () => undefined }))
      : limiter.take(lane, apiId, urgency),
})
