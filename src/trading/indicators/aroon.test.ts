import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AroonColumns, aroon, aroonOsc, createAroon, createAroonOsc } from './aroon.ts'
import { keepsContract } from './testing/contract.ts'

describe('Aroon', () => {
  describe('up and down', () => {
    keepsContract({
      fields: ['high', 'low'],
      golden: ['oscillators.json', 'AROON'],
      parameters: fc.tuple(fc.integer({ min: 2, max: 30 })),
      refused: [[1], [2.5], [Number.NaN], [100_001]],
      batch: ([high, low], [period], out) =>
        aroon(high as Float64Array, low as Float64Array, period as number, out as AroonColumns),
      create: (period) => createAroon(period as number),
    })
  })

  describe('oscillator', () => {
    keepsContract({
      fields: ['high', 'low'],
      golden: ['oscillators.json', 'AROONOSC'],
      parameters: fc.tuple(fc.integer({ min: 2, max: 30 })),
      refused: [[1], [2.5], [Number.NaN], [100_001]],
      batch: ([high, low], [period], out) =>
        aroonOsc(high as Float64Array, low as Float64Array, period as number, out as Float64Array),
      create: (period) => createAroonOsc(period as number),
    })
  })

  it('takes the latest of equal highs and lows', () => {
    const { up, down } = aroon(Float64Array.of(9, 9, 5, 8), Float64Array.of(4, 5, 4, 5), 2)
    expect([up[2], up[3], down[2], down[3]]).toEqual([50, 0, 100, 50])
    expect([...aroonOsc(Float64Array.of(9, 9, 5, 8), Float64Array.of(4, 5, 4, 5), 2)].slice(2)).toEqual([
      -50, -50,
    ])
  })
})
