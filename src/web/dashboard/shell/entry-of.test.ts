import { describe, expect, it } from 'vitest'
import { entryOf } from './entry-of.ts'

describe('the program of a page', () => {
  it('is named by the page, with its hash', () => {
    expect(entryOf('<head><script type="module" crossorigin src="/assets/index-Ab12_-x.js"></script>')).toBe(
      '/assets/index-Ab12_-x.js',
    )
  })

  it('is unknown for a page that is not ours', () => {
    expect(entryOf('<h1>502 Bad Gateway</h1>')).toBeUndefined()
  })
})
