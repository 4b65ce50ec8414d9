import { CSRF_HEADER } from '../../contract/session.ts'

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
