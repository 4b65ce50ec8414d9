import fastify from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { afterEach, describe, expect, it } from 'vitest'
import { noteRoutes } from './guard.ts'
import { letIn, routesBeyond } from './routes-beyond.ts'
import {
  addTotp,
  type Browser,
  codeOf,
  firstOwner,
  HOST,
  invite,
  openBrowser,
  PASSWORD,
} from './testing/browser.ts'
import { openTestServer, type TestOptions, type TestServer } from './testing/test-server.ts'

const open: TestServer[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

async function start(options?: TestOptions): Promise<TestServer> {
  const made = await openTestServer(options)
  open.push(made)
  return made
}

/** What every attack has in common: it is in the audit log, and those who mean well are still served. */
async function isHarmless(test: TestServer, honest: Browser, about: RegExp, what = 'refused') {
  expect((await test.audited(what)).join('\n')).toMatch(about)
  expect((await honest.get('orders')).status).toBe(200)
}

const COMMAND = { do: 'stop' }
const key = (name: string) => ({ headers: { 'idempotency-key': `key-${name}-0001` } })

describe('a forged request', () => {
  const foreign: readonly [what: string, headers: Record<string, string | undefined>][] = [
    ['of another origin', { origin: 'https://evil.example' }],
    ['of another port of this machine', { origin: 'http://localhost:3000' }],
    [
      'of another program on this machine, without an origin',
      { origin: undefined, 'sec-fetch-site': 'same-site' },
    ],
    ['of another site, without an origin', { origin: undefined, 'sec-fetch-site': 'cross-site' }],
    ['of no page at all', { origin: undefined, 'sec-fetch-site': 'none' }],
    ['of a sandboxed frame', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['of our name without TLS in another spelling', { origin: 'https://localhost:8787' }],
  ]
  it.each(foreign)('%s is refused, with the cookie and the right token', async (_, headers) => {
    const test = await start()
    const browser = await firstOwner(test)
    const { status, body } = await browser.post('commands', COMMAND, { headers })
    expect([status, body.type]).toEqual([403, '/problems/other-origin'])
    expect(test.done).toEqual([])
    await isHarmless(test, browser, /other-origin: POST \/api\/v1\/commands/)
  })

  it.each([undefined, '', 'x'.repeat(43)])('with the token %s is refused', async (token) => {
    const test = await start()
    const browser = await firstOwner(test)
    const answer = await browser.post('commands', COMMAND, { headers: { 'x-garam-csrf': token } })
    expect([answer.status, answer.body.type]).toEqual([403, '/problems/csrf-token-needed'])
    await isHarmless(test, browser, /csrf-token-needed/)
  })

  it('with the token of another session is refused', async () => {
    const test = await start()
    const browser = await firstOwner(test)
    const other = openBrowser(test.server)
    await other.post('session', { name: 'jiwoo', password: PASSWORD })
    const answer = await browser.post('commands', COMMAND, { headers: { 'x-garam-csrf': other.csrf } })
    expect(answer.body.type).toBe('/problems/csrf-token-needed')
  })

  it('cannot sign anybody in as somebody else', async () => {
    const test = await start()
    await firstOwner(test)
    const answer = await openBrowser(test.server).post(
      'session',
      { name: 'jiwoo', password: PASSWORD },
      { headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' } },
    )
    expect(answer.status).toBe(403)
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  it('in a flood, or a flood of strangers, keeps nobody who is signed in from a stop', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    const stranger = openBrowser(test.server)
    const foreign = { headers: { origin: 'https://evil.example' } }
    for (let turn = 0; turn < 400; turn++) {
      await stranger.get('session')
      await owner.post('commands', COMMAND, foreign)
    }
    expect((await stranger.get('session')).status).toBe(429)
    expect((await owner.post('commands', COMMAND, foreign)).status).toBe(429)
    expect((await owner.post('commands', COMMAND, key('stop'))).status).toBe(200)
    expect(test.done).toEqual([COMMAND])
    await isHarmless(test, owner, /other-origin: POST \/api\/v1\/commands/)
  })

  it('cannot come as a form', async () => {
    const test = await start()
    const browser = await firstOwner(test)
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const answer = await browser.post('commands', COMMAND, { headers: { 'content-type': type } })
      expect(answer.status).toBe(415)
    }
    expect(test.done).toEqual([])
  })

  it('is told from a link of another site, which may be followed', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    const browser = openBrowser(test.server)
    const from = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    }
    expect((await browser.get('/index.html', { headers: from })).status).toBe(200)
    expect(
      (await browser.get('/index.html', { headers: { ...from, 'sec-fetch-dest': 'iframe' } })).status,
    ).toBe(403)
    await isHarmless(test, owner, /other-origin: GET \/\*/)
  })

  it('may say that its origin is hidden when the browser vouches for the site', async () => {
    const test = await start()
    const browser = await firstOwner(test)
    const hidden = { origin: 'null', 'sec-fetch-site': 'same-origin', 'idempotency-key': 'hidden-origin' }
    expect((await browser.post('commands', COMMAND, { headers: hidden })).status).toBe(200)
  })
})

describe('a planted session', () => {
  it('is worth nothing: signing in always gives a new one', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    const browser = openBrowser(test.server)
    browser.cookies.set('garam-8787', 'a'.repeat(43))
    await browser.post('session', { name: 'jiwoo', password: PASSWORD })
    expect(browser.cookies.get('garam-8787')).not.toBe('a'.repeat(43))
    const attacker = openBrowser(test.server)
    attacker.cookies.set('garam-8787', 'a'.repeat(43))
    expect((await attacker.get('orders')).status).toBe(401)
    expect((await attacker.post('commands', COMMAND, key('planted'))).status).toBe(401)
    expect(test.done).toEqual([])
    await isHarmless(test, owner, /sign-in-needed: POST \/api\/v1\/commands/)
  })

  it('is left behind at each step: visitor, password, second factor, fresh second factor', async () => {
    const test = await start()
    const { secret } = await addTotp(test, await firstOwner(test))
    const browser = openBrowser(test.server)
    const seen: string[] = []
    const step = async (path: string, body: object) => {
      expect((await browser.post(path, body)).status).toBe(200)
      seen.push(browser.cookies.get('garam-8787') ?? '')
    }
    const code = () => ({ kind: 'totp', code: codeOf(secret, test.clock.now()) })
    await step('session/passkey/options', {})
    await step('session', { name: 'jiwoo', password: PASSWORD })
    await step('session/second-factor', code())
    test.clock.advance(30_000)
    await step('session/second-factor', code())
    expect(new Set(seen).size).toBe(4)
    for (const cookie of seen.slice(0, 3)) {
      const attacker = openBrowser(test.server)
      attacker.cookies.set('garam-8787', cookie)
      expect((await attacker.get('orders')).status).toBe(401)
    }
    expect((await browser.get('orders')).status).toBe(200)
  })

  it('cannot be read by a script or sent by another site, and with TLS not be set by a neighbour', async () => {
    const plain = await start()
    const browser = await firstOwner(plain)
    const { headers } = await browser.post('session', { name: 'jiwoo', password: PASSWORD })
    expect(String(headers['set-cookie'])).toMatch(
      /^garam-8787=[A-Za-z0-9_-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/,
    )
    const test = await start({ tls: 'own' })
    const link = await test.security.entryLink()
    const token = link.ok ? link.value.replace('/enter/', '') : ''
    const made = await openBrowser(test.server).post(
      'setup',
      { token, name: 'jiwoo', password: PASSWORD },
      { headers: { origin: `https://${HOST}` } },
    )
    expect(String(made.headers['set-cookie'])).toMatch(
      /^__Host-garam=[A-Za-z0-9_-]{43}; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
  })
})

describe('guessing a password', () => {
  const guess = (browser: Browser, name = 'jiwoo', password = 'not the password') =>
    browser.post('session', { name, password })

  /** Ten wrong ones, each as soon as it is let. */
  async function exhaust(test: TestServer, browser: Browser, name?: string): Promise<readonly number[]> {
    const statuses: number[] = []
    for (let wrong = 0; wrong < 10; ) {
      const { status, headers } = await guess(browser, name)
      statuses.push(status)
      if (status === 401) wrong++
      else test.clock.advance(Number(headers['retry-after']) * 1000)
    }
    return statuses
  }

  it('gets slower with each wrong one and is locked out after ten, with the right one too', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    const statuses = await exhaust(test, openBrowser(test.server))
    expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 429])
    const locked = await guess(openBrowser(test.server), 'jiwoo', PASSWORD)
    expect([locked.status, locked.body.type]).toEqual([429, '/problems/too-many-attempts'])
    expect(Number(locked.headers['retry-after'])).toBe(15 * 60)
    await isHarmless(test, owner, /wrong name or password/, 'sign-in-failed')
    expect((await test.audited('locked-out')).length).toBeGreaterThan(0)
    test.clock.advance(15 * 60_000)
    expect((await guess(openBrowser(test.server), 'jiwoo', PASSWORD)).status).toBe(200)
  })

  it('looks the same for a name that nobody has: answers, order, lock-out', async () => {
    const real = await start()
    await firstOwner(real)
    const known = await exhaust(real, openBrowser(real.server))
    const other = await start()
    await firstOwner(other)
    const unknown = await exhaust(other, openBrowser(other.server), 'nobody')
    expect(unknown).toEqual(known)
    const answers = [await guess(openBrowser(real.server)), await guess(openBrowser(other.server), 'nobody')]
    expect(answers[0]?.body).toEqual(answers[1]?.body)
  })

  it('costs an unknown name the same work: both are hashed once', async () => {
    const test = await start()
    await firstOwner(test)
    const took = async (name: string) => {
      const from = process.hrtime.bigint()
      await guess(openBrowser(test.server), name)
      test.clock.advance(15 * 60_000)
      return Number(process.hrtime.bigint() - from)
    }
    const known: number[] = []
    const unknown: number[] = []
    for (let pair = 0; pair < 6; pair++) {
      known.push(await took('jiwoo'))
      unknown.push(await took(`nobody${pair}`))
    }
    // The quickest of each, as a busy machine only adds. Without a hash an answer takes a twentieth of the time.
    expect(Math.min(...unknown) / Math.min(...known)).toBeGreaterThan(0.4)
  })

  it('many at once counts as many', async () => {
    const test = await start()
    await firstOwner(test)
    const answers = await Promise.all(Array.from({ length: 12 }, () => guess(openBrowser(test.server))))
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(4)
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(8)
  })

  it('of others is not paid for with an account of one’s own', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    await addTotp(test, owner)
    await invite(test, owner, { name: 'minsu', role: 'viewer' })
    const statuses: number[] = []
    for (let turn = 0; turn < 5; turn++) {
      statuses.push((await guess(openBrowser(test.server), `victim${turn}`)).status)
      await guess(openBrowser(test.server), 'minsu', `${PASSWORD} 둘`)
    }
    expect(statuses).toEqual([401, 401, 401, 401, 429])
  })

  it('of a second factor is stopped as well, and ends the half-finished sign-in', async () => {
    const test = await start()
    const { browser: owner } = await addTotp(test, await firstOwner(test))
    const browser = openBrowser(test.server)
    await guess(browser, 'jiwoo', PASSWORD)
    const statuses: number[] = []
    for (let turn = 0; turn < 6; turn++) {
      statuses.push((await browser.post('session/second-factor', { kind: 'totp', code: '000000' })).status)
      test.clock.advance(60_000)
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401])
    expect((await browser.session()).state).toBe('signed-out')
    await isHarmless(test, owner, /totp/, 'second-factor-failed')
  })

  it('in a flood leaves the server with time for others', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    const flood = Array.from({ length: 60 }, (_, turn) =>
      test.server.inject({
        method: 'POST',
        url: '/api/v1/session',
        remoteAddress: `10.0.${turn}.1`,
        headers: { host: HOST },
        payload: { name: `name${turn}`, password: 'not the password' },
      }),
    )
    expect((await owner.get('orders')).status).toBe(200)
    const answers = await Promise.all(flood)
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([401, 429]))
    expect(answers.some(({ body }) => body.includes('/problems/busy'))).toBe(true)
  })
})

describe('a token', () => {
  async function tokenOf(browser: Browser, scopes: readonly string[], days = 30) {
    const made = await browser.post('tokens', { name: 'my program', scopes, days })
    return {
      status: made.status,
      secret: String(made.body.secret),
      id: (made.body.token as { id?: string })?.id,
    }
  }
  const bearer = (secret: string) => ({ authorization: `Bearer ${secret}`, host: HOST })

  it('of a viewer is refused on every route that is not for reading', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    await addTotp(test, owner)
    const viewer = await invite(test, owner, { name: 'minsu', role: 'viewer' })
    await addTotpOf(test, viewer)
    const { secret } = await tokenOf(viewer, ['read'])
    const beyond = routesBeyond(test.server, ['read'])
    expect(beyond.map(({ method, url }) => `${method} ${url}`)).toEqual(
      expect.arrayContaining([
        'POST /api/v1/commands',
        'PUT /api/v1/limits',
        'GET /api/v1/audit',
        'POST /api/v1/tokens',
      ]),
    )
    expect(beyond.length).toBeGreaterThan(20)
    const between = () => test.clock.advance(1_000)
    expect(await letIn(test.server, beyond, { headers: bearer(secret), between })).toEqual([])
    const reading = await test.server.inject({ url: '/api/v1/orders', headers: bearer(secret) })
    expect(reading.statusCode).toBe(200)
    await isHarmless(test, owner, /not-allowed: PUT \/api\/v1\/limits/)
  })

  it.each([[['read']], [['read', 'trade']]] as const)(
    'of an owner with only the scopes %j has only those',
    async (scopes) => {
      const test = await start()
      const owner = await firstOwner(test)
      await addTotp(test, owner)
      const { secret } = await tokenOf(owner, scopes)
      const beyond = routesBeyond(test.server, scopes)
      expect(beyond.map(({ url }) => url)).toContain('/api/v1/audit')
      const between = () => test.clock.advance(1_000)
      expect(await letIn(test.server, beyond, { headers: bearer(secret), between })).toEqual([])
      expect((await test.server.inject({ url: '/api/v1/orders', headers: bearer(secret) })).statusCode).toBe(
        200,
      )
    },
  )

  it('of an owner with every scope still does nothing that asks for a second factor', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    await addTotp(test, owner)
    const { secret } = await tokenOf(owner, ['read', 'trade', 'admin'])
    const beyond = routesBeyond(test.server, ['read', 'trade', 'admin'])
    expect(beyond.map(({ url }) => url)).toEqual(expect.arrayContaining(['/api/v1/resume', '/api/v1/users']))
    const between = () => test.clock.advance(1_000)
    expect(await letIn(test.server, beyond, { headers: bearer(secret), between })).toEqual([])
    const order = await test.server.inject({
      method: 'POST',
      url: '/api/v1/commands',
      headers: { ...bearer(secret), 'idempotency-key': 'order-0001' },
      payload: { do: 'order' },
    })
    expect([order.statusCode, order.json().type]).toEqual([403, '/problems/session-needed'])
    expect(test.done).toEqual([])
  })

  it('is never given more than its user has, and loses what the user loses', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    await addTotp(test, owner)
    const trader = await invite(test, owner, { name: 'minsu', role: 'trader' })
    await addTotpOf(test, trader)
    expect((await tokenOf(trader, ['admin'])).status).toBe(403)
    const { secret } = await tokenOf(trader, ['read', 'trade'])
    const send = () =>
      test.server.inject({
        method: 'POST',
        url: '/api/v1/commands',
        headers: { ...bearer(secret), 'idempotency-key': 'stop-0001' },
        payload: COMMAND,
      })
    expect((await send()).statusCode).toBe(200)
    const { user } = await trader.session()
    await owner.send('PATCH', `users/${user?.id}`, { role: 'viewer' })
    expect((await send()).statusCode).toBe(403)
  })

  it('does not help itself to another one, a password or a session', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    await addTotp(test, owner)
    const { secret } = await tokenOf(owner, ['read', 'trade', 'admin'])
    const tries = [
      ['POST', 'tokens', { name: 'x', scopes: ['admin'], days: 1 }],
      ['PUT', 'me/password', { current: PASSWORD, next: 'another long one' }],
      ['POST', 'me/totp', { password: PASSWORD }],
      ['GET', 'me/sessions', undefined],
      ['POST', 'session/second-factor', { kind: 'totp', code: '123456' }],
    ] as const
    for (const [method, path, payload] of tries) {
      const answer = await test.server.inject({
        method,
        url: `/api/v1/${path}`,
        headers: bearer(secret),
        ...(payload && { payload }),
      })
      expect([401, 403]).toContain(answer.statusCode)
    }
  })

  it('ends when it runs out or is revoked, and one that is wrong is not helped by a cookie', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    await addTotp(test, owner)
    const short = await tokenOf(owner, ['read'], 1)
    const long = await tokenOf(owner, ['read'], 2)
    const get = (secret: string) => test.server.inject({ url: '/api/v1/orders', headers: bearer(secret) })
    test.clock.advance(86_400_000)
    expect((await get(short.secret)).statusCode).toBe(401)
    expect((await get(long.secret)).statusCode).toBe(200)
    await owner.post('session', { name: 'jiwoo', password: PASSWORD })
    const browser = openBrowser(test.server)
    const wrong = await browser.get('orders', { headers: { authorization: 'Bearer garam_wrong' } })
    expect([wrong.status, wrong.body.type]).toEqual([401, '/problems/bad-token'])
    expect(await test.audited('refused')).toEqual(
      expect.arrayContaining([expect.stringContaining('bad-token: GET /api/v1/orders')]),
    )
  })

  it('that is revoked is refused at once', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    await addTotp(test, owner)
    const { secret, id } = await tokenOf(owner, ['read'])
    await owner.send('DELETE', `tokens/${id}`)
    expect((await test.server.inject({ url: '/api/v1/orders', headers: bearer(secret) })).statusCode).toBe(
      401,
    )
  })

  it('may ask only so often', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    await addTotp(test, owner)
    const { secret } = await tokenOf(owner, ['read'])
    const statuses: number[] = []
    for (let turn = 0; turn < 70; turn++)
      statuses.push((await test.server.inject({ url: '/api/v1/orders', headers: bearer(secret) })).statusCode)
    expect(statuses.filter((status) => status === 200)).toHaveLength(60)
    expect(statuses.at(-1)).toBe(429)
    await isHarmless(test, owner, /too-many-requests/)
  })
})

/** Like `addTotp`, for somebody invited. */
async function addTotpOf(test: TestServer, browser: Browser): Promise<void> {
  const begun = await browser.post('me/totp', { password: `${PASSWORD} 둘` })
  await browser.post('me/totp/confirm', { code: codeOf(String(begun.body.secret), test.clock.now()) })
}

describe('something sent again', () => {
  it('is answered again and not done again, also after a restart', async () => {
    const first = await start()
    const owner = await firstOwner(first)
    const answers = await Promise.all([1, 2, 3].map(() => owner.post('commands', COMMAND, key('a'))))
    expect(answers.map(({ body }) => body)).toEqual([{ number: 1 }, { number: 1 }, { number: 1 }])
    expect((await owner.post('commands', COMMAND, key('b'))).body).toEqual({ number: 2 })
    open.splice(open.indexOf(first), 1)
    const second = await start({ folder: await first.leave() })
    const again = openBrowser(second.server)
    for (const [name, value] of owner.cookies) again.cookies.set(name, value)
    await again.session()
    expect((await again.post('commands', COMMAND, key('a'))).body).toEqual({ number: 1 })
    expect(second.done).toEqual([])
  })

  it('with another body is refused, and so is a command without a key', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    await owner.post('commands', COMMAND, key('a'))
    const other = await owner.post('commands', { do: 'flatten' }, key('a'))
    expect([other.status, other.body.type]).toEqual([422, '/problems/idempotency-key-used'])
    for (const bad of [undefined, 'short', 'x'.repeat(65), 'with space!'])
      expect((await owner.post('commands', COMMAND, { headers: { 'idempotency-key': bad } })).body.type).toBe(
        '/problems/idempotency-key-needed',
      )
    expect(test.done).toHaveLength(1)
    await isHarmless(
      test,
      owner,
      /"about":"POST \/api\/v1\/commands 422","after":{"do":"flatten"}/,
      'command',
    )
  })

  it('is in the log each time that it came, also when its sender did not wait for the answer', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    await Promise.all([1, 2, 3].map(() => owner.post('commands', COMMAND, key('a'))))
    expect(test.done).toHaveLength(1)
    expect(await test.audited('command')).toHaveLength(3)
  })

  it('gets the same no again', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    const answers = [
      await owner.post('commands', { do: 'refuse' }, key('a')),
      await owner.post('commands', { do: 'refuse' }, key('a')),
    ]
    expect(answers.map(({ status, body }) => [status, body.ko])).toEqual([
      [409, '안 됨'],
      [409, '안 됨'],
    ])
    expect(test.done).toHaveLength(1)
  })

  it('is somebody else’s when another person uses the same key', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    await addTotp(test, owner)
    const trader = await invite(test, owner, { name: 'minsu', role: 'trader' })
    await owner.post('commands', COMMAND, key('a'))
    expect((await trader.post('commands', COMMAND, key('a'))).body).toEqual({ number: 2 })
  })

  it('does not count when it is a code: neither for another sign-in nor at the same moment', async () => {
    const test = await start()
    const { secret } = await addTotp(test, await firstOwner(test))
    const browsers = [openBrowser(test.server), openBrowser(test.server)]
    for (const browser of browsers) await browser.post('session', { name: 'jiwoo', password: PASSWORD })
    const body = { kind: 'totp', code: codeOf(secret, test.clock.now()) }
    const answers = await Promise.all(browsers.map((browser) => browser.post('session/second-factor', body)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
    // The step before is not good either once a later one was used.
    const before = { kind: 'totp', code: codeOf(secret, test.clock.now() - 30_000) }
    const third = openBrowser(test.server)
    await third.post('session', { name: 'jiwoo', password: PASSWORD })
    expect((await third.post('session/second-factor', before)).status).toBe(401)
  })
})

describe('going around the second factor', () => {
  it('is not done by leaving a field out, by half a session, or by signing in over it', async () => {
    const test = await start()
    const { browser: owner } = await addTotp(test, await firstOwner(test))
    const browser = openBrowser(test.server)
    await browser.post('session', { name: 'jiwoo', password: PASSWORD })
    for (const body of [
      {},
      { kind: 'totp' },
      { kind: 'none' },
      { kind: 'totp', code: '' },
      { code: '123456' },
    ])
      expect((await browser.post('session/second-factor', body)).status).toBe(400)
    for (const path of ['me/totp', 'me/recovery-codes', 'tokens', 'commands', 'users'])
      expect((await browser.post(path, {})).status).toBe(401)
    expect((await browser.send('DELETE', 'me/totp')).status).toBe(401)
    const again = await browser.post('session', { name: 'jiwoo', password: PASSWORD })
    expect(again.body.state).toBe('second-factor')
    expect((await browser.get('orders')).status).toBe(401)
    await isHarmless(test, owner, /sign-in-needed: DELETE \/api\/v1\/me\/totp/)
  })

  it('is not done by removing it, adding another one or asking for new codes with one that is old', async () => {
    const test = await start()
    const { browser } = await addTotp(test, await firstOwner(test))
    test.clock.advance(10 * 60_000)
    const tries = [
      await browser.send('DELETE', 'me/totp'),
      await browser.post('me/totp', { password: PASSWORD }),
      await browser.post('me/passkeys/options', { password: PASSWORD }),
      await browser.post('me/recovery-codes'),
      await browser.send('PUT', 'me/password', { current: PASSWORD, next: 'another long one' }),
      await browser.post('resume'),
      await browser.send('PUT', 'limits'),
      await browser.post('tokens', { name: 'x', scopes: ['read'], days: 1 }),
      await browser.post('commands', { do: 'order' }, key('o')),
    ]
    for (const { status, body } of tries)
      expect([status, body.type]).toEqual([403, '/problems/second-factor-needed'])
    expect(await browser.session()).toMatchObject({ secondFactorFresh: false, factors: { totp: true } })
    for (const route of [
      'DELETE /me/totp',
      'POST /me/passkeys/options',
      'PUT /me/password',
      'POST /commands',
    ])
      await isHarmless(
        test,
        browser,
        new RegExp(`second-factor-needed: ${route.replace('/', '/api/v1/').replaceAll('/', '\\/')}`),
      )
  })

  it('is done with a fresh one, after which what raises the risk is closed again', async () => {
    const test = await start()
    const { browser, secret } = await addTotp(test, await firstOwner(test))
    test.clock.advance(10 * 60_000)
    const code = codeOf(secret, test.clock.now())
    expect((await browser.post('session/second-factor', { kind: 'totp', code })).body).toMatchObject({
      secondFactorFresh: true,
    })
    expect((await browser.post('resume')).status).toBe(200)
    expect((await browser.send('DELETE', 'me/totp')).status).toBe(200)
    expect((await browser.post('resume')).body.type).toBe('/problems/second-factor-missing')
    expect(await browser.session()).toMatchObject({ factors: { totp: false, recoveryLeft: 0 } })
    expect(await test.audited('factor-removed')).toHaveLength(1)
  })

  it('cannot be done for the last owner while others can reach the server', async () => {
    const test = await start({ exposed: true })
    const { browser } = await addTotp(test, await firstOwner(test))
    const answer = await browser.send('DELETE', 'me/totp')
    expect([answer.status, answer.body.type]).toEqual([409, '/problems/last-factor'])
  })

  it('is not done with a stolen session that has none: the first one asks for the password', async () => {
    const test = await start()
    const browser = await firstOwner(test)
    expect((await browser.post('me/totp')).body.type).toBe('/problems/password-needed')
    expect((await browser.post('me/totp', { password: 'wrong' })).body.type).toBe('/problems/wrong-password')
    expect((await browser.post('me/totp/confirm', { code: '000000' })).status).toBe(401)
    expect((await browser.post('me/passkeys/options')).body.type).toBe('/problems/password-needed')
  })
})

describe('another name for this machine', () => {
  it.each([
    'evil.example',
    'evil.example:8787',
    'localhost.evil.example',
    'localhost@evil.example',
    '192.168.0.9',
  ])('is refused: %j', async (host) => {
    const test = await start({ hosts: ['garam.example'] })
    const owner = await firstOwner(test)
    const stranger = openBrowser(test.server, host)
    const answer = await stranger.get('session')
    expect([answer.status, answer.body.type]).toEqual([403, '/problems/host-not-expected'])
    await isHarmless(test, owner, /host-not-expected/)
  })

  it.each(['localhost', '127.0.0.1:9', '[::1]:8787', 'Garam.Example'])(
    'that is ours is served: %s',
    async (host) => {
      const { server } = await start({ hosts: ['garam.example'] })
      expect((await openBrowser(server, host).get('session')).status).toBe(200)
    },
  )
})

describe('a page', () => {
  it('cannot be framed, sniffed, scripted from elsewhere or kept by anybody', async () => {
    const { server } = await start()
    const browser = openBrowser(server)
    for (const [path, status] of [
      ['/index.html', 200],
      ['session', 200],
      ['orders', 401],
      ['/nowhere', 404],
    ] as const) {
      const answer = await browser.get(path)
      expect(answer.status).toBe(status)
      expect(answer.headers).toMatchObject({
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()'),
      })
      expect(answer.headers['strict-transport-security']).toBeUndefined()
      expect(answer.headers['content-security-policy']).toBe(
        "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';connect-src 'self';manifest-src 'self';worker-src 'self';frame-src 'self';frame-ancestors 'none';base-uri 'none';form-action 'self'",
      )
    }
    expect((await browser.get('session')).headers['cache-control']).toBe('no-store')
    const safe = await start({ tls: 'own' })
    expect((await openBrowser(safe.server).get('session')).headers['strict-transport-security']).toBe(
      'max-age=31536000',
    )
  })

  it.each([
    '/..%2fweb.json',
    '/%2e%2e%2fweb.json',
    '/..%5cweb.json',
    '/%00web.json',
    '/enter/..%2f..%2fweb.json/x',
  ])('is never a file outside the folder of pages: %s', async (path) => {
    const test = await start()
    const owner = await firstOwner(test)
    const { statusCode, body } = await test.server.inject({ url: path, headers: { host: HOST } })
    expect(body).not.toContain('"users"')
    expect(statusCode).toBe(400)
    await isHarmless(test, owner, /odd-path: GET/)
  })

  it('never takes a body of more than 256 kB', async () => {
    const test = await start()
    const owner = await firstOwner(test)
    const big = 'x'.repeat(256 * 1024)
    expect((await owner.post('commands', { do: big }, key('big'))).status).toBe(413)
    expect((await openBrowser(test.server).post('session', { name: big, password: 'x' })).status).toBe(413)
    expect(test.done).toEqual([])
    await isHarmless(test, owner, /too-large: POST \/api\/v1\/commands/)
    await isHarmless(test, owner, /too-large: POST \/api\/v1\/session/)
  })

  it('is only for the addresses that may come, and always for this machine', async () => {
    const { server, audited } = await start({ allow: ['192.168.0.0/24', '2001:db8::/32'] })
    const from = async (remoteAddress: string) =>
      (await server.inject({ url: '/api/v1/session', remoteAddress, headers: { host: HOST } })).statusCode
    expect(await from('127.0.0.1')).toBe(200)
    expect(await from('192.168.0.77')).toBe(200)
    expect(await from('::ffff:192.168.0.77')).toBe(200)
    expect(await from('2001:db8::1')).toBe(200)
    expect(await from('192.168.1.77')).toBe(403)
    expect(await from('::ffff:192.168.1.77')).toBe(403)
    expect(await from('2001:db9::1')).toBe(403)
    expect(await audited('refused')).toHaveLength(3)
  })
})

describe('a route that does not say who may come in', () => {
  it.each([
    ['nothing', undefined],
    ['no access', {}],
    ['open and only with a session', { access: 'open', bySession: true } as const],
    ['open and risky', { access: 'open', raisesRisk: true } as const],
  ])('stops the start: %s', (_, config) => {
    const server = fastify().withTypeProvider<ZodTypeProvider>()
    noteRoutes(server, [])
    expect(() => server.get('/secret', { ...(config && { config }) }, () => 'all of it')).toThrow(/secret/)
  })
})
