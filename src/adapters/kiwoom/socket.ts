import type { VenueError } from '../../model/venue-error.ts'
import type { Network, SocketLine } from '../../ports/network.ts'
import type { Cancel, Clock } from '../../std/clock.ts'
import { err, ok, type Result } from '../../std/result.ts'
import { detailCode, isTokenCode, parseObject } from './errors.ts'
import { createSocketRequests, type Family } from './requests.ts'
import type { Tokens } from './token.ts'
import { type JsonObject, plainText } from './wire.ts'

/** `ended`: no way back without a person (stopped, another login, a bad key). */
export type SessionState = 'idle' | 'connecting' | 'login' | 'registering' | 'live' | 'waiting' | 'ended'

export interface SessionHandlers {
  /** The fast path: true when the frame was understood and its events were given out. */
  onFrame(frame: Buffer): boolean
  onReal(frame: JsonObject): void
  /** Logged in, conditions listed: register what this part needs. An error gives the line up and tries again. */
  onLogin(): Promise<Result<void, VenueError>>
  onLive(again: boolean): void
  /** Was live, is not any more. `urgent`: it will not come back by itself. */
  onDown(detail: string, urgent: boolean): void
  /** Nothing was heard for a while: the line may be dead although it stands. */
  onQuiet(): void
  onOdd(what: string): void
}

export interface Session {
  /** Resolves when the session is live, or with the error that ended it. */
  start(): Promise<Result<void, VenueError>>
  stop(): void
  ask(family: Family, frame: JsonObject): Promise<Result<JsonObject, VenueError>>
  readonly state: SessionState
  /** Silent for so long that its prices cannot be relied upon. */
  readonly quiet: boolean
  readonly detail: string
}

const CONNECT_TIMEOUT_MS = 10_000
/** The server pings about every 10 s; a minute of silence is a dead line (wire reference §14.2). */
const SILENCE_MS = 60_000
/** Two pings have not come: whoever lives by this line looks elsewhere until it is heard again. */
const QUIET_MS = 25_000
const FIRST_BACKOFF_MS = 1_000
const LONGEST_BACKOFF_MS = 60_000
/** A line that lived this long starts the back-off anew. */
const STEADY_MS = 10_000
const PING_LENGTH = 512
const PING = Buffer.from('"PING"')

/** 동일한 App key 접속: reconnecting would make two programs throw each other out for ever. */
const OTHER_LOGIN = 'R10001'

/**
 * The one WebSocket of an app key: connect → LOGIN → CNSRLST → registrations → live, and back again by itself after a
 * loss. Time-outs, watchdog and back-off are wall time.
 * Source: Kiwoom REST API guide, 실시간시세; wire reference §14.
 */
export function createSession(options: {
  readonly network: Network
  readonly url: string
  readonly tokens: Tokens
  readonly clock: Clock
  readonly wall: Clock
  readonly handlers: SessionHandlers
}): Session {
  const { network, tokens, wall, handlers } = options
  const requests = createSocketRequests({
    send: (text) => line?.send(text),
    clock: options.clock,
    wall,
  })
  let state: SessionState = 'idle'
  let detail = ''
  let line: SocketLine | undefined
  /** Grows with each line, so that words of an old one are not heard. */
  let generation = 0
  let backoffMs = FIRST_BACKOFF_MS
  let wasLive = false
  let liveSince = 0
  let lastHeardAt = 0
  let quiet = false
  let cancelTimer: Cancel = () => undefined
  let cancelWatch: Cancel = () => undefined
  let waiters: ((result: Result<void, VenueError>) => void)[] = []

  const settle = (result: Result<void, VenueError>) => {
    for (const waiter of waiters.splice(0)) waiter(result)
  }

  const end = (error: VenueError) => {
    if (state === 'ended') return
    const live = state === 'live'
    closeLine(error.text)
    state = 'ended'
    detail = error.text
    if (live || wasLive) handlers.onDown(error.text, true)
    settle(err(error))
  }

  /** Drops the current line, whatever it is doing. */
  const closeLine = (why: string) => {
    generation++
    cancelTimer()
    cancelWatch()
    line?.terminate()
    line = undefined
    requests.drop(why)
  }

  const lose = (why: string) => {
    if (state === 'ended' || state === 'idle') return
    const live = state === 'live'
    if (live && wall.now() - liveSince >= STEADY_MS) backoffMs = FIRST_BACKOFF_MS
    closeLine(why)
    detail = why
    if (live) handlers.onDown(why, false)
    retryIn(backoffMs)
    backoffMs = Math.min(backoffMs * 2, LONGEST_BACKOFF_MS)
  }

  const retryIn = (ms: number) => {
    state = 'waiting'
    cancelTimer = wall.after(ms, () => void connect())
  }

  const connect = async () => {
    state = 'connecting'
    const mine = ++generation
    const token = await tokens.get()
    if (generation !== mine) return
    if (!token.ok) {
      detail = token.error.text
      if (token.error.kind === 'rejected' && !wasLive) return end(token.error)
      if (token.error.kind === 'throttled') return retryIn(token.error.retryAfterMs)
      return lose(token.error.text)
    }
    cancelTimer = wall.after(CONNECT_TIMEOUT_MS, () => lose('연결 시간 초과 · connect timed out'))
    line = network.connect(options.url, {
      onOpen: () => generation === mine && void login(mine, token.value),
      onMessage: (frame) => generation === mine && hear(bufferOf(frame)),
      onClose: (code, reason) =>
        generation === mine && lose(`연결 끊김 · line closed (${code} ${reason})`.trim()),
    })
  }

  const login = async (mine: number, token: string) => {
    cancelTimer()
    state = 'login'
    watch()
    const reply = await requests.ask('session', { trnm: 'LOGIN', token })
    if (generation !== mine) return
    if (!reply.ok) return loginFailed(reply.error, token)
    state = 'registering'
    // Without this a condition request on this line is never answered.
    const listed = await requests.ask('session', { trnm: 'CNSRLST' })
    if (generation !== mine) return
    if (!listed.ok) return lose(listed.error.text)
    const registered = await handlers.onLogin()
    if (generation !== mine) return
    if (!registered.ok) return lose(registered.error.text)
    const again = wasLive
    state = 'live'
    wasLive = true
    liveSince = wall.now()
    detail = ''
    handlers.onLive(again)
    settle(ok(undefined))
  }

  const loginFailed = (error: VenueError, token: string) => {
    if (error.kind !== 'rejected') return lose(error.text)
    if (isTokenCode(error.code)) {
      tokens.refuse(token)
      closeLine(error.text)
      return void connect()
    }
    return wasLive ? lose(error.text) : end(error)
  }

  const heard = () => {
    lastHeardAt = wall.now()
    quiet = false
  }

  const watch = () => {
    heard()
    const check = () => {
      const silentMs = wall.now() - lastHeardAt
      if (silentMs >= SILENCE_MS) return lose('60초 동안 소식 없음 · silent for 60 s')
      if (silentMs >= QUIET_MS && !quiet) {
        quiet = true
        handlers.onQuiet()
      }
      cancelWatch = wall.after((quiet ? SILENCE_MS : QUIET_MS) - silentMs, check)
    }
    cancelWatch = wall.after(QUIET_MS, check)
  }

  const hear = (bytes: Buffer) => {
    heard()
    // First of all, and byte for byte: a late or changed echo costs the line.
    if (bytes.length < PING_LENGTH && bytes.includes(PING) && parseObject(bytes.toString())?.trnm === 'PING')
      return line?.send(bytes.toString())
    if (handlers.onFrame(bytes)) return
    const text = bytes.toString()
    const frame = parseObject(text)
    if (!frame) return handlers.onOdd(`알 수 없는 프레임 · unreadable frame: ${text.slice(0, 80)}`)
    const trnm = frame.trnm
    if (trnm === 'REAL') return handlers.onReal(frame)
    if (trnm === 'SYSTEM') return onSystem(frame)
    if (typeof trnm !== 'string' || !requests.answer(trnm, frame))
      handlers.onOdd(`기다리지 않던 응답 · an answer nobody waits for: ${plainText(trnm)}`)
  }

  const onSystem = (frame: JsonObject) => {
    const code = plainText(frame.code)
    const text = plainText(frame.message)
    if (code !== OTHER_LOGIN) return handlers.onOdd(`SYSTEM ${detailCode(code, text)} ${text}`)
    end({
      kind: 'rejected',
      code,
      text: `긴급: 같은 앱키로 다른 곳에서 접속해 이 연결이 끝났습니다. 다시 접속하지 않습니다 · URGENT: the app key logged in elsewhere; this line will not reconnect (${code})`,
    })
  }

  return {
    start: () => {
      if (state === 'live') return Promise.resolve(ok(undefined))
      const done = new Promise<Result<void, VenueError>>((resolve) => waiters.push(resolve))
      if (state === 'idle' || state === 'ended') {
        backoffMs = FIRST_BACKOFF_MS
        wasLive = false
        void connect()
      }
      return done
    },
    stop: () => {
      if (state === 'idle') return
      closeLine('멈춤 · stopped')
      state = 'idle'
      wasLive = false
      settle(err({ kind: 'unavailable', code: 'stopped', text: '멈춤 · stopped' }))
      waiters = []
    },
    ask: (family, frame) =>
      state === 'live' || state === 'registering'
        ? requests.ask(family, frame)
        : Promise.resolve(
            err({ kind: 'unavailable', code: 'socketDown', text: detail || '연결 전 · not connected' }),
          ),
    get state() {
      return state
    },
    get quiet() {
      return quiet
    },
    get detail() {
      return detail
    },
  }
}

/** The same bytes, with a Buffer's quick searches. */
const bufferOf = (frame: Uint8Array): Buffer =>
  Buffer.isBuffer(frame) ? frame : Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength)
