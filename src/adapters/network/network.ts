import { type Dispatcher, Pool } from 'undici'
import { WebSocket } from 'ws'
import {
  type HttpReply,
  type HttpRequest,
  type Network,
  NetworkError,
  type SocketHandlers,
  type SocketLine,
} from '../../ports/network.ts'

/** Idle lines are given up before most servers do it: an order written to a line that the server just closed is in doubt. */
const KEEP_ALIVE_MS = 4_000
const CONNECT_TIMEOUT_MS = 5_000
/** Requests of one lane that run at the same time, each on a line of its own. */
const LINES_PER_LANE = 8
const HANDSHAKE_TIMEOUT_MS = 10_000
/** A reply or a frame above this is not one of ours. */
const LARGEST_REPLY = 32 * 1024 * 1024
const LARGEST_FRAME = 4 * 1024 * 1024

/** Close code of a line that ended without a close frame (RFC 6455 §7.1.5). */
const ABNORMAL_CLOSE = 1006

/**
 * The real wire: HTTP by undici, one pool per lane and origin, so that orders never wait for a query's line; WebSockets
 * by ws, without compression and without protocol pings (the parties send their own).
 */
export function createNetwork(): Network {
  const pools = new Map<string, Pool>()
  const lines = new Set<WebSocket>()
  let closed = false

  const poolFor = (lane: string, origin: string): Pool => {
    const key = `${lane} ${origin}`
    const known = pools.get(key)
    if (known) return known
    const pool = new Pool(origin, {
      connections: LINES_PER_LANE,
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      connect: { timeout: CONNECT_TIMEOUT_MS },
    })
    pools.set(key, pool)
    return pool
  }

  return {
    post: (lane, request) => {
      if (closed) return Promise.reject(new NetworkError('the network is closed', false))
      try {
        const url = new URL(request.url)
        return exchange(poolFor(lane, url.origin), url, request)
      } catch {
        return Promise.reject(new NetworkError(`not an address: ${request.url}`, false))
      }
    },
    connect: (url, handlers) => {
      const socket = openLine(url, handlers)
      lines.add(socket)
      socket.on('close', () => lines.delete(socket))
      return lineOf(socket)
    },
    close: async () => {
      closed = true
      for (const line of lines) line.terminate()
      await Promise.all([...pools.values()].map((pool) => pool.destroy()))
      pools.clear()
    },
  }
}

/**
 * One request, never repeated. `onRequestStart` is called just before the first byte is written, so a failure without
 * it (refused, no route, no name, connect time-out, time-out in the queue) left nothing on the wire.
 */
function exchange(pool: Pool, url: URL, request: HttpRequest): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const deadline = AbortSignal.timeout(Math.max(1, request.timeoutMs))
    let size = 0
    let sent = false
    let reply = { status: 0, headers: {} as Record<string, string> }
    let controller: Dispatcher.DispatchController | undefined

    const fail = (error: Error) => {
      deadline.removeEventListener('abort', expire)
      reject(new NetworkError(error.message || error.name, sent))
    }
    const expire = () => {
      const error = new Error(`no reply within ${request.timeoutMs} ms`)
      // Aborting drops the line, so that the request cannot crawl out of a buffer later.
      if (controller) controller.abort(error)
      fail(error)
    }
    deadline.addEventListener('abort', expire, { once: true })

    pool.dispatch(
      {
        path: `${url.pathname}${url.search}`,
        method: 'POST',
        headers: request.headers,
        body: request.body,
        idempotent: false,
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      {
        onRequestStart: (started) => {
          controller = started
          // Expired while it waited for a line: it must not leave any more.
          if (deadline.aborted) started.abort(new Error('given up before it was sent'))
          else sent = true
        },
        onResponseStart: (_, status, headers) => {
          reply = { status, headers: plainHeaders(headers) }
        },
        onResponseData: (line, chunk) => {
          size += chunk.length
          if (size > LARGEST_REPLY) line.abort(new Error(`a reply of more than ${LARGEST_REPLY} bytes`))
          else chunks.push(chunk)
        },
        onResponseEnd: () => {
          deadline.removeEventListener('abort', expire)
          resolve({ ...reply, body: Buffer.concat(chunks).toString('utf8') })
        },
        onResponseError: (_, error) => fail(error),
      },
    )
  })
}

function plainHeaders(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const plain: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  return plain
}

function openLine(url: string, handlers: SocketHandlers): WebSocket {
  const socket = new WebSocket(url, {
    perMessageDeflate: false,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    maxPayload: LARGEST_FRAME,
  })
  socket.on('open', () => handlers.onOpen())
  socket.on('message', (data) => handlers.onMessage(data.toString()))
  let trouble = ''
  // ws always follows an error with a close; the close carries its text.
  socket.on('error', (error) => {
    trouble = error.message
  })
  socket.on('close', (code, reason) => handlers.onClose(code || ABNORMAL_CLOSE, reason.toString() || trouble))
  return socket
}

const lineOf = (socket: WebSocket): SocketLine => ({
  send: (text) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(text)
  },
  close: () => socket.close(1000),
  terminate: () => socket.terminate(),
})
