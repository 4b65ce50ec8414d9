import type { WebSocket } from 'ws'
import { z } from 'zod'
import { type InstrumentId, instrumentId } from '../../../model/ids.ts'
import { fromScreenSchema, liveStateSchema, type TickMessage, type ToScreen } from '../../contract/live.ts'
import type { DeskLine, Tick } from '../desk-line.ts'
import type { Routes, Server } from '../routes.ts'
import { unavailable } from '../trouble.ts'
import type { Secured } from '../web-server.ts'
import type { Curve } from './curve.ts'
import type { Hub, Member, Screen } from './hub.ts'

const NOT_YET = { ko: '매매 프로세스를 아직 보지 못했습니다', en: 'The trader has not shown itself yet' }
/** What a screen says is short. */
const LONGEST_MESSAGE = 2_000
/** A screen that says more than this in a second is not ours. */
const MOST_MESSAGES_PER_SECOND = 20

const curveSchema = z.object({
  startEquity: z.number().optional(),
  points: z.array(
    z.object({ at: z.number(), equity: z.number(), realizedPnl: z.number(), unrealizedPnl: z.number() }),
  ),
})

/** The running trader: once by REST, live by WebSocket. */
export const liveRoutes =
  (options: {
    readonly line: DeskLine
    readonly hub: Hub
    readonly curve: Curve
    readonly now: () => number
    readonly whenSignedOut: Secured['whenSignedOut']
  }): Routes =>
  (server) => {
    const { line, hub, curve } = options
    server.get(
      '/state',
      {
        config: { access: 'read' },
        schema: { tags: ['live'], summary: 'The trader as it is now', response: { 200: liveStateSchema } },
      },
      async () => {
        const state = hub.state()
        if (!state) throw unavailable(NOT_YET)
        return state
      },
    )
    server.get(
      '/curve',
      {
        config: { access: 'read' },
        schema: { tags: ['live'], summary: "The day's equity so far", response: { 200: curveSchema } },
      },
      async () => {
        const start = curve.start()
        return { ...(start !== undefined && { startEquity: start }), points: [...curve.points()] }
      },
    )
    serveScreens(server, { ...options, followers: createFollowers(line) })
  }

function serveScreens(
  server: Server,
  {
    hub,
    followers,
    now,
    whenSignedOut,
  }: {
    readonly hub: Hub
    readonly followers: Followers
    readonly now: () => number
    readonly whenSignedOut: Secured['whenSignedOut']
  },
): void {
  server.get(
    '/live',
    { websocket: true, config: { access: 'read' }, schema: { hide: true } },
    (socket, request) => {
      let member: Member | undefined
      let heard = { second: 0, messages: 0 }
      const follow = followers.join((instrument, ticks) =>
        member?.tell({ type: 'ticks', instrument, ticks: ticks.map(tickMessage) }),
      )
      socket.on('message', (data, isBinary) => {
        const second = Math.floor(now() / 1_000)
        heard = { second, messages: heard.second === second ? heard.messages + 1 : 1 }
        const said = isBinary ? undefined : readMessage(String(data))
        if (!said || heard.messages > MOST_MESSAGES_PER_SECOND) return socket.close(1008)
        if (said.type === 'follow') return follow.to(said.instruments.map(instrumentId))
        const from = said.type === 'resume' ? said : undefined
        if (member) member.restart(from)
        else member = hub.join(screenOf(socket), from)
      })
      const forget = whenSignedOut(request, () => {
        const bye: ToScreen = { type: 'bye', ko: '세션이 끝났습니다', en: 'The session has ended' }
        socket.send(JSON.stringify(bye))
        socket.close(1008)
      })
      socket.on('close', () => {
        forget()
        member?.leave()
        follow.end()
      })
      socket.on('error', () => socket.terminate())
    },
  )
}

const screenOf = (socket: WebSocket): Screen => ({
  send: (text) => {
    if (socket.readyState === socket.OPEN) socket.send(text)
  },
  waiting: () => socket.bufferedAmount,
  cut: () => socket.terminate(),
})

function readMessage(text: string) {
  if (text.length > LONGEST_MESSAGE) return undefined
  try {
    const parsed = fromScreenSchema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

function tickMessage(tick: Tick): TickMessage {
  const { kind, at } = tick
  switch (kind) {
    case 'trade': {
      const { price, quantity, aggressor, dayVolume } = tick
      return { kind, at, price, quantity, ...(aggressor && { aggressor }), dayVolume }
    }
    case 'quote': {
      const { bid, bidQuantity, ask, askQuantity, expectedPrice, expectedQuantity } = tick
      return { kind, at, bid, bidQuantity, ask, askQuantity, expectedPrice, expectedQuantity }
    }
    case 'book':
      return { kind, at, asks: [...tick.asks], bids: [...tick.bids] }
  }
}

type HearTicks = (instrument: InstrumentId, ticks: readonly Tick[]) => void

interface Followers {
  join(hear: HearTicks): { to(instruments: readonly InstrumentId[]): void; end(): void }
}

/** Whose ticks which screen wants; the trader is asked for those of all of them together. */
function createFollowers(line: DeskLine): Followers {
  const wanted = new Map<HearTicks, ReadonlySet<InstrumentId>>()
  const tell = () => line.follow([...new Set([...wanted.values()].flatMap((each) => [...each]))])
  line.onTicks((instrument, ticks) => {
    for (const [hear, instruments] of wanted) if (instruments.has(instrument)) hear(instrument, ticks)
  })
  return {
    join: (hear) => ({
      to: (instruments) => {
        wanted.set(hear, new Set(instruments))
        tell()
      },
      end: () => {
        if (wanted.delete(hear)) tell()
      },
    }),
  }
}
