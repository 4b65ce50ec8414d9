import { afterEach, describe, expect, it } from 'vitest'
import { createVirtualClock } from '../../../std/virtual-clock.ts'
import type { LiveState } from '../../contract/live.ts'
import { liveStateOf } from '../live/live-state.ts'
import { createCannedLine } from '../testing/canned-line.ts'
import { createPushDesk, deviceId } from './desk.ts'
import type { PushKept, PushStore } from './store.ts'
import { createTestBrowser, startPushService, type TestBrowser } from './testing/push-service.ts'

const START = 1_795_000_000_000
const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

function createMemory(): PushStore & { kept(): PushKept | undefined } {
  let kept: PushKept | undefined
  return {
    read: async () => kept,
    write: async (next) => {
      kept = next
    },
    kept: () => kept,
  }
}

async function start(store = createMemory()) {
  const service = await startPushService()
  const wall = createVirtualClock(START)
  const desk = await createPushDesk({ wall, store, contact: 'mailto:desk@garam.example' })
  ends.push(
    () => desk.close(),
    () => service.close(),
  )
  const add = (browser: TestBrowser, change: Partial<Parameters<typeof desk.add>[1]> = {}, user = 'kim') =>
    desk.add(user, {
      endpoint: `${service.url}/phone`,
      keys: browser.keys,
      name: 'phone',
      language: 'ko',
      everyFill: false,
      ...change,
    })
  return { service, wall, desk, store, add }
}

const shown = createCannedLine(createVirtualClock(START)).shown()
if (!shown) throw new Error('the canned line shows itself at once')
const quiet: LiveState = { ...liveStateOf(shown, 'up'), happenings: {}, trips: {} }
const stateAfter = (level: 'info' | 'urgent', words: string, at: number): LiveState => ({
  ...quiet,
  happenings: { [`${at}.0`]: { at, level, ko: words, en: words } },
})
const FILL = '현대차: buy of 3 shares filled at 238,000 KRW (3/9)'

describe('notifications', () => {
  it('reach a device encrypted for it alone, signed with the key it subscribed with', async () => {
    const { service, desk, add } = await start()
    const browser = createTestBrowser()
    await add(browser)
    desk.hear(quiet)
    desk.hear(stateAfter('urgent', '시세 연결이 끊겼습니다', 1))
    await desk.settled()
    const [sent] = service.received
    expect(service.received).toHaveLength(1)
    expect(sent?.headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'high', ttl: '600' })
    expect(sent?.headers.authorization).toContain(`k=${desk.publicKey}`)
    expect(sent?.body.toString('utf8')).not.toContain('시세')
    expect(browser.read(sent?.body ?? Buffer.of())).toEqual({
      title: '가람 경보',
      body: '시세 연결이 끊겼습니다',
      url: '/',
      tag: 'alarm-1.0',
      urgent: true,
    })
  })

  it('of fills come to those who asked for them', async () => {
    const { service, desk, add } = await start()
    await add(createTestBrowser())
    await add(createTestBrowser(), { endpoint: `${service.url}/desk`, everyFill: true, language: 'en' })
    desk.hear(quiet)
    desk.hear(stateAfter('info', FILL, 1))
    await desk.settled()
    expect(service.received.map(({ path }) => path)).toEqual(['/desk'])
  })

  it('do not repeat the same words within a minute', async () => {
    const { service, wall, desk, add } = await start()
    await add(createTestBrowser())
    desk.hear(quiet)
    desk.hear(stateAfter('urgent', 'a', 1))
    desk.hear(stateAfter('urgent', 'a', 2))
    await desk.settled()
    expect(service.received).toHaveLength(1)
    wall.advance(60_000)
    desk.hear(stateAfter('urgent', 'a', 3))
    await desk.settled()
    expect(service.received).toHaveLength(2)
  })

  it('are at most twenty in ten minutes, and alarms still come after twenty fills', async () => {
    const { service, wall, desk, add } = await start()
    await add(createTestBrowser(), { everyFill: true })
    desk.hear(quiet)
    for (let i = 1; i <= 25; i++) desk.hear(stateAfter('info', `${i} ${FILL}`, i))
    await desk.settled()
    expect(service.received).toHaveLength(20)
    desk.hear(stateAfter('urgent', 'still', 99))
    await desk.settled()
    expect(service.received).toHaveLength(21)
    wall.advance(600_000)
    desk.hear(stateAfter('info', `again ${FILL}`, 100))
    await desk.settled()
    expect(service.received).toHaveLength(22)
  })

  it.each([404, 410])('forget a device whose push service answers %i', async (status) => {
    const { service, desk, store, add } = await start()
    await add(createTestBrowser())
    service.answer(status)
    desk.hear(quiet)
    desk.hear(stateAfter('urgent', 'a', 1))
    await desk.settled()
    expect(desk.devicesOf('kim')).toEqual([])
    expect(store.kept()?.devices).toEqual([])
  })

  it('keep a device whose push service is only out of order', async () => {
    const { service, desk, add } = await start()
    const { id } = await add(createTestBrowser())
    service.answer(503)
    expect(await desk.test('kim', id)).toBe('failed')
    expect(desk.devicesOf('kim')).toHaveLength(1)
  })

  it('say that the trader is gone when it stays gone, once', async () => {
    const { service, wall, desk, add } = await start()
    const browser = createTestBrowser()
    await add(browser, { language: 'en' })
    const lost = { ...quiet, health: { ...quiet.health, line: 'down' as const } }
    desk.hear(quiet)
    desk.hear(lost)
    wall.advance(19_000)
    desk.hear(quiet)
    wall.advance(20_000)
    await desk.settled()
    expect(service.received).toHaveLength(0)
    desk.hear(lost)
    wall.advance(20_000)
    await desk.settled()
    desk.hear(lost)
    wall.advance(60_000)
    await desk.settled()
    expect(service.received.map(({ body }) => browser.read(body).body)).toEqual([
      'The trader has been out of reach for a while. See whether Garam is running',
    ])
  })

  it('go on after a restart with the same key and devices', async () => {
    const { desk, store, add } = await start()
    await add(createTestBrowser())
    await desk.settled()
    const again = await start(store)
    expect(again.desk.publicKey).toBe(desk.publicKey)
    expect(again.desk.devicesOf('kim')).toHaveLength(1)
  })

  it('go to ten devices of one person at most, and nobody loses theirs to another', async () => {
    const { service, desk, add } = await start()
    await add(createTestBrowser(), {}, 'lee')
    for (let i = 0; i < 12; i++) await add(createTestBrowser(), { endpoint: `${service.url}/${i}` })
    expect(desk.devicesOf('kim').map(({ endpoint }) => endpoint.split('/').at(-1))).toEqual([
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
      '9',
      '10',
      '11',
    ])
    expect(desk.devicesOf('lee')).toHaveLength(1)
  })

  it('of a browser go to the person who used it last', async () => {
    const { service, desk, add } = await start()
    await add(createTestBrowser())
    await add(createTestBrowser(), {}, 'lee')
    expect(desk.devicesOf('kim')).toEqual([])
    expect(desk.devicesOf('lee').map(({ id }) => id)).toEqual([deviceId(`${service.url}/phone`)])
  })
})
