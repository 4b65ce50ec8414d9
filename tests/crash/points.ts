import type { HttpRequest, Network, SocketHandlers } from '../../src/ports/network.ts'
import type { ProbePoint } from '../../src/trading/engine/runner.ts'

/**
 * The named places around sending at which the trader is killed: before and after the journal write, the request, the
 * reply and the push.
 */
export const CRASH_POINTS = [
  'decided',
  'intentAppended',
  'intentDurable',
  'requestHanded',
  'requestSent',
  'replyArrived',
  'pushArrived',
  'reportReceived',
  'reportAppended',
  'reportDurable',
] as const

export type CrashPoint = (typeof CRASH_POINTS)[number] | ProbePoint

const isOrder = (request: HttpRequest) => /^kt1000[0-3]$/.test(request.headers['api-id'] ?? '')

/** A network that tells when an order request has left, when its reply and when an order push has come. */
export function watched(network: Network, reached: (point: CrashPoint) => void): Network {
  return {
    close: () => network.close(),
    post: async (lane, request) => {
      const reply = network.post(lane, request)
      if (!isOrder(request)) return reply
      // The bytes leave on the next turns of the event loop; a moment later they are on the wire.
      setTimeout(() => reached('requestSent'), 1)
      const answer = await reply
      reached('replyArrived')
      return answer
    },
    connect: (url, handlers) => network.connect(url, heard(handlers, reached)),
  }
}

const heard = (handlers: SocketHandlers, reached: (point: CrashPoint) => void): SocketHandlers => ({
  onOpen: () => handlers.onOpen(),
  onClose: (code, reason) => handlers.onClose(code, reason),
  onMessage: (frame) => {
    if (Buffer.from(frame).includes('"type":"00"')) reached('pushArrived')
    handlers.onMessage(frame)
  },
})
