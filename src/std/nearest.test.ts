import { describe, expect, it } from 'vitest'
import { distance, nearest } from './nearest.ts'

describe('nearest word', () => {
  it.each([
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
    ['abc', 'abc', 0],
    // Hangul letter by letter: ㄹㅑㅇ becomes ㄷㅐㄱㅡㅁ.
    ['거래량', '거래대금', 5],
    ['stpo', 'stop', 1],
  ])('counts from %s to %s %i letters', (from, to, steps) => {
    expect(distance(from, to)).toBe(steps)
    expect(distance(to, from)).toBe(steps)
  })

  it('finds the likeliest and stays silent when nothing is like it', () => {
    expect(nearest('stop_los_pct', ['take_profit_pct', 'stop_loss_pct'])).toBe('stop_loss_pct')
    expect(nearest('zebra', ['from', 'to'])).toBeUndefined()
    expect(nearest('x', [])).toBeUndefined()
  })
})
