import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefusal } from '../tokens.ts'
import { pageOf } from './paging.ts'

/** Follows the cursor to the end; `between` may change the list before each further page. */
function follow(rows: () => number[], size: number, newestFirst: boolean, between = () => {}): number[] {
  const seen: number[] = []
  for (let cursor = '', page = 0; page < 100; page++) {
    const made = pageOf({ rows: rows(), size, newestFirst }, 'ka {}', cursor)
    if (isRefusal(made)) throw new Error(made.text)
    seen.push(...made.rows)
    if (made.nextKey === '') return seen
    expect(made.nextKey.length).toBeLessThanOrEqual(50)
    cursor = made.nextKey
    between()
  }
  throw new Error('the pages never end')
}

describe('pages', () => {
  test.prop([fc.array(fc.integer(), { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), fc.boolean()])(
    'cover every row once and in order',
    (rows, size, newestFirst) => {
      expect(follow(() => rows, size, newestFirst)).toEqual(rows)
    },
  )

  it('shows no row twice and loses none when new ones come in front', () => {
    const rows = [5, 4, 3, 2, 1]
    let next = 6
    expect(
      follow(
        () => rows,
        2,
        true,
        () => rows.unshift(next++),
      ),
    ).toEqual([5, 4, 3, 2, 1])
  })

  it('refuses a cursor of another request', () => {
    const first = pageOf({ rows: [1, 2, 3], size: 2, newestFirst: false }, 'one', '')
    if (isRefusal(first)) throw new Error(first.text)
    const stranger = pageOf({ rows: [1, 2, 3], size: 2, newestFirst: false }, 'two', first.nextKey)
    expect(isRefusal(stranger)).toBe(true)
  })
})
