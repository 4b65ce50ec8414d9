import { describe, expect, it } from 'vitest'
import { bannedGlobals, escapeHatches, isBarrel, SYSTEM } from './banned.ts'
import { isTest, sourcesIn } from './sources.ts'

const programs = sourcesIn('src').filter(({ path }) => !isTest(path))
const everything = sourcesIn('src', 'tests', 'bench').filter(({ path }) => !path.startsWith('tests/house/'))

describe('time, chance and settings come in', () => {
  it('holds for every program of src', () => {
    expect(programs.length).toBeGreaterThan(50)
    expect(programs.flatMap(bannedGlobals)).toEqual([])
  })

  const refused: readonly [text: string, what: string][] = [
    ['const now = Date.now()', 'Date.now'],
    ['const now = Date.now', 'Date.now'],
    [`const now = Date['now']()`, 'Date.now'],
    ['const now = globalThis.Date.now()', 'Date.now'],
    ['const { now } = Date', 'Date.now'],
    ['const { now: clock } = Date', 'Date.now'],
    ['const day = new Date()', 'new Date()'],
    ['const day = new Date', 'new Date()'],
    ['const day = Date()', 'Date()'],
    ['const x = Math.random()', 'Math.random'],
    ['const x = [1].map(Math.random)', 'Math.random'],
    ['setTimeout(() => {}, 1)', 'setTimeout'],
    ['const later = setInterval', 'setInterval'],
    ['globalThis.setImmediate(() => {})', 'setImmediate'],
    ['const timers = { setTimeout }', 'setTimeout'],
    ['const timers = { after: setTimeout }', 'setTimeout'],
    ['const x = performance.now()', 'performance.now'],
    ['const x = process.hrtime.bigint()', 'process.hrtime'],
    ['const x = process.env.HOME', 'process.env'],
    ['const { env } = process', 'process.env'],
    [`import { setTimeout as sleep } from 'node:timers/promises'`, 'timers/promises'],
    [`import { performance } from 'node:perf_hooks'`, 'perf_hooks'],
    [`import { env } from 'node:process'`, 'process'],
    [`import { randomBytes } from 'node:crypto'`, 'randomBytes'],
    ['const id = crypto.randomUUID()', 'crypto.randomUUID'],
    ['const signal = AbortSignal.timeout(5)', 'AbortSignal.timeout'],
  ]
  it.each(refused)('refuses %s', (text, what) => {
    const found = bannedGlobals({ path: 'src/model/planted.ts', text: `export const a = 1\n${text}` })
    expect(found.length).toBeGreaterThan(0)
    expect(found[0]).toContain(`src/model/planted.ts:2: `)
    expect(found[0]).toContain(what)
  })

  const allowed: readonly string[] = [
    'const day = new Date(at).toISOString()',
    `const at = Date.parse('2026-11-20T00:00:00Z')`,
    'const now = clock.now()',
    'const cancel = clock.setTimeout(1)',
    'const parts = { setTimeout: 1 }',
    'let timer: ReturnType<typeof setTimeout>',
    '// Date.now() is banned, says this comment',
    `const text = 'Math.random()'`,
    'const pid = process.pid',
    `import { hash } from 'node:crypto'`,
  ]
  it.each(allowed)('allows %s', (text) => {
    expect(bannedGlobals({ path: 'src/model/planted.ts', text })).toEqual([])
  })

  it('gives time and chance to one file, and the environment to the apps', () => {
    const text = 'export const at = Date.now()\nexport const home = process.env.HOME'
    expect(bannedGlobals({ path: SYSTEM, text })).toEqual([])
    expect(bannedGlobals({ path: 'src/apps/other.ts', text })).toEqual([expect.stringContaining('Date.now')])
    expect(programs.some(({ path }) => path === SYSTEM)).toBe(true)
  })
})

describe('escape hatches', () => {
  it('are used nowhere', () => {
    expect(everything.flatMap(escapeHatches)).toEqual([])
  })

  const refused: readonly [text: string, what: string][] = [
    ['// @ts-ignore\nconst x: number = "1"', '@ts-ignore'],
    ['// @ts-expect-error because\nconst x: number = "1"', '@ts-expect-error'],
    ['// biome-ignore lint/x: because', 'biome-ignore'],
    ['const x = y as any', 'any'],
    ['const x: any[] = []', 'any'],
    ['enum Side { Buy }', 'enum'],
    ['export default 1', 'default export'],
    ['export default function trade() {}', 'default export'],
    ['const x = 1; export { x as default }', 'default export'],
    [`export * from './money.ts'`, 'export *'],
  ]
  it.each(refused)('refuses %s', (text, what) => {
    expect(escapeHatches({ path: 'src/model/planted.ts', text })).toContainEqual(
      expect.stringContaining(what),
    )
  })

  it('leaves words alone that only look like one', () => {
    const text = `const company = 'any'\n// many, enumerate, default\nexport const x: unknown = company`
    expect(escapeHatches({ path: 'src/model/planted.ts', text })).toEqual([])
  })
})

describe('barrels', () => {
  it('stand in the library face only', () => {
    expect(programs.filter(isBarrel).filter(({ path }) => !path.startsWith('src/face/'))).toEqual([])
  })

  it('are files that only hand on', () => {
    expect(
      isBarrel({ path: 'a.ts', text: `export { x } from './x.ts'\nexport type { Y } from './y.ts'` }),
    ).toBe(true)
    expect(isBarrel({ path: 'a.ts', text: `export { x } from './x.ts'\nexport const y = 1` })).toBe(false)
  })
})
