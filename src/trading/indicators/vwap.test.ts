import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLOSE, HIGH, LOW, VOLUME } from './golden/series.ts'
import { expectAgreement, seriesOf } from './testing/agreement.ts'
import { keepsContract } from './testing/contract.ts'
import { anchoredVwap, createAnchoredVwap, createVwap, type SessionBar, vwap } from './vwap.ts'

const column = (bars: readonly SessionBar[], field: keyof SessionBar) =>
  Float64Array.from(bars, (bar) => bar[field])

const over = (bars: readonly SessionBar[]) =>
  vwap(
    column(bars, 'high'),
    column(bars, 'low'),
    column(bars, 'close'),
    column(bars, 'volume'),
    Int32Array.from(bars, (bar) => bar.session),
  )

describe('session VWAP', () => {
  // By hand: (12 + 9 + 12) / 3 = 11 with 2 shares, 14 with 1: 36 / 3. The next session begins anew and waits for volume.
  it('begins anew with each session and waits for its volume', () => {
    const at = (price: number, volume: number, session: number): SessionBar => ({
      high: price,
      low: price,
      close: price,
      volume,
      session,
    })
    const bars = [
      at(9, 0, 1),
      { high: 12, low: 9, close: 12, volume: 2, session: 1 },
      at(14, 1, 1),
      at(20, 0, 2),
      at(22, 4, 2),
      at(26, 4, 2),
      at(30, 1, 1),
    ]
    expect([...over(bars)]).toEqual([Number.NaN, 11, 12, 12, 22, 24, 30])
  })

  it('gives the same bits one by one as in a batch, whatever was replaced or restored', () => {
    const bars = fc
      .array(fc.tuple(fc.integer({ min: 1, max: 999 }), fc.nat(9), fc.nat(9), fc.nat(3)), { maxLength: 60 })
      .map((draws) => {
        let session = 0
        return draws.map(([price, above, volume, next]): SessionBar => {
          if (next === 0) session++
          return { high: price + above, low: price / 7, close: price, volume, session }
        })
      })
    let seen = 0
    expectAgreement<SessionBar, number>({
      series: bars,
      parameters: fc.constant([]),
      create: createVwap,
      batch: (inputs) => {
        seen++
        return over(inputs)
      },
      runs: 200,
    })
    expect(seen).toBe(seriesOf(200))
  })

  it('is exact on whole prices and volumes, however long the session', () => {
    const length = 20_000
    const price = new Float64Array(length).fill(70_033)
    const volume = Float64Array.from({ length }, (_, i) => (i * 7_919) % 1_000)
    const values = vwap(price, price, price, volume, new Int32Array(length))
    expect(new Set(values.subarray(1))).toEqual(new Set([70_033]))
  })

  it('refuses a bar without a session, another number of sessions and a negative volume', () => {
    expect(() => vwap(HIGH, LOW, CLOSE, VOLUME, new Int32Array(3))).toThrow(
      /one session for each of 140 bars: 3/,
    )
    const bar = { high: 1, low: 1, close: 1, volume: 1, session: Number.NaN }
    expect(() => createVwap().next(bar)).toThrow(/vwap session: the input at index 0 is not a finite number/)
    expect(() => createVwap().next({ ...bar, session: 1, volume: -1 })).toThrow(/negative/)
    expect(() => createVwap().replaceLast({ ...bar, session: 1 })).toThrow(/nothing came yet/)
    const negative = VOLUME.map((volume, i) => (i === 5 ? -volume : volume))
    expect(() => vwap(HIGH, LOW, CLOSE, negative, new Int32Array(140))).toThrow(/index 5 is negative/)
    const hole = CLOSE.map((price, i) => (i === 9 ? Number.NaN : price))
    expect(() => vwap(HIGH, LOW, hole, VOLUME, new Int32Array(140))).toThrow(/index 9 is not a finite/)
  })
})

describe('anchored VWAP', () => {
  keepsContract({
    fields: ['high', 'low', 'close', 'volume'],
    parameters: fc.tuple(fc.nat(40)),
    refused: [[-1], [0.5], [Number.NaN]],
    batch: ([high, low, close, volume], [anchor], out) =>
      anchoredVwap(
        high as Float64Array,
        low as Float64Array,
        close as Float64Array,
        volume as Float64Array,
        anchor as number,
        out as Float64Array,
      ),
    create: (anchor) => createAnchoredVwap(anchor as number),
  })

  it('is a session that begins at the anchor', () => {
    const anchored = anchoredVwap(HIGH, LOW, CLOSE, VOLUME, 30)
    const session = vwap(
      HIGH.subarray(30),
      LOW.subarray(30),
      CLOSE.subarray(30),
      VOLUME.subarray(30),
      new Int32Array(110),
    )
    expect([...anchored.subarray(30)]).toEqual([...session])
    expect([...anchored.subarray(0, 30)].every(Number.isNaN)).toBe(true)
  })

  it('has no value where the anchor lies behind the last bar', () => {
    expect([...anchoredVwap(HIGH, LOW, CLOSE, VOLUME, 999)].every(Number.isNaN)).toBe(true)
  })
})
