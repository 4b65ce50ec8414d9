import { z } from 'zod'
import { instrumentId, orderId } from '../../model/ids.ts'
import { INTERVALS } from '../../model/interval.ts'
import { price, quantity } from '../../model/money.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { OrderStyle } from '../../model/settings.ts'
import type { Result } from '../../std/result.ts'
import type { TraderView } from '../../trading/engine/view.ts'
import type { DeskShown, Tick } from '../../web/server/desk-line.ts'
import { MOST_FOLLOWED } from '../following.ts'
import { version } from '../self.ts'

/**
 * What the web server and the trader say to each other over the control socket, one JSON object a line. The first line
 * attaches; from then on the trader shows itself, and answers what it is asked by number.
 */
export const attachLine = (): string => JSON.stringify({ do: 'attach', version: version() })

export const attachSchema = z.object({ do: z.literal('attach'), version: z.string().max(40) })

/** Characters of a line: a request is small, a desk with all its lists may be large. */
export const LONGEST_REQUEST = 64 * 1024
export const LONGEST_SHOWN = 32 * 1024 * 1024

const instrument = z
  .string()
  .regex(/^[0-9][0-9A-Z]{5}$/)
  .transform(instrumentId)
const order = z.string().min(1).max(40).transform(orderId)
// Together they stay inside exact numbers, whatever the price band says.
const limit = z.int().positive().max(100_000_000).transform(price)
const shares = z.int().positive().max(10_000_000).transform(quantity)

const style = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['market', 'best', 'priority', 'mid']) }),
  z.object({
    kind: z.enum(['limit', 'conditional']),
    from: z.enum(['last', 'bid', 'ask']),
    ticks: z.int().min(-100).max(100),
  }),
]) satisfies z.ZodType<OrderStyle>

const manualOrder = z.object({
  instrument,
  side: z.enum(['buy', 'sell']),
  quantity: shares,
  order: style,
  limit: limit.exactOptional(),
})

/** All that a person may order but new settings: those are changed in their file, which the trader follows. */
const command = z.discriminatedUnion('do', [
  z.object({ do: z.literal('setHalt'), state: z.enum(['active', 'reducing', 'halted']) }),
  z.object({ do: z.enum(['pauseBuying', 'resumeBuying', 'flatten', 'cancelAll']) }),
  z.object({ do: z.enum(['sell', 'exclude', 'include']), instrument }),
  z.object({ do: z.literal('order'), ...manualOrder.shape }),
  z.object({ do: z.literal('cancelOrder'), order }),
  z.object({ do: z.literal('amendOrder'), order, limit, quantity: shares.exactOptional() }),
  z.object({
    do: z.literal('settleOrder'),
    order,
    as: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('cancelled') }),
      z.object({ kind: z.literal('filled'), quantity: shares, price: limit }),
    ]),
  }),
])

const id = z.int().positive()
/** It is shown in brackets before what was ordered, on terminals too. */
const by = z.string().regex(/^[^\p{C}[\]]{1,60}$/u)

export const requestSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('command'), id, by, command }),
  z.object({ do: z.literal('preview'), id, order: manualOrder }),
  z.object({ do: z.literal('instrument'), id, instrument }),
  z.object({ do: z.literal('bars'), id, instrument, interval: z.enum(INTERVALS) }),
  z.object({ do: z.literal('follow'), instruments: z.array(instrument).max(MOST_FOLLOWED) }),
])
export type Request = z.infer<typeof requestSchema>
export type Asked = Exclude<Request, { do: 'follow' }>

/** Lists that grow all day and change seldom: sent when they have changed. */
export const LISTS = ['happenings', 'refusals', 'roundTrips'] as const
type Lists = Pick<TraderView, (typeof LISTS)[number]>

export interface ShownMessage extends Omit<DeskShown, 'view' | 'settings'> {
  readonly type: 'shown'
  readonly view: Omit<TraderView, keyof Lists> & Partial<Lists>
  /** The first time, and whenever they have changed. */
  readonly settings?: DeskShown['settings']
}

export type FromTrader =
  | ShownMessage
  /** No trader stands at the other end now (it starts, or waits for its day), or it has not shown itself for a while. */
  | { readonly type: 'away' }
  | { readonly type: 'reply'; readonly id: number; readonly result: Result<unknown, Sentence> }
  | { readonly type: 'ticks'; readonly instrument: string; readonly ticks: readonly Tick[] }
  /** It does not speak our language: the two were started from different versions. */
  | ({ readonly type: 'refused' } & Sentence)

const sentence = z.object({ ko: z.string(), en: z.string() })
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null

/** Data of our own making between two processes of one version: what can go wrong is its outer form. */
const fromTraderSchema = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('shown'),
    view: z.custom(isObject),
    feed: z.custom(isObject),
    shownAt: z.number(),
  }),
  z.object({ type: z.literal('away') }),
  z.object({
    type: z.literal('reply'),
    id,
    result: z.union([
      z.looseObject({ ok: z.literal(true) }),
      z.object({ ok: z.literal(false), error: sentence }),
    ]),
  }),
  z.object({ type: z.literal('ticks'), instrument: z.string(), ticks: z.array(z.custom(isObject)) }),
  z.object({ type: z.literal('refused'), ...sentence.shape }),
])

/** `undefined` for what is none of these. */
export function readFromTrader(line: string): FromTrader | undefined {
  const parsed = fromTraderSchema.safeParse(jsonOf(line))
  return parsed.success ? (parsed.data as unknown as FromTrader) : undefined
}

export function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
