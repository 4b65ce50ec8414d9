import { expect, it } from 'vitest'
import { moneyWords } from './money-words.ts'

it.each([
  ['KRW', -1_234_567, '-1,234,567원', '-1,234,567 won'],
  ['USD', 12_345_678, '$1,234.5678', '$1,234.5678'],
  ['USD', 12_345_600, '$1,234.56', '$1,234.56'],
  ['USD', -100, '-$0.01', '-$0.01'],
  ['USD', 1, '$0.0001', '$0.0001'],
  ['USD', 0, '$0.00', '$0.00'],
  ['USD', 99.6, '$0.01', '$0.01'],
] as const)('an amount of %s, %d, is written %s · %s', (currency, value, ko, en) => {
  expect(moneyWords(currency, value)).toEqual({ ko, en })
})
