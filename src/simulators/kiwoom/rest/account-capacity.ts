import { commission, holdFor } from '../../../model/charges.ts'
import { krw, price, quantity, sharesFor } from '../../../model/money.ts'
import { padded } from '../format.ts'
import { marginPercent } from '../market/listing-text.ts'
import type { Refusal } from '../refusals.ts'
import { isRefusal } from '../tokens.ts'
import { may, need, textOf } from './fields.ts'
import type { Answer, Call, Offers } from './offer.ts'
import { scheduleOf } from './valuation.ts'
import { quotedTape } from './venue.ts'

const w10 = (value: number) => padded(value, 10)
const w12 = (value: number) => padded(value, 12)
const RATES = ['20', '30', '40', '50', '60'] as const

/** How many shares the free cash buys at `each`, commission included. */
function affordable(call: Call, each: number): number {
  if (each <= 0) return 0
  const cash = call.customer.account.balance().buyingPower
  const schedule = scheduleOf(call.profile, call.market.day)
  const costs = (shares: number) =>
    shares === 0
      ? 0
      : holdFor({
          type: 'limit',
          limit: price(each),
          quantity: quantity(shares),
          last: price(each),
          schedule,
        })
  let shares: number = sharesFor(krw(cash), price(each))
  while (shares > 0 && costs(shares) > cash) shares--
  return shares
}

function kt00010(call: Call): Answer | Refusal {
  const found = quotedTape(call)
  if (isRefusal(found)) return found
  const balance = call.customer.account.balance()
  const each = Number(textOf(call.body, 'exp_buy_unp') || textOf(call.body, 'uv'))
  const sells = textOf(call.body, 'trde_tp') === '1'
  const shares = sells
    ? (call.customer.account.holding(found.tape.id)?.sellable ?? 0)
    : affordable(call, each)
  const wanted = Number(textOf(call.body, 'trde_qty') || 0)
  const value = sells ? 0 : wanted * each
  const fee = commission(scheduleOf(call.profile, call.market.day), krw(value))
  const amount = w12(balance.buyingPower)
  const fields: Record<string, string> = {}
  for (const name of [...RATES.map((rate) => `profa_${rate}`), 'profa_rdex_60', 'profa_100']) {
    fields[`${name}ord_alow_amt`] = amount
    fields[`${name}ord_alowq`] = w10(shares)
  }
  return {
    message: '주문/인출가능금액 시뮬레이션 조회완료하였습니다.',
    fields: {
      ...fields,
      pred_reu_alowa: w12(0),
      tdy_reu_alowa: w12(0),
      entr: w12(balance.entr),
      repl_amt: w12(0),
      uncla: w12(0),
      ord_pos_repl: w12(0),
      ord_alowa: amount,
      wthd_alowa: w12(balance.withdrawable),
      nxdy_wthd_alowa: w12(balance.withdrawable),
      pur_amt: w12(value),
      cmsn: w12(fee),
      pur_exct_amt: w12(value + fee),
      d2entra: w12(balance.d2),
      profa_rdex_aplc_tp: '0',
    },
  }
}

function kt00011(call: Call): Answer | Refusal {
  const found = quotedTape(call)
  if (isRefusal(found)) return found
  const balance = call.customer.account.balance()
  const each = Number(textOf(call.body, 'uv') || 0)
  const amount = w12(balance.buyingPower)
  const rates: Record<string, string> = {}
  for (const rate of [...RATES, '100']) {
    for (const name of ['ord_alow_amt', 'ord_alowq', 'pred_reu_amt', 'tdy_reu_amt'])
      rates[`profa_${rate}${name}`] = ''
  }
  return {
    message: '자료를 조회하였습니다.',
    fields: {
      stk_profa_rt: marginPercent(found.tape.listing),
      profa_rt: '100%',
      aplc_rt: '100%',
      ...rates,
      min_ord_alow_amt: amount,
      min_ord_alowq: each > 0 ? w12(affordable(call, each)) : '',
      min_pred_reu_amt: w12(0),
      min_tdy_reu_amt: w12(0),
      entr: w12(balance.entr),
      repl_amt: w12(0),
      uncla: w12(0),
      ord_pos_repl: w12(0),
      ord_alowa: amount,
    },
  }
}

/** kt00010 주문인출가능금액, kt00011 증거금율별주문가능수량. The simulated account pays in full: every margin rate gives the same. */
export const CAPACITY_OFFERS: Offers = {
  kt00010: {
    fields: [
      may('io_amt', 'digits'),
      need('stk_cd', 'code'),
      need('trde_tp', ['1', '2']),
      may('trde_qty', 'digits'),
      need('uv', 'digits'),
      may('exp_buy_unp', 'digits'),
    ],
    answer: kt00010,
  },
  kt00011: { fields: [need('stk_cd', 'code'), may('uv', 'digits')], answer: kt00011 },
}
