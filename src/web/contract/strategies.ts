import { z } from 'zod'

const words = z.object({ ko: z.string(), en: z.string() })

/** One thing that can be turned. A ratio is a share of one and shown as percent. */
export const strategyParameterSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['whole', 'number', 'ratio']),
    from: z.number(),
    to: z.number(),
    default: z.number(),
    step: z.number().optional(),
    label: words,
  }),
  z.object({ kind: z.literal('flag'), default: z.boolean(), label: words }),
  z.object({ kind: z.literal('choice'), of: z.array(z.string()), default: z.string(), label: words }),
])
export type StrategyParameter = z.infer<typeof strategyParameterSchema>

/** A strategy that comes with Garam. */
export const strategyKindSchema = z.object({
  id: z.string(),
  title: words,
  parameters: z.record(z.string(), strategyParameterSchema),
  /** Bars it wants, if it wants a certain interval, and how many pass before its first opinion, by its defaults. */
  interval: z.string().optional(),
  warmUpBars: z.int(),
})
export type StrategyKind = z.infer<typeof strategyKindSchema>

export const strategyKindsSchema = z.object({ kinds: z.array(strategyKindSchema) })
