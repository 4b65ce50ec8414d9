import { describe, expect, it } from 'vitest'
import { tokenOf } from './entry.ts'

describe('the token of a one-time link', () => {
  it.each([
    ['/enter/abc_DEF-123', 'abc_DEF-123'],
    ['/enter/abc/', 'abc'],
    ['/enter/', undefined],
    ['/enter/a/b', undefined],
    ['/orders/enter', undefined],
    ['/', undefined],
  ])('of %s is %s', (pathname, token) => {
    expect(tokenOf(pathname)).toBe(token)
  })
})
