import type { FieldLists } from './types.ts'

/**
 * Request and answer fields: ELW, gold spot and credit orders, which have no market here.
 * Source: Kiwoom REST API guide (text of 2025), field tables and examples of each API.
 */
export const ABSENT_FIELDS: FieldLists = {
  ka10048: {
    asks: 'stk_cd:code',
    list: 'elwdaly_snst_ix',
    row: 'dt iv delta gam theta vega law lp',
  },
  ka10050: {
    asks: 'stk_cd:code',
    list: 'elwsnst_ix_array',
    row: 'cntr_tm cur_prc elwtheory_pric iv delta gam theta vega law lp',
  },
  ka30001: {
    asks: 'flu_tp tm_tp tm trde_qty_tp isscomp_cd bsis_aset_cd rght_tp lpcd trde_end_elwskip',
    top: 'base_pric_tm',
    list: 'elwpric_jmpflu',
    row: 'stk_cd rank stk_nm pre_sig pred_pre trde_end_elwbase_pric cur_prc base_pre trde_qty jmp_rt',
  },
  ka30002: {
    asks: 'isscomp_cd trde_qty_tp trde_tp dt trde_end_elwskip',
    list: 'trde_ori_elwnettrde_upper',
    row: 'stk_cd stk_nm stkpc_flu flu_rt trde_qty netprps buy_trde_qty sel_trde_qty',
  },
  ka30003: {
    asks: 'bsis_aset_cd base_dt:day',
    list: 'elwlpposs_daly_trnsn',
    row: 'dt cur_prc pre_tp pred_pre flu_rt trde_qty trde_prica chg_qty lprmnd_qty wght',
  },
  ka30004: {
    asks: 'isscomp_cd bsis_aset_cd rght_tp lpcd trde_end_elwskip',
    list: 'elwdispty_rt',
    row: `
      stk_cd isscomp_nm sqnc base_aset_nm rght_tp dispty_rt basis srvive_dys theory_pric cur_prc pre_tp
      pred_pre flu_rt trde_qty stk_nm
    `,
  },
  ka30005: {
    asks: 'isscomp_cd bsis_aset_cd rght_tp lpcd sort_tp',
    list: 'elwcnd_qry',
    row: `
      stk_cd isscomp_nm sqnc base_aset_nm rght_tp expr_dt cur_prc pre_tp pred_pre flu_rt trde_qty trde_qty_pre
      trde_prica pred_trde_qty sel_bid buy_bid prty gear_rt pl_qutr_rt cfp theory_pric innr_vltl delta lvrg
      exec_pric cnvt_rt lpposs_rt pl_qutr_pt fin_trde_dt flo_dt lpinitlast_suply_dt stk_nm srvive_dys
      dispty_rt lpmmcm_nm lpmmcm_nm_1 lpmmcm_nm_2
    `,
  },
  ka30009: {
    asks: 'sort_tp rght_tp trde_end_skip',
    list: 'elwflu_rt_rank',
    row: 'rank stk_cd stk_nm cur_prc pre_sig pred_pre flu_rt sel_req buy_req trde_qty trde_prica',
  },
  ka30010: {
    asks: 'sort_tp rght_tp trde_end_skip',
    list: 'elwreq_rank',
    row: `
      stk_cd rank stk_nm cur_prc pre_sig pred_pre flu_rt trde_qty sel_req buy_req netprps_req trde_prica
    `,
  },
  ka30011: {
    asks: 'stk_cd:code',
    list: 'elwalacc_rt',
    row: 'stk_cd stk_nm cur_prc pre_sig pred_pre flu_rt acc_trde_qty alacc_rt',
  },
  ka30012: {
    asks: 'stk_cd:code',
    top: `
      aset_cd cur_prc pred_pre_sig pred_pre flu_rt lpmmcm_nm lpmmcm_nm_1 lpmmcm_nm_2 elwrght_cntn
      elwexpr_evlt_pric elwtheory_pric dispty_rt elwinnr_vltl exp_rght_pric elwpl_qutr_rt elwexec_pric
      elwcnvt_rt elwcmpn_rt elwpric_rising_part_rt elwrght_type elwsrvive_dys stkcnt elwlpord_pos lpposs_rt
      lprmnd_qty elwspread elwprty elwgear elwflo_dt elwfin_trde_dt expr_dt exec_dt lpsuply_end_dt elwpay_dt
      elwinvt_ix_comput elwpay_agnt elwappr_way elwrght_exec_way elwpblicte_orgn dcsn_pay_amt kobarr iv
      clsprd_end_elwocr bsis_aset_1 bsis_aset_comp_rt_1 bsis_aset_2 bsis_aset_comp_rt_2 bsis_aset_3
      bsis_aset_comp_rt_3 bsis_aset_4 bsis_aset_comp_rt_4 bsis_aset_5 bsis_aset_comp_rt_5 fr_dt to_dt fr_tm
      evlt_end_tm evlt_pric evlt_fnsh_yn all_hgst_pric all_lwst_pric imaf_hgst_pric imaf_lwst_pric
    `,
  },
  kt10006: {
    asks: 'dmst_stex_tp stk_cd:code ord_qty ord_uv? trde_tp cond_uv?',
  },
  kt10007: {
    asks: 'dmst_stex_tp stk_cd:code ord_qty ord_uv? trde_tp crd_deal_tp crd_loan_dt:day? cond_uv?',
  },
  kt10008: {
    asks: 'dmst_stex_tp orig_ord_no stk_cd:code mdfy_qty mdfy_uv mdfy_cond_uv?',
  },
  kt10009: {
    asks: 'dmst_stex_tp orig_ord_no stk_cd:code cncl_qty',
  },
  ka50010: {
    asks: 'stk_cd:code',
  },
  ka50012: {
    asks: 'stk_cd:code base_dt:day',
  },
  ka50079: {
    asks: 'stk_cd:code tic_scope upd_stkpc_tp',
  },
  ka50080: {
    asks: 'stk_cd:code tic_scope upd_stkpc_tp?',
  },
  ka50081: {
    asks: 'stk_cd:code base_dt:day upd_stkpc_tp',
  },
  ka50082: {
    asks: 'stk_cd:code base_dt:day upd_stkpc_tp',
  },
  ka50083: {
    asks: 'stk_cd:code base_dt:day upd_stkpc_tp',
  },
  ka50087: {
    asks: 'stk_cd:code',
  },
  ka50091: {
    asks: 'stk_cd:code tic_scope',
  },
  ka50092: {
    asks: 'stk_cd:code tic_scope',
  },
  ka50100: {
    asks: 'stk_cd:code',
  },
  ka50101: {
    asks: 'stk_cd:code tic_scope',
  },
  ka52301: {},
  kt50000: {
    asks: 'stk_cd:code ord_qty ord_uv? trde_tp',
  },
  kt50001: {
    asks: 'stk_cd:code ord_qty ord_uv? trde_tp',
  },
  kt50002: {
    asks: 'stk_cd:code orig_ord_no mdfy_qty mdfy_uv',
  },
  kt50003: {
    asks: 'orig_ord_no stk_cd:code cncl_qty',
  },
  kt50020: {},
  kt50021: {},
  kt50030: {
    asks: 'ord_dt:day qry_tp? mrkt_deal_tp stk_bond_tp slby_tp stk_cd:code? fr_ord_no? dmst_stex_tp?',
  },
  kt50031: {
    asks: 'ord_dt:day? qry_tp stk_bond_tp sell_tp stk_cd:code? fr_ord_no? dmst_stex_tp',
  },
  kt50032: {
    asks: 'strt_dt:day? end_dt:day? tp? stk_cd:code?',
  },
  kt50075: {
    asks: 'ord_dt:day qry_tp? mrkt_deal_tp stk_bond_tp sell_tp stk_cd:code? fr_ord_no? dmst_stex_tp?',
  },
}
