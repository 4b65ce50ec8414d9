import { createHash } from 'node:crypto'
import type { Cancel, Clock } from '../../../std/clock.ts'
import type { LiveState } from '../../contract/live.ts'
import type { PushDeviceRequest, PushPayload } from '../../contract/push.ts'
import { type News, newsBetween, newsOfLostLine } from './news.ts'
import { createPushSender, newVapidKeys, type PushOutcome } from './sender.ts'
import type { PushDevice, PushKept, PushStore } from './store.ts'

/** Devices of one person; the oldest makes room for a new one. */
const MOST_DEVICES = 10
/** A device is told at most so often in so long (wall); alarms have as much again to themselves. */
const WINDOW_MS = 600_000
const MOST_IN_WINDOW = 20
/** The same words are not said twice within. */
const SAME_WITHIN_MS = 60_000
/** A line that is back before is nobody's business. */
const LOST_LINE_MS = 20_000

export interface PushDesk {
  readonly publicKey: string
  devicesOf(user: string): readonly PushDevice[]
  add(user: string, request: PushDeviceRequest): Promise<PushDevice>
  /** False when that person has no such device. */
  remove(user: string, id: string): Promise<boolean>
  /** `undefined` when that person has no such device. */
  test(user: string, id: string): Promise<PushOutcome | undefined>
  /** The trader as it is now: what is new in it is sent. */
  hear(state: LiveState): void
  /** Resolves when nothing is on its way. */
  settled(): Promise<void>
  close(): void
}

interface Sent {
  readonly at: number
  readonly tag: string
  readonly words: string
  readonly isAlarm: boolean
}

/** Whom to tell of what: keeps the devices, and sends what happened to each that wants it. */
export async function createPushDesk(options: {
  readonly wall: Clock
  readonly store: PushStore
  readonly contact: string
}): Promise<PushDesk> {
  const { wall, store } = options
  let kept = (await store.read()) ?? (await begin(store))
  const sender = createPushSender({ wall, vapid: kept.vapid, contact: options.contact })
  const sentTo = new Map<string, readonly Sent[]>()
  const onTheWay = new Set<Promise<unknown>>()
  let writing: Promise<void> = Promise.resolve()
  let before: LiveState | undefined
  let lostLine: Cancel | undefined

  /** One after the other, so that an older list never ends up over a newer one. */
  const keep = (devices: readonly PushDevice[]): Promise<void> => {
    kept = { ...kept, devices }
    const written = kept
    writing = writing.catch(() => undefined).then(() => store.write(written))
    return writing
  }
  const find = (user: string, id: string) =>
    kept.devices.find((device) => device.user === user && device.id === id)
  const drop = (gone: PushDevice) => {
    sentTo.delete(gone.id)
    return keep(kept.devices.filter((device) => device !== gone && !isSame(device, gone)))
  }

  const send = async (device: PushDevice, payload: PushPayload): Promise<PushOutcome> => {
    const outcome = await sender.send(device, payload)
    if (outcome === 'gone') await drop(device)
    if (outcome === 'sent')
      await keep(kept.devices.map((each) => (isSame(each, device) ? { ...each, toldAt: wall.now() } : each)))
    return outcome
  }

  /** Whether the device has room for it; what is let through is remembered. */
  const lets = (device: PushDevice, news: News): boolean => {
    const now = wall.now()
    const recent = (sentTo.get(device.id) ?? []).filter(({ at }) => now - at < WINDOW_MS)
    const words = news.body.en
    const isAlarm = news.kind === 'alarm'
    const isSaid = recent.some(
      (sent) => sent.tag === news.tag || (sent.words === words && now - sent.at < SAME_WITHIN_MS),
    )
    const isFull = recent.filter((sent) => sent.isAlarm === isAlarm).length >= MOST_IN_WINDOW
    if (isSaid || isFull) return false
    sentTo.set(device.id, [...recent, { at: now, tag: news.tag, words, isAlarm }])
    return true
  }

  const tell = (news: News) => {
    for (const device of kept.devices) {
      if (news.kind === 'fill' && !device.everyFill) continue
      if (!lets(device, news)) continue
      const way = send(device, payloadOf(news, device.language)).catch(() => undefined)
      onTheWay.add(way)
      void way.finally(() => onTheWay.delete(way))
    }
  }

  const watchLine = ({ health }: LiveState) => {
    if (health.line === 'up') {
      lostLine?.()
      lostLine = undefined
    } else lostLine ??= wall.after(LOST_LINE_MS, () => tell(newsOfLostLine(wall.now())))
  }

  return {
    publicKey: kept.vapid.publicKey,
    devicesOf: (user) => kept.devices.filter((device) => device.user === user),
    add: async (user, request) => {
      const id = deviceId(request.endpoint)
      const device = { ...request, id, user, addedAt: find(user, id)?.addedAt ?? wall.now() }
      const others = kept.devices.filter((each) => each.id !== id)
      const own = others.filter((each) => each.user === user).slice(-(MOST_DEVICES - 1))
      await keep([...others.filter((each) => each.user !== user), ...own, device])
      return device
    },
    remove: async (user, id) => {
      const device = find(user, id)
      if (device) await drop(device)
      return device !== undefined
    },
    test: async (user, id) => {
      const device = find(user, id)
      return device && send(device, testPayload(device.language))
    },
    hear: (state) => {
      for (const news of newsBetween(before, state)) tell(news)
      before = state
      watchLine(state)
    },
    settled: async () => {
      while (onTheWay.size > 0) await Promise.all(onTheWay)
      await writing.catch(() => undefined)
    },
    close: () => lostLine?.(),
  }
}

async function begin(store: PushStore): Promise<PushKept> {
  const kept = { vapid: newVapidKeys(), devices: [] }
  await store.write(kept)
  return kept
}

const isSame = (a: PushDevice, b: PushDevice): boolean => a.id === b.id && a.user === b.user

const ID_DIGITS = 24
export const deviceId = (endpoint: string): string =>
  createHash('sha256').update(endpoint).digest('hex').slice(0, ID_DIGITS)

const payloadOf = ({ kind, title, body, url, tag }: News, language: 'ko' | 'en'): PushPayload => ({
  title: title[language],
  body: body[language],
  url,
  tag,
  urgent: kind === 'alarm',
})

const TEST = {
  ko: { title: '가람 알림', body: '이 기기로 알림이 옵니다' },
  en: { title: 'Garam', body: 'Notifications reach this device' },
} as const

const testPayload = (language: 'ko' | 'en'): PushPayload => ({
  ...TEST[language],
  url: '/',
  tag: 'test',
  urgent: false,
})
