import { describe, expect, it } from 'vitest'
import { loadNumbers, saveNumbers } from './saved.ts'

describe('saved numbers', () => {
  it('survive JSON to the last bit, NaN as null', () => {
    const numbers = Float64Array.of(0.1 + 0.2, Number.NaN, -1e-300, 63_550)
    const saved = JSON.parse(JSON.stringify(saveNumbers(numbers)))
    expect(saved[1]).toBeNull()
    const loaded = new Float64Array(4)
    loadNumbers('ema', loaded, saved)
    expect(loaded).toEqual(numbers)
  })

  it.each([[[1, 2, 3]], [[]], [7], [null], [undefined]])('refuse %j for two numbers', (saved) => {
    expect(() => loadNumbers('ema', new Float64Array(2), saved)).toThrow(
      /^ema: 저장된 상태.* other parameters$/,
    )
  })
})
