import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HIGH, LOW } from './golden/series.ts'
import { createIchimoku, type IchimokuColumns, ichimoku } from './ichimoku.ts'
import { keepsContract } from './testing/contract.ts'

describe('ichimoku', () => {
  keepsContract({
    fields: ['high', 'low'],
    golden: ['volatility.json', 'MIDPRICE three times'],
    parameters: fc.tuple(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 20 }),
    ),
    refused: [
      [0, 26, 52, 26],
      [9, 0.5, 52, 26],
      [9, 26, Number.NaN, 26],
      [9, 26, 52, 0],
    ],
    batch: ([high, low], [fast, slow, widest, displacement], out) =>
      ichimoku(
        high as Float64Array,
        low as Float64Array,
        fast as number,
        slow as number,
        widest as number,
        displacement as number,
        out as IchimokuColumns,
      ),
    create: (fast, slow, widest, displacement) =>
      createIchimoku(fast as number, slow as number, widest as number, displacement as number),
  })

  it('knows nothing of what comes after: a changed future changes no line', () => {
    const whole = ichimoku(HIGH, LOW, 9, 26, 52, 26)
    for (const at of [60, 100, 138]) {
      const changed = (column: Float64Array) => column.map((price, i) => (i > at ? price * 2 : price))
      const other = ichimoku(changed(HIGH), changed(LOW), 9, 26, 52, 26)
      for (const [line, column] of Object.entries(whole))
        expect(other[line as keyof IchimokuColumns].subarray(0, at + 1), line).toEqual(
          column.subarray(0, at + 1),
        )
    }
  })

  it('stands at bar i in the cloud that was computed so many bars before', () => {
    const { leadingA, leadingB, cloudA, cloudB } = ichimoku(HIGH, LOW, 3, 5, 8, 4)
    expect([...cloudA.subarray(4)]).toEqual([...leadingA.subarray(0, -4)])
    expect([...cloudB.subarray(4)]).toEqual([...leadingB.subarray(0, -4)])
    expect([...cloudA.subarray(0, 4)].every(Number.isNaN)).toBe(true)
  })
})
