import type { Bus } from '../../../ports/bus.ts'
import type { Clock } from '../../../std/clock.ts'
import { err, ok } from '../../../std/result.ts'
import type { KiwoomHttp } from '../http.ts'
import type { Limiter } from '../limiter.ts'
import type { Tokens } from '../token.ts'
import {
  orderQuestion,
  pagesQuestion,
  queryQuestion,
  spentQuestion,
  takeOverQuestion,
  tokenQuestion,
} from './topics.ts'

/**
 * Sends the trader's orders. A command leaves before its deadline or never, and never after the trader that gave it has
 * ended: whoever looks into the order list afterwards may rely on that.
 */
export function hostOrders(bus: Bus, http: KiwoomHttp, wall: Clock): void {
  /** Lives of the trader that we have seen begin or end. */
  let life = 0
  bus.onPeer(({ peer, state }) => {
    if (peer === 'trader' && state === 'down') life++
  })
  bus.answer(takeOverQuestion, async () => {
    life++
    return true
  })
  bus.answer(orderQuestion, ({ api, body, urgency, deadline }) => {
    const mine = life
    return http.order(api, body, urgency, () => mine === life && wall.now() < deadline)
  })
}

/** Asks for everybody. */
export function hostQueries(bus: Bus, http: KiwoomHttp, limiter: Limiter): void {
  bus.answer(spentQuestion, async () => {
    limiter.drain('queries')
    return true
  })
  bus.answer(queryQuestion, async ({ api, body, urgency }) => {
    const reply = await http.query(api, body, urgency)
    return reply.ok ? ok(reply.value ?? null) : reply
  })
  bus.answer(pagesQuestion, ({ api, body, list, urgency, behind }) =>
    http.pages(api, body, list, urgency, behind),
  )
}

/** Gives the key's one token to the others. */
export function hostTokens(bus: Bus, tokens: Tokens): void {
  bus.answer(tokenQuestion, async ({ refused }) => {
    if (refused !== undefined) tokens.refuse(refused)
    return tokens.get()
  })
}

/** How long a token is used before its owner is asked again (wall), and how long that may take. */
const FRESH_MS = 60_000
const OWNER_PATIENCE_MS = 12_000
const ASK_AGAIN_MS = 1_000

/** The token of a process that has no keys: it asks the owner, and goes on with what it has while the owner is away. */
export function createRemoteTokens(bus: Bus, wall: Clock): Tokens {
  let held: { readonly token: string; askedAt: number } | undefined
  let refused: string | undefined
  let asking: ReturnType<Tokens['get']> | undefined

  const request = async (): ReturnType<Tokens['get']> => {
    const answer = await bus.ask(tokenQuestion, { refused }, OWNER_PATIENCE_MS)
    if (!answer.ok)
      return err({
        kind: 'throttled',
        code: 'noTokenOwner',
        text: `토큰을 가진 프로세스가 답하지 않습니다 · the owner of the token does not answer: ${answer.error.why}`,
        retryAfterMs: ASK_AGAIN_MS,
      })
    if (answer.value.ok) {
      held = { token: answer.value.value, askedAt: wall.now() }
      refused = undefined
    }
    return answer.value
  }

  const fresh = (): ReturnType<Tokens['get']> => {
    asking ??= request().finally(() => {
      asking = undefined
    })
    return asking
  }

  return {
    get: async () => {
      if (!held) return fresh()
      if (wall.now() - held.askedAt >= FRESH_MS) {
        held.askedAt = wall.now()
        void fresh()
      }
      return ok(held.token)
    },
    refuse: (token) => {
      refused = token
      if (held?.token === token) held = undefined
    },
  }
}
