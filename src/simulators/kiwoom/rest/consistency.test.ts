import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { APIS } from '../api-index.ts'
import { sampleRequest } from '../testing/sample-requests.ts'
import { openStand, type Stand } from '../testing/stand.ts'
import { CATALOGUE } from './catalogue/catalogue.ts'

type Row = Record<string, string>

const STOCK = '005930'
const FUND = '069500'
const MANY = { capacity: 10_000, perSecond: 10_000 }
const KINDS =
  `ind_invsr frgnr_invsr fnnc_invt insrnc invtrt etc_fnnc bank penfnd_etc samo_fund natn etc_corp natfor`.split(
    ' ',
  )

/** Any number of signs; a minus anywhere is negative. */
const value = (text = ''): number => {
  const size = Number(text.replace(/[+-]/g, ''))
  return text.includes('-') ? -size : size
}
const size = (text = ''): number => Math.abs(value(text))
const sum = (rows: readonly Row[], name: string): number =>
  rows.reduce((total, row) => total + value(row[name]), 0)

/** The market stands still while it is asked: every answer speaks of one moment. */
describe('what one moment of the market says in different words', () => {
  let stand: Stand
  let bearer: string

  beforeAll(async () => {
    stand = await openStand({
      at: '09:34',
      marketSize: 24,
      knownNames: true,
      limits: { perApi: MANY, queries: MANY, orders: MANY },
    })
    bearer = `Bearer ${await stand.token()}`
  }, 60_000)
  afterAll(() => stand.close())

  const ask = async (id: string, more: Row = {}, code = STOCK): Promise<Record<string, unknown>> => {
    const body = { ...sampleRequest(id, code, FUND), ...more }
    const answer = await stand.post(APIS.get(id)?.path ?? '', body, { 'api-id': id, authorization: bearer })
    expect(answer.body.return_code, `${id} ${answer.body.return_msg}`).toBe(0)
    return answer.body
  }
  const rowsOf = async (id: string, more: Row = {}, code = STOCK): Promise<Row[]> =>
    (await ask(id, more, code))[CATALOGUE[id]?.list ?? ''] as Row[]

  it.each([
    ['ka10016', {}, undefined, 0],
    ['ka10017', { updown_tp: '2', sort_tp: '3' }, 'flu_rt', -1],
    ['ka10017', { updown_tp: '5', sort_tp: '3' }, 'flu_rt', 1],
    ['ka10018', { high_low_tp: '1' }, undefined, 0],
    ['ka10019', { flu_tp: '1' }, 'jmp_rt', -1],
    ['ka10019', { flu_tp: '2' }, 'jmp_rt', 1],
    ['ka10020', { sort_tp: '1' }, 'netprps_req', -1],
    ['ka10028', { sort_tp: '1', flu_cnd: '1' }, 'open_pric_pre', -1],
    ['ka10028', { sort_tp: '1', flu_cnd: '2' }, 'open_pric_pre', 1],
    ['ka10034', { trde_tp: '2', dt: '0' }, 'netprps_qty', -1],
    ['ka10034', { trde_tp: '1', dt: '0' }, 'netprps_qty', 1],
    ['ka10044', { trde_tp: '2' }, 'netprps_qty', -1],
    ['ka10058', { trde_tp: '1' }, 'netslmt_qty', 1],
    ['ka10037', { trde_tp: '1', sort_tp: '2', dt: '0' }, 'netprps_trde_qty', -1],
    ['ka10131', {}, 'nettrde_qty', -1],
    ['ka90002', { thema_grp_cd: '100' }, 'flu_rt', -1],
    ['ka90003', { trde_upper_tp: '2' }, 'prm_netprps_amt', -1],
    ['ka20002', {}, undefined, 0],
  ] as const)(
    '%s %j: its rows are sorted and say what the quote says',
    async (id, more, sorted, direction) => {
      const rows = await rowsOf(id, more)
      expect(rows.length, id).toBeGreaterThan(0)
      const quotes = new Map<string, Row>()
      const codes = rows.map(({ stk_cd }) => stk_cd ?? '')
      for (const quote of (await ask('ka10095', { stk_cd: codes.slice(0, 100).join('|') }))
        .atn_stk_infr as Row[])
        quotes.set(quote.stk_cd ?? '', quote)
      for (const row of rows)
        for (const name of ['cur_prc', 'pred_pre', 'flu_rt', 'sel_bid', 'buy_bid'])
          if (row[name] !== undefined)
            expect(row[name], `${row.stk_cd} ${name}`).toBe(quotes.get(row.stk_cd ?? '')?.[name])
      if (sorted === undefined) expect(codes).toEqual(direction === 0 ? codes.toSorted() : codes)
      else
        for (const [at, row] of rows.slice(1).entries())
          expect((value(row[sorted]) - value(rows[at]?.[sorted])) * direction).toBeGreaterThanOrEqual(0)
    },
  )

  it('a new high of five days is higher than each of them, and no other instrument has one', async () => {
    const found = new Set(
      (await rowsOf('ka10016', { ntl_tp: '1', high_low_close_tp: '1', dt: '5', mrkt_tp: '000' })).map(
        ({ stk_cd }) => stk_cd,
      ),
    )
    for (const tape of stand.core.market.tapes) {
      const days = (
        await stand.post(
          '/api/dostk/chart',
          { stk_cd: tape.id, base_dt: '20261119', upd_stkpc_tp: '1' },
          { 'api-id': 'ka10081', authorization: bearer },
        )
      ).body.stk_dt_pole_chart_qry as Row[]
      const top = Math.max(...days.slice(0, 5).map(({ high_pric }) => size(high_pric)))
      expect(found.has(tape.id), tape.id).toBe(tape.high > top)
    }
  })

  it.each(['ka10059', 'ka10060'])(
    '%s: all kinds together bought and sold the volume, and the nets are zero',
    async (id) => {
      const [net, bought, sold] = [
        await rowsOf(id, { trde_tp: '0' }),
        await rowsOf(id, { trde_tp: '1' }),
        await rowsOf(id, { trde_tp: '2' }),
      ]
      const days = await rowsOf('ka10086')
      expect(net.length).toBe(20)
      for (const [at, row] of net.entries()) {
        const all = (each: Row | undefined) => KINDS.reduce((total, name) => total + value(each?.[name]), 0)
        expect(all(row)).toBe(0)
        expect(all(bought[at])).toBe(value(days[at]?.trde_qty))
        expect(all(sold[at])).toBe(value(days[at]?.trde_qty))
        expect(
          value(row.ind_invsr) +
            value(row.frgnr_invsr) +
            value(row.orgn) +
            value(row.etc_corp) +
            value(row.natfor),
        ).toBe(0)
      }
    },
  )

  it('a span sums its days; the daily list, the foreign list and the minutes end in the same figures', async () => {
    const days = await rowsOf('ka10059', { trde_tp: '0' })
    const [total] = await rowsOf('ka10061', {
      trde_tp: '0',
      strt_dt: days[4]?.dt ?? '',
      end_dt: days[0]?.dt ?? '',
    })
    for (const name of [...KINDS, 'orgn']) expect(value(total?.[name])).toBe(sum(days.slice(0, 5), name))
    const daily = await rowsOf('ka10086')
    const foreign = await rowsOf('ka10008')
    for (const [at, row] of days.entries()) {
      expect(value(daily[at]?.ind_netprps)).toBe(value(row.ind_invsr))
      expect(value(daily[at]?.for_netprps)).toBe(value(row.frgnr_invsr))
      expect(value(daily[at]?.orgn_netprps)).toBe(value(row.orgn))
      expect(value(foreign[at]?.chg_qty)).toBe(value(row.frgnr_invsr))
    }
    for (const [at, row] of foreign.slice(1).entries())
      expect(value(foreign[at]?.poss_stkcnt) - value(row.poss_stkcnt)).toBe(value(foreign[at]?.chg_qty))
    const minutes = await rowsOf('ka10064', { trde_tp: '0', amt_qty_tp: '2' })
    expect(value(minutes.at(-1)?.frgnr_invsr)).toBe(value(days[0]?.frgnr_invsr))
  })

  it('the nets of an index are zero in sum', async () => {
    for (const row of await rowsOf('ka10051'))
      expect(
        ['ind', 'frgnr', 'orgn', 'etc_corp', 'native_trmt_frgnr'].reduce(
          (total, name) => total + value(row[`${name}_netprps`]),
          0,
        ),
      ).toBe(0)
  })

  it('what all firms bought and sold on a day is its volume; the five places show the biggest of them', async () => {
    const members = (await ask('ka10102')).list as Row[]
    const today = { strt_dt: '20261120', end_dt: '20261120' }
    const flows: Row[] = []
    for (const { code } of members)
      flows.push(...(await rowsOf('ka10078', { ...today, mmcm_cd: code ?? '' })))
    const [{ trde_qty: volume } = {}] = await rowsOf('ka10086')
    expect(sum(flows, 'buy_qty')).toBe(value(volume))
    expect(sum(flows, 'sell_qty')).toBe(value(volume))
    const top = await ask('ka10002')
    const bought = flows.map((row) => value(row.buy_qty)).toSorted((a, b) => b - a)
    for (let n = 1; n <= 5; n++) expect(Number(top[`buy_trde_qty_${n}`])).toBe(bought[n - 1])
    const main = await ask('ka10040')
    expect(main.buy_trde_ori_qty_1).toBe(`+${top.buy_trde_qty_1}`)
    expect(main.sel_trde_ori_qty_1).toBe(`-${top.sel_trde_qty_1}`)
  })

  it('program trades of the market are the sum of its stocks, and a part of the volume', async () => {
    const stocks = await rowsOf('ka90004')
    const [latest] = await rowsOf('ka90005')
    expect(sum(stocks, 'buy_cntr_amt')).toBe(value(latest?.all_buy))
    expect(sum(stocks, 'sel_cntr_amt')).toBe(value(latest?.all_sel))
    const [daily] = await rowsOf('ka90010')
    for (const name of ['dfrt_trde_netprps', 'ndiffpro_trde_netprps', 'all_netprps'])
      expect(daily?.[name]).toBe(latest?.[name])
    expect(value(latest?.dfrt_trde_netprps) + value(latest?.ndiffpro_trde_netprps)).toBe(
      value(latest?.all_netprps),
    )
    const [own] = await rowsOf('ka90013')
    expect(size(own?.prm_buy_qty)).toBeLessThan(size(own?.trde_qty))
    const [minute] = await rowsOf('ka90008')
    expect(minute?.prm_netprps_qty).toBe(own?.prm_netprps_qty)
    const sums = await rowsOf('ka90007', { amt_qty_tp: '1' })
    for (const [at, row] of sums.slice(1).entries())
      expect(value(sums[at]?.all_acc) - value(row.all_acc)).toBe(value(sums[at]?.all_tdy))
  })

  it('short sales are a part of the volume and add up; what is lent grows by what was lent less what came back', async () => {
    const shorts = await rowsOf('ka10014')
    for (const [at, row] of shorts.entries()) {
      expect(size(row.shrts_qty)).toBeLessThan(size(row.trde_qty))
      const before = shorts[at + 1]
      if (before) expect(value(row.ovr_shrts_qty) - value(before.ovr_shrts_qty)).toBe(value(row.shrts_qty))
    }
    const lent = await rowsOf('ka20068')
    for (const [at, row] of lent.slice(1).entries())
      expect(value(lent[at]?.rmnd) - value(row.rmnd)).toBe(value(lent[at]?.dbrt_trde_irds))
    const [market] = await rowsOf('ka10068', { end_dt: '20261119' })
    const perMarket = await Promise.all(['001', '101'].map((mrkt_tp) => rowsOf('ka90012', { mrkt_tp })))
    expect(sum(perMarket.flat(), 'dbrt_trde_cntrcnt')).toBe(value(market?.dbrt_trde_cntrcnt))
    expect(sum(perMarket.flat(), 'rmnd')).toBe(value(market?.rmnd))
  })

  it('every chart and every list of days ends at the last price', async () => {
    const tape = stand.core.market.tape(STOCK)
    const index = stand.core.market.index('001')
    const lists: readonly (readonly [id: string, list: string, name: string])[] = [
      ['ka10079', 'stk_tic_chart_qry', 'cur_prc'],
      ['ka10080', 'stk_min_pole_chart_qry', 'cur_prc'],
      ['ka10081', 'stk_dt_pole_chart_qry', 'cur_prc'],
      ['ka10082', 'stk_stk_pole_chart_qry', 'cur_prc'],
      ['ka10083', 'stk_mth_pole_chart_qry', 'cur_prc'],
      ['ka10094', 'stk_yr_pole_chart_qry', 'cur_prc'],
      ...[
        'ka10008',
        'ka10013',
        'ka10015',
        'ka10045',
        'ka10046',
        'ka10047',
        'ka10055',
        'ka10059',
        'ka10084',
        'ka10086',
        'ka90013',
      ].map(
        (id) =>
          [
            id,
            CATALOGUE[id]?.list ?? '',
            /ka10046|ka10084|ka10047|ka10059|ka10013|ka90013/.test(id)
              ? 'cur_prc'
              : id === 'ka10055'
                ? 'cntr_pric'
                : 'close_pric',
          ] as const,
      ),
    ]
    for (const [id, list, name] of lists) {
      const more = id === 'ka10015' ? { strt_dt: '20261120' } : {}
      const [newest] = (await ask(id, more))[list] as Row[]
      expect(size(newest?.[name]), id).toBe(tape?.last)
    }
    for (const [id, list] of [
      ['ka20004', 'inds_tic_chart_qry'],
      ['ka20005', 'inds_min_pole_qry'],
      ['ka20006', 'inds_dt_pole_qry'],
      ['ka20007', 'inds_stk_pole_qry'],
      ['ka20008', 'inds_mth_pole_qry'],
      ['ka20019', 'inds_yr_pole_qry'],
    ] as const) {
      const [newest] = (await ask(id))[list] as Row[]
      expect(size(newest?.cur_prc), id).toBe(index?.last)
    }
    const daily = await ask('ka20009')
    expect(size(String(daily.cur_prc)) * 100).toBeCloseTo(index?.last ?? 0)
  })

  it('a fund is as far from its NAV as it says', async () => {
    const [row] = await rowsOf('ka40009')
    const [day] = await rowsOf('ka40003')
    expect(day?.nav).toBe(row?.nav)
    const price = stand.core.market.tape(FUND)?.last ?? 0
    expect(value(row?.dispty_rt)).toBeCloseTo((price / Number(row?.nav) - 1) * 100, 1)
    expect(
      (await stand.post('/api/dostk/etf', { stk_cd: STOCK }, { 'api-id': 'ka40002', authorization: bearer }))
        .body.return_msg,
    ).toContain('[1902:')
  })

  it('ka10054 lists each interruption of the day once, and can leave kinds of stocks out', async () => {
    const rows = await rowsOf('ka10054')
    const interrupted = stand.core.market.tapes.filter(({ viCount }) => viCount > 0)
    expect(rows.map(({ stk_cd }) => stk_cd).toSorted()).toEqual(interrupted.map(({ id }) => id).toSorted())
    for (const row of rows) {
      const last = interrupted.find(({ id }) => id === row.stk_cd)?.interruptions.at(-1)
      expect(row).toMatchObject({ motn_pric: String(last?.price), vimotn_cnt: String(last?.count) })
    }
    const none = await rowsOf('ka10054', { trde_qty_tp: '1', min_trde_qty: '999999999999', max_trde_qty: '' })
    expect(none).toEqual([])
  })
})
