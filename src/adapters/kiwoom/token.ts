import type { VenueError } from '../../model/venue-error.ts'
import { type Network, NetworkError } from '../../ports/network.ts'
import type { Clock, EpochMs } from '../../std/clock.ts'
import { err, ok, type Result } from '../../std/result.ts'
import { kstDateTime } from './codec/values.ts'
import { classify, type Verdict } from './errors.ts'
import { tokenReply } from './wire.ts'

export interface Tokens {
  /** A usable token. One issue serves everybody who waits; errors of kind `rejected` are final (bad key). */
  get(): Promise<Result<string, VenueError>>
  /** The server refused this token: the next `get` issues another, unless that has already happened. */
  refuse(token: string): void
}

/** Kiwoom's own SDK renews so much before the end. */
const RENEW_EARLY_MS = 600_000
/** What the server says of the keys stays so: whoever was told asks at most once a minute. */
const PACE_MS = 60_000
/**
 * An issue that got no usable answer, was one too many, or whose token was refused soon after, is repeated after this, then
 * after twice as long, up to the longest: without a token not even a stop can leave. Asking again is harmless, a living token
 * is given out once more. The limit of the endpoint is not published; it is assumed to be that of any other, one request a
 * second and a pause of 1.3 s after one too many (wire reference §2.1, §6).
 */
const FIRST_RETRY_MS = 2_000
const LONGEST_RETRY_MS = 10_000
/** After so long without an issue the waiting begins anew. */
const STEADY_MS = 120_000
const TIMEOUT_MS = 10_000
/** The server could not make one this time (wire reference §5): no word on the keys. */
const NOT_MADE = new Set(['8006', '8009'])

interface Held {
  readonly token: string
  readonly expiresAt: EpochMs
}

/**
 * Access tokens (au10001). Expiry is on the market's clock, the pace of issuing on the wall's.
 * Source: Kiwoom REST API guide, 접근토큰 발급; wire reference §2.
 */
export function createTokens(options: {
  readonly network: Network
  readonly rest: string
  readonly appKey: string
  readonly secretKey: string
  readonly clock: Clock
  readonly wall: Clock
}): Tokens {
  const { network, clock, wall } = options
  let held: Held | undefined
  let issuing: Promise<Result<string, VenueError>> | undefined
  let nextIssueAt = Number.NEGATIVE_INFINITY
  let retryMs = FIRST_RETRY_MS
  let issuedAt = Number.NEGATIVE_INFINITY
  /** An early renewal before this would get the same token again. */
  let renewFrom = Number.NEGATIVE_INFINITY

  const issue = (): Promise<Result<string, VenueError>> => {
    const waitMs = nextIssueAt - wall.now()
    if (!issuing && waitMs > 0) return Promise.resolve(err(paced(waitMs)))
    issuing ??= request().finally(() => {
      issuing = undefined
    })
    return issuing
  }

  const retrySoon = () => {
    nextIssueAt = wall.now() + retryMs
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS)
  }

  /** A living token is given out once more: the next one exists when this one has ended, and must then be had at once. */
  const sameAgain = (expiresAt: EpochMs) => {
    if (clock.now() < expiresAt) renewFrom = expiresAt
    retrySoon()
  }

  const request = async (): Promise<Result<string, VenueError>> => {
    const before = nextIssueAt
    nextIssueAt = wall.now() + PACE_MS
    try {
      const reply = await network.post('tokens', {
        url: `${options.rest}/oauth2/token`,
        headers: { 'content-type': 'application/json;charset=UTF-8' },
        body: JSON.stringify({
          grant_type: 'client_credentials',
          appkey: options.appKey,
          secretkey: options.secretKey,
        }),
        timeoutMs: TIMEOUT_MS,
      })
      const verdict = classify(reply)
      if (verdict.kind !== 'ok') {
        const error = issueError(verdict)
        if (error.kind !== 'rejected') retrySoon()
        return err(error)
      }
      const parsed = tokenReply.safeParse(verdict.body)
      const expiresAt = parsed.success ? kstDateTime(parsed.data.expires_dt) : undefined
      if (!parsed.success || expiresAt === undefined) {
        retrySoon()
        return err(unreadable())
      }
      const isSame = held?.token === parsed.data.token && held.expiresAt === expiresAt
      held = { token: parsed.data.token, expiresAt }
      if (wall.now() - issuedAt >= STEADY_MS) retryMs = FIRST_RETRY_MS
      issuedAt = wall.now()
      if (isSame) sameAgain(expiresAt)
      else retrySoon()
      return ok(held.token)
    } catch (error) {
      // Only what reached the server counts against the pace.
      if (error instanceof NetworkError && !error.sent) nextIssueAt = before
      else retrySoon()
      return err({
        kind: 'unavailable',
        code: 'network',
        text: String(error instanceof Error ? error.message : error),
      })
    }
  }

  return {
    get: async () => {
      const now = clock.now()
      if (held && now < Math.max(held.expiresAt - RENEW_EARLY_MS, renewFrom)) return ok(held.token)
      if (!held) return issue()
      if (now >= held.expiresAt) {
        // The server's clock decides: until it refuses the old token, that is better than none.
        const { token } = held
        const issued = await issue()
        return issued.ok || held?.token !== token ? issued : ok(token)
      }
      // It still works: nobody waits for the early renewal, and a failed one costs nothing yet.
      void issue()
      return ok(held.token)
    },
    refuse: (token) => {
      if (held?.token === token) held = undefined
    },
  }
}

function issueError({ kind, code, text }: Exclude<Verdict, { kind: 'ok' }>): VenueError {
  const isPassing = kind === 'broken' || kind === 'throttle' || NOT_MADE.has(code)
  return { kind: isPassing ? 'unavailable' : 'rejected', code, text }
}

const unreadable = (): VenueError => ({
  kind: 'unavailable',
  code: 'tokenShape',
  text: '토큰 응답을 읽을 수 없습니다 · unreadable token reply',
})

const paced = (waitMs: number): VenueError => ({
  kind: 'throttled',
  code: 'tokenPaced',
  text: '토큰을 방금 발급했습니다. 잠시 뒤에 다시 발급합니다 · a token was issued just now; the next one a little later',
  retryAfterMs: waitMs,
})
