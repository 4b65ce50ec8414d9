import {
  type HttpReply,
  type HttpRequest,
  type Network,
  NetworkError,
  type SocketHandlers,
  type SocketLine,
} from '../../src/ports/network.ts'
import type { KiwoomSimulator } from '../../src/simulators/kiwoom/simulator.ts'
import type { Clock } from '../../src/std/clock.ts'
import type { Random } from '../../src/std/random.ts'
import type { FrameFault, RequestFault, Target } from './faults.ts'
import { createSimulatedLine, type SimulatedLine } from './simulated-line.ts'

export interface NetworkListener {
  /** A request is about to leave the process. */
  onPost(api: string, body: string): void
  /** The server has answered; `undefined` when it never saw the request. What of it comes back is another matter. */
  onAnswer(api: string, body: string, reply: HttpReply): void
  /** An armed fault strikes: so long, in ms, it may hold up whoever asked; `undefined`: it leaves no trace at all. */
  onStrike(heldUpMs: number | undefined): void
  /** Everything that happens on the wire, one line each. */
  note(text: string): void
}

interface Armed<F> {
  readonly fault: F
  /** How often it strikes yet. */
  left: number
}

/** The wire between the trader's process and the simulator. It outlives the processes plugged into it. */
export interface SimulatedNetwork {
  plug(clock: Clock): Plug
  arm(fault: RequestFault | FrameFault): void
  /** Nothing gets through. */
  outage: 'none' | 'refused' | 'silent'
  halfOpen(): void
  /** The newest credentials that were sent, empty before. */
  readonly authorization: string
  /** Requests that have left so far. */
  readonly posts: number
  readonly isOutage: boolean
  /** Forgets every fault that has not struck. */
  calm(): void
}

export interface Plug {
  readonly network: Network
  /** `silently`: the machine is gone and says no goodbye on its lines. */
  kill(silently: boolean): void
}

const HTML = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>'
const EMPTY = JSON.stringify({ return_code: 0, return_msg: '정상적으로 처리되었습니다' })
/** Within the time after which two looks at the order list prove that an order is absent. */
const LATE_MS = 1_000
const REFUSED_AFTER_MS = 2
/** What has met nothing by then is forgotten. */
const ARMED_MS = 60_000

export function createSimulatedNetwork(parts: {
  readonly core: KiwoomSimulator
  /** The world's own: what is on its way arrives even when its sender is dead. */
  readonly clock: Clock
  readonly random: Random
  readonly listener: NetworkListener
}): SimulatedNetwork {
  const { core, clock, random, listener } = parts
  let requestFaults: Armed<RequestFault>[] = []
  let frameFaults: Armed<FrameFault>[] = []
  const lines = new Set<SimulatedLine>()
  let authorization = ''
  let posts = 0

  const latency = () => (random.next() < 0.02 ? random.int(50, 400) : random.int(1, 12))

  const strike = (api: string, where: 'leaving' | 'arrived'): RequestFault | undefined => {
    const armed = requestFaults.find(
      ({ fault: { kind, target } }) => isTarget(target, api) && isOnTheWay(kind) === (where === 'leaving'),
    )
    if (!armed) return undefined
    if (--armed.left === 0) requestFaults = requestFaults.filter((each) => each !== armed)
    listener.note(`fault ${armed.fault.kind} ${api}`)
    listener.onStrike(heldUpMs(armed.fault, api))
    return armed.fault
  }

  const strikeFrame = (text: string): FrameFault | undefined => {
    const armed = frameFaults.find(({ fault }) => !fault.ordersOnly || text.includes('"type":"00"'))
    if (!armed) return undefined
    if (--armed.left === 0) frameFaults = frameFaults.filter((each) => each !== armed)
    listener.note(`fault ${armed.fault.kind} frame`)
    listener.onStrike(undefined)
    return armed.fault
  }

  /** The request has arrived at the server's machine. Gives what it sends back, and after how long. */
  const serve = (
    api: string,
    request: HttpRequest,
  ): { reply: HttpReply; delayMs: number } | 'broken' | 'silent' => {
    const fault = strike(api, 'arrived')
    if (network.outage === 'silent' || fault?.kind === 'silentRequest') return 'silent'
    if (fault?.kind === 'serverError') return { reply: htmlPage(), delayMs: 0 }
    if (fault?.kind === 'throttle') return { reply: throttled(api), delayMs: 0 }
    if (fault && isServersOwn(fault.kind)) {
      const { kind, ms } = fault
      core.control(
        'POST',
        '/control/fault',
        '',
        JSON.stringify({ kind, apiId: apiIdOf(request), count: 1, ms }),
      )
    }
    const { pathname } = new URL(request.url)
    const made = core.handle({ method: 'POST', path: pathname, headers: request.headers, body: request.body })
    if (made === 'drop') return 'broken'
    listener.onAnswer(api, request.body, made)
    if (fault?.kind === 'emptyAnswer' && !isOrderApi(api))
      return { reply: { ...made, body: EMPTY }, delayMs: 0 }
    if (fault?.kind === 'silentReply') return 'silent'
    if (fault?.kind === 'serverErrorAfterAccept') return { reply: htmlPage(), delayMs: 0 }
    return { reply: made, delayMs: made.delayMs ?? 0 }
  }

  const post = (own: Clock, request: HttpRequest): Promise<HttpReply> =>
    new Promise((resolve, reject) => {
      const api = apiOf(request)
      posts++
      authorization = request.headers.authorization ?? authorization
      listener.onPost(api, request.body)
      const onTheWay = strike(api, 'leaving')?.kind
      if (network.outage === 'refused' || onTheWay === 'unreachable') {
        own.after(REFUSED_AFTER_MS, () => reject(new NetworkError('connect ECONNREFUSED', false)))
        return
      }
      const giveUp = own.after(request.timeoutMs, () => reject(new NetworkError('timeout', true)))
      const lateMs = onTheWay === 'lateRequest' ? request.timeoutMs + LATE_MS : 0
      clock.after(lateMs + latency(), () => {
        const served = serve(api, request)
        listener.note(`served ${api} ${typeof served === 'string' ? served : served.reply.status}`)
        if (served === 'silent') return
        own.after((served === 'broken' ? 0 : served.delayMs) + latency(), () => {
          giveUp()
          if (served === 'broken') reject(new NetworkError('socket hang up', true))
          else
            resolve({ status: served.reply.status, headers: served.reply.headers, body: served.reply.body })
        })
      })
    })

  const connect = (own: Clock, handlers: SocketHandlers): SimulatedLine => {
    const line = createSimulatedLine({
      core,
      world: clock,
      own,
      handlers,
      latency,
      strike: strikeFrame,
      note: listener.note,
      outage: () => network.outage,
      onGone: () => lines.delete(line),
    })
    lines.add(line)
    return line
  }

  const network: SimulatedNetwork = {
    outage: 'none',
    plug: (own) => {
      const mine = new Set<SimulatedLine>()
      return {
        network: {
          post: (_lane, request) => post(own, request),
          connect: (_url, handlers): SocketLine => {
            const line = connect(own, handlers)
            mine.add(line)
            return line
          },
          close: async () => undefined,
        },
        kill: (silently) => {
          for (const line of mine) {
            if (silently) line.halfOpen()
            else line.terminate()
          }
        },
      }
    },
    arm: (fault) => {
      if (fault.do === 'request') requestFaults.push({ fault, left: fault.count })
      else frameFaults.push({ fault, left: fault.count })
      clock.after(ARMED_MS, () => {
        requestFaults = requestFaults.filter((each) => each.fault !== fault)
        frameFaults = frameFaults.filter((each) => each.fault !== fault)
      })
    },
    halfOpen: () => {
      for (const line of lines) line.halfOpen()
    },
    get authorization() {
      return authorization
    },
    get posts() {
      return posts
    },
    get isOutage() {
      return network.outage !== 'none'
    },
    calm: () => {
      requestFaults = []
      frameFaults = []
      network.outage = 'none'
    },
  }
  return network
}

/**
 * An answer that is lost is waited for 10 s. A token is asked for again after as much, and a line that needs it opens a few
 * seconds later; a list after 8 s, with 2 s for its answer. Of an order whose reply is lost the list tells after a few seconds.
 */
const heldUpMs = ({ kind, ms }: RequestFault, api: string): number => {
  if (api === 'token') return 30_000
  if (!isOrderApi(api)) return 20_000
  return ['pushBeforeReply', 'delayReply'].includes(kind) ? ms + 2_000 : 25_000
}

const SERVERS_OWN = [
  'loseRequestBeforeAccept',
  'loseReplyAfterAccept',
  'throttleGhost',
  'pushBeforeReply',
  'delayReply',
]
const isOnTheWay = (kind: string) => kind === 'unreachable' || kind === 'lateRequest'
const isServersOwn = (kind: string) => SERVERS_OWN.includes(kind)

const apiIdOf = (request: HttpRequest) => request.headers['api-id'] ?? ''
const apiOf = (request: HttpRequest) => (request.url.endsWith('/oauth2/token') ? 'token' : apiIdOf(request))

export const isOrderApi = (api: string): boolean => /^kt1000[0-3]$/.test(api)

const isTarget = (target: Target, api: string): boolean => {
  if (target === 'any') return true
  if (target === 'token') return api === 'token'
  return isOrderApi(api) === (target === 'orders') && api !== 'token'
}

const htmlPage = (): HttpReply => ({ status: 502, headers: { 'content-type': 'text/html' }, body: HTML })

/** Source of the text: recorded answers of the vendor. */
const throttled = (api: string): HttpReply => ({
  status: 429,
  headers: { 'content-type': 'application/json;charset=UTF-8' },
  body: JSON.stringify({
    return_code: 5,
    return_msg: `허용된 요청 개수를 초과하였습니다[1700:허용된 요청 개수를 초과하였습니다. 유량=5, API ID=${api}]`,
  }),
})
