import { expect, it } from 'vitest'
import { csvLine } from './csv.ts'

it('a line of CSV quotes commas, quotes and line ends, and nothing else', () => {
  expect(csvLine(['a', 'b,c', 'say "x"', 'two\nlines', 5, undefined, ''])).toBe(
    'a,"b,c","say ""x""","two\nlines",5,,',
  )
})
