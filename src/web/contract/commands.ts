import { z } from 'zod'

const code = z.string().regex(/^[0-9][0-9A-Z]{5}$/)
const shares = z.int().positive().max(1_000_000_000)
const price = z.int().positive().max(1_000_000_000)

/** How an order is priced: as in the settings, or at a price of one's own. */
export const orderStyleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['market', 'best', 'priority', 'mid']) }),
  z.object({
    kind: z.enum(['limit', 'conditional']),
    from: z.enum(['last', 'bid', 'ask']),
    ticks: z.int().min(-100).max(100),
  }),
  z.object({ kind: z.literal('at'), limit: price }),
])
export type OrderStyleMessage = z.infer<typeof orderStyleSchema>

export const manualOrderSchema = z.object({
  instrument: code,
  side: z.enum(['buy', 'sell']),
  quantity: shares,
  order: orderStyleSchema,
})
export type ManualOrderMessage = z.infer<typeof manualOrderSchema>

/** What a person may order from a screen. Those of `LOWERING` only ever lower the risk and never need a second factor. */
export const commandSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('pauseBuying') }),
  z.object({ do: z.literal('resumeBuying') }),
  z.object({ do: z.literal('cancelAll') }),
  z.object({ do: z.literal('flatten') }),
  /** Cancels what works and lets nothing out any more. */
  z.object({ do: z.literal('stop') }),
  z.object({ do: z.literal('resume') }),
  z.object({ do: z.literal('reduceOnly') }),
  z.object({ do: z.literal('cancelOrder'), order: z.string().max(40) }),
  z.object({
    do: z.literal('amendOrder'),
    order: z.string().max(40),
    limit: price,
    quantity: shares.optional(),
  }),
  z.object({ do: z.literal('sell'), instrument: code }),
  z.object({ do: z.literal('exclude'), instrument: code }),
  z.object({ do: z.literal('include'), instrument: code }),
  z.object({ do: z.literal('order'), ...manualOrderSchema.shape }),
  z.object({ do: z.literal('settleOrder'), order: z.string().max(40), as: z.literal('cancelled') }),
])
export type CommandMessage = z.infer<typeof commandSchema>

export const LOWERING = [
  'pauseBuying',
  'cancelAll',
  'flatten',
  'stop',
  'reduceOnly',
  'cancelOrder',
  'sell',
  'exclude',
] as const satisfies readonly CommandMessage['do'][]

export const commandReplySchema = z.object({ ko: z.string(), en: z.string() })

export const previewSchema = z.object({
  type: z.string(),
  venue: z.string(),
  limit: z.int().optional(),
  amount: z.int(),
  commission: z.int(),
  tax: z.int(),
  needed: z.int(),
  refusal: z.object({ code: z.string(), ko: z.string(), en: z.string() }).optional(),
})
export type PreviewMessage = z.infer<typeof previewSchema>
