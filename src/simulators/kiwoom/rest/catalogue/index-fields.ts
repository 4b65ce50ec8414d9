import type { FieldLists } from './types.ts'

/**
 * Request and answer fields: sectors, index charts, themes and ETF.
 * Source: Kiwoom REST API guide (text of 2025), field tables and examples of each API.
 */
export const INDEX_FIELDS: FieldLists = {
  ka20002: {
    asks: 'mrkt_tp inds_cd stex_tp:venue',
    list: 'inds_stkpc',
    row: `
      stk_cd stk_nm cur_prc pred_pre_sig pred_pre flu_rt now_trde_qty sel_bid buy_bid open_pric high_pric
      low_pric
    `,
  },
  ka20004: {
    asks: 'inds_cd tic_scope',
    top: 'inds_cd',
    list: 'inds_tic_chart_qry',
    row: 'cur_prc trde_qty cntr_tm open_pric high_pric low_pric pred_pre pred_pre_sig',
  },
  ka20007: {
    asks: 'inds_cd base_dt:day',
    top: 'inds_cd',
    list: 'inds_stk_pole_qry',
    row: 'cur_prc trde_qty dt open_pric high_pric low_pric trde_prica',
  },
  ka20008: {
    asks: 'inds_cd base_dt:day',
    top: 'inds_cd',
    list: 'inds_mth_pole_qry',
    row: 'cur_prc trde_qty dt open_pric high_pric low_pric trde_prica',
  },
  ka20009: {
    asks: 'mrkt_tp inds_cd',
    top: `
      cur_prc pred_pre_sig pred_pre flu_rt trde_qty trde_prica trde_frmatn_stk_num trde_frmatn_rt open_pric
      high_pric low_pric upl rising stdns fall lst 52wk_hgst_pric 52wk_hgst_pric_dt 52wk_hgst_pric_pre_rt
      52wk_lwst_pric 52wk_lwst_pric_dt 52wk_lwst_pric_pre_rt
    `,
    list: 'inds_cur_prc_daly_rept',
    row: 'dt_n cur_prc_n pred_pre_sig_n pred_pre_n flu_rt_n acc_trde_qty_n',
  },
  ka20019: {
    asks: 'inds_cd base_dt:day',
    top: 'inds_cd',
    list: 'inds_yr_pole_qry',
    row: 'cur_prc trde_qty dt open_pric high_pric low_pric trde_prica',
  },
  ka90001: {
    asks: 'qry_tp stk_cd:code? date_tp thema_nm? flu_pl_amt_tp stex_tp:venue',
    list: 'thema_grp',
    row: 'thema_grp_cd thema_nm stk_num flu_sig flu_rt rising_stk_num fall_stk_num dt_prft_rt main_stk',
  },
  ka90002: {
    asks: 'date_tp? thema_grp_cd stex_tp:venue',
    top: 'flu_rt dt_prft_rt',
    list: 'thema_comp_stk',
    row: `
      stk_cd stk_nm cur_prc flu_sig pred_pre flu_rt acc_trde_qty sel_bid sel_req buy_bid buy_req dt_prft_rt_n
    `,
  },
  ka40001: {
    asks: 'stk_cd:code etfobjt_idex_cd dt',
    list: 'etfprft_rt_lst',
    row: 'etfprft_rt cntr_prft_rt for_netprps_qty orgn_netprps_qty',
  },
  ka40002: {
    asks: 'stk_cd:code',
    top: 'stk_nm etfobjt_idex_nm wonju_pric etftxon_type etntxon_type',
  },
  ka40003: {
    asks: 'stk_cd:code',
    list: 'etfdaly_trnsn',
    row: `
      cntr_dt cur_prc pre_sig pred_pre pre_rt trde_qty nav acc_trde_prica navidex_dispty_rt navetfdispty_rt
      trace_eor_rt trace_cur_prc trace_pred_pre trace_pre_sig
    `,
  },
  ka40004: {
    asks: 'txon_type navpre mngmcomp txon_yn trace_idex stex_tp:venue',
    list: 'etfall_mrpr',
    row: `
      stk_cd stk_cls stk_nm close_pric pre_sig pred_pre pre_rt trde_qty nav trace_eor_rt txbs dvid_bf_base
      pred_dvida trace_idex_nm drng trace_idex_cd trace_idex trace_flu_rt
    `,
  },
  ka40006: {
    asks: 'stk_cd:code',
    top: 'stk_nm etfobjt_idex_nm wonju_pric etftxon_type etntxon_type',
    list: 'etftisl_trnsn',
    row: `
      tm close_pric pre_sig pred_pre flu_rt trde_qty nav trde_prica navidex navetf trace trace_idex
      trace_idex_pred_pre trace_idex_pred_pre_sig
    `,
  },
  ka40007: {
    asks: 'stk_cd:code',
    top: 'stk_cls stk_nm etfobjt_idex_nm etfobjt_idex_cd objt_idex_pre_rt wonju_pric',
    list: 'etftisl_cntr_array',
    row: 'cntr_tm cur_prc pre_sig pred_pre trde_qty stex_tp',
  },
  ka40008: {
    asks: 'stk_cd:code',
    top: 'cntr_tm cur_prc pre_sig pred_pre trde_qty',
    list: 'etfnetprps_qty_array',
    row: 'dt cur_prc_n pre_sig_n pred_pre_n acc_trde_qty for_netprps_qty orgn_netprps_qty',
  },
  ka40009: {
    asks: 'stk_cd:code',
    list: 'etfnavarray',
    row: `
      nav navpred_pre navflu_rt trace_eor_rt dispty_rt stkcnt base_pric for_rmnd_qty repl_pric conv_pric drstk
      wonju_pric
    `,
  },
  ka40010: {
    asks: 'stk_cd:code',
    list: 'etftisl_trnsn',
    row: 'cur_prc pre_sig pred_pre trde_qty for_netprps',
  },
}
