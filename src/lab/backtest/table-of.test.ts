import { describe, expect, it } from 'vitest'
import { instrumentId } from '../../model/ids.ts'
import type { BarColumns } from '../../ports/catalog.ts'
import { tableOf } from './table-of.ts'

type Row = readonly [
  time: number,
  instrument: number,
  open: number,
  high: number,
  low: number,
  close: number,
  volume: number,
]

/** Columns as the catalog reads them by time. */
function columnsOf(...rows: readonly Row[]): BarColumns {
  const times = [...new Set(rows.map(([time]) => time))]
  const column = (at: number) => Float64Array.from(rows, (row) => row[at] as number)
  return {
    rows: rows.length,
    instruments: [instrumentId('000001'), instrumentId('000002')],
    starts: Uint32Array.from([...times.map((time) => rows.findIndex((row) => row[0] === time)), rows.length]),
    times: Float64Array.from(times),
    instrumentIndex: Uint32Array.from(rows, (row) => row[1]),
    openAt: column(0),
    closeAt: Float64Array.from(rows, ([time]) => time + 60),
    open: column(2),
    high: column(3),
    low: column(4),
    close: column(5),
    volume: column(6),
    last: new Float64Array(0),
    value: new Float64Array(0),
    flags: new Uint16Array(rows.length),
    adjustment: { as: 'raw', basis: 'none', applied: [], unadjustable: [] },
  }
}

describe('bars from the catalog', () => {
  it('keep their order, moments and prices', () => {
    const { bars, mended } = tableOf(
      columnsOf([100, 0, 10, 12, 9, 11, 5], [100, 1, 20, 21, 19, 20, 6], [200, 1, 20, 22, 20, 22, 7]),
    )
    expect([...bars.openAt]).toEqual([100, 200])
    expect([...bars.closeAt]).toEqual([160, 260])
    expect([...bars.starts]).toEqual([0, 2, 3])
    expect([...bars.index]).toEqual([0, 1, 1])
    expect([...bars.high]).toEqual([12, 21, 22])
    expect(Object.values(mended).every((count) => count === 0)).toBe(true)
  })

  it('that nobody traded in leave no trace, nor does a moment that had only those', () => {
    const { bars, mended } = tableOf(
      columnsOf([100, 0, 0, 0, 0, 11, 0], [200, 0, 11, 11, 11, 11, 1], [200, 1, 0, 0, 0, 5, 3]),
    )
    expect([...bars.openAt]).toEqual([200])
    expect([...bars.index]).toEqual([0])
    expect(mended).toMatchObject({ untraded: 1, unusable: 1 })
  })

  it('of an adjusted source are rounded, and high and low enclose the rest', () => {
    const { bars, mended } = tableOf(columnsOf([100, 0, 10.4, 10.2, 9.6, 9.5, 3]))
    expect([bars.open[0], bars.high[0], bars.low[0], bars.close[0]]).toEqual([10, 10, 10, 10])
    expect(mended).toMatchObject({ rounded: 1, enclosed: 0 })
    const second = tableOf(columnsOf([100, 0, 12, 11, 10, 10, 3]))
    expect([second.bars.high[0], second.mended.enclosed]).toEqual([12, 1])
  })

  it('without a volume fill whatever is ordered, and are counted', () => {
    const { bars, mended } = tableOf(columnsOf([100, 0, 10, 10, 10, 10, Number.NaN]))
    expect(bars.volume[0]).toBeGreaterThan(1e9)
    expect(mended.unmeasured).toBe(1)
  })
})
