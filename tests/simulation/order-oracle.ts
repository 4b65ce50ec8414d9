import type { HttpReply } from '../../src/ports/network.ts'
import { isOrderApi } from './simulated-network.ts'

/** Watches the two ends of every order: what stands durably in the journal, and what the broker took. */
export interface OrderOracle {
  /** A sync has made this text of a file durable. */
  onDurable(path: string, text: string): void
  /** The next text begins a new line: what was torn is cut off. */
  onLife(): void
  onPost(api: string, body: string): void
  onAnswer(api: string, body: string, reply: HttpReply): void
}

interface Count {
  intents: number
  posts: number
  accepted: number
}

interface RecordedOrder {
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

export function createOrderOracle(fail: (law: string, detail: string) => void): OrderOracle {
  const counts = new Map<string, Count>()
  let rest = ''

  const countOf = (key: string): Count => {
    const known = counts.get(key)
    if (known) return known
    const fresh = { intents: 0, posts: 0, accepted: 0 }
    counts.set(key, fresh)
    return fresh
  }

  const onLine = (line: string) => {
    if (!line.includes('"kind":"effects"')) return
    const { body } = JSON.parse(line) as {
      body: { effects: readonly { readonly do: string; readonly order: RecordedOrder }[] }
    }
    for (const effect of body.effects) {
      const key = keyOfEffect(effect.do, effect.order)
      if (key !== undefined) countOf(key).intents++
    }
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
    },
    onPost: (api, body) => {
      if (!isOrderApi(api)) return
      const key = keyOfRequest(api, JSON.parse(body) as Body)
      const count = countOf(key)
      count.posts++
      if (count.posts > count.intents)
        fail(
          'journalBeforeAct',
          `${key}: request ${count.posts} leaves, ${count.intents} intents are durable`,
        )
    },
    onAnswer: (api, body, reply) => {
      if (!isOrderApi(api)) return
      const key = keyOfRequest(api, JSON.parse(body) as Body)
      const { return_code, return_msg = '' } = JSON.parse(reply.body) as {
        return_code: number
        return_msg?: string
      }
      const count = countOf(key)
      // Turned away at the door for its token: the same request may come once more.
      if (return_code === 3 || reply.status === 401) count.posts--
      for (const [code, what] of Object.entries(NEVER_EARNED))
        if (return_msg.includes(code)) fail('orderRules', `${key}: ${what} (${return_msg})`)
      if (return_code !== 0) return
      count.accepted++
      if (count.accepted > count.intents)
        fail('oneOrderPerIntent', `${key}: ${count.accepted} orders from ${count.intents} intents`)
    },
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
