import { Validator } from '@seriousme/openapi-schema-validator'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createVirtualClock } from '../../std/virtual-clock.ts'
import { type LiveState, liveStateSchema, type ToScreen } from '../contract/live.ts'
import { applyPatch } from '../contract/merge-patch.ts'
import { problemSchema } from '../contract/problem.ts'
import { BEFORE_TODAY } from './testing/canned-desk.ts'
import { createCannedLine } from './testing/canned-line.ts'
import { createWebServer, type WebServer, type WebServerOptions } from './web-server.ts'

const wall = createVirtualClock(1_795_000_000_000)
const open: WebServer[] = []

afterEach(async () => {
  for (const web of open.splice(0)) await web.close()
})

async function start(options: Partial<WebServerOptions> = {}) {
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
      return { topics: [], whenSignedOut: () => () => undefined }
    },
    ...options,
  })
  open.push(web)
  line.move()
  return { line, web }
}

describe('the web server', () => {
  it('gives the trader as it is, in the shape of its contract', async () => {
    const { web } = await start()
    const answer = await web.server.inject('/api/v1/state')
    expect(answer.statusCode).toBe(200)
    const state = liveStateSchema.parse(answer.json())
    expect(Object.keys(state.positions)).toHaveLength(4)
    expect(state.orders['20261120-000031']?.doubt).toContain('timeout')
    expect(Object.values(state.refusals)[0]?.ko).toContain('5')
  })

  it('begins the day at the last close: what was won before it is no result of the day, also for who looks late', async () => {
    const { line, web } = await start()
    for (let i = 0; i < 50; i++) line.move()
    const { desk } = liveStateSchema.parse((await web.server.inject('/api/v1/state')).json())
    expect(desk.equity - desk.startEquity).toBe(desk.realizedPnl + desk.unrealizedPnl - BEFORE_TODAY)
    const curve = (await web.server.inject('/api/v1/curve')).json()
    expect(curve.startEquity).toBe(desk.startEquity)
  })

  it('brings a screen by socket to the same state as REST', async () => {
    const { line, web } = await start()
    const { url } = await web.listen()
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/live`)
    let state: LiveState | undefined
    const reached = new Promise<void>((resolve, reject) => {
      socket.on('error', reject)
      socket.on('message', (data) => {
        const message = JSON.parse(String(data)) as ToScreen
        if (message.type === 'snapshot') {
          state = message.state
          for (let i = 0; i < 10; i++) line.move()
        }
        if (message.type !== 'patch' || !state) return
        state = applyPatch(state, message.patch)
        if (message.seq >= 10) resolve()
      })
      socket.on('open', () => socket.send(JSON.stringify({ type: 'start' })))
    })
    await reached
    expect(state).toEqual((await web.server.inject('/api/v1/state')).json())
    expect(web.screens()).toBe(1)
    const gone = new Promise((resolve) => socket.on('close', resolve))
    socket.close()
    await gone
  })

  it('brings the ticks of what a screen follows, and asks the trader for no others', async () => {
    const { line, web } = await start()
    const { url } = await web.listen()
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/live`)
    const ticks = new Promise<ToScreen>((resolve, reject) => {
      socket.on('error', reject)
      socket.on('message', (data) => {
        const message = JSON.parse(String(data)) as ToScreen
        if (message.type === 'ticks') resolve(message)
        else line.move()
      })
      socket.on('open', () => {
        socket.send(JSON.stringify({ type: 'start' }))
        socket.send(JSON.stringify({ type: 'follow', instruments: ['005930'] }))
        socket.send(JSON.stringify({ type: 'start' }))
      })
    })
    expect(await ticks).toMatchObject({
      instrument: '005930',
      ticks: [
        { kind: 'trade' },
        { kind: 'quote' },
        { kind: 'book', asks: { length: 10 }, bids: { length: 10 } },
      ],
    })
    expect(line.followed()).toEqual(['005930'])
    socket.terminate()
    await expect.poll(() => line.followed()).toEqual([])
  })

  it.each([
    ['no JSON', 'hello'],
    ['an unknown message', '{"type":"order"}'],
    [
      'a message that is too long',
      JSON.stringify({ type: 'follow', instruments: [], pad: 'x'.repeat(3_000) }),
    ],
  ])('closes a socket that says %s', async (_what, text) => {
    const { web } = await start()
    const { url } = await web.listen()
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/live`)
    const code = new Promise<number>((resolve) => socket.on('close', resolve))
    socket.on('open', () => socket.send(text))
    expect(await code).toBe(1008)
  })

  it.each([
    ['a proxy on this machine speaks for', '127.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['a proxy in this network speaks for', '::ffff:192.168.0.2', '203.0.113.9', '203.0.113.9'],
    [
      'only its last word counts: not what was told to it',
      '127.0.0.1',
      '127.0.0.1, 192.168.0.50',
      '192.168.0.50',
    ],
    ['nobody speaks for whoever comes from outside', '203.0.113.5', '127.0.0.1', '203.0.113.5'],
  ])('knows who asks: %s', async (_what, remoteAddress, forwarded, ip) => {
    const seen: string[] = []
    const { web } = await start({
      trustProxy: true,
      secure: async (server) => {
        server.addHook('onRequest', async (request) => {
          seen.push(request.ip)
        })
        return { topics: [], whenSignedOut: () => () => undefined }
      },
    })
    await web.server.inject({ url: '/health/live', remoteAddress, headers: { 'x-forwarded-for': forwarded } })
    expect(seen).toEqual([ip])
  })

  it('answers what it does not know with a problem in both languages', async () => {
    const { web } = await start()
    const answer = await web.server.inject('/api/v1/nothing')
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(problemSchema.parse(answer.json()).ko).not.toBe('')
  })

  it('is alive at once and ready only with a trader behind it', async () => {
    const { line, web } = await start()
    const status = async (path: string) => (await web.server.inject(path)).statusCode
    expect([await status('/health/live'), await status('/health/ready')]).toEqual([200, 200])
    line.setLine('down')
    expect([await status('/health/live'), await status('/health/ready')]).toEqual([200, 503])
  })

  it('gives its figures to Prometheus', async () => {
    const { web } = await start()
    const { body } = await web.server.inject('/metrics')
    expect(body).toMatch(/^garam_positions 4$/m)
    expect(body).toMatch(/^garam_line_up 1$/m)
    expect(body).toMatch(/^garam_web_nodejs_eventloop_lag_seconds /m)
  })

  it('describes itself in OpenAPI 3.1 that a validator accepts', async () => {
    const { web } = await start()
    const document: Record<string, unknown> = (await web.server.inject('/openapi.json')).json()
    const { valid, errors } = await new Validator().validate(document)
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
    expect(Object.keys(document.paths ?? {})).toContain('/api/v1/state')
  })
})
