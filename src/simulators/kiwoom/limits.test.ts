import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../../std/virtual-clock.ts'
import { createLimiter, LIMITS } from './limits.ts'

describe('request limits', () => {
  const open = (profile: 'real' | 'mock') => {
    const clock = createVirtualClock(0)
    const limiter = createLimiter(clock, LIMITS[profile])
    const passed = (apiId: string, times: number, key = 'k') =>
      Array.from({ length: times }, () => limiter.take(key, apiId)).filter((limit) => limit === undefined)
        .length
    return { clock, passed }
  }

  it('lets one API burst by two and then once a second', () => {
    const { clock, passed } = open('real')
    expect(passed('ka10080', 5)).toBe(2)
    clock.advance(999)
    expect(passed('ka10080', 1)).toBe(0)
    clock.advance(1)
    expect(passed('ka10080', 2)).toBe(1)
    clock.advance(60_000)
    expect(passed('ka10080', 5)).toBe(2)
  })

  it('lets five queries of all APIs through, and five orders beside them', () => {
    const { clock, passed } = open('real')
    const queries = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => passed(id, 1))
    expect(queries).toEqual([1, 1, 1, 1, 1, 0, 0])
    expect(passed('kt10000', 4) + passed('kt10003', 4)).toBe(5)
    clock.advance(200)
    expect(passed('kt10002', 2)).toBe(1)
  })

  it('counts every key by itself', () => {
    const { passed } = open('real')
    expect(passed('a', 3, 'one')).toBe(2)
    expect(passed('a', 3, 'two')).toBe(2)
  })

  it('draws nothing for a refused call', () => {
    const { clock, passed } = open('mock')
    expect(passed('a', 50)).toBe(1)
    clock.advance(1_000)
    expect(passed('b', 3)).toBe(1)
  })
})
