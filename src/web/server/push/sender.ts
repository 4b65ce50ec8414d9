import webPush from 'web-push'
import type { Clock } from '../../../std/clock.ts'
import type { PushPayload } from '../../contract/push.ts'
import type { PushDevice, VapidKeys } from './store.ts'

/** `gone`: the browser took its agreement back; `failed`: the push service did not take it this time. */
export type PushOutcome = 'sent' | 'gone' | 'failed'

export interface PushSender {
  send(device: Pick<PushDevice, 'endpoint' | 'keys'>, payload: PushPayload): Promise<PushOutcome>
}

/** A push service that says nothing for so long is given up, wall ms. */
const GIVE_UP_AFTER_MS = 10_000
/** News of the market is of no use later. */
const KEPT_SECONDS = 600

/** Encrypts for the browser (RFC 8291) and hands it to its push service, signed with our key (RFC 8292). */
export function createPushSender(options: {
  readonly wall: Clock
  readonly vapid: VapidKeys
  /** Where the people of a push service reach whoever runs this: `mailto:` or an https address. */
  readonly contact: string
}): PushSender {
  const { wall, vapid, contact } = options
  return {
    send: async ({ endpoint, keys }, payload) => {
      const { headers, body } = webPush.generateRequestDetails({ endpoint, keys }, JSON.stringify(payload), {
        vapidDetails: { subject: contact, ...vapid },
        contentEncoding: 'aes128gcm',
        TTL: KEPT_SECONDS,
        urgency: payload.urgent ? 'high' : 'normal',
      })
      const giveUp = new AbortController()
      const cancel = wall.after(GIVE_UP_AFTER_MS, () => giveUp.abort())
      try {
        const answer = await fetch(endpoint, {
          method: 'POST',
          headers: textHeaders(headers),
          body: new Uint8Array(body),
          // Nobody is led on to another address.
          redirect: 'manual',
          signal: giveUp.signal,
        })
        await answer.body?.cancel()
        return outcomeOf(answer.status)
      } catch {
        return 'failed'
      } finally {
        cancel()
      }
    },
  }
}

function outcomeOf(status: number): PushOutcome {
  if (status >= 200 && status < 300) return 'sent'
  return status === 404 || status === 410 ? 'gone' : 'failed'
}

/** The length is counted by whoever sends. */
const textHeaders = (headers: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.toLowerCase() !== 'content-length')
      .map(([name, value]) => [name, String(value)]),
  )

export const newVapidKeys = (): VapidKeys => webPush.generateVAPIDKeys()
