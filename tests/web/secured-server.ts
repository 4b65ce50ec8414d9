import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { configTemplate } from '../../src/apps/config/template.ts'
import { secretBytes, wallClock } from '../../src/apps/system.ts'
import { createSettingsFile } from '../../src/apps/web/settings-file.ts'
import type { Clock } from '../../src/std/clock.ts'
import { createBarStore } from '../../src/web/server/bar-store.ts'
import { chartRoutes } from '../../src/web/server/chart.ts'
import { commandRoutes, isLowering } from '../../src/web/server/commands.ts'
import { installSecurity } from '../../src/web/server/security/install.ts'
import { digestOf } from '../../src/web/server/security/people.ts'
import type { Security } from '../../src/web/server/security/security.ts'
import { openSecurityState, type SecurityState } from '../../src/web/server/security/state.ts'
import type { Stored } from '../../src/web/server/security/store.ts'
import { settingsRoutes } from '../../src/web/server/settings.ts'
import type { CannedLine } from '../../src/web/server/testing/canned-line.ts'
import { createWebServer } from '../../src/web/server/web-server.ts'

export interface SecuredServer {
  /** Under the name `localhost`, which passkeys need. */
  readonly url: string
  readonly state: SecurityState
  readonly security: Security
  close(): Promise<void>
}

/** An owner who has just given a second factor, signed in with this cookie. */
export const signedIn =
  (cookie: string, now: number) =>
  (stored: Stored): Stored => ({
    ...stored,
    users: [
      { id: 'me', name: 'jiwoo', role: 'owner', createdAt: now, disabled: false, recovery: [], passkeys: [] },
    ],
    sessions: [
      {
        ...{ id: 'here', hash: digestOf(cookie), user: 'me', address: '127.0.0.1', device: 'test' },
        ...{ createdAt: now, lastSeenAt: now, secondFactorAt: now },
      },
    ],
  })

/** The server over a made-up trader behind its real guard, which keeps what it knows in `folder`. */
export async function openSecuredServer(options: {
  readonly line: CannedLine
  readonly assets: string
  readonly folder: string
  readonly port: number
  /** What the guard goes by: sessions, codes and second factors age by it. */
  readonly clock: Clock
}): Promise<SecuredServer> {
  const { line, clock, folder } = options
  const state = await openSecurityState({
    folder,
    clock,
    secretBytes,
    lock: async () => async () => undefined,
  })
  if (!state.ok) throw new Error(state.error.en)
  const file = join(folder, 'garam.yaml')
  await writeFile(file, configTemplate('paper'))
  let security: Security | undefined
  const web = await createWebServer({
    line,
    assets: options.assets,
    port: options.port,
    wall: wallClock,
    stream: 'secured',
    version: '0.0.0',
    host: '127.0.0.1',
    secure: async (server) => {
      const guard = await installSecurity(server, {
        state: state.value,
        clock,
        secretBytes,
        hosts: [],
        tls: 'none',
      })
      security = guard
      const bars = createBarStore({ line, wall: wallClock })
      return {
        topics: [
          guard.routes,
          commandRoutes({
            line,
            requireFresh: guard.requireSecondFactor,
            once: (request, body, act) => guard.once(request, act, { urgent: isLowering(body) }),
          }),
          chartRoutes({ line, bars }),
          settingsRoutes({ file: createSettingsFile(file), audit: () => undefined }),
        ],
        whenSignedOut: guard.whenSignedOut,
      }
    },
  })
  const { url } = await web.listen()
  if (!security) throw new Error('the guard was not installed')
  return {
    url: url.replace('127.0.0.1', 'localhost'),
    state: state.value,
    security,
    close: async () => {
      await web.close()
      await state.value.close()
    },
  }
}
