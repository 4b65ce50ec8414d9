import { createHmac } from 'node:crypto'
import type { Clock } from '../../../std/clock.ts'
import { SECOND_FACTOR_MS } from '../../contract/session.ts'
import { digestOf, userOf } from './people.ts'
import type { Shelf } from './shelf.ts'
import type { Store, StoredSession, StoredToken, User } from './store.ts'

/**
 * Who stands behind a request. `visitor`: has a cookie, so that a challenge can be tied to it. `half`: the password was right and
 * the second factor is still missing, which is good for nothing else.
 */
export type Visit =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'visitor'; readonly secret: string }
  | { readonly kind: 'half'; readonly secret: string; readonly user: User; readonly half: Half }
  | {
      readonly kind: 'session'
      readonly secret: string
      readonly user: User
      readonly session: StoredSession
    }
  | { readonly kind: 'token'; readonly user: User; readonly token: StoredToken }

export type SessionVisit = Extract<Visit, { kind: 'session' }>

export interface Half {
  readonly user: string
  /** Wrong codes so far. */
  wrong: number
}

const IDLE_MS = 12 * 3_600_000
export const ABSOLUTE_MS = 7 * 24 * 3_600_000
export const TOKEN_START = 'garam_'

export interface Known {
  readonly store: Store
  readonly clock: Clock
  readonly visitors: Shelf<true>
  readonly halves: Shelf<Half>
}

export const isAlive = (session: StoredSession, now: number): boolean =>
  now - session.lastSeenAt < IDLE_MS && now - session.createdAt < ABSOLUTE_MS

/** Who a cookie belongs to. One that is unknown or has run out belongs to nobody. */
export function visitOfCookie({ store, clock, visitors, halves }: Known, secret: string | undefined): Visit {
  if (secret === undefined || !/^[A-Za-z0-9_-]{43}$/.test(secret)) return { kind: 'nobody' }
  const hash = digestOf(secret)
  const stored = store.view()
  const session = stored.sessions.find((each) => each.hash === hash)
  if (session) {
    const user = userOf(stored, session.user)
    if (user && !user.disabled && isAlive(session, clock.now()))
      return { kind: 'session', secret, user, session }
    return { kind: 'nobody' }
  }
  const half = halves.get(hash)
  const user = half && userOf(stored, half.user)
  if (half && user && !user.disabled) return { kind: 'half', secret, user, half }
  return visitors.get(hash) ? { kind: 'visitor', secret } : { kind: 'nobody' }
}

/** Who a bearer token belongs to; `undefined` for one that is wrong, has run out, or whose user is disabled. */
export function visitOfToken({ store, clock }: Known, secret: string): Visit | undefined {
  const stored = store.view()
  const hash = digestOf(secret)
  const token = stored.tokens.find((each) => each.hash === hash)
  const user = token && userOf(stored, token.user)
  if (!token || !user || user.disabled || clock.now() >= token.expiresAt) return undefined
  return { kind: 'token', user, token }
}

/** Comes from the session's secret by a one-way street, so that it need not be stored and changes with it. */
export const csrfOf = (secret: string): string =>
  createHmac('sha256', secret).update('garam csrf').digest('base64url')

export const isFresh = (session: StoredSession, now: number): boolean =>
  session.secondFactorAt > 0 && now - session.secondFactorAt < SECOND_FACTOR_MS
