import type { PushDeviceMessage, PushDeviceRequest, PushKeyMessage } from '../../contract/push.ts'
import type { Language } from '../state/preferences.ts'
import { api, get } from './client.ts'

/**
 * Why this browser cannot be told of happenings. `insecure`: over plain http from another machine; `unable`: it has no Push
 * API (on an iPhone: until it is put on the home screen); `blocked`: the person said no to the browser.
 */
export type PushBar = 'insecure' | 'unable' | 'blocked'

export function pushBar(): PushBar | undefined {
  if (!isSecureContext) return 'insecure'
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window))
    return 'unable'
  return Notification.permission === 'denied' ? 'blocked' : undefined
}

const subscription = async (): Promise<PushSubscription | null> => {
  const registration = await navigator.serviceWorker.getRegistration()
  return (await registration?.pushManager.getSubscription()) ?? null
}

/** The device that this browser is, as the server knows it; `undefined` while it is told nothing. */
export async function pushHere(signal?: AbortSignal): Promise<PushDeviceMessage | undefined> {
  if (pushBar() !== undefined) return undefined
  const own = await subscription()
  if (!own) return undefined
  const [id, devices] = await Promise.all([
    deviceId(own.endpoint),
    get<readonly PushDeviceMessage[]>('/push/devices', signal),
  ])
  return devices.find((device) => device.id === id)
}

/** Asks the person (the browser does), and gives the server what it needs to reach this browser. `undefined`: they said no. */
export async function beginPushHere(wants: {
  readonly language: Language
  readonly everyFill: boolean
}): Promise<PushDeviceMessage | undefined> {
  if ((await Notification.requestPermission()) !== 'granted') return undefined
  const { publicKey } = await get<PushKeyMessage>('/push/key')
  const registration = await navigator.serviceWorker.ready
  // One that was made with another key of ours cannot be used any more.
  const known = await registration.pushManager.getSubscription()
  if (known && !hasKey(known, publicKey)) await known.unsubscribe()
  const own = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytesOf(publicKey),
  })
  const { endpoint, keys } = own.toJSON()
  const request: PushDeviceRequest = {
    endpoint: endpoint ?? own.endpoint,
    keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' },
    name: deviceName(navigator.userAgent),
    ...wants,
  }
  return api<PushDeviceMessage>('POST', '/push/devices', request)
}

/** This browser is told nothing any more, whatever the server still thinks. */
export async function endPushHere(): Promise<void> {
  if (pushBar() !== undefined) return
  const own = await subscription()
  if (!own) return
  const id = await deviceId(own.endpoint)
  await own.unsubscribe()
  await api('DELETE', `/push/devices/${id}`)
}

export const testPush = (id: string): Promise<void> => api('POST', `/push/devices/${id}/test`)

const ID_DIGITS = 24

async function deviceId(endpoint: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint))
  return [...new Uint8Array(digest)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, ID_DIGITS)
}

const hasKey = ({ options }: PushSubscription, publicKey: string): boolean => {
  const wanted = bytesOf(publicKey)
  const own = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0))
  return own.length === wanted.length && own.every((byte, index) => byte === wanted[index])
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(text, (each) => each.charCodeAt(0))
}

/** Enough to know one's phone from one's desk in a list: `Android · Chrome`. */
export function deviceName(agent: string): string {
  const system = SYSTEMS.find(([mark]) => agent.includes(mark))?.[1] ?? 'Device'
  const browser = BROWSERS.find(([mark]) => agent.includes(mark))?.[1]
  return browser === undefined ? system : `${system} · ${browser}`
}

const SYSTEMS = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS', 'Mac'],
  ['Linux', 'Linux'],
] as const
/** The first that fits: each of the later ones is named by the earlier too. */
const BROWSERS = [
  ['SamsungBrowser', 'Samsung Internet'],
  ['Edg', 'Edge'],
  ['Whale', 'Whale'],
  ['Firefox', 'Firefox'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const
