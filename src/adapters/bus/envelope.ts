import { z } from 'zod'

/** What travels between an endpoint and the hub. Bodies are checked where they are used, by their topic. */
const envelope = z.discriminatedUnion('is', [
  z.object({ is: z.literal('message'), topic: z.string(), body: z.unknown() }),
  z.object({ is: z.literal('listen'), topic: z.string() }),
  z.object({ is: z.literal('serve'), question: z.string() }),
  z.object({ is: z.literal('question'), id: z.int(), question: z.string(), body: z.unknown() }),
  z.object({ is: z.literal('answer'), id: z.int(), body: z.unknown() }),
  z.object({
    is: z.literal('failure'),
    id: z.int(),
    kind: z.enum(['notSent', 'gone', 'refused']),
    why: z.string(),
  }),
  z.object({
    is: z.literal('peer'),
    peer: z.string(),
    state: z.enum(['up', 'late', 'down']),
    why: z.string(),
  }),
  z.object({ is: z.literal('ready') }),
  z.object({ is: z.literal('beat') }),
])

export type Envelope = z.infer<typeof envelope>

/** `undefined`: not one of ours. */
export function readEnvelope(message: unknown): Envelope | undefined {
  const parsed = envelope.safeParse(message)
  return parsed.success ? parsed.data : undefined
}
