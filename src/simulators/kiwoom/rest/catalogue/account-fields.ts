import type { FieldLists } from './types.ts'

/**
 * Request and answer fields: the account, its margin and credit.
 * Source: Kiwoom REST API guide (text of 2025), field tables and examples of each API.
 */
export const ACCOUNT_FIELDS: FieldLists = {
  kt00002: {
    asks: 'start_dt:day end_dt:day',
    list: 'daly_prsm_dpst_aset_amt_prst',
    row: 'dt entr grnt_use_amt crd_loan ls_grnt repl_amt prsm_dpst_aset_amt prsm_dpst_aset_amt_bncr_skip',
  },
  kt00008: {
    asks: 'strt_dcd_seq?',
    top: 'trde_dt setl_dt sell_amt_sum buy_amt_sum',
    list: 'acnt_nxdy_setl_frcs_prps_array',
    row: `
      seq stk_cd loan_dt qty engg_amt cmsn incm_tax rstx stk_nm sell_tp unp exct_amt trde_tax resi_tax crd_tp
    `,
  },
  kt00012: {
    asks: 'stk_cd:code uv?',
    top: `
      stk_assr_rt stk_assr_rt_nm assr_30ord_alow_amt assr_30ord_alowq assr_30pred_reu_amt assr_30tdy_reu_amt
      assr_40ord_alow_amt assr_40ord_alowq assr_40pred_reu_amt assr_40tdy_reu_amt assr_50ord_alow_amt
      assr_50ord_alowq assr_50pred_reu_amt assr_50tdy_reu_amt assr_60ord_alow_amt assr_60ord_alowq
      assr_60pred_reu_amt assr_60tdy_reu_amt entr repl_amt uncla ord_pos_repl ord_alowa out_alowa out_pos_qty
      min_amt min_qty
    `,
  },
  kt00013: {
    top: `
      tdy_reu_objt_amt tdy_reu_use_amt tdy_reu_alowa tdy_reu_lmtt_amt tdy_reu_alowa_fin pred_reu_objt_amt
      pred_reu_use_amt pred_reu_alowa pred_reu_lmtt_amt pred_reu_alowa_fin ch_amt ch_profa use_pos_ch
      ch_use_lmtt_amt use_pos_ch_fin repl_amt_amt repl_profa use_pos_repl repl_use_lmtt_amt use_pos_repl_fin
      crd_grnta_ch crd_grnta_repl crd_grnt_ch crd_grnt_repl uncla ls_grnt_reu_gold 20ord_alow_amt
      30ord_alow_amt 40ord_alow_amt 50ord_alow_amt 60ord_alow_amt 100ord_alow_amt tdy_crd_rpya_loss_amt
      pred_crd_rpya_loss_amt tdy_ls_rpya_loss_repl_profa pred_ls_rpya_loss_repl_profa
      evlt_repl_amt_spg_use_skip evlt_repl_rt crd_repl_profa ch_ord_repl_profa crd_ord_repl_profa
      crd_repl_conv_gold repl_alowa repl_alowa_2 ch_repl_lck_gold crd_repl_lck_gold ch_ord_alow_repla
      crd_ord_alow_repla d2vexct_entr d2ch_ord_alow_amt
    `,
  },
  kt00015: {
    asks: 'strt_dt:day end_dt:day tp stk_cd:code? crnc_cd? gds_tp frgn_stex_code? dmst_stex_tp',
    top: 'acnt_no',
    list: 'trst_ovrl_trde_prps_array',
    row: `
      trde_dt trde_no rmrk_nm crd_deal_tp_nm exct_amt loan_amt_rpya fc_trde_amt fc_exct_amt entra_remn crnc_cd
      trde_ocr_tp trde_kind_nm stk_nm trde_amt trde_agri_tax rpy_diffa fc_trde_tax dly_sum fc_entra mdia_tp_nm
      io_tp io_tp_nm orig_deal_no stk_cd trde_qty_jwa_cnt cmsn int_ls_usfe fc_cmsn fc_dly_sum vlbl_nowrm
      proc_tm isin_cd stex_cd stex_nm trde_unit incm_resi_tax loan_dt uncl_ocr rpym_sum cntr_dt rcpy_no prcsr
      proc_brch trde_stle txon_base_pric tax_sum_cmsn frgn_pay_txam fc_uncl_ocr rpym_sum_fr rcpmnyer
      trde_prtc_tp
    `,
  },
  kt00016: {
    asks: 'fr_dt:day to_dt:day',
    top: `
      mang_empno mngr_nm dept_nm entr_fr entr_to scrt_evlt_amt_fr scrt_evlt_amt_to ls_grnt_fr ls_grnt_to
      crd_loan_fr crd_loan_to ch_uncla_fr ch_uncla_to krw_asgna_fr krw_asgna_to ls_evlta_fr ls_evlta_to
      rght_evlta_fr rght_evlta_to loan_amt_fr loan_amt_to etc_loana_fr etc_loana_to crd_int_npay_gold_fr
      crd_int_npay_gold_to crd_int_fr crd_int_to tot_amt_fr tot_amt_to invt_bsamt evltv_prft prft_rt tern_rt
      termin_tot_trns termin_tot_pymn termin_tot_inq termin_tot_outq futr_repl_sella trst_repl_sella
    `,
  },
  kt00017: {
    top: `
      d2_entra crd_int_npay_gold etc_loana gnrl_stk_evlt_amt_d2 dpst_grnt_use_amt_d2 crd_stk_evlt_amt_d2
      crd_loan_d2 crd_loan_evlta_d2 crd_ls_grnt_d2 crd_ls_evlta_d2 ina_amt outa inq_amt outq_amt sell_amt
      buy_amt cmsn tax stk_pur_cptal_loan_amt rp_evlt_amt bd_evlt_amt elsevlt_amt crd_int_amt
      sel_prica_grnt_loan_int_amt_amt dvida_amt
    `,
  },
  kt20016: {
    asks: 'crd_stk_grde_tp? mrkt_deal_tp stk_cd:code?',
    top: 'crd_loan_able',
    list: 'crd_loan_pos_stk',
    row: 'stk_cd stk_nm crd_assr_rt repl_pric pred_close_pric crd_limit_over_yn crd_limit_over_txt',
  },
  kt20017: {
    asks: 'stk_cd:code',
    top: 'crd_alow_yn',
  },
}
