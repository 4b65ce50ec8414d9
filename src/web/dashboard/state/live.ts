import { create } from 'zustand'
import { BEAT_EVERY_MS, STALE_AFTER_MS } from '../../contract/beat.ts'
import type { FromScreen, LiveState, TickMessage, ToScreen } from '../../contract/live.ts'
import { applyPatch } from '../../contract/merge-patch.ts'

/**
 * `live`: patches come; `stale`: nothing was heard for a while, figures are as old as `heardAt`; `signedOut`: the server
 * ended the session.
 */
export type Connection = 'connecting' | 'live' | 'stale' | 'signedOut'

interface Live {
  readonly connection: Connection
  readonly state: LiveState | undefined
  /** Browser ms since when this screen wants a line; 0: it does not. */
  readonly wantedAt: number
  /** Browser ms of the last message; 0: none yet. */
  readonly heardAt: number
  /** Server wall ms less browser ms. */
  readonly skewMs: number
}

/** The running trader as the server last told of it. Everything that is shown live reads from here. */
export const useLive = create<Live>(() => ({
  connection: 'connecting',
  state: undefined,
  wantedAt: 0,
  heardAt: 0,
  skewMs: 0,
}))

type TickHearer = (ticks: readonly TickMessage[]) => void

const FIRST_AGAIN_MS = 300
const LONGEST_AGAIN_MS = 5_000
/** A line that was opened, or is being opened, and brings nothing for so long is tried anew. */
const GIVE_UP_MS = 8_000

let openedAt = 0
let again: ReturnType<typeof setTimeout> | undefined
let socket: WebSocket | undefined
let stream = ''
let seq = 0
let againMs = FIRST_AGAIN_MS
let ended = true
/** The server has told of the trader since the line was opened: beats alone do not make an old state a new one. */
let isTold = false
const followed = new Map<string, Set<TickHearer>>()

/** Opens the line and keeps it open until `endLive`. */
export function startLive(): void {
  ended = false
  useLive.setState({ connection: 'connecting', wantedAt: Date.now() })
  connect()
}

export function endLive(): void {
  ended = true
  clearTimeout(again)
  socket?.close()
  stream = ''
  useLive.setState({ connection: 'connecting', state: undefined, wantedAt: 0, heardAt: 0 })
}

/** The prints and quotes of an instrument while somebody looks at it. Gives what ends it. */
export function followTicks(instrument: string, hear: TickHearer): () => void {
  const hearers = followed.get(instrument) ?? new Set()
  followed.set(instrument, hearers.add(hear))
  sendFollowed()
  return () => {
    hearers.delete(hear)
    if (hearers.size === 0) followed.delete(instrument)
    sendFollowed()
  }
}

const send = (message: FromScreen): void => {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
}
const sendFollowed = () => send({ type: 'follow', instruments: [...followed.keys()].slice(-4) })

function connect(): void {
  clearTimeout(again)
  if (ended) return
  // One line at a time: whatever was there before is let go.
  socket?.close()
  openedAt = Date.now()
  isTold = false
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  const opened = new WebSocket(`${scheme}://${location.host}/api/v1/live`)
  socket = opened
  opened.addEventListener('open', () => {
    againMs = FIRST_AGAIN_MS
    send(stream === '' ? { type: 'start' } : { type: 'resume', stream, seq })
    if (followed.size > 0) sendFollowed()
  })
  opened.addEventListener('message', ({ data }) => {
    if (opened === socket) hear(JSON.parse(String(data)) as ToScreen)
  })
  opened.addEventListener('close', () => {
    if (opened !== socket || ended) return
    watchAge()
    clearTimeout(again)
    again = setTimeout(connect, againMs)
    againMs = Math.min(againMs * 2, LONGEST_AGAIN_MS)
  })
}

function hear(message: ToScreen): void {
  const now = Date.now()
  if (message.type === 'ticks') {
    for (const each of followed.get(message.instrument) ?? []) each(message.ticks)
    return
  }
  if (message.type === 'bye') {
    ended = true
    useLive.setState({ connection: 'signedOut' })
    return
  }
  const heard = { connection: 'live', heardAt: now, skewMs: message.at - now } as const
  const { state } = useLive.getState()
  if (message.type === 'beat')
    return isTold || state === undefined ? useLive.setState(heard) : send({ type: 'start' })
  if (message.type === 'snapshot') {
    isTold = true
    stream = message.stream
    seq = message.seq
    return useLive.setState({ ...heard, state: message.state })
  }
  // A patch that does not follow the last one is of no use: begin again.
  if (state === undefined || message.seq !== seq + 1) return send({ type: 'start' })
  isTold = true
  seq = message.seq
  useLive.setState({ ...heard, state: applyPatch(state, message.patch) })
}

/** A line that is silent is as bad as one that is cut: the screen says so within three seconds either way. */
function watchAge(): void {
  const { connection, heardAt } = useLive.getState()
  const now = Date.now()
  if (connection === 'live') {
    if (now - heardAt <= STALE_AFTER_MS) return
    useLive.setState({ connection: 'stale' })
    // Half-open lines do not close by themselves.
    if (socket?.readyState === WebSocket.OPEN) socket.close()
  } else if (!ended && now - openedAt > GIVE_UP_MS) connect()
}
setInterval(watchAge, BEAT_EVERY_MS / 4)
addEventListener('offline', () => useLive.setState({ connection: 'stale' }))
addEventListener('online', () => {
  againMs = FIRST_AGAIN_MS
  if (socket && socket.readyState !== WebSocket.OPEN) connect()
})
