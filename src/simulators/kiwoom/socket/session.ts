import type { Cancel, Clock } from '../../../std/clock.ts'
import type { Random } from '../../../std/random.ts'
import type { ConditionDesk } from '../conditions/search.ts'
import type { Faults } from '../faults.ts'
import type { Quirks } from '../quirks.ts'
import { isRefusal, type Tokens } from '../tokens.ts'
import { type Close, plainText, type Send, type SendFrames } from '../wire.ts'
import { frameText, isRealType, type RealEvent, type RealFrame, realEvent, SILENT_TYPES } from './frame.ts'
import { type LiveSession, SYSTEM } from './live-session.ts'
import { createPushFaults } from './push-faults.ts'
import { quirkEvent } from './quirky-event.ts'
import { createRegistrations, type RegisterEntry } from './registrations.ts'

export interface SocketSettings {
  readonly pingEveryMs: number
  readonly pingTimeoutMs: number
  /** Items a connection may register; account streams and realtime conditions count. */
  readonly maxItems: number
  /** Events in one REAL frame at most. */
  readonly maxBatch: number
}

export const SOCKET_SETTINGS: SocketSettings = {
  pingEveryMs: 10_000,
  pingTimeoutMs: 30_000,
  maxItems: 100,
  maxBatch: 20,
}

export interface SessionSettings {
  readonly wall: Clock
  readonly random: Random
  readonly tokens: Tokens
  readonly conditions: ConditionDesk
  readonly limits: SocketSettings
  readonly faults: Faults
  readonly quirks: Quirks
  /** Whether a key logs in so soon after its last connection that the server does not answer. */
  readonly tooSoon: (appKey: string) => boolean
  /** Under which code the events of a registered item come; `undefined`: never. */
  readonly codeOf: (item: string) => string | undefined
  readonly send: Send
  readonly sendFrames?: SendFrames | undefined
  readonly close: Close
  readonly onLogin: (session: LiveSession) => void
  readonly onClosed: (session: LiveSession) => void
}

type Message = Readonly<Record<string, unknown>>

export function createSession(settings: SessionSettings): LiveSession {
  const { wall, random, tokens, conditions, limits, faults, quirks } = settings
  const registrations = createRegistrations(settings.codeOf)
  let appKey: string | undefined
  let open = true
  let events: RealEvent[] = []
  let waitingForEcho: Cancel | undefined
  let frozen = false

  const send = (text: string) => {
    if (open && !frozen) settings.send(text)
  }
  const pushFaults = createPushFaults({ faults, wall, send, drop: () => shut(true) })

  const say = (message: Message) => {
    send(JSON.stringify(message))
  }

  const finish = () => {
    if (!open) return
    open = false
    stopPing()
    waitingForEcho?.()
    settings.onClosed(session)
  }

  const shut = (abrupt: boolean) => {
    if (!open) return
    finish()
    settings.close(1000, abrupt)
  }

  const system = (code: keyof typeof SYSTEM) => say({ trnm: 'SYSTEM', code, message: SYSTEM[code] })

  const ping = () => {
    stopPing = wall.after(limits.pingEveryMs, ping)
    say({ trnm: 'PING' })
    waitingForEcho ??= wall.after(limits.pingTimeoutMs, () => session.end('R10002'))
  }
  let stopPing: Cancel = wall.after(limits.pingEveryMs, ping)

  const login = (message: Message) => {
    const known = tokens.check(typeof message.token === 'string' ? message.token : '')
    if (isRefusal(known)) {
      const code = /\[(\d{4}):/.exec(known.text)?.[1] ?? '8005'
      const text = `로그인 인증에 실패하였습니다. CODE=${code}`
      say({ trnm: 'LOGIN', return_code: Number(code), return_msg: text })
      shut(false)
      return
    }
    if (quirks.has('silentLogin') && settings.tooSoon(known)) return shut(false)
    if (quirks.has('earlyPing')) say({ trnm: 'PING' })
    appKey = known
    settings.onLogin(session)
    say({ trnm: 'LOGIN', return_code: 0, return_msg: '', sor_yn: 'Y' })
  }

  const register = (message: Message) => {
    const entries = readEntries(message.data)
    if (typeof entries === 'string')
      return say({ trnm: 'REG', return_code: ARRAYS_EXPECTED, return_msg: entries })
    const group = plainText(message.grp_no)
    const unknown = entries.flatMap(({ types }) => types).find((type) => !isKnownType(type))
    if (unknown !== undefined)
      return say({
        trnm: 'REG',
        return_code: 1,
        return_msg: `존재하지 않는 실시간 항목입니다. type=${unknown}`,
      })
    if (group === '' || group.length > 4)
      return say({ trnm: 'REG', return_code: 1, return_msg: '그룹번호를 확인하십시요. grp_no' })
    const keep = message.refresh !== '0'
    if (registrations.countWith(group, entries, keep) + session.conditions.size > limits.maxItems) {
      const text = `실시간 등록 가능한 종목 수(${limits.maxItems})를 초과하였습니다`
      return say({ trnm: 'REG', return_code: 1, return_msg: text })
    }
    registrations.add(group, entries, keep)
    say({ trnm: 'REG', return_code: 0, return_msg: '' })
  }

  const remove = (message: Message) => {
    const entries = message.data === undefined ? undefined : readEntries(message.data)
    if (typeof entries === 'string')
      return say({ trnm: 'REMOVE', return_code: ARRAYS_EXPECTED, return_msg: entries })
    registrations.remove(plainText(message.grp_no), entries)
    say({ trnm: 'REMOVE', return_code: 0, return_msg: '' })
  }

  const beforeLogin = (trnm: string) => {
    if (trnm === 'REG' || trnm === 'REMOVE') {
      const text = '로그인 인증이 들어오기 전에 다른 전문이 들어왔습니다'
      say({ trnm, return_code: NOT_LOGGED_IN, return_msg: text })
    } else system('R10004')
  }

  const dispatch = (trnm: string, message: Message) => {
    if (trnm === 'PING') {
      waitingForEcho?.()
      waitingForEcho = undefined
    } else if (trnm === 'LOGIN') login(message)
    else if (!appKey) beforeLogin(trnm)
    else if (trnm === 'REG') register(message)
    else if (trnm === 'REMOVE') remove(message)
    else if (trnm === 'CNSRLST') conditions.list(session)
    else if (trnm === 'CNSRREQ') conditions.request(session, message)
    else if (trnm === 'CNSRCLR') conditions.clear(session, message)
    else say({ trnm, return_code: 1, return_msg: `존재하지 않는 서비스명입니다. trnm=${trnm}` })
  }

  const session: LiveSession = {
    get appKey() {
      return appKey
    },
    registrations,
    conditions: new Set(),
    listed: false,
    valuesFirst: () => quirks.has('dataFirst') || random.next() < 0.5,
    queue: (made) => {
      if (!open) return
      const event = quirks.on.length === 0 ? made : realEvent(quirkEvent(made.text, quirks))
      if (!faults.disturbsPushes && !pushFaults.holds) events.push(event)
      else events.push(...pushFaults.pass(event.text).map(realEvent))
    },
    flush() {
      if (events.length === 0) return
      const due = events
      events = []
      const full = quirks.has('batchedFrames') || due.length > limits.maxBatch
      const frames: RealFrame[] = []
      for (let from = 0; from < due.length; ) {
        const size = full ? limits.maxBatch : random.int(1, 3)
        const dataFirst = quirks.has('dataFirst') || random.next() < 0.5
        frames.push({ events: due.slice(from, from + size), dataFirst })
        from += size
      }
      if (!settings.sendFrames) for (const frame of frames) send(frameText(frame))
      else if (open && !frozen) settings.sendFrames(frames)
    },
    say,
    end(code) {
      session.flush()
      system(code)
      shut(false)
    },
    drop: () => shut(true),
    freeze: () => {
      frozen = true
      stopPing()
      waitingForEcho?.()
    },
    receive(text) {
      if (!open || frozen) return
      const message = parse(text)
      if (!message) return say({ trnm: '', return_code: 1, return_msg: 'JSON 형식이 올바르지 않습니다' })
      dispatch(plainText(message.trnm), message)
    },
    closed: finish,
  }
  return session
}

const ARRAYS_EXPECTED = 105111
const NOT_LOGGED_IN = 100013

const isKnownType = (type: string): boolean => isRealType(type) || SILENT_TYPES.has(type)

/** `data` of REG and REMOVE, or the text that refuses it. */
function readEntries(data: unknown): readonly RegisterEntry[] | string {
  const wrong = '입력 값 형식이 올바르지 않습니다. item, type은 배열이어야 합니다'
  if (!Array.isArray(data)) return wrong
  const entries: RegisterEntry[] = []
  for (const element of data as readonly unknown[]) {
    if (typeof element !== 'object' || element === null) return wrong
    const { item, type } = element as { readonly item?: unknown; readonly type?: unknown }
    if (!isTexts(item) || !isTexts(type)) return wrong
    entries.push({ items: item, types: type })
  }
  return entries
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string')

function parse(text: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Message)
      : undefined
  } catch {
    return undefined
  }
}
