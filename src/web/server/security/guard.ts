import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { invariant } from '../../../std/invariant.ts'
import { SCOPES_OF, type Scope } from '../../contract/access.ts'
import { CSRF_HEADER } from '../../contract/session.ts'
import type { Actor, Server } from '../routes.ts'
import { addressKey } from './addresses.ts'
import { RATES, type Rate } from './buckets.ts'
import { isExpectedHost, isForeign, isOddPath, isReading } from './origin.ts'
import type { Parts } from './parts.ts'
import { hasFactor, sameSecret } from './people.ts'
import { refusal } from './refusals.ts'
import { cookieName } from './sessions.ts'
import { csrfOf, isFresh, TOKEN_START, type Visit, visitOfCookie, visitOfToken } from './visit.ts'

declare module 'fastify' {
  interface FastifyRequest {
    visit: Visit
  }
  interface FastifyContextConfig {
    /** Only for somebody who is signed in on a screen, never for a token. */
    readonly bySession?: boolean
  }
}

/** One route of the running server, and what it asks for. */
export interface GuardedRoute {
  readonly method: string
  readonly url: string
  readonly access: Scope | 'open'
  readonly bySession: boolean
  readonly secondFactor: boolean
}

type Config = NonNullable<RouteOptions['config']>

/** What raises the risk, and everything that administers users, keys and settings. */
const asksFactor = (config: Config, method: string): boolean =>
  config.raisesRisk === true || (config.access === 'admin' && !isReading(method))

/** Notes every route as it is made; one that does not say who may come in stops the start. */
export function noteRoutes(server: Server, noted: GuardedRoute[]): void {
  server.addHook('onRoute', ({ method, url, config = {} }) => {
    const methods = Array.isArray(method) ? method : [method]
    const { access } = config
    invariant(
      access !== undefined,
      `${methods.join(',')} ${url} has no config.access: nobody may come in unsaid`,
    )
    const isOpenAndRisky = access === 'open' && (config.raisesRisk === true || config.bySession === true)
    invariant(!isOpenAndRisky, `${url} is open and asks for a session: one of the two is wrong`)
    for (const each of methods)
      noted.push({
        method: each,
        url,
        access,
        bySession: config.bySession === true,
        secondFactor: asksFactor(config, each),
      })
  })
}

/** The hooks in front of every route, in the order in which a request is judged. */
export function guard(server: Server, parts: Parts, allowed: (address: string) => boolean): void {
  server.decorateRequest('actor', undefined)
  server.decorateRequest('visit')
  server.addHook('onRequest', async (request, reply) => {
    request.visit = { kind: 'nobody' }
    admit(parts, request, reply, allowed)
  })
  server.addHook('onResponse', async (request) => {
    // The time-outs of the server do not hold for a socket that asked for an upgrade: one that was refused ends here.
    if (isUpgrade(request)) request.raw.socket.destroySoon()
  })
}

/** Who it was, for the audit log. */
export function by({ actor, ip }: FastifyRequest): { who: string; from: string; via: Actor['via'] | 'none' } {
  return { who: actor?.name ?? '-', from: ip, via: actor?.via ?? 'none' }
}

function admit(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  allowed: (address: string) => boolean,
): void {
  if (!allowed(request.ip)) throw refusal('address-not-allowed')
  if (!isExpectedHost(request.headers.host, parts.options.hosts)) throw refusal('host-not-expected')
  if (isOddPath(request.url)) throw refusal('odd-path')
  const visit = visitOf(parts, request)
  const foreign = isForeign(askedOf(parts, request), parts.options.tls === 'none' ? 'http' : 'https')
  // Who is signed in has a turn of their own: neither a flood of strangers nor a page they have opened keeps them from a stop.
  if (foreign || !isSignedIn(visit))
    takeTurn(parts, reply, `address:${addressKey(request.ip)}`, RATES.address)
  if (foreign) throw refusal('other-origin')
  if (!visit) throw refusal('bad-token')
  request.visit = visit
  request.actor = actorOf(parts, request, visit)
  checkCsrf(request, visit)
  takeActorsTurn(parts, request, reply, visit)
  checkAccess(parts, request, visit)
  noteSeen(parts, visit)
}

function takeTurn({ buckets }: Parts, reply: FastifyReply, key: string, rate: Rate): void {
  const waitMs = buckets.take(key, rate)
  if (waitMs === 0) return
  reply.header('retry-after', Math.ceil(waitMs / 1000))
  throw refusal('too-many-requests')
}

function takeActorsTurn(parts: Parts, request: FastifyRequest, reply: FastifyReply, visit: Visit): void {
  if (visit.kind === 'token') takeTurn(parts, reply, `token:${visit.token.id}`, RATES.token)
  else if (visit.kind === 'session') takeTurn(parts, reply, `session:${visit.session.id}`, RATES.session)
  else if (!isReading(request.method)) takeTurn(parts, reply, `entry:${addressKey(request.ip)}`, RATES.entry)
}

const isUpgrade = ({ headers }: FastifyRequest): boolean => headers.upgrade?.toLowerCase() === 'websocket'

function askedOf(parts: Parts, request: FastifyRequest) {
  const { headers, method, cookies } = request
  const one = (name: string) => {
    const value = headers[name]
    return Array.isArray(value) ? value[0] : value
  }
  return {
    method,
    host: headers.host,
    origin: headers.origin,
    site: one('sec-fetch-site'),
    mode: one('sec-fetch-mode'),
    dest: one('sec-fetch-dest'),
    upgrade: isUpgrade(request),
    byCookie: cookies[cookieName(parts, request)] !== undefined,
  }
}

const isSignedIn = (visit: Visit | undefined): boolean => visit?.kind === 'session' || visit?.kind === 'token'

/** A token is meant as one: when it is wrong, the cookie beside it does not help, and it is nobody's. */
function visitOf(parts: Parts, request: FastifyRequest): Visit | undefined {
  const { authorization } = request.headers
  if (authorization === undefined)
    return visitOfCookie(parts.known, request.cookies[cookieName(parts, request)])
  const secret = /^Bearer (\S{1,200})$/i.exec(authorization)?.[1]
  return secret?.startsWith(TOKEN_START) ? visitOfToken(parts.known, secret) : undefined
}

/** A token never has more than its user has today. */
function actorOf(parts: Parts, { ip }: FastifyRequest, visit: Visit): Actor | undefined {
  if (visit.kind !== 'session' && visit.kind !== 'token') return undefined
  const { user } = visit
  const own = SCOPES_OF[user.role]
  const who = { name: user.name, user: user.id, role: user.role, address: ip }
  if (visit.kind === 'token')
    return {
      ...who,
      via: 'token',
      scopes: own.filter((scope) => visit.token.scopes.includes(scope)),
      secondFactorAt: 0,
    }
  const secondFactorAt = parts.options.demo ? parts.clock.now() : visit.session.secondFactorAt
  return { ...who, via: 'session', scopes: own, secondFactorAt }
}

function checkCsrf({ method, headers }: FastifyRequest, visit: Visit): void {
  if (isReading(method) || (visit.kind !== 'session' && visit.kind !== 'half')) return
  const given = headers[CSRF_HEADER]
  if (typeof given !== 'string' || !sameSecret(given, csrfOf(visit.secret)))
    throw refusal('csrf-token-needed')
}

function checkAccess(parts: Parts, request: FastifyRequest, visit: Visit): void {
  if (request.is404) return
  const { config } = request.routeOptions
  if (config.access === 'open') return
  if (!request.actor) throw refusal('sign-in-needed')
  if (config.access === undefined || !request.actor.scopes.includes(config.access))
    throw refusal('not-allowed')
  if (config.bySession && visit.kind === 'token') throw refusal('session-needed')
  if (asksFactor(config, request.method)) checkFactor(parts, visit)
}

/** Throws unless the visit has a second factor of the last minutes. */
export function checkFactor({ options, clock }: Parts, visit: Visit): void {
  if (visit.kind !== 'session') throw refusal(visit.kind === 'token' ? 'session-needed' : 'sign-in-needed')
  if (options.demo) return
  if (!hasFactor(visit.user)) throw refusal('second-factor-missing')
  if (!isFresh(visit.session, clock.now())) throw refusal('second-factor-needed')
}

const SEEN_EVERY_MS = 5 * 60_000

/** Not at each request: the file would be written all day. */
function noteSeen({ store, clock }: Parts, visit: Visit): void {
  const at = clock.now()
  if (visit.kind === 'session' && at - visit.session.lastSeenAt >= SEEN_EVERY_MS) {
    const { id } = visit.session
    void store
      .change((stored) => ({
        ...stored,
        sessions: stored.sessions.map((each) => (each.id === id ? { ...each, lastSeenAt: at } : each)),
      }))
      .catch(() => undefined)
  }
  if (visit.kind === 'token' && at - visit.token.lastUsedAt >= SEEN_EVERY_MS) {
    const { id } = visit.token
    void store
      .change((stored) => ({
        ...stored,
        tokens: stored.tokens.map((each) => (each.id === id ? { ...each, lastUsedAt: at } : each)),
      }))
      .catch(() => undefined)
  }
}
