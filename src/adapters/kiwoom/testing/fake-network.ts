import {
  type HttpReply,
  type HttpRequest,
  type Network,
  NetworkError,
  type SocketHandlers,
  type SocketLine,
} from '../../../ports/network.ts'
import type { Clock } from '../../../std/clock.ts'
import type { JsonObject } from '../wire.ts'

/** A scripted wire for tests: what the server says is written in the test, nothing is simulated. */
export interface Posted {
  readonly api: string
  readonly lane: string
  readonly body: Record<string, string>
  readonly headers: Readonly<Record<string, string>>
  readonly at: number
}

export type Answer = HttpReply | NetworkError | Promise<HttpReply>
type Responder = (request: Posted) => Answer

export interface FakeLine {
  readonly url: string
  readonly sent: JsonObject[]
  readonly texts: string[]
  open(): void
  say(frame: JsonObject | string): void
  close(code?: number, reason?: string): void
  readonly terminated: boolean
}

export interface FakeNetwork extends Network {
  readonly posts: Posted[]
  readonly lines: FakeLine[]
  readonly line: FakeLine
  of(api: string): Posted[]
  /** The next answers of one api, then `otherwise` (200, return_code 0). */
  script(api: string, ...answers: (Answer | Responder)[]): void
  always(api: string, answer: Responder): void
  /** Answers of the socket; `undefined` leaves the request unanswered. */
  onFrame: (frame: JsonObject, line: FakeLine) => JsonObject | undefined
  autoOpen: boolean
}

const EXPIRES = '20261121090000'

export const okReply = (body: JsonObject = {}, headers: Record<string, string> = {}): HttpReply => ({
  status: 200,
  headers,
  body: JSON.stringify({ ...body, return_code: 0, return_msg: '정상적으로 처리되었습니다' }),
})

export const failReply = (code: number, text: string, status = 200): HttpReply => ({
  status,
  headers: {},
  body: JSON.stringify({ return_code: code, return_msg: text }),
})

export const RATE_LIMITED = failReply(
  5,
  '허용된 요청 개수를 초과하였습니다[1700:허용된 요청 개수를 초과하였습니다. 유량=5, API ID=ka10080]',
  429,
)
export const TOKEN_REFUSED = failReply(3, '인증에 실패했습니다[8005:Token이 유효하지 않습니다]')

export const politeServer = (frame: JsonObject): JsonObject | undefined => {
  const base = { trnm: frame.trnm, return_code: 0, return_msg: '' }
  if (frame.trnm === 'CNSRLST')
    return {
      ...base,
      data: [
        ['0', '조건A'],
        ['1', '조건B'],
      ],
    }
  if (frame.trnm === 'CNSRREQ') return { trnm: 'CNSRREQ', seq: `${frame.seq}  `, return_code: 0, data: [] }
  if (frame.trnm === 'CNSRCLR') return { ...base, seq: frame.seq }
  return frame.trnm === 'PING' ? undefined : base
}

export function createFakeNetwork(clock: Clock): FakeNetwork {
  const scripts = new Map<string, (Answer | Responder)[]>()
  const standing = new Map<string, Responder>()
  let tokens = 0
  standing.set('token', () =>
    okReply({ expires_dt: EXPIRES, token_type: 'bearer', token: `TOKEN-${++tokens}` }),
  )

  const fake: FakeNetwork = {
    posts: [],
    lines: [],
    get line() {
      return fake.lines.at(-1) as FakeLine
    },
    of: (api) => fake.posts.filter((post) => post.api === api),
    script: (api, ...answers) => scripts.set(api, [...(scripts.get(api) ?? []), ...answers]),
    always: (api, answer) => standing.set(api, answer),
    onFrame: politeServer,
    autoOpen: true,
    post: async (lane, request) => {
      const posted = postedOf(lane, request, clock.now())
      fake.posts.push(posted)
      const next = scripts.get(posted.api)?.shift() ?? standing.get(posted.api) ?? okReply()
      const answer = typeof next === 'function' ? next(posted) : next
      if (answer instanceof NetworkError) throw answer
      return answer
    },
    connect: (url, handlers) => {
      const line = createFakeLine(fake, url, handlers)
      fake.lines.push(line)
      if (fake.autoOpen) queueMicrotask(() => line.open())
      return line
    },
    close: async () => undefined,
  }
  return fake
}

function postedOf(lane: string, { url, headers, body }: HttpRequest, at: number): Posted {
  const api = url.endsWith('/oauth2/token') ? 'token' : (headers['api-id'] ?? '')
  return { api, lane, headers, body: JSON.parse(body) as Record<string, string>, at }
}

function createFakeLine(fake: FakeNetwork, url: string, handlers: SocketHandlers): FakeLine & SocketLine {
  let dead = false
  const line = {
    url,
    sent: [] as JsonObject[],
    texts: [] as string[],
    terminated: false,
    open: () => handlers.onOpen(),
    say: (frame: JsonObject | string) => {
      if (!dead) handlers.onMessage(Buffer.from(typeof frame === 'string' ? frame : JSON.stringify(frame)))
    },
    close: (code = 1006, reason = '') => {
      if (dead) return
      dead = true
      handlers.onClose(code, reason)
    },
    send: (text: string) => {
      const frame = JSON.parse(text) as JsonObject
      line.texts.push(text)
      line.sent.push(frame)
      const answer = fake.onFrame(frame, line)
      if (answer) queueMicrotask(() => line.say(answer))
    },
    terminate: () => {
      dead = true
      line.terminated = true
    },
  }
  return line
}

/** Lets everything that is ready run: promises do not move by themselves in a test with virtual clocks. */
export const settle = async (turns = 4): Promise<void> => {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
}
