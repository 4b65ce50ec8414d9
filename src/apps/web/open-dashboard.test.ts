import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
  const { link } = await dashboard.listen()
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
