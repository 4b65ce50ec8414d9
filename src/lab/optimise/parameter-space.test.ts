import { describe, expect, it } from 'vitest'
import type { ParameterSchema } from '../../trading/strategies/parameters.ts'
import {
  gridOf,
  nothingTurned,
  type ParameterSpace,
  pointAt,
  readSpace,
  sizeOf,
  sizeOfGrid,
  valuesAt,
} from './parameter-space.ts'

const label = { ko: '값', en: 'value' }
const SCHEMA = {
  fast: { kind: 'whole', from: 2, to: 200, default: 12, label },
  band: { kind: 'ratio', from: 0, to: 0.5, default: 0.1, step: 0.05, label },
  shorts: { kind: 'flag', default: false, label },
  average: { kind: 'choice', of: ['ema', 'sma', '2'], default: 'ema', label },
} as const satisfies ParameterSchema

function spaceOf(written: Readonly<Record<string, string>>): ParameterSpace {
  const read = readSpace(SCHEMA, written)
  if (!read.ok) throw new Error(read.error.map(({ en }) => en).join('\n'))
  return read.value
}

const faultOf = (written: Readonly<Record<string, string>>): string => {
  const read = readSpace(SCHEMA, written)
  return read.ok ? '' : read.error.map(({ ko, en }) => `${ko} / ${en}`).join('\n')
}

/** Every value that a grid takes of the only dimension. */
const gridValues = (key: string, text: string) => {
  const space = spaceOf({ [key]: text })
  const [only] = space.dimensions
  return only ? gridOf(only).map((coordinate) => valuesAt(space, [coordinate])[key]) : []
}

describe('a written range', () => {
  it.each([
    ['fast', '5..50:15', [5, 20, 35, 50]],
    ['fast', '5..52:15', [5, 20, 35, 50]],
    ['fast', '20,5,10,5', [5, 10, 20]],
    ['fast', '10..30', [10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30]],
    ['band', '0.1..0.3:0.1', [0.1, 0.2, 0.3]],
    ['band', '1%..3%:1%', [0.01, 0.02, 0.03]],
    ['band', '0.1..0.22', [0.1, 0.15, 0.2, 0.22]],
    ['shorts', '', [false, true]],
    ['shorts', 'true,false', [true, false]],
    ['average', '', ['ema', 'sma', '2']],
    ['average', 'sma,2', ['sma', '2']],
  ])('%s=%s is %j on a grid', (key, text, values) => {
    expect(gridValues(key, text)).toEqual(values)
  })

  it('without a step may take any value between its ends', () => {
    const space = spaceOf({ fast: '5..50', band: '0.1..0.5' })
    expect(space.dimensions).toMatchObject([
      { kind: 'span', from: 5, to: 50, isWhole: true },
      { kind: 'span', from: 0.1, to: 0.5, isWhole: false },
    ])
    expect(sizeOf(space)).toBe(Number.POSITIVE_INFINITY)
    expect(sizeOf(spaceOf({ fast: '5..50', shorts: '' }))).toBe(46 * 2)
  })

  it('that is a name alone is the range of the strategy', () => {
    expect(spaceOf({ fast: '' }).dimensions).toMatchObject([{ from: 2, to: 200, step: 20 }])
  })

  it('of one value is fixed, and keys come in the order of the schema', () => {
    const space = spaceOf({ average: 'sma', band: '0.2', fast: '5,10', shorts: '' })
    expect(space.fixed).toEqual({ band: 0.2, average: 'sma' })
    expect(space.dimensions.map(({ key }) => key)).toEqual(['fast', 'shorts'])
    expect(valuesAt(space, [1, 1])).toEqual({ band: 0.2, average: 'sma', fast: 10, shorts: true })
  })

  it('counts its grid, and its points by number', () => {
    const space = spaceOf({ fast: '5..50:5', shorts: '', average: '' })
    expect(sizeOfGrid(space)).toBe(60)
    const points = Array.from({ length: 60 }, (_, number) => pointAt(space, number).join())
    expect(new Set(points).size).toBe(60)
    expect(pointAt(space, 59)).toEqual([9, 1, 2])
  })

  it.each([
    [{ fast: '1..50:5' }, /fast: 2 이상 200 이하.*from 2 to 200, not 1/],
    [{ fast: '5..500' }, /from 2 to 200, not 500/],
    [{ fast: '5,7.5' }, /whole number from 2 to 200, not 7.5/],
    [{ fast: 'x..9' }, /from 2 to 200, not "x"/],
    [{ fast: '50..5' }, /50 is above 5/],
    [{ fast: '5..50:0' }, /step '0'/],
    [{ fast: '5..50:2.5' }, /step '2.5' has to be a whole number/],
    [{ fast: '5..50:' }, /step ''/],
    [{ band: '0..0.5:0.00001' }, /50001 values, 10000 at most/],
    [{ average: 'ema..sma' }, /list the values: average=ema,sma,2/],
    [{ average: 'emma' }, /one of ema, sma, 2/],
    [{ fats: '5..50' }, /혹시 fast/],
    [{ constructor: '5' }, /unknown parameter constructor/],
  ])('%j is refused with what is allowed', (written, said) => {
    expect(faultOf(written)).toMatch(said)
  })

  it('may turn nothing, and says what could be turned', () => {
    expect(spaceOf({ fast: '10' })).toEqual({ fixed: { fast: 10 }, dimensions: [] })
    expect(nothingTurned(SCHEMA).en).toMatch(/nothing is turned.*fast \(2\.\.200\)/)
  })

  it('tells every fault at once', () => {
    expect(faultOf({ fast: '1..5', band: '9', shorts: 'maybe' }).split('\n')).toHaveLength(3)
  })
})
