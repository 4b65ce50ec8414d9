import { describe, expect, it } from 'vitest'
import { roughWon, signed, signedPercent } from './numbers.ts'

describe('a figure', () => {
  it.each([
    [123_450_000, '1.23억', '123.45M'],
    [-1_234_567, '−123만', '−1.23M'],
    [271_114, '27만', '271K'],
    [-9_999, '−9,999', '−9,999'],
  ])('of %d won is, in short, %s and %s', (value, ko, en) => {
    expect([roughWon(value, 'ko'), roughWon(value, 'en')]).toEqual([ko, en])
  })

  it('has its sign before it, and none when it is nothing', () => {
    expect([signed(1_200), signed(-3), signed(0)]).toEqual(['+1,200', '−3', '0'])
    expect([signedPercent(0.03124), signedPercent(-0.000_01)]).toEqual(['+3.12%', '0.00%'])
  })
})
