import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../../../std/virtual-clock.ts'
import { addressKey, allowList, isLoopback } from './addresses.ts'
import { createBuckets } from './buckets.ts'
import { isExposed, mayListen } from './may-listen.ts'
import { weakness } from './passwords.ts'
import { REFUSALS } from './refusals.ts'
import { newRecoveryCodes, recoveryDigest, stepOf } from './second-factor.ts'
import type { Store, User } from './store.ts'
import { createThrottle, delayAfter, LOCK_MS } from './throttle.ts'

describe('refusals', () => {
  it.each(Object.entries(REFUSALS))('%s is a sentence in both languages', (_, [, ko, en]) => {
    expect(ko).toMatch(/[가-힣]/)
    expect(en).toMatch(/^[A-Z][^가-힣]+$/)
  })
})

describe('addresses', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['::1', true],
    ['[::1]', true],
    ['localhost', true],
    ['::ffff:127.0.0.1', true],
    ['0.0.0.0', false],
    ['::', false],
    ['192.168.0.1', false],
    ['127.evil.example', false],
  ])('%s is of this machine: %s', (address, is) => {
    expect(isLoopback(address)).toBe(is)
  })

  it.each([
    ['192.168.0.1', '192.168.0.1'],
    ['::ffff:192.168.0.1', '192.168.0.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s is counted as %s', (address, key) => {
    expect(addressKey(address)).toBe(key)
  })

  it.each(['', 'home', '192.168.0.0/33', '192.168.0/24', 'fd00::/129', '10.0.0.1-9', '10.0.0.0/'])(
    'the list refuses %j and says how to write it',
    (entry) => {
      const list = allowList([entry])
      expect(list.ok ? '' : list.error.en).toMatch(/192\.168\.0\.0\/24/)
    },
  )
})

describe('the throttle', () => {
  it('makes each attempt wait twice as long and then locks', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99].map(delayAfter)).toEqual([
      0,
      0,
      0,
      0,
      1_000,
      2_000,
      4_000,
      8_000,
      16_000,
      32_000,
      LOCK_MS,
      LOCK_MS,
    ])
  })

  it('does not forget a locked account when a flood of names comes', () => {
    const clock = createVirtualClock(1_000_000)
    const throttle = createThrottle(clock)
    while (throttle.begin(['victim']) < LOCK_MS / 2) clock.advance(10_000)
    for (let name = 0; name < 20_000; name++) throttle.begin([`name-${name}`])
    expect(throttle.begin(['victim'])).toBeGreaterThan(0)
  })
})

describe('buckets', () => {
  it('give so many at once and then so many a second', () => {
    const clock = createVirtualClock(0)
    const buckets = createBuckets(clock)
    const rate = { burst: 3, perSecond: 2 }
    expect([1, 2, 3, 4].map(() => buckets.take('a', rate))).toEqual([0, 0, 0, 500])
    clock.advance(500)
    expect([buckets.take('a', rate), buckets.take('b', rate)]).toEqual([0, 0])
    expect(buckets.take('a', rate)).toBe(500)
  })
})

describe('codes', () => {
  // RFC 6238, appendix B, SHA-1: the last six digits of the eight.
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('at second %i is %s, and good for a step before and after', (second, code) => {
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
    const step = Math.floor(second / 30)
    for (const off of [-30, 0, 30]) expect(stepOf(secret, code, (second + off) * 1000)).toBe(step)
    for (const off of [-60, 60]) expect(stepOf(secret, code, (second + off) * 1000)).toBeUndefined()
  })

  it('for the drawer are ten, different, and read however they are typed', () => {
    let byte = 0
    const codes = newRecoveryCodes((count) =>
      Uint8Array.from({ length: count }, () => (byte = (byte * 73 + 41) % 256)),
    )
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect(code).toMatch(/^([a-z2-90]{4}-){3}[a-z2-90]{4}$/)
    const [code = ''] = codes
    expect(recoveryDigest(code.toUpperCase().replaceAll('-', ' '))).toBe(recoveryDigest(code))
  })
})

describe('a password', () => {
  it.each(['강물은 흐른다 바다로', 'correct horse battery', 'x9!kQ2#vLp', '가나다라마바사아자차'])(
    'that is long and not common is taken: %s',
    (password) => {
      expect(weakness(password, 'jiwoo')).toBeUndefined()
    },
  )
})

describe('where a server may be opened', () => {
  const owner = (extra: Partial<User> = {}): User => ({
    id: 'a',
    name: 'jiwoo',
    role: 'owner',
    createdAt: 0,
    disabled: false,
    recovery: [],
    passkeys: [],
    password: 'hash',
    ...extra,
  })
  const totp = { sealed: '', lastStep: 0 }
  const storeOf = (...users: readonly User[]): Store => ({
    view: () => ({ version: 1, users, sessions: [], tokens: [], links: [] }),
    change: async () => undefined,
    onChange: () => () => undefined,
    close: async () => undefined,
  })
  const bare = storeOf()
  const safe = storeOf(owner({ totp }))

  it.each([
    ['this machine, nobody yet', '127.0.0.1', 'none', false, bare, undefined],
    ['this machine, the demo', '::1', 'none', true, bare, undefined],
    ['outside without TLS', '0.0.0.0', 'none', false, safe, /TLS/],
    ['outside, nobody yet', '0.0.0.0', 'own', false, bare, /owner with a second factor/],
    ['outside, an owner with a password only', '::', 'own', false, storeOf(owner()), /second factor/],
    [
      'outside, a protected viewer',
      '::',
      'own',
      false,
      storeOf(owner(), owner({ role: 'viewer', totp })),
      /second/,
    ],
    [
      'outside, a disabled owner',
      '::',
      'own',
      false,
      storeOf(owner({ totp, disabled: true })),
      /second factor/,
    ],
    ['outside, a protected owner', '0.0.0.0', 'own', false, safe, undefined],
    ['behind a proxy on this machine, nobody yet', '127.0.0.1', 'proxy', false, bare, /second factor/],
    ['behind a proxy, a protected owner', '127.0.0.1', 'proxy', false, safe, undefined],
    ['outside, the demo', '0.0.0.0', 'own', true, safe, /demo/],
    ['behind a proxy, the demo', '127.0.0.1', 'proxy', true, safe, /demo/],
  ] as const)('%s', (_, address, tls, demo, store, refused) => {
    const allowed = mayListen({ address, tls, demo, store })
    if (refused === undefined) expect(allowed).toEqual({ ok: true, value: undefined })
    else expect(allowed.ok ? '' : allowed.error.en).toMatch(refused)
    if (refused) expect(isExposed({ address, tls })).toBe(true)
  })
})
