import type { AccountFill } from '../../../matching/account-records.ts'
import { kstClock } from '../../../model/time.ts'
import {
  averageFill,
  type BrokerOrder,
  brokerOrders,
  orderAction,
  orderState,
} from '../brokerage/customer.ts'
import { ledgerName } from '../brokerage/order-kinds.ts'
import { compactTime, directed, orderNumber, padded } from '../format.ts'
import { prefixed } from '../market/listing-text.ts'
import { shownPrice } from '../market/tape.ts'
import type { Row } from '../wire.ts'
import { may, need, textOf } from './fields.ts'
import { type Answer, type Call, FOUND, KA_FOUND, listAnswer, type Offers } from './offer.ts'

const KT_PAGE = 20
const KA_PAGE = 100
const w10 = (value: number) => padded(value, 10)
const w12 = (value: number) => padded(value, 12)

/** `sell_tp` and `trde_tp` of account queries: 0 all, 1 sales, 2 buys. */
const sideFits = (code: string, { order }: BrokerOrder): boolean =>
  code === '0' || (order.side === 'sell') === (code === '1')

const plain = (code: string): string => (/^[AJQ].{6}$/.test(code) ? code.slice(1) : code)

const codeFits = (call: Call, { ticket }: BrokerOrder): boolean => {
  const code = plain(textOf(call.body, 'stk_cd'))
  return code === '' || code === ticket.tape.id
}

const VENUE_CODES = { KRX: '1', NXT: '2' } as const

/** `stex_tp`: 0 both, 1 KRX, 2 NXT, by where the order went. */
const venueFits = (call: Call, { ticket }: BrokerOrder): boolean => {
  const wanted = textOf(call.body, 'stex_tp')
  return wanted === '0' || wanted === VENUE_CODES[ticket.venue]
}

/** KRX and NXT hold what the router sent there as well (assumed). */
const routeFits = (call: Call, { ticket }: BrokerOrder): boolean => {
  const wanted = textOf(call.body, 'dmst_stex_tp')
  return wanted === '' || wanted === '%' || wanted === ticket.route || wanted === ticket.venue
}

/** Only the simulated day has a ledger. */
const dayFits = (call: Call): boolean => {
  const day = textOf(call.body, 'ord_dt')
  return day === '' || day === call.market.day.replaceAll('-', '')
}

const listed = (call: Call): readonly BrokerOrder[] =>
  dayFits(call)
    ? brokerOrders(call.customer).filter((each) => codeFits(call, each) && routeFits(call, each))
    : []

const lastFill = (call: Call, { order }: BrokerOrder): AccountFill | undefined =>
  order.filled > 0 ? call.customer.account.fillsOf(order.number).at(-1) : undefined

/** `S-KRX` was seen of what the router sent to KRX; `S-NXT` is assumed after it. */
const venueFields = ({ ticket: { route, venue } }: BrokerOrder): Row => ({
  stex_tp: VENUE_CODES[venue],
  stex_tp_txt: route === 'SOR' ? `S-${venue}` : venue,
})

const stex = (each: BrokerOrder): Row => ({
  ...venueFields(each),
  sor_yn: each.ticket.route === 'SOR' ? 'Y' : 'N',
  stop_pric: String(each.ticket.stop ?? 0),
})

function openRow(call: Call, each: BrokerOrder): Row {
  const { order, ticket } = each
  const { kind } = ticket
  const tape = call.market.showing(ticket.venue, ticket.tape.id)[0] ?? ticket.tape
  const fill = lastFill(call, each)
  return {
    acnt_no: call.customer.number,
    ord_no: orderNumber(order.number),
    mang_empno: '',
    stk_cd: tape.id,
    tsk_tp: '',
    ord_stt: orderState(order),
    stk_nm: tape.listing.instrument.name,
    ord_qty: String(order.quantity),
    ord_pric: String(order.limit ?? 0),
    oso_qty: String(order.open),
    cntr_tot_amt: String(order.filledValue),
    orig_ord_no: orderNumber(order.original),
    io_tp_nm: orderAction(order),
    trde_tp: kind.name,
    tm: compactTime(order.enteredAt),
    cntr_no: fill ? String(fill.number) : '',
    cntr_pric: fill ? String(averageFill(order)) : '',
    cntr_qty: fill ? String(order.filled) : '',
    cur_prc: directed(shownPrice(tape), tape.base),
    sel_bid: directed(tape.ask, tape.base),
    buy_bid: directed(tape.bid, tape.base),
    unit_cntr_pric: fill ? String(fill.price) : '',
    unit_cntr_qty: fill ? String(fill.quantity) : '',
    tdy_trde_cmsn: String(order.commission),
    tdy_trde_tax: String(order.tax),
    ind_invsr: '',
    ...stex(each),
  }
}

function ka10075(call: Call): Answer {
  // `1` without a code is asked in the field for "all": it names no stock, so it leaves none out.
  const one = textOf(call.body, 'all_stk_tp') === '1'
  const rows = brokerOrders(call.customer)
    .filter((each) => venueFits(call, each))
    .filter((each) => each.order.open > 0 && sideFits(textOf(call.body, 'trde_tp'), each))
    .filter((each) => !one || codeFits(call, each))
    .reverse()
  return listAnswer(
    'oso',
    rows.map((each) => openRow(call, each)),
    KA_PAGE,
    { message: KA_FOUND, newestFirst: true },
  )
}

function filledRow(each: BrokerOrder): Row {
  const { order, ticket } = each
  return {
    ord_no: orderNumber(order.number),
    stk_nm: ticket.tape.listing.instrument.name,
    io_tp_nm: orderAction(order),
    ord_pric: String(order.limit ?? 0),
    ord_qty: String(order.quantity),
    cntr_pric: String(averageFill(order)),
    cntr_qty: String(order.filled),
    oso_qty: String(order.open),
    tdy_trde_cmsn: String(order.commission),
    tdy_trde_tax: String(order.tax),
    ord_stt: orderState(order),
    trde_tp: ticket.kind.name,
    orig_ord_no: orderNumber(order.original),
    ord_tm: compactTime(order.enteredAt),
    stk_cd: ticket.tape.id,
    ...stex(each),
  }
}

function ka10076(call: Call): Answer {
  const one = textOf(call.body, 'qry_tp') === '1'
  const older = Number(textOf(call.body, 'ord_no') || Number.POSITIVE_INFINITY)
  const rows = brokerOrders(call.customer)
    .filter((each) => venueFits(call, each))
    .filter(({ order }) => order.filled > 0 && order.number < older)
    .filter((each) => sideFits(textOf(call.body, 'sell_tp'), each) && (!one || codeFits(call, each)))
    .reverse()
  return listAnswer('cntr', rows.map(filledRow), KA_PAGE, { message: KA_FOUND, newestFirst: true })
}

function ka10088(call: Call): Answer {
  const number = Number(textOf(call.body, 'ord_no'))
  const rows = brokerOrders(call.customer)
    .filter(({ order }) => order.open > 0 && order.number === number)
    .map((each): Row => {
      const { order, ticket } = each
      return {
        stk_cd: ticket.tape.id,
        acnt_no: call.customer.number,
        stk_nm: ticket.tape.listing.instrument.name,
        ord_no: orderNumber(order.number),
        ord_qty: String(order.quantity),
        ord_pric: String(order.limit ?? 0),
        osop_qty: String(order.open),
        io_tp_nm: orderAction(order),
        trde_tp: ticket.kind.name,
        sell_tp: order.side === 'sell' ? '1' : '2',
        cntr_qty: String(order.filled),
        ord_stt: orderState(order),
        cur_prc: directed(shownPrice(ticket.tape), ticket.tape.base),
        ...venueFields(each),
      }
    })
  return listAnswer('osop', rows, KA_PAGE, { message: KA_FOUND })
}

const MODIFIED = { new: '', amend: '정정', cancel: '취소' } as const
const acceptance = ({ order }: BrokerOrder) => (order.state === 'refused' ? '주문거부' : '접수')
const cashSide = ({ order }: BrokerOrder) => (order.side === 'buy' ? '현금매수' : '현금매도')

function ledgerRow(each: BrokerOrder): Row {
  const { order, ticket } = each
  return {
    ord_no: orderNumber(order.number),
    stk_cd: prefixed(ticket.tape.listing),
    trde_tp: ledgerName(ticket.kind),
    crd_tp: '보통매매',
    ord_qty: w10(order.quantity),
    ord_uv: w10(order.limit ?? 0),
    cnfm_qty: w10(order.confirmed),
    acpt_tp: acceptance(each),
    rsrv_tp: '',
    ord_tm: kstClock(order.enteredAt),
    ori_ord: orderNumber(order.original),
    stk_nm: ticket.tape.listing.instrument.name,
    io_tp_nm: cashSide(each),
    loan_dt: '',
    cntr_qty: w10(order.filled),
    cntr_uv: w10(averageFill(order)),
    ord_remnq: w10(order.open),
    comm_ord_tp: ticket.channel,
    mdfy_cncl: MODIFIED[order.action],
    cnfm_tm: order.confirmed > 0 ? kstClock(order.enteredAt) : '',
    dmst_stex_tp: ticket.route,
    cond_uv: w10(ticket.stop ?? 0),
  }
}

function kt00007(call: Call): Answer {
  const kind = textOf(call.body, 'qry_tp')
  const from = Number(textOf(call.body, 'fr_ord_no') || 0)
  const stocks = textOf(call.body, 'stk_bond_tp') !== '2'
  const rows = listed(call)
    .filter((each) => stocks && sideFits(textOf(call.body, 'sell_tp'), each))
    .filter(({ order }) => kind !== '3' || order.open > 0)
    .filter(({ order }) => kind !== '4' || order.filled > 0)
  const reversed = kind === '2'
  const kept = reversed
    ? rows.filter(({ order }) => from === 0 || order.number <= from).reverse()
    : rows.filter(({ order }) => order.number >= from)
  return listAnswer('acnt_ord_cntr_prps_dtl', kept.map(ledgerRow), KT_PAGE, {
    message: FOUND,
    newestFirst: reversed,
  })
}

const statusRow = (each: BrokerOrder, fill: AccountFill | undefined): Row => {
  const { order, ticket } = each
  return {
    stk_bond_tp: '1',
    ord_no: orderNumber(order.number),
    stk_cd: prefixed(ticket.tape.listing),
    trde_tp: ledgerName(ticket.kind),
    io_tp_nm: cashSide(each),
    ord_qty: w10(order.quantity),
    ord_uv: w10(order.limit ?? 0),
    cnfm_qty: w10(order.confirmed),
    rsrv_oppo: '',
    cntr_no: orderNumber(fill?.number ?? 0),
    acpt_tp: acceptance(each),
    orig_ord_no: orderNumber(order.original),
    stk_nm: ticket.tape.listing.instrument.name,
    setl_tp: '삼일결제',
    crd_deal_tp: '보통매매',
    cntr_qty: w10(fill?.quantity ?? order.filled),
    cntr_uv: w10(fill?.price ?? averageFill(order)),
    comm_ord_tp: ticket.channel,
    mdfy_cncl_tp: MODIFIED[order.action],
    cntr_tm: fill ? kstClock(fill.at) : '',
    dmst_stex_tp: ticket.route,
    cond_uv: w10(ticket.stop ?? 0),
  }
}

/** `qry_tp` 0: one row per order. 1: one row per fill, with its 체결번호. The second is assumed. */
function kt00009(call: Call): Answer {
  const { account } = call.customer
  const market = textOf(call.body, 'mrkt_tp')
  const from = Number(textOf(call.body, 'fr_ord_no') || 0)
  const orders = listed(call)
    .filter((each) => sideFits(textOf(call.body, 'sell_tp'), each) && each.order.number >= from)
    .filter(({ ticket }) => marketFits(market, ticket.tape.listing.instrument.market))
    .filter(() => textOf(call.body, 'stk_bond_tp') !== '2')
  const rows =
    textOf(call.body, 'qry_tp') === '1'
      ? orders.flatMap((each) => account.fillsOf(each.order.number).map((fill) => statusRow(each, fill)))
      : orders.map((each) => statusRow(each, lastOnly(account.fillsOf(each.order.number))))
  const traded = (side: 'buy' | 'sell') =>
    orders.reduce((sum, { order }) => (order.side === side ? sum + order.filledValue : sum), 0)
  return listAnswer('acnt_ord_cntr_prst_array', rows, KT_PAGE, {
    message: FOUND,
    fields: {
      sell_grntl_engg_amt: w12(traded('sell')),
      buy_engg_amt: w12(traded('buy')),
      engg_amt: w12(traded('sell') + traded('buy')),
    },
  })
}

/** A per-order row shows a fill's own figures only when there is exactly one. */
const lastOnly = (fills: readonly AccountFill[]): AccountFill | undefined =>
  fills.length === 1 ? fills[0] : undefined

const marketFits = (code: string, market: string): boolean =>
  code === '0' || (code === '1' && market === 'KOSPI') || (code === '2' && market === 'KOSDAQ')

const SIDES = ['0', '1', '2'] as const
const STEX = need('stex_tp', SIDES)
const ROUTE = need('dmst_stex_tp', ['%', 'KRX', 'NXT', 'SOR'])

/** ka10075 미체결, ka10076 체결, ka10088 미체결 분할주문, kt00007 주문체결내역상세, kt00009 주문체결현황 */
export const ORDER_LIST_OFFERS: Offers = {
  ka10075: {
    fields: [need('all_stk_tp', ['0', '1']), need('trde_tp', SIDES), may('stk_cd', 'code'), STEX],
    answer: ka10075,
  },
  ka10076: {
    fields: [
      may('stk_cd', 'code'),
      need('qry_tp', ['0', '1']),
      need('sell_tp', SIDES),
      may('ord_no', 'digits'),
      STEX,
    ],
    answer: ka10076,
  },
  ka10088: { fields: [need('ord_no', 'digits')], answer: ka10088 },
  kt00007: {
    fields: [
      may('ord_dt', 'day'),
      need('qry_tp', ['1', '2', '3', '4']),
      need('stk_bond_tp', SIDES),
      need('sell_tp', SIDES),
      may('stk_cd', 'code'),
      may('fr_ord_no', 'digits'),
      ROUTE,
    ],
    answer: kt00007,
  },
  kt00009: {
    fields: [
      may('ord_dt', 'day'),
      need('stk_bond_tp', SIDES),
      need('mrkt_tp', ['0', '1', '2', '3', '4']),
      need('sell_tp', SIDES),
      need('qry_tp', ['0', '1']),
      may('stk_cd', 'code'),
      may('fr_ord_no', 'digits'),
      ROUTE,
    ],
    answer: kt00009,
  },
}
