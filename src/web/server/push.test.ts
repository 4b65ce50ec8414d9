import { afterEach, describe, expect, it } from 'vitest'
import { createVirtualClock } from '../../std/virtual-clock.ts'
import { createPushDesk } from './push/desk.ts'
import type { PushKept } from './push/store.ts'
import { createTestBrowser, startPushService } from './push/testing/push-service.ts'
import { isPushAddress, pushRoutes } from './push.ts'
import { createCannedLine } from './testing/canned-line.ts'
import { createWebServer } from './web-server.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** The real server; who asks is said by a header in place of a session. */
async function start() {
  const wall = createVirtualClock(1_795_000_000_000)
  const service = await startPushService()
  let kept: PushKept | undefined
  const desk = await createPushDesk({
    wall,
    contact: 'mailto:desk@garam.example',
    store: {
      read: async () => kept,
      write: async (next) => {
        kept = next
      },
    },
  })
  const line = createCannedLine(wall)
  const web = await createWebServer({
    line,
    wall,
    stream: 'test',
    version: '0.0.0',
    host: '127.0.0.1',
    port: 0,
    secure: async (server) => {
      server.decorateRequest('actor')
      server.addHook('onRequest', async (request) => {
        const user = request.headers['x-user']
        if (typeof user !== 'string') return
        request.actor = {
          name: user,
          user,
          role: 'viewer',
          scopes: ['read'],
          via: 'session',
          address: request.ip,
          secondFactorAt: 0,
        }
      })
      return {
        topics: [pushRoutes({ desk })],
        watchers: [(state) => desk.hear(state)],
        whenSignedOut: () => () => undefined,
      }
    },
  })
  ends.push(
    () => web.close(),
    () => desk.close(),
    () => service.close(),
  )
  const ask = (user: string, method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) =>
    web.server.inject({
      method,
      url: `/api/v1/push${path}`,
      headers: user === '' ? {} : { 'x-user': user },
      ...(payload && { payload }),
    })
  const browser = createTestBrowser()
  const phone = {
    endpoint: `${service.url}/phone`,
    keys: browser.keys,
    name: 'phone',
    language: 'ko',
    everyFill: false,
  }
  return { service, desk, line, ask, browser, phone }
}

describe('notifications of a person', () => {
  it('begin with the key, and come to the device that was added', async () => {
    const { service, desk, line, ask, phone, browser } = await start()
    expect((await ask('kim', 'GET', '/key')).json()).toEqual({ publicKey: desk.publicKey })
    const added = await ask('kim', 'POST', '/devices', phone)
    expect(added.statusCode).toBe(200)
    const { id } = added.json<{ id: string }>()
    expect((await ask('kim', 'POST', `/devices/${id}/test`)).statusCode).toBe(204)
    expect(browser.read(service.received[0]?.body ?? Buffer.of()).body).toBe('이 기기로 알림이 옵니다')
    for (let i = 0; i < 200; i++) line.move()
    await desk.settled()
    const told = service.received.slice(1).map(({ body }) => browser.read(body))
    expect(told[0]).toMatchObject({ title: '가람 경보', urgent: true })
  })

  it('show devices without their secrets', async () => {
    const { ask, phone } = await start()
    await ask('kim', 'POST', '/devices', phone)
    const devices = await ask('kim', 'GET', '/devices')
    expect(devices.json()).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        name: 'phone',
        language: 'ko',
        everyFill: false,
        addedAt: 1_795_000_000_000,
      },
    ])
  })

  it('are nobody else’s: another person neither sees, tests nor removes them', async () => {
    const { ask, phone } = await start()
    const { id } = (await ask('kim', 'POST', '/devices', phone)).json<{ id: string }>()
    expect((await ask('lee', 'GET', '/devices')).json()).toEqual([])
    expect((await ask('lee', 'POST', `/devices/${id}/test`)).statusCode).toBe(404)
    expect((await ask('lee', 'DELETE', `/devices/${id}`)).statusCode).toBe(404)
    expect((await ask('kim', 'DELETE', `/devices/${id}`)).statusCode).toBe(204)
    expect((await ask('kim', 'GET', '/devices')).json()).toEqual([])
  })

  it('change in place when a device is added again', async () => {
    const { ask, phone } = await start()
    await ask('kim', 'POST', '/devices', phone)
    await ask('kim', 'POST', '/devices', { ...phone, everyFill: true })
    expect((await ask('kim', 'GET', '/devices')).json()).toMatchObject([{ everyFill: true }])
  })

  it('are not for somebody who is not signed in', async () => {
    const { ask, phone } = await start()
    expect((await ask('', 'GET', '/devices')).statusCode).toBe(401)
    expect((await ask('', 'POST', '/devices', phone)).statusCode).toBe(401)
  })

  it.each([
    ['gone', 410, 410],
    ['out of order', 500, 503],
  ])('say so when the device is %s', async (_, answered, status) => {
    const { service, ask, phone } = await start()
    const { id } = (await ask('kim', 'POST', '/devices', phone)).json<{ id: string }>()
    service.answer(answered)
    const answer = await ask('kim', 'POST', `/devices/${id}/test`)
    expect(answer.statusCode).toBe(status)
    expect(answer.json()).toMatchObject({ ko: expect.any(String), en: expect.any(String) })
  })

  it.each([
    ['an address of the local network', { endpoint: 'https://192.168.0.1/x' }],
    ['plain http', { endpoint: 'http://push.example/x' }],
    ['a key that is none', { keys: { p256dh: 'short', auth: 'short' } }],
    ['a name without end', { name: 'x'.repeat(61) }],
  ])('do not take %s', async (_, change) => {
    const { ask, phone } = await start()
    expect((await ask('kim', 'POST', '/devices', { ...phone, ...change })).statusCode).toBe(400)
  })
})

describe('the address of a push service', () => {
  it.each([
    ['https://fcm.googleapis.com/fcm/send/abc', true],
    ['https://updates.push.services.mozilla.com/wpush/v2/abc', true],
    ['https://web.push.apple.com/abc', true],
    ['http://127.0.0.1:4000/abc', true],
    ['http://[::1]:4000/abc', true],
    ['http://fcm.googleapis.com/abc', false],
    ['https://10.0.0.7/abc', false],
    ['https://[fe80::1]/abc', false],
    ['https://2130706433/abc', true],
    ['https://router/abc', false],
    ['https://nas.local/abc', false],
    ['https://me:secret@push.example/abc', false],
    ['ftp://push.example/abc', false],
    ['file:///etc/passwd', false],
  ])('%s is taken: %s', (endpoint, taken) => {
    expect(isPushAddress(endpoint)).toBe(taken)
  })
})
