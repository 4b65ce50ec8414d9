import { wallClock } from '../../src/apps/system.ts'
import type { CannedLine } from '../../src/web/server/testing/canned-line.ts'
import { createWebServer, type WebServer } from '../../src/web/server/web-server.ts'
import { openTopics } from './open-topics.ts'

/** The server over a made-up trader, open to everybody on this machine: for looking at pages, and for what a browser can check. */
export const createOpenServer = (options: {
  readonly line: CannedLine
  readonly assets: string
  readonly port: number
}): Promise<WebServer> =>
  createWebServer({
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
          role: 'owner',
          scopes: ['read', 'trade', 'admin'],
          via: 'session',
          address: request.ip,
          secondFactorAt: wallClock.now(),
        }
      })
      server.get('/api/v1/session', { config: { access: 'open' } }, async () => ({
        state: 'signed-in',
        user: { id: 'looker', name: 'looker', role: 'owner' },
        csrf: 'none',
        factors: { totp: true, passkeys: 0, recoveryLeft: 10 },
        secondFactorFresh: true,
        demo: true,
      }))
      return { topics: await openTopics(options.line), whenSignedOut: () => () => undefined }
    },
  })
