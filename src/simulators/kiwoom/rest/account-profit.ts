import type { InstrumentId } from '../../../model/ids.ts'
import { type Sales, salesOf } from '../brokerage/customer.ts'
import { percent } from '../format.ts'
import { prefixed } from '../market/listing-text.ts'
import type { Tape } from '../market/tape.ts'
import type { Row } from '../wire.ts'
import { may, need, textOf } from './fields.ts'
import { type Answer, type Call, KA_FOUND, listAnswer, type Offers } from './offer.ts'

const KA_PAGE = 100

const today = (call: Call): string => call.market.day.replaceAll('-', '')

/** Only the simulated day has sales. */
const covers = (call: Call): boolean => {
  const from = textOf(call.body, 'strt_dt')
  const to = textOf(call.body, 'end_dt') || today(call)
  return from <= today(call) && today(call) <= to
}

interface SoldInstrument {
  readonly tape: Tape
  readonly sales: Sales
}

/** Instruments sold today, in the order of their first sale; all, or the one asked for. */
function sold(call: Call): readonly SoldInstrument[] {
  const { account } = call.customer
  const wanted = textOf(call.body, 'stk_cd').replace(/^[AJQ](?=.{6}$)/, '')
  const ids = new Set<InstrumentId>()
  for (const fill of account.fills()) if (fill.side === 'sell') ids.add(fill.instrument)
  return [...ids].flatMap((id) => {
    const tape = call.market.tape(id)
    return tape && (wanted === '' || wanted === id) ? [{ tape, sales: salesOf(account, id) }] : []
  })
}

const plus = (text: string): string => (text.startsWith('-') || Number(text) === 0 ? text : `+${text}`)
const rateOf = ({ profit, cost }: Sales): string => plus(percent(profit, cost))
const each = (won: number, { quantity }: Sales, decimals: number): string =>
  (quantity === 0 ? 0 : won / quantity).toFixed(decimals)

const saleRow = ({ tape, sales }: SoldInstrument): Row => ({
  stk_nm: tape.listing.instrument.name,
  cntr_qty: String(sales.quantity),
  buy_uv: each(sales.cost, sales, 2),
  cntr_pric: String(Math.trunc(sales.sold / Math.max(1, sales.quantity))),
  tdy_sel_pl: sales.profit.toFixed(2),
  pl_rt: rateOf(sales),
  stk_cd: prefixed(tape.listing),
  tdy_trde_cmsn: String(sales.commission),
  tdy_trde_tax: String(sales.tax),
  wthd_alowa: '0',
  loan_dt: '',
  crd_tp: '현금잔고',
})

function ka10072(call: Call): Answer {
  const rows = textOf(call.body, 'strt_dt') <= today(call) ? sold(call) : []
  return listAnswer(
    'dt_stk_div_rlzt_pl',
    rows.map((row) => ({
      ...saleRow(row),
      stk_cd_1: prefixed(row.tape.listing),
      tdy_sel_pl_1: row.sales.profit.toFixed(2),
    })),
    KA_PAGE,
    { message: KA_FOUND },
  )
}

const ka10073 = (call: Call): Answer =>
  listAnswer(
    'dt_stk_rlzt_pl',
    (covers(call) ? sold(call) : []).map((row) => ({
      dt: today(call),
      tdy_htssel_cmsn: '현금',
      ...saleRow(row),
    })),
    KA_PAGE,
    { message: KA_FOUND },
  )

function ka10074(call: Call): Answer {
  const totals = call.customer.account.totals()
  const traded = covers(call) && totals.bought + totals.sold > 0
  const { bought, sold: soldValue, commission, tax, realizedPnl } = totals
  const text = (won: number) => String(traded ? won : 0)
  const row: Row = {
    dt: today(call),
    buy_amt: String(bought),
    sell_amt: String(soldValue),
    tdy_sel_pl: String(realizedPnl),
    tdy_trde_cmsn: String(commission),
    tdy_trde_tax: String(tax),
  }
  return listAnswer('dt_rlzt_pl', traded ? [row] : [], KA_PAGE, {
    message: KA_FOUND,
    fields: {
      tot_buy_amt: text(bought),
      tot_sell_amt: text(soldValue),
      rlzt_pl: text(realizedPnl),
      trde_cmsn: text(commission),
      trde_tax: text(tax),
    },
  })
}

const blank = (names: string): Row => Object.fromEntries(names.split(' ').map((name) => [name, '']))

/** Nothing sold: one row with all fields blank (recorded). */
function ka10077(call: Call): Answer {
  const rows = sold(call)
  const profit = rows.reduce((sum, { sales }) => sum + sales.profit, 0)
  const lines = rows.map(
    ({ tape, sales }): Row => ({
      stk_nm: tape.listing.instrument.name,
      cntr_qty: String(sales.quantity),
      buy_uv:
        sales.cost % Math.max(1, sales.quantity) === 0
          ? each(sales.cost, sales, 0)
          : each(sales.cost, sales, 7),
      cntr_pric: String(Math.trunc(sales.sold / Math.max(1, sales.quantity))),
      tdy_sel_pl: String(sales.profit),
      pl_rt: rateOf(sales),
      tdy_trde_cmsn: String(sales.commission),
      tdy_trde_tax: String(sales.tax),
      stk_cd: prefixed(tape.listing),
    }),
  )
  const nothing = blank('stk_nm cntr_qty buy_uv cntr_pric tdy_sel_pl pl_rt tdy_trde_cmsn tdy_trde_tax stk_cd')
  return listAnswer('tdy_rlzt_pl_dtl', lines.length > 0 ? lines : [nothing], KA_PAGE, {
    message: KA_FOUND,
    fields: { tdy_rlzt_pl: String(profit) },
  })
}

interface DiaryLine {
  readonly tape: Tape
  readonly bought: number
  readonly boughtQuantity: number
  readonly sales: Sales
  readonly charges: number
}

function diary(call: Call): readonly DiaryLine[] {
  const { account } = call.customer
  const day = textOf(call.body, 'base_dt')
  if ((day !== '' && day !== today(call)) || textOf(call.body, 'ch_crd_tp') === '2') return []
  const lines = new Map<InstrumentId, DiaryLine>()
  for (const fill of account.fills()) {
    const tape = call.market.tape(fill.instrument)
    if (!tape) continue
    const line = lines.get(fill.instrument) ?? {
      tape,
      bought: 0,
      boughtQuantity: 0,
      sales: salesOf(account, fill.instrument),
      charges: 0,
    }
    const buys = fill.side === 'buy'
    lines.set(fill.instrument, {
      ...line,
      bought: line.bought + (buys ? fill.value : 0),
      boughtQuantity: line.boughtQuantity + (buys ? fill.quantity : 0),
      charges: line.charges + fill.commission + fill.tax,
    })
  }
  return [...lines.values()]
}

function ka10170(call: Call): Answer {
  const lines = diary(call)
  const rows = lines.map(
    ({ tape, bought, boughtQuantity, sales, charges }): Row => ({
      stk_nm: tape.listing.instrument.name,
      buy_avg_pric: String(boughtQuantity === 0 ? 0 : Math.trunc(bought / boughtQuantity)),
      buy_qty: String(boughtQuantity),
      sel_avg_pric: String(sales.quantity === 0 ? 0 : Math.trunc(sales.sold / sales.quantity)),
      sell_qty: String(sales.quantity),
      cmsn_alm_tax: String(charges),
      pl_amt: String(sales.profit),
      sell_amt: String(sales.sold),
      buy_amt: String(bought),
      prft_rt: percent(sales.profit, sales.cost),
      stk_cd: prefixed(tape.listing),
    }),
  )
  const sum = (pick: (line: DiaryLine) => number) => lines.reduce((total, line) => total + pick(line), 0)
  const soldValue = sum(({ sales }) => sales.sold)
  const bought = sum((line) => line.bought)
  const charges = sum((line) => line.charges)
  const profit = sum(({ sales }) => sales.profit)
  const nothing = blank(
    'stk_nm buy_avg_pric buy_qty sel_avg_pric sell_qty cmsn_alm_tax pl_amt sell_amt buy_amt prft_rt stk_cd',
  )
  return listAnswer('tdy_trde_diary', rows.length > 0 ? rows : [nothing], KA_PAGE, {
    message: KA_FOUND,
    fields: {
      tot_sell_amt: String(soldValue),
      tot_buy_amt: String(bought),
      tot_cmsn_tax: String(charges),
      tot_exct_amt: String(soldValue - bought - charges),
      tot_pl_amt: String(profit),
      tot_prft_rt: percent(
        profit,
        sum(({ sales }) => sales.cost),
      ),
    },
  })
}

/** Realized profit: ka10072, ka10073 per instrument, ka10074 per day, ka10077 of today, ka10170 매매일지 */
export const PROFIT_OFFERS: Offers = {
  ka10072: { fields: [may('stk_cd', 'code'), need('strt_dt', 'day')], answer: ka10072 },
  ka10073: {
    fields: [may('stk_cd', 'code'), need('strt_dt', 'day'), need('end_dt', 'day')],
    answer: ka10073,
  },
  ka10074: { fields: [need('strt_dt', 'day'), need('end_dt', 'day')], answer: ka10074 },
  ka10077: { fields: [need('stk_cd', 'code')], answer: ka10077 },
  ka10170: {
    fields: [may('base_dt', 'day'), need('ottks_tp', ['1', '2']), need('ch_crd_tp', ['0', '1', '2'])],
    answer: ka10170,
  },
}
