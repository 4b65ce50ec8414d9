import { expect, it } from 'vitest'
import { own } from './own.ts'

it('finds what a table has, and nothing that every object has', () => {
  const table = { '1': 'one' }
  expect(own(table, '1')).toBe('one')
  for (const key of ['2', '__proto__', 'constructor', 'toString']) expect(own(table, key)).toBeUndefined()
})
