import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import { invariant } from '../../../std/invariant.ts'
import { err, ok } from '../../../std/result.ts'
import type { Server } from '../routes.ts'
import { allowList } from './addresses.ts'
import { createBuckets } from './buckets.ts'
import { logCommands, logCutOff, logRefusals } from './command-log.ts'
import { checkFactor, type GuardedRoute, guard, noteRoutes } from './guard.ts'
import { addHeaders, helmetOptions } from './headers.ts'
import { makeLink } from './links.ts'
import { createOnce } from './once.ts'
import type { Parts } from './parts.ts'
import { createPasswords } from './passwords.ts'
import { activeOwners } from './people.ts'
import { createRefusalLog } from './refusal-log.ts'
import { auditRoutes } from './routes/audit-routes.ts'
import { entryRoutes } from './routes/entry-routes.ts'
import { meRoutes } from './routes/me-routes.ts'
import { sessionRoutes } from './routes/session-routes.ts'
import { tokenRoutes } from './routes/token-routes.ts'
import { userRoutes } from './routes/user-routes.ts'
import type { Security, SecurityOptions } from './security.ts'
import { CONNECTIONS_MAX, limitConnections } from './server-limits.ts'
import { createShelf } from './shelf.ts'
import { createThrottle } from './throttle.ts'
import { createWatch } from './watch.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route so far, with what it asks for. */
    guardedRoutes: readonly GuardedRoute[]
  }
}

/**
 * Puts the guard in front of every route; to be awaited before any route is registered, on a server whose error handler sends
 * `Trouble` by `sendTrouble`. Breaks an invariant when an entry of `allow` is no address: check it with `allowList` before.
 */
export async function installSecurity(server: Server, options: SecurityOptions): Promise<Security> {
  const allowed = allowList(options.allow)
  invariant(allowed.ok, 'security.allow was not checked')
  const parts = await partsOf(options)
  const routes: GuardedRoute[] = []
  const watch = createWatch(parts.store, parts.clock)

  server.server.maxConnections = CONNECTIONS_MAX
  limitConnections(server)
  // A form of another site could send this kind without asking first.
  server.removeContentTypeParser('text/plain')
  await server.register(helmet, helmetOptions(options.tls))
  addHeaders(server)
  await server.register(cookie)
  server.decorate('guardedRoutes', routes)
  noteRoutes(server, routes)
  const refusals = createRefusalLog(parts)
  logRefusals(server, refusals)
  logCutOff(server, refusals)
  guard(server, parts, allowed.value)
  logCommands(server, parts.audit)
  server.addHook('onClose', async () => watch.close())

  return {
    audit: parts.audit,
    routes: (scope) => {
      for (const add of [sessionRoutes, entryRoutes, meRoutes, userRoutes, tokenRoutes, auditRoutes])
        add(scope, parts)
    },
    requireSecondFactor: ({ visit }) => checkFactor(parts, visit),
    once: createOnce(options.state.answers),
    whenSignedOut: ({ visit }, ended) => watch.add(visit, ended),
    entryLink: async () => {
      if (!options.demo && activeOwners(parts.store.view()).length > 0) return err(HAS_OWNER)
      return ok((await makeLink(parts, options.demo ? 'demo' : 'owner')).path)
    },
  }
}

const HAS_OWNER = {
  ko: '이미 소유자가 있습니다. 들어갈 수 없게 되었으면 garam user reset 을 쓰세요',
  en: 'there is an owner already; use garam user reset if they cannot get in any more',
}

const MINUTE_MS = 60_000
const CHALLENGE_MS = 5 * MINUTE_MS
const HALF_MS = 10 * MINUTE_MS
/** What strangers can make us remember, each a few hundred bytes. */
const STRANGERS_MAX = 2_000

async function partsOf(options: SecurityOptions): Promise<Parts> {
  const { clock, secretBytes, state } = options
  return {
    options,
    clock,
    secretBytes,
    store: state.store,
    audit: state.audit,
    key: state.key,
    passwords: await createPasswords(secretBytes),
    throttle: createThrottle(clock),
    buckets: createBuckets(clock),
    known: {
      store: state.store,
      clock,
      visitors: createShelf(clock, CHALLENGE_MS, STRANGERS_MAX),
      halves: createShelf(clock, HALF_MS, STRANGERS_MAX),
    },
    challenges: createShelf(clock, CHALLENGE_MS, STRANGERS_MAX),
    totps: createShelf(clock, HALF_MS, STRANGERS_MAX),
  }
}
