import { CSRF_HEADER } from '../../contract/session.ts'
import type { Server } from '../routes.ts'
import { addressKey, isLoopback } from './addresses.ts'

/**
 * To be spread into the options of fastify: who sends slowly, much or for ever is cut off. With TLS of our own, spread `http` into
 * `https` instead. A WebSocket is free of these once it is open.
 */
export const SERVER_LIMITS = {
  bodyLimit: 256 * 1024,
  /** A whole request, headers and body. */
  requestTimeout: 30_000,
  /** A socket on which nothing moves. */
  connectionTimeout: 60_000,
  keepAliveTimeout: 20_000,
  maxRequestsPerSocket: 1_000,
  http: { headersTimeout: 10_000, connectionsCheckingInterval: 2_000, maxHeaderSize: 16 * 1024 },
  /** Ids and links are 43 characters at most. */
  routerOptions: { maxParamLength: 200 },
} as const

export const CONNECTIONS_MAX = 1_024
/** A browser opens six, and one for each live line. */
const CONNECTIONS_OF_ONE_MAX = 128

/** So many lines at once from one address, so that one sender leaves room for others. From this machine comes a proxy with everybody's. */
export function limitConnections(
  server: Server,
  { most = CONNECTIONS_OF_ONE_MAX, isFree = isLoopback }: Partial<ConnectionLimit> = {},
): void {
  const open = new Map<string, number>()
  server.server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? ''
    if (isFree(address)) return
    const key = addressKey(address)
    const count = (open.get(key) ?? 0) + 1
    if (count > most) return void socket.destroy()
    open.set(key, count)
    socket.once('close', () => {
      const left = (open.get(key) ?? 0) - 1
      if (left > 0) open.set(key, left)
      else open.delete(key)
    })
  })
}

interface ConnectionLimit {
  readonly most: number
  readonly isFree: (address: string) => boolean
}

/** A link's token stands in its path and must not stand in a log. */
const withoutLink = (url: string): string => url.replace(/(\/enter\/)[^/?#]+/g, '$1…').split('?')[0] ?? ''

/** To be spread into the logger's options: what would let a reader of the log sign in is left out. */
export const LOG_SAFELY = {
  redact: {
    paths: ['cookie', 'authorization', 'set-cookie', CSRF_HEADER].flatMap((name) => [
      `headers["${name}"]`,
      `*.headers["${name}"]`,
    ]),
    censor: '[hidden]',
  },
  serializers: {
    req: ({ method, url, ip }: { readonly method: string; readonly url: string; readonly ip: string }) => ({
      method,
      url: withoutLink(url),
      from: ip,
    }),
  },
}
