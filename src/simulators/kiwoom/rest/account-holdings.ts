import { salesOf } from '../brokerage/customer.ts'
import { directed, padded, percent } from '../format.ts'
import { prefixed } from '../market/listing-text.ts'
import type { Row } from '../wire.ts'
import { need, textOf } from './fields.ts'
import { type Call, FOUND, KA_FOUND, listAnswer, type Offers } from './offer.ts'
import { estimatedAssets, totalOf, type Valuation, valuations } from './valuation.ts'

const KT_PAGE = 20
const KA_PAGE = 100
const KRX_OR_NXT = ['KRX', 'NXT'] as const

const w12 = (value: number) => padded(value, 12)
const w15 = (value: number) => padded(value, 15)
/** Average purchase price, cut to the won. */
const averageCost = ({ holding }: Valuation) =>
  holding.quantity === 0 ? 0 : Math.trunc(holding.cost / holding.quantity)
const settled = ({ holding }: Valuation) => Math.max(0, holding.heldBefore - holding.soldToday)

const kt00018Row = (row: Valuation, totalCost: number): Row => ({
  stk_cd: prefixed(row.tape.listing),
  stk_nm: row.tape.listing.instrument.name,
  evltv_prft: w15(row.profit),
  prft_rt: percent(row.profit, row.holding.cost),
  pur_pric: w15(averageCost(row)),
  pred_close_pric: w12(row.tape.base),
  rmnd_qty: w15(row.holding.quantity),
  trde_able_qty: w15(row.holding.sellable),
  cur_prc: w12(row.price),
  pred_buyq: w15(row.holding.heldBefore),
  pred_sellq: w15(0),
  tdy_buyq: w15(row.holding.boughtToday),
  tdy_sellq: w15(row.holding.soldToday),
  pur_amt: w15(row.holding.cost),
  pur_cmsn: w15(row.buyCommission),
  evlt_amt: w15(row.gross),
  sell_cmsn: w15(row.sellCommission),
  tax: w15(row.tax),
  sum_cmsn: w15(row.buyCommission + row.sellCommission),
  poss_rt: percent(row.holding.cost, totalCost),
  crd_tp: '00',
  crd_tp_nm: '',
  crd_loan_dt: '',
})

function kt00018(call: Call) {
  const rows = valuations(call)
  const cost = totalOf(rows, ({ holding }) => holding.cost)
  const profit = totalOf(rows, (row) => row.profit)
  return listAnswer(
    'acnt_evlt_remn_indv_tot',
    rows.map((row) => kt00018Row(row, cost)),
    KT_PAGE,
    {
      message: FOUND,
      fields: {
        tot_pur_amt: w15(cost),
        tot_evlt_amt: w15(totalOf(rows, ({ gross }) => gross)),
        tot_evlt_pl: w15(profit),
        tot_prft_rt: percent(profit, cost),
        prsm_dpst_aset_amt: w15(estimatedAssets(call)),
        tot_loan_amt: w15(0),
        tot_crd_loan_amt: w15(0),
        tot_crd_ls_amt: w15(0),
      },
    },
  )
}

const kt00004Row = (row: Valuation): Row => ({
  stk_cd: prefixed(row.tape.listing),
  stk_nm: row.tape.listing.instrument.name,
  rmnd_qty: w12(row.holding.quantity),
  avg_prc: w12(averageCost(row)),
  cur_prc: w12(row.price),
  evlt_amt: w12(row.net),
  pl_amt: w12(row.profit),
  pl_rt: percent(row.profit, row.holding.cost, 4),
  loan_dt: '',
  pur_amt: w12(row.holding.cost),
  setl_remn: w12(settled(row)),
  pred_buyq: w12(row.holding.heldBefore),
  pred_sellq: w12(0),
  tdy_buyq: w12(row.holding.boughtToday),
  tdy_sellq: w12(row.holding.soldToday),
})

function kt00004(call: Call) {
  const rows = valuations(call)
  const balance = call.customer.account.balance()
  const net = totalOf(rows, (row) => row.net)
  const { profit, cost } = salesOf(call.customer.account)
  return listAnswer('stk_acnt_evlt_prst', rows.map(kt00004Row), KT_PAGE, {
    message: `${FOUND}.`,
    fields: {
      acnt_nm: call.customer.holder,
      brch_nm: '키움금융센터',
      entr: w12(balance.entr),
      d2_entra: w12(balance.d2),
      tot_est_amt: w12(net),
      aset_evlt_amt: w12(balance.d2 + net),
      tot_pur_amt: w12(totalOf(rows, ({ holding }) => holding.cost)),
      prsm_dpst_aset_amt: w12(balance.d2 + net),
      tot_grnt_sella: w12(0),
      tdy_lspft_amt: w12(cost),
      invt_bsamt: w12(cost),
      lspft_amt: w12(cost),
      tdy_lspft: w12(profit),
      lspft2: w12(profit),
      lspft: w12(profit),
      tdy_lspft_rt: percent(profit, cost),
      lspft_ratio: percent(profit, cost),
      lspft_rt: percent(profit, cost),
    },
  })
}

const kt00005Row = (row: Valuation): Row => ({
  crd_tp: '00',
  loan_dt: '',
  expr_dt: '',
  stk_cd: prefixed(row.tape.listing),
  stk_nm: row.tape.listing.instrument.name,
  setl_remn: w12(settled(row)),
  cur_qty: w12(row.holding.quantity),
  cur_prc: w12(row.price),
  buy_uv: w12(averageCost(row)),
  pur_amt: w12(row.holding.cost),
  evlt_amt: w12(row.net),
  evltv_prft: w12(row.profit),
  pl_rt: percent(row.profit, row.holding.cost, 4),
})

function kt00005(call: Call) {
  const rows = valuations(call)
  const balance = call.customer.account.balance()
  const cost = totalOf(rows, ({ holding }) => holding.cost)
  const profit = totalOf(rows, (row) => row.profit)
  const free = w12(balance.buyingPower)
  const zero = w12(0)
  return listAnswer('stk_cntr_remn', rows.map(kt00005Row), KT_PAGE, {
    message: FOUND,
    fields: {
      entr: w12(balance.entr),
      entr_d1: w12(balance.d1),
      entr_d2: w12(balance.d2),
      pymn_alow_amt: w12(balance.withdrawable),
      uncl_stk_amt: zero,
      repl_amt: zero,
      rght_repl_amt: zero,
      ord_alowa: free,
      ch_uncla: zero,
      crd_int_npay_gold: zero,
      etc_loana: zero,
      nrpy_loan: zero,
      profa_ch: w12(balance.held),
      repl_profa: zero,
      stk_buy_tot_amt: w12(cost),
      evlt_amt_tot: w12(totalOf(rows, (row) => row.net)),
      tot_pl_tot: w12(profit),
      tot_pl_rt: percent(profit, cost, 4),
      tot_re_buy_alowa: free,
      '20ord_alow_amt': free,
      '30ord_alow_amt': free,
      '40ord_alow_amt': free,
      '50ord_alow_amt': free,
      '60ord_alow_amt': free,
      '100ord_alow_amt': free,
      crd_loan_tot: zero,
      crd_loan_ls_tot: zero,
      crd_grnt_rt: '0.00',
      dpst_grnt_use_amt_amt: zero,
      grnt_loan_amt: zero,
    },
  })
}

const ka10085Row = (call: Call, row: Valuation): Row => {
  const { tape, holding } = row
  const totals = call.customer.account.totals(tape.id)
  return {
    dt: '',
    stk_cd: tape.id,
    stk_nm: tape.listing.instrument.name,
    cur_prc: directed(row.price, tape.base),
    pur_pric: String(averageCost(row)),
    pur_amt: String(holding.cost),
    rmnd_qty: String(holding.quantity),
    tdy_sel_pl: String(totals.realizedPnl),
    tdy_trde_cmsn: String(totals.commission),
    tdy_trde_tax: String(totals.tax),
    crd_tp: '00',
    loan_dt: '00000000',
    setl_remn: String(settled(row)),
    clrn_alow_qty: String(holding.sellable),
    crd_amt: '0',
    crd_int: '0',
    expr_dt: '00000000',
  }
}

const ka01690Row = (row: Valuation, cost: number, value: number): Row => ({
  cur_prc: String(row.price),
  stk_cd: row.tape.id,
  stk_nm: row.tape.listing.instrument.name,
  rmnd_qty: String(row.holding.quantity),
  buy_uv: String(averageCost(row)),
  buy_wght: percent(row.holding.cost, cost),
  evltv_prft: String(row.profit),
  prft_rt: percent(row.profit, row.holding.cost),
  evlt_amt: String(row.gross),
  evlt_wght: percent(row.gross, value),
})

/** Only today's balance exists; another day answers like a day without holdings. */
function ka01690(call: Call) {
  const today = textOf(call.body, 'qry_dt') === call.market.day.replaceAll('-', '')
  const rows = today ? valuations(call) : []
  const cost = totalOf(rows, ({ holding }) => holding.cost)
  const value = totalOf(rows, ({ gross }) => gross)
  const profit = totalOf(rows, (row) => row.profit)
  const cash = today ? call.customer.account.balance().d2 : 0
  return listAnswer(
    'day_bal_rt',
    rows.map((row) => ka01690Row(row, cost, value)),
    KA_PAGE,
    {
      message: KA_FOUND,
      fields: {
        dt: textOf(call.body, 'qry_dt'),
        tot_buy_amt: String(cost),
        tot_evlt_amt: String(value),
        tot_evltv_prft: String(profit),
        tot_prft_rt: percent(profit, cost),
        dbst_bal: String(cash),
        day_stk_asst: String(today ? estimatedAssets(call) : 0),
        buy_wght: percent(cash, cash + value),
      },
    },
  )
}

/** kt00018 계좌평가잔고내역, kt00004 계좌평가현황, kt00005 체결잔고, ka10085 계좌수익률, ka01690 일별잔고수익률 */
export const HOLDING_OFFERS: Offers = {
  kt00018: { fields: [need('qry_tp', ['1', '2']), need('dmst_stex_tp', KRX_OR_NXT)], answer: kt00018 },
  kt00004: { fields: [need('qry_tp', ['0', '1']), need('dmst_stex_tp', KRX_OR_NXT)], answer: kt00004 },
  kt00005: { fields: [need('dmst_stex_tp', KRX_OR_NXT)], answer: kt00005 },
  ka10085: {
    fields: [need('stex_tp', ['0', '1', '2'])],
    answer: (call) =>
      listAnswer(
        'acnt_prft_rt',
        valuations(call).map((row) => ka10085Row(call, row)),
        KA_PAGE,
        { message: KA_FOUND },
      ),
  },
  ka01690: { fields: [need('qry_dt', 'day')], answer: ka01690 },
}
