import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import type { HighLow } from './bars.ts'
import { expectAgreement, seriesOf } from './testing/agreement.ts'
import { createZigzag, type ZigzagValue, zigzag } from './zigzag.ts'

const N = Number.NaN
const columns = (bars: readonly HighLow[]) =>
  [Float64Array.from(bars, (bar) => bar.high), Float64Array.from(bars, (bar) => bar.low)] as const

const bars = fc
  .array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.nat(12), fc.nat(12)), { maxLength: 80 })
  .map((moves) => {
    let price = 100
    return moves.map(([move, above, below]): HighLow => {
      price = Math.max(20, price + move)
      return { high: price + above, low: price - below }
    })
  })
const ratios = fc.tuple(fc.constantFrom(0.02, 0.05, 0.1, 0.2))

describe('zigzag', () => {
  // By hand, 10 %, bars without range: 100 rises to 120 (over 110: the low of 100 at bar 0 is confirmed at bar 2), falls to
  // 108 (120 less 10 %: the high, 2 bars ago), to 99, and rises to 109 (99 plus 10 % is 108.9: the low, one bar ago).
  it('shows a turning point at the bar that confirms it', () => {
    const price = Float64Array.of(100, 105, 120, 112, 108, 99, 109)
    const found = zigzag(price, price.slice(), 0.1)
    expect([...found.turn]).toEqual([N, N, 100, N, 120, N, 99])
    expect([...found.age]).toEqual([N, N, 2, N, 2, N, 1])
    expect([...found.direction]).toEqual([N, N, 1, 1, -1, -1, 1])
  })

  // By hand, 10 %: bar 1 would confirm both 100s, so it all begins with it; bar 2 stands 10 % above its low of 85, not 10 %
  // below its high of 115.
  it('decides nothing at a first bar that would be both', () => {
    const found = zigzag(Float64Array.of(100, 115, 104, 90), Float64Array.of(100, 85, 103.6, 84), 0.1)
    expect([...found.turn]).toEqual([N, N, 85, 104])
    expect([...found.direction]).toEqual([N, N, 1, -1])
  })

  it('does not turn at a bar that carries the leg further', () => {
    // Up from 100; bar 2 makes a new high of 130 and a low 20 % below it; bar 3 turns.
    const found = zigzag(Float64Array.of(100, 112, 130, 116), Float64Array.of(100, 111, 104, 115), 0.1)
    expect([...found.turn]).toEqual([N, 100, N, 130])
    expect([...found.age]).toEqual([N, 1, N, 1])
  })

  it('gives the same bits one by one as in a batch, whatever was replaced or restored', () => {
    let seen = 0
    expectAgreement<HighLow, ZigzagValue>({
      series: bars,
      parameters: ratios,
      create: (ratio) => createZigzag(ratio as number),
      batch: (inputs, ratio) => {
        seen++
        return zigzag(...columns(inputs), ratio as number)
      },
      runs: 300,
    })
    expect(seen).toBe(seriesOf(300))
  })

  it('never takes anything back, and its turning points alternate by at least the ratio', () => {
    let turnsSeen = 0
    fc.assert(
      fc.property(bars, ratios, (all, [ratio]) => {
        const [high, low] = columns(all)
        const whole = zigzag(high, low, ratio)
        const cut = Math.floor(all.length / 2)
        const half = zigzag(high.subarray(0, cut), low.subarray(0, cut), ratio)
        expect([...half.turn]).toEqual([...whole.turn.subarray(0, cut)])
        expect([...half.direction]).toEqual([...whole.direction.subarray(0, cut)])
        let before: number | undefined
        let beforeAt = -1
        for (let i = 0; i < all.length; i++) {
          const turn = whole.turn[i] as number
          if (Number.isNaN(turn)) continue
          turnsSeen++
          const at = i - (whole.age[i] as number)
          const down = whole.direction[i] === -1
          expect(turn).toBe(down ? high[at] : low[at])
          expect(at).toBeGreaterThan(beforeAt)
          if (before !== undefined)
            expect(down ? turn / before : before / turn).toBeGreaterThan(1 + 0.99 * ratio)
          // No bar of the leg lies beyond the point where it ended.
          for (let k = beforeAt + 1; k <= i; k++)
            if (before !== undefined)
              expect(down ? (high[k] as number) <= turn : (low[k] as number) >= turn).toBe(true)
          before = turn
          beforeAt = at
        }
      }),
      { numRuns: 200 },
    )
    expect(turnsSeen).toBeGreaterThan(200)
  })

  it('refuses what it cannot read', () => {
    const one = Float64Array.of(1, 2, 3)
    for (const ratio of [0, 1, -0.1, N]) {
      expect(() => zigzag(one, one.slice(), ratio)).toThrow(InvariantError)
      expect(() => createZigzag(ratio)).toThrow(InvariantError)
    }
    expect(() => zigzag(one, Float64Array.of(1, 0, 1), 0.1)).toThrow(/price at index 1 is not above 0: 0/)
    expect(() => createZigzag(0.1).next({ high: 1, low: -1 })).toThrow(/index 0 is not above 0: -1/)
    expect(() => zigzag(one, Float64Array.of(1, 2, N), 0.1)).toThrow(/zigzag low: .*index 2 is not a finite/)
    expect(() => zigzag(one, one.subarray(1), 0.1)).toThrow(/differ in length/)
    const out = new Float64Array(3)
    expect(() => zigzag(one, one, 0.1, { turn: out, age: out, direction: out })).toThrow(/memory/)
    expect(() => createZigzag(0.1).replaceLast({ high: 1, low: 1 })).toThrow(/nothing came yet/)
  })
})
