import { describe, expect, it } from 'vitest'
import type { ParameterSchema } from '../../trading/strategies/parameters.ts'
import { setsOf } from './grid-search.ts'
import { readSpace } from './parameter-space.ts'

const label = { ko: '값', en: 'value' }
const SCHEMA = {
  a: { kind: 'whole', from: 1, to: 9, default: 1, label },
  b: { kind: 'whole', from: 1, to: 9, default: 1, label },
  slow: { kind: 'flag', default: false, label },
} as const satisfies ParameterSchema

const sets = (written: Readonly<Record<string, string>>) => {
  const read = readSpace(SCHEMA, written)
  return read.ok ? setsOf(read.value) : read.error
}

describe('the sets of a grid', () => {
  it('are every combination, the last parameter turning fastest, with what is fixed', () => {
    expect(sets({ a: '1,2', b: '3..4:1', slow: 'true' })).toEqual([
      { a: 1, b: 3, slow: true },
      { a: 1, b: 4, slow: true },
      { a: 2, b: 3, slow: true },
      { a: 2, b: 4, slow: true },
    ])
  })

  it('are one where nothing is turned', () => {
    expect(sets({})).toEqual([{}])
    expect(sets({ a: '5' })).toEqual([{ a: 5 }])
  })
})
