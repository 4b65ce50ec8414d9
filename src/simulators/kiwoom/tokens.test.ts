import { describe, expect, it } from 'vitest'
import { createRandom } from '../../std/random.ts'
import { createVirtualClock } from '../../std/virtual-clock.ts'
import { createTokens, isRefusal } from './tokens.ts'

describe('tokens', () => {
  const keys = [
    { appKey: 'a', secretKey: 's' },
    { appKey: 'm', secretKey: 's', profile: 'mock' },
  ] as const
  const body = { grant_type: 'client_credentials', appkey: 'a', secretkey: 's' }
  const open = () => {
    const wall = createVirtualClock(Date.UTC(2026, 10, 20))
    const tokens = createTokens({ wall, random: createRandom(1), profile: 'real', keys })
    const text = () => {
      const issued = tokens.issue(body)
      if (isRefusal(issued)) throw new Error(issued.text)
      return issued.token ?? ''
    }
    return { wall, tokens, text }
  }

  it('keeps one per key for 24 hours, then makes a new one', () => {
    const { wall, tokens, text } = open()
    const first = text()
    wall.advance(24 * 3_600_000 - 1)
    expect(text()).toBe(first)
    expect(tokens.check(first)).toBe('a')
    wall.advance(1)
    expect(tokens.check(first)).toMatchObject({ returnCode: 3 })
    expect(text()).not.toBe(first)
  })

  it('is opaque, URL-safe and about 86 letters long', () => {
    expect(open().text()).toMatch(/^[A-Za-z0-9_-]{86}$/)
  })

  it('refuses a key of the other environment', () => {
    const refused = open().tokens.issue({ ...body, appkey: 'm' })
    expect(refused).toMatchObject({ text: expect.stringContaining('[8030:') })
  })

  it('revokes only a token of the same key', () => {
    const { tokens, text } = open()
    const token = text()
    expect(tokens.revoke({ ...body, token: 'x' })).toMatchObject({ returnCode: 3 })
    expect(tokens.revoke({ ...body })).toMatchObject({ text: expect.stringContaining('[8016:') })
    expect(tokens.revoke({ ...body, token })).toBeUndefined()
    expect(tokens.check(token)).toMatchObject({ text: expect.stringContaining('[8005:') })
  })
})
