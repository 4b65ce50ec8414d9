import { spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const GARAM = fileURLToPath(new URL('../../src/apps/garam.ts', import.meta.url))
const DAY_FILE = '2026-11-20.jsonl'

interface Ended {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

/** The command as a person runs it: a process of its own, which starts the simulator as another. */
function garam(...words: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', GARAM, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    let errors = ''
    child.stdout.on('data', (chunk) => {
      output += String(chunk)
    })
    child.stderr.on('data', (chunk) => {
      errors += String(chunk)
    })
    child.once('exit', (code) => resolve({ code, output, errors }))
  })
}

describe('a simulated trading morning over real sockets', () => {
  let folder: string
  let journal: string
  let day: Ended

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'garam-day-'))
    journal = join(folder, 'journal')
    day = await garam(
      ...[
        'demo',
        '--no-web',
        '--headless',
        '--json',
        '--for',
        '40s',
        '--speed',
        '60',
        '--seed',
        '7',
        '--journal',
        journal,
      ],
    )
  }, 120_000)

  afterAll(() => rm(folder, { recursive: true, force: true }))

  const result = () => JSON.parse(day.output.trim().split('\n').at(-1) ?? '')

  it('ends with our books equal to the broker account, to the won and the share', () => {
    expect(day.errors).not.toContain('원장이 증권사와 다릅니다')
    expect(result().difference).toEqual({ cash: 0, positions: 0, commission: 0, tax: 0 })
    expect(day.code).toBe(0)
  })

  it('trades: round trips, unfilled orders handled, exits with their reasons', () => {
    const { roundTrips, exits, unfilledHandled } = result()
    expect(roundTrips).toBeGreaterThanOrEqual(10)
    expect(unfilledHandled).toBeGreaterThanOrEqual(5)
    const counted = Object.values(exits as Record<string, number>).reduce((sum, count) => sum + count, 0)
    expect(counted).toBe(roundTrips)
  })

  it('is replayed to the same decisions in another process', async () => {
    const replayed = await garam('replay', journal, '--verify')
    expect(replayed).toMatchObject({ code: 0 })
    expect(replayed.output).toContain(result().decisionHash)
  })

  it('is played again on its own tape: every decision that differs has its cause', async () => {
    const again = await garam('backtest', '--day', journal, '--out', join(folder, 'again'), '--json')
    expect(again).toMatchObject({ code: 0, errors: '' })
    const { decisions, same, different, causes, table } = JSON.parse(again.output)
    expect(decisions.live).toBeGreaterThan(50)
    expect(same).toBeGreaterThan(decisions.live / 10)
    expect(causes.none).toBeUndefined()
    const rows = (await readFile(table, 'utf8')).split('\r\n').slice(1)
    expect(rows).toHaveLength(different)
    for (const row of rows) expect(row).toMatch(/,(held|working|sold|levels|account|refused|answered),/)
  })

  it('fails its replay when one tick was altered, and names the record', async () => {
    const copy = join(folder, 'copy')
    await cp(journal, copy, { recursive: true })
    const lines = (await readFile(join(copy, DAY_FILE), 'utf8')).split('\n')
    const tick = lines.findIndex((line, index) => index > 1_000 && line.includes('"kind":"trade"'))
    const altered = lines.map((line, index) =>
      index === tick ? line.replace('"quantity":', '"quantity":1') : line,
    )
    await writeFile(join(copy, DAY_FILE), altered.join('\n'))
    const replayed = await garam('replay', copy, '--verify')
    expect(replayed.code).toBe(1)
    expect(replayed.errors).toContain(`${tick + 1}`)
  })
})
