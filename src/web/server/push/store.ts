import { z } from 'zod'

/** Both base64url. Browsers that agreed once are lost when they change. */
const vapidSchema = z.object({ publicKey: z.string(), privateKey: z.string() })
export type VapidKeys = Readonly<z.infer<typeof vapidSchema>>

const deviceSchema = z.object({
  id: z.string(),
  /** Whose it is. */
  user: z.string(),
  endpoint: z.string(),
  keys: z.object({ p256dh: z.string(), auth: z.string() }),
  name: z.string(),
  language: z.enum(['ko', 'en']),
  everyFill: z.boolean(),
  addedAt: z.number(),
  toldAt: z.number().optional(),
})
export type PushDevice = Readonly<z.infer<typeof deviceSchema>>

export const pushKeptSchema = z.object({ vapid: vapidSchema, devices: z.array(deviceSchema) })
export interface PushKept {
  readonly vapid: VapidKeys
  readonly devices: readonly PushDevice[]
}

/** Where keys and devices outlive this process. */
export interface PushStore {
  /** `undefined` when nothing was ever kept. Errors: rejects when what was kept cannot be read. */
  read(): Promise<PushKept | undefined>
  write(kept: PushKept): Promise<void>
}
