import type { AccountOrder } from '../../../matching/account-records.ts'
import type { Side } from '../../../model/order.ts'
import type { Placed } from '../brokerage/desk.ts'
import { orderNumber, padded } from '../format.ts'
import { type Refusal, refuse, refuseBusiness } from '../refusals.ts'
import { may, need, textOf } from './fields.ts'
import type { Answer, Call, Offer, Offers } from './offer.ts'
import { routeOf } from './venue.ts'

const ROUTES = ['KRX', 'NXT', 'SOR'] as const

const orderText = (call: Call, text: string, mockText: string): string =>
  call.profile === 'real' ? text : `[100000] 모의투자 ${mockText}`

const settle = (call: Call, placed: Placed, answer: (order: AccountOrder) => Answer): Answer | Refusal =>
  placed.ok ? answer(placed.order) : refuseBusiness(placed.why, call.profile)

const place = (side: Side): Offer => ({
  fields: [
    need('dmst_stex_tp', ROUTES),
    need('stk_cd', 'code'),
    need('ord_qty', 'digits'),
    may('ord_uv', 'digits'),
    need('trde_tp'),
    may('cond_uv', 'digits'),
  ],
  answer(call) {
    const route = routeOf(call)
    if (typeof route !== 'string') return route
    const tape = call.market.tape(textOf(call.body, 'stk_cd'))
    if (!tape) return refuse.unknownStock(textOf(call.body, 'stk_cd'))
    const placed = call.desk.place(call.customer, {
      tape,
      side,
      route,
      typeCode: textOf(call.body, 'trde_tp'),
      limit: Number(textOf(call.body, 'ord_uv') || 0),
      stop: Number(textOf(call.body, 'cond_uv') || 0),
      quantity: Number(textOf(call.body, 'ord_qty')),
      channel: 'REST API',
    })
    const word = side === 'buy' ? '매수' : '매도'
    return settle(call, placed, (order) => ({
      fields: { ord_no: orderNumber(order.number), dmst_stex_tp: textOf(call.body, 'dmst_stex_tp') },
      message: orderText(call, `${word}주문이 완료되었습니다.`, `${word}주문완료`),
    }))
  },
})

const sideWord = ({ side }: AccountOrder): string => (side === 'buy' ? '매수' : '매도')

const amend: Offer = {
  fields: [
    need('dmst_stex_tp', ROUTES),
    need('orig_ord_no', 'digits'),
    need('stk_cd', 'code'),
    need('mdfy_qty', 'digits'),
    need('mdfy_uv', 'digits'),
    may('mdfy_cond_uv', 'digits'),
  ],
  answer(call) {
    const route = routeOf(call)
    if (typeof route !== 'string') return route
    const tape = call.market.tape(textOf(call.body, 'stk_cd'))
    if (!tape) return refuse.unknownStock(textOf(call.body, 'stk_cd'))
    const placed = call.desk.amend(call.customer, {
      tape,
      route,
      original: Number(textOf(call.body, 'orig_ord_no')),
      quantity: Number(textOf(call.body, 'mdfy_qty')),
      limit: Number(textOf(call.body, 'mdfy_uv')),
      stop: Number(textOf(call.body, 'mdfy_cond_uv') || 0),
    })
    return settle(call, placed, (order) => ({
      fields: {
        ord_no: orderNumber(order.number),
        base_orig_ord_no: orderNumber(order.base),
        mdfy_qty: padded(order.quantity, 12),
        dmst_stex_tp: textOf(call.body, 'dmst_stex_tp'),
      },
      message: orderText(
        call,
        `${sideWord(order)}정정 주문입력이 완료되었습니다`,
        `${sideWord(order)}정정주문완료`,
      ),
    }))
  },
}

const cancel: Offer = {
  fields: [
    need('dmst_stex_tp', ROUTES),
    need('orig_ord_no', 'digits'),
    need('stk_cd', 'code'),
    need('cncl_qty', 'digits'),
  ],
  answer(call) {
    const route = routeOf(call)
    if (typeof route !== 'string') return route
    const tape = call.market.tape(textOf(call.body, 'stk_cd'))
    if (!tape) return refuse.unknownStock(textOf(call.body, 'stk_cd'))
    const placed = call.desk.cancel(call.customer, {
      tape,
      route,
      original: Number(textOf(call.body, 'orig_ord_no')),
      quantity: Number(textOf(call.body, 'cncl_qty')),
    })
    return settle(call, placed, (order) => ({
      fields: {
        ord_no: orderNumber(order.number),
        base_orig_ord_no: orderNumber(order.base),
        cncl_qty: padded(order.quantity, 12),
      },
      message: orderText(
        call,
        `${sideWord(order)}취소 주문입력이 완료되었습니다`,
        `${sideWord(order)}취소주문완료`,
      ),
    }))
  },
}

/** kt10000 매수, kt10001 매도, kt10002 정정, kt10003 취소 */
export const ORDER_OFFERS: Offers = {
  kt10000: place('buy'),
  kt10001: place('sell'),
  kt10002: amend,
  kt10003: cancel,
}
