import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { every, wallClock } from '../../src/apps/system.ts'
import { createCannedLine } from '../../src/web/server/testing/canned-line.ts'
import { createOpenServer } from './open-server.ts'
import { openSecuredServer } from './secured-server.ts'

/**
 * `npx tsx tests/web/dev-server.ts`: the built dashboard over a made-up trader, to look at pages. `--secured`: behind the real
 * guard, and with the link of its first owner.
 */
const { values } = parseArgs({
  options: { port: { type: 'string', default: '0' }, secured: { type: 'boolean', default: false } },
})
const line = createCannedLine(wallClock)
every(wallClock, 250, () => line.move())
const assets = fileURLToPath(new URL('../../dist/dashboard', import.meta.url))
const port = Number(values.port)
if (values.secured) {
  const folder = mkdtempSync(join(tmpdir(), 'garam-secured-'))
  const { url, security } = await openSecuredServer({ line, assets, port, folder, clock: wallClock })
  const link = await security.entryLink()
  console.log(`${url}${link.ok ? link.value : ''}`)
} else {
  const web = await createOpenServer({ line, assets, port })
  console.log((await web.listen()).url)
}
