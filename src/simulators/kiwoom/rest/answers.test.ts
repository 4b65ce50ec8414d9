import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { krw, quantity } from '../../../model/money.ts'
import { DOCUMENTED } from '../testing/documented.ts'
import { ACCOUNT, openStand, type Stand } from '../testing/stand.ts'

type Json = Record<string, unknown>

/** One buy and one sale filled, one buy working: every list has a row. */
describe('answers', () => {
  let stand: Stand
  let code: string
  let other: string

  beforeAll(async () => {
    stand = await openStand({ at: '09:30' })
    const traded = stand.core.market.tapes.filter(
      ({ bid, ask, listing, inVi }) =>
        bid > 0 &&
        ask > 0 &&
        !inVi &&
        listing.instrument.class === 'stock' &&
        listing.instrument.market === 'KOSPI',
    )
    code = traded[0]?.id ?? ''
    other = traded[1]?.id ?? ''
    const order = { dmst_stex_tp: 'KRX', stk_cd: code, ord_qty: '3', ord_uv: '', trde_tp: '3', cond_uv: '' }
    await stand.call('kt10000', order)
    await stand.call('kt10001', { ...order, ord_qty: '1' })
    const low = stand.core.market.tape(other)?.band?.lower ?? 0
    await stand.call('kt10000', { ...order, stk_cd: other, ord_uv: String(low), trde_tp: '0' })
  })
  afterAll(() => stand.close())

  const requests = (): Record<string, Json> => ({
    ka00001: {},
    kt00001: { qry_tp: '3' },
    kt00004: { qry_tp: '0', dmst_stex_tp: 'KRX' },
    kt00005: { dmst_stex_tp: 'KRX' },
    kt00018: { qry_tp: '1', dmst_stex_tp: 'KRX' },
    ka10075: { all_stk_tp: '0', trde_tp: '0', stex_tp: '0' },
    ka10076: { qry_tp: '0', sell_tp: '0', stex_tp: '0' },
    ka10085: { stex_tp: '0' },
    ka10074: { strt_dt: '20261120', end_dt: '20261120' },
    ka10077: { stk_cd: code },
    ka10073: { strt_dt: '20261101', end_dt: '20261130' },
    kt00007: { qry_tp: '1', stk_bond_tp: '0', sell_tp: '0', dmst_stex_tp: '%' },
    kt00009: { stk_bond_tp: '0', mrkt_tp: '0', sell_tp: '0', qry_tp: '1', dmst_stex_tp: '%' },
    kt00010: { stk_cd: code, trde_tp: '2', uv: '10000' },
    kt00011: { stk_cd: code, uv: '10000' },
    ka10001: { stk_cd: code },
    ka10003: { stk_cd: code },
    ka10004: { stk_cd: code },
    ka10005: { stk_cd: code },
    ka10006: { stk_cd: code },
    ka10095: { stk_cd: `${code}|${other}` },
    ka10079: { stk_cd: code, tic_scope: '1', upd_stkpc_tp: '1' },
    ka10080: { stk_cd: code, tic_scope: '1', upd_stkpc_tp: '1' },
    ka10081: { stk_cd: code, base_dt: '20261120', upd_stkpc_tp: '1' },
    ka10082: { stk_cd: code, base_dt: '20261120', upd_stkpc_tp: '1' },
    ka10099: { mrkt_tp: '0' },
    ka10100: { stk_cd: code },
    ka10101: { mrkt_tp: '0' },
    ka20001: { mrkt_tp: '0', inds_cd: '001' },
    ka10023: {
      mrkt_tp: '000',
      sort_tp: '1',
      tm_tp: '2',
      trde_qty_tp: '5',
      stk_cnd: '0',
      pric_tp: '0',
      stex_tp: '1',
    },
    ka10027: {
      mrkt_tp: '000',
      sort_tp: '1',
      trde_qty_cnd: '0000',
      stk_cnd: '0',
      crd_cnd: '0',
      updown_incls: '1',
      pric_cnd: '0',
      trde_prica_cnd: '0',
      stex_tp: '3',
    },
    ka10030: {
      mrkt_tp: '000',
      sort_tp: '1',
      mang_stk_incls: '0',
      crd_tp: '0',
      trde_qty_tp: '0',
      pric_tp: '0',
      trde_prica_tp: '0',
      mrkt_open_tp: '0',
      stex_tp: '3',
    },
    ka10032: { mrkt_tp: '000', mang_stk_incls: '1', stex_tp: '1' },
  })

  const documented = Object.entries(DOCUMENTED).filter(([id]) => !id.startsWith('kt1000'))

  it.each(documented)(
    '%s has the documented keys, and every value is text',
    async (id, { top, list, row }) => {
      const { status, body } = await stand.call(id, requests()[id])
      expect(status).toBe(200)
      expect(body.return_code, String(body.return_msg)).toBe(0)
      expect(Object.keys(body).sort()).toEqual(top.split(' ').sort())
      for (const [name, value] of Object.entries(body))
        if (name !== 'return_code' && !Array.isArray(value)) expect(typeof value, name).toBe('string')
      if (!list || !row) return
      const rows = body[list] as Json[]
      expect(rows.length, id).toBeGreaterThan(0)
      for (const each of rows) {
        expect(Object.keys(each).sort(), id).toEqual(row.split(' ').sort())
        for (const [name, value] of Object.entries(each)) expect(typeof value, name).toBe('string')
      }
    },
  )

  it('pads account amounts to their widths, and leaves rates plain', async () => {
    const { body } = await stand.call('kt00018', requests().kt00018)
    const [row] = body.acnt_evlt_remn_indv_tot as Record<string, string>[]
    expect(body.tot_pur_amt).toMatch(/^\d{15}$/)
    expect(row).toMatchObject({
      stk_cd: `A${code}`,
      rmnd_qty: '000000000000002',
      crd_tp: '00',
      crd_loan_dt: '',
    })
    expect(row?.evltv_prft).toMatch(/^(-\d{14}|\d{15})$/)
    expect(row?.cur_prc).toMatch(/^\d{12}$/)
    expect(row?.prft_rt).toMatch(/^-?\d+\.\d\d$/)
    const cash = await stand.call('kt00001', { qry_tp: '3' })
    expect(cash.body.entr).toBe('000000050000000')
    expect(cash.body.d2_slby_exct_amt).toMatch(/^-\d{14}$/)
  })

  it('tells on the control port what buying power is made of', async () => {
    const { buyingPower: power } = (await stand.control('GET', '/account')) as {
      buyingPower: {
        amount: number
        cash: number
        unsettled: { settles: string; buy: number; sell: number }[]
        afterSettlement: number
        held: number
        holds: { ordNo: string; instrument: string; hold: number }[]
        marginRates: Record<string, { stock: number; applied: number }>
      }
    }
    expect(power.unsettled.map(({ settles }) => settles)).toEqual(['2026-11-23', '2026-11-24'])
    const flows = power.unsettled.reduce((sum, { buy, sell }) => sum + sell - buy, 0)
    expect(power.cash + flows).toBe(power.afterSettlement)
    expect(power.holds).toMatchObject([{ instrument: other }])
    expect(power.holds.reduce((sum, { hold }) => sum + hold, 0)).toBe(power.held)
    expect(power.amount).toBe(power.afterSettlement - power.held)
    expect(power.marginRates[code]).toMatchObject({ applied: 1 })
    const { body } = await stand.call('kt00001', { qry_tp: '3' })
    expect(Number(body['100stk_ord_alow_amt'])).toBe(power.amount)
  })

  it('keeps the arithmetic of the guide in kt00018 and kt00001', async () => {
    const { body } = await stand.call('kt00018', requests().kt00018)
    const [row] = (body.acnt_evlt_remn_indv_tot as Record<string, string>[]).map((each) =>
      Object.fromEntries(Object.entries(each).map(([name, value]) => [name, Number(value)])),
    ) as [Record<string, number>]
    const of = (name: string) => row[name] ?? Number.NaN
    expect(of('evlt_amt')).toBe(of('cur_prc') * of('rmnd_qty'))
    expect(of('sum_cmsn')).toBe(of('pur_cmsn') + of('sell_cmsn'))
    expect(of('evltv_prft')).toBe(of('evlt_amt') - of('pur_amt') - of('sum_cmsn') - of('tax'))
    const cash = (await stand.call('kt00001', { qry_tp: '3' })).body
    const won = (name: string) => Number(cash[name])
    expect(won('d2_slby_exct_amt')).toBe(won('d2_sel_exct_amt') - won('d2_buy_exct_amt'))
    expect(won('d2_entra')).toBe(won('d1_entra') + won('d2_slby_exct_amt'))
    expect(won('100stk_ord_alow_amt')).toBeLessThan(won('d2_entra'))
    const truth = (await stand.control('GET', '/account')).balance as Record<string, number>
    expect(won('d2_entra')).toBe(truth.d2)
    expect(won('100stk_ord_alow_amt')).toBe(truth.buyingPower)
  })

  it('counts commission and tax of the day in ka10074 as the account does', async () => {
    const { body } = await stand.call('ka10074', requests().ka10074)
    const totals = (await stand.control('GET', '/account')).totals as Record<string, number>
    expect([body.trde_cmsn, body.trde_tax, body.rlzt_pl].map(Number)).toEqual([
      totals.commission,
      totals.tax,
      totals.realizedPnl,
    ])
    expect(totals.tax).toBeGreaterThan(0)
  })

  it('gives kt00009 one row per order, and one per fill when fills are asked for', async () => {
    const all = (await stand.call('kt00009', { ...requests().kt00009, qry_tp: '0' })).body
    expect((all.acnt_ord_cntr_prst_array as Json[]).map(({ ord_no }) => ord_no)).toEqual([
      '0000001',
      '0000002',
      '0000003',
    ])
    const filled = (await stand.call('kt00009', requests().kt00009)).body
    const fills = (await stand.control('GET', '/account')).fills as { number: number }[]
    const rows = filled.acnt_ord_cntr_prst_array as Json[]
    expect(rows.map(({ cntr_no }) => Number(cntr_no))).toEqual(fills.map(({ number }) => number))
    expect(rows[0]?.cntr_tm).toMatch(/^\d\d:\d\d:\d\d$/)
  })

  it('answers ka10095 in request order, blank for an unknown code, and refuses 101 codes', async () => {
    const { body } = await stand.call('ka10095', { stk_cd: `${other}|XXXXXX|${code}` })
    const rows = body.atn_stk_infr as Record<string, string>[]
    expect(rows.map(({ stk_cd }) => stk_cd)).toEqual([other, '', code])
    expect(Object.values(rows[1] ?? {}).join('')).toBe('')
    const many = Array.from({ length: 101 }, () => code).join('|')
    expect((await stand.call('ka10095', { stk_cd: many })).body).toMatchObject({ return_code: 5 })
  })

  it('answers an unknown stock with blanks in ka10001 and with 1902 in charts', async () => {
    const info = (await stand.call('ka10001', { stk_cd: '000001' })).body
    expect(info).toMatchObject({ return_code: 0, stk_cd: '', cur_prc: '' })
    const chart = await stand.call('ka10081', { ...requests().ka10081, stk_cd: '000001' })
    expect(chart.body.return_msg).toContain('[1902:')
  })

  it('echoes a suffix, and refuses the venue that is not simulated', async () => {
    expect((await stand.call('ka10001', { stk_cd: `${code}_AL` })).body.stk_cd).toBe(`${code}_AL`)
    expect((await stand.call('ka10001', { stk_cd: `${code}_NX` })).body.return_msg).toContain('[1903:')
  })

  it('pages a daily chart: 600 rows, newest first, no day twice', async () => {
    const first = await stand.call('ka10081', requests().ka10081)
    expect((first.body.stk_dt_pole_chart_qry as Json[]).length).toBe(600)
    expect(first.headers.get('cont-yn')).toBe('Y')
    expect(first.headers.get('next-key')?.length).toBeLessThanOrEqual(50)
    const rows = await stand.rows('ka10081', requests().ka10081 ?? {}, 'stk_dt_pole_chart_qry')
    const days = rows.map(({ dt }) => String(dt))
    expect(rows.length).toBe(901)
    expect(days).toEqual([...new Set(days)].sort().reverse())
    expect(days[0]).toBe('20261120')
  })

  it('pages order lists of the kt family by twenty', async () => {
    const cheap = stand.core.market.tape(other)?.band?.lower ?? 0
    const order = { dmst_stex_tp: 'KRX', stk_cd: other, ord_qty: '1', ord_uv: String(cheap), trde_tp: '0' }
    for (let n = 0; n < 20; n++) await stand.call('kt10000', order)
    const rows = await stand.rows('kt00007', requests().kt00007 ?? {}, 'acnt_ord_cntr_prps_dtl')
    expect(rows.map(({ ord_no }) => Number(ord_no))).toEqual(
      Array.from({ length: 23 }, (_, index) => index + 1),
    )
    const turned = await stand.rows(
      'kt00007',
      { ...requests().kt00007, qry_tp: '2' },
      'acnt_ord_cntr_prps_dtl',
    )
    expect(turned.map(({ ord_no }) => ord_no)).toEqual(rows.map(({ ord_no }) => ord_no).reverse())
  })

  it('refuses a cursor of another request', async () => {
    const first = await stand.call('ka10081', requests().ka10081)
    const headers = { 'cont-yn': 'Y', 'next-key': first.headers.get('next-key') ?? '' }
    const stranger = await stand.call('ka10081', { ...requests().ka10081, stk_cd: other }, headers)
    expect(stranger.body.return_msg).toContain('[1517:')
  })

  it('builds the first minute row from the unfinished minute, with the day volume', async () => {
    const { body } = await stand.call('ka10080', requests().ka10080)
    const rows = body.stk_min_pole_chart_qry as Record<string, string>[]
    const tape = stand.core.market.tape(code)
    expect(rows[0]?.acc_trde_qty).toBe(String(tape?.volume))
    expect(Number(rows[0]?.cur_prc?.replace(/^[+-]/, ''))).toBe(tape?.last)
    expect(rows[0]?.cntr_tm).toMatch(/^2026112009\d\d00$/)
    expect(rows.some(({ cntr_tm }) => cntr_tm?.startsWith('20261119153000'))).toBe(true)
  })

  it('sorts rankings by their criterion', async () => {
    const value = (await stand.call('ka10032', requests().ka10032)).body.trde_prica_upper as Json[]
    const amounts = value.map(({ trde_prica }) => Number(trde_prica))
    expect(amounts).toEqual([...amounts].sort((a, b) => b - a))
    const rates = (await stand.call('ka10027', requests().ka10027)).body.pred_pre_flu_rt_upper as Json[]
    const shares = rates.map(({ flu_rt }) => Number(flu_rt))
    expect(shares).toEqual([...shares].sort((a, b) => b - a))
    expect(Math.min(...shares)).toBeGreaterThan(0)
    expect(String(rates[0]?.stk_cd)).toMatch(/_AL$/)
  })
})

describe('an account without trades', () => {
  let stand: Stand
  beforeAll(async () => {
    stand = await openStand({ at: '08:31', marketSize: 3 })
  })
  afterAll(() => stand.close())

  it('answers zero totals, empty lists, and the recorded row of blanks', async () => {
    const empty = await stand.call('kt00018', { qry_tp: '1', dmst_stex_tp: 'KRX' })
    expect(empty.body).toMatchObject({ tot_pur_amt: '000000000000000', acnt_evlt_remn_indv_tot: [] })
    const code = stand.core.market.tapes[0]?.id
    const detail = (await stand.call('ka10077', { stk_cd: code })).body
    expect(detail.tdy_rlzt_pl).toBe('0')
    expect((detail.tdy_rlzt_pl_dtl as Json[]).map((row) => Object.values(row).join(''))).toEqual([''])
    const day = (await stand.call('ka10074', { strt_dt: '20261120', end_dt: '20261120' })).body
    expect(day).toMatchObject({ tot_buy_amt: '0', trde_tax: '0', dt_rlzt_pl: [] })
  })
})

describe('an account that opens with shares', () => {
  it('shows them as carried, sellable and settled', async () => {
    const probe = await openStand({ at: '08:31', marketSize: 3 })
    const tape = probe.core.market.tapes[0]
    await probe.close()
    if (!tape) throw new Error('the market is empty')
    const stand = await openStand({
      at: '08:31',
      marketSize: 3,
      accounts: [
        {
          appKey: 'SIMKEY_1',
          secretKey: 'SIMSECRET_1',
          number: ACCOUNT,
          cash: krw(1_000_000),
          holdings: [{ instrument: tape.id, quantity: quantity(10), cost: krw(tape.base * 10) }],
        },
      ],
    })
    const { body } = await stand.call('kt00004', { qry_tp: '0', dmst_stex_tp: 'KRX' })
    await stand.close()
    expect((body.stk_acnt_evlt_prst as Json[])[0]).toMatchObject({
      rmnd_qty: '000000000010',
      setl_remn: '000000000010',
      pred_buyq: '000000000010',
      tdy_buyq: '000000000000',
    })
  })
})
