import type { Server } from '../routes.ts'
import { Trouble } from '../trouble.ts'
import type { Audit } from './audit.ts'
import { by } from './guard.ts'
import { isReading } from './origin.ts'
import type { RefusalLog } from './refusal-log.ts'
import { type RefusalKind, refusal } from './refusals.ts'

declare module 'fastify' {
  interface FastifyRequest {
    isNoted: boolean
  }
  interface FastifyContextConfig {
    /** Writes its own lines of the audit log. */
    readonly audited?: boolean
  }
}

/**
 * Writes every command into the audit log as its answer leaves: whoever cuts the line before gets no answer, and stands in the
 * log all the same.
 */
export function logCommands(server: Server, audit: Audit): void {
  server.decorateRequest('isNoted', false)
  server.addHook('onSend', async (request, reply) => {
    if (request.isNoted) return
    request.isNoted = true
    const { config, url = '' } = request.routeOptions
    // Previews and checks are asked by POST, some at every keystroke: what a viewer may do is no command.
    const isLooking = isReading(request.method) || config.access === 'read'
    if (request.actor === undefined || isLooking || config.audited || request.is404) return
    audit.add({
      ...by(request),
      what: 'command',
      about: `${request.method} ${url} ${reply.statusCode}`,
      after: request.body,
    })
  })
}

/** What nobody gets to hear who means well. A wrong password and the like have a line of their own. */
const WRITTEN: ReadonlySet<string> = new Set<RefusalKind>([
  ...(['address-not-allowed', 'host-not-expected', 'odd-path', 'other-origin', 'csrf-token-needed'] as const),
  ...(['sign-in-needed', 'bad-token', 'not-allowed', 'session-needed', 'too-many-requests'] as const),
  ...(['second-factor-needed', 'second-factor-missing', 'last-owner', 'last-factor'] as const),
  ...(['idempotency-key-used', 'too-large'] as const),
])

/** Writes down what was refused, by the guard or by a route behind it. */
export function logRefusals(server: Server, log: RefusalLog): void {
  server.addHook('onError', async (request, _reply, error: Error & { readonly code?: string }) => {
    const trouble = error.code === 'FST_ERR_CTP_BODY_TOO_LARGE' ? refusal('too-large') : error
    if (trouble instanceof Trouble && WRITTEN.has(trouble.kind)) log.refused(request, trouble)
  })
}

/** Senders that are cut off before their request is one: too slow, too long, or no HTTP at all. */
export function logCutOff(server: Server, log: RefusalLog): void {
  server.server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const why = whyCutOff(error.code ?? '')
    // A browser opens lines ahead of need, and leaves them without a word.
    if (why === undefined || ('bytesRead' in socket && socket.bytesRead === 0)) return
    const from = 'remoteAddress' in socket ? String(socket.remoteAddress) : '-'
    log.cutOff(from, why)
  })
}

function whyCutOff(code: string): string | undefined {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'slow-sender: the request did not end'
  if (code === 'HPE_HEADER_OVERFLOW') return 'too-large: headers'
  return code.startsWith('HPE_') ? `no-http: ${code}` : undefined
}
