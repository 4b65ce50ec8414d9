import type { Clock } from '../../../std/clock.ts'
import type { DeskLine } from '../desk-line.ts'
import type { Routes, Server } from '../routes.ts'
import { createWebServer } from '../web-server.ts'

/** The server's frame around the routes of a test, open to everybody, with a name for whoever asks. */
export async function startTopics(
  line: DeskLine,
  wall: Clock,
  topics: readonly Routes[],
): Promise<{ readonly server: Server; readonly close: () => Promise<void> }> {
  const { server, close } = await createWebServer({
    line,
    wall,
    stream: 'test',
    version: '0.0.0',
    host: '127.0.0.1',
    port: 0,
    secure: async (guarded) => {
      guarded.decorateRequest('actor')
      guarded.addHook('onRequest', async (request) => {
        request.actor = {
          name: 'tester',
          user: 'tester',
          role: 'owner',
          scopes: ['read', 'trade', 'admin'],
          via: 'session',
          address: request.ip,
          secondFactorAt: 0,
        }
      })
      return { topics, whenSignedOut: () => () => undefined }
    },
  })
  return { server, close }
}
