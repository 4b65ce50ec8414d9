import { z } from 'zod'

/** What every refused request answers (RFC 9457, `application/problem+json`), with a sentence in both languages. */
export const problemSchema = z.object({
  /** Names the kind of trouble, for programs: `/problems/second-factor-needed`. */
  type: z.string(),
  status: z.int(),
  title: z.string(),
  ko: z.string(),
  en: z.string(),
  /** Of a body that does not fit: where, and why. */
  errors: z.array(z.object({ path: z.string(), ko: z.string(), en: z.string() })).optional(),
})
export type Problem = z.infer<typeof problemSchema>
