import type { FieldLists } from './types.ts'

/**
 * Request and answer fields: program trading, short sales and stock lending.
 * Source: Kiwoom REST API guide (text of 2025), field tables and examples of each API.
 */
export const PROGRAM_FIELDS: FieldLists = {
  ka10010: {
    asks: 'stk_cd:code',
    top: `
      dfrt_trst_sell_qty dfrt_trst_sell_amt dfrt_trst_buy_qty dfrt_trst_buy_amt dfrt_trst_netprps_qty
      dfrt_trst_netprps_amt ndiffpro_trst_sell_qty ndiffpro_trst_sell_amt ndiffpro_trst_buy_qty
      ndiffpro_trst_buy_amt ndiffpro_trst_netprps_qty ndiffpro_trst_netprps_amt all_dfrt_trst_sell_qty
      all_dfrt_trst_sell_amt all_dfrt_trst_buy_qty all_dfrt_trst_buy_amt all_dfrt_trst_netprps_qty
      all_dfrt_trst_netprps_amt
    `,
  },
  ka90003: {
    asks: 'trde_upper_tp amt_qty_tp mrkt_tp stex_tp:venue',
    list: 'prm_netprps_upper_50',
    row: `
      rank stk_cd stk_nm cur_prc flu_sig pred_pre flu_rt acc_trde_qty prm_sell_amt prm_buy_amt prm_netprps_amt
    `,
  },
  ka90004: {
    asks: 'dt:day mrkt_tp stex_tp:venue',
    top: 'tot_1 tot_2 tot_3 tot_4 tot_5 tot_6',
    list: 'stk_prm_trde_prst',
    row: `
      stk_cd stk_nm cur_prc flu_sig pred_pre buy_cntr_qty buy_cntr_amt sel_cntr_qty sel_cntr_amt netprps_prica
      all_trde_rt
    `,
  },
  ka90005: {
    asks: 'date:day amt_qty_tp mrkt_tp min_tic_tp stex_tp:venue',
    list: 'prm_trde_trnsn',
    row: `
      cntr_tm dfrt_trde_sel dfrt_trde_buy dfrt_trde_netprps ndiffpro_trde_sel ndiffpro_trde_buy
      ndiffpro_trde_netprps dfrt_trde_sell_qty dfrt_trde_buy_qty dfrt_trde_netprps_qty ndiffpro_trde_sell_qty
      ndiffpro_trde_buy_qty ndiffpro_trde_netprps_qty all_sel all_buy all_netprps kospi200 basis
    `,
  },
  ka90006: {
    asks: 'date:day stex_tp:venue',
    list: 'prm_trde_dfrt_remn_trnsn',
    row: `
      dt buy_dfrt_trde_qty buy_dfrt_trde_amt buy_dfrt_trde_irds_amt sel_dfrt_trde_qty sel_dfrt_trde_amt
      sel_dfrt_trde_irds_amt
    `,
  },
  ka90007: {
    asks: 'date:day amt_qty_tp mrkt_tp stex_tp:venue',
    list: 'prm_trde_acc_trnsn',
    row: 'dt kospi200 basis dfrt_trde_tdy dfrt_trde_acc ndiffpro_trde_tdy ndiffpro_trde_acc all_tdy all_acc',
  },
  ka90008: {
    asks: 'amt_qty_tp stk_cd:code date:day',
    list: 'stk_tm_prm_trde_trnsn',
    row: `
      tm cur_prc pre_sig pred_pre flu_rt trde_qty prm_sell_amt prm_buy_amt prm_netprps_amt
      prm_netprps_amt_irds prm_sell_qty prm_buy_qty prm_netprps_qty prm_netprps_qty_irds base_pric_tm
      dbrt_trde_rpy_sum remn_rcvord_sum stex_tp
    `,
  },
  ka90010: {
    asks: 'date:day amt_qty_tp mrkt_tp min_tic_tp stex_tp:venue',
    list: 'prm_trde_trnsn',
    row: `
      cntr_tm dfrt_trde_sel dfrt_trde_buy dfrt_trde_netprps ndiffpro_trde_sel ndiffpro_trde_buy
      ndiffpro_trde_netprps dfrt_trde_sell_qty dfrt_trde_buy_qty dfrt_trde_netprps_qty ndiffpro_trde_sell_qty
      ndiffpro_trde_buy_qty ndiffpro_trde_netprps_qty all_sel all_buy all_netprps kospi200 basis
    `,
  },
  ka90013: {
    asks: 'amt_qty_tp? stk_cd:code date:day?',
    list: 'stk_daly_prm_trde_trnsn',
    row: `
      dt cur_prc pre_sig pred_pre flu_rt trde_qty prm_sell_amt prm_buy_amt prm_netprps_amt
      prm_netprps_amt_irds prm_sell_qty prm_buy_qty prm_netprps_qty prm_netprps_qty_irds base_pric_tm
      dbrt_trde_rpy_sum remn_rcvord_sum stex_tp
    `,
  },
  ka10014: {
    asks: 'stk_cd:code tm_tp? strt_dt:day end_dt:day',
    list: 'shrts_trnsn',
    row: `
      dt close_pric pred_pre_sig pred_pre flu_rt trde_qty shrts_qty ovr_shrts_qty trde_wght shrts_trde_prica
      shrts_avg_pric
    `,
  },
  ka10068: {
    asks: 'strt_dt:day? end_dt:day? all_tp',
    list: 'dbrt_trde_trnsn',
    row: 'dt dbrt_trde_cntrcnt dbrt_trde_rpy rmnd dbrt_trde_irds remn_amt',
  },
  ka10069: {
    asks: 'strt_dt:day end_dt:day? mrkt_tp',
    top: `
      dbrt_trde_cntrcnt_sum dbrt_trde_rpy_sum rmnd_sum remn_amt_sum dbrt_trde_cntrcnt_rt dbrt_trde_rpy_rt
      rmnd_rt remn_amt_rt
    `,
    list: 'dbrt_trde_upper_10stk',
    row: 'stk_nm stk_cd dbrt_trde_cntrcnt dbrt_trde_rpy rmnd remn_amt',
  },
  ka20068: {
    asks: 'strt_dt:day? end_dt:day? all_tp? stk_cd:code',
    list: 'dbrt_trde_trnsn',
    row: 'dt dbrt_trde_cntrcnt dbrt_trde_rpy dbrt_trde_irds rmnd remn_amt',
  },
  ka90012: {
    asks: 'dt:day mrkt_tp',
    list: 'dbrt_trde_prps',
    row: 'stk_nm stk_cd dbrt_trde_cntrcnt dbrt_trde_rpy rmnd remn_amt',
  },
}
