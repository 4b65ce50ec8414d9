import type { FieldLists } from './types.ts'

/**
 * Request and answer fields: rankings and searches over the whole market.
 * Source: Kiwoom REST API guide (text of 2025), field tables and examples of each API.
 */
export const RANKING_FIELDS: FieldLists = {
  ka00198: {
    asks: 'qry_tp',
    list: 'item_inq_rank',
    row: `
      stk_nm bigd_rank rank_chg rank_chg_sign past_curr_prc base_comp_sign base_comp_chgr prev_base_sign
      prev_base_chgr dt tm stk_cd
    `,
  },
  ka10016: {
    asks: 'mrkt_tp ntl_tp high_low_close_tp stk_cnd trde_qty_tp crd_cnd updown_incls dt stex_tp:venue',
    list: 'ntl_pric',
    row: `
      stk_cd stk_nm cur_prc pred_pre_sig pred_pre flu_rt trde_qty pred_trde_qty_pre_rt sel_bid buy_bid
      high_pric low_pric
    `,
  },
  ka10017: {
    asks: 'mrkt_tp updown_tp sort_tp stk_cnd trde_qty_tp crd_cnd trde_gold_tp stex_tp:venue',
    list: 'updown_pric',
    row: `
      stk_cd stk_infr stk_nm cur_prc pred_pre_sig pred_pre flu_rt trde_qty pred_trde_qty sel_req sel_bid
      buy_bid buy_req cnt
    `,
  },
  ka10018: {
    asks: 'high_low_tp alacc_rt mrkt_tp trde_qty_tp stk_cnd crd_cnd stex_tp:venue',
    list: 'high_low_pric_alacc',
    row: `
      stk_cd stk_nm cur_prc pred_pre_sig pred_pre flu_rt trde_qty sel_bid buy_bid tdy_high_pric tdy_low_pric
    `,
  },
  ka10019: {
    asks: 'mrkt_tp flu_tp tm_tp tm trde_qty_tp stk_cnd crd_cnd pric_cnd updown_incls stex_tp:venue',
    list: 'pric_jmpflu',
    row: 'stk_cd stk_cls stk_nm pred_pre_sig pred_pre flu_rt base_pric cur_prc base_pre trde_qty jmp_rt',
  },
  ka10020: {
    asks: 'mrkt_tp sort_tp trde_qty_tp stk_cnd crd_cnd stex_tp:venue',
    list: 'bid_req_upper',
    row: 'stk_cd stk_nm cur_prc pred_pre_sig pred_pre trde_qty tot_sel_req tot_buy_req netprps_req buy_rt',
  },
  ka10021: {
    asks: 'mrkt_tp trde_tp sort_tp tm_tp trde_qty_tp stk_cnd stex_tp:venue',
    list: 'bid_req_sdnin',
    row: 'stk_cd stk_nm cur_prc pred_pre_sig pred_pre int now sdnin_qty sdnin_rt tot_buy_qty',
  },
  ka10022: {
    asks: 'mrkt_tp rt_tp tm_tp trde_qty_tp stk_cnd stex_tp:venue',
    list: 'req_rt_sdnin',
    row: 'stk_cd stk_nm cur_prc pred_pre_sig pred_pre int now_rt sdnin_rt tot_sel_req tot_buy_req',
  },
  ka10024: {
    asks: 'mrkt_tp cycle_tp trde_qty_tp stex_tp:venue',
    list: 'trde_qty_updt',
    row: 'stk_cd stk_nm cur_prc pred_pre_sig pred_pre flu_rt prev_trde_qty now_trde_qty sel_bid buy_bid',
  },
  ka10025: {
    asks: 'mrkt_tp prps_cnctr_rt cur_prc_entry prpscnt cycle_tp stex_tp:venue',
    list: 'prps_cnctr',
    row: `
      stk_cd stk_nm cur_prc pred_pre_sig pred_pre flu_rt now_trde_qty pric_strt pric_end prps_qty prps_rt
    `,
  },
  ka10026: {
    asks: 'pertp stex_tp:venue',
    list: 'high_low_per',
    row: 'stk_cd stk_nm per cur_prc pred_pre_sig pred_pre flu_rt now_trde_qty sel_bid',
  },
  ka10028: {
    asks: 'sort_tp trde_qty_cnd mrkt_tp updown_incls stk_cnd crd_cnd trde_prica_cnd flu_cnd stex_tp:venue',
    list: 'open_pric_pre_flu_rt',
    row: `
      stk_cd stk_nm cur_prc pred_pre_sig pred_pre flu_rt open_pric high_pric low_pric open_pric_pre
      now_trde_qty cntr_str
    `,
  },
  ka10029: {
    asks: 'mrkt_tp sort_tp trde_qty_cnd stk_cnd crd_cnd pric_cnd stex_tp:venue',
    list: 'exp_cntr_flu_rt_upper',
    row: `
      stk_cd stk_nm exp_cntr_pric base_pric pred_pre_sig pred_pre flu_rt exp_cntr_qty sel_req sel_bid buy_bid
      buy_req
    `,
  },
  ka10031: {
    asks: 'mrkt_tp qry_tp rank_strt rank_end stex_tp:venue',
    list: 'pred_trde_qty_upper',
    row: 'stk_cd stk_nm cur_prc pred_pre_sig pred_pre trde_qty',
  },
  ka10033: {
    asks: 'mrkt_tp trde_qty_tp stk_cnd updown_incls crd_cnd stex_tp:venue',
    list: 'crd_rt_upper',
    row: 'stk_infr stk_cd stk_nm cur_prc pred_pre_sig pred_pre flu_rt crd_rt sel_req buy_req now_trde_qty',
  },
  ka10054: {
    asks: `
      mrkt_tp bf_mkrt_tp stk_cd:code? motn_tp skip_stk trde_qty_tp min_trde_qty? max_trde_qty? trde_prica_tp
      min_trde_prica? max_trde_prica? motn_drc stex_tp:venue
    `,
    list: 'motn_stk',
    row: `
      stk_cd stk_nm acc_trde_qty motn_pric dynm_dispty_rt trde_cntr_proc_time virelis_time viaplc_tp
      dynm_stdpc static_stdpc static_dispty_rt open_pric_pre_flu_rt vimotn_cnt stex_tp
    `,
  },
  ka10098: {
    asks: 'mrkt_tp sort_base stk_cnd trde_qty_cnd crd_cnd trde_prica',
    list: 'ovt_sigpric_flu_rt_rank',
    row: `
      rank stk_cd stk_nm cur_prc pred_pre_sig pred_pre flu_rt sel_tot_req buy_tot_req acc_trde_qty
      acc_trde_prica tdy_close_pric tdy_close_pric_flu_rt
    `,
  },
}
