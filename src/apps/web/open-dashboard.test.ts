import { readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ok } from '../../std/result.ts'
import { createVirtualClock } from '../../std/virtual-clock.ts'
import type { AuditPage } from '../../web/contract/session.ts'
import { letIn, routesBeyond } from '../../web/server/security/routes-beyond.ts'
import {
  addTotp,
  type Browser,
  codeOf,
  firstOwner,
  HOST,
  invite,
  PASSWORD,
} from '../../web/server/security/testing/browser.ts'
import { type CannedLine, createCannedLine } from '../../web/server/testing/canned-line.ts'
import { configTemplate } from '../config/template.ts'
import { wallClock } from '../system.ts'
import { openFolder } from '../testing/recording-io.ts'
import { type Dashboard, openDashboard } from './open-dashboard.ts'

const clock = createVirtualClock(wallClock.now())
let folder: Awaited<ReturnType<typeof openFolder>>
let line: CannedLine
let dashboard: Dashboard
let owner: Browser
/** Commands that were given before an attack. */
let ordered = 0
let port = 0

beforeAll(async () => {
  folder = await openFolder()
  const configFile = join(folder.folder, 'garam.yaml')
  await writeFile(configFile, configTemplate('paper'))
  line = createCannedLine(clock)
  dashboard = await openDashboard({
    line,
    wall: clock,
    journalFolder: join(folder.folder, 'journal'),
    stateFolder: join(folder.folder, 'web'),
    configFile,
    environment: 'paper',
    demo: false,
    host: '127.0.0.1',
    port: 0,
    behindProxy: false,
    allow: [],
    onEntered: () => undefined,
  })
  const { url, link } = await dashboard.listen()
  port = Number(new URL(url).port)
  expect(link).toMatch(/^\/enter\//)
  owner = await firstOwner({ server: dashboard.server, security: { entryLink: async () => ok(link ?? '') } })
  await addTotp({ clock }, owner)
})
afterAll(async () => {
  await dashboard.close()
  await folder.remove()
})

describe('the whole dashboard', () => {
  it('writes into the audit log who changed a setting, from where, and what it was before, and no key that was tried', async () => {
    const { etag } = (await owner.get('settings')).body
    const edits = [{ path: ['limits', 'max_positions'], value: 7 }]
    expect((await owner.send('PATCH', 'settings', { etag, edits })).status).toBe(200)
    const text = 'broker: { name: kiwoom, environment: paper, appkey: VERY-SECRET, secretkey: env:B }'
    expect((await owner.send('PUT', 'settings/text', { etag, text })).status).toBe(409)
    const { entries } = (await owner.get('audit')).body as unknown as AuditPage
    expect(entries.filter(({ what }) => what === 'settings')).toMatchObject([
      {
        who: 'jiwoo',
        from: '127.0.0.1',
        via: 'session',
        about: 'limits.max_positions',
        before: '5종목',
        after: '7종목',
      },
    ])
    expect(JSON.stringify(entries)).not.toContain('VERY-SECRET')
  })

  it("lets a viewer's token read, and reach no command, no setting, no user", async () => {
    const viewer = await invite({ server: dashboard.server }, owner, { name: 'minsu', role: 'viewer' })
    const begun = await viewer.post('me/totp', { password: `${PASSWORD} 둘` })
    await viewer.post('me/totp/confirm', { code: codeOf(String(begun.body.secret), clock.now()) })
    const made = await viewer.post('tokens', { name: 'my program', scopes: ['read'], days: 30 })
    const headers = { authorization: `Bearer ${String(made.body.secret)}`, host: HOST }
    const beyond = routesBeyond(dashboard.server, ['read'])
    expect(beyond.map(({ method, url }) => `${method} ${url}`)).toEqual(
      expect.arrayContaining([
        'POST /api/v1/commands',
        'PATCH /api/v1/settings',
        'POST /api/v1/backtests',
        'POST /api/v1/users',
        'GET /api/v1/audit',
      ]),
    )
    expect(beyond.length).toBeGreaterThan(25)
    const between = () => clock.advance(1_000)
    expect(await letIn(dashboard.server, beyond, { headers, between })).toEqual([])
    expect(line.commands).toEqual([])
    line.move()
    expect((await dashboard.server.inject({ url: '/api/v1/state', headers })).statusCode).toBe(200)
  })

  it('takes no preview and no check for a command in the audit log', async () => {
    const order = { instrument: '005930', side: 'buy', quantity: 1, order: { kind: 'market' } }
    expect((await owner.post('orders/preview', order)).status).toBe(200)
    const sent = { 'idempotency-key': 'key-audit-1' }
    expect((await owner.post('commands', { do: 'pauseBuying' }, { headers: sent })).status).toBe(200)
    const { entries } = (await owner.get('audit')).body as unknown as AuditPage
    const commands = entries.filter(({ what, who }) => what === 'command' && who === 'jiwoo')
    expect(commands.map(({ about }) => about)).toEqual(['POST /api/v1/commands 200'])
  })

  it('is described in OpenAPI that a validator accepts, route by route', async () => {
    const document: { paths?: Record<string, object> } = (
      await dashboard.server.inject({ url: '/openapi.json', headers: { host: HOST } })
    ).json()
    const { errors } = await new Validator().validate(document)
    expect(errors).toBeUndefined()
    const described = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    )
    const there = dashboard.server.guardedRoutes
      .filter(({ method, url }) => url.startsWith('/api/v1/') && method !== 'HEAD' && url !== '/api/v1/live')
      .map(({ method, url }) => `${method} ${url}`)
    expect(there.length).toBeGreaterThan(50)
    expect(there.filter((route) => !described.includes(route))).toEqual([])
  })
})

/** What came back on a bare socket until it was closed, from our side or after `patienceMs`. */
function bare(request: string, patienceMs = 90_000): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    const giveUp = setTimeout(() => socket.destroy(), patienceMs)
    let heard = ''
    socket.on('data', (data) => {
      heard += String(data)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearTimeout(giveUp)
      resolve(heard)
    })
  })
}

const get = (path: string) =>
  bare(`GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`)

async function refusals(): Promise<readonly string[]> {
  const lines = (await readFile(join(folder.folder, 'web', 'audit.jsonl'), 'utf8')).trimEnd().split('\n')
  return lines
    .map((line) => JSON.parse(line))
    .flatMap(({ what, about }) => (what === 'refused' ? [about] : []))
}

/** What all attacks have in common: the owner is served as before, and nothing was ordered. */
async function isHarmless(about: string) {
  expect((await refusals()).at(-1)).toContain(about)
  expect((await owner.get('orders.csv?day=2026-11-20')).status).toBe(404)
  expect((await owner.get('state')).status).toBe(200)
  expect(line.commands).toHaveLength(ordered)
}

describe('an attack on the whole dashboard, byte by byte', () => {
  // A flood is written down in part only: what came before is forgotten.
  beforeEach(() => {
    clock.advance(5 * 60_000)
    ordered = line.commands.length
  })

  it.each([
    '/../web.json',
    '/assets/../../web.json',
    '/%2e%2e/web.json',
    '/..%2fweb.json',
    '/%2e%2e%2fweb.json',
    '/..%5cweb.json',
    '/..\\web.json',
    '/%00web.json',
    '/assets/%2e%2e%2f%2e%2e%2fpackage.json',
    '//../web.json',
    '/api/v1/orders/..%2f..%2fusers',
  ])('by an address that leads out of the pages is refused: %s', async (path) => {
    const answer = await get(path)
    expect(answer).toMatch(/^HTTP\/1\.1 400 .*application\/problem\+json.*\/problems\/odd-path/s)
    await isHarmless('odd-path: GET')
  })

  it.each([
    '/....//web.json',
    '/web/web.json',
    '/.garam/web/web.json',
    '/package.json',
    '/%252e%252e/web.json',
  ])('by an address that is no page of ours gets the start page and no file: %s', async (path) => {
    expect(await get(path)).toMatch(/^HTTP\/1\.1 200 .*<!doctype html>/is)
  })

  it('by a body without end is refused, whoever sends it', async () => {
    const head = `POST /api/v1/session HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/json\r\n`
    const answer = await bare(
      `${head}Content-Length: 300000\r\nConnection: close\r\n\r\n${'x'.repeat(300_000)}`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    await isHarmless('too-large: POST /api/v1/session')
  })

  it('by senders who never come to an end are cut off within seconds, while others are served', async () => {
    const slow = Array.from({ length: 40 }, () =>
      bare(`GET / HTTP/1.1\r\nHost: localhost:${port}\r\n`, 20_000),
    )
    expect((await owner.get('state')).status).toBe(200)
    for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^HTTP\/1\.1 408 /)
    await isHarmless('slow-sender')
  })
})
