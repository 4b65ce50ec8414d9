import websocket from '@fastify/websocket'
import { type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import type { KiwoomSimulator } from './simulator.ts'
import { frameBytes } from './socket/frame-bytes.ts'

export interface KiwoomServer {
  readonly restUrl: string
  readonly socketUrl: string
  readonly controlUrl: string
  close(): Promise<void>
}

/** `/api/websocket` is used by one client in the field; the vendor documents the first. */
const SOCKET_PATHS = ['/api/dostk/websocket', '/api/websocket'] as const
const HOST = '127.0.0.1'
/** A client that reads nothing for so long is cut off instead of filling the memory. */
const MAX_BUFFERED_BYTES = 64 * 1024 * 1024
const MAX_FRAME_BYTES = 1024 * 1024

/**
 * REST and WebSocket of the simulator on one port (0 = any free one), with `/control/*` beside them. `close` ends the
 * server and the simulator. Errors: rejects when the port is taken.
 */
export async function startKiwoomServer(
  core: KiwoomSimulator,
  { port, host = HOST }: { readonly port: number; readonly host?: string },
): Promise<KiwoomServer> {
  const app = fastify({ logger: false, forceCloseConnections: true, bodyLimit: MAX_FRAME_BYTES })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  await app.register(websocket, { options: { maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false } })

  for (const path of SOCKET_PATHS)
    app.get(path, { websocket: true }, (socket, request) => {
      const line = request.raw.socket
      const toOpen = (send: () => void) => {
        if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate()
        else if (socket.readyState === socket.OPEN) send()
      }
      const session = core.openSession(
        (text) => toOpen(() => socket.send(text)),
        (code, abrupt) => (abrupt ? socket.terminate() : socket.close(code)),
        // Beside ws, which without compression writes whole frames at once too: the market is one write a connection.
        (frames) => toOpen(() => void line.write(frameBytes(frames))),
      )
      socket.on('message', (data) => session.receive(String(data)))
      socket.on('close', () => session.closed())
      socket.on('error', () => socket.terminate())
    })

  app.all('/control/*', (request, reply) => {
    const { path, query } = splitUrl(request.url)
    const { status, body } = core.control(request.method, path, query, textOf(request.body))
    return reply
      .code(status)
      .header('content-type', 'application/json;charset=UTF-8')
      .send(JSON.stringify(body))
  })
  app.all('/*', (request, reply) => answer(core, request, reply))
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(''))

  await app.listen({ port, host })
  const address = app.server.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port
  return {
    restUrl: `http://${host}:${bound}`,
    socketUrl: `ws://${host}:${bound}${SOCKET_PATHS[0]}`,
    controlUrl: `http://${host}:${bound}/control`,
    close: async () => {
      core.close()
      await app.close()
    },
  }
}

function answer(core: KiwoomSimulator, request: FastifyRequest, reply: FastifyReply): void {
  const made = core.handle({
    method: request.method,
    path: splitUrl(request.url).path,
    headers: flat(request.headers),
    body: textOf(request.body),
  })
  reply.hijack()
  if (made === 'drop') {
    request.raw.socket.destroy()
    return
  }
  const send = () => {
    if (reply.raw.destroyed) return
    reply.raw.writeHead(made.status, { ...made.headers, 'content-length': Buffer.byteLength(made.body) })
    reply.raw.end(made.body)
  }
  if (made.delayMs) core.after(made.delayMs, send)
  else send()
}

const textOf = (body: unknown): string => (typeof body === 'string' ? body : '')

function splitUrl(url: string): { readonly path: string; readonly query: string } {
  const mark = url.indexOf('?')
  return mark < 0 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) }
}

const flat = (headers: FastifyRequest['headers']): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
