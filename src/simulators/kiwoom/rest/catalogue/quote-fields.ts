import type { FieldLists } from './types.ts'

/**
 * Request and answer fields: prices, trades and after-hours of one instrument.
 * Source: Kiwoom REST API guide (text of 2025), field tables and examples of each API.
 */
export const QUOTE_FIELDS: FieldLists = {
  ka10011: {
    asks: 'newstk_recvrht_tp',
    list: 'newstk_recvrht_mrpr',
    row: `
      stk_cd stk_nm cur_prc pred_pre_sig pred_pre flu_rt fpr_sel_bid fpr_buy_bid acc_trde_qty open_pric
      high_pric low_pric
    `,
  },
  ka10013: {
    asks: 'stk_cd:code dt:day qry_tp',
    list: 'crd_trde_trend',
    row: 'dt cur_prc pred_pre_sig pred_pre trde_qty new rpya remn amt pre shr_rt remn_rt',
  },
  ka10015: {
    asks: 'stk_cd:code strt_dt:day',
    list: 'daly_trde_dtl',
    row: `
      dt close_pric pred_pre_sig pred_pre flu_rt trde_qty trde_prica bf_mkrt_trde_qty bf_mkrt_trde_wght
      opmr_trde_qty opmr_trde_wght af_mkrt_trde_qty af_mkrt_trde_wght tot_3 prid_trde_qty cntr_str for_poss
      for_wght for_netprps orgn_netprps ind_netprps frgn crd_remn_rt prm bf_mkrt_trde_prica
      bf_mkrt_trde_prica_wght opmr_trde_prica opmr_trde_prica_wght af_mkrt_trde_prica af_mkrt_trde_prica_wght
    `,
  },
  ka10046: {
    asks: 'stk_cd:code',
    list: 'cntr_str_tm',
    row: `
      cntr_tm cur_prc pred_pre pred_pre_sig flu_rt trde_qty acc_trde_prica acc_trde_qty cntr_str cntr_str_5min
      cntr_str_20min cntr_str_60min stex_tp
    `,
  },
  ka10047: {
    asks: 'stk_cd:code',
    list: 'cntr_str_daly',
    row: `
      dt cur_prc pred_pre pred_pre_sig flu_rt trde_qty acc_trde_prica acc_trde_qty cntr_str cntr_str_5min
      cntr_str_20min cntr_str_60min
    `,
  },
  ka10055: {
    asks: 'stk_cd:code tdy_pred',
    list: 'tdy_pred_cntr_qty',
    row: 'cntr_tm cntr_pric pred_pre_sig pred_pre flu_rt cntr_qty acc_trde_qty acc_trde_prica',
  },
  ka10084: {
    asks: 'stk_cd:code tdy_pred tic_min tm?',
    list: 'tdy_pred_cntr',
    row: `
      tm cur_prc pred_pre pre_rt pri_sel_bid_unit pri_buy_bid_unit cntr_trde_qty sign acc_trde_qty
      acc_trde_prica cntr_str
    `,
  },
  ka10086: {
    asks: 'stk_cd:code qry_dt:day indc_tp',
    list: 'daly_stkpc',
    row: `
      date open_pric high_pric low_pric close_pric pred_rt flu_rt trde_qty amt_mn crd_rt ind orgn for_qty frgn
      prm for_rt for_poss for_wght for_netprps orgn_netprps ind_netprps crd_remn_rt
    `,
  },
  ka10087: {
    asks: 'stk_cd:code',
    top: `
      bid_req_base_tm ovt_sigpric_sel_bid_jub_pre_5 ovt_sigpric_sel_bid_jub_pre_4
      ovt_sigpric_sel_bid_jub_pre_3 ovt_sigpric_sel_bid_jub_pre_2 ovt_sigpric_sel_bid_jub_pre_1
      ovt_sigpric_sel_bid_qty_5 ovt_sigpric_sel_bid_qty_4 ovt_sigpric_sel_bid_qty_3 ovt_sigpric_sel_bid_qty_2
      ovt_sigpric_sel_bid_qty_1 ovt_sigpric_sel_bid_5 ovt_sigpric_sel_bid_4 ovt_sigpric_sel_bid_3
      ovt_sigpric_sel_bid_2 ovt_sigpric_sel_bid_1 ovt_sigpric_buy_bid_1 ovt_sigpric_buy_bid_2
      ovt_sigpric_buy_bid_3 ovt_sigpric_buy_bid_4 ovt_sigpric_buy_bid_5 ovt_sigpric_buy_bid_qty_1
      ovt_sigpric_buy_bid_qty_2 ovt_sigpric_buy_bid_qty_3 ovt_sigpric_buy_bid_qty_4 ovt_sigpric_buy_bid_qty_5
      ovt_sigpric_buy_bid_jub_pre_1 ovt_sigpric_buy_bid_jub_pre_2 ovt_sigpric_buy_bid_jub_pre_3
      ovt_sigpric_buy_bid_jub_pre_4 ovt_sigpric_buy_bid_jub_pre_5 ovt_sigpric_sel_bid_tot_req
      ovt_sigpric_buy_bid_tot_req sel_bid_tot_req_jub_pre sel_bid_tot_req buy_bid_tot_req
      buy_bid_tot_req_jub_pre ovt_sel_bid_tot_req_jub_pre ovt_sel_bid_tot_req ovt_buy_bid_tot_req
      ovt_buy_bid_tot_req_jub_pre ovt_sigpric_cur_prc ovt_sigpric_pred_pre_sig ovt_sigpric_pred_pre
      ovt_sigpric_flu_rt ovt_sigpric_acc_trde_qty
    `,
  },
}
