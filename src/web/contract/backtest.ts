import { z } from 'zod'
import { backtestReportSchema, sweepReportSchema } from './backtest-report.ts'
import { sentenceSchema } from './live.ts'

/** What a person may ask of history, and how far that is. A ratio is of one; a day is YYYY-MM-DD. */

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const ratio = z.number().positive().max(1)
const symbol = z.string().regex(/^[A-Z0-9][A-Z0-9.-]{0,11}$/)
const word = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/)
const value = z.union([z.number(), z.boolean(), z.string().max(60)])
export const runIdSchema = z.string().regex(/^[0-9a-z-]{8,40}$/)

export const dataSetNameSchema = z
  .string()
  .regex(/^bars\/[a-z0-9]{1,6}\/(KRX|US)\/[a-z]+(~[A-Za-z0-9_-]{1,40})?$/)

/** Bars that can be played. */
export const dataSetSchema = z.object({
  set: z.string(),
  interval: z.string(),
  market: z.enum(['KRX', 'US']),
  basis: z.string(),
  rows: z.int(),
  symbols: z.int(),
  from: z.string().optional(),
  to: z.string().optional(),
  bytes: z.number(),
  sources: z.array(z.string()),
})
export type DataSetMessage = z.infer<typeof dataSetSchema>

export const catalogReplySchema = z.object({
  sets: z.array(dataSetSchema),
  /** Indexes that a result can be compared with. */
  indexes: z.array(z.string()),
})

export const listedNameSchema = z.object({ symbol: z.string(), name: z.string() })
export type ListedNameMessage = z.infer<typeof listedNameSchema>

export const parameterSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['whole', 'number', 'ratio']),
    from: z.number(),
    to: z.number(),
    default: z.number(),
    step: z.number().optional(),
    label: sentenceSchema,
  }),
  z.object({ kind: z.literal('flag'), default: z.boolean(), label: sentenceSchema }),
  z.object({
    kind: z.literal('choice'),
    of: z.array(z.string()),
    default: z.string(),
    label: sentenceSchema,
  }),
])
export type ParameterMessage = z.infer<typeof parameterSchema>

export const playableStrategySchema = z.object({
  id: z.string(),
  title: sentenceSchema,
  parameters: z.record(z.string(), parameterSchema),
})
export type PlayableStrategy = z.infer<typeof playableStrategySchema>

export const playableSchema = z.object({
  strategies: z.array(playableStrategySchema),
  /** Names of strategy files in the folder that was configured; none when there is no such folder. */
  files: z.array(z.string()),
})

const strategyPickSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('known'), id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/) }),
  z.object({
    kind: z.literal('file'),
    file: z.string().regex(/^[A-Za-z0-9가-힣_][A-Za-z0-9가-힣_.-]{0,79}$/),
  }),
  z.object({
    kind: z.literal('conditions'),
    entry: z.string().trim().min(1).max(2_000),
    exit: z.string().trim().max(2_000).optional(),
  }),
])

/** Data, account, orders and how they fill: the options of `garam backtest`. */
export const marketChoiceSchema = z.object({
  data: dataSetNameSchema,
  /** All of the set without it. */
  symbols: z.array(symbol).max(400).optional(),
  from: day.optional(),
  to: day.optional(),
  /** Won, or dollars for US shares. */
  cash: z.int().positive().max(1_000_000_000_000).optional(),
  amount: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('money'), money: z.int().positive().max(1_000_000_000_000) }),
      z.object({ kind: z.literal('ratio'), ratio }),
    ])
    .optional(),
  maxPositions: z.int().min(1).max(1_000).optional(),
  /** Absent: at the market. A limit is so many ticks from the last price. */
  limitTicks: z.int().min(-100).max(100).optional(),
  stopLoss: ratio.optional(),
  takeProfit: ratio.optional(),
  slippage: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('ticks'), ticks: z.int().min(0).max(100) }),
    z.object({ kind: z.enum(['volume', 'sqrt']), coefficient: z.number().min(0).max(10) }),
  ]),
  participation: ratio.optional(),
  limitFill: z.enum(['through', 'touch']).optional(),
  commission: ratio.optional(),
})
export type MarketChoice = z.infer<typeof marketChoiceSchema>

export const backtestRequestSchema = z.object({
  strategy: strategyPickSchema,
  parameters: z.record(word, value),
  market: marketChoiceSchema,
  benchmark: z
    .string()
    .regex(/^[A-Z0-9:_.-]{1,20}$/)
    .optional(),
  checkLookahead: z.boolean().optional(),
  checkRecursion: z.boolean().optional(),
  monteCarlo: z.int().min(100).max(10_000).optional(),
  note: z.string().max(120).optional(),
})
export type BacktestRequest = z.infer<typeof backtestRequestSchema>

const METHODS = ['grid', 'random', 'genetic', 'tpe'] as const
const OBJECTIVES = ['sharpe', 'return', 'calmar', 'sortino'] as const

export const sweepRequestSchema = z.object({
  strategy: z.discriminatedUnion('kind', [strategyPickSchema.options[0], strategyPickSchema.options[1]]),
  /** `5..50:5`, `5,10,20`, `0.1..0.5`, one value, or '' for the strategy's own range. */
  turned: z.record(word, z.string().regex(/^[A-Za-z0-9가-힣_.,:%+ -]{0,200}$/)),
  market: marketChoiceSchema,
  method: z.enum(METHODS),
  objective: z.enum(OBJECTIVES),
  trials: z.int().min(1).max(20_000).optional(),
  seed: z.int().min(0).max(2_147_483_647).optional(),
  note: z.string().max(120).optional(),
})
export type SweepRequest = z.infer<typeof sweepRequestSchema>

/** What a round trip costs before anything is earned, as ratios of what was paid. */
export const costsRequestSchema = marketChoiceSchema.pick({
  data: true,
  symbols: true,
  slippage: true,
  commission: true,
  maxPositions: true,
})
export const costsSchema = z.object({
  instrument: z.string(),
  name: z.string(),
  market: z.string(),
  day: z.string(),
  /** In the smallest unit of the currency. */
  price: z.number(),
  currency: z.enum(['KRW', 'USD']),
  commission: z.number(),
  tax: z.number(),
  slippage: z.number(),
  /** The rise that pays for one purchase with its sale. */
  total: z.number(),
  daysPerYear: z.int(),
})
export type CostsMessage = z.infer<typeof costsSchema>

/** `interrupted`: Garam ended while it ran; what can go on is gone on with. */
const RUN_STATES = ['queued', 'running', 'done', 'failed', 'cancelled', 'interrupted'] as const

const runBase = {
  id: runIdSchema,
  state: z.enum(RUN_STATES),
  title: sentenceSchema,
  by: z.string(),
  /** Wall ms. */
  createdAt: z.number(),
  startedAt: z.number().optional(),
  endedAt: z.number().optional(),
  progress: z.object({ done: z.number(), of: z.number(), leftMs: z.number() }).optional(),
  failure: sentenceSchema.optional(),
  pinned: z.boolean(),
  /** The few figures that a list shows, by key. */
  figures: z.record(z.string(), z.number()).optional(),
  doubts: z.int().optional(),
}
export const runSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('backtest'), request: backtestRequestSchema, ...runBase }),
  z.object({ kind: z.literal('sweep'), request: sweepRequestSchema, ...runBase }),
])
export type RunMessage = z.infer<typeof runSchema>
export type RunRequest =
  | { readonly kind: 'backtest'; readonly request: BacktestRequest }
  | { readonly kind: 'sweep'; readonly request: SweepRequest }

export const runListSchema = z.object({ runs: z.array(runSchema), atOnce: z.int(), mostQueued: z.int() })
export const backtestRunSchema = z.object({ run: runSchema, report: backtestReportSchema.optional() })
export const sweepRunSchema = z.object({ run: runSchema, report: sweepReportSchema.optional() })
export type BacktestRun = z.infer<typeof backtestRunSchema>
export type SweepRun = z.infer<typeof sweepRunSchema>

/** What was ever tried of one idea, and what that asks of the next result. Sharpe ratios per year. */
export const triedIdeaSchema = z.object({
  id: z.string(),
  text: z.string(),
  trials: z.int(),
  failed: z.int(),
  from: z.string(),
  to: z.string(),
  lastAt: z.number(),
  best: z
    .object({
      sharpe: z.number(),
      /** What beats, at 95 %, the best that luck gives in so many trials. */
      needed: z.number().optional(),
      deflated: z.number().optional(),
      parameters: z.record(z.string(), z.unknown()),
    })
    .optional(),
})
export const trialLedgerSchema = z.object({
  ideas: z.array(triedIdeaSchema),
  records: z.array(
    z.object({
      at: z.number(),
      what: z.enum(['trial', 'seal', 'opening']),
      kind: z.string(),
      idea: z.string(),
      from: z.string(),
      to: z.string(),
      names: z.int(),
      sharpe: z.number().optional(),
      parameters: z.record(z.string(), z.unknown()),
      failed: sentenceSchema.optional(),
    }),
  ),
  total: z.int(),
  unreadable: z.int(),
})
export type TrialLedgerMessage = z.infer<typeof trialLedgerSchema>
export type TriedIdea = z.infer<typeof triedIdeaSchema>

/** An entry of `strategies:` in garam.yaml. It begins switched off. */
export const promotionSchema = z.object({
  name: z.string().regex(/^[A-Za-z가-힣][A-Za-z0-9가-힣 _-]{0,39}$/),
  symbols: z.array(symbol).min(1).max(60),
  amountKrw: z.int().positive().max(10_000_000_000),
})
export type PromotionMessage = z.infer<typeof promotionSchema>
export const promotionReplySchema = z.object({ yaml: z.string(), added: z.boolean() })
