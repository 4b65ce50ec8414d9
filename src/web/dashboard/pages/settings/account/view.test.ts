import { describe, expect, it } from 'vitest'
import { auditWords, codesFile, isAlarming, seenText, tokenState, userState } from './view.ts'

const DAY_MS = 86_400_000

describe('what an account shows', () => {
  it.each([
    [8 * DAY_MS, 'good'],
    [7 * DAY_MS, 'good'],
    [7 * DAY_MS - 1, 'soon'],
    [1, 'soon'],
    [0, 'expired'],
    [-1, 'expired'],
  ])('calls a token that ends in %i ms %s', (left, state) => {
    expect(tokenState({ expiresAt: 1_000 + left }, 1_000)).toBe(state)
  })

  it.each([
    [{ disabled: false, active: true }, 'active'],
    [{ disabled: false, active: false }, 'invited'],
    [{ disabled: true, active: true }, 'disabled'],
    [{ disabled: true, active: false }, 'disabled'],
  ])('calls %o %s', (user, state) => {
    expect(userState(user)).toBe(state)
  })

  it('shows a moment in Korean time to the minute, and none for what has not been', () => {
    expect(seenText(Date.UTC(2026, 10, 20, 0, 5, 59))).toBe('2026-11-20 09:05')
    expect(seenText(0)).toBe('—')
  })

  it('writes recovery codes one a line, with whose they are', () => {
    expect(codesFile(['a-b', 'c-d'], 'jiwoo', 'localhost:8787').split('\n').slice(1)).toEqual([
      'jiwoo @ localhost:8787',
      '',
      'a-b',
      'c-d',
      '',
    ])
  })
})

describe('the audit log in words', () => {
  it('shows what it has no words for as it is written', () => {
    expect(auditWords('something-new')).toEqual({ ko: 'something-new', en: 'something-new' })
  })

  it('points at wrong guesses and attacks, and not at ordinary days', () => {
    expect(['sign-in-failed', 'refused', 'locked-out'].every((what) => isAlarming({ what }))).toBe(true)
    expect(['sign-in', 'command', 'token-made'].some((what) => isAlarming({ what }))).toBe(false)
  })
})
