import type { FieldLists } from './types.ts'

/**
 * Request and answer fields: who bought and sold: individuals, foreigners, institutions.
 * Source: Kiwoom REST API guide (text of 2025), field tables and examples of each API.
 */
export const INVESTOR_FIELDS: FieldLists = {
  ka10008: {
    asks: 'stk_cd:code',
    list: 'stk_frgnr',
    row: `
      dt close_pric pred_pre trde_qty chg_qty poss_stkcnt wght gain_pos_stkcnt frgnr_limit frgnr_limit_irds
      limit_exh_rt
    `,
  },
  ka10009: {
    asks: 'stk_cd:code',
    top: 'date close_pric pre orgn_dt_acc orgn_daly_nettrde frgnr_daly_nettrde frgnr_qota_rt',
  },
  ka10034: {
    asks: 'mrkt_tp trde_tp dt stex_tp:venue',
    list: 'for_dt_trde_upper',
    row: `
      rank stk_cd stk_nm cur_prc pred_pre_sig pred_pre sel_bid buy_bid trde_qty netprps_qty gain_pos_stkcnt
    `,
  },
  ka10035: {
    asks: 'mrkt_tp trde_tp base_dt_tp stex_tp:venue',
    list: 'for_cont_nettrde_upper',
    row: `
      stk_cd stk_nm cur_prc pred_pre_sig pred_pre dm1 dm2 dm3 tot limit_exh_rt pred_pre_1 pred_pre_2
      pred_pre_3
    `,
  },
  ka10036: {
    asks: 'mrkt_tp dt stex_tp:venue',
    list: 'for_limit_exh_rt_incrs_upper',
    row: `
      rank stk_cd stk_nm cur_prc pred_pre_sig pred_pre trde_qty poss_stkcnt gain_pos_stkcnt base_limit_exh_rt
      limit_exh_rt exh_rt_incrs
    `,
  },
  ka10044: {
    asks: 'strt_dt:day end_dt:day trde_tp mrkt_tp stex_tp:venue',
    list: 'daly_orgn_trde_stk',
    row: 'stk_cd stk_nm netprps_qty netprps_amt prsm_avg_pric cur_prc avg_pric_pre pre_rt',
  },
  ka10045: {
    asks: 'stk_cd:code strt_dt:day end_dt:day orgn_prsm_unp_tp for_prsm_unp_tp',
    top: 'orgn_prsm_avg_pric for_prsm_avg_pric',
    list: 'stk_orgn_trde_trnsn',
    row: `
      dt close_pric pre_sig pred_pre flu_rt trde_qty orgn_dt_acc orgn_daly_nettrde_qty for_dt_acc
      for_daly_nettrde_qty limit_exh_rt
    `,
  },
  ka10051: {
    asks: 'mrkt_tp amt_qty_tp base_dt:day? stex_tp:venue',
    list: 'inds_netprps',
    row: `
      inds_cd inds_nm cur_prc pre_smbol pred_pre flu_rt trde_qty sc_netprps insrnc_netprps invtrt_netprps
      bank_netprps jnsinkm_netprps endw_netprps etc_corp_netprps ind_netprps frgnr_netprps
      native_trmt_frgnr_netprps natn_netprps samo_fund_netprps orgn_netprps
    `,
  },
  ka10058: {
    asks: 'strt_dt:day end_dt:day trde_tp mrkt_tp invsr_tp stex_tp:venue',
    list: 'invsr_daly_trde_stk',
    row: `
      stk_cd stk_nm netslmt_qty netslmt_amt prsm_avg_pric cur_prc pre_sig pred_pre avg_pric_pre pre_rt
      dt_trde_qty
    `,
  },
  ka10059: {
    asks: 'dt:day stk_cd:code amt_qty_tp trde_tp unit_tp',
    list: 'stk_invsr_orgn',
    row: `
      dt cur_prc pre_sig pred_pre flu_rt acc_trde_qty acc_trde_prica ind_invsr frgnr_invsr orgn fnnc_invt
      insrnc invtrt etc_fnnc bank penfnd_etc samo_fund natn etc_corp natfor
    `,
  },
  ka10060: {
    asks: 'dt:day stk_cd:code amt_qty_tp trde_tp unit_tp',
    list: 'stk_invsr_orgn_chart',
    row: `
      dt cur_prc pred_pre acc_trde_prica ind_invsr frgnr_invsr orgn fnnc_invt insrnc invtrt etc_fnnc bank
      penfnd_etc samo_fund natn etc_corp natfor
    `,
  },
  ka10061: {
    asks: 'stk_cd:code strt_dt:day end_dt:day amt_qty_tp trde_tp unit_tp',
    list: 'stk_invsr_orgn_tot',
    row: `
      ind_invsr frgnr_invsr orgn fnnc_invt insrnc invtrt etc_fnnc bank penfnd_etc samo_fund natn etc_corp
      natfor
    `,
  },
  ka10062: {
    asks: 'strt_dt:day end_dt:day? mrkt_tp trde_tp sort_cnd unit_tp stex_tp:venue',
    list: 'eql_nettrde_rank',
    row: `
      stk_cd rank stk_nm cur_prc pre_sig pred_pre flu_rt acc_trde_qty orgn_nettrde_qty orgn_nettrde_amt
      orgn_nettrde_avg_pric for_nettrde_qty for_nettrde_amt for_nettrde_avg_pric nettrde_qty nettrde_amt
    `,
  },
  ka10063: {
    asks: 'mrkt_tp amt_qty_tp invsr frgn_all smtm_netprps_tp stex_tp:venue',
    list: 'opmr_invsr_trde',
    row: `
      stk_cd stk_nm cur_prc pre_sig pred_pre flu_rt acc_trde_qty netprps_amt prev_netprps_amt buy_amt
      netprps_amt_irds buy_amt_irds sell_amt sell_amt_irds netprps_qty prev_pot_netprps_qty netprps_irds
      buy_qty buy_qty_irds sell_qty sell_qty_irds
    `,
  },
  ka10064: {
    asks: 'mrkt_tp amt_qty_tp trde_tp stk_cd:code',
    list: 'opmr_invsr_trde_chart',
    row: 'tm frgnr_invsr orgn invtrt insrnc bank penfnd_etc etc_corp natn',
  },
  ka10065: {
    asks: 'trde_tp mrkt_tp orgn_tp',
    list: 'opmr_invsr_trde_upper',
    row: 'stk_cd stk_nm sel_qty buy_qty netslmt',
  },
  ka10066: {
    asks: 'mrkt_tp amt_qty_tp trde_tp stex_tp:venue',
    list: 'opaf_invsr_trde',
    row: `
      stk_cd stk_nm cur_prc pre_sig pred_pre flu_rt trde_qty ind_invsr frgnr_invsr orgn fnnc_invt insrnc
      invtrt etc_fnnc bank penfnd_etc samo_fund natn etc_corp
    `,
  },
  ka10131: {
    asks: 'dt strt_dt:day? end_dt:day? mrkt_tp netslmt_tp stk_inds_tp amt_qty_tp stex_tp:venue',
    list: 'orgn_frgnr_cont_trde_prst',
    row: `
      rank stk_cd stk_nm prid_stkpc_flu_rt orgn_nettrde_amt orgn_nettrde_qty orgn_cont_netprps_dys
      orgn_cont_netprps_qty orgn_cont_netprps_amt frgnr_nettrde_qty frgnr_nettrde_amt frgnr_cont_netprps_dys
      frgnr_cont_netprps_qty frgnr_cont_netprps_amt nettrde_qty nettrde_amt tot_cont_netprps_dys
      tot_cont_nettrde_qty tot_cont_netprps_amt
    `,
  },
  ka90009: {
    asks: 'mrkt_tp amt_qty_tp qry_dt_tp date:day? stex_tp:venue',
    list: 'frgnr_orgn_trde_upper',
    row: `
      for_netslmt_stk_cd for_netslmt_stk_nm for_netslmt_amt for_netslmt_qty for_netprps_stk_cd
      for_netprps_stk_nm for_netprps_amt for_netprps_qty orgn_netslmt_stk_cd orgn_netslmt_stk_nm
      orgn_netslmt_amt orgn_netslmt_qty orgn_netprps_stk_cd orgn_netprps_stk_nm orgn_netprps_amt
      orgn_netprps_qty
    `,
  },
}
