import { afterEach, describe, expect, it } from 'vitest'
import { eventually, openLine, openStand, type Stand } from '../testing/stand.ts'

describe('a WebSocket session', () => {
  let stand: Stand
  afterEach(() => stand.close())

  const open = async (overrides: Parameters<typeof openStand>[0] = {}) => {
    stand = await openStand({ at: '08:31', marketSize: 3, ...overrides })
  }
  const answer = async (line: Awaited<ReturnType<Stand['socket']>>, message: Record<string, unknown>) => {
    line.send(message)
    return line.take(({ trnm }) => trnm === message.trnm, String(message.trnm))
  }
  const item = (index: number) => String(index).padStart(6, '0')

  it('greets a valid token as recorded', async () => {
    await open()
    const line = await stand.socket()
    expect(await answer(line, { trnm: 'LOGIN', token: await stand.token() })).toEqual({
      trnm: 'LOGIN',
      return_code: 0,
      return_msg: '',
      sor_yn: 'Y',
    })
  })

  it('tells a bad token its code and closes', async () => {
    await open()
    const line = await stand.socket()
    const refused = await answer(line, { trnm: 'LOGIN', token: 'garbage' })
    expect(refused.return_code).toBe(8005)
    expect(refused.return_msg).toContain('CODE=8005')
    expect(await line.closed).toBe(1000)
  })

  it('takes nothing before the login, and works after it', async () => {
    await open()
    const line = await stand.socket()
    const register = { trnm: 'REG', grp_no: '1', refresh: '1', data: [{ item: [''], type: ['00'] }] }
    expect(await answer(line, register)).toMatchObject({ return_code: 100013 })
    line.send({ trnm: 'CNSRLST' })
    expect(await line.take(({ trnm }) => trnm === 'SYSTEM', 'SYSTEM')).toMatchObject({ code: 'R10004' })
    await answer(line, { trnm: 'LOGIN', token: await stand.token() })
    expect(await answer(line, register)).toEqual({ trnm: 'REG', return_code: 0, return_msg: '' })
  })

  it('ends the older session when the same key logs in again', async () => {
    await open()
    const first = await stand.loggedIn()
    const second = await stand.loggedIn()
    expect(await first.take(({ trnm }) => trnm === 'SYSTEM', 'SYSTEM')).toEqual({
      trnm: 'SYSTEM',
      code: 'R10001',
      message: '동일한 App key로 접속이 되었습니다. 기존 세션은 종료가 됩니다',
    })
    expect(await first.closed).toBe(1000)
    expect(await answer(second, { trnm: 'CNSRLST' })).toMatchObject({ return_code: 0 })
  })

  it('pings, and leaves a session that echoes alone', async () => {
    await open({ socket: { pingEveryMs: 30, pingTimeoutMs: 1_000 } })
    const line = await stand.loggedIn()
    for (let n = 0; n < 50; n++) line.send(await line.take(({ trnm }) => trnm === 'PING', 'PING'))
    expect(line.frames.some(({ trnm }) => trnm === 'SYSTEM')).toBe(false)
  })

  it('ends a session whose pings are not echoed with R10002', async () => {
    await open({ socket: { pingEveryMs: 20, pingTimeoutMs: 60 } })
    const line = await stand.loggedIn()
    expect(await line.take(({ trnm }) => trnm === 'SYSTEM', 'SYSTEM')).toMatchObject({ code: 'R10002' })
    expect(await line.closed).toBe(1000)
  })

  it('asks for arrays', async () => {
    await open()
    const line = await stand.loggedIn()
    const bare = { trnm: 'REG', grp_no: '1', data: [{ item: '005930', type: '0B' }] }
    expect(await answer(line, bare)).toMatchObject({ trnm: 'REG', return_code: 105111 })
  })

  it('takes a hundred items over all groups and refuses the next with nothing of it registered', async () => {
    await open()
    const line = await stand.loggedIn()
    const register = (group: string, from: number, count: number, refresh = '1') =>
      answer(line, {
        trnm: 'REG',
        grp_no: group,
        refresh,
        data: [{ item: Array.from({ length: count }, (_, n) => item(from + n)), type: ['0B', '0D'] }],
      })
    expect((await register('1', 0, 95)).return_code).toBe(0)
    expect((await register('2', 200, 5)).return_code).toBe(0)
    expect((await register('1', 0, 95)).return_code).toBe(0)
    expect((await register('3', 300, 1)).return_code).toBe(1)
    expect((await register('2', 400, 6)).return_code).toBe(1)
    expect((await register('2', 400, 5, '0')).return_code).toBe(0)
    await answer(line, { trnm: 'REMOVE', grp_no: '1' })
    expect((await register('3', 300, 95)).return_code).toBe(0)
  })

  it('serves the alias path too', async () => {
    await open()
    const line = await openLine(stand.server.socketUrl.replace('/api/dostk/', '/api/'))
    line.send({ trnm: 'LOGIN', token: await stand.token() })
    expect(await line.take(({ trnm }) => trnm === 'LOGIN', 'LOGIN')).toMatchObject({ return_code: 0 })
    line.close()
  })

  it('survives what is not JSON and what it does not know', async () => {
    await open()
    const line = await stand.loggedIn()
    line.sendText('nonsense')
    expect(await line.take(({ return_code }) => return_code === 1, 'a refusal')).toMatchObject({ trnm: '' })
    expect(await answer(line, { trnm: 'WHAT' })).toMatchObject({ return_code: 1 })
  })

  it('stops sending an item after REMOVE and sends it again after REG, without a snapshot', async () => {
    await open({ at: '09:05', marketSize: 12 })
    const line = await stand.loggedIn()
    const tape = stand.core.market.tapes.find(({ volume }) => volume > 0)
    const data = [{ item: [tape?.id], type: ['0B'] }]
    await answer(line, { trnm: 'REG', grp_no: '1', data })
    expect(line.events('0B')).toEqual([])
    stand.run(60_000)
    await eventually(() => line.events('0B').length > 0, 'trades')
    await answer(line, { trnm: 'REMOVE', grp_no: '1', data })
    const before = line.events('0B').length
    stand.run(60_000)
    await answer(line, { trnm: 'CNSRLST' })
    expect(line.events('0B')).toHaveLength(before)
  })
})
