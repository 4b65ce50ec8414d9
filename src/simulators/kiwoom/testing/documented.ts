/**
 * The keys of each answer as the vendor's guide and recorded answers list them, in their order: golden data of the format tests.
 * Source: Kiwoom REST API guide and specification 2026; recorded answers of 2026.
 */
export const DOCUMENTED: Readonly<
  Record<string, { readonly top: string; readonly list?: string; readonly row?: string }>
> = {
  ka00001: {
    top: `acctNo return_code return_msg`,
  },
  kt00001: {
    top: `entr profa_ch bncr_profa_ch nxdy_bncr_sell_exct fc_stk_krw_repl_set_amt crd_grnta_ch crd_grnt_ch add_grnt_ch etc_profa uncl_stk_amt shrts_prica crd_set_grnta chck_ina_amt etc_chck_ina_amt crd_grnt_ruse knx_asset_evltv elwdpst_evlta crd_ls_rght_frcs_amt lvlh_join_amt lvlh_trns_alowa repl_amt remn_repl_evlta trst_remn_repl_evlta bncr_remn_repl_evlta profa_repl crd_grnta_repl crd_grnt_repl add_grnt_repl rght_repl_amt pymn_alow_amt wrap_pymn_alow_amt ord_alow_amt bncr_buy_alowa 20stk_ord_alow_amt 30stk_ord_alow_amt 40stk_ord_alow_amt 100stk_ord_alow_amt ch_uncla ch_uncla_dlfe ch_uncla_tot crd_int_npay int_npay_amt_dlfe int_npay_amt_tot etc_loana etc_loana_dlfe etc_loan_tot nrpy_loan loan_sum ls_sum crd_grnt_rt mdstrm_usfe min_ord_alow_yn loan_remn_evlt_amt dpst_grntl_remn sell_grntl_remn d1_entra d1_slby_exct_amt d1_buy_exct_amt d1_out_rep_mor d1_sel_exct_amt d1_pymn_alow_amt d2_entra d2_slby_exct_amt d2_buy_exct_amt d2_out_rep_mor d2_sel_exct_amt d2_pymn_alow_amt 50stk_ord_alow_amt 60stk_ord_alow_amt stk_entr_prst return_code return_msg`,
  },
  kt00004: {
    top: `acnt_nm brch_nm entr d2_entra tot_est_amt aset_evlt_amt tot_pur_amt prsm_dpst_aset_amt tot_grnt_sella tdy_lspft_amt invt_bsamt lspft_amt tdy_lspft lspft2 lspft tdy_lspft_rt lspft_ratio lspft_rt stk_acnt_evlt_prst return_code return_msg`,
    list: 'stk_acnt_evlt_prst',
    row: `stk_cd stk_nm rmnd_qty avg_prc cur_prc evlt_amt pl_amt pl_rt loan_dt pur_amt setl_remn pred_buyq pred_sellq tdy_buyq tdy_sellq`,
  },
  kt00005: {
    top: `entr entr_d1 entr_d2 pymn_alow_amt uncl_stk_amt repl_amt rght_repl_amt ord_alowa ch_uncla crd_int_npay_gold etc_loana nrpy_loan profa_ch repl_profa stk_buy_tot_amt evlt_amt_tot tot_pl_tot tot_pl_rt tot_re_buy_alowa 20ord_alow_amt 30ord_alow_amt 40ord_alow_amt 50ord_alow_amt 60ord_alow_amt 100ord_alow_amt crd_loan_tot crd_loan_ls_tot crd_grnt_rt dpst_grnt_use_amt_amt grnt_loan_amt stk_cntr_remn return_code return_msg`,
    list: 'stk_cntr_remn',
    row: `crd_tp loan_dt expr_dt stk_cd stk_nm setl_remn cur_qty cur_prc buy_uv pur_amt evlt_amt evltv_prft pl_rt`,
  },
  kt00018: {
    top: `tot_pur_amt tot_evlt_amt tot_evlt_pl tot_prft_rt prsm_dpst_aset_amt tot_loan_amt tot_crd_loan_amt tot_crd_ls_amt acnt_evlt_remn_indv_tot return_code return_msg`,
    list: 'acnt_evlt_remn_indv_tot',
    row: `stk_cd stk_nm evltv_prft prft_rt pur_pric pred_close_pric rmnd_qty trde_able_qty cur_prc pred_buyq pred_sellq tdy_buyq tdy_sellq pur_amt pur_cmsn evlt_amt sell_cmsn tax sum_cmsn poss_rt crd_tp crd_tp_nm crd_loan_dt`,
  },
  ka10075: {
    top: `oso return_code return_msg`,
    list: 'oso',
    row: `acnt_no ord_no mang_empno stk_cd tsk_tp ord_stt stk_nm ord_qty ord_pric oso_qty cntr_tot_amt orig_ord_no io_tp_nm trde_tp tm cntr_no cntr_pric cntr_qty cur_prc sel_bid buy_bid unit_cntr_pric unit_cntr_qty tdy_trde_cmsn tdy_trde_tax ind_invsr stex_tp stex_tp_txt sor_yn stop_pric`,
  },
  ka10076: {
    top: `cntr return_code return_msg`,
    list: 'cntr',
    row: `ord_no stk_nm io_tp_nm ord_pric ord_qty cntr_pric cntr_qty oso_qty tdy_trde_cmsn tdy_trde_tax ord_stt trde_tp orig_ord_no ord_tm stk_cd stex_tp stex_tp_txt sor_yn stop_pric`,
  },
  ka10085: {
    top: `acnt_prft_rt return_code return_msg`,
    list: 'acnt_prft_rt',
    row: `dt stk_cd stk_nm cur_prc pur_pric pur_amt rmnd_qty tdy_sel_pl tdy_trde_cmsn tdy_trde_tax crd_tp loan_dt setl_remn clrn_alow_qty crd_amt crd_int expr_dt`,
  },
  ka10074: {
    top: `tot_buy_amt tot_sell_amt rlzt_pl trde_cmsn trde_tax dt_rlzt_pl return_code return_msg`,
    list: 'dt_rlzt_pl',
    row: `dt buy_amt sell_amt tdy_sel_pl tdy_trde_cmsn tdy_trde_tax`,
  },
  ka10077: {
    top: `tdy_rlzt_pl tdy_rlzt_pl_dtl return_code return_msg`,
    list: 'tdy_rlzt_pl_dtl',
    row: `stk_nm cntr_qty buy_uv cntr_pric tdy_sel_pl pl_rt tdy_trde_cmsn tdy_trde_tax stk_cd`,
  },
  ka10073: {
    top: `dt_stk_rlzt_pl return_code return_msg`,
    list: 'dt_stk_rlzt_pl',
    row: `dt tdy_htssel_cmsn stk_nm cntr_qty buy_uv cntr_pric tdy_sel_pl pl_rt stk_cd tdy_trde_cmsn tdy_trde_tax wthd_alowa loan_dt crd_tp`,
  },
  kt00007: {
    top: `acnt_ord_cntr_prps_dtl return_code return_msg`,
    list: 'acnt_ord_cntr_prps_dtl',
    row: `ord_no stk_cd trde_tp crd_tp ord_qty ord_uv cnfm_qty acpt_tp rsrv_tp ord_tm ori_ord stk_nm io_tp_nm loan_dt cntr_qty cntr_uv ord_remnq comm_ord_tp mdfy_cncl cnfm_tm dmst_stex_tp cond_uv`,
  },
  kt00009: {
    top: `sell_grntl_engg_amt buy_engg_amt engg_amt acnt_ord_cntr_prst_array return_code return_msg`,
    list: 'acnt_ord_cntr_prst_array',
    row: `stk_bond_tp ord_no stk_cd trde_tp io_tp_nm ord_qty ord_uv cnfm_qty rsrv_oppo cntr_no acpt_tp orig_ord_no stk_nm setl_tp crd_deal_tp cntr_qty cntr_uv comm_ord_tp mdfy_cncl_tp cntr_tm dmst_stex_tp cond_uv`,
  },
  kt00010: {
    top: `profa_20ord_alow_amt profa_20ord_alowq profa_30ord_alow_amt profa_30ord_alowq profa_40ord_alow_amt profa_40ord_alowq profa_50ord_alow_amt profa_50ord_alowq profa_60ord_alow_amt profa_60ord_alowq profa_rdex_60ord_alow_amt profa_rdex_60ord_alowq profa_100ord_alow_amt profa_100ord_alowq pred_reu_alowa tdy_reu_alowa entr repl_amt uncla ord_pos_repl ord_alowa wthd_alowa nxdy_wthd_alowa pur_amt cmsn pur_exct_amt d2entra profa_rdex_aplc_tp return_code return_msg`,
  },
  kt00011: {
    top: `stk_profa_rt profa_rt aplc_rt profa_20ord_alow_amt profa_20ord_alowq profa_20pred_reu_amt profa_20tdy_reu_amt profa_30ord_alow_amt profa_30ord_alowq profa_30pred_reu_amt profa_30tdy_reu_amt profa_40ord_alow_amt profa_40ord_alowq profa_40pred_reu_amt profa_40tdy_reu_amt profa_50ord_alow_amt profa_50ord_alowq profa_50pred_reu_amt profa_50tdy_reu_amt profa_60ord_alow_amt profa_60ord_alowq profa_60pred_reu_amt profa_60tdy_reu_amt profa_100ord_alow_amt profa_100ord_alowq profa_100pred_reu_amt profa_100tdy_reu_amt min_ord_alow_amt min_ord_alowq min_pred_reu_amt min_tdy_reu_amt entr repl_amt uncla ord_pos_repl ord_alowa return_code return_msg`,
  },
  kt10000: {
    top: `ord_no dmst_stex_tp return_code return_msg`,
  },
  kt10002: {
    top: `ord_no base_orig_ord_no mdfy_qty dmst_stex_tp return_code return_msg`,
  },
  kt10003: {
    top: `ord_no base_orig_ord_no cncl_qty return_code return_msg`,
  },
  ka10001: {
    top: `stk_cd stk_nm setl_mm fav cap flo_stk crd_rt oyr_hgst oyr_lwst mac mac_wght for_exh_rt repl_pric per eps roe pbr ev bps sale_amt bus_pro cup_nga 250hgst 250lwst open_pric high_pric low_pric upl_pric lst_pric base_pric exp_cntr_pric exp_cntr_qty 250hgst_pric_dt 250hgst_pric_pre_rt 250lwst_pric_dt 250lwst_pric_pre_rt cur_prc pre_sig pred_pre flu_rt trde_qty trde_pre fav_unit dstr_stk dstr_rt return_code return_msg`,
  },
  ka10003: {
    top: `cntr_infr return_code return_msg`,
    list: 'cntr_infr',
    row: `tm cur_prc pred_pre pre_rt pri_sel_bid_unit pri_buy_bid_unit cntr_trde_qty sign acc_trde_qty acc_trde_prica cntr_str stex_tp`,
  },
  ka10004: {
    top: `bid_req_base_tm sel_10th_pre_req_pre sel_10th_pre_req sel_10th_pre_bid sel_9th_pre_req_pre sel_9th_pre_req sel_9th_pre_bid sel_8th_pre_req_pre sel_8th_pre_req sel_8th_pre_bid sel_7th_pre_req_pre sel_7th_pre_req sel_7th_pre_bid sel_6th_pre_req_pre sel_6th_pre_req sel_6th_pre_bid sel_5th_pre_req_pre sel_5th_pre_req sel_5th_pre_bid sel_4th_pre_req_pre sel_4th_pre_req sel_4th_pre_bid sel_3th_pre_req_pre sel_3th_pre_req sel_3th_pre_bid sel_2th_pre_req_pre sel_2th_pre_req sel_2th_pre_bid sel_1th_pre_req_pre sel_fpr_req sel_fpr_bid buy_fpr_bid buy_fpr_req buy_1th_pre_req_pre buy_2th_pre_bid buy_2th_pre_req buy_2th_pre_req_pre buy_3th_pre_bid buy_3th_pre_req buy_3th_pre_req_pre buy_4th_pre_bid buy_4th_pre_req buy_4th_pre_req_pre buy_5th_pre_bid buy_5th_pre_req buy_5th_pre_req_pre buy_6th_pre_bid buy_6th_pre_req buy_6th_pre_req_pre buy_7th_pre_bid buy_7th_pre_req buy_7th_pre_req_pre buy_8th_pre_bid buy_8th_pre_req buy_8th_pre_req_pre buy_9th_pre_bid buy_9th_pre_req buy_9th_pre_req_pre buy_10th_pre_bid buy_10th_pre_req buy_10th_pre_req_pre tot_sel_req_jub_pre tot_sel_req tot_buy_req tot_buy_req_jub_pre ovt_sel_req_pre ovt_sel_req ovt_buy_req ovt_buy_req_pre return_code return_msg`,
  },
  ka10005: {
    top: `stk_ddwkmm return_code return_msg`,
    list: 'stk_ddwkmm',
    row: `date open_pric high_pric low_pric close_pric pre flu_rt trde_qty trde_prica cntr_str for_poss for_wght for_netprps orgn_netprps ind_netprps frgn crd_remn_rt prm`,
  },
  ka10006: {
    top: `date open_pric high_pric low_pric close_pric pre flu_rt trde_qty trde_prica cntr_str return_code return_msg`,
  },
  ka10095: {
    top: `atn_stk_infr return_code return_msg`,
    list: 'atn_stk_infr',
    row: `stk_cd stk_nm cur_prc base_pric pred_pre pred_pre_sig flu_rt trde_qty trde_prica cntr_qty cntr_str pred_trde_qty_pre sel_bid buy_bid sel_1th_bid sel_2th_bid sel_3th_bid sel_4th_bid sel_5th_bid buy_1th_bid buy_2th_bid buy_3th_bid buy_4th_bid buy_5th_bid upl_pric lst_pric open_pric high_pric low_pric close_pric cntr_tm exp_cntr_pric exp_cntr_qty cap fav mac stkcnt bid_tm dt pri_sel_req pri_buy_req pri_sel_cnt pri_buy_cnt tot_sel_req tot_buy_req tot_sel_cnt tot_buy_cnt prty gear pl_qutr cap_support elwexec_pric cnvt_rt elwexpr_dt cntr_engg cntr_pred_pre theory_pric innr_vltl delta gam theta vega law`,
  },
  ka10080: {
    top: `stk_cd stk_min_pole_chart_qry return_code return_msg`,
    list: 'stk_min_pole_chart_qry',
    row: `cur_prc trde_qty cntr_tm open_pric high_pric low_pric acc_trde_qty pred_pre pred_pre_sig`,
  },
  ka10079: {
    top: `stk_cd last_tic_cnt stk_tic_chart_qry return_code return_msg`,
    list: 'stk_tic_chart_qry',
    row: `cur_prc trde_qty cntr_tm open_pric high_pric low_pric pred_pre pred_pre_sig`,
  },
  ka10081: {
    top: `stk_cd stk_dt_pole_chart_qry return_code return_msg`,
    list: 'stk_dt_pole_chart_qry',
    row: `cur_prc trde_qty trde_prica dt open_pric high_pric low_pric pred_pre pred_pre_sig trde_tern_rt`,
  },
  ka10082: {
    top: `stk_cd stk_stk_pole_chart_qry return_code return_msg`,
    list: 'stk_stk_pole_chart_qry',
    row: `cur_prc trde_qty trde_prica dt open_pric high_pric low_pric pred_pre pred_pre_sig trde_tern_rt`,
  },
  ka10099: {
    top: `return_msg return_code list`,
    list: 'list',
    row: `code name listCount auditInfo regDay lastPrice state marketCode marketName upName upSizeName companyClassName orderWarning nxtEnable`,
  },
  ka10100: {
    top: `code name listCount auditInfo regDay lastPrice state marketCode marketName upName upSizeName companyClassName orderWarning nxtEnable return_code return_msg`,
  },
  ka10101: {
    top: `return_msg list return_code`,
    list: 'list',
    row: `marketCode code name group`,
  },
  ka20001: {
    top: `cur_prc pred_pre_sig pred_pre flu_rt trde_qty trde_prica trde_frmatn_stk_num trde_frmatn_rt open_pric high_pric low_pric upl rising stdns fall lst 52wk_hgst_pric 52wk_hgst_pric_dt 52wk_hgst_pric_pre_rt 52wk_lwst_pric 52wk_lwst_pric_dt 52wk_lwst_pric_pre_rt inds_cur_prc_tm return_code return_msg`,
    list: 'inds_cur_prc_tm',
    row: `tm_n cur_prc_n pred_pre_sig_n pred_pre_n flu_rt_n trde_qty_n acc_trde_qty_n stex_tp`,
  },
  ka10023: {
    top: `trde_qty_sdnin return_code return_msg`,
    list: 'trde_qty_sdnin',
    row: `stk_cd stk_nm cur_prc pred_pre_sig pred_pre flu_rt prev_trde_qty now_trde_qty sdnin_qty sdnin_rt`,
  },
  ka10027: {
    top: `pred_pre_flu_rt_upper return_code return_msg`,
    list: 'pred_pre_flu_rt_upper',
    row: `stk_cls stk_cd stk_nm cur_prc pred_pre_sig pred_pre flu_rt sel_req buy_req now_trde_qty cntr_str cnt`,
  },
  ka10030: {
    top: `tdy_trde_qty_upper return_code return_msg`,
    list: 'tdy_trde_qty_upper',
    row: `stk_cd stk_nm cur_prc pred_pre_sig pred_pre flu_rt trde_qty pred_rt trde_tern_rt trde_amt opmr_trde_qty opmr_pred_rt opmr_trde_rt opmr_trde_amt af_mkrt_trde_qty af_mkrt_pred_rt af_mkrt_trde_rt af_mkrt_trde_amt bf_mkrt_trde_qty bf_mkrt_pred_rt bf_mkrt_trde_rt bf_mkrt_trde_amt`,
  },
  ka10032: {
    top: `trde_prica_upper return_code return_msg`,
    list: 'trde_prica_upper',
    row: `stk_cd now_rank pred_rank stk_nm cur_prc pred_pre_sig pred_pre flu_rt sel_bid buy_bid now_trde_qty pred_trde_qty trde_prica`,
  },
}

/** FIDs of a full event of each realtime type. */
export const DOCUMENTED_FIDS: Readonly<Record<string, string>> = {
  '00': `9201 9203 9205 9001 912 913 302 900 901 902 903 904 905 906 907 908 909 910 911 10 27 28 914 915 938 939 919 920 921 922 923 10010 2134 2135 2136`,
  '02': `841 9001 843 20 907`,
  '04': `9201 9001 917 916 302 10 930 931 932 933 945 946 950 951 27 28 307 8019 957 958 918 990 991 992 993 959 924`,
  '0A': `10 11 12 27 28 13 14 16 17 18 25 26 29 30 31 32 311 567 568`,
  '0E': `21 131 132 135 136`,
  '0F': `141 161 166 146 271 151 171 176 156 281 142 162 167 147 272 152 172 177 157 282 143 163 168 148 273 153 173 178 158 283 144 164 169 149 274 154 174 179 159 284 145 165 170 150 275 155 175 180 160 285 261 262 263 264 267 268 337`,
  '0G': `36 37 38 39 20 10 11 12 13 25 265 266`,
  '0w': `20 10 25 11 12 13 202 204 206 208 210 212 213 211`,
  '0B': '20 10 11 12 27 28 15 13 14 16 17 18 25 26 29 30 31 32 228 311 290 691 567 568 851 1890 1891 1892 1030 1031 1032 1071 1072 1313 1315 1316 1314 1497 1498 620 732 852 9081',
  '0C': `27 28`,
  '0D': `21 41 61 81 51 71 91 42 62 82 52 72 92 43 63 83 53 73 93 44 64 84 54 74 94 45 65 85 55 75 95 46 66 86 56 76 96 47 67 87 57 77 97 48 68 88 58 78 98 49 69 89 59 79 99 50 70 90 60 80 100 121 122 125 126 23 24 128 129 138 139 200 201 238 291 292 293 294 295 6044 6045 6046 6047 6048 6049 6050 6051 6052 6053 6054 6055 6056 6057 6058 6059 6060 6061 6062 6063 6064 6065 6066 6067 6068 6069 6070 6071 6072 6073 6074 6075 6076 6077 6078 6079 6080 6081 6082 6083 6084 6085 6086 6087 6100 6101 6102 6103 6104 6105 6106 6107 6108 6109 6110 6111 6112 6113 6114 6115`,
  '0H': `20 10 11 12 15 13 25`,
  '0J': `20 10 11 12 15 13 14 16 17 18 25 26`,
  '0s': `215 20 214`,
  '1h': `9001 302 13 14 9068 9008 9075 1221 1223 1224 1225 1236 1237 1238 1239 1489 1490 9069 1279`,
}
