import type { HttpReply } from '../../src/ports/network.ts'
import type { EpochMs } from '../../src/std/clock.ts'
import type { OrderLaw } from './order-law.ts'
import { isOrderApi } from './simulated-network.ts'

/** Watches the two ends of every order: what stands durably in the journal, and what the broker took. */
export interface OrderOracle {
  /** A sync has made this text of a file durable. */
  onDurable(path: string, text: string): void
  /** The next text begins a new line: what was torn is cut off. What the dead one had not sent may never leave. */
  onLife(): void
  onPost(api: string, body: string): void
  onAnswer(api: string, body: string, reply: HttpReply): void
  /** Sales that should have left by now have left. */
  look(at: EpochMs, hindered: boolean): void
}

interface Intent {
  readonly id: string
  isPosted: boolean
  /** How long it has been durable and not sent, time without trouble. */
  waitedMs: number
}

interface Count {
  intents: Intent[]
  posts: number
  accepted: number
}

interface RecordedOrder {
  readonly orderId: string
  readonly instrument: string
  readonly side: string
  readonly type: string
  readonly limit?: number
  readonly quantity: number
  readonly venueOrderId?: string
  readonly replacesVenueOrderId?: string
}

type Body = Readonly<Record<string, string | undefined>>

/** Refusals no order of ours may earn. Source: the simulator's table of business refusals, which cites the vendor's. */
const NEVER_EARNED: Readonly<Record<string, string>> = {
  '571557': 'a price off tick or outside the band',
  '571489': 'an order while the market is closed',
  '407022': 'an order type the session does not take',
  '571558': 'a quantity that is none',
}
const TYPE_NAMES: Readonly<Record<string, string>> = { '0': 'limit', '3': 'market' }
/** From the disk to the wire. More than one sale a moment wait for their turn at the broker's rate limit. */
const SENT_BOUND_MS = 6_000

export function createOrderOracle(
  fail: (law: string, detail: string) => void,
  law: OrderLaw,
  now: () => EpochMs,
): OrderOracle {
  const counts = new Map<string, Count>()
  /** The key of each intent that is to be placed. */
  const keys = new Map<string, string>()
  let rest = ''
  let lookedAt = 0
  /** A life begins by writing down what the dead one had decided and not recorded: that is asked about and never sent. */
  let isRecovering = false

  const countOf = (key: string): Count => {
    const known = counts.get(key)
    if (known) return known
    const fresh = { intents: [], posts: 0, accepted: 0 }
    counts.set(key, fresh)
    return fresh
  }

  const onEffects = (line: string) => {
    const { body } = JSON.parse(line) as {
      body: { effects: readonly { readonly do: string; readonly order: RecordedOrder }[] }
    }
    for (const effect of body.effects) {
      const key = keyOfEffect(effect.do, effect.order)
      if (key === undefined) continue
      countOf(key).intents.push({ id: effect.order.orderId, isPosted: false, waitedMs: 0 })
      if (effect.do !== 'cancel') keys.set(effect.order.orderId, key)
    }
  }

  /** The trader counts on its never living: its wish is used up, whatever the trader wishes next. An order from it later is one too many. */
  const onGone = (line: string) => {
    const { body } = JSON.parse(line) as { body: { kind: string; orderId: string } }
    if (body.kind !== 'throttled' && body.kind !== 'absent') return
    const count = counts.get(keys.get(body.orderId) ?? '')
    const intent = count?.intents.find(({ id }) => id === body.orderId)
    if (!count || !intent) return
    count.intents = count.intents.filter((each) => each !== intent)
    if (intent.isPosted) count.posts--
  }

  const onLine = (line: string) => {
    if (line.includes('"kind":"restarted"') || line.includes('"kind":"opened"')) isRecovering = false
    if (line.includes('"kind":"effects"')) {
      if (!isRecovering) onEffects(line)
    } else if (/"kind":"(?:throttled|absent)"/.test(line)) onGone(line)
  }

  return {
    onDurable: (path, text) => {
      if (!path.endsWith('.jsonl')) return
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) onLine(line)
    },
    onLife: () => {
      rest = ''
      lookedAt = 0
      isRecovering = true
      for (const count of counts.values()) count.intents = count.intents.filter(({ isPosted }) => isPosted)
    },
    onPost: (api, body) => {
      if (!isOrderApi(api)) return
      const request = JSON.parse(body) as Body
      const wrong = law.wrongWith(api, request, now())
      if (wrong) fail('orderRules', `${api} ${body}: ${wrong}`)
      const key = keyOfRequest(api, request)
      const count = countOf(key)
      count.posts++
      const intent = count.intents.find(({ isPosted }) => !isPosted)
      if (intent) intent.isPosted = true
      if (count.posts > count.intents.length)
        fail(
          'journalBeforeAct',
          `${key}: request ${count.posts} leaves, ${count.intents.length} intents are durable`,
        )
    },
    onAnswer: (api, body, reply) => {
      if (!isOrderApi(api)) return
      const key = keyOfRequest(api, JSON.parse(body) as Body)
      const { return_code, return_msg = '' } = answerOf(reply)
      const count = countOf(key)
      // Turned away at the door for its token: the same request may come once more.
      if (return_code === 3 || reply.status === 401) {
        count.posts--
        const intent = count.intents.findLast(({ isPosted }) => isPosted)
        if (intent) intent.isPosted = false
      }
      for (const [code, what] of Object.entries(NEVER_EARNED))
        if (return_msg.includes(code)) fail('orderRules', `${key}: ${what} (${return_msg})`)
      if (return_code !== 0) return
      count.accepted++
      if (count.accepted > count.intents.length)
        fail('oneOrderPerIntent', `${key}: ${count.accepted} orders from ${count.intents.length} intents`)
    },
    look: (at, hindered) => {
      const ms = lookedAt === 0 || hindered ? 0 : at - lookedAt
      lookedAt = at
      for (const [key, { posts, intents }] of counts) {
        if (posts >= intents.length || !/^place \S+ sell market/.test(key)) continue
        for (const intent of intents) {
          if (intent.isPosted) continue
          intent.waitedMs += ms
          if (intent.waitedMs > SENT_BOUND_MS)
            fail('saleLeaves', `${key}: ${intent.id} is durable for ${intent.waitedMs} ms and has not left`)
        }
      }
    },
  }
}

/** A gateway's page tells nothing. */
function answerOf(reply: HttpReply): { readonly return_code?: number; readonly return_msg?: string } {
  try {
    return JSON.parse(reply.body) as { return_code?: number; return_msg?: string }
  } catch {
    return {}
  }
}

const number = (text: string | undefined) => Number(text ?? '')

function keyOfEffect(what: string, order: RecordedOrder): string | undefined {
  if (what === 'place')
    return `place ${order.instrument} ${order.side} ${order.type} ${order.limit ?? ''} ${order.quantity}`
  if (what === 'amend') return `amend ${number(order.replacesVenueOrderId)} ${order.limit ?? ''}`
  return what === 'cancel' ? `cancel ${number(order.venueOrderId)}` : undefined
}

function keyOfRequest(api: string, body: Body): string {
  if (api === 'kt10003') return `cancel ${number(body.orig_ord_no)}`
  if (api === 'kt10002') return `amend ${number(body.orig_ord_no)} ${body.mdfy_uv ?? ''}`
  const type = TYPE_NAMES[body.trde_tp ?? ''] ?? body.trde_tp
  const side = api === 'kt10000' ? 'buy' : 'sell'
  return `place ${body.stk_cd ?? ''} ${side} ${type} ${body.ord_uv ?? ''} ${number(body.ord_qty)}`
}
