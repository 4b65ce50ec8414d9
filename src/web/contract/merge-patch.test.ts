import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { applyPatch, type Json, patchOf } from './merge-patch.ts'

type Plain = { [key: string]: Json }

const leaf: fc.Arbitrary<Json> = fc.oneof(
  fc.integer(),
  fc.string({ maxLength: 4 }),
  fc.boolean(),
  fc.array(fc.integer(), { maxLength: 3 }),
)
const key = fc.constantFrom('a', 'b', 'c', 'd', '005930', '__proto__x')
const level = (inner: fc.Arbitrary<Json>): fc.Arbitrary<Plain> =>
  fc.dictionary(key, inner, { maxKeys: 5, noNullPrototype: true })
const state: fc.Arbitrary<Plain> = level(fc.oneof(leaf, level(fc.oneof(leaf, level(leaf)))))

describe('a merge patch', () => {
  it.prop([state, state])('turns one state into the other', (before, after) => {
    const patch = patchOf(before, after)
    expect(patch === undefined ? before : applyPatch(before, patch)).toEqual(after)
  })

  it.prop([state])('is not made when nothing differs', (one) => {
    expect(patchOf(one, structuredClone(one))).toBeUndefined()
  })

  it.prop([state, state])('survives its way over a wire', (before, after) => {
    const patch: unknown = JSON.parse(JSON.stringify(patchOf(before, after) ?? {}))
    expect(applyPatch(before, patch)).toEqual(after)
  })

  it('takes away what is gone and leaves alone what stayed', () => {
    const before = { positions: { a: { last: 1 }, b: { last: 2 } }, desk: { cash: 5 } }
    const after = { positions: { a: { last: 3 } }, desk: { cash: 5 } }
    const patch = patchOf(before, after)
    expect(patch).toEqual({ positions: { a: { last: 3 }, b: null } })
    expect(applyPatch(before, patch).desk).toBe(before.desk)
  })

  it('does not reach the prototype of anything', () => {
    const patched = applyPatch({}, JSON.parse('{"__proto__":{"polluted":true}}'))
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    expect({ ...patched }).not.toHaveProperty('polluted')
  })
})
