import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { QUIRK_NAMES, QUIRKS } from './quirks.ts'
import { eventually, openStand, type Stand } from './testing/stand.ts'

type Json = Record<string, unknown>

describe('quirks', () => {
  let stand: Stand
  let code: string

  beforeAll(async () => {
    stand = await openStand({ at: '09:20', marketSize: 16 })
    code =
      stand.core.market.tapes.find(
        ({ volume, listing }) => volume > 0 && listing.instrument.class === 'stock',
      )?.id ?? ''
  })
  afterAll(() => stand.close())
  afterEach(async () => {
    for (const name of QUIRK_NAMES) await stand.control('POST', '/quirk', { name, on: false })
  })

  /** A session ends at the server's word, and its client logs in again at once. */
  const endedAndBack = async () => {
    await stand.control('POST', '/quirk', { name: 'silentLogin', on: false })
    const first = await stand.loggedIn()
    await stand.control('POST', '/quirk', { name: 'silentLogin' })
    await stand.control('POST', '/fault', { kind: 'dropSocket' })
    await first.closed
    const second = await stand.socket()
    second.send({ trnm: 'LOGIN', token: await stand.token() })
    return second
  }

  const on = (name: string) => stand.control('POST', '/quirk', { name })
  const text = async (id: string, body: Json) => JSON.stringify((await stand.call(id, body)).body)
  const daily = { stk_cd: '', qry_dt: '20261120', indc_tp: '0' }
  const minutes = { stk_cd: '', tic_scope: '1', upd_stkpc_tp: '1' }

  it('are all off, and the control port knows their names and refuses others', async () => {
    expect(await stand.control('GET', '/quirks')).toEqual({ on: [], known: Object.keys(QUIRKS) })
    expect(await on('noSuchThing')).toHaveProperty('error')
    expect(await on('coexist')).toMatchObject({ on: ['coexist'] })
    expect(await stand.control('GET', '/status')).toMatchObject({ quirks: ['coexist'] })
  })

  it.each([
    [
      'doubleMinus',
      'ka10059',
      { stk_cd: '', dt: '20261120', amt_qty_tp: '2', trde_tp: '0', unit_tp: '1' },
      /"--\d+"/,
    ],
    [
      'blankRow',
      'ka10075',
      { all_stk_tp: '0', trde_tp: '0', stex_tp: '0' },
      /"oso":\[\{"stk_cd":"","stk_nm":""\}\]/,
    ],
    ['reorderedKeys', 'ka10086', daily, /^\{"return_msg":.*"daly_stkpc":\[\{"crd_remn_rt"/],
    ['textCode', 'ka10086', daily, /"return_code":"0"/],
    ['brokenNumber', 'ka10086', daily, /"\. \d{3}"/],
    ['kindField', 'ka10100', { stk_cd: '' }, /"kind":"A"/],
    ['halfMinutes', 'ka10080', minutes, /"cntr_tm":"\d{12}30"/],
    ['closingMark', 'ka20001', { mrkt_tp: '0', inds_cd: '001' }, /"inds_cur_prc_tm":\[\{"tm_n":"888888"/],
    ['camelEnvelope', 'ka10084', { stk_cd: '', tdy_pred: '1', tic_min: '0' }, /"returnCode":0,"returnMsg":/],
    [
      'saturatedVolume',
      'ka10031',
      { mrkt_tp: '000', qry_tp: '1', rank_strt: '1', rank_end: '9', stex_tp: '1' },
      /"trde_qty":"4294967295"/,
    ],
  ] as const)('%s changes %s, and only while it is on', async (name, id, body, looks) => {
    const asked = 'stk_cd' in body ? { ...body, stk_cd: code } : body
    expect(await text(id, asked)).not.toMatch(looks)
    await on(name)
    expect(await text(id, asked)).toMatch(looks)
    await stand.control('POST', '/quirk', { name, on: false })
    expect(await text(id, asked)).not.toMatch(looks)
  })

  it('shortOrderNumber and prefixedCodes change what an order is answered and listed with', async () => {
    await on('shortOrderNumber')
    await on('prefixedCodes')
    const low = stand.core.market.tape(code)?.band?.lower
    const order = {
      dmst_stex_tp: 'KRX',
      stk_cd: code,
      ord_qty: '1',
      ord_uv: String(low),
      trde_tp: '0',
      cond_uv: '',
    }
    const line = await stand.loggedIn()
    line.send({ trnm: 'REG', grp_no: '1', refresh: '1', data: [{ item: [''], type: ['00'] }] })
    await line.take(({ trnm }) => trnm === 'REG', 'REG')
    expect((await stand.call('kt10000', order)).body.ord_no).toMatch(/^\d{5}$/)
    const { body } = await stand.call('ka10075', { all_stk_tp: '0', trde_tp: '0', stex_tp: '0' })
    expect((body.oso as Json[])[0]?.stk_cd).toBe(`A${code}`)
    await eventually(() => line.events('00').length > 0, 'the order on the stream')
    expect(line.events('00')[0]?.values['9001']).toBe(`A${code}`)
    line.close()
  })

  it('throttle200 and token401 change the HTTP status', async () => {
    const headers = { 'api-id': 'ka10001', authorization: `Bearer ${await stand.token()}` }
    const ask = () => stand.post('/api/dostk/stkinfo', { stk_cd: code }, headers)
    await on('throttle200')
    const answers = [await ask(), await ask(), await ask()]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(answers[2]?.body.return_code).toBe(5)
    await on('token401')
    const refused = await stand.post(
      '/api/dostk/stkinfo',
      {},
      { 'api-id': 'ka10001', authorization: 'Bearer x' },
    )
    expect(refused).toMatchObject({ status: 401, body: { return_code: 3 } })
  })

  it('spaceZero, numericVenue, dataFirst and batchedFrames change frames', async () => {
    for (const name of ['spaceZero', 'numericVenue', 'dataFirst', 'batchedFrames']) await on(name)
    const line = await stand.loggedIn()
    const item = stand.core.market.tapes.map(({ id }) => id)
    line.send({ trnm: 'REG', grp_no: '1', refresh: '1', data: [{ item, type: ['0B', '0D'] }] })
    await line.take(({ trnm }) => trnm === 'REG', 'REG')
    stand.run(60_000)
    await eventually(() => line.events('0B').length > 50 && line.events('0D').length > 5, 'trades and books')
    const frames = line.frames.filter(({ trnm }) => trnm === 'REAL')
    expect(frames.every((frame) => Object.keys(frame)[0] === 'data')).toBe(true)
    expect(Math.max(...frames.map(({ data }) => (data as Json[]).length))).toBe(20)
    expect(new Set(line.events('0B').map(({ values }) => values['9081']))).toEqual(new Set(['1']))
    const zeros = line.events('0D').flatMap(({ values }) => [values['81'], values['91'], values['122']])
    expect(zeros).toContain(' 0')
    expect(zeros).not.toContain('0')
    line.close()
  })

  it('coexist lets two connections of one key live', async () => {
    await on('coexist')
    const [first, second] = [await stand.loggedIn(), await stand.loggedIn()]
    first.send({ trnm: 'CNSRLST' })
    second.send({ trnm: 'CNSRLST' })
    await first.take(({ trnm }) => trnm === 'CNSRLST', 'the list on the first')
    await second.take(({ trnm }) => trnm === 'CNSRLST', 'the list on the second')
    expect(first.frames.filter(({ trnm }) => trnm === 'SYSTEM')).toEqual([])
    first.close()
    second.close()
  })

  it('silentLogin closes a quick reconnection with 1000 and says nothing', async () => {
    const hasty = await endedAndBack()
    expect(await hasty.closed).toBe(1000)
    expect(hasty.frames).toEqual([])
  })

  it('earlyPing asks before it answers the login', async () => {
    await on('earlyPing')
    const line = await stand.loggedIn()
    expect(line.frames.map(({ trnm }) => trnm)).toEqual(['PING', 'LOGIN'])
    line.close()
  })

  it('can be on from the start', async () => {
    const early = await openStand({ at: '08:31', marketSize: 3, quirks: ['textCode'] })
    expect((await early.call('ka00001')).body.return_code).toBe('0')
    await early.close()
  })
})
