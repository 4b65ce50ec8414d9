import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../../std/invariant.ts'
import { CANDLE_BARS } from '../golden/candle-series.ts'
import { expectAgreement } from '../testing/agreement.ts'
import { candlePattern, candlePatterns, createCandlePattern, createCandlePatterns } from './candle-pattern.ts'
import type { CandleBar } from './candle-window.ts'
import { CANDLE_PATTERN_NAMES, CANDLE_PATTERNS, type CandlePatternName } from './patterns.ts'

interface GoldenCandles {
  readonly cases: readonly {
    readonly function: string
    readonly begin: number
    /** Indices with a blank between them, by figure. */
    readonly hits: Readonly<Record<string, string>>
  }[]
}

const GOLDEN = JSON.parse(
  readFileSync(new URL('../golden/candles.json', import.meta.url), 'utf8'),
) as GoldenCandles

const column = (bars: readonly CandleBar[], field: keyof CandleBar) =>
  Float64Array.from(bars, (bar) => bar[field])

const over = (
  name: CandlePatternName,
  bars: readonly CandleBar[],
  penetration?: number,
  out?: Float64Array,
) =>
  candlePattern(
    name,
    column(bars, 'open'),
    column(bars, 'high'),
    column(bars, 'low'),
    column(bars, 'close'),
    out,
    penetration,
  )

/** What the reference gave, as a column. */
function wanted({ begin, hits }: GoldenCandles['cases'][number]): readonly number[] {
  const figures = CANDLE_BARS.map((_, i) => (i < begin ? Number.NaN : 0))
  for (const [figure, indices] of Object.entries(hits))
    for (const i of indices.split(' ')) figures[Number(i)] = Number(figure)
  return figures
}

describe('candlestick patterns', () => {
  it('are the 61 of the reference, each seen at least once in the golden series', () => {
    expect(CANDLE_PATTERN_NAMES.map((name) => name.toUpperCase()).sort()).toEqual(
      GOLDEN.cases.map((it) => it.function).sort(),
    )
    expect(GOLDEN.cases.length).toBe(61)
    expect(GOLDEN.cases.filter((it) => Object.keys(it.hits).length === 0)).toEqual([])
  })

  it.each(CANDLE_PATTERN_NAMES)(
    '%s gives the figures of the reference, in a batch and bar by bar',
    (name) => {
      const golden = GOLDEN.cases.find((it) => it.function === name.toUpperCase())
      const figures = wanted(golden as GoldenCandles['cases'][number])
      expect([...over(name, CANDLE_BARS)]).toEqual(figures)
      const pattern = createCandlePattern(name)
      expect(CANDLE_BARS.map((bar) => pattern.next(bar))).toEqual(figures)
    },
  )

  it('are read together as they are read one by one', () => {
    const some = CANDLE_BARS.slice(0, 1_500)
    const columns = (['open', 'high', 'low', 'close'] as const).map((field) => column(some, field)) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ]
    const together = candlePatterns(CANDLE_PATTERN_NAMES, ...columns)
    const running = createCandlePatterns(CANDLE_PATTERN_NAMES)
    const seen: Record<string, number>[] = some.map((bar) => ({ ...running.next(bar) }))
    for (const name of CANDLE_PATTERN_NAMES) {
      const alone = [...over(name, some)]
      expect([...together[name]]).toEqual(alone)
      expect(seen.map((figures) => figures[name])).toEqual(alone)
    }
  })

  // Ticks of a cent or of one, few sizes: shapes, ties and bars without range are common.
  const bars = fc
    .tuple(
      fc.constantFrom(1, 0.01),
      fc.array(
        fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -9, max: 9 }), fc.nat(5), fc.nat(5)),
        { minLength: 20, maxLength: 60 },
      ),
    )
    .map(([tick, draws]) => {
      let close = 500
      return draws.map(([gap, move, above, below]): CandleBar => {
        const open = close + gap
        close = open + move
        const high = Math.max(open, close) + Math.max(0, above - 2)
        const low = Math.min(open, close) - Math.max(0, below - 2)
        return { open: open * tick, high: high * tick, low: low * tick, close: close * tick }
      })
    })

  it('give the same bits bar by bar as in a batch, whatever was replaced or restored', () => {
    expectAgreement<CandleBar, Readonly<Record<CandlePatternName, number>>>({
      series: bars,
      parameters: fc.constant([]),
      create: () => createCandlePatterns(CANDLE_PATTERN_NAMES),
      batch: (inputs) => Object.fromEntries(CANDLE_PATTERN_NAMES.map((name) => [name, over(name, inputs)])),
      runs: 60,
    })
    for (const [k, name] of CANDLE_PATTERN_NAMES.entries())
      expectAgreement<CandleBar, number>({
        series: bars,
        parameters: fc.constant([]),
        create: () => createCandlePattern(name),
        batch: (inputs) => over(name, inputs),
        runs: 3 + (k % 2),
      })
    expect(CANDLE_PATTERN_NAMES.length).toBe(61)
  })

  it('hang on the bars of their lookback and on nothing before them', () => {
    fc.assert(
      fc.property(bars, fc.constantFrom(...CANDLE_PATTERN_NAMES), (inputs, name) => {
        const { lookback } = CANDLE_PATTERNS[name]
        const whole = over(name, inputs)
        for (let i = lookback; i < inputs.length; i++)
          expect(over(name, inputs.slice(i - lookback, i + 1))[lookback]).toBe(whole[i])
      }),
      { numRuns: 150 },
    )
  })

  it('take a penetration where the reference takes one, and only there', () => {
    const taking = CANDLE_PATTERN_NAMES.filter((name) => 'penetration' in CANDLE_PATTERNS[name])
    expect(taking).toEqual([
      'cdlAbandonedBaby',
      'cdlDarkCloudCover',
      'cdlEveningDojiStar',
      'cdlEveningStar',
      'cdlMatHold',
      'cdlMorningDojiStar',
      'cdlMorningStar',
    ])
    const count = (penetration?: number) =>
      over('cdlEveningStar', CANDLE_BARS, penetration).filter((figure) => Math.abs(figure) > 0).length
    expect(count()).toBe(count(0.3))
    expect(count(0)).toBeGreaterThan(count(0.3))
    expect(count(0.3)).toBeGreaterThan(count(3))
    expect(() => over('cdlDoji', CANDLE_BARS, 0.3)).toThrow(/takes no penetration/)
    for (const penetration of [-0.1, Number.NaN, Infinity]) {
      expect(() => over('cdlMatHold', CANDLE_BARS, penetration)).toThrow(InvariantError)
      expect(() => createCandlePattern('cdlMatHold', penetration)).toThrow(InvariantError)
    }
  })

  it('refuse what they cannot read, and name the price and its index', () => {
    const six = CANDLE_BARS.slice(0, 20)
    for (const field of ['open', 'high', 'low', 'close'] as const) {
      const hole = six.map((bar, i) => (i === 17 ? { ...bar, [field]: Number.NaN } : bar))
      const named = new RegExp(`cdlDoji ${field}: the input at index 17 is not a finite number: NaN`)
      expect(() => over('cdlDoji', hole)).toThrow(named)
      const pattern = createCandlePattern('cdlDoji')
      expect(() => hole.map((bar) => pattern.next(bar))).toThrow(named)
      for (const bar of six.slice(17)) pattern.next(bar)
      expect(pattern.value).toBe(over('cdlDoji', six).at(-1))
    }
    const open = column(six, 'open')
    expect(() => candlePattern('cdlDoji', open, open, open, open.subarray(1))).toThrow(/differ in length/)
    expect(() => over('cdlDoji', six, undefined, new Float64Array(3))).toThrow(/length of out must be 20/)
    expect(() => candlePattern('cdlDoji', open, open, open, open, open)).toThrow(/memory/)
    expect(() => over('cdlNothing' as CandlePatternName, six)).toThrow(/unknown candlestick pattern/)
    expect(() => createCandlePattern('toString' as CandlePatternName)).toThrow(/unknown candlestick pattern/)
    expect(() => createCandlePattern('cdlDoji').replaceLast(six[0] as CandleBar)).toThrow(/nothing came yet/)
  })
})
