import type { AccountBalance } from '../../../matching/account-records.ts'
import { padded } from '../format.ts'
import type { Row } from '../wire.ts'
import { need } from './fields.ts'
import { FOUND, type Offers, OK } from './offer.ts'
import { estimatedAssets } from './valuation.ts'

const WIDTH = 15

/** kt00001 in the order of the specification; what this cash account never has is zero. */
const CASH_FIELDS = `
  entr profa_ch bncr_profa_ch nxdy_bncr_sell_exct fc_stk_krw_repl_set_amt crd_grnta_ch crd_grnt_ch add_grnt_ch etc_profa
  uncl_stk_amt shrts_prica crd_set_grnta chck_ina_amt etc_chck_ina_amt crd_grnt_ruse knx_asset_evltv elwdpst_evlta
  crd_ls_rght_frcs_amt lvlh_join_amt lvlh_trns_alowa repl_amt remn_repl_evlta trst_remn_repl_evlta bncr_remn_repl_evlta
  profa_repl crd_grnta_repl crd_grnt_repl add_grnt_repl rght_repl_amt pymn_alow_amt wrap_pymn_alow_amt ord_alow_amt
  bncr_buy_alowa 20stk_ord_alow_amt 30stk_ord_alow_amt 40stk_ord_alow_amt 100stk_ord_alow_amt ch_uncla ch_uncla_dlfe
  ch_uncla_tot crd_int_npay int_npay_amt_dlfe int_npay_amt_tot etc_loana etc_loana_dlfe etc_loan_tot nrpy_loan loan_sum
  ls_sum crd_grnt_rt mdstrm_usfe min_ord_alow_yn loan_remn_evlt_amt dpst_grntl_remn sell_grntl_remn d1_entra
  d1_slby_exct_amt d1_buy_exct_amt d1_out_rep_mor d1_sel_exct_amt d1_pymn_alow_amt d2_entra d2_slby_exct_amt
  d2_buy_exct_amt d2_out_rep_mor d2_sel_exct_amt d2_pymn_alow_amt 50stk_ord_alow_amt 60stk_ord_alow_amt
`
  .trim()
  .split(/\s+/)

const cashAmounts = (balance: AccountBalance): Readonly<Record<string, number>> => {
  const free = balance.buyingPower
  return {
    entr: balance.entr,
    pymn_alow_amt: balance.withdrawable,
    ord_alow_amt: free,
    '20stk_ord_alow_amt': free,
    '30stk_ord_alow_amt': free,
    '40stk_ord_alow_amt': free,
    '50stk_ord_alow_amt': free,
    '60stk_ord_alow_amt': free,
    '100stk_ord_alow_amt': free,
    profa_ch: balance.held,
    d1_entra: balance.d1,
    d1_slby_exct_amt: balance.d1Sell - balance.d1Buy,
    d1_buy_exct_amt: balance.d1Buy,
    d1_sel_exct_amt: balance.d1Sell,
    d1_pymn_alow_amt: balance.withdrawable,
    d2_entra: balance.d2,
    d2_slby_exct_amt: balance.d2Sell - balance.d2Buy,
    d2_buy_exct_amt: balance.d2Buy,
    d2_sel_exct_amt: balance.d2Sell,
    d2_pymn_alow_amt: Math.max(0, balance.d2 - balance.held),
  }
}

function cashRow(balance: AccountBalance): Row {
  const amounts = cashAmounts(balance)
  const row: Record<string, unknown> = {}
  for (const name of CASH_FIELDS)
    row[name] = name === 'crd_grnt_rt' ? '0.00' : padded(amounts[name] ?? 0, WIDTH)
  row.stk_entr_prst = []
  return row
}

/** ka00001 계좌번호, kt00001 예수금상세현황, kt00003 추정자산 */
export const CASH_OFFERS: Offers = {
  ka00001: {
    fields: [],
    answer: ({ customer }) => ({ fields: { acctNo: customer.number }, message: OK }),
  },
  kt00001: {
    fields: [need('qry_tp', ['2', '3'])],
    answer: ({ customer }) => ({ fields: cashRow(customer.account.balance()), message: `${FOUND}.` }),
  },
  kt00003: {
    fields: [need('qry_tp', ['0', '1'])],
    answer: (call) => ({
      fields: { prsm_dpst_aset_amt: padded(estimatedAssets(call), 12) },
      message: `${FOUND}..`,
    }),
  },
}
