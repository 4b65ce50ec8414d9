import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { setPath } from '../layout.ts'
import { readManifest } from '../manifest.ts'
import { DAILY, dailyCsv, inCatalog, jobFor } from '../testing/test-catalog.ts'
import { importFile } from './import-file.ts'

const DAYS = Array.from({ length: 60 }, (_, n) =>
  new Date(Date.UTC(2023, 11, 1 + n)).toISOString().slice(0, 10),
)
const SYMBOLS = ['000660', '005930', '035420']
const ROWS = DAYS.flatMap((day, n) =>
  SYMBOLS.map((symbol) => `${symbol},${day},${n + 1},${n + 3},${n + 1},${n + 2},${n}`),
)
/** A row that is there twice: a run that goes on must still see it. */
const FILE = dailyCsv(...ROWS, ROWS[7] ?? '')
/** Eight blocks. */
const BLOCK_BYTES = 700

/**
 * An import in a process of its own, which kills itself with SIGKILL when it is about to rename its `nth` file: every
 * step that makes something count ends in a rename. Gives the signal that ended it, and its exit code.
 */
function runUntil(
  folder: string,
  file: string,
  nth: number,
): Promise<{ signal: string | null; code: number | null }> {
  const program = `
    import { promises } from 'node:fs'
    import { syncBuiltinESMExports } from 'node:module'
    const rename = promises.rename
    let left = ${nth}
    promises.rename = (...names) => (--left === 0 ? process.kill(process.pid, 'SIGKILL') : rename(...names))
    syncBuiltinESMExports()
    const { importFile } = await import(${JSON.stringify(new URL('./import-file.ts', import.meta.url).href)})
    await importFile(${JSON.stringify(folder)}, ${JSON.stringify(jobFor(file, { onBad: 'reject' }))}, { blockBytes: ${BLOCK_BYTES} })`
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve({ signal, code }))
  })
}

/** What a set is, whatever happened on the way: its rows, and the content of its files. */
async function stateOf(folder: string): Promise<unknown> {
  const manifest = await readManifest(folder, DAILY)
  return {
    parts: manifest?.parts.map(({ key, rows, sha256 }) => ({ key, rows, sha256 })),
    imports: manifest?.imports.map(({ rows, rejected }) => ({ rows, rejected })),
  }
}

const whole = { imports: [{ rows: ROWS.length, rejected: 1 }] }

describe('an import that is killed', () => {
  it(
    'goes on from its last block, again and again, and ends as if nothing had happened',
    () =>
      inCatalog(async (catalog) => {
        const file = await catalog.file('bars.csv', FILE)
        const straight = join(catalog.folder, '..', 'straight')
        await importFile(straight, jobFor(file, { onBad: 'reject' }), { blockBytes: BLOCK_BYTES })
        let kills = 0
        // A block is three renames, so each run gets two blocks further and dies in the next; the end is six or less.
        for (; kills < 10; kills++) {
          const { signal, code } = await runUntil(catalog.folder, file, 8)
          if (signal === null) {
            expect(code).toBe(0)
            break
          }
          expect(signal).toBe('SIGKILL')
          // Nothing counts until all of it does.
          expect(await readManifest(catalog.folder, DAILY)).toBeUndefined()
        }
        expect(kills).toBeGreaterThan(2)
        expect(await stateOf(catalog.folder)).toEqual(await stateOf(straight))
        expect(await stateOf(catalog.folder)).toMatchObject(whole)
      }),
    120_000,
  )

  it(
    'leaves the set as it was when it dies just before it counts, and its files are swept by the next run',
    () =>
      inCatalog(async (catalog) => {
        const file = await catalog.file('bars.csv', FILE)
        await catalog.bring(dailyCsv('005380,2022-01-04,1,1,1,1,1'))
        const before = await stateOf(catalog.folder)
        const straight = await runUntil(join(catalog.folder, '..', 'counted'), file, 1_000)
        expect(straight).toEqual({ signal: null, code: 0 })
        // Blocks (3 each) and the mark that they are all, then the new files, the rejects (2), and the manifest last.
        const { parts } = (await readManifest(join(catalog.folder, '..', 'counted'), DAILY)) ?? { parts: [] }
        const blocks = Math.ceil(FILE.length / BLOCK_BYTES)
        const last = blocks * 3 + 1 + parts.length + 2 + 1
        expect((await runUntil(catalog.folder, file, last)).signal).toBe('SIGKILL')
        expect(await stateOf(catalog.folder)).toEqual(before)
        const again = await importFile(catalog.folder, jobFor(file, { onBad: 'reject' }), {
          blockBytes: BLOCK_BYTES,
        })
        expect(again).toMatchObject({ resumedBlocks: blocks, record: { rows: ROWS.length, rejected: 1 } })
        expect(await catalog.rows(DAILY, 'count(*) AS rows, count(DISTINCT (symbol, day)) AS keys')).toEqual([
          { rows: ROWS.length + 1, keys: ROWS.length + 1 },
        ])
      }),
    120_000,
  )

  it('that is cancelled keeps what it read, and says so', () =>
    inCatalog(async (catalog) => {
      const controller = new AbortController()
      const trouble = await catalog.trouble(
        FILE,
        { onBad: 'reject' },
        {
          blockBytes: BLOCK_BYTES,
          signal: controller.signal,
          onProgress: ({ phase }) => {
            if (phase === 'read') controller.abort()
          },
        },
      )
      expect(trouble.code).toBe('cancelled')
      expect(await readManifest(catalog.folder, DAILY)).toBeUndefined()
      const { resumedBlocks, record } = await catalog.bring(
        FILE,
        { onBad: 'reject' },
        { blockBytes: BLOCK_BYTES },
      )
      expect(resumedBlocks).toBeGreaterThan(0)
      expect(record.rows).toBe(ROWS.length)
    }))

  it(
    'does not disturb an import of another file that changed since',
    () =>
      inCatalog(async (catalog) => {
        const file = await catalog.file('bars.csv', FILE)
        expect((await runUntil(catalog.folder, file, 5)).signal).toBe('SIGKILL')
        await catalog.file('bars.csv', dailyCsv(...ROWS.slice(0, 9)))
        const again = await importFile(catalog.folder, jobFor(file), { blockBytes: BLOCK_BYTES })
        expect(again).toMatchObject({ resumedBlocks: 0, record: { rows: 9 } })
        await rm(join(catalog.folder, setPath(DAILY)), { recursive: true })
      }),
    60_000,
  )
})
