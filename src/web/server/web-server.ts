import { readdir } from 'node:fs/promises'
import fastifyStatic from '@fastify/static'
import swagger from '@fastify/swagger'
import websocket from '@fastify/websocket'
import { type FastifyRequest, fastify } from 'fastify'
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import type { Cancel, Clock } from '../../std/clock.ts'
import type { LiveState } from '../contract/live.ts'
import type { DeskLine } from './desk-line.ts'
import { createCurve } from './live/curve.ts'
import { createHub } from './live/hub.ts'
import { liveStateOf } from './live/live-state.ts'
import { liveRoutes } from './live/routes.ts'
import { operationsRoutes, publicRoutes } from './operations.ts'
import type { Routes, Server } from './routes.ts'
import { isOwnProxy } from './security/addresses.ts'
import { SERVER_LIMITS } from './security/server-limits.ts'
import { sendTrouble, Trouble } from './trouble.ts'

export interface WebServerOptions {
  readonly line: DeskLine
  readonly wall: Clock
  /** Names this run of the server: a screen can go on where it was only within it. */
  readonly stream: string
  readonly version: string
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly tls?: { readonly cert: string; readonly key: string }
  /** A proxy in front says who asks. */
  readonly trustProxy?: boolean
  /** The folder of the built dashboard; absent in tests of the API alone. */
  readonly assets?: string
  /** Puts its guard in front of every route; called before any is registered. */
  readonly secure: (server: Server) => Promise<Secured>
}

export interface Secured {
  /** What else there is under `/api/v1`, topic by topic. */
  readonly topics: readonly Routes[]
  /** Calls `ended` once when the session or token of this request is no longer good. */
  whenSignedOut(request: FastifyRequest, ended: () => void): Cancel
  /** Who else is told of each new state, beside the screens. */
  readonly watchers?: readonly ((state: LiveState) => void)[]
}

export interface WebServer {
  /** Errors: rejects when the port is taken. */
  listen(): Promise<{ readonly url: string }>
  close(): Promise<void>
  /** For tests that ask without a socket. */
  readonly server: Server
  readonly screens: () => number
}

const MAX_FRAME_BYTES = 16 * 1024

/** The dashboard's server: pages, API and live line, over the line to a trader that stands in another process. */
export async function createWebServer(options: WebServerOptions): Promise<WebServer> {
  const { line, wall, host, port } = options
  const { server, secured } = await createApp(options)
  const hub = createHub({ wall, stream: options.stream })
  const curve = createCurve()
  const unhear = line.onChange(() => {
    const shown = line.shown()
    if (!shown) return
    const state = liveStateOf(shown, line.line())
    curve.note(state)
    hub.show(state)
    for (const watch of secured.watchers ?? []) watch(state)
  })
  await server.register(
    (scope, _options, ready) => {
      const api = scope.withTypeProvider<ZodTypeProvider>()
      const topics = [
        liveRoutes({ line, hub, curve, now: () => wall.now(), whenSignedOut: secured.whenSignedOut }),
        operationsRoutes({ line, hub, wall, version: options.version }),
        ...secured.topics,
      ]
      for (const topic of topics) topic(api)
      ready()
    },
    { prefix: '/api/v1' },
  )
  publicRoutes(server, { line, hub, wall })
  if (options.assets !== undefined) await servePages(server, options.assets)
  return {
    listen: async () => {
      const address = await server.listen({ host, port })
      return { url: address.replace('[::1]', 'localhost') }
    },
    close: async () => {
      unhear()
      hub.close()
      await server.close()
    },
    server,
    screens: () => hub.screens(),
  }
}

async function createApp({
  trustProxy,
  tls,
  secure,
  version,
}: WebServerOptions): Promise<{ readonly server: Server; readonly secured: Secured }> {
  const { http, ...limits } = SERVER_LIMITS
  const app = fastify({
    logger: false,
    trustProxy: trustProxy ? isOwnProxy : false,
    forceCloseConnections: true,
    ...limits,
    ...(tls && { https: { ...http, ...tls } }),
    ...(!tls && { http }),
  }).withTypeProvider<ZodTypeProvider>()
  const server = app as unknown as Server
  server.setValidatorCompiler(validatorCompiler)
  server.setSerializerCompiler(serializerCompiler)
  server.setNotFoundHandler((_request, reply) =>
    sendTrouble(reply, new Trouble(404, 'not-found', NO_SUCH_ROUTE)),
  )
  server.setErrorHandler((error, _request, reply) => sendTrouble(reply, troubleOf(error)))
  await server.register(websocket, { options: { maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false } })
  const secured = await secure(server)
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Garam',
        version,
        description: '가람 자동매매 API · The API of Garam. Everything the dashboard does goes through it.',
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: 'garam' },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
  return { server, secured }
}

/**
 * Files with a hash in their name never change; everything else, and every address of a page, is asked for again. Only what was
 * built is a file: no address can reach past it.
 */
async function servePages(server: Server, assets: string): Promise<void> {
  const files = new Set(
    (await readdir(assets, { recursive: true })).map((name) => name.replaceAll('\\', '/')),
  )
  await server.register(fastifyStatic, { root: assets, serve: false, cacheControl: false })
  server.get('/*', { config: { access: 'open' }, schema: { hide: true } }, (request, reply) => {
    const path = request.url.slice(1).split(/[?#]/)[0] ?? ''
    const isFile = /\.\w+$/.test(path) && files.has(path)
    // A program of an older build is gone: the page in its place would be taken for it, and kept.
    if (!isFile && /^(api|assets)\//.test(path)) throw new Trouble(404, 'not-found', NO_SUCH_ROUTE)
    const isHashed = isFile && path.startsWith('assets/')
    return reply
      .header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      .sendFile(isFile ? path : 'index.html')
  })
}

const NO_SUCH_ROUTE = { ko: '그런 API가 없습니다', en: 'There is no such API' }

/** Whatever was thrown, as an answer: what a person can mend says how, a bug of ours says no more than that. */
function troubleOf(error: unknown): Trouble {
  if (error instanceof Trouble) return error
  if (hasZodFastifySchemaValidationErrors(error))
    return new Trouble(
      400,
      'bad-request',
      { ko: '요청의 값이 맞지 않습니다', en: 'The request does not fit' },
      error.validation.map(({ instancePath, message }) => ({
        path: instancePath,
        ko: message ?? '값이 맞지 않습니다',
        en: message ?? 'does not fit',
      })),
    )
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500
  if (status === 404) return new Trouble(404, 'not-found', NO_SUCH_ROUTE)
  if (status === 413)
    return new Trouble(413, 'too-large', { ko: '요청이 너무 큽니다', en: 'The request is too large' })
  if (status === 429)
    return new Trouble(429, 'too-many-requests', {
      ko: '요청이 너무 잦습니다. 잠시 뒤에 다시 하세요',
      en: 'Too many requests. Try again in a moment',
    })
  if (status >= 400 && status < 500)
    return new Trouble(status, 'bad-request', {
      ko: '요청을 읽을 수 없습니다',
      en: 'The request cannot be read',
    })
  return new Trouble(500, 'bug', {
    ko: '가람 안에서 문제가 생겼습니다. 기록을 남겼습니다',
    en: 'Something went wrong inside Garam. It is in the log',
  })
}
