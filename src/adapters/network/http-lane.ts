import { type HttpReply, type HttpRequest, NetworkError } from '../../ports/network.ts'
import { type HttpLine, openHttpLine } from './http-line.ts'

const CONNECT_TIMEOUT_MS = 5_000
/** Requests of one lane that run at the same time, each on a line of its own. */
const LINES_PER_LANE = 8
/** More than the queues before it let through; whoever comes then was not sent. */
const MOST_WAITING = 1_024

/** The lines of one lane to one origin. */
export interface HttpLane {
  /** One request, never repeated. Rejects with a `NetworkError` only. */
  post(url: URL, request: HttpRequest): Promise<HttpReply>
  close(): void
}

interface Job {
  readonly bytes: string
  readonly resolve: (reply: HttpReply) => void
  readonly reject: (error: NetworkError) => void
  line: HttpLine | undefined
  done: boolean
}

/**
 * A request is written to an idle line at once, in the call that asks for it; otherwise it waits for a line. It counts as
 * sent from the moment it is handed to a connected socket, whatever becomes of it.
 */
export function createHttpLane(origin: URL): HttpLane {
  const lines = new Set<HttpLine>()
  const waiting: Job[] = []
  let opening = 0

  const settle = (job: Job, act: () => void) => {
    if (job.done) return
    job.done = true
    act()
  }

  const give = (line: HttpLine, job: Job) => {
    job.line = line
    line.send({
      bytes: job.bytes,
      onReply: (reply) => settle(job, () => job.resolve(reply)),
      onBroken: (error) => settle(job, () => job.reject(new NetworkError(error.message, true))),
    })
  }

  const next = (): Job | undefined => {
    for (let job = waiting.shift(); job; job = waiting.shift()) if (!job.done) return job
    return undefined
  }

  const open = () => {
    opening++
    let isOpening = true
    const opened = () => {
      if (isOpening) opening--
      isOpening = false
    }
    const line = openHttpLine(origin, CONNECT_TIMEOUT_MS, {
      onIdle: () => {
        opened()
        const job = next()
        if (job) give(line, job)
      },
      onGone: (error, connected) => {
        opened()
        lines.delete(line)
        // Whom this line was opened for learns why it cannot be; who waits behind it gets another.
        const job = connected ? undefined : next()
        if (job) settle(job, () => job.reject(new NetworkError(error.message, false)))
        openMore()
      },
    })
    lines.add(line)
  }

  const openMore = () => {
    if (waiting.length > opening && lines.size < LINES_PER_LANE) open()
  }

  const dispatch = (job: Job) => {
    for (const line of lines) if (line.idle) return give(line, job)
    if (waiting.length >= MOST_WAITING)
      return settle(job, () => job.reject(new NetworkError(`${MOST_WAITING} requests wait already`, false)))
    waiting.push(job)
    openMore()
  }

  const expire = (job: Job, timeoutMs: number) => {
    if (job.done) return
    const error = new Error(`no reply within ${timeoutMs} ms`)
    // Dropping the line keeps the request from crawling out of a buffer later.
    if (job.line) return job.line.drop(error)
    waiting.splice(waiting.indexOf(job), 1)
    settle(job, () => job.reject(new NetworkError(error.message, false)))
  }

  return {
    post: (url, request) =>
      new Promise((resolve, reject) => {
        const bytes = requestBytes(url, request)
        if (bytes === undefined) return reject(new NetworkError('a header with a line end in it', false))
        const job: Job = { bytes, resolve, reject, line: undefined, done: false }
        dispatch(job)
        // Behind the write: the request need not wait for its own clock.
        const deadline = AbortSignal.timeout(Math.max(1, request.timeoutMs))
        deadline.addEventListener('abort', () => expire(job, request.timeoutMs), { once: true })
      }),
    close: () => {
      const error = new Error('the network is closed')
      for (const job of waiting.splice(0))
        settle(job, () => job.reject(new NetworkError(error.message, false)))
      for (const line of lines) line.drop(error)
    },
  }
}

/** The whole request as one text, so that it leaves in one write; `undefined` when a header could end its own line. */
function requestBytes(url: URL, { headers, body }: HttpRequest): string | undefined {
  let text = `POST ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\nconnection: keep-alive\r\n`
  for (const name in headers) {
    const line = `${name}: ${headers[name]}`
    if (/[\r\n\0]/.test(line)) return undefined
    text += `${line}\r\n`
  }
  return `${text}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}
