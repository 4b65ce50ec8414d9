import type { HttpReply } from '../../ports/network.ts'

/** What came is no reply we can trust: its line must not be used again. */
export class ReplyBroken extends Error {
  override readonly name = 'ReplyBroken'
}

/** Reads one reply out of the bytes of a line. */
export interface ReplyReader {
  /** Gives the reply once it is whole. Throws `ReplyBroken`. */
  push(chunk: Buffer): HttpReply | undefined
  /** The server ended the line: gives the reply if that was its end. Throws `ReplyBroken`. */
  end(): HttpReply
  /** Milliseconds the line may rest after this reply before it is used again; 0 when it must be given up. */
  readonly keepMs: number
}

interface Head {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly version: string
}

/** How the body ends (RFC 9112 §6.3). */
type Framing = { readonly by: 'length'; readonly bytes: number } | { readonly by: 'chunks' | 'close' }

const LARGEST_HEAD = 64 * 1024
const HEAD_END = Buffer.from('\r\n\r\n')
const LINE_END = Buffer.from('\r\n')
/** A server that says when it closes is left a second earlier: what we write meanwhile would be in doubt. */
const KEEP_MARGIN_MS = 1_000

/**
 * A strict reader of HTTP/1.1 replies (RFC 9112): exactly one framing, no folded headers, bodies up to `largest` bytes.
 * `keepMs` is how long we would keep an idle line ourselves.
 */
export function createReplyReader(largest: number, keepMs: number): ReplyReader {
  let rest: Buffer = Buffer.alloc(0)
  let head: Head | undefined
  let framing: Framing | undefined
  const body: Buffer[] = []
  let size = 0
  let keep = 0

  const take = (bytes: Buffer) => {
    size += bytes.length
    if (size > largest) throw new ReplyBroken(`a reply of more than ${largest} bytes`)
    body.push(bytes)
  }

  const readHead = (): boolean => {
    for (;;) {
      const end = rest.indexOf(HEAD_END)
      if (end < 0) {
        if (rest.length > LARGEST_HEAD) throw new ReplyBroken(`a head of more than ${LARGEST_HEAD} bytes`)
        return false
      }
      const read = headOf(rest.toString('latin1', 0, end))
      rest = rest.subarray(end + HEAD_END.length)
      // 100 Continue, 103 Early Hints: the reply proper follows. We never ask for 101.
      if (read.status >= 100 && read.status < 200 && read.status !== 101) continue
      head = read
      framing = framingOf(read)
      return true
    }
  }

  const readLength = (bytes: number): boolean => {
    const part = rest.subarray(0, bytes - size)
    if (bytes > largest) throw new ReplyBroken(`a reply of more than ${largest} bytes`)
    rest = rest.subarray(part.length)
    take(part)
    return size === bytes
  }

  /** Whole chunks only: a chunk that is still on its way waits in `rest`. */
  const readChunks = (): boolean => {
    for (;;) {
      const end = rest.indexOf(LINE_END)
      if (end < 0) {
        if (rest.length > LARGEST_HEAD) throw new ReplyBroken('a chunk without a size')
        return false
      }
      const length = chunkLength(rest.toString('latin1', 0, end))
      if (length === 0) return readTrailers(end)
      if (size + length > largest) throw new ReplyBroken(`a reply of more than ${largest} bytes`)
      const from = end + LINE_END.length
      if (rest.length < from + length + LINE_END.length) return false
      if (rest.indexOf(LINE_END, from + length) !== from + length)
        throw new ReplyBroken('a chunk without its end')
      take(rest.subarray(from, from + length))
      rest = rest.subarray(from + length + LINE_END.length)
    }
  }

  /** Behind the last chunk: header lines nobody reads, and an empty one. */
  const readTrailers = (lastChunk: number): boolean => {
    const end = rest.indexOf(HEAD_END, lastChunk)
    if (end < 0) {
      if (rest.length > LARGEST_HEAD) throw new ReplyBroken('trailers without an end')
      return false
    }
    rest = rest.subarray(end + HEAD_END.length)
    return true
  }

  const finished = (): HttpReply => {
    const { status, headers } = head as Head
    keep = rest.length === 0 ? keepOf(head as Head, keepMs) : 0
    return { status, headers, body: Buffer.concat(body).toString('utf8') }
  }

  return {
    push: (chunk) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      if (!head && !readHead()) return undefined
      if (framing?.by === 'length') return readLength(framing.bytes) ? finished() : undefined
      if (framing?.by === 'chunks') return readChunks() ? finished() : undefined
      take(rest)
      rest = Buffer.alloc(0)
      return undefined
    },
    end: () => {
      if (framing?.by !== 'close')
        throw new ReplyBroken('the server closed the line before its reply was whole')
      const reply = finished()
      keep = 0
      return reply
    },
    get keepMs() {
      return keep
    },
  }
}

function headOf(text: string): Head {
  const [first = '', ...lines] = text.split('\r\n')
  const start = /^HTTP\/(1\.[01]) (\d{3})(?: |$)/.exec(first)
  if (!start) throw new ReplyBroken(`no HTTP reply: ${first.slice(0, 40)}`)
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const field = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/.exec(line)
    if (!field) throw new ReplyBroken(`no header: ${line.slice(0, 40)}`)
    const [, name = '', value = ''] = field
    const key = name.toLowerCase()
    headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`
  }
  return { status: Number(start[2]), headers, version: start[1] ?? '' }
}

function framingOf({ status, headers }: Head): Framing {
  const coding = headers['transfer-encoding']
  const length = headers['content-length']
  if (status === 101) throw new ReplyBroken('the server changes the protocol')
  if (status === 204 || status === 304) return { by: 'length', bytes: 0 }
  if (coding !== undefined) {
    if (length !== undefined || coding.toLowerCase() !== 'chunked')
      throw new ReplyBroken(`an unclear end of the body: ${coding}`)
    return { by: 'chunks' }
  }
  if (length === undefined) return { by: 'close' }
  if (!/^\d{1,15}$/.test(length)) throw new ReplyBroken(`no length: ${length.slice(0, 40)}`)
  return { by: 'length', bytes: Number(length) }
}

/** Hexadecimal, perhaps with extensions behind a semicolon. */
function chunkLength(line: string): number {
  const match = /^([0-9A-Fa-f]{1,8})[ \t]*(?:;.*)?$/.exec(line)
  if (!match) throw new ReplyBroken(`no chunk: ${line.slice(0, 40)}`)
  return Number.parseInt(match[1] ?? '', 16)
}

function keepOf({ version, headers }: Head, keepMs: number): number {
  const says = (headers.connection ?? '').toLowerCase()
  if (version !== '1.1' || says.split(/,\s*/).includes('close')) return 0
  const hint = /(?:^|,)\s*timeout=(\d{1,6})/.exec(headers['keep-alive'] ?? '')
  return hint ? Math.min(keepMs, Number(hint[1]) * 1_000 - KEEP_MARGIN_MS) : keepMs
}
