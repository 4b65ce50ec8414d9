import { wallClock } from '../../src/apps/system.ts'
import { type Role, SCOPES_OF } from '../../src/web/contract/access.ts'
import type { DeskLine } from '../../src/web/server/desk-line.ts'
import { Trouble } from '../../src/web/server/trouble.ts'
import { createWebServer, type WebServer } from '../../src/web/server/web-server.ts'
import { openTopics } from './open-topics.ts'

/** The server over a made-up trader, open to everybody on this machine: for looking at pages, and for what a browser can check. */
export const createOpenServer = (options: {
  readonly line: DeskLine
  readonly assets: string
  readonly port: number
  /** Whom everybody is taken for; an owner when absent. */
  readonly role?: Role
  /** What it keeps, such as `runs`; a new folder when absent. */
  readonly folder?: string
  /** Bars to play and recorded days; those of whoever looks when absent. */
  readonly catalog?: string
  readonly journal?: string
}): Promise<WebServer> => {
  const { role = 'owner' } = options
  return createWebServer({
    ...options,
    wall: wallClock,
    stream: 'open',
    version: '0.0.0',
    host: '127.0.0.1',
    secure: async (server) => {
      server.decorateRequest('actor')
      server.addHook('onRequest', async (request) => {
        request.actor = {
          name: 'looker',
          user: 'looker',
          role,
          scopes: SCOPES_OF[role],
          via: 'session',
          address: request.ip,
          secondFactorAt: wallClock.now(),
        }
        const { access = 'open' } = request.routeOptions.config
        if (access !== 'open' && !SCOPES_OF[role].includes(access)) throw new Trouble(403, 'not-allowed', NO)
      })
      server.get('/api/v1/session', { config: { access: 'open' } }, async () => ({
        state: 'signed-in',
        user: { id: 'looker', name: 'looker', role },
        csrf: 'none',
        factors: { totp: true, passkeys: 0, recoveryLeft: 10 },
        secondFactorFresh: true,
        demo: true,
      }))
      return { topics: await openTopics(options), whenSignedOut: () => () => undefined }
    },
  })
}

const NO = { ko: '이 계정으로는 할 수 없습니다', en: 'This account may not do that' }
