import type { Routes } from '../../../web/server/routes.ts'
import { createCannedLine } from '../../../web/server/testing/canned-line.ts'
import { createWebServer, type WebServer } from '../../../web/server/web-server.ts'
import { wallClock } from '../../system.ts'

/** A server with these topics that takes everybody for its owner, to be asked without a socket. */
export const serverOf = (...topics: readonly Routes[]): Promise<WebServer> =>
  createWebServer({
    line: createCannedLine(wallClock),
    wall: wallClock,
    stream: 'test',
    version: '0.0.0',
    host: '127.0.0.1',
    port: 0,
    secure: async (server) => {
      server.decorateRequest('actor')
      server.addHook('onRequest', async (request) => {
        request.actor = {
          name: 'tester',
          user: 'tester',
          role: 'owner',
          scopes: ['read', 'trade', 'admin'],
          via: 'session',
          address: request.ip,
          secondFactorAt: wallClock.now(),
        }
      })
      return { topics, whenSignedOut: () => () => undefined }
    },
  })
