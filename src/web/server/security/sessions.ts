import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Parts } from './parts.ts'
import { digestOf, userOf, without } from './people.ts'
import type { Stored, StoredSession, User } from './store.ts'
import { ABSOLUTE_MS, isAlive, type SessionVisit } from './visit.ts'

const SESSIONS_OF_ONE_MAX = 20
const DEVICE_LENGTH = 120

/** With TLS the browser itself sees to it that no neighbour sets it; two servers on one machine must not share it without. */
export function cookieName({ options }: Pick<Parts, 'options'>, request: FastifyRequest): string {
  if (options.tls !== 'none') return '__Host-garam'
  return `garam-${/:(\d+)$/.exec(request.headers.host ?? '')?.[1] ?? '80'}`
}

function setCookie(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  secret: string,
  stays: boolean,
) {
  reply.setCookie(cookieName(parts, request), secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: parts.options.tls !== 'none',
    ...(stays && { maxAge: ABSOLUTE_MS / 1000 }),
  })
}

function clearCookie(parts: Parts, request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(cookieName(parts, request), {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: parts.options.tls !== 'none',
  })
}

/** 256 bits: whoever has it is the session. */
const newSecret = (parts: Parts): string => Buffer.from(parts.secretBytes(32)).toString('base64url')

/** Whatever the visitor's cookie was good for before ends, so that nobody can have planted it (fixation). */
function leaveOld(parts: Parts, { visit }: FastifyRequest): void {
  if (!('secret' in visit)) return
  const hash = digestOf(visit.secret)
  parts.known.visitors.remove(hash)
  parts.known.halves.remove(hash)
  parts.challenges.remove(hash)
}

const withoutSession = (stored: Stored, visit: FastifyRequest['visit']): readonly StoredSession[] =>
  visit.kind === 'session' ? without(stored.sessions, 'id', visit.session.id) : stored.sessions

/** Signs the user in on this device. `secondFactorAt` 0: without a second factor. */
export async function startSession(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  { user, secondFactorAt }: { readonly user: User; readonly secondFactorAt: number },
): Promise<void> {
  const secret = newSecret(parts)
  const now = parts.clock.now()
  const session: StoredSession = {
    id: Buffer.from(parts.secretBytes(9)).toString('base64url'),
    hash: digestOf(secret),
    user: user.id,
    createdAt: now,
    lastSeenAt: now,
    secondFactorAt,
    address: request.ip,
    device: (request.headers['user-agent'] ?? '').slice(0, DEVICE_LENGTH),
  }
  const before = request.visit
  leaveOld(parts, request)
  await parts.store.change((stored) => ({
    ...stored,
    sessions: bounded([...withoutSession(stored, before), session], user.id, now),
  }))
  setCookie(parts, request, reply, secret, true)
  request.visit = { kind: 'session', secret, user: userOf(parts.store.view(), user.id) ?? user, session }
}

function bounded(sessions: readonly StoredSession[], user: string, now: number): readonly StoredSession[] {
  const alive = sessions.filter((each) => isAlive(each, now))
  const own = alive.filter((each) => each.user === user)
  const tooMany = new Set(own.slice(0, Math.max(0, own.length - SESSIONS_OF_ONE_MAX)))
  return alive.filter((each) => !tooMany.has(each))
}

/** A second factor was given: the same session under a new secret. */
export async function raiseSession(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  visit: SessionVisit,
): Promise<void> {
  const secret = newSecret(parts)
  const now = parts.clock.now()
  const session = { ...visit.session, hash: digestOf(secret), lastSeenAt: now, secondFactorAt: now }
  leaveOld(parts, request)
  await parts.store.change((stored) => ({
    ...stored,
    sessions: stored.sessions.map((each) => (each.id === session.id ? session : each)),
  }))
  setCookie(parts, request, reply, secret, true)
  request.visit = {
    kind: 'session',
    secret,
    user: userOf(parts.store.view(), visit.user.id) ?? visit.user,
    session,
  }
}

/** The password was right; it ends as a session when the second factor is too, or is forgotten after some minutes. */
export async function startHalf(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  user: User,
): Promise<void> {
  const secret = newSecret(parts)
  const half = { user: user.id, wrong: 0 }
  const before = request.visit
  leaveOld(parts, request)
  if (before.kind === 'session')
    await parts.store.change((stored) => ({ ...stored, sessions: withoutSession(stored, before) }))
  parts.known.halves.put(digestOf(secret), half)
  setCookie(parts, request, reply, secret, false)
  request.visit = { kind: 'half', secret, user, half }
}

/** Somebody unknown who wants to show a passkey: the challenge is tied to a cookie. */
export function startVisitor(parts: Parts, request: FastifyRequest, reply: FastifyReply): string {
  const secret = newSecret(parts)
  parts.known.visitors.put(digestOf(secret), true)
  setCookie(parts, request, reply, secret, false)
  request.visit = { kind: 'visitor', secret }
  return secret
}

/** Ends sessions; whoever holds a socket open hears of it. */
export const endSessions = (parts: Parts, which: (session: StoredSession) => boolean): Promise<void> =>
  parts.store.change((stored) => ({
    ...stored,
    sessions: stored.sessions.filter((session) => !which(session)),
  }))

export async function signOut(parts: Parts, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { visit } = request
  leaveOld(parts, request)
  if (visit.kind === 'session') await endSessions(parts, (session) => session.id === visit.session.id)
  clearCookie(parts, request, reply)
  request.visit = { kind: 'nobody' }
}
