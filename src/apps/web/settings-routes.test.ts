import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../../std/virtual-clock.ts'
import type { Role } from '../../web/contract/access.ts'
import { SCOPES_OF } from '../../web/contract/access.ts'
import type { SettingsMessage } from '../../web/contract/settings.ts'
import type { AuditEntry } from '../../web/server/security/audit.ts'
import { settingsRoutes } from '../../web/server/settings.ts'
import { createCannedLine } from '../../web/server/testing/canned-line.ts'
import { Trouble } from '../../web/server/trouble.ts'
import { createWebServer } from '../../web/server/web-server.ts'
import { configTemplate } from '../config/template.ts'
import { inFolder } from '../testing/recording-io.ts'
import { createSettingsFile } from './settings-file.ts'

const TEXT = configTemplate('paper')
const LOOSER = [{ path: ['exits', 'stop_loss_pct'], value: 5 }]
const TIGHTER = [{ path: ['exits', 'stop_loss_pct'], value: 2 }]
const NO = { ko: '안 됨', en: 'no' }

interface Stand {
  readonly path: string
  readonly audited: readonly AuditEntry[]
  ask(
    method: 'GET' | 'POST' | 'PATCH' | 'PUT',
    url: string,
    payload?: object,
  ): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>
  etag(): Promise<string>
}

/** Real routes over a real file; the door asks for what each route says of itself. */
const withServer = (
  who: { readonly role: Role; readonly secondFactor: boolean },
  use: (stand: Stand) => Promise<void>,
) =>
  inFolder(async (folder) => {
    const path = join(folder, 'garam.yaml')
    await writeFile(path, TEXT)
    const clock = createVirtualClock(0)
    const audited: AuditEntry[] = []
    const web = await createWebServer({
      ...{
        line: createCannedLine(clock),
        wall: clock,
        stream: 's',
        version: '0',
        host: '127.0.0.1',
        port: 0,
      },
      secure: async (server) => {
        server.decorateRequest('actor')
        server.addHook('onRequest', async (request) => {
          const { access = 'admin', raisesRisk = false } = request.routeOptions.config
          const scopes = SCOPES_OF[who.role]
          if (access !== 'open' && !scopes.includes(access)) throw new Trouble(403, 'not-allowed', NO)
          if (raisesRisk && !who.secondFactor) throw new Trouble(403, 'second-factor-needed', NO)
          const stamp = { address: '', secondFactorAt: 0, via: 'session' } as const
          request.actor = { name: '주인', user: 'u', role: who.role, scopes, ...stamp }
        })
        return {
          topics: [settingsRoutes({ file: createSettingsFile(path), audit: (entry) => audited.push(entry) })],
          whenSignedOut: () => () => undefined,
        }
      },
    })
    const ask: Stand['ask'] = async (method, url, payload) => {
      const reply = await web.server.inject({ method, url: `/api/v1${url}`, ...(payload && { payload }) })
      return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() }
    }
    try {
      const etag = async () => (await ask('GET', '/settings')).body.etag as SettingsMessage['etag']
      await use({ path, audited, ask, etag })
    } finally {
      await web.close()
    }
  })

const OWNER = { role: 'owner', secondFactor: true } as const
const TRADER = { role: 'trader', secondFactor: false } as const

describe('settings over the web', () => {
  it('are written into the file by the owner with a second factor, and recorded with who, from where, what, before and after', () =>
    withServer(OWNER, async ({ ask, etag, path, audited }) => {
      const { status, body } = await ask('PATCH', '/settings', { etag: await etag(), edits: LOOSER })
      expect([status, body.changes]).toMatchObject([200, [{ ko: '손절 2.5% → 5%', risk: 'raises' }]])
      expect(await readFile(path, 'utf8')).toContain('stop_loss_pct: 5 ')
      expect(audited).toEqual([
        {
          who: '주인',
          from: '127.0.0.1',
          via: 'session',
          what: 'settings',
          about: 'exits.stop_loss_pct',
          before: '2.5%',
          after: '5%',
        },
      ])
    }))

  it('are loosened by nobody without a second factor, and by nobody but the owner', async () => {
    await withServer({ role: 'owner', secondFactor: false }, async ({ ask, etag, path }) => {
      const { status, body } = await ask('PATCH', '/settings', { etag: await etag(), edits: LOOSER })
      expect([status, body.type]).toEqual([403, '/problems/second-factor-needed'])
      expect(await readFile(path, 'utf8')).toBe(TEXT)
    })
    await withServer(TRADER, async ({ ask, etag, path, audited }) => {
      const change = { etag: await etag(), edits: LOOSER }
      expect((await ask('PATCH', '/settings', change)).status).toBe(403)
      expect((await ask('PATCH', '/settings/lower', change)).body.type).toBe('/problems/raises-risk')
      expect((await ask('PUT', '/settings/text', { etag: change.etag, text: TEXT })).status).toBe(403)
      expect([await readFile(path, 'utf8'), audited]).toEqual([TEXT, []])
    })
  })

  it('are tightened by whoever may trade, at once', () =>
    withServer(TRADER, async ({ ask, etag, audited }) => {
      const { status } = await ask('PATCH', '/settings/lower', { etag: await etag(), edits: TIGHTER })
      expect([status, audited.length]).toEqual([200, 1])
    }))

  it('refuse a change made for an older file', () =>
    withServer(OWNER, async ({ ask, etag, path }) => {
      const old = await etag()
      await writeFile(path, `${TEXT}# from an editor\n`)
      const { status, body } = await ask('PATCH', '/settings', { etag: old, edits: LOOSER })
      expect([status, body.type]).toEqual([409, '/problems/settings-changed'])
    }))

  it('refuse a wrong text with every finding at its place, and write nothing', () =>
    withServer(OWNER, async ({ ask, etag, path }) => {
      const text = TEXT.replace('max_positions: 5', 'max_positons: 5')
      const { status, body } = await ask('PUT', '/settings/text', { etag: await etag(), text })
      expect([status, body]).toMatchObject([422, { errors: [{ path: '52:3 limits.max_positons' }] }])
      expect(await readFile(path, 'utf8')).toBe(TEXT)
    }))

  it('take a whole new text, and what is tried out is only told', () =>
    withServer(OWNER, async ({ ask, etag, path }) => {
      const text = TEXT.replace('max_positions: 5', 'max_positions: 7')
      const tried = await ask('POST', '/settings/check', { text })
      expect(tried.body).toMatchObject({ raisesRisk: true, changes: [{ ko: '동시 보유 5종목 → 7종목' }] })
      expect(await readFile(path, 'utf8')).toBe(TEXT)
      expect((await ask('PUT', '/settings/text', { etag: await etag(), text })).status).toBe(200)
      expect(await readFile(path, 'utf8')).toBe(text)
    }))

  it('say that a change waits for the next start', () =>
    withServer(OWNER, async ({ ask, etag }) => {
      const edits = [{ path: ['topology'], value: 'split' }]
      const { body } = await ask('PATCH', '/settings', { etag: await etag(), edits })
      expect(body).toMatchObject({
        changes: [{ restart: true }],
        en: expect.stringContaining('starts again'),
      })
    }))
})
