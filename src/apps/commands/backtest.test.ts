import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tradingDay } from '../../model/time.ts'
import { catalogOf, garam, tradingDays, wander } from '../testing/bars-catalog.ts'
import { inFolder } from '../testing/recording-io.ts'

const days = (count: number) => tradingDays(tradingDay('2024-01-02'), count)

describe('garam backtest', () => {
  it('plays one stock, writes page, result and trades, and gives the same again', () =>
    inFolder(async (folder) => {
      const catalog = await catalogOf(folder, wander('005930', 3, days(240)))
      const play = (out: string) =>
        garam(
          'backtest',
          'ema-cross',
          '--symbols',
          '005930',
          '-p',
          'fast=3',
          '-p',
          'slow=10',
          '--catalog',
          catalog,
          '-o',
          join(folder, out),
          '--pdf',
          '--json',
        )
      const first = await play('one')
      expect(first.err).toBe('')
      expect(first.code).toBe(0)
      const summary = JSON.parse(first.out)
      expect(summary.trades).toBeGreaterThan(5)
      expect(summary.absurd).toEqual([])
      const result = JSON.parse(await readFile(join(folder, 'one', 'result.json'), 'utf8'))
      expect(result.roundTrips).toHaveLength(summary.trades)
      // Cash at the end is what came in less what went out: no won is lost on the way.
      const moved = result.roundTrips.reduce(
        (sum: number, trip: { realizedPnl: number }) => sum + trip.realizedPnl,
        0,
      )
      const held = result.leftOver.reduce(
        (sum: number, { value, cost }: { value: number; cost: number }) => sum + value - cost,
        0,
      )
      const openFees = result.endedWith - 10_000_000 - moved - held
      expect(openFees).toBeLessThanOrEqual(0)
      expect(openFees).toBeGreaterThan(-2_000)
      const page = await readFile(join(folder, 'one', 'report.html'), 'utf8')
      expect(page).toContain('EMA 교차')
      const pdf = await readFile(join(folder, 'one', 'report.pdf'), 'latin1')
      expect(pdf.slice(0, 5)).toBe('%PDF-')
      const csv = await readFile(join(folder, 'one', 'trades.csv'), 'utf8')
      expect(csv.trimEnd().split('\r\n')).toHaveLength(summary.trades + 1)
      expect(JSON.parse((await play('two')).out).decisionHash).toBe(summary.decisionHash)
    }))

  it('plays a portfolio over every symbol of the set', () =>
    inFolder(async (folder) => {
      const codes = ['000010', '000020', '000030', '000040']
      const catalog = await catalogOf(
        folder,
        codes.flatMap((code, i) => wander(code, i + 1, days(200))),
      )
      const words = ['-p', 'lookback=20', '-p', 'skip=0', '-p', 'hold=2', '-p', 'every=10']
      const { code, out, err } = await garam(
        'backtest',
        'cross-sectional-momentum',
        ...words,
        '--catalog',
        catalog,
        '-o',
        join(folder, 'out'),
        '--json',
      )
      expect(err).toBe('')
      expect(code).toBe(0)
      expect(JSON.parse(out).trades).toBeGreaterThan(3)
    }))

  it('refuses a result that was held over a split nobody recorded, and says what to do', () =>
    inFolder(async (folder) => {
      const rows = wander('005930', 5, days(120)).map((row, i) => {
        const [code, day, ...numbers] = row.split(',')
        return i < 60
          ? row
          : [
              code,
              day,
              ...numbers.map((each, n) => (n === 4 ? each : String(Math.round(Number(each) / 5)))),
            ].join(',')
      })
      const catalog = await catalogOf(folder, rows)
      const at = ['--catalog', catalog, '-o', join(folder, 'out'), '--json']
      const { code, err } = await garam('backtest', '--entry', 'close > 1', ...at)
      expect(err).toMatch(/권리 변동/)
      expect(code).toBe(1)
    }))

  it('plays a written condition, and points at what is wrong in one', () =>
    inFolder(async (folder) => {
      const catalog = await catalogOf(folder, wander('005930', 3, days(120)))
      const at = ['--catalog', catalog, '-o', join(folder, 'out'), '--json']
      const played = await garam(
        'backtest',
        '--entry',
        '종가가 지수이동평균(5) 초과',
        '--exit',
        'rsi(5) > 70',
        ...at,
      )
      expect(played.err).toBe('')
      expect(JSON.parse(played.out).trades).toBeGreaterThan(2)
      const wrong = await garam('backtest', '--entry', 'close > emma(5)', ...at)
      expect(wrong.code).toBe(1)
      expect(wrong.err).toMatch(/close > emma\(5\)\n {2} {8}\^\^\^\^/)
      expect((await garam('backtest', 'ema-cross', '--entry', 'close > 1', ...at)).err).toMatch(/--entry/)
    }))

  it('tells whether the declared warm-up is enough, of a strategy of ours and of a file', () =>
    inFolder(async (folder) => {
      const catalog = await catalogOf(folder, wander('005930', 3, days(500)))
      const at = ['--check-recursion', '--catalog', catalog, '-o', join(folder, 'out'), '--json']
      const ours = await garam('backtest', 'ema-cross', '-p', 'fast=3', '-p', 'slow=10', ...at)
      expect(ours.err).toMatch(/1× 50봉을 먼저 보면: 의견 \d+개 중 0개가 다름/)
      expect(ours.err).toMatch(/50봉이면 충분합니다.*is enough/)
      expect(ours.code).toBe(0)
      const file = join(folder, 'late.mjs')
      await writeFile(
        file,
        `import { createEma } from 'garam/indicators'
import { defineStrategy } from 'garam/strategy'
const reason = { ko: '', en: '' }
export default defineStrategy({
  id: 'late', title: { ko: '늦음', en: 'late' }, parameters: {}, needs: () => ({ warmUpBars: 20 }),
  each: () => {
    const average = createEma(200)
    return { onBar: ({ close }) => (close > average.next(close) ? { want: 'long', reason } : { want: 'flat', reason }) }
  },
})`,
      )
      const theirs = await garam('backtest', file, ...at)
      expect(theirs.err).toMatch(/20봉은 짧습니다/)
      expect(theirs.err).toMatch(/too short.*it wants 'flat' after 20 bars, 'long' after all of them/)
      expect(JSON.parse(theirs.out).recursion).toMatchObject({
        warmUpBars: 20,
        tried: [{ bars: 20 }, {}, {}, {}, {}],
      })
      expect(theirs.code).toBe(1)
    }))

  it('explains what it cannot do', () =>
    inFolder(async (folder) => {
      const catalog = await catalogOf(folder, wander('005930', 3, days(30)))
      const at = ['--catalog', catalog, '-o', join(folder, 'out')]
      expect((await garam('backtest', 'ema-crss', ...at)).err).toMatch(/혹시 ema-cross/)
      expect((await garam('backtest', 'ema-cross', '-p', 'fats=3', ...at)).err).toMatch(/혹시 fast/)
      expect((await garam('backtest', 'opening-range', ...at)).err).toMatch(/5m 봉이 필요/)
      expect((await garam('backtest', 'ema-cross', '--symbols', '000660', ...at)).err).toMatch(
        /거래된 봉이 없습니다/,
      )
      expect((await garam('backtest', 'ema-cross', '--from', '2010-01-01', ...at)).err).toMatch(/2015-01-01/)
      expect((await garam('backtest', 'ema-cross', '--data', 'bars/1m/KRX/none', ...at)).code).toBe(1)
      expect((await garam('backtest', 'ema-cross', '--order', 'later', ...at)).code).toBe(2)
      expect((await garam('backtest')).out).toMatch(/volatility-breakout/)
    }))
})
