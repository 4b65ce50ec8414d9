import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type InstrumentId, instrumentId } from '../../model/ids.ts'
import { krw, quantity } from '../../model/money.ts'
import { createFaults, type FaultKind } from './faults.ts'
import {
  ACCOUNT,
  eventually,
  KEY,
  type Line,
  openStand,
  pathOf,
  SECRET,
  type Stand,
} from './testing/stand.ts'

const HOLDINGS = 'acnt_evlt_remn_indv_tot'
const BALANCE = { qry_tp: '1', dmst_stex_tp: 'KRX' }

type Row = Record<string, string>

describe('faults of answers', () => {
  let stand: Stand
  /** The same seed lists the same stocks. */
  let held: InstrumentId
  beforeAll(async () => {
    const listed = await openStand({ at: '08:31', marketSize: 6 })
    held = listed.core.market.tapes[0]?.id ?? instrumentId('000000')
    await listed.close()
  })
  beforeEach(async () => {
    stand = await openStand({
      at: '09:10',
      marketSize: 6,
      accounts: [
        {
          appKey: KEY,
          secretKey: SECRET,
          number: ACCOUNT,
          cash: krw(50_000_000),
          holdings: [{ instrument: held, quantity: quantity(21), cost: krw(210_000) }],
        },
      ],
    })
  })
  afterEach(() => stand.close())

  const plan = (kind: FaultKind, more: Record<string, unknown> = {}) =>
    stand.control('POST', '/fault', { kind, count: 1, ...more })
  const raw = async (id: string, body: unknown = {}) => {
    stand.run(2_000)
    const authorization = `Bearer ${await stand.token()}`
    return fetch(stand.server.restUrl + pathOf(id), {
      method: 'POST',
      headers: { 'api-id': id, authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  }
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
  const orders = async () => (await stand.control('GET', '/orders')) as unknown as unknown[]
  const rows = async () => (await stand.call('kt00018', BALANCE)).body[HOLDINGS] as Row[]

  it('throttle answers 429 and takes nothing', async () => {
    await plan('throttle', { apiId: 'kt10000' })
    const answer = await stand.call('kt10000', order())
    expect([answer.status, answer.body.return_code]).toEqual([429, 5])
    expect(await orders()).toEqual([])
  })

  it.each([
    ['html', /^<!DOCTYPE html>/, 0],
    ['empty', /^$/, 0],
    ['taken', /^<!DOCTYPE html>/, 1],
  ])('serverError %s answers 502 without JSON', async (mode, body, taken) => {
    await plan('serverError', { apiId: 'kt10000', mode })
    const answer = await raw('kt10000', order())
    expect(answer.status).toBe(502)
    expect(await answer.text()).toMatch(body)
    expect(await orders()).toHaveLength(taken)
  })

  it('emptyBalance shows neither shares nor cash, and only where the account is asked', async () => {
    expect(await rows()).toMatchObject([{ stk_cd: `A${held}`, rmnd_qty: '000000000000021' }])
    await plan('emptyBalance', { count: 2 })
    expect((await stand.call('ka00001')).body.acctNo).toBe(ACCOUNT)
    expect(await rows()).toEqual([])
    const { body } = await stand.call('kt00001', { qry_tp: '3' })
    expect([body.return_code, Number(body.d2_entra), Number(body.ord_alow_amt)]).toEqual([0, 0, 0])
    expect(await rows()).toHaveLength(1)
  })

  it('phantomHolding adds a stranger, or the first row again', async () => {
    await plan('phantomHolding')
    const codes = (await rows()).map(({ stk_cd }) => stk_cd)
    expect(codes).toHaveLength(2)
    expect(new Set(codes).size).toBe(2)
    await plan('phantomHolding', { mode: 'twice' })
    expect((await rows()).map(({ stk_cd }) => stk_cd)).toEqual([`A${held}`, `A${held}`])
  })

  it('repeatPage gives the same rows and cursor again and again', async () => {
    await plan('repeatPage', { apiId: 'kt00018', count: 3 })
    const seen: [string, string | null, string | null][] = []
    let next = ''
    for (let page = 0; page < 3; page++) {
      const headers: Record<string, string> = next ? { 'cont-yn': 'Y', 'next-key': next } : {}
      const answer = await stand.call('kt00018', BALANCE, headers)
      next = answer.headers.get('next-key') ?? ''
      seen.push([JSON.stringify(answer.body[HOLDINGS]), answer.headers.get('cont-yn'), next])
    }
    expect(new Set(seen.map(String)).size).toBe(1)
    expect(seen[0]?.[1]).toBe('Y')
  })

  it('extraFields puts unknown names beside and inside the rows', async () => {
    await plan('extraFields', { apiId: 'kt00018' })
    const { body } = await stand.call('kt00018', BALANCE)
    expect(body).toHaveProperty('new_field')
    expect((body[HOLDINGS] as Row[])[0]).toMatchObject({
      new_field: expect.any(String),
      rmnd_qty: expect.any(String),
    })
  })

  it('missingFields takes the named fields, or everything but the envelope', async () => {
    await plan('missingFields', { apiId: 'kt00018', fields: ['rmnd_qty'] })
    expect((await rows())[0]).not.toHaveProperty('rmnd_qty')
    await plan('missingFields', { apiId: 'kt00018' })
    expect(Object.keys((await stand.call('kt00018', BALANCE)).body).sort()).toEqual([
      'return_code',
      'return_msg',
    ])
  })

  it('maintenance answers every request with HTML, closes sockets, and ends', async () => {
    const line = await stand.loggedIn()
    await plan('maintenance', { ms: 400 })
    expect(await line.closed).toBe(1006)
    const page = await fetch(`${stand.server.restUrl}/oauth2/token`, { method: 'POST', body: '{}' })
    expect(page.status).toBe(503)
    expect(await page.text()).toMatch(/^<!DOCTYPE html>/)
    expect(await (await stand.socket()).closed).toBe(1006)
    await new Promise((resolve) => setTimeout(resolve, 450))
    expect((await stand.call('ka00001')).body.return_code).toBe(0)
  })

  it('clockSkew shifts the times of answers until the faults are forgotten', async () => {
    await stand.call('kt10000', order())
    const asked = { qry_tp: '1', stk_bond_tp: '1', sell_tp: '0', dmst_stex_tp: '%' }
    const time = async () =>
      ((await stand.call('kt00007', asked)).body.acnt_ord_cntr_prps_dtl as Row[])[0]?.ord_tm
    const seconds = (text = '') => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
    const was = seconds(await time())
    await plan('clockSkew', { ms: -90_000 })
    expect(seconds(await time())).toBe(was - 90)
    await stand.control('DELETE', '/fault')
    expect(seconds(await time())).toBe(was)
  })
})

describe('faults of the stream', () => {
  let stand: Stand
  let line: Line
  beforeEach(async () => {
    stand = await openStand({ at: '09:10', marketSize: 6 })
    line = await stand.loggedIn()
    line.send({ trnm: 'REG', grp_no: '1', data: [{ item: [''], type: ['00', '04'] }] })
    await line.take(({ trnm }) => trnm === 'REG', 'REG')
  })
  afterEach(() => stand.close())

  const plan = (kind: FaultKind, more: Record<string, unknown> = {}) =>
    stand.control('POST', '/fault', { kind, count: 1, ...more })
  /** A market order of one share: accepted, then filled. */
  const buy = async () => {
    const tape = stand.core.market.tapes.find(({ bid, ask, inVi }) => bid > 0 && ask > 0 && !inVi)
    const body = {
      dmst_stex_tp: 'KRX',
      stk_cd: tape?.id,
      ord_qty: '1',
      ord_uv: '',
      trde_tp: '3',
      cond_uv: '',
    }
    return stand.call('kt10000', body)
  }
  const steps = () => line.events('00').map(({ values }) => values['913'])

  it('tells of an order in two steps when nothing is planned', async () => {
    await buy()
    await eventually(() => steps().length === 2, 'acceptance and fill')
    expect(steps()).toEqual(['접수', '체결'])
  })

  it('duplicatePush sends the event twice', async () => {
    await plan('duplicatePush', { apiId: '00' })
    await buy()
    await eventually(() => steps().length === 3, 'three events')
    expect(steps()).toEqual(['접수', '접수', '체결'])
  })

  it('reorderPush lets the next event of the type go first', async () => {
    await plan('reorderPush', { apiId: '00' })
    await buy()
    await eventually(() => steps().length === 2, 'two events')
    expect(steps()).toEqual(['체결', '접수'])
  })

  it('reorderPush lets an event that stays alone leave in the end', async () => {
    await plan('reorderPush', { apiId: '04', ms: 50 })
    await buy()
    await eventually(() => line.events('04').length === 1, 'the balance')
    expect(stand.core.control('GET', '/control/status', '', '').body).toMatchObject({ faults: [] })
  })

  it('delayPush holds the event back', async () => {
    await plan('delayPush', { apiId: '00', ms: 300 })
    const before = Date.now()
    await buy()
    await eventually(() => steps().length === 2, 'two events')
    expect(steps()).toEqual(['체결', '접수'])
    expect(Date.now() - before).toBeGreaterThanOrEqual(295)
  })

  it('corruptFrame sends what is no JSON, and the line lives', async () => {
    await plan('corruptFrame', { apiId: '00' })
    await buy()
    await eventually(() => steps().length === 1, 'the fill')
    expect(steps()).toEqual(['체결'])
    expect(line.frames.filter(({ unreadable }) => String(unreadable).includes('REAL'))).toHaveLength(1)
  })

  it('killDuringFill drops the line at the fill, which nobody hears of', async () => {
    await plan('killDuringFill')
    await buy()
    expect(await line.closed).toBe(1006)
    expect(steps()).not.toContain('체결')
    const orders = (await stand.control('GET', '/orders')) as unknown as { readonly state: string }[]
    expect(orders.map(({ state }) => state)).toEqual(['filled'])
  })

  it('extraFields and missingFields change the values of events too', async () => {
    await plan('extraFields', { apiId: '00' })
    await plan('missingFields', { apiId: '00', fields: ['911'] })
    await buy()
    await eventually(() => steps().length === 2, 'two events')
    const [accepted, filled] = line.events('00').map(({ values }) => values)
    expect(accepted).toHaveProperty('new_field')
    expect(filled).not.toHaveProperty('911')
    expect(filled).toHaveProperty('910')
  })

  it('clockSkew shifts the times of events', async () => {
    await buy()
    await plan('clockSkew', { ms: 3_600_000 })
    await buy()
    await eventually(() => steps().length === 4, 'four events')
    const hours = line.events('00').map(({ values }) => Number(values['908']?.slice(0, 2)))
    expect(hours).toEqual([9, 9, 10, 10])
  })

  it('halfOpen keeps the line open and says nothing more, to no question either', async () => {
    expect(await plan('halfOpen')).toEqual({ done: 'halfOpen' })
    const before = line.frames.length
    line.send({ trnm: 'CNSRLST' })
    await buy()
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(line.frames).toHaveLength(before)
    expect(await Promise.race([line.closed, Promise.resolve('open')])).toBe('open')
    expect((await (await stand.loggedIn()).frames)[0]).toMatchObject({ trnm: 'LOGIN', return_code: 0 })
  })

  it('duplicateLogin says R10001 and closes', async () => {
    await plan('duplicateLogin')
    expect(await line.take(({ trnm }) => trnm === 'SYSTEM', 'SYSTEM')).toMatchObject({ code: 'R10001' })
    expect(await line.closed).toBe(1000)
  })

  it.each(['expireToken', 'revokeToken'] as const)('%s voids the tokens', async (kind) => {
    const authorization = `Bearer ${await stand.token()}`
    await plan(kind)
    const answer = await stand.post(pathOf('ka00001'), {}, { 'api-id': 'ka00001', authorization })
    expect(answer.body.return_msg).toContain('[8005:')
    const ended = kind === 'revokeToken' ? await line.closed : Promise.resolve('open')
    expect(await Promise.race([ended, Promise.resolve('open')])).toBe(kind === 'revokeToken' ? 1006 : 'open')
  })
})

describe('the table of what a fault fits', () => {
  it('leaves requests and events each their own', () => {
    const faults = createFaults()
    faults.plan({ kind: 'duplicatePush', count: 1 })
    faults.plan({ kind: 'throttle', count: 1 })
    faults.plan({ kind: 'killDuringFill', count: 1 })
    expect(faults.strike('kt10000')?.kind).toBe('throttle')
    expect(faults.strike('kt10000')).toBeUndefined()
    expect(faults.strikePush('0B', false)?.kind).toBe('duplicatePush')
    expect(faults.strikePush('00', false)).toBeUndefined()
    expect(faults.strikePush('00', true)?.kind).toBe('killDuringFill')
    expect(faults.disturbsPushes).toBe(false)
  })
})
