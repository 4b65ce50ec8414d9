import { expect, it } from 'vitest'
import { csvLine, disarmed } from './csv.ts'

it('a line of CSV quotes commas, quotes and line ends, and nothing else', () => {
  expect(csvLine(['a', 'b,c', 'say "x"', 'two\nlines', 5, undefined, ''])).toBe(
    'a,"b,c","say ""x""","two\nlines",5,,',
  )
})

it.each(['=1', '+1', '-1', '@a', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠a'])(
  '%j is disarmed',
  (text) => {
    expect(disarmed(text)).toBe(`'${text}`)
  },
)

it.each([-1, '1', 'a=1', '', undefined, '−1'])('%j is left as it is', (value) => {
  expect(disarmed(value)).toBe(value)
})
