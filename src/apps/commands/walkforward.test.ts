import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { tradingDay } from '../../model/time.ts'
import { selfArguments } from '../self.ts'
import { catalogOf, garam, tradingDays, wander } from '../testing/bars-catalog.ts'
import { inFolder } from '../testing/recording-io.ts'

/** A catalog with a stock that wanders for so many days. */
const wandering = (folder: string, count: number) =>
  catalogOf(folder, wander('005930', 11, tradingDays(tradingDay('2022-01-03'), count)))

const SET = 'bars/1d/KRX/none'
const values = (fast: number, slow = 15) => ['-p', `fast=${fast}`, '-p', `slow=${slow}`]

describe('the ledger', () => {
  it('keeps every backtest, counts the same one once, and raises what is needed', () =>
    inFolder(async (folder) => {
      const catalog = await wandering(folder, 260)
      const at = ['--catalog', catalog]
      const play = async (...more: readonly string[]) =>
        JSON.parse(
          (await garam('backtest', 'ema-cross', ...more, ...at, '-o', join(folder, 'out'), '--json')).out,
        )
      const first = await play(...values(3))
      expect(first.trialCount).toBe(1)
      expect(await play(...values(3))).toMatchObject({ trialCount: 1, sharpeNeeded: first.sharpeNeeded })
      const second = await play(...values(5))
      expect(second.trialCount).toBe(2)
      expect(second.sharpeNeeded).toBeGreaterThan(first.sharpeNeeded)
      expect(second.deflatedSharpe).toBeLessThan(second.probabilisticSharpe)
      const listed = JSON.parse((await garam('trials', ...at, '--json')).out)
      expect(listed.records).toHaveLength(3)
      expect(listed.records[0]).toMatchObject({
        kind: 'backtest',
        idea: { id: 'ema-cross' },
        window: { set: SET, names: 1, from: '2022-01-03' },
        parameters: { fast: 3, slow: 15 },
      })
      expect((await garam('trials', ...at)).out).toMatch(/ema-cross.*2번/)
      expect(await readFile(join(folder, 'out', 'report.html'), 'utf8')).toMatch(/시도한 횟수/)
    }))

  it('keeps failed and absurd runs, edits of a file, and other numbers of a condition', () =>
    inFolder(async (folder) => {
      const catalog = await wandering(folder, 80)
      const at = ['--catalog', catalog, '-o', join(folder, 'out'), '--json']
      const file = join(folder, 'mine.mjs')
      const write = (what: string) =>
        writeFile(
          file,
          `import { defineStrategy } from 'garam/strategy'
export default defineStrategy({ id: 'mine', title: { ko: '내', en: 'mine' }, parameters: {}, needs: () => ({ warmUpBars: 0 }),
  each: () => { let n = 0; return { onBar: () => { n++; ${what} } } } })`,
        )
      const long = `return { want: 'long', reason: { ko: '', en: '' } }`
      await write(`if (n === 30) throw new Error('far'); ${long}`)
      expect((await garam('backtest', file, ...at)).code).toBe(1)
      await write(`if (n > 5) ${long}`)
      expect(JSON.parse((await garam('backtest', file, ...at)).out).trialCount).toBe(2)
      await garam('backtest', '--entry', 'close > ema(5)', ...at)
      const other = await garam('backtest', '--entry', 'close > ema(6)', ...at)
      expect(JSON.parse(other.out).trialCount).toBe(2)
      const { records } = JSON.parse((await garam('trials', '--catalog', catalog, '--json')).out)
      expect(records.map(({ idea }: { idea: { id: string } }) => idea.id).slice(0, 2)).toEqual([
        'file:mine.mjs',
        'file:mine.mjs',
      ])
      expect(records[0].failed.en).toMatch(/far/)
    }))

  it('takes part in Monte Carlo: the same seed, the same figures', () =>
    inFolder(async (folder) => {
      const catalog = await wandering(folder, 260)
      const play = async (out: string, seed: string) => {
        const more = ['--monte-carlo', '200', '--seed', seed, '--catalog', catalog, '-o', join(folder, out)]
        const { out: said } = await garam('backtest', 'ema-cross', ...values(3), ...more)
        const json = JSON.parse(await readFile(join(folder, out, 'result.json'), 'utf8'))
        return { said, json }
      }
      const [one, two, other] = [await play('a', '1'), await play('b', '1'), await play('c', '2')]
      expect(one.said).toMatch(/몬테카를로/)
      expect(one.json.monteCarlo).toEqual(two.json.monteCarlo)
      expect(one.json.monteCarlo.bootstrap).not.toEqual(other.json.monteCarlo.bootstrap)
      const { p5, p50, p95 } = one.json.monteCarlo.bootstrap.finalEquity
      expect(p5 < p50 && p50 < p95).toBe(true)
      expect(one.json.monteCarlo.delays.netProfit.p50).toBeTypeOf('number')
      expect(await readFile(join(folder, 'a', 'report.html'), 'utf8')).toContain('몬테카를로')
      expect((await garam('backtest', 'ema-cross', '--monte-carlo', '5', '--catalog', catalog)).code).toBe(2)
    }))
})

describe('the sealed hold-out', () => {
  it('is not read, and opens once for what was tried', () =>
    inFolder(async (folder) => {
      const catalog = await wandering(folder, 260)
      const at = ['--catalog', catalog]
      const out = [...at, '-o', join(folder, 'out')]
      const seal = (from: string) => garam('holdout', 'seal', '--data', SET, '--from', from, ...at)
      const none = await garam('backtest', 'ema-cross', ...values(3), '--open-holdout', ...out)
      expect(none).toMatchObject({ code: 1, err: expect.stringMatching(/garam holdout seal/) })
      expect((await seal('2022-10-04')).code).toBe(0)
      expect((await seal('2022-12-01')).err).toMatch(/2022-10-04/)
      const result = async () => JSON.parse(await readFile(join(folder, 'out', 'result.json'), 'utf8'))
      const lastDay = async () => new Date((await result()).equity.at.at(-1)).toISOString().slice(0, 10)
      await garam('backtest', 'ema-cross', ...values(3), ...out)
      expect(await lastDay()).toBe('2022-09-30')
      expect((await result()).certificate.at(-1)).toMatchObject({ what: 'sealed hold-out' })
      expect((await garam('backtest', 'ema-cross', '--from', '2022-11-01', ...out)).err).toMatch(/봉인/)
      // Other values, or other rules, were never tried.
      expect((await garam('backtest', 'ema-cross', ...values(4), '--open-holdout', ...out)).err).toMatch(
        /먼저/,
      )
      const rules = ['--stop-loss', '3%', '--open-holdout']
      expect((await garam('backtest', 'ema-cross', ...values(3), ...rules, ...out)).err).toMatch(/먼저/)
      expect((await garam('backtest', 'ema-cross', ...values(3), '--open-holdout', ...out)).err).toBe('')
      expect((await lastDay()) > '2023-01-01').toBe(true)
      const again = await garam('backtest', 'ema-cross', ...values(3), '--open-holdout', ...out)
      expect(again).toMatchObject({ code: 1, err: expect.stringMatching(/이미 열었습니다/) })
      expect((await garam('trials', ...at)).out).toMatch(/개봉 opened/)
    }))

  it('opens for one of two processes that come at once', () =>
    inFolder(async (folder) => {
      const catalog = await wandering(folder, 120)
      await garam('holdout', 'seal', '--data', SET, '--from', '2022-05-02', '--catalog', catalog)
      const words = ['backtest', 'ema-cross', ...values(3), '--catalog', catalog, '-o']
      await garam(...words, join(folder, 'out'))
      const codes = await Promise.all(
        ['x', 'y'].map((name) =>
          promisify(execFile)(process.execPath, [
            ...selfArguments(),
            ...words,
            join(folder, name),
            '--open-holdout',
          ]).then(
            () => 0,
            (error: { code: number }) => error.code,
          ),
        ),
      )
      expect(codes.toSorted()).toEqual([0, 1])
    }))
})

describe('garam walkforward', () => {
  it('chooses, tests, judges, and writes a page and every trial', () =>
    inFolder(async (folder) => {
      const catalog = await wandering(folder, 420)
      const grid = ['-p', 'fast=3,5', '-p', 'slow=10..20:10', '--train', '200d', '--test', '100d']
      const at = ['--catalog', catalog, '-o', join(folder, 'out')]
      const { code, out } = await garam('walkforward', 'ema-cross', ...grid, ...at, '--json')
      const said = JSON.parse(out)
      expect(code).toBe(said.accepted ? 0 : 1)
      expect(said).toMatchObject({ strategy: 'ema-cross', trialCount: 4 })
      expect(said.rows).toHaveLength(3)
      expect(said.equity.days).toHaveLength(220)
      expect(said.equity.paths[0]).toHaveLength(220)
      expect(said.overfitting).toBeGreaterThanOrEqual(0)
      expect(said.checks).toHaveLength(5)
      const page = await readFile(join(folder, 'out', 'walkforward.html'), 'utf8')
      expect(page).toMatch(/<svg/)
      expect(page).toContain(said.checks[0].ko)
      expect(page).not.toMatch(/NaN|undefined/)
      // A wanderer has no edge.
      expect(said.accepted).toBe(false)
      expect((await garam('walkforward', 'ema-cross', ...grid, ...at)).out).toMatch(/받아들이지 않음/)
      // The four sets and the walk, twice; the same walk again is no other trial, one with other windows is.
      expect(JSON.parse((await garam('trials', '--catalog', catalog, '--json')).out).records).toHaveLength(10)
      const count = async (...more: readonly string[]) =>
        JSON.parse((await garam('walkforward', 'ema-cross', ...grid, ...more, ...at, '--json')).out)
          .trialCount
      expect(await count('--test', '80d')).toBe(5)
      expect(await count('--anchored')).toBe(6)
    }))

  it('takes a strategy file, and a set of values that fails as one that was tried', () =>
    inFolder(async (folder) => {
      const catalog = await wandering(folder, 420)
      const file = join(folder, 'mine.mjs')
      await writeFile(
        file,
        `import { defineStrategy } from 'garam/strategy'
const label = { ko: '길이', en: 'length' }
export default defineStrategy({ id: 'mine', title: { ko: '내', en: 'mine' },
  parameters: { length: { kind: 'whole', from: 2, to: 50, default: 5, label } }, needs: ({ length }) => ({ warmUpBars: length }),
  each: ({ length }) => { let n = 0; return { onBar: () => {
    if (length === 9) throw new Error('nine')
    return { want: n++ % length < length / 2 ? 'long' : 'flat', reason: { ko: '', en: '' } } } } } })`,
      )
      const words = ['-p', 'length=5,7,9', '--train', '200d', '--test', '100d', '--json']
      const at = ['--catalog', catalog, '-o', join(folder, 'out')]
      const said = JSON.parse((await garam('walkforward', file, ...words, ...at)).out)
      expect(said).toMatchObject({ strategy: 'mine', trialCount: 3 })
      expect(said.rows.every(({ chosen }: { chosen: string }) => /^length=[57]$/.test(chosen))).toBe(true)
      const only = await garam('walkforward', file, '-p', 'length=9', ...words.slice(2), ...at)
      expect(only).toMatchObject({ code: 1, err: expect.stringMatching(/nine/) })
    }))

  it('cross-validates, purged and embargoed', () =>
    inFolder(async (folder) => {
      const catalog = await wandering(folder, 300)
      const words = ['-p', 'fast=3,5', '-p', 'slow=10,20', '--folds', '6', '--choose', '2', '--purge', '2']
      const at = ['--catalog', catalog, '-o', join(folder, 'out')]
      const said = JSON.parse((await garam('walkforward', 'ema-cross', ...words, ...at, '--json')).out)
      expect(said.rows).toHaveLength(15)
      expect(said.equity.paths).toHaveLength(5)
      expect(said.paths).toBe(5)
      expect(await readFile(join(folder, 'out', 'walkforward.html'), 'utf8')).toContain('median path')
    }))

  it('explains what it cannot do', () =>
    inFolder(async (folder) => {
      const catalog = await wandering(folder, 60)
      const at = ['--catalog', catalog, '-o', join(folder, 'out')]
      expect((await garam('walkforward')).out).toMatch(/ema-cross/)
      expect((await garam('walkforward', 'ema-cross', ...at)).err).toMatch(/--train/)
      expect((await garam('walkforward', './my.ts', ...at)).err).toMatch(/전략 파일.*읽을 수 없습니다/)
      expect((await garam('walkforward', 'ema-cross', '-p', 'fats=1,2', ...at)).err).toMatch(/혹시 fast/)
      expect((await garam('walkforward', 'ema-cross', '--folds', '20', ...at)).err).toMatch(/--folds/)
      expect((await garam('walkforward', 'ema-cross', '--train', 'soon', ...at)).code).toBe(2)
      expect((await garam('walkforward', 'ema-cross', '-p', 'fast=', ...at)).code).toBe(2)
      const many = ['-p', 'fast=2..120:1', '-p', 'slow=5..120:1']
      expect((await garam('walkforward', 'ema-cross', ...many, ...at)).err).toMatch(/10000개까지/)
    }))
})
