import { spawn } from 'node:child_process'
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tradingDay } from '../../model/time.ts'
import { selfArguments } from '../self.ts'
import { wallClock } from '../system.ts'
import { catalogOf, garam, tradingDays, trialsIn, wander } from '../testing/bars-catalog.ts'
import { inFolder, openFolder } from '../testing/recording-io.ts'

const DAYS = tradingDays(tradingDay('2024-01-02'), 160)

let catalog = ''
let shared: Awaited<ReturnType<typeof openFolder>>
beforeAll(async () => {
  shared = await openFolder()
  catalog = await catalogOf(shared.folder, wander('005930', 3, DAYS))
})
afterAll(() => shared.remove())

const sweep = (out: string, ...words: readonly string[]) =>
  garam('sweep', ...words, '--catalog', catalog, '-o', out, '--json')

const wordsOf = (text: string): readonly string[] => text.split(' ')
const EMA = wordsOf('ema-cross -p fast=2..5:1 -p slow=6..18:6')
const RESULTS = ['sweep.html', 'trials.csv'] as const

/** A strategy that buys on the bar `days`, and does this when it is asked for `days`. */
const mine = (what: string) => `
import { defineStrategy } from 'garam/strategy'
let runs = 0
export default defineStrategy({
  id: 'mine',
  title: { ko: '내 전략', en: 'mine' },
  parameters: { days: { kind: 'whole', from: 1, to: 50, default: 3, label: { ko: '일수', en: 'days' } } },
  needs: () => ({ warmUpBars: 0 }),
  each: ({ days }) => {
    let bars = 0
    const run = ++runs
    return {
      onBar: () => {
        bars++
        ${what}
        return bars % days === 0 ? { want: bars % (2 * days) === 0 ? 'flat' : 'long', reason: { ko: '', en: '' } } : undefined
      },
    }
  },
})
`

describe('garam sweep', () => {
  it('gives the same on one thread and on two, and its winner again by the ordinary backtest', () =>
    inFolder(async (folder) => {
      const [one, two] = [join(folder, 'one'), join(folder, 'two')]
      const first = await sweep(one, ...EMA, '--workers', '1')
      expect(first.code).toBe(0)
      const second = await sweep(two, ...EMA, '--workers', '2')
      expect(second.code).toBe(0)
      expect(await trialsIn(two)).toEqual(await trialsIn(one))
      for (const name of RESULTS)
        expect(await readFile(join(two, name), 'utf8')).toBe(await readFile(join(one, name), 'utf8'))
      const summary = JSON.parse(first.out)
      expect(summary).toMatchObject({ trials: 12, failed: 0, isRepeated: true })
      const { fast, slow } = summary.winner.parameters
      const values = ['-p', `fast=${fast}`, '-p', `slow=${slow}`]
      const out = ['--catalog', catalog, '-o', join(folder, 'play'), '--json']
      const played = JSON.parse((await garam('backtest', 'ema-cross', ...values, ...out)).out)
      expect(played.decisionHash).toBe(summary.winner.decisionHash)
      expect(played.sharpe).toBeCloseTo(summary.winner.score, 9)
      const csv = (await readFile(join(one, 'trials.csv'), 'utf8')).trimEnd().split('\r\n')
      expect(csv).toHaveLength(13)
      const page = await readFile(join(one, 'sweep.html'), 'utf8')
      expect(page.match(/<th>샤프 지수/g)).toHaveLength(1)
      expect(page).not.toContain('<th>샤프 <small>')
      expect(page).toContain('디플레이티드 샤프')
      expect(page.match(/<g class="cell"><rect x/g)).toHaveLength(12)
      expect(page).not.toMatch(/<script|https?:/)
    }))

  it.each(['random', 'genetic', 'tpe'])('by %s does not depend on the number of threads', (method) =>
    inFolder(async (folder) => {
      const words = wordsOf(`ema-cross -p fast=2..10 -p slow=5..25 --trials 34 --method ${method}`)
      const [one, two] = [join(folder, 'one'), join(folder, 'two')]
      expect((await sweep(one, ...words, '--workers', '1')).code).toBe(0)
      expect((await sweep(two, ...words, '--workers', '2')).code).toBe(0)
      const lines = await trialsIn(one)
      expect(lines).toHaveLength(34)
      expect(await trialsIn(two)).toEqual(lines)
    }),
  )

  it('killed and started again is as if it never was, and plays nothing twice', () =>
    inFolder(async (folder) => {
      const [whole, cut] = [join(folder, 'whole'), join(folder, 'cut')]
      const words = wordsOf('ema-cross -p fast=2..20 -p slow=5..30 --trials 48 --method tpe')
      expect((await sweep(whole, ...words)).code).toBe(0)
      const file = join(cut, 'trials.jsonl')
      const child = spawn(
        process.execPath,
        [...selfArguments(), 'sweep', ...words, '--catalog', catalog, '-o', cut, '--workers', '1'],
        { stdio: 'ignore' },
      )
      const ended = new Promise<string | null>((resolve) => child.on('exit', (_, by) => resolve(by)))
      await waitFor(async () => (await readFile(file, 'utf8').catch(() => '')).split('\n').length > 26)
      child.kill('SIGKILL')
      expect(await ended).toBe('SIGKILL')
      const before = (await readFile(file, 'utf8')).split('\n').slice(0, -1)
      expect(before.length).toBeLessThan(48)
      await appendFile(file, '{"trial":47,"parameters":{"fa')
      const again = await sweep(cut, ...words, '--workers', '2')
      expect(again.code).toBe(0)
      expect(again.err).toMatch(new RegExp(`${before.length}개는 이미 있어`))
      expect(await trialsIn(cut)).toEqual(await trialsIn(whole))
      for (const name of RESULTS)
        expect(await readFile(join(cut, name), 'utf8')).toBe(await readFile(join(whole, name), 'utf8'))
    }))

  it('ends cleanly at Ctrl-C and says how to go on', () =>
    inFolder(async (out) => {
      const words = wordsOf('ema-cross -p fast=2..40 -p slow=5..80 --trials 2000 --method random')
      const child = spawn(
        process.execPath,
        [...selfArguments(), 'sweep', ...words, '--catalog', catalog, '-o', out, '--workers', '1'],
        { stdio: ['ignore', 'ignore', 'pipe'] },
      )
      let said = ''
      child.stderr.on('data', (text: Buffer) => {
        said += text.toString()
      })
      const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
      await waitFor(async () =>
        /trial/.test(await readFile(join(out, 'trials.jsonl'), 'utf8').catch(() => '')),
      )
      child.kill('SIGINT')
      expect(await ended).toBe(1)
      expect(said).toMatch(/같은 명령을 다시 실행하면 이어서/)
      expect((await readFile(join(out, 'trials.jsonl'), 'utf8')).endsWith('\n')).toBe(true)
    }))

  it('is in the ledger trial by trial, once, and never sees sealed days', () =>
    inFolder(async (folder) => {
      const own = ['--catalog', await catalogOf(folder, wander('005930', 3, DAYS))]
      const sealed = DAYS[120] as string
      const set = ['--data', 'bars/1d/KRX/none']
      expect((await garam('holdout', 'seal', ...set, '--from', sealed, ...own)).code).toBe(0)
      expect((await garam('backtest', 'ema-cross', ...own, '-o', join(folder, 'before'))).code).toBe(0)
      const tried = async () => {
        const words = ['sweep', ...EMA, ...own, '-o', join(folder, 'out'), '--json']
        return JSON.parse((await garam(...words)).out).tried
      }
      // The backtest of before is a trial of the idea too; what the folder holds is not counted again.
      expect([await tried(), await tried()]).toEqual([13, 13])
      const ledger = JSON.parse((await garam('trials', '--json', ...own)).out)
      const sweeps = ledger.records.filter((record: { kind?: string }) => record.kind === 'sweep')
      expect(sweeps).toHaveLength(12)
      for (const { window } of sweeps) expect(window.to < sealed).toBe(true)
      expect(await readFile(join(folder, 'out', 'sweep.html'), 'utf8')).toContain(`${sealed}부터 읽지 않음`)
    }))

  it('refuses a folder of another sweep, and a damaged line', () =>
    inFolder(async (out) => {
      expect((await sweep(out, ...EMA)).code).toBe(0)
      const other = await sweep(out, ...wordsOf('ema-cross -p fast=2..4:2 -p slow=6..18:6 --cash 5000000'))
      expect(other.code).toBe(1)
      expect(other.err).toMatch(/다른 것: space, cash/)
      // What is wanted of a grid may change: nothing is played for it.
      const ranked = await sweep(out, ...EMA, '--objective', 'return')
      expect(ranked).toMatchObject({ code: 0, err: expect.stringContaining('12개는 이미') })
      await appendFile(join(out, 'trials.jsonl'), '{}\n')
      expect((await sweep(out, ...EMA)).err).toMatch(/13번째 줄이 손상/)
    }))

  it('plays a strategy file; a loop without end or a death is a failed trial, and the rest goes on', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'mine.ts')
      await writeFile(
        file,
        mine(`if (days === 3 && bars === 5) for (;;);
        if (days === 5) process.exit(3)
        if (days === 7) throw new RangeError('seven')`),
      )
      const out = join(folder, 'out')
      const { code, out: text } = await sweep(
        out,
        file,
        '-p',
        'days=2..9:1',
        '--workers',
        '2',
        '--patience',
        '2s',
      )
      expect(code).toBe(0)
      expect(JSON.parse(text)).toMatchObject({ strategy: 'mine', trials: 8, failed: 3, isRepeated: true })
      const lines = await trialsIn(out)
      const failed = lines.map((line) => JSON.parse(line)).filter((each) => each.failed)
      expect(failed.map(({ parameters, failed }) => [parameters.days, failed.en])).toEqual([
        [3, expect.stringMatching(/did not come back for 2 s/)],
        [5, expect.stringMatching(/exit 3/)],
        [7, expect.stringMatching(/RangeError: seven/)],
      ])
    }))

  it('is loud when the winner cannot be repeated', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'mine.ts')
      // It remembers how often it was run, and waits as long.
      await writeFile(file, mine('if (bars < 20 + 3 * run) return undefined'))
      const { code, out, err } = await sweep(join(folder, 'out'), file, '-p', 'days=2..9:1', '--workers', '1')
      expect(code).toBe(1)
      expect(JSON.parse(out).isRepeated).toBe(false)
      expect(err).toMatch(/1위를 보통의 백테스트로 다시 돌리니 다른 결과/)
    }))

  it('explains what it cannot do', () =>
    inFolder(async (folder) => {
      const out = join(folder, 'out')
      expect((await sweep(out, 'ema-cross', '-p', 'fast=1..9:2')).err).toMatch(/2 이상 200 이하/)
      expect((await sweep(out, 'ema-cross')).err).toMatch(/바꿔 볼 값이 없습니다.*fast \(2\.\.200\)/)
      expect((await sweep(out, 'ema-crss', '-p', 'fast')).err).toMatch(/혹시 ema-cross/)
      const wide = await sweep(out, 'ema-cross', '-p', 'fast=2..200:1', '-p', 'slow=3..500:1')
      expect(wide.err).toMatch(/격자의 점이 99102개/)
      expect((await sweep(out, './none.ts', '-p', 'x')).err).toMatch(/전략 파일/)
      expect((await sweep(out, 'ema-cross', '-p', 'fast=')).code).toBe(2)
      expect((await sweep(out, 'ema-cross', '-p', 'fast', '--workers', '0')).code).toBe(2)
      const file = join(folder, 'bad.ts')
      await writeFile(file, 'export const x = 1')
      expect((await sweep(out, file, '-p', 'x')).err).toMatch(/export default defineStrategy/)
      const wrong = await sweep(out, 'opening-range', '-p', 'minutes')
      expect(wrong.code).toBe(1)
    }))
})

async function waitFor(holds: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 2_000; i++) {
    if (await holds()) return
    await new Promise<void>((resolve) => wallClock.after(20, resolve))
  }
  throw new Error('it never came')
}
