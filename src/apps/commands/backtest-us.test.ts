import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tradingDay } from '../../model/time.ts'
import { nextUsTradingDay } from '../../model/us-sessions.ts'
import { createRandom } from '../../std/random.ts'
import { runCommandLine } from '../command-line.ts'
import { inFolder, recordingIo } from '../testing/recording-io.ts'

const garam = async (...words: readonly string[]) => {
  const io = recordingIo()
  const code = await runCommandLine(words, io)
  return { code, out: io.outText, err: io.errText }
}

const done = async (...words: readonly string[]) => {
  const { code, err } = await garam(...words)
  if (code !== 0) throw new Error(err)
}

/** Daily bars that wander by cents; after `halvedFrom` bars the price is that of a split into two. */
function wander(symbol: string, seed: number, count: number, splitFrom = count): readonly string[] {
  const random = createRandom(seed)
  let [last, day] = [100, tradingDay('2024-01-02')]
  return Array.from({ length: count }, (_, i) => {
    if (i > 0) day = nextUsTradingDay(day)
    if (i === splitFrom) last /= 2
    const open = last + Math.round((random.next() - 0.5) * 200) / 100
    last = open + Math.round((random.next() - 0.49) * 400) / 100
    const [high, low] = [Math.max(open, last) + 0.5, Math.min(open, last) - 0.5]
    return [symbol, day, ...[open, high, low, last].map((each) => each.toFixed(2)), 1_000_000].join(',')
  })
}

async function catalogOf(folder: string, rows: readonly string[]): Promise<readonly string[]> {
  const at = ['--catalog', join(folder, 'catalog')]
  const file = join(folder, 'bars.csv')
  await writeFile(file, ['symbol,day,open,high,low,close,volume', ...rows, ''].join('\n'))
  const columns = 'symbol=symbol,day=day,open=open,high=high,low=low,close=close,volume=volume'
  const kind = ['--kind', 'bars', '--interval', '1d', '--market', 'US', '--adjusted', 'none']
  await done('data', 'import', file, ...kind, '--columns', columns, ...at)
  return at
}

/** The rate rises by one won a day from 1,300 on 2024-01-01. */
async function addRates(folder: string, at: readonly string[]): Promise<void> {
  const file = join(folder, 'rates.csv')
  const rows = Array.from({ length: 400 }, (_, i) => {
    const day = new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10)
    return `USDKRW,${day},${1_300 + i}`
  })
  await writeFile(file, ['pair,day,close', ...rows, ''].join('\n'))
  const kind = ['--kind', 'fx', '--interval', '1d', '--columns', 'symbol=pair,day=day,close=close']
  await done('data', 'import', file, ...kind, '--bad', 'flag', ...at)
}

const EMA = ['backtest', 'ema-cross', '--data', 'bars/1d/US/none', '-p', 'fast=3', '-p', 'slow=10'] as const

describe('garam backtest on US data', () => {
  it('plays one share in dollars, and tells the result in won', () =>
    inFolder(async (folder) => {
      const at = await catalogOf(folder, wander('AAPL', 3, 240))
      await addRates(folder, at)
      const out = join(folder, 'out')
      const { code, out: said, err } = await garam(...EMA, '--symbols', 'AAPL', ...at, '-o', out)
      expect(err).toBe('')
      expect(code).toBe(0)
      expect(said).toMatch(/0\.50% \+ SEC 수수료/)
      expect(said).toMatch(/AAPL · 2024-01-02 – 2024-12-12 · 1d · \$10,000\.00/)
      expect(said).toMatch(/원화로 본 결과: 13,036,\d{3}원 → /)
      const result = JSON.parse(await readFile(join(out, 'result.json'), 'utf8'))
      expect(result).toMatchObject({ currency: 'USD', venue: 'US', beganWith: 100_000_000 })
      expect(result.won).toMatchObject({
        source: 'fx/1d/FX/none',
        first: { day: '2024-01-02', rate: 1_301 },
        last: { day: '2024-12-12', rate: 1_646 },
      })
      expect(result.roundTrips.length).toBeGreaterThan(5)
      const page = await readFile(join(out, 'report.html'), 'utf8')
      expect(page).toContain('원화로 보면')
      expect(page).toContain('SEC 수수료')
    }))

  it('plays a portfolio over every symbol, against one of them', () =>
    inFolder(async (folder) => {
      const rows = ['AAA', 'BBB', 'CCC', 'DDD'].flatMap((symbol, i) => wander(symbol, i + 1, 200))
      const at = await catalogOf(folder, rows)
      const words = ['-p', 'lookback=20', '-p', 'skip=0', '-p', 'hold=2', '-p', 'every=10', '--cash', '50000']
      const { code, out, err } = await garam(
        'backtest',
        'cross-sectional-momentum',
        '--data',
        'bars/1d/US/none',
        ...words,
        '--benchmark',
        'AAA',
        ...at,
        '-o',
        join(folder, 'out'),
        '--json',
      )
      expect(err).toBe('')
      expect(code).toBe(0)
      const summary = JSON.parse(out)
      expect(summary.trades).toBeGreaterThan(3)
      expect(summary.absurd).toEqual([])
      expect(summary.benchmarkReturn).not.toBeNull()
    }))

  it('refuses a split nobody recorded, and takes it from a table of factors', () =>
    inFolder(async (folder) => {
      const rows = wander('AAPL', 5, 120, 60)
      const at = await catalogOf(folder, rows)
      const play = ['backtest', '--data', 'bars/1d/US/none', '--entry', 'close > 1', ...at] as const
      const before = await garam(...play, '-o', join(folder, 'one'), '--json')
      expect(before.err).toMatch(/garam data splits/)
      expect(before.code).toBe(1)
      const [factors, splits] = [join(folder, 'factors.csv'), join(folder, 'splits.csv')]
      const until = rows[59]?.split(',')[1]
      await writeFile(factors, `symbol,until_day,split_factor\nAAPL,${until},0.5\nAAPL,2050-12-31,1\n`)
      await done('data', 'splits', factors, '-o', splits)
      const map = ['symbol', 'from', 'action', 'into', 'of', 'ratio_numerator', 'ratio_denominator']
      const columns = map.map((name) => `${name}=${name}`).join(',')
      await done('data', 'import', splits, '--kind', 'actions', '--market', 'US', '--columns', columns, ...at)
      const after = await garam(...play, '-o', join(folder, 'two'), '--json')
      expect(after.err).toBe('')
      expect(after.code).toBe(0)
    }))

  it('explains what it cannot do', () =>
    inFolder(async (folder) => {
      const at = [...(await catalogOf(folder, wander('AAPL', 3, 30))), '-o', join(folder, 'out')]
      const won = await garam('backtest', '--data', 'bars/1d/US/none', '--entry', '종가가 5000원 이상', ...at)
      expect(won.err).toMatch(/달러로 쓰세요/)
      const minutes = await garam('backtest', 'ema-cross', '--data', 'bars/5m/US/none', ...at)
      expect(minutes.err).toMatch(/일봉/)
      const fx = await garam('backtest', 'ema-cross', '--data', 'fx/1d/FX/none', ...at)
      expect(fx.err).toMatch(/봉 데이터/)
    }))
})
