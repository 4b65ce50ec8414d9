import { WebSocket } from 'ws'
import { type Network, NetworkError, type SocketHandlers, type SocketLine } from '../../ports/network.ts'
import { createHttpLane, type HttpLane } from './http-lane.ts'

const MOST_ADDRESSES = 256
const HANDSHAKE_TIMEOUT_MS = 10_000
/** A frame above this is not one of ours. */
const LARGEST_FRAME = 4 * 1024 * 1024

/** Close code of a line that ended without a close frame (RFC 6455 §7.1.5). */
const ABNORMAL_CLOSE = 1006

/**
 * The real wire: HTTP/1.1 on lines of our own, a set of them per lane and origin, so that orders never wait for a query's
 * line; WebSockets by ws, without compression and without protocol pings (the parties send their own).
 */
export function createNetwork(): Network {
  const lanes = new Map<string, HttpLane>()
  const lines = new Set<WebSocket>()
  let closed = false

  /** A party has a few dozen addresses; reading one again and again costs more than the lookup. */
  const addresses = new Map<string, URL>()

  const addressOf = (text: string): URL | undefined => {
    const known = addresses.get(text)
    if (known) return known
    if (!URL.canParse(text)) return undefined
    const url = new URL(text)
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
    if (addresses.size < MOST_ADDRESSES) addresses.set(text, url)
    return url
  }

  const laneFor = (name: string, url: URL): HttpLane => {
    const key = `${name} ${url.origin}`
    const known = lanes.get(key)
    if (known) return known
    const lane = createHttpLane(url)
    lanes.set(key, lane)
    return lane
  }

  return {
    post: (lane, request) => {
      if (closed) return Promise.reject(new NetworkError('the network is closed', false))
      const url = addressOf(request.url)
      if (!url) return Promise.reject(new NetworkError(`not an address: ${request.url}`, false))
      return laneFor(lane, url).post(url, request)
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
      for (const lane of lanes.values()) lane.close()
      lanes.clear()
    },
  }
}

function openLine(url: string, handlers: SocketHandlers): WebSocket {
  const socket = new WebSocket(url, {
    perMessageDeflate: false,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    maxPayload: LARGEST_FRAME,
  })
  socket.on('open', () => handlers.onOpen())
  socket.on('message', (data) => handlers.onMessage(data as Buffer))
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
