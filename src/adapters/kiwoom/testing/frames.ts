import type { JsonObject } from '../wire.ts'

/** Frames as Kiwoom sends them. Shapes: wire reference §14.4, §15; values made up. */

export const real = (type: string, item: string, values: Record<string, string>): JsonObject => ({
  trnm: 'REAL',
  data: [{ type, name: '실시간', item, values }],
})

export const orderFrameOf = (values: Record<string, string>): JsonObject =>
  real('00', '005930', {
    '9201': '1234567890',
    '9203': '0000123',
    '9001': '005930',
    '912': 'JJ',
    '913': '접수',
    '302': '삼성전자',
    '900': '5',
    '901': '71400',
    '902': '5',
    '903': '0',
    '904': '0000000',
    '905': '+매수',
    '906': '보통',
    '907': '2',
    '908': '100501',
    '909': '',
    '910': '',
    '911': '',
    '914': '',
    '915': '',
    '919': '0',
    '2134': '1',
    ...values,
  })

/** A fill: this much at this price, `done` of `of` so far, worth `amount` won. */
export const fillFrameOf = (
  size: number,
  each: number,
  done: number,
  of: number,
  amount: number,
  more: Record<string, string> = {},
): JsonObject =>
  orderFrameOf({
    '913': '체결',
    '900': String(of),
    '902': String(of - done),
    '903': String(amount),
    '909': '2001',
    '910': String(each),
    '911': String(done),
    '914': String(each),
    '915': String(size),
    '908': '100502',
    ...more,
  })

/** A row of kt00007. */
export const orderRowOf = (row: Record<string, string> = {}): Record<string, string> => ({
  ord_no: '0000123',
  stk_cd: 'A005930',
  trde_tp: '지정가',
  crd_tp: '보통매매',
  ord_qty: '0000000005',
  ord_uv: '0000071400',
  cnfm_qty: '0000000000',
  acpt_tp: '접수',
  rsrv_tp: '',
  ord_tm: '10:05:01',
  ori_ord: '0000000',
  stk_nm: '삼성전자',
  io_tp_nm: '현금매수',
  loan_dt: '',
  cntr_qty: '0000000000',
  cntr_uv: '0000000000',
  ord_remnq: '0000000005',
  comm_ord_tp: 'REST API',
  mdfy_cncl: '',
  cnfm_tm: '',
  dmst_stex_tp: 'KRX',
  cond_uv: '0000000000',
  ...row,
})

/** A row of kt00009. */
export const fillRowOf = (row: Record<string, string> = {}): Record<string, string> => ({
  stk_bond_tp: '1',
  ord_no: '0000123',
  stk_cd: 'A005930',
  cntr_no: '0002001',
  cntr_qty: '0000000002',
  cntr_uv: '0000071400',
  cntr_tm: '10:05:02',
  ...row,
})
