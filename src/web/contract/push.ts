import { z } from 'zod'

/** What a browser gives when it agrees to be told of happenings (Push API), with what it wants to hear of. */
export const pushDeviceRequestSchema = z.object({
  endpoint: z.url().max(1_000).describe('the push service of the browser; https, or this very machine'),
  keys: z.object({
    p256dh: z
      .string()
      .regex(/^[A-Za-z0-9_-]{87}$/)
      .describe('public key of the browser, an uncompressed P-256 point in base64url'),
    auth: z
      .string()
      .regex(/^[A-Za-z0-9_-]{22}$/)
      .describe('16 bytes in base64url'),
  }),
  name: z.string().trim().min(1).max(60).describe('what the person calls the device'),
  language: z.enum(['ko', 'en']),
  everyFill: z.boolean().describe('also fills that are no stop; stops and alarms always come'),
})
export type PushDeviceRequest = z.infer<typeof pushDeviceRequestSchema>

export const pushDeviceSchema = z.object({
  /** The first 24 hexadecimal digits of the SHA-256 of its endpoint: a browser finds itself by it. */
  id: z.string(),
  name: z.string(),
  language: z.enum(['ko', 'en']),
  everyFill: z.boolean(),
  addedAt: z.number().describe('wall ms'),
  /** When the push service last took one; absent while it never did. */
  toldAt: z.number().describe('wall ms').optional(),
})
export type PushDeviceMessage = z.infer<typeof pushDeviceSchema>

export const pushKeySchema = z.object({
  publicKey: z.string().describe('VAPID, base64url: the applicationServerKey of a subscription'),
})
export type PushKeyMessage = z.infer<typeof pushKeySchema>

/** What a notification carries, encrypted for one browser alone. `url`: a page of ours. A newer one replaces its `tag`. */
export interface PushPayload {
  readonly title: string
  readonly body: string
  readonly url: string
  readonly tag: string
  /** Stays on the screen until somebody closes it. */
  readonly urgent: boolean
}
