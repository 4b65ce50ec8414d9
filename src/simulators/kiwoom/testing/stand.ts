import { WebSocket } from 'ws'
import { krw } from '../../../model/money.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../../model/time.ts'
import type { Clock } from '../../../std/clock.ts'
import { createVirtualClock, type VirtualClock } from '../../../std/virtual-clock.ts'
import { APIS } from '../api-index.ts'
import { type KiwoomServer, startKiwoomServer } from '../server.ts'
import { createKiwoomSimulator, type KiwoomSimulator, type KiwoomSimulatorSettings } from '../simulator.ts'

const DAY = tradingDay('2026-11-20')
export const KEY = 'SIMKEY_1'
export const SECRET = 'SIMSECRET_1'
export const ACCOUNT = '1234567890'

type Json = Record<string, unknown>

export interface RestAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: Json
}

/** A server on real sockets whose market time stands still until a test moves it. */
export interface Stand {
  readonly core: KiwoomSimulator
  readonly server: KiwoomServer
  readonly clock: VirtualClock
  token(key?: string, secret?: string): Promise<string>
  /** A call with a valid token; market time moves on far enough that limits are no subject. */
  call(id: string, body?: Json, headers?: Record<string, string>): Promise<RestAnswer>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<RestAnswer>
  /** All rows over all pages. */
  rows(id: string, body: Json, list: string): Promise<Json[]>
  control(method: string, path: string, body?: unknown): Promise<Json>
  socket(): Promise<Line>
  /** A connection that has logged in. */
  loggedIn(): Promise<Line>
  /** Moves market time by so many milliseconds and sends what is due. */
  run(ms: number): void
  close(): Promise<void>
}

/** One WebSocket seen from the client. */
export interface Line {
  readonly frames: Json[]
  readonly closed: Promise<number>
  send(message: unknown): void
  sendText(text: string): void
  /** Waits for the next frame, seen or unseen before, that fits and was not taken yet. */
  take(fits: (frame: Json) => boolean, what: string): Promise<Json>
  /** All events of a type received so far. */
  events(type: string): { readonly item: string; readonly values: Record<string, string> }[]
  close(): void
}

const realClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

export const pathOf = (id: string): string => APIS.get(id)?.path ?? '/api/dostk/stkinfo'

/** Opens a stand with a small market; `at` is where market time stands, warmed up from `from` (08:30). */
export async function openStand(
  overrides: Partial<KiwoomSimulatorSettings> & { readonly at?: string; readonly from?: string } = {},
): Promise<Stand> {
  const { at = '09:20', from = '08:30', ...settings } = overrides
  const startAt = kstInstant(DAY, timeOfDay(from))
  const clock = createVirtualClock(startAt)
  const core = createKiwoomSimulator({
    clock,
    wall: realClock,
    seed: 7,
    day: DAY,
    startAt,
    profile: 'real',
    marketSize: 24,
    flowProfile: 'lively',
    pumpEveryMs: 5,
    bookIntervalMs: 0,
    accounts: [{ appKey: KEY, secretKey: SECRET, number: ACCOUNT, cash: krw(50_000_000) }],
    ...settings,
  })
  clock.advanceTo(kstInstant(DAY, timeOfDay(at)))
  core.step()
  const server = await startKiwoomServer(core, { port: 0 })
  return createStand(core, server, clock)
}

function createStand(core: KiwoomSimulator, server: KiwoomServer, clock: VirtualClock): Stand {
  const lines: Line[] = []

  const post: Stand['post'] = async (path, body, headers = {}) => {
    const reply = await fetch(server.restUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    const text = await reply.text()
    return {
      status: reply.status,
      headers: reply.headers,
      body: text === '' ? {} : (JSON.parse(text) as Json),
    }
  }

  const token: Stand['token'] = async (key = KEY, secret = SECRET) => {
    const { body } = await post('/oauth2/token', {
      grant_type: 'client_credentials',
      appkey: key,
      secretkey: secret,
    })
    return String(body.token)
  }

  const run = (ms: number) => {
    clock.advance(ms)
    core.step()
  }

  const call: Stand['call'] = async (id, body = {}, headers = {}) => {
    run(2_000)
    return post(pathOf(id), body, { 'api-id': id, authorization: `Bearer ${await token()}`, ...headers })
  }

  const rows: Stand['rows'] = async (id, body, list) => {
    const all: Json[] = []
    let headers: Record<string, string> = {}
    for (let page = 0; page < 50; page++) {
      const answer = await call(id, body, headers)
      all.push(...(answer.body[list] as Json[]))
      if (answer.headers.get('cont-yn') !== 'Y') return all
      headers = { 'cont-yn': 'Y', 'next-key': answer.headers.get('next-key') ?? '' }
    }
    throw new Error(`${id} never ends`)
  }

  const socket: Stand['socket'] = async () => {
    const line = await openLine(server.socketUrl)
    lines.push(line)
    return line
  }

  return {
    core,
    server,
    clock,
    token,
    call,
    post,
    rows,
    run,
    async control(method, path, body) {
      const reply = await fetch(`${server.controlUrl}${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return (await reply.json()) as Json
    },
    socket,
    async loggedIn() {
      const line = await socket()
      line.send({ trnm: 'LOGIN', token: await token() })
      await line.take(({ trnm }) => trnm === 'LOGIN', 'LOGIN')
      return line
    },
    async close() {
      for (const line of lines) line.close()
      await server.close()
    },
  }
}

const PATIENCE_MS = 5_000

export async function openLine(url: string): Promise<Line> {
  const socket = new WebSocket(url)
  const frames: Json[] = []
  const untaken: Json[] = []
  const waiting = new Set<() => void>()
  socket.on('message', (data) => {
    const frame = readFrame(String(data))
    frames.push(frame)
    untaken.push(frame)
    for (const look of [...waiting]) look()
  })
  const closed = new Promise<number>((resolve) => socket.on('close', (code) => resolve(code)))
  await new Promise<void>((resolve, reject) => {
    socket.on('open', () => resolve())
    socket.on('error', reject)
  })
  return {
    frames,
    closed,
    send: (message) => socket.send(JSON.stringify(message)),
    sendText: (text) => socket.send(text),
    take: (fits, what) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const index = untaken.findIndex(fits)
          if (index < 0) return
          clearTimeout(timer)
          waiting.delete(look)
          resolve(untaken.splice(index, 1)[0] as Json)
        }
        const timer = setTimeout(() => {
          waiting.delete(look)
          reject(new Error(`no ${what} came; frames: ${JSON.stringify(frames.slice(-5)).slice(0, 2_000)}`))
        }, PATIENCE_MS)
        waiting.add(look)
        look()
      }),
    events: (type) =>
      frames
        .filter(({ trnm }) => trnm === 'REAL')
        .flatMap(({ data }) => data as { type: string; item: string; values: Record<string, string> }[])
        .filter((event) => event.type === type),
    close: () => socket.close(),
  }
}

/** A frame that is no JSON is kept as its text. */
function readFrame(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return { unreadable: text }
  }
}

/** Waits until something holds, at most five seconds. */
export async function eventually(holds: () => boolean, what: string): Promise<void> {
  const end = Date.now() + PATIENCE_MS
  while (!holds()) {
    if (Date.now() > end) throw new Error(`did not happen: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
