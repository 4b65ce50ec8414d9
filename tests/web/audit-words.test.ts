import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { AUDIT_WORDS } from '../../src/web/dashboard/pages/settings/account/view.ts'

const folder = fileURLToPath(new URL('../../src/web/server/security', import.meta.url))
const written = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith('testing'))
  .flatMap((name) => readFileSync(join(folder, name), 'utf8').match(/\bwhat: [^\n]*/g) ?? [])
  .flatMap((line) => [...line.replace(/about:.*/, '').matchAll(/'([a-z-]+)'/g)].map(([, what]) => what ?? ''))

describe('the audit log on the screen', () => {
  it('has words for everything the guard writes down', () => {
    expect(written.length).toBeGreaterThan(25)
    expect([...new Set(written)].filter((what) => !(what in AUDIT_WORDS))).toEqual([])
  })
})
