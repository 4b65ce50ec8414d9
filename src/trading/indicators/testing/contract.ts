import fc from 'fast-check'
import { expect, it } from 'vitest'
import { InvariantError } from '../../../std/invariant.ts'
import { BARS, CLOSE, HIGH, LOW, VOLUME } from '../golden/series.ts'
import type { Indicator } from '../indicator.ts'
import { expectAgreement, type Output, seriesOf } from './agreement.ts'
import { expectGolden, goldenCases } from './golden.ts'

type Columns = readonly Float64Array[]
type Result = Float64Array | Readonly<Record<string, Float64Array>>
type Field = 'high' | 'low' | 'close' | 'volume'

/** An indicator as the laws below see it. `In` is a number where the only field is the close, else an object of the fields. */
export interface Contract<In, Out extends Output> {
  readonly fields: readonly Field[]
  /** The file and the functions of the golden figures; nothing where the reference library has no such function. */
  readonly golden?: readonly [file: string, name: string]
  /** Random parameters, small enough that a series of 90 gets warm. */
  readonly parameters: fc.Arbitrary<readonly number[]>
  /** Parameters that both forms refuse. */
  readonly refused: readonly (readonly number[])[]
  readonly batch: (columns: Columns, parameters: readonly number[], out?: Result) => Result
  readonly create: (...parameters: readonly number[]) => Indicator<In, Out>
  readonly runs?: number
}

const GOLDEN: Readonly<Record<Field, Float64Array>> = { high: HIGH, low: LOW, close: CLOSE, volume: VOLUME }

/** What every indicator promises: the reference's figures, one result in both forms, and loud errors. */
export function keepsContract<In, Out extends Output>(law: Contract<In, Out>): void {
  const { fields, golden, parameters, refused, batch, create, runs = 150 } = law
  const some = fc.sample(parameters, { numRuns: 1, seed: 1 })[0] as readonly number[]
  const goldenColumns = fields.map((field) => GOLDEN[field])
  const inputOf = (bar: Readonly<Record<Field, number>>): In =>
    (fields.length === 1 ? bar.close : Object.fromEntries(fields.map((field) => [field, bar[field]]))) as In
  const columnsOf = (inputs: readonly In[]): Columns =>
    fields.map((field) =>
      Float64Array.from(inputs, (input) =>
        typeof input === 'number' ? input : ((input as Record<Field, number>)[field] as number),
      ),
    )

  if (golden !== undefined)
    it(`gives the figures of ${golden[1]}`, () => {
      for (const one of goldenCases(...golden))
        expectGolden(byName(batch(goldenColumns, one.parameters)), one)
    })

  it('gives the same bits one by one as in a batch, whatever was replaced or restored', () => {
    let seriesSeen = 0
    expectAgreement<In, Out>({
      series: walks.map((bars) => bars.map(inputOf)),
      parameters,
      create,
      batch: (inputs, ...chosen) => {
        seriesSeen++
        return batch(columnsOf(inputs), chosen)
      },
      runs,
    })
    expect(seriesSeen).toBe(seriesOf(runs))
  })

  it('gives the same bits over a series so long that its sums begin afresh', () => {
    const inputs = longWalk(9_000).map(inputOf)
    const whole = byName(batch(columnsOf(inputs), some))
    const indicator = create(...some)
    const wrong = inputs.flatMap((input, i) => {
      const got = indicator.next(input)
      const values: Readonly<Record<string, number>> = typeof got === 'number' ? { value: got } : got
      const differing = Object.entries(whole).filter(([name, column]) => !Object.is(values[name], column[i]))
      return differing.map(([name, column]) => ({ i, name, got: values[name], batch: column[i] }))
    })
    expect(wrong.slice(0, 3)).toEqual([])
    expect(Object.values(whole).every((column) => Number.isFinite(column.at(-1)))).toBe(true)
  })

  it.each(refused.map((it) => [it]))('refuses the parameters %j', (chosen) => {
    expect(() => batch(goldenColumns, chosen)).toThrow(InvariantError)
    expect(() => create(...chosen)).toThrow(InvariantError)
  })

  const holes = fields.flatMap((field) =>
    [Number.NaN, Infinity, -Infinity].map((value) => ({ field, value })),
  )
  it.each(holes)('names the index of a $value in $field', ({ field, value }) => {
    for (const at of [0, 3, 77, BARS.length - 1]) {
      const named = new RegExp(`index ${at} is not a finite number: ${value}`)
      const broken = fields.map((it) => GOLDEN[it].map((x, i) => (it === field && i === at ? value : x)))
      expect(() => batch(broken, some)).toThrow(named)
      const short = broken.map((column) => column.subarray(0, at + 1))
      expect(() => batch(short, some)).toThrow(named)
      const indicator = create(...some)
      for (const bar of BARS.slice(0, at)) indicator.next(inputOf(bar))
      const hole = inputOf({ ...(BARS[at] as (typeof BARS)[number]), [field]: value })
      expect(() => indicator.next(hole)).toThrow(named)
      // The refused input left no trace.
      for (const bar of BARS.slice(at)) indicator.next(inputOf(bar))
      const last = Object.entries(byName(batch(goldenColumns, some))).map(([name, c]) => [name, c.at(-1)])
      expect(valuesOf(indicator.value)).toEqual(Object.fromEntries(last))
    }
  })

  it('names a bad value that has long left every window', () => {
    const whole = columnsOf(longWalk(5_000).map(inputOf))
    for (const [i] of fields.entries()) {
      const broken = whole.map((column, j) =>
        i === j ? column.map((x, at) => (at === 100 ? Infinity : x)) : column,
      )
      expect(() => batch(broken, some)).toThrow(/index 100 is not a finite number: Infinity/)
    }
  })

  it('fills and gives back the arrays it is handed, and refuses those that do not fit', () => {
    const fresh = batch(goldenColumns, some)
    const outOf = (make: (name: string) => Float64Array): Result =>
      fresh instanceof Float64Array
        ? make('value')
        : Object.fromEntries(Object.keys(fresh).map((name) => [name, make(name)]))
    const own = outOf(() => new Float64Array(BARS.length).fill(7))
    const given = byName(batch(goldenColumns, some, own))
    for (const [name, column] of Object.entries(byName(own))) expect(given[name]).toBe(column)
    expect(given).toEqual(byName(fresh))
    expect(() =>
      batch(
        goldenColumns,
        some,
        outOf(() => new Float64Array(BARS.length - 1)),
      ),
    ).toThrow(/길이/)
    for (const column of goldenColumns)
      expect(() =>
        batch(
          goldenColumns,
          some,
          outOf(() => column.subarray()),
        ),
      ).toThrow(/메모리/)
    if (fresh instanceof Float64Array) return
    const one = new Float64Array(BARS.length)
    expect(() =>
      batch(
        goldenColumns,
        some,
        outOf(() => one),
      ),
    ).toThrow(/메모리/)
  })

  if (fields.length > 1)
    it('refuses columns of different length', () => {
      const uneven = goldenColumns.map((column, i) => (i === 1 ? column.subarray(1) : column))
      expect(() => batch(uneven, some)).toThrow(/differ in length/)
    })

  it('takes series that never get warm, and an empty one', () => {
    for (const length of [0, 1, 2])
      for (const column of Object.values(
        byName(
          batch(
            goldenColumns.map((it) => it.subarray(0, length)),
            some,
          ),
        ),
      ))
        expect(column.length).toBe(length)
  })

  it('shows and replaces its last value after a restore as it would have before', () => {
    for (const at of [0, 1, 40, 95, 110, 130]) {
      const kept = create(...some)
      for (const bar of BARS.slice(0, at)) kept.next(inputOf(bar))
      const restored = create(...some)
      // What is thrown away by the restore.
      for (const bar of BARS.slice(60, 65)) restored.next(inputOf(bar))
      restored.restore(JSON.parse(JSON.stringify(kept.snapshot())))
      expect(valuesOf(restored.value)).toEqual(valuesOf(kept.value))
      if (at > 0)
        for (const bar of [BARS[at + 3], BARS[at]] as (typeof BARS)[number][]) {
          const wanted = valuesOf(kept.replaceLast(inputOf(bar)))
          expect(valuesOf(restored.replaceLast(inputOf(bar)))).toEqual(wanted)
        }
      for (const bar of BARS.slice(at)) {
        const wanted = valuesOf(kept.next(inputOf(bar)))
        expect(valuesOf(restored.next(inputOf(bar)))).toEqual(wanted)
      }
    }
  })

  it('has nothing to replace and no value before the first input', () => {
    const indicator = create(...some)
    expect(() => indicator.replaceLast(inputOf(BARS[0] as (typeof BARS)[number]))).toThrow(/nothing came yet/)
    expect(Object.values(valuesOf(indicator.value)).every(Number.isNaN)).toBe(true)
  })
}

const byName = (result: Result): Readonly<Record<string, Float64Array>> =>
  result instanceof Float64Array ? { value: result } : result

const valuesOf = (output: Output): Readonly<Record<string, number>> =>
  typeof output === 'number' ? { value: output } : { ...output }

/** Bars in ticks or in cents, with ties, bars without range, stretches where nothing moves and bars without volume. */
const walks = fc
  .tuple(
    fc.constantFrom(1, 0.01, 0.1),
    fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.nat(4), fc.nat(4), fc.nat(3), fc.nat(9)), {
      maxLength: 90,
    }),
  )
  .map(([unit, moves]) => {
    let close = 500
    return moves.map(([move, above, below, still, volume]) => {
      const open = close
      if (still !== 0) close += move
      return {
        high: (Math.max(open, close) + (still === 3 ? 0 : above)) * unit,
        low: (Math.min(open, close) - (still === 3 ? 0 : below)) * unit,
        close: close * unit,
        volume: still === 2 ? 0 : volume * 17,
      }
    })
  })

function longWalk(length: number): readonly Readonly<Record<Field, number>>[] {
  let state = 12_345
  const draw = (below: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
  let close = 5_000
  return Array.from({ length }, () => {
    close = Math.max(100, close + draw(61) - 30)
    return {
      high: (close + draw(20)) / 7,
      low: (close - draw(20)) / 7,
      close: close / 7,
      volume: draw(100_000),
    }
  })
}
