import { z } from 'zod'

const sentence = { ko: z.string(), en: z.string() }
const place = { from: z.int().nonnegative(), to: z.int().nonnegative() }

const conditionTextSchema = z.string().max(10_000)
/** The bars of the settings file. */
export const barIntervalSchema = z.enum(['1m', '3m', '5m', '10m', '15m', '30m', '60m', '1d'])
export type BarInterval = z.infer<typeof barIntervalSchema>

export const checkConditionSchema = z.object({ text: conditionTextSchema, interval: barIntervalSchema })

/** What a piece of the text is, for its colour. */
export const tokenRoleSchema = z.enum([
  'number',
  'keyword',
  'field',
  'function',
  'name',
  'particle',
  'symbol',
  'unknown',
])
export type TokenRole = z.infer<typeof tokenRoleSchema>
export const conditionTokenSchema = z.object({ ...place, role: tokenRoleSchema })
export type ConditionToken = z.infer<typeof conditionTokenSchema>

export const conditionProblemSchema = z.object({
  ...place,
  ...sentence,
  code: z.string(),
  /** Could stand in place of the marked piece. */
  suggestion: z.string().optional(),
})
export type ConditionProblem = z.infer<typeof conditionProblemSchema>

/** A condition in words, with those it is made of. */
export interface ConditionOutline {
  readonly kind: string
  readonly ko: string
  readonly en: string
  readonly from: number
  readonly to: number
  readonly parts: readonly ConditionOutline[]
}
const outlineLeaf = { kind: z.string(), ...sentence, ...place }
const conditionOutlineSchema: z.ZodType<ConditionOutline> = z
  .object({
    ...outlineLeaf,
    get parts() {
      return z.array(conditionOutlineSchema)
    },
  })
  .meta({ id: 'ConditionOutline' })

const conditionNeedsSchema = z.object({
  /** Bars until it can answer, and until its averages no longer feel their beginning. */
  intervals: z.array(z.object({ intervalMs: z.number(), ...sentence, bars: z.int(), settledBars: z.int() })),
  indicators: z.array(z.object({ ...sentence, warmUpBars: z.int() })),
  trades: z.boolean(),
  quotes: z.boolean(),
  facts: z.boolean(),
  wholeDay: z.boolean(),
})

export const conditionCheckedSchema = z.object({
  tokens: z.array(conditionTokenSchema),
  problems: z.array(conditionProblemSchema),
  /** The whole text in both languages; absent while it has problems. */
  words: z.object(sentence).optional(),
  outline: conditionOutlineSchema.optional(),
  needs: conditionNeedsSchema.optional(),
  /** Why it cannot be played on closed bars of that interval, though it is right. */
  unplayable: z.array(z.object(sentence)),
})
export type ConditionChecked = z.infer<typeof conditionCheckedSchema>

export const vocabularyEntrySchema = z.object({
  kind: z.enum(['field', 'function', 'indicator', 'flag', 'keyword', 'unit', 'name']),
  ...sentence,
  /** Other spellings, which find it as well. */
  also: z.array(z.string()),
  help: z.object(sentence),
  /** What is put into the text, where that is more than the word. */
  insert: z.object(sentence),
})
export type VocabularyEntry = z.infer<typeof vocabularyEntrySchema>
export const vocabularySchema = z.object({ entries: z.array(vocabularyEntrySchema) })

const MOST_INSTRUMENTS_TODAY = 20
const code = z.string().regex(/^[0-9][0-9A-Z]{5}$/)
export const conditionTodaySchema = z.object({
  text: conditionTextSchema,
  interval: barIntervalSchema,
  instruments: z.array(code).min(1).max(MOST_INSTRUMENTS_TODAY),
})

export const conditionHitSchema = z.object({
  /** The bar with which it became true was closed then, epoch ms. */
  at: z.number(),
  today: z.boolean(),
  /** What it looked at, with its numbers at that bar. A ratio is a share of one, a time milliseconds since midnight. */
  values: z.array(z.object({ ...sentence, type: z.string(), value: z.union([z.number(), z.string()]) })),
})
export type ConditionHit = z.infer<typeof conditionHitSchema>

export const instrumentTodaySchema = z.object({
  instrument: z.string(),
  name: z.string(),
  bars: z.int(),
  from: z.number().optional(),
  to: z.number().optional(),
  /** Newest first; at most so many as the server keeps. */
  hits: z.array(conditionHitSchema),
  /** Of all bars, told or not. */
  count: z.int(),
  /** Does it hold after the last bar? Absent: not known, and `missing` says why. */
  met: z.boolean().optional(),
  missing: z.array(z.object(sentence)),
  /** Why there are no bars. */
  trouble: z.object(sentence).optional(),
})
export type InstrumentToday = z.infer<typeof instrumentTodaySchema>

export const conditionTodayReplySchema = z.object({
  day: z.string(),
  instruments: z.array(instrumentTodaySchema),
})
export type ConditionTodayReply = z.infer<typeof conditionTodayReplySchema>
