import { describe, expect, it } from 'vitest'
import { PASSWORD_MIN as SERVERS_MIN, userAddSchema } from '../../src/web/contract/session.ts'
import { isName, PASSWORD_MIN, passwordHints } from '../../src/web/dashboard/parts/password-rules.ts'
import { weakness } from '../../src/web/server/security/passwords.ts'

describe('the hints of a new account', () => {
  it.each(['지우', 'jiwoo', 'a', '', '.jiwoo', 'ji woo', 'ji_woo-2.x', 'x'.repeat(32), 'x'.repeat(33), '가'])(
    'take %o for a name exactly when the server does',
    (name) => {
      expect(isName(name)).toBe(userAddSchema.safeParse({ name, role: 'viewer' }).success)
    },
  )

  it.each([
    ['느린 강물 위의 종이배', 'jiwoo', true],
    ['짧은 말', 'jiwoo', false],
    ['Jiwoo 강물 위의 종이배', 'jiwoo', false],
    ['지우와 강물 위의 종이배', '지우', false],
  ])('find %o of %s good (%s) as the server does', (password, name, isGood) => {
    const { isLong, isWithoutName } = passwordHints(password, name)
    expect(isLong && isWithoutName).toBe(isGood)
    expect(weakness(password, name) === undefined).toBe(isGood)
  })

  it('count as many characters as the server', () => {
    expect(PASSWORD_MIN).toBe(SERVERS_MIN)
  })

  it('do not call an empty password free of the name', () => {
    expect(passwordHints('', 'jiwoo')).toEqual({ isLong: false, isWithoutName: false })
  })
})
