import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { instrumentId } from '../../../model/ids.ts'
import { price, quantity } from '../../../model/money.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../../model/time.ts'
import type { BarTarget, IncomingBar } from '../../../ports/catalog.ts'
import { openCatalog } from '../catalog.ts'
import { DAILY, dailyCsv, inCatalog } from '../testing/test-catalog.ts'

const bar = (day: string, close: number, volume = 10): IncomingBar => ({
  instrument: instrumentId('005930'),
  bar: {
    openAt: kstInstant(tradingDay(day), timeOfDay('09:00')),
    closeAt: kstInstant(tradingDay(day), timeOfDay('15:30')),
    open: price(close),
    high: price(close),
    low: price(close),
    close: price(close),
    volume: quantity(volume),
  },
})

async function* from(...bars: readonly IncomingBar[]): AsyncIterable<IncomingBar> {
  for (const each of bars) yield each
}

const TARGET: BarTarget = { set: DAILY, currency: 'KRW', source: 'kiwoom ka10081' }
const clock = { now: () => 1_700_000_000_000 }

describe('bars from a stream', () => {
  it('lie beside those of a file, with their own origin', () =>
    inCatalog(async (catalog) => {
      await catalog.bring(dailyCsv('005930,2024-01-03,5,5,5,5,10'))
      const open = await openCatalog(catalog.folder, clock)
      const record = await open.importBars(
        TARGET,
        from({ ...bar('2024-01-04', 6), last: 7, value: 60 }, bar('2024-01-03', 5)),
      )
      expect(record).toMatchObject({ id: 2, source: 'kiwoom ka10081', rows: 1, importedAt: clock.now() })
      const bars = await open.readBars({
        set: DAILY,
        prices: { as: 'raw' },
        order: 'symbol',
        also: ['last', 'value'],
      })
      expect([...bars.close]).toEqual([5, 6])
      expect([...bars.last]).toEqual([Number.NaN, 7])
      expect([...bars.value]).toEqual([Number.NaN, 60])
      expect(await open.list()).toMatchObject([
        { name: DAILY, rows: 2, symbols: 1, from: '2024-01-03', to: '2024-01-04' },
      ])
      open.close()
    }))

  it('are refused when one has other values than the stored one, and replace it when told to', () =>
    inCatalog(async (catalog) => {
      const open = await openCatalog(catalog.folder, clock)
      await open.importBars(TARGET, from(bar('2024-01-03', 5)))
      const again = from(bar('2024-01-03', 6), bar('2024-01-04', 6))
      await expect(open.importBars(TARGET, again)).rejects.toMatchObject({ code: 'badRows', row: 1 })
      const read = async () => [
        ...(await open.readBars({ set: DAILY, prices: { as: 'raw' }, order: 'symbol' })).close,
      ]
      expect(await read()).toEqual([5])
      await open.importBars({ ...TARGET, replace: true }, from(bar('2024-01-03', 6), bar('2024-01-04', 6)))
      expect(await read()).toEqual([6, 6])
      open.close()
    }))

  it('leave nothing when the stream breaks', () =>
    inCatalog(async (catalog) => {
      const open = await openCatalog(catalog.folder, clock)
      async function* broken(): AsyncIterable<IncomingBar> {
        yield bar('2024-01-03', 5)
        throw new Error('the broker went away')
      }
      await expect(open.importBars(TARGET, broken())).rejects.toThrow('the broker went away')
      expect(await open.list()).toEqual([])
      expect(await readdir(join(catalog.folder, '.work'))).toEqual(['lock.duckdb'])
      open.close()
    }))

  it('are of one writer at a time', () =>
    inCatalog(async (catalog) => {
      const open = await openCatalog(catalog.folder, clock)
      let second: Promise<unknown> = Promise.resolve()
      async function* nested(): AsyncIterable<IncomingBar> {
        second = open.importBars(TARGET, from(bar('2024-01-04', 5))).catch((error: unknown) => error)
        yield bar('2024-01-03', 5)
        await second
      }
      await open.importBars(TARGET, nested())
      expect(await second).toMatchObject({ code: 'locked' })
      await open.importBars(TARGET, from(bar('2024-01-04', 5)))
      open.close()
    }))
})
