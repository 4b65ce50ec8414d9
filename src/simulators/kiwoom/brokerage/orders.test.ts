import { afterEach, describe, expect, it } from 'vitest'
import type { Tape } from '../market/tape.ts'
import { eventually, type Line, openStand, type Stand } from '../testing/stand.ts'

type Json = Record<string, unknown>

describe('the life of an order', () => {
  let stand: Stand
  afterEach(() => stand.close())

  const open = async (overrides: Parameters<typeof openStand>[0] = {}) => {
    stand = await openStand({ at: '09:10', marketSize: 12, ...overrides })
  }

  /** A KOSPI stock that trades continuously with quotes on both sides, and room below the price. */
  const calm = (): Tape => {
    const tape = stand.core.market.tapes.find(
      ({ bid, ask, inVi, listing }) =>
        bid > 0 &&
        ask > 0 &&
        !inVi &&
        listing.instrument.class === 'stock' &&
        listing.today.designations.length === 0,
    )
    if (!tape) throw new Error('no calm stock')
    return tape
  }

  const body = (tape: Tape, quantity: number, limit?: number): Json => ({
    dmst_stex_tp: 'KRX',
    stk_cd: tape.id,
    ord_qty: String(quantity),
    ord_uv: limit === undefined ? '' : String(limit),
    trde_tp: limit === undefined ? '3' : '0',
    cond_uv: '',
  })

  const follow = async (): Promise<Line> => {
    const line = await stand.loggedIn()
    line.send({
      trnm: 'REG',
      grp_no: '1',
      refresh: '1',
      data: [{ item: [''], type: ['00', '04'] }],
    })
    await line.take(({ trnm }) => trnm === 'REG', 'REG')
    return line
  }

  const brief = (line: Line) =>
    line
      .events('00')
      .map(({ values: v }) => [v['9203'], v['913'], v['905'], v['900'], v['902'], v['911'], v['915']])

  it('fills a market buy at once and tells it: accepted, filled, then the balance', async () => {
    await open()
    const tape = calm()
    const line = await follow()
    const reply = (await stand.call('kt10000', body(tape, 2))).body
    expect(reply).toEqual({
      ord_no: '0000001',
      dmst_stex_tp: 'KRX',
      return_code: 0,
      return_msg: '매수주문이 완료되었습니다.',
    })
    stand.run(0)
    await eventually(() => line.events('04').length > 0, 'a balance event')
    expect(brief(line)[0]).toEqual(['0000001', '접수', '+매수', '2', '2', '', ''])
    expect(brief(line).at(-1)?.slice(0, 6)).toEqual(['0000001', '체결', '+매수', '2', '0', '2'])
    const [first, second] = line.frames
      .filter(({ trnm }) => trnm === 'REAL')
      .flatMap(({ data }) => data as { type: string }[])
      .slice(-2)
    expect([first?.type, second?.type]).toEqual(['00', '04'])
    expect(line.events('04').at(-1)?.values).toMatchObject({ '930': '2', '933': '2', '946': '2' })
  })

  it('fills in parts with a cumulative 911 and the piece in 915, and the rest is cancelled', async () => {
    await open({ accounts: RICH })
    const tape = calm()
    const line = await follow()
    const best = stand.core.market.exchange.levels(tape.id, 'sell', 2)
    const [first, second] = best
    if (!first || !second) throw new Error('a thin book')
    const wanted = first.quantity + second.quantity + 1_000_000
    await stand.call('kt10000', body(tape, wanted, second.price))
    const working = (await stand.call('ka10075', { all_stk_tp: '0', trde_tp: '0', stex_tp: '0' })).body
      .oso as Json[]
    expect(working).toHaveLength(1)
    const filled = wanted - Number(working[0]?.oso_qty)
    expect(filled).toBeGreaterThanOrEqual(first.quantity)
    expect(working[0]).toMatchObject({
      ord_stt: '체결',
      cntr_qty: String(filled),
      io_tp_nm: '+매수',
      trde_tp: '보통',
    })

    const cancel = { dmst_stex_tp: 'KRX', orig_ord_no: '0000001', stk_cd: tape.id, cncl_qty: '0' }
    const reply = (await stand.call('kt10003', cancel)).body
    const done = (await stand.control('GET', '/orders')) as unknown as Record<string, number>[]
    expect(Object.keys(reply)).toEqual([
      'ord_no',
      'base_orig_ord_no',
      'cncl_qty',
      'return_code',
      'return_msg',
    ])
    expect(reply).toMatchObject({
      ord_no: '0000002',
      base_orig_ord_no: '0000001',
      return_msg: '매수취소 주문입력이 완료되었습니다',
    })
    const gone = wanted - (done[0]?.filled ?? 0)
    expect(reply.cncl_qty).toBe(String(gone).padStart(12, '0'))
    stand.run(0)
    await eventually(() => brief(line).at(-1)?.[4] === '0', 'the closing event')

    const fills = line.events('00').filter(({ values }) => values['915'] !== '')
    let sum = 0
    for (const { values } of fills) {
      sum += Number(values['915'])
      expect(Number(values['911'])).toBe(sum)
      expect(Number(values['902'])).toBe(wanted - sum)
    }
    expect(sum).toBe(done[0]?.filled)
    expect(fills.length).toBeGreaterThan(1)
    expect(
      brief(line)
        .slice(-3)
        .map((row) => row.slice(0, 3)),
    ).toEqual([
      ['0000002', '접수', '매수취소'],
      ['0000002', '확인', '매수취소'],
      ['0000001', '체결', '+매수'],
    ])
    expect(line.events('00').at(-1)?.values).toMatchObject({ '902': '0', '914': '', '915': '', '909': '' })
    expect((await stand.call('ka10075', { all_stk_tp: '0', trde_tp: '0', stex_tp: '0' })).body.oso).toEqual(
      [],
    )
  })

  it.each([
    ['all', '0', 'none', 2],
    ['all, with a code', '0', 'first', 2],
    ['one stock', '1', 'first', 1],
    ['one stock without its code', '1', 'none', 2],
  ])('lists open orders of %s', async (_, scope, code, count) => {
    await open()
    const [first, second] = stand.core.market.tapes.filter(
      ({ listing, inVi }) => !inVi && !listing.today.halted && listing.instrument.class === 'stock',
    )
    if (!first || !second) throw new Error('two stocks')
    for (const tape of [first, second]) await stand.call('kt10000', body(tape, 1, tape.band?.lower ?? 0))
    const request = {
      all_stk_tp: scope,
      trde_tp: '0',
      stk_cd: code === 'first' ? first.id : '',
      stex_tp: '0',
    }
    const rows = (await stand.call('ka10075', request)).body.oso as Json[]
    expect(rows.map(({ ord_no }) => ord_no)).toEqual(['0000002', '0000001'].slice(-count))
  })

  it('amends under new numbers whose base stays the first, then cancels the last of the chain', async () => {
    await open()
    const tape = calm()
    const line = await follow()
    const low = tape.band?.lower ?? 0
    await stand.call('kt10000', body(tape, 5, low))
    const amend = (original: string, limit: number, quantity = '0') =>
      stand.call('kt10002', {
        dmst_stex_tp: 'KRX',
        orig_ord_no: original,
        stk_cd: tape.id,
        mdfy_qty: quantity,
        mdfy_uv: String(limit),
        mdfy_cond_uv: '',
      })
    const { stepUp } = ladder(tape)
    const first = (await amend('0000001', stepUp(low))).body
    expect(first).toEqual({
      ord_no: '0000002',
      base_orig_ord_no: '0000001',
      mdfy_qty: '000000000005',
      dmst_stex_tp: 'KRX',
      return_code: 0,
      return_msg: '매수정정 주문입력이 완료되었습니다',
    })
    const part = (await amend('0000002', low, '2')).body
    expect(part).toMatchObject({ ord_no: '0000003', base_orig_ord_no: '0000001', mdfy_qty: '000000000002' })
    expect((await amend('0000001', low)).body).toMatchObject({ return_code: 20 })
    const cancelled = (
      await stand.call('kt10003', {
        dmst_stex_tp: 'KRX',
        orig_ord_no: '0000003',
        stk_cd: tape.id,
        cncl_qty: '1',
      })
    ).body
    expect(cancelled).toMatchObject({
      ord_no: '0000004',
      base_orig_ord_no: '0000001',
      cncl_qty: '000000000001',
    })
    stand.run(0)
    await eventually(() => brief(line).length >= 10, 'ten events')
    expect(brief(line).map((row) => row.slice(0, 5))).toEqual([
      ['0000001', '접수', '+매수', '5', '5'],
      ['0000002', '접수', '매수정정', '5', '5'],
      ['0000002', '확인', '매수정정', '5', '5'],
      ['0000001', '접수', '+매수', '5', '0'],
      ['0000003', '접수', '매수정정', '2', '2'],
      ['0000003', '확인', '매수정정', '2', '2'],
      ['0000002', '접수', '매수정정', '5', '3'],
      ['0000004', '접수', '매수취소', '1', '1'],
      ['0000004', '확인', '매수취소', '1', '0'],
      ['0000003', '접수', '매수정정', '2', '1'],
    ])
    const ledger = (
      await stand.call('kt00007', { qry_tp: '1', stk_bond_tp: '0', sell_tp: '0', dmst_stex_tp: '%' })
    ).body.acnt_ord_cntr_prps_dtl as Json[]
    expect(ledger.map((row) => [row.ori_ord, row.mdfy_cncl, row.ord_remnq, row.cnfm_qty])).toEqual([
      ['0000000', '', '0000000000', '0000000000'],
      ['0000001', '정정', '0000000003', '0000000005'],
      ['0000002', '정정', '0000000001', '0000000002'],
      ['0000003', '취소', '0000000000', '0000000001'],
    ])
  })

  // kt10002: 정정수량 moves to the new number; what is left of the original goes on working.
  it('keeps what an amend of a part leaves behind working under its old number', async () => {
    await open()
    const tape = calm()
    const low = tape.band?.lower ?? 0
    const { exchange } = stand.core.market
    const bidAt = (at: number) =>
      exchange.levels(tape.id, 'buy', 10_000).find((level) => level.price === at)?.quantity ?? 0
    const before = bidAt(low)
    await stand.call('kt10000', body(tape, 5, low))
    const change = { dmst_stex_tp: 'KRX', orig_ord_no: '0000001', stk_cd: tape.id }
    const amend = { ...change, mdfy_qty: '2', mdfy_uv: String(ladder(tape).stepUp(low)), mdfy_cond_uv: '' }
    expect((await stand.call('kt10002', amend)).body).toMatchObject({ return_code: 0 })
    expect(bidAt(low)).toBe(before + 3)
    const cancelled = (await stand.call('kt10003', { ...change, cncl_qty: '0' })).body
    expect(cancelled).toMatchObject({ return_code: 0, cncl_qty: '000000000003' })
    expect(bidAt(low)).toBe(before)
  })

  it.each([
    [
      'a price off the tick',
      '[2000](571557:주문단가를 잘못입력하셨습니다)',
      (t: Tape) => body(t, 1, offTick(t)),
    ],
    [
      'a price above the band',
      '[2000](571557:',
      (t: Tape) => body(t, 1, ladder(t).stepUp(t.band?.upper ?? 0)),
    ],
    ['a limit order without price', '[2000](571557:', (t: Tape) => ({ ...body(t, 1), trde_tp: '0' })],
    [
      'an unknown type',
      '[2000](407022:매매구분을 확인하십시요)',
      (t: Tape) => ({ ...body(t, 1), trde_tp: '00' }),
    ],
    [
      'a stop order',
      '[2000](407022:',
      (t: Tape) => ({ ...body(t, 1, t.base), trde_tp: '28', cond_uv: '100' }),
    ],
    ['more than the cash', '[2000](855056:', (t: Tape) => body(t, 10_000_000)],
    ['nothing', '[2000](571558:', (t: Tape) => body(t, 0)],
  ])('refuses %s as a business matter', async (_, text, order) => {
    await open({ marketSize: 6 })
    const reply = await stand.call('kt10000', order(calm()))
    expect(reply.status).toBe(200)
    expect(reply.body.return_code).toBe(20)
    expect(reply.body.return_msg).toContain(text)
    expect(reply.body).not.toHaveProperty('ord_no')
    expect(await stand.control('GET', '/orders')).toEqual([])
  })

  it('refuses to sell what is not there, an unknown stock, and a venue without a market', async () => {
    await open({ marketSize: 6 })
    const tape = calm()
    expect((await stand.call('kt10001', body(tape, 1))).body.return_msg).toContain('(800033:')
    expect((await stand.call('kt10000', { ...body(tape, 1), stk_cd: '000001' })).body.return_msg).toContain(
      '[1902:',
    )
    expect((await stand.call('kt10000', { ...body(tape, 1), dmst_stex_tp: 'NXT' })).body.return_code).toBe(2)
    expect((await stand.call('kt10000', { ...body(tape, 1), dmst_stex_tp: 'SOR' })).body).toMatchObject({
      return_code: 0,
      dmst_stex_tp: 'SOR',
    })
  })

  it('speaks the mock words on the mock host', async () => {
    await open({ marketSize: 6, profile: 'mock' })
    const tape = calm()
    const text = async (order: Json) => (await stand.call('kt10000', order)).body.return_msg
    expect(await text(body(tape, 10_000_000))).toBe('[RC4025]모의투자 매수증거금이 부족합니다')
    expect(await text(body(tape, 1, ladder(tape).stepUp(tape.band?.upper ?? 0)))).toContain('[RC4027]')
    expect(await text(body(tape, 1))).toBe('[100000] 모의투자 매수주문완료')
    const { totals } = (await stand.control('GET', '/account')) as { totals: Record<string, number> }
    expect(totals.commission).toBe(Math.floor(((totals.bought ?? 0) * 0.0035) / 10) * 10)
  })

  it('refuses orders when the market is closed', async () => {
    await open({ at: '08:30', marketSize: 3 })
    const tape = stand.core.market.tapes[0]
    if (!tape) throw new Error('the market is empty')
    stand.clock.advanceTo(stand.clock.now() + 12 * 3_600_000)
    const reply = (await stand.call('kt10000', body(tape, 1, tape.base))).body
    expect(reply.return_code).toBe(20)
    expect(reply.return_msg).toContain('571489')
  })

  it('keeps an order the exchange refused as a row, and tells it', async () => {
    await open({ marketSize: 24, at: '09:10' })
    const halted = stand.core.market.tapes.find(({ listing }) => listing.today.halted)
    if (!halted) throw new Error('no halted stock')
    const line = await follow()
    const reply = (await stand.call('kt10000', body(halted, 1, halted.base))).body
    expect(reply).toMatchObject({ return_code: 0, ord_no: '0000001' })
    await eventually(() => line.events('00').length > 0, 'the refusal')
    expect(line.events('00')[0]?.values).toMatchObject({ '913': '거부', '902': '0' })
    expect(line.events('00')[0]?.values['919']).not.toBe('0')
    const rows = (
      await stand.call('kt00007', { qry_tp: '1', stk_bond_tp: '0', sell_tp: '0', dmst_stex_tp: '%' })
    ).body.acnt_ord_cntr_prps_dtl as Json[]
    expect(rows[0]).toMatchObject({ acpt_tp: '주문거부', ord_remnq: '0000000000' })
  })

  it('closes the rest of an immediate-or-cancel order on the stream', async () => {
    await open({ accounts: RICH })
    const tape = calm()
    const line = await follow()
    const best = stand.core.market.exchange.levels(tape.id, 'sell', 1)[0]
    if (!best) throw new Error('a thin book')
    await stand.call('kt10000', { ...body(tape, best.quantity + 100_000, best.price), trde_tp: '10' })
    await eventually(() => brief(line).at(-1)?.[4] === '0', 'the end of the order')
    expect(line.events('00').at(-1)?.values).toMatchObject({ '906': '보통(IOC)', '915': '' })
  })
})

const RICH = [
  { appKey: 'SIMKEY_1', secretKey: 'SIMSECRET_1', number: '1234567890', cash: 900_000_000_000_000 as never },
]

/** One tick up, by the table of 2023. */
function ladder(_: Tape) {
  const steps: readonly (readonly [below: number, tick: number])[] = [
    [2_000, 1],
    [5_000, 5],
    [20_000, 10],
    [50_000, 50],
    [200_000, 100],
    [500_000, 500],
    [Number.POSITIVE_INFINITY, 1_000],
  ]
  const tick = (price: number) => steps.find(([below]) => price < below)?.[1] ?? 1
  return { stepUp: (price: number) => price + tick(price), tick }
}

/** A price between two ticks; a cheap stock has none, so a fraction beyond the band stands in. */
const offTick = (tape: Tape): number => (ladder(tape).tick(tape.base) > 1 ? tape.base + 1 : 0)
