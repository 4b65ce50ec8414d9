import { asksOf, CATALOGUE } from '../rest/catalogue/catalogue.ts'
import { OFFERS } from '../rest/offers.ts'

type Json = Record<string, string>

/** One plausible value per request field; `code` is a stock of the stand. */
const VALUES: Readonly<Json> = {
  mrkt_tp: '001',
  stex_tp: '1',
  sort_tp: '1',
  trde_tp: '1',
  tm_tp: '1',
  tm: '5',
  trde_qty_tp: '0',
  trde_qty_cnd: '0',
  stk_cnd: '0',
  crd_cnd: '0',
  pric_tp: '0',
  pric_cnd: '0',
  trde_gold_tp: '0',
  indc_tp: '0',
  trde_prica_cnd: '0',
  updown_incls: '1',
  strt_dt: '20261102',
  start_dt: '20261102',
  fr_dt: '20261102',
  end_dt: '20261120',
  to_dt: '20261120',
  dt: '20261120',
  date: '20261120',
  base_dt: '20261120',
  qry_dt: '20261120',
  ord_dt: '20261120',
  qry_tp: '1',
  amt_qty_tp: '2',
  unit_tp: '1',
  inds_cd: '001',
  tic_scope: '1',
  upd_stkpc_tp: '1',
  mmcm_cd: '050',
  skip_stk: '000000000',
  dmst_stex_tp: 'KRX',
  ord_no: '0000001',
  orig_ord_no: '0000001',
  ord_qty: '1',
  mdfy_qty: '0',
  mdfy_uv: '1000',
  cncl_qty: '0',
  uv: '10000',
  prps_cnctr_rt: '5',
  prpscnt: '10',
  cycle_tp: '5',
  date_tp: '5',
  thema_grp_cd: '100',
  grant_type: 'client_credentials',
}

/** What single APIs understand otherwise. */
const OWN: Readonly<Record<string, Json>> = {
  ka10016: { dt: '5' },
  ka10034: { dt: '5' },
  ka10036: { dt: '5' },
  ka10037: { dt: '5' },
  ka10038: { dt: '5' },
  ka10039: { dt: '5' },
  ka10042: { dt: '5', qry_dt_tp: '0' },
  ka10043: { dt: '5', qry_dt_tp: '0' },
  ka10131: { dt: '5' },
  ka40001: { dt: '1' },
  ka30002: { dt: '5' },
  ka10018: { alacc_rt: '30' },
  ka10019: { tm: '30' },
  ka10051: { mrkt_tp: '0', amt_qty_tp: '1' },
  ka10052: { mrkt_tp: '0', qty_tp: '0' },
  ka10058: { invsr_tp: '9000' },
  ka10063: { invsr: '7', smtm_netprps_tp: '0', amt_qty_tp: '1', frgn_all: '0' },
  ka10065: { orgn_tp: '9999' },
  ka10099: { mrkt_tp: '0' },
  ka10101: { mrkt_tp: '0' },
  ka10054: { motn_tp: '0', motn_drc: '0', mrkt_tp: '000', trde_prica_tp: '0' },
  ka10084: { tdy_pred: '1', tic_min: '0', tm: '' },
  ka10017: { updown_tp: '2' },
  ka90001: { qry_tp: '0' },
  ka90003: { mrkt_tp: 'P00101' },
  ka90004: { mrkt_tp: 'P00101' },
  ka90005: { mrkt_tp: 'P00101' },
  ka90010: { mrkt_tp: 'P00101' },
  ka90007: { mrkt_tp: '0', date: '20261102' },
  ka90012: { dt: '20261119' },
  kt00009: { mrkt_tp: '0' },
  kt00001: { qry_tp: '3' },
  kt20016: { mrkt_deal_tp: '%' },
  ka10075: { all_stk_tp: '0', stex_tp: '0' },
  ka10023: { tm_tp: '2' },
  kt10000: { trde_tp: '3' },
  kt10001: { trde_tp: '3' },
}

/** Optional fields that are sent all the same. */
const SENT_ANYWAY: ReadonlySet<string> = new Set(['dt', 'strt_dt', 'end_dt', 'tm'])

/** A request of `id` that is complete. `fund`: a fund's code, for what asks for one. */
export function sampleRequest(id: string, code: string, fund: string): Json {
  const fields = OFFERS[id]?.fields ?? asksOf(CATALOGUE[id] ?? {})
  const body: Json = {}
  for (const { name, required } of fields) {
    if (!required && !SENT_ANYWAY.has(name)) continue
    const byName = name === 'stk_cd' ? (id.startsWith('ka40') ? fund : code) : VALUES[name]
    body[name] = OWN[id]?.[name] ?? byName ?? '1'
  }
  return body
}
