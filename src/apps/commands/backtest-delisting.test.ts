import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tradingDay } from '../../model/time.ts'
import { catalogOf, garam, tradingDays } from '../testing/bars-catalog.ts'
import { inFolder } from '../testing/recording-io.ts'

const DAYS = tradingDays(tradingDay('2024-01-02'), 60)
/** The name trades on forty days, the last of which is 2024-02-29. */
const LAST = DAYS[39]
const GONE = DAYS[40]

const flat = (code: string, count: number) =>
  DAYS.slice(0, count).map((day) => `${code},${day},10000,10000,10000,10000,1000000`)

async function addDelisting(folder: string, catalog: string, day: string, amount: string): Promise<void> {
  const file = join(folder, 'delistings.csv')
  await writeFile(file, `symbol,from,action,amount\n000010,${day},delisting,${amount}\n`)
  const columns = 'symbol=symbol,from=from,action=action,amount=amount'
  const words = ['data', 'import', file, '--kind', 'actions', '--market', 'KRX', '--columns', columns]
  const { code, err } = await garam(...words, '--catalog', catalog)
  if (code !== 0) throw new Error(err)
}

const RULES = ['--amount', '1000000', '--max-positions', '2', '--slippage', 'none'] as const

/** Buys at the first chance and never sells: 1,000,000 won of each name. */
async function held(folder: string, catalog: string, ...more: readonly string[]) {
  const out = join(folder, 'out')
  const rule = ['--entry', 'close > 1', '--exit', 'close < 1', ...RULES]
  const { code, out: said, err } = await garam('backtest', ...rule, '--catalog', catalog, '-o', out, ...more)
  const result = JSON.parse(await readFile(join(out, 'result.json'), 'utf8'))
  const page = await readFile(join(out, 'report.html'), 'utf8')
  const certificate = new Map<string, string>(
    result.certificate.map(({ what, value }: { what: string; value: string }) => [what, value]),
  )
  return { code, said, err, result, page, certificate }
}

describe('garam backtest with a name that goes', () => {
  it('says loudly that it ends on a price of long ago while nobody knows what became of the name', () =>
    inFolder(async (folder) => {
      const catalog = await catalogOf(folder, [...flat('000010', 40), ...flat('000020', 60)])
      const { code, said, result, page, certificate } = await held(folder, catalog)
      expect(code).toBe(0)
      // 99 shares of each at 10,000: 990,000 of 9,999,720.
      expect(result.leftOver).toMatchObject([
        { instrument: '000010', value: 990_000, pricedOn: LAST },
        { instrument: '000020', value: 990_000 },
      ])
      expect(result.remarks[0].finding).toMatchObject({ code: 'stalePrices' })
      expect(said).toContain(`가격이 끊긴 종목을 든 채 끝났습니다: 000010 (${LAST} 뒤로 없음)`)
      expect(said).toContain('9.9% of the final equity is prices that old')
      expect(certificate.get('known delistings')).toBe('0')
      expect(page).toContain(`000010 ${LAST} = 9.9%`)
    }))

  it('pays nothing for it once its delisting is recorded, and then has nothing to say of old prices', () =>
    inFolder(async (folder) => {
      const catalog = await catalogOf(folder, [...flat('000010', 40), ...flat('000020', 60)])
      await addDelisting(folder, catalog, GONE ?? '', '')
      const { code, err, result, certificate } = await held(folder, catalog)
      expect([code, err]).toEqual([0, ''])
      // 990,000 and 140 of commission are gone, and 140 for the other.
      expect(result.roundTrips).toMatchObject([
        { instrument: '000010', sellValue: 0, realizedPnl: -990_140, exitReason: '상장폐지 · delisting' },
      ])
      expect(result.endedWith).toBe(10_000_000 - 990_140 - 140)
      expect(result.leftOver).toHaveLength(1)
      expect(JSON.stringify(result.remarks)).not.toContain('stalePrices')
      expect(certificate.get('known delistings')).toBe('1')
    }))

  it('pays it out on a day of its own where it is all that is played, and where the record is a day early', () =>
    inFolder(async (folder) => {
      const catalog = await catalogOf(folder, [...flat('000010', 40), ...flat('000020', 60)])
      await addDelisting(folder, catalog, LAST ?? '', '12000')
      const alone = await held(folder, catalog, '--symbols', '000010')
      expect(alone.result.roundTrips).toMatchObject([{ sellValue: 99 * 12_000, realizedPnl: 197_860 }])
      expect(alone.result.endedWith).toBe(10_197_860)
      expect(alone.certificate.get('known delistings')).toMatch(/traded on: 1/)
      const before = await held(folder, catalog, '--symbols', '000010', '--to', LAST ?? '')
      expect(before.result.roundTrips).toEqual([])
      expect(before.result.endedWith).toBe(9_999_860)
    }))

  it('is measured against a benchmark that loses the name too', () =>
    inFolder(async (folder) => {
      const catalog = await catalogOf(folder, [...flat('000010', 40), ...flat('000020', 60)])
      await addDelisting(folder, catalog, GONE ?? '', '')
      const { out } = await garam(
        'backtest',
        '--entry',
        'close < 1',
        '--catalog',
        catalog,
        '-o',
        folder,
        '--json',
      )
      expect(JSON.parse(out).benchmarkReturn).toBeCloseTo(-0.5, 12)
    }))

  it('gives a sweep the same end', () =>
    inFolder(async (folder) => {
      const catalog = await catalogOf(folder, [...flat('000010', 40), ...flat('000020', 60)])
      await addDelisting(folder, catalog, GONE ?? '', '')
      const file = join(folder, 'hold.ts')
      await writeFile(
        file,
        `
import { defineStrategy } from 'garam/strategy'
export default defineStrategy({
  id: 'hold', title: { ko: '보유', en: 'hold' },
  parameters: { after: { kind: 'whole', from: 1, to: 3, default: 1, label: { ko: '뒤', en: 'after' } } },
  needs: () => ({ warmUpBars: 0 }),
  each: ({ after }) => { let bars = 0; return { onBar: () => ++bars === after ? { want: 'long', reason: { ko: '보유', en: 'hold' } } : undefined } },
})
`,
      )
      const words = ['sweep', file, '-p', 'after=1..2:1', ...RULES]
      const { code, err } = await garam(
        ...words,
        '--catalog',
        catalog,
        '-o',
        join(folder, 'sweep'),
        '--workers',
        '1',
      )
      expect([code, err]).toEqual([0, ''])
      const trials = (await readFile(join(folder, 'sweep', 'trials.jsonl'), 'utf8')).trim().split('\n')
      expect(trials.map((line) => /"endedWith":(\d+)/.exec(line)?.[1])).toEqual(['9009720', '9009720'])
    }))
})
