import { describe, expect, it } from 'vitest'
import type { ParameterSchema } from '../../trading/strategies/parameters.ts'
import { learns, METHODS, type Method, mostTrials, searchBy } from './methods.ts'
import { type ParameterSpace, readSpace, valuesAt } from './parameter-space.ts'
import type { Score } from './search.ts'
import type { ParameterSet } from './trial.ts'

const label = { ko: '값', en: 'value' }
const SCHEMA = {
  fast: { kind: 'whole', from: 1, to: 100, default: 10, label },
  x: { kind: 'number', from: -10, to: 10, default: 0, step: 1, label },
  shorts: { kind: 'flag', default: false, label },
  average: { kind: 'choice', of: ['ema', 'sma', 'wma'], default: 'ema', label },
} as const satisfies ParameterSchema

function spaceOf(written: Readonly<Record<string, string>>): ParameterSpace {
  const read = readSpace(SCHEMA, written)
  if (!read.ok) throw new Error(read.error.map(({ en }) => en).join('\n'))
  return read.value
}

/** A hill with its top at fast 37, x 3, with shorts, by sma. */
const hill = ({ fast = 37, x = 3, shorts = true, average = 'sma' }: ParameterSet): number =>
  -(((Number(fast) - 37) / 20) ** 2) -
  ((Number(x) - 3) / 4) ** 2 -
  (shorts ? 0 : 1) -
  (average === 'sma' ? 0 : 0.5)

interface Played {
  readonly keys: readonly string[]
  readonly scores: readonly Score[]
  readonly best: number
}

function search(
  method: Method,
  space: ParameterSpace,
  trials: number,
  seed = 7,
  worth: (values: ParameterSet) => Score = hill,
): Played {
  const search = searchBy(method, { space, seed, trials })
  const [keys, scores]: [string[], Score[]] = [[], []]
  for (let asked = search.next([]); !asked.done; ) {
    const values = asked.value.map((point) => valuesAt(space, point))
    const told = values.map(worth)
    keys.push(...values.map((each) => JSON.stringify(each)))
    scores.push(...told)
    asked = search.next(told)
  }
  return { keys, scores, best: Math.max(...scores.map((each) => each ?? Number.NEGATIVE_INFINITY)) }
}

const WIDE = spaceOf({ fast: '1..100', x: '-10..10', shorts: '', average: '' })

describe('every method', () => {
  it.each([
    ['grid', spaceOf({ fast: '1..97:4', x: '-9..9:3', shorts: '', average: '' }), 5_000],
    ['random', WIDE, 3_000],
    ['genetic', WIDE, 400],
    ['tpe', WIDE, 250],
  ] as const)('%s finds the top of a hill', (method, space, trials) => {
    for (const seed of [1, 2, 3]) expect(search(method, space, trials, seed).best).toBeGreaterThan(-0.1)
  })

  it.each(METHODS)('%s asks the same for one seed, and nothing twice', (method) => {
    const space = spaceOf({ fast: '1..100:3', x: '', shorts: '' })
    const [one, again] = [search(method, space, 150), search(method, space, 150)]
    expect(again).toEqual(one)
    expect(new Set(one.keys).size).toBe(one.keys.length)
    expect(one.keys).toHaveLength(150)
    if (method !== 'grid') expect(search(method, space, 150, 8).keys).not.toEqual(one.keys)
  })

  it.each(METHODS)('%s ends when a small space is used up', (method) => {
    const space = spaceOf({ fast: '1..6', shorts: '' })
    const { keys } = search(method, space, 1_000)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys).toHaveLength(mostTrials(method, { space, seed: 1, trials: 1_000 }))
    expect(keys).toHaveLength(12)
  })

  it.each(METHODS)('%s goes on where every trial fails', (method) => {
    expect(search(method, WIDE, 120, 1, () => undefined).keys).toHaveLength(120)
  })

  it('that learns needs fewer trials than chance', () => {
    const mean = (method: Method) =>
      [1, 2, 3, 4, 5, 6].reduce((sum, seed) => sum + search(method, WIDE, 150, seed).best, 0) / 6
    const chance = mean('random')
    for (const method of METHODS.filter(learns)) expect(mean(method)).toBeGreaterThan(chance)
  })
})

it('a random search with more trials begins with those of the shorter one', () => {
  const [short, long] = [search('random', WIDE, 100), search('random', WIDE, 200)]
  expect(long.keys.slice(0, 100)).toEqual(short.keys)
})
