import { z } from 'zod'

/** Messages in Kiwoom's own words. Unknown keys are ignored, a missing text is `''`: both happen on the real server. */
export type JsonObject = Readonly<Record<string, unknown>>

/** REST paths by api-id. Source: Kiwoom REST API guide; wire reference §17. */
export const PATHS = {
  kt10000: '/api/dostk/ordr',
  kt10001: '/api/dostk/ordr',
  kt10002: '/api/dostk/ordr',
  kt10003: '/api/dostk/ordr',
  kt00001: '/api/dostk/acnt',
  kt00007: '/api/dostk/acnt',
  kt00009: '/api/dostk/acnt',
  kt00018: '/api/dostk/acnt',
  ka10074: '/api/dostk/acnt',
  ka10001: '/api/dostk/stkinfo',
  ka10095: '/api/dostk/stkinfo',
  ka10099: '/api/dostk/stkinfo',
  ka10100: '/api/dostk/stkinfo',
  ka10080: '/api/dostk/chart',
  ka10081: '/api/dostk/chart',
} as const

export type ApiId = keyof typeof PATHS
export type OrderApi = 'kt10000' | 'kt10001' | 'kt10002' | 'kt10003'
export type QueryApi = Exclude<ApiId, OrderApi>

const text = z.preprocess(
  (value) => (value === null || value === undefined ? '' : typeof value === 'number' ? String(value) : value),
  z.string(),
)

/** Lists must be there: an answer without its list is no answer, not an empty one. */
const rows = <T extends z.ZodType>(row: T) => z.array(row)

export const tokenReply = z.object({ expires_dt: text, token: z.string().min(1) })

export const orderReply = z.object({ ord_no: text, mdfy_qty: text, cncl_qty: text, base_orig_ord_no: text })

/** kt00001 예수금상세현황 */
export const cashReply = z.object({
  entr: text.optional(),
  d1_entra: text.optional(),
  d2_entra: text,
  ord_alow_amt: text,
  '100stk_ord_alow_amt': text,
})

/** kt00018 계좌평가잔고내역 */
export const holdingRow = z.object({
  stk_cd: text,
  stk_nm: text,
  rmnd_qty: text,
  trde_able_qty: text,
  pur_amt: text,
})

/** kt00007 계좌별주문체결내역상세 */
export const orderRow = z.object({
  ord_no: text,
  stk_cd: text,
  trde_tp: text,
  ord_qty: text,
  ord_uv: text,
  cnfm_qty: text,
  acpt_tp: text,
  ord_tm: text,
  ori_ord: text,
  io_tp_nm: text,
  cntr_qty: text,
  cntr_uv: text,
  ord_remnq: text,
  comm_ord_tp: text,
  mdfy_cncl: text,
  dmst_stex_tp: text,
  cond_uv: text,
})
export type OrderRow = z.infer<typeof orderRow>

/** kt00009 계좌별주문체결현황, asked for fills: one row per fill. */
export const fillRow = z.object({
  ord_no: text,
  stk_cd: text,
  cntr_no: text,
  cntr_qty: text,
  cntr_uv: text,
  cntr_tm: text,
  dmst_stex_tp: text,
})
export type FillRow = z.infer<typeof fillRow>

/** ka10074 일자별실현손익 */
export const dayTotalsReply = z.object({ trde_cmsn: text, trde_tax: text })

/** ka10001 주식기본정보 */
export const basicsReply = z.object({
  stk_cd: text,
  stk_nm: text,
  base_pric: text,
  upl_pric: text,
  lst_pric: text,
  cur_prc: text,
})
export type Basics = z.infer<typeof basicsReply>

/** ka10100 종목정보 조회, and each row of ka10099. */
export const listingReply = z.object({
  code: text,
  name: text,
  listCount: text,
  auditInfo: text,
  regDay: text,
  lastPrice: text,
  state: text,
  marketCode: text,
  marketName: text,
  upName: text,
  orderWarning: text,
  /** Absent, unlike blank, says nothing. */
  nxtEnable: z.string().optional().catch(undefined),
})
export type Listing = z.infer<typeof listingReply>

export const listingsReply = z.object({ list: rows(listingReply) })

/** ka10095 관심종목정보 */
export const watchRow = z.object({
  stk_cd: text,
  cur_prc: text,
  sel_bid: text,
  buy_bid: text,
  pri_sel_req: text,
  pri_buy_req: text,
  exp_cntr_pric: text,
  exp_cntr_qty: text,
})
export type WatchRow = z.infer<typeof watchRow>
export const watchReply = z.object({ atn_stk_infr: rows(watchRow) })

/** ka10080 주식분봉차트 */
export const minuteRow = z.object({
  cntr_tm: text,
  cur_prc: text,
  open_pric: text,
  high_pric: text,
  low_pric: text,
  trde_qty: text,
})
export const minutesReply = z.object({ stk_cd: text, stk_min_pole_chart_qry: rows(minuteRow) })

/** ka10081 주식일봉차트 */
const dailyRow = minuteRow.omit({ cntr_tm: true }).extend({ dt: text })
export const dailiesReply = z.object({ stk_cd: text, stk_dt_pole_chart_qry: rows(dailyRow) })
export type ChartRow = Omit<z.infer<typeof minuteRow>, 'cntr_tm'>

/** CNSRLST: pairs of sequence number and name. */
export const conditionsReply = z.object({
  data: z.preprocess((value) => value ?? [], z.array(z.tuple([text, text], text))),
})

/** CNSRREQ: `jmcode` in a realtime answer, `9001` in a search; the list may be absent when nothing was hit. */
export const screenReply = z.object({
  data: z.preprocess((value) => value ?? [], z.array(z.object({ jmcode: text, '9001': text }))),
  cont_yn: text,
  next_key: text,
})

/** One event of a REAL frame. */
export interface RealEvent {
  readonly type: string
  readonly item: string
  readonly values: Readonly<Record<string, unknown>>
}

/** The events of a REAL frame; what is not shaped like one is left out and counted by the caller. */
export function realEvents(frame: JsonObject): { events: RealEvent[]; odd: number } {
  const data = frame.data
  if (!Array.isArray(data)) return { events: [], odd: 1 }
  const events: RealEvent[] = []
  let odd = 0
  for (const element of data as unknown[]) {
    const event = element as Partial<RealEvent> | null
    if (typeof event?.type !== 'string' || typeof event.values !== 'object' || event.values === null) odd++
    else
      events.push({
        type: event.type,
        item: typeof event.item === 'string' ? event.item : '',
        values: event.values,
      })
  }
  return { events, odd }
}

/** The text of a FID; `''` when absent. */
export const fid = (values: Readonly<Record<string, unknown>>, key: string): string => plainText(values[key])

/** A text or a number as text, anything else as `''`: `String` of a deep list or of `{"toString":1}` throws. */
export const plainText = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
