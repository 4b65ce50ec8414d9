import { describe, expect, it } from 'vitest'
import { kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import { NetworkError } from '../../ports/network.ts'
import { createVirtualClock } from '../../std/virtual-clock.ts'
import { createFakeNetwork, failReply, okReply, settle } from './testing/fake-network.ts'
import { createTokens } from './token.ts'

const START = kstInstant(tradingDay('2026-11-20'), timeOfDay('09:00'))
const tokenReply = (token: string, expires: string) =>
  okReply({ token, expires_dt: expires, token_type: 'bearer' })

const setUp = () => {
  const clock = createVirtualClock(START)
  const wall = createVirtualClock(0)
  const network = createFakeNetwork(wall)
  const tokens = createTokens({
    network,
    rest: 'https://api.kiwoom.com',
    appKey: 'key',
    secretKey: 'secret',
    clock,
    wall,
  })
  return { clock, wall, network, tokens }
}

describe('tokens', () => {
  it('issues once for everybody who waits', async () => {
    const { network, tokens } = setUp()
    const all = await Promise.all([tokens.get(), tokens.get(), tokens.get()])
    expect(all).toEqual(Array.from({ length: 3 }, () => ({ ok: true, value: 'TOKEN-1' })))
    expect(network.of('token')).toHaveLength(1)
    expect(network.posts[0]?.body).toEqual({
      grant_type: 'client_credentials',
      appkey: 'key',
      secretkey: 'secret',
    })
  })

  it('reads the expiry as Korean time and renews 600 s before it, without making anyone wait', async () => {
    const { clock, wall, network, tokens } = setUp()
    network.script('token', tokenReply('OLD', '20261120120000'), tokenReply('NEW', '20261121120000'))
    await tokens.get()
    wall.advance(3_600_000)
    clock.advanceTo(kstInstant(tradingDay('2026-11-20'), timeOfDay('11:49:59')))
    expect(await tokens.get()).toEqual({ ok: true, value: 'OLD' })
    expect(network.of('token')).toHaveLength(1)
    clock.advance(1_000)
    expect(await tokens.get()).toEqual({ ok: true, value: 'OLD' })
    await settle()
    expect(await tokens.get()).toEqual({ ok: true, value: 'NEW' })
    expect(network.of('token')).toHaveLength(2)
  })

  it('goes on with the old one when the early renewal fails', async () => {
    const { clock, wall, network, tokens } = setUp()
    network.script('token', tokenReply('OLD', '20261120120000'), failReply(3, '실패[8006:발급 실패]'))
    await tokens.get()
    wall.advance(3_600_000)
    clock.advanceTo(kstInstant(tradingDay('2026-11-20'), timeOfDay('11:55')))
    await tokens.get()
    await settle()
    expect(await tokens.get()).toEqual({ ok: true, value: 'OLD' })
  })

  it('issues again after a refusal, but not for a token that was replaced already', async () => {
    const { wall, network, tokens } = setUp()
    await tokens.get()
    wall.advance(60_000)
    tokens.refuse('TOKEN-1')
    expect(await tokens.get()).toEqual({ ok: true, value: 'TOKEN-2' })
    tokens.refuse('TOKEN-1')
    expect(await tokens.get()).toEqual({ ok: true, value: 'TOKEN-2' })
    expect(network.of('token')).toHaveLength(2)
  })

  it('asks again soon for a token that was refused right after its issue, and ever later while that goes on', async () => {
    const { wall, network, tokens } = setUp()
    await tokens.get()
    for (const [times, retryAfterMs] of [2_000, 4_000, 8_000, 10_000, 10_000, 10_000, 10_000].entries()) {
      tokens.refuse(`TOKEN-${times + 1}`)
      expect(await tokens.get()).toMatchObject({ ok: false, error: { kind: 'throttled', retryAfterMs } })
      expect(network.of('token')).toHaveLength(times + 1)
      wall.advance(retryAfterMs)
      expect(await tokens.get()).toEqual({ ok: true, value: `TOKEN-${times + 2}` })
    }
    wall.advance(120_000)
    tokens.refuse('TOKEN-8')
    await tokens.get()
    tokens.refuse('TOKEN-9')
    expect(await tokens.get()).toMatchObject({ ok: false, error: { retryAfterMs: 2_000 } })
  })

  it('asks again soon when an issue got no usable answer, and ever later while that goes on', async () => {
    const { wall, network, tokens } = setUp()
    const lost = new NetworkError('timeout', true)
    const tooMany = { ...failReply(5, '허용된 요청 개수를 초과하였습니다[1700:요청 개수 초과]'), status: 429 }
    const notMade = failReply(3, '실패[8006:토큰을 생성하지 못했습니다]')
    const odd = okReply({ expires_dt: 'soon' })
    network.script('token', lost, { status: 502, headers: {}, body: '<html/>' }, tooMany, notMade, odd)
    for (const retryAfterMs of [2_000, 4_000, 8_000, 10_000, 10_000]) {
      expect(await tokens.get()).toMatchObject({ ok: false, error: { kind: 'unavailable' } })
      expect(await tokens.get()).toMatchObject({ ok: false, error: { kind: 'throttled', retryAfterMs } })
      wall.advance(retryAfterMs)
    }
    expect(await tokens.get()).toEqual({ ok: true, value: 'TOKEN-1' })
    expect(network.of('token')).toHaveLength(6)
  })

  it('asks at most once a minute about keys that were refused', async () => {
    const { wall, network, tokens } = setUp()
    network.script(
      'token',
      failReply(3, '인증에 실패했습니다[8001:App Key와 Secret Key 검증에 실패했습니다]'),
    )
    await tokens.get()
    wall.advance(59_000)
    expect(await tokens.get()).toMatchObject({ ok: false, error: { kind: 'throttled', retryAfterMs: 1_000 } })
    expect(network.of('token')).toHaveLength(1)
  })

  it('does not wait for a line behind the queries', async () => {
    const { network, tokens } = setUp()
    await tokens.get()
    expect(network.of('token')[0]?.lane).toBe('tokens')
  })

  it('has the next token at once when the server gives out the old one until its end', async () => {
    const { clock, wall, network, tokens } = setUp()
    const end = kstInstant(tradingDay('2026-11-20'), timeOfDay('12:00'))
    network.always('token', () =>
      clock.now() < end + 3_000 ? tokenReply('OLD', '20261120120000') : tokenReply('NEW', '20261121120000'),
    )
    await tokens.get()
    const step = (ms: number) => {
      clock.advance(ms)
      wall.advance(ms)
    }
    step(end - 600_000 - clock.now())
    while (clock.now() < end + 3_000) {
      expect(await tokens.get()).toEqual({ ok: true, value: 'OLD' })
      await settle()
      step(1_000)
    }
    // The server's clock is 3 s late; from here on it refuses the old token.
    const last = await tokens.get()
    if (last.ok && last.value === 'OLD') tokens.refuse('OLD')
    step(4_000)
    expect(await tokens.get()).toEqual({ ok: true, value: 'NEW' })
    expect(network.of('token').length).toBeLessThan(8)
  })

  it('does not count an attempt that never left', async () => {
    const { network, tokens } = setUp()
    network.script('token', new NetworkError('connection refused', false))
    expect(await tokens.get()).toMatchObject({ ok: false, error: { kind: 'unavailable', code: 'network' } })
    expect(await tokens.get()).toEqual({ ok: true, value: 'TOKEN-1' })
  })

  it.each([
    [
      'a bad key',
      failReply(3, '인증에 실패했습니다[8001:App Key와 Secret Key 검증에 실패했습니다]'),
      'rejected',
      '8001',
    ],
    ['a key of the other environment', failReply(3, '실패[8030:투자구분이 달라서]'), 'rejected', '8030'],
    ['maintenance', { status: 503, headers: {}, body: '<html/>' }, 'unavailable', 'http503'],
    ['a reply without a token', okReply({ expires_dt: '20261121090000' }), 'unavailable', 'tokenShape'],
    ['an unreadable expiry', tokenReply('T', 'tomorrow'), 'unavailable', 'tokenShape'],
  ])('answers %s with the right kind of error', async (_, reply, kind, code) => {
    const { network, tokens } = setUp()
    network.script('token', reply)
    expect(await tokens.get()).toMatchObject({ ok: false, error: { kind, code } })
  })
})
