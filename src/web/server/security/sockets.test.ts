import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { limitConnections, SERVER_LIMITS } from './server-limits.ts'
import { addTotp, type Browser, firstOwner, openBrowser, PASSWORD } from './testing/browser.ts'
import { openTestServer, type TestOptions, type TestServer } from './testing/test-server.ts'

const open: TestServer[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

interface Listening {
  readonly test: TestServer
  readonly port: number
  readonly owner: Browser
}

async function listen(options?: TestOptions): Promise<Listening> {
  const test = await openTestServer(options)
  open.push(test)
  await test.server.listen({ port: 0, host: '127.0.0.1' })
  const address = test.server.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  // A browser on this very port, as the cookie is named after it.
  const made = await firstOwner(test)
  const owner = openBrowser(test.server, `localhost:${port}`)
  await owner.post('session', { name: (await made.session()).user?.name ?? '', password: PASSWORD })
  return { test, port, owner }
}

const cookieOf = (browser: Browser) =>
  [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')

/** How an attempt to open the live line ended: the first message, or the status it was refused with. */
function attempt(
  port: number,
  headers: Record<string, string>,
): Promise<{ said: string; socket: WebSocket }> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/live`, { headers })
  return new Promise((resolve) => {
    socket.once('message', (data) => resolve({ said: String(data), socket }))
    socket.once('unexpected-response', (_request, response) => {
      resolve({ said: String(response.statusCode), socket })
      response.resume()
    })
    socket.once('error', (error) => resolve({ said: error.message, socket }))
  })
}

describe('the live line', () => {
  it('opens for a page of ours with a session, and for a token', async () => {
    const { test, port, owner } = await listen()
    const host = `localhost:${port}`
    const page = { host, origin: `http://${host}`, cookie: cookieOf(owner) }
    const live = await attempt(port, page)
    expect(live.said).toBe('hello')
    live.socket.terminate()
    await addTotp(test, owner)
    const { body } = await owner.post('tokens', { name: 'p', scopes: ['read'], days: 1 })
    const program = await attempt(port, { host, authorization: `Bearer ${body.secret}` })
    expect(program.said).toBe('hello')
    program.socket.terminate()
  })

  it('does not open without a session, for another origin, without one, or under another name', async () => {
    const { test, port, owner } = await listen()
    const host = `localhost:${port}`
    const cookie = cookieOf(owner)
    const attempts: readonly [string, Record<string, string>][] = [
      ['401', { host, origin: `http://${host}` }],
      ['401', { host, origin: `http://${host}`, cookie: `garam-${port}=${'a'.repeat(43)}` }],
      ['403', { host, origin: 'https://evil.example', cookie }],
      ['403', { host, origin: 'http://localhost:3000', cookie }],
      ['403', { host, cookie }],
      ['403', { host, cookie, origin: 'null' }],
      ['403', { host: 'evil.example', origin: 'http://evil.example', cookie }],
      ['403', { host, origin: `http://${host}`, cookie, 'sec-fetch-site': 'same-site' }],
    ]
    for (const [status, headers] of attempts) expect((await attempt(port, headers)).said).toBe(status)
    expect(await test.audited('refused')).toHaveLength(attempts.length)
    const live = await attempt(port, { host, origin: `http://${host}`, cookie })
    expect(live.said).toBe('hello')
    live.socket.terminate()
  })

  it.each([
    ['signs out', (owner: Browser) => owner.send('DELETE', 'session')],
    [
      'signs this device out elsewhere',
      async (owner: Browser, test: TestServer) => {
        const other = openBrowser(test.server)
        await other.post('session', { name: 'jiwoo', password: PASSWORD })
        await other.send('DELETE', 'me/sessions')
        return owner.session()
      },
    ],
    [
      'is away for twelve hours',
      async (owner: Browser, { clock }: TestServer) => {
        clock.advance(12 * 3_600_000 + 30_000)
        return owner.session()
      },
    ],
  ] as const)('closes when its user %s', async (_, leave) => {
    const { test, port, owner } = await listen()
    const host = `localhost:${port}`
    const live = await attempt(port, { host, origin: `http://${host}`, cookie: cookieOf(owner) })
    const closed = new Promise((resolve) => live.socket.once('close', resolve))
    await leave(owner, test)
    expect(await closed).toBe(4001)
  })

  it('stays open when a second factor gives the session a new secret', async () => {
    const { test, port, owner } = await listen()
    const host = `localhost:${port}`
    const live = await attempt(port, { host, origin: `http://${host}`, cookie: cookieOf(owner) })
    const before = cookieOf(owner)
    await addTotp(test, owner)
    expect(cookieOf(owner)).not.toBe(before)
    expect(live.socket.readyState).toBe(WebSocket.OPEN)
    live.socket.terminate()
  })
})

/** What came back on a bare socket until the server closed it. */
function bare(port: number, first: string, more?: () => string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(first))
    let heard = ''
    const drip = more && setInterval(() => socket.write(more()), 50)
    socket.on('data', (data) => {
      heard += String(data)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearInterval(drip)
      resolve(heard)
    })
  })
}

/** What was refused, line by line of the audit log. */
const refusals = async (test: TestServer) =>
  (await test.audited('refused')).map((line) => String(JSON.parse(line).about))

/** Sends a request and cuts the line before it is answered. */
const hangUp = (port: number, request: string): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request, () => socket.destroy()))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve())
  })

describe('a command whose sender hangs up', () => {
  it('is in the audit log like any other', async () => {
    const { test, port, owner } = await listen()
    const body = '{"do":"slow"}'
    const head = [
      'POST /api/v1/commands HTTP/1.1',
      `Host: localhost:${port}`,
      `Origin: http://localhost:${port}`,
      `Cookie: ${cookieOf(owner)}`,
      `X-Garam-Csrf: ${owner.csrf}`,
      'Idempotency-Key: hang-up-0001',
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
    ]
    await hangUp(port, `${head.join('\r\n')}\r\n\r\n${body}`)
    await expect.poll(() => test.done).toEqual([{ do: 'slow' }])
    await expect
      .poll(() => test.audited('command'))
      .toEqual([expect.stringContaining('"about":"POST /api/v1/commands 200","after":{"do":"slow"}')])
  })
})

describe('a slow or strange sender', () => {
  const limits = {
    ...SERVER_LIMITS,
    requestTimeout: 600,
    http: { ...SERVER_LIMITS.http, headersTimeout: 400, connectionsCheckingInterval: 100 },
  }

  it('of headers that never end is cut off, while others are served', async () => {
    const { test, port, owner } = await listen({ limits })
    const slow = Array.from({ length: 20 }, () =>
      bare(port, 'GET / HTTP/1.1\r\nHost: localhost\r\n', () => 'X-A: b\r\n'),
    )
    expect((await owner.get('orders')).status).toBe(200)
    const heard = await Promise.all(slow)
    for (const each of heard) expect(each).toMatch(/^HTTP\/1\.1 408 /)
    expect(await refusals(test)).toEqual(slow.map(() => expect.stringContaining('slow-sender')))
    expect((await owner.get('orders')).status).toBe(200)
  })

  it('of a body that never ends is cut off', async () => {
    const { test, port, owner } = await listen({ limits })
    const head = `POST /api/v1/session HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n`
    expect(await bare(port, head, () => ' ')).toMatch(/^HTTP\/1\.1 408 /)
    expect(await refusals(test)).toEqual([expect.stringContaining('slow-sender')])
    expect((await owner.get('orders')).status).toBe(200)
  })

  it('who holds many lines leaves those of other addresses to them', async () => {
    const { test, port } = await listen()
    limitConnections(test.server, { most: 5, isFree: () => false })
    const half = 'GET / HTTP/1.1\r\nHost: localhost\r\n'
    const held = Array.from({ length: 5 }, () =>
      connect(port, '127.0.0.1', function (this: Socket) {
        this.write(half)
      }),
    )
    for (const socket of held) socket.on('error', () => undefined)
    await Promise.all(held.map((socket) => new Promise((written) => socket.once('connect', written))))
    const ask = (from: string) =>
      new Promise<string>((resolve) => {
        let heard = ''
        const socket = connect({ port, host: '127.0.0.1', localAddress: from })
        socket.write(`${half}Connection: close\r\n\r\n`)
        socket.on('data', (data) => {
          heard += String(data)
        })
        socket.on('error', () => undefined)
        socket.on('close', () => resolve(heard.slice(0, 12)))
      })
    expect([await ask('127.0.0.1'), await ask('127.0.0.2')]).toEqual(['', 'HTTP/1.1 200'])
    for (const socket of held) socket.destroy()
    await expect.poll(() => ask('127.0.0.1')).toBe('HTTP/1.1 200')
  })

  it('without a host, with an empty one or with two is refused', async () => {
    const { port } = await listen()
    const ask = (host: string) =>
      bare(port, `GET /api/v1/session HTTP/1.1\r\n${host}Connection: close\r\n\r\n`)
    expect(await ask('')).toMatch(/^HTTP\/1\.1 400 /)
    expect(await ask('Host: \r\n')).toMatch(/^HTTP\/1\.1 403 /)
    expect(await ask('Host: evil.example\r\nHost: localhost\r\n')).toMatch(/^HTTP\/1\.1 40[03] /)
  })

  it('of huge headers, or of no HTTP at all, is refused', async () => {
    const { test, port, owner } = await listen()
    const head = `GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`
    expect(await bare(port, head)).toMatch(/^HTTP\/1\.1 431 /)
    expect(await bare(port, 'hello\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
    expect(await refusals(test)).toEqual([
      expect.stringContaining('too-large: headers'),
      expect.stringContaining('no-http'),
    ])
    expect((await owner.get('orders')).status).toBe(200)
  })
})
