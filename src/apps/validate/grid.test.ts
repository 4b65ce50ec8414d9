import { describe, expect, it } from 'vitest'
import { gridParameter, setsOf } from './grid.ts'

describe('a grid of values', () => {
  it.each([
    ['fast=5,10,20', { fast: [5, 10, 20] }],
    ['fast=5..20:5', { fast: [5, 10, 15, 20] }],
    ['fast=2..5', { fast: [2, 3, 4, 5] }],
    ['fast=5..19:5,30', { fast: [5, 10, 15, 30] }],
    ['ratio=0.1..0.3:0.1', { ratio: [0.1, 0.2, 0.3] }],
    ['ratio=1%..3%:1%', { ratio: [0.01, 0.02, 0.03] }],
    ['x=-2..2:2', { x: [-2, 0, 2] }],
    ['on=true,false', { on: [true, false] }],
    ['mode=weekly', { mode: ['weekly'] }],
    ['fast=5,5', { fast: [5] }],
  ])('%s', (text, grid) => {
    expect(gridParameter(text, {})).toEqual(grid)
  })

  it.each(['fast', '=3', 'fast=', 'fast=9..3', 'fast=1..9:0'])('refuses %s', (text) => {
    expect(() => gridParameter(text, {})).toThrow(/[가-힣].*written/)
  })

  it('makes every combination, and not too many', () => {
    const grid = gridParameter('b=3,4', gridParameter('a=1,2', {}))
    expect(setsOf(grid)).toEqual([
      { a: 1, b: 3 },
      { a: 1, b: 4 },
      { a: 2, b: 3 },
      { a: 2, b: 4 },
    ])
    expect(setsOf({})).toEqual([{}])
    expect(() => setsOf(gridParameter('b=1..1000', gridParameter('a=1..11', {})))).toThrow(/11000/)
  })
})
