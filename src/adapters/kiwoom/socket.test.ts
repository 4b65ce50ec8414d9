import { describe, expect, it } from 'vitest'
import { kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import { ok } from '../../std/result.ts'
import { createVirtualClock } from '../../std/virtual-clock.ts'
import { createSession } from './socket.ts'
import { createFakeNetwork, failReply, politeServer, settle } from './testing/fake-network.ts'
import { createTokens } from './token.ts'

const START = kstInstant(tradingDay('2026-11-20'), timeOfDay('09:00'))

const setUp = () => {
  const clock = createVirtualClock(START)
  const wall = createVirtualClock(0)
  const network = createFakeNetwork(wall)
  const log: string[] = []
  const tokens = createTokens({
    network,
    rest: 'http://127.0.0.1:1',
    appKey: 'k',
    secretKey: 's',
    clock,
    wall,
  })
  const session = createSession({
    network,
    url: 'ws://127.0.0.1:2/api/dostk/websocket',
    tokens,
    clock,
    wall,
    handlers: {
      onFrame: (frame) => frame.toString().startsWith('fast'),
      onReal: () => log.push('real'),
      onLogin: async () => {
        log.push('login')
        return ok(undefined)
      },
      onLive: (again) => log.push(again ? 'live again' : 'live'),
      onDown: (detail, urgent) => log.push(`${urgent ? 'urgent ' : ''}down: ${detail}`),
      onQuiet: () => log.push('quiet'),
      onOdd: (what) => log.push(`odd: ${what}`),
    },
  })
  const names = () => network.line.sent.map((frame) => frame.trnm)
  return { clock, wall, network, session, log, names }
}

const started = async () => {
  const parts = setUp()
  const start = parts.session.start()
  await settle()
  expect(await start).toEqual(ok(undefined))
  return parts
}

describe('the session', () => {
  it('logs in, lists the conditions, registers, and is live', async () => {
    const { network, session, log, names } = await started()
    expect(names()).toEqual(['LOGIN', 'CNSRLST'])
    expect(network.line.sent[0]).toEqual({ trnm: 'LOGIN', token: 'TOKEN-1' })
    expect(network.line.url).toBe('ws://127.0.0.1:2/api/dostk/websocket')
    expect(log).toEqual(['login', 'live'])
    expect(session.state).toBe('live')
  })

  it('echoes a ping byte for byte, also before the login is answered', async () => {
    const { network, session } = setUp()
    network.onFrame = () => undefined
    void session.start()
    await settle()
    network.line.say('{"trnm":"PING",  "extra":"1"}')
    expect(network.line.texts.at(-1)).toBe('{"trnm":"PING",  "extra":"1"}')
  })

  it('says that a line is quiet after 25 s, once, until it is heard again', async () => {
    const { wall, network, session, log } = await started()
    wall.advance(24_999)
    expect(session.quiet).toBe(false)
    wall.advance(20_000)
    expect(session.quiet).toBe(true)
    network.line.say({ trnm: 'PING' })
    expect(session.quiet).toBe(false)
    expect(session.state).toBe('live')
    expect(log.slice(2)).toEqual(['quiet'])
  })

  it('drops a line that is silent for 60 s and comes back', async () => {
    const { wall, network, session, log } = await started()
    const first = network.line
    wall.advance(50_000)
    first.say('{"trnm":"PING"}')
    wall.advance(59_999)
    expect(session.state).toBe('live')
    wall.advance(1)
    expect(first.terminated).toBe(true)
    expect(log.at(-1)).toMatch(/^down: 60초/)
    wall.advance(1_000)
    await settle()
    expect(network.lines).toHaveLength(2)
    expect(log.slice(-2)).toEqual(['login', 'live again'])
  })

  it('backs off 1, 2, 4 … 60 s while it cannot get through', async () => {
    const { wall, network } = await started()
    network.autoOpen = false
    network.line.close()
    const waits: number[] = []
    for (let i = 0; i < 9; i++) {
      const count = network.lines.length
      const from = wall.now()
      while (network.lines.length === count) {
        wall.advance(1_000)
        await settle(1)
      }
      waits.push((wall.now() - from) / 1_000)
      network.line.close()
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60])
  })

  it('begins the back-off anew after a line that held, not after one that broke at once', async () => {
    const { wall, network } = await started()
    network.line.close()
    wall.advance(1_000)
    await settle()
    expect(network.lines).toHaveLength(2)
    network.line.close()
    wall.advance(1_999)
    await settle()
    expect(network.lines).toHaveLength(2)
    wall.advance(1)
    await settle()
    expect(network.lines).toHaveLength(3)
    wall.advance(10_000)
    network.line.close()
    wall.advance(1_000)
    await settle()
    expect(network.lines).toHaveLength(4)
  })

  it('does not come back after another login with the same key, and says so urgently', async () => {
    const { wall, network, session, log } = await started()
    network.line.say({ trnm: 'SYSTEM', code: 'R10001', message: '동일한 App key로 접속이 되었습니다.' })
    network.line.close(1000)
    expect(log.at(-1)).toMatch(/^urgent down: 긴급.*R10001/)
    expect(session.state).toBe('ended')
    wall.advance(3_600_000)
    await settle()
    expect(network.lines).toHaveLength(1)
  })

  it('comes back after other SYSTEM words', async () => {
    const { wall, network, log } = await started()
    network.line.say({ trnm: 'SYSTEM', code: 'R10002', message: 'Heartbeat' })
    network.line.close(1000)
    wall.advance(1_000)
    await settle()
    expect(log.at(-1)).toBe('live again')
  })

  it('renews a token that the login refuses', async () => {
    const { wall, network, session } = setUp()
    let logins = 0
    network.onFrame = (frame) =>
      frame.trnm === 'LOGIN' && ++logins === 1
        ? { trnm: 'LOGIN', return_code: 8005, return_msg: '로그인 인증에 실패하였습니다. CODE=8005' }
        : politeServer(frame)
    const start = session.start()
    await settle()
    expect(session.state).toBe('waiting')
    wall.advance(60_000)
    await settle()
    expect(await start).toEqual(ok(undefined))
    expect(network.line.sent[0]).toEqual({ trnm: 'LOGIN', token: 'TOKEN-2' })
  })

  it('ends at once with a bad key', async () => {
    const { network, session } = setUp()
    network.script(
      'token',
      failReply(3, '인증에 실패했습니다[8001:App Key와 Secret Key 검증에 실패했습니다]'),
    )
    expect(await session.start()).toMatchObject({ ok: false, error: { kind: 'rejected', code: '8001' } })
    expect(session.state).toBe('ended')
    expect(network.lines).toHaveLength(0)
  })

  it('ends when the first login is refused for another reason', async () => {
    const { network, session } = setUp()
    network.onFrame = () => ({
      trnm: 'LOGIN',
      return_code: 8050,
      return_msg: '지정단말기 인증에 실패했습니다. CODE=8050',
    })
    expect(await session.start()).toMatchObject({ ok: false, error: { kind: 'rejected', code: '8050' } })
    expect(session.state).toBe('ended')
  })

  it('tries again when the login is not answered', async () => {
    const { wall, network, session } = setUp()
    network.onFrame = (frame) => (network.lines.length === 1 ? undefined : politeServer(frame))
    const start = session.start()
    await settle()
    wall.advance(15_000)
    await settle()
    wall.advance(1_000)
    await settle()
    expect(await start).toEqual(ok(undefined))
    expect(network.lines).toHaveLength(2)
  })

  it('tries again when nothing opens within 10 s', async () => {
    const { wall, network, session } = setUp()
    network.autoOpen = false
    void session.start()
    await settle()
    wall.advance(10_000)
    expect(session.state).toBe('waiting')
    expect(network.line.terminated).toBe(true)
  })

  it('hears nothing of an old line', async () => {
    const { wall, network, session, log } = await started()
    const old = network.line
    wall.advance(60_000)
    await settle()
    wall.advance(1_000)
    await settle()
    expect(session.state).toBe('live')
    const before = log.length
    old.say({ trnm: 'SYSTEM', code: 'R10001', message: '' })
    old.close()
    expect(log).toHaveLength(before)
    expect(session.state).toBe('live')
  })

  it('gives REAL frames on and calls everything else odd', async () => {
    const { network, log } = await started()
    network.line.say('fast lane')
    network.line.say({ trnm: 'REAL', data: [] })
    network.line.say('<html>')
    network.line.say({ trnm: 'REG', return_code: 0 })
    network.line.say({ hello: 1 })
    expect(log.slice(2)).toEqual([
      'real',
      expect.stringContaining('unreadable frame'),
      expect.stringContaining('REG'),
      expect.stringMatching(/nobody waits for: $/),
    ])
  })

  it('tells the waiting requests when the line goes', async () => {
    const { network, session } = await started()
    network.onFrame = () => undefined
    const asked = session.ask('registration', { trnm: 'REG', grp_no: '2' })
    await settle()
    network.line.close()
    expect(await asked).toMatchObject({ ok: false, error: { kind: 'unavailable', code: 'socketDown' } })
    expect(await session.ask('registration', { trnm: 'REG' })).toMatchObject({
      ok: false,
      error: { code: 'socketDown' },
    })
  })

  it('stops without a word and starts again', async () => {
    const { wall, network, session, log } = await started()
    session.stop()
    wall.advance(3_600_000)
    await settle()
    expect(network.lines).toHaveLength(1)
    expect(log).toEqual(['login', 'live'])
    const again = session.start()
    await settle()
    expect(await again).toEqual(ok(undefined))
  })
})

describe('requests on the line', () => {
  it('go one at a time in a family, a quarter of a second of market time apart', async () => {
    const { clock, network, session, names } = await started()
    const asked = [1, 2, 3].map((n) => session.ask('registration', { trnm: 'REG', grp_no: String(n) }))
    await settle()
    expect(names().slice(2)).toEqual(['REG'])
    clock.advance(250)
    await settle()
    clock.advance(250)
    await settle()
    expect(names().slice(2)).toEqual(['REG', 'REG', 'REG'])
    expect((await Promise.all(asked)).every((reply) => reply.ok)).toBe(true)
    expect(network.line.sent.at(-1)).toMatchObject({ grp_no: '3' })
  })

  it('of a slow condition hold no registration up', async () => {
    const { network, session, names } = await started()
    network.onFrame = (frame) => (frame.trnm === 'CNSRREQ' ? undefined : politeServer(frame))
    void session.ask('condition', { trnm: 'CNSRREQ', seq: '1' })
    const registered = session.ask('registration', { trnm: 'REG' })
    await settle()
    expect(names().slice(2)).toEqual(['CNSRREQ', 'REG'])
    expect((await registered).ok).toBe(true)
  })

  it('match a condition answer by its padded number and no other', async () => {
    const { network, session, log } = await started()
    network.onFrame = () => undefined
    const asked = session.ask('condition', { trnm: 'CNSRREQ', seq: '12' })
    await settle()
    network.line.say({ trnm: 'CNSRREQ', seq: '1  ', return_code: 0, data: [] })
    expect(log.at(-1)).toMatch(/^odd/)
    network.line.say({ trnm: 'CNSRREQ', seq: '12 ', return_code: 0, data: [] })
    expect((await asked).ok).toBe(true)
  })

  it('give up after 15 s and let the next one go', async () => {
    const { clock, wall, network, session } = await started()
    network.onFrame = () => undefined
    const first = session.ask('condition', { trnm: 'CNSRREQ', seq: '1' })
    const second = session.ask('condition', { trnm: 'CNSRREQ', seq: '2' })
    await settle()
    clock.advance(1_000)
    wall.advance(15_000)
    expect(await first).toMatchObject({ ok: false, error: { code: 'noAnswer' } })
    await settle()
    network.line.say({ trnm: 'CNSRREQ', seq: '2  ', return_code: 0, data: [] })
    expect((await second).ok).toBe(true)
  })

  it('answer a refusal with its code', async () => {
    const { network, session } = await started()
    network.onFrame = () => ({ trnm: 'REG', return_code: 105111, return_msg: '입력값 오류' })
    expect(await session.ask('registration', { trnm: 'REG' })).toEqual({
      ok: false,
      error: { kind: 'rejected', code: '105111', text: '입력값 오류' },
    })
  })
})
