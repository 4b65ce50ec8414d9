import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFaults } from './faults.ts'
import { eventually, openStand, pathOf, type Stand } from './testing/stand.ts'

describe('faults', () => {
  let stand: Stand
  beforeEach(async () => {
    stand = await openStand({ at: '09:10', marketSize: 6 })
  })
  afterEach(() => stand.close())

  const order = () => {
    const tape = stand.core.market.tapes.find(({ bid, ask, inVi }) => bid > 0 && ask > 0 && !inVi)
    return {
      dmst_stex_tp: 'KRX',
      stk_cd: tape?.id,
      ord_qty: '1',
      ord_uv: String(tape?.band?.lower),
      trde_tp: '0',
    }
  }
  const orders = async () => (await stand.control('GET', '/orders')) as unknown as Record<string, unknown>[]
  const fault = (body: Record<string, unknown>) => stand.control('POST', '/fault', body)

  it('loses the reply of an order that was taken, once', async () => {
    await fault({ kind: 'loseReplyAfterAccept', apiId: 'kt10000', count: 1 })
    await expect(stand.call('kt10000', order())).rejects.toThrow('fetch failed')
    expect(await orders()).toHaveLength(1)
    expect((await stand.call('kt10000', order())).body.return_code).toBe(0)
  })

  it('loses the request before the order was taken', async () => {
    await fault({ kind: 'loseRequestBeforeAccept', apiId: 'kt10000', count: 1 })
    await expect(stand.call('kt10000', order())).rejects.toThrow('fetch failed')
    expect(await orders()).toEqual([])
  })

  it('answers 429 to an order that was taken', async () => {
    await fault({ kind: 'throttleGhost', apiId: 'kt10000', count: 1 })
    const answer = await stand.call('kt10000', order())
    expect(answer.status).toBe(429)
    expect(answer.body.return_msg).toContain('[1700:')
    expect(await orders()).toMatchObject([{ ordNo: '0000001', state: 'open' }])
  })

  it('holds a reply back and leaves other APIs alone', async () => {
    await fault({ kind: 'delayReply', apiId: 'ka00001', count: 1, ms: 500 })
    const before = Date.now()
    const order: string[] = []
    const held = stand.call('ka00001').then(() => order.push('held'))
    await stand.call('kt00001', { qry_tp: '3' })
    order.push('other')
    await held
    expect(order).toEqual(['other', 'held'])
    expect(Date.now() - before).toBeGreaterThanOrEqual(495)
  })

  it('tells the account stream before the reply leaves', async () => {
    const line = await stand.loggedIn()
    line.send({ trnm: 'REG', grp_no: '1', data: [{ item: [''], type: ['00'] }] })
    await line.take(({ trnm }) => trnm === 'REG', 'REG')
    await fault({ kind: 'pushBeforeReply', apiId: 'kt10000', count: 1, ms: 1_000 })
    let replied = false
    const reply = stand.call('kt10000', order()).then(() => {
      replied = true
    })
    await eventually(() => line.events('00').length > 0, 'the push')
    expect(replied).toBe(false)
    await reply
  })

  it('breaks every WebSocket without a handshake', async () => {
    const line = await stand.loggedIn()
    expect(await fault({ kind: 'dropSocket', count: 1 })).toEqual({ done: 'dropSocket' })
    expect(await line.closed).toBe(1006)
  })

  it('makes tokens invalid and says what it does not know', async () => {
    const authorization = `Bearer ${await stand.token()}`
    await stand.control('POST', '/expire-tokens', {})
    const answer = await stand.post(pathOf('ka00001'), {}, { 'api-id': 'ka00001', authorization })
    expect(answer.body.return_msg).toContain('[8005:')
    expect(await fault({ kind: 'earthquake' })).toHaveProperty('error')
  })
})

describe('the fault table', () => {
  it('strikes in the order of planning, as often as asked, only the API named', () => {
    const faults = createFaults()
    faults.plan({ kind: 'delayReply', apiId: 'a', count: 2 })
    faults.plan({ kind: 'throttleGhost', count: 1 })
    const struck = ['b', 'a', 'a', 'a'].map((id) => faults.strike(id)?.kind)
    expect(struck).toEqual(['throttleGhost', 'delayReply', 'delayReply', undefined])
    expect(faults.pending).toEqual([])
  })
})
