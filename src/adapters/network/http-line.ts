import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { connect as connectSecure } from 'node:tls'
import type { HttpReply } from '../../ports/network.ts'
import { createReplyReader, type ReplyReader } from './http-reply.ts'

/** Idle lines are given up before most servers do it: an order written to a line that the server just closed is in doubt. */
const KEEP_ALIVE_MS = 4_000
/** A reply above this is not one of ours. */
const LARGEST_REPLY = 32 * 1024 * 1024

/** One request under way. */
export interface Exchange {
  /** The request, ready for the wire. */
  readonly bytes: string
  onReply(reply: HttpReply): void
  /** The line broke after the request was handed to it. */
  onBroken(error: Error): void
}

/** One connection, one request at a time. */
export interface HttpLine {
  /** Writes at once. Only on an idle line. */
  send(exchange: Exchange): void
  /** Whether a request may be written now. */
  readonly idle: boolean
  /** Drops the line; a request that is under way breaks with this error. */
  drop(error: Error): void
}

export interface LineEvents {
  /** Connected, or done with a request. */
  onIdle(): void
  /** Gone, before or after it was connected; it tells once. */
  onGone(error: Error, connected: boolean): void
}

export function openHttpLine(url: URL, connectTimeoutMs: number, events: LineEvents): HttpLine {
  const socket = connect(url)
  let connected = false
  let gone = false
  let current: Exchange | undefined
  let reader: ReplyReader | undefined
  let trouble: Error | undefined

  const drop = (error: Error) => {
    trouble ??= error
    socket.destroy()
    leave()
  }

  const leave = () => {
    if (gone) return
    gone = true
    const error = trouble ?? new Error('the server closed the line')
    const broken = current
    current = undefined
    broken?.onBroken(error)
    events.onGone(error, connected)
  }

  const finish = (reply: HttpReply, keepMs: number) => {
    const done = current
    current = undefined
    reader = undefined
    if (keepMs > 0) socket.setTimeout(keepMs)
    else drop(new Error('not kept'))
    done?.onReply(reply)
    if (!gone) events.onIdle()
  }

  const hear = (chunk: Buffer) => {
    if (!reader) return drop(new Error('the server spoke unasked'))
    try {
      const reply = reader.push(chunk)
      if (reply) finish(reply, reader.keepMs)
    } catch (error) {
      drop(error as Error)
    }
  }

  const ended = () => {
    try {
      if (reader) finish(reader.end(), 0)
      else drop(new Error('the server closed the line'))
    } catch (error) {
      drop(error as Error)
    }
  }

  socket.setNoDelay(true)
  socket.setTimeout(connectTimeoutMs, () =>
    drop(new Error(connected ? 'idle for too long' : `no connection within ${connectTimeoutMs} ms`)),
  )
  socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
    connected = true
    socket.setTimeout(KEEP_ALIVE_MS)
    events.onIdle()
  })
  socket.on('data', hear)
  socket.on('end', ended)
  socket.on('error', (error) => {
    trouble ??= error
  })
  socket.on('close', leave)

  return {
    send: (exchange) => {
      current = exchange
      socket.write(exchange.bytes)
      reader = createReplyReader(LARGEST_REPLY, KEEP_ALIVE_MS)
      socket.setTimeout(0)
    },
    get idle() {
      return connected && !gone && !current && socket.writable && !socket.readableEnded
    },
    drop,
  }
}

function connect({ protocol, hostname, port }: URL): Socket {
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  return protocol === 'https:'
    ? connectSecure({
        host,
        port: Number(port || 443),
        ...(isIP(host) ? {} : { servername: host }),
        ALPNProtocols: ['http/1.1'],
      })
    : connectPlain({ host, port: Number(port || 80) })
}
