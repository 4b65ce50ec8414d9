import type { FieldLists } from './types.ts'

/**
 * Request and answer fields: through which firms (거래원) the trades went.
 * Source: Kiwoom REST API guide (text of 2025), field tables and examples of each API.
 */
export const BROKER_FIELDS: FieldLists = {
  ka10002: {
    asks: 'stk_cd:code',
    top: `
      stk_cd stk_nm cur_prc flu_smbol base_pric pred_pre flu_rt sel_trde_ori_nm_1 sel_trde_ori_1
      sel_trde_qty_1 buy_trde_ori_nm_1 buy_trde_ori_1 buy_trde_qty_1 sel_trde_ori_nm_2 sel_trde_ori_2
      sel_trde_qty_2 buy_trde_ori_nm_2 buy_trde_ori_2 buy_trde_qty_2 sel_trde_ori_nm_3 sel_trde_ori_3
      sel_trde_qty_3 buy_trde_ori_nm_3 buy_trde_ori_3 buy_trde_qty_3 sel_trde_ori_nm_4 sel_trde_ori_4
      sel_trde_qty_4 buy_trde_ori_nm_4 buy_trde_ori_4 buy_trde_qty_4 sel_trde_ori_nm_5 sel_trde_ori_5
      sel_trde_qty_5 buy_trde_ori_nm_5 buy_trde_ori_5 buy_trde_qty_5
    `,
  },
  ka10037: {
    asks: 'mrkt_tp dt trde_tp sort_tp stex_tp:venue',
    list: 'frgn_wicket_trde_upper',
    row: `
      rank stk_cd stk_nm cur_prc pred_pre_sig pred_pre flu_rt sel_trde_qty buy_trde_qty netprps_trde_qty
      netprps_prica trde_qty trde_prica
    `,
  },
  ka10038: {
    asks: 'stk_cd:code strt_dt:day end_dt:day qry_tp dt',
    top: 'rank_1 rank_2 rank_3 prid_trde_qty',
    list: 'stk_sec_rank',
    row: 'rank mmcm_nm buy_qty sell_qty acc_netprps_qty',
  },
  ka10039: {
    asks: 'mmcm_cd trde_qty_tp trde_tp dt stex_tp:venue',
    list: 'sec_trde_upper',
    row: `
      rank stk_cd stk_nm prid_stkpc_flu flu_rt prid_trde_qty netprps buy_trde_qty sel_trde_qty netprps_amt
      buy_amt sell_amt
    `,
  },
  ka10040: {
    asks: 'stk_cd:code',
    top: `
      sel_trde_ori_irds_1 sel_trde_ori_qty_1 sel_trde_ori_1 sel_trde_ori_cd_1 buy_trde_ori_1 buy_trde_ori_cd_1
      buy_trde_ori_qty_1 buy_trde_ori_irds_1 sel_trde_ori_irds_2 sel_trde_ori_qty_2 sel_trde_ori_2
      sel_trde_ori_cd_2 buy_trde_ori_2 buy_trde_ori_cd_2 buy_trde_ori_qty_2 buy_trde_ori_irds_2
      sel_trde_ori_irds_3 sel_trde_ori_qty_3 sel_trde_ori_3 sel_trde_ori_cd_3 buy_trde_ori_3 buy_trde_ori_cd_3
      buy_trde_ori_qty_3 buy_trde_ori_irds_3 sel_trde_ori_irds_4 sel_trde_ori_qty_4 sel_trde_ori_4
      sel_trde_ori_cd_4 buy_trde_ori_4 buy_trde_ori_cd_4 buy_trde_ori_qty_4 buy_trde_ori_irds_4
      sel_trde_ori_irds_5 sel_trde_ori_qty_5 sel_trde_ori_5 sel_trde_ori_cd_5 buy_trde_ori_5 buy_trde_ori_cd_5
      buy_trde_ori_qty_5 buy_trde_ori_irds_5 frgn_sel_prsm_sum_chang frgn_sel_prsm_sum frgn_buy_prsm_sum
      frgn_buy_prsm_sum_chang
    `,
    list: 'tdy_main_trde_ori',
    row: 'sel_scesn_tm sell_qty buy_scesn_tm buy_qty qry_dt qry_tm',
  },
  ka10042: {
    asks: 'stk_cd:code strt_dt:day? end_dt:day? qry_dt_tp pot_tp dt? sort_base',
    list: 'netprps_trde_ori_rank',
    row: 'rank mmcm_cd mmcm_nm',
  },
  ka10043: {
    asks: 'stk_cd:code strt_dt:day end_dt:day qry_dt_tp pot_tp dt sort_base mmcm_cd stex_tp:venue',
    list: 'trde_ori_prps_anly',
    row: 'dt close_pric pre_sig pred_pre sel_qty buy_qty netprps_qty trde_qty_sum trde_wght',
  },
  ka10052: {
    asks: 'mmcm_cd stk_cd:code? mrkt_tp qty_tp pric_tp stex_tp:venue',
    list: 'trde_ori_mont_trde_qty',
    row: 'tm stk_cd stk_nm trde_ori_nm tp mont_trde_qty acc_netprps cur_prc pred_pre_sig pred_pre flu_rt',
  },
  ka10053: {
    asks: 'stk_cd:code',
    list: 'tdy_upper_scesn_ori',
    row: 'sel_scesn_tm sell_qty sel_upper_scesn_ori buy_scesn_tm buy_qty buy_upper_scesn_ori qry_dt qry_tm',
  },
  ka10078: {
    asks: 'mmcm_cd stk_cd:code strt_dt:day end_dt:day',
    list: 'sec_stk_trde_trend',
    row: 'dt cur_prc pre_sig pred_pre flu_rt acc_trde_qty netprps_qty buy_qty sell_qty',
  },
}
