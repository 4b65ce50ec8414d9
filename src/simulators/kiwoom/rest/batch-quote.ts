import {
  compactDay,
  compactTime,
  directed,
  directionSign,
  hundredMillions,
  millions,
  signed,
  signedPercent,
} from '../format.ts'
import { shownPrice, strengthOf, type Tape } from '../market/tape.ts'
import { refuse } from '../refusals.ts'
import type { Row } from '../wire.ts'
import { need, textOf } from './fields.ts'
import type { Call, Offers } from './offer.ts'

/** Source: measured; the documented length of the field is not enforced. */
const MAX_CODES = 100
const DEPTH = 10

/** From here on ELW only. */
const ELW_FIELDS: Row = {
  prty: '0.00',
  gear: '0.00',
  pl_qutr: '0.00',
  cap_support: '0.00',
  elwexec_pric: '0',
  cnvt_rt: '0.0000',
  elwexpr_dt: '00000000',
  cntr_engg: '',
  cntr_pred_pre: '',
  theory_pric: '',
  innr_vltl: '',
  delta: '',
  gam: '',
  theta: '',
  vega: '',
  law: '',
}

function row(call: Call, code: string, tape: Tape): Row {
  const { base, band, listing, shares } = tape
  const price = shownPrice(tape)
  const now = compactTime(call.market.now())
  const asks = call.market.levels(tape, 'sell', DEPTH)
  const bids = call.market.levels(tape, 'buy', DEPTH)
  const sum = (levels: typeof asks) => String(levels.reduce((total, { quantity }) => total + quantity, 0))
  const levels: Record<string, string> = {}
  for (let n = 1; n <= 5; n++) levels[`sel_${n}th_bid`] = directed(asks[n - 1]?.price ?? 0, base)
  for (let n = 1; n <= 5; n++) levels[`buy_${n}th_bid`] = directed(bids[n - 1]?.price ?? 0, base)
  const before = listing.previousVolume
  const grown = `${tape.volume < before ? '-' : '+'}${(before === 0 ? 0 : (tape.volume / before) * 100).toFixed(2)}`
  return {
    stk_cd: code,
    stk_nm: listing.instrument.name,
    cur_prc: directed(price, base),
    base_pric: String(base),
    pred_pre: signed(price - base),
    pred_pre_sig: directionSign(price, base, band),
    flu_rt: signedPercent(price / base - 1),
    trde_qty: String(tape.volume),
    trde_prica: millions(tape.value),
    cntr_qty: signed(tape.lastQuantity),
    cntr_str: strengthOf(tape).toFixed(2),
    pred_trde_qty_pre: grown,
    sel_bid: directed(tape.ask, base),
    buy_bid: directed(tape.bid, base),
    ...levels,
    upl_pric: band ? `+${band.upper}` : '0',
    lst_pric: band ? `-${band.lower}` : '0',
    open_pric: directed(tape.open, base),
    high_pric: directed(tape.high, base),
    low_pric: directed(tape.low, base),
    close_pric: directed(price, base),
    cntr_tm: tape.lastAt === 0 ? '000000' : compactTime(tape.lastAt),
    exp_cntr_pric: tape.expectedPrice === 0 ? '-0' : directed(tape.expectedPrice, base),
    exp_cntr_qty: String(tape.expectedQuantity),
    cap: hundredMillions(shares * 500),
    fav: '500',
    mac: hundredMillions(shares * price),
    stkcnt: String(Math.trunc(shares / 1000)),
    bid_tm: now,
    dt: compactDay(call.market.day),
    pri_sel_req: String(asks[0]?.quantity ?? 0),
    pri_buy_req: String(bids[0]?.quantity ?? 0),
    pri_sel_cnt: '',
    pri_buy_cnt: '',
    tot_sel_req: sum(asks),
    tot_buy_req: sum(bids),
    tot_sel_cnt: '',
    tot_buy_cnt: '',
    ...ELW_FIELDS,
  }
}

/** ka10095 관심종목정보: one row per code in request order; an unknown code is a row of blanks (recorded). */
export const BATCH_OFFERS: Offers = {
  ka10095: {
    fields: [need('stk_cd')],
    answer(call) {
      const codes = textOf(call.body, 'stk_cd').split('|')
      if (codes.length > MAX_CODES) return refuse.batchTooBig('ka10095')
      const sample = call.market.tapes[0]
      const names = sample ? Object.keys(row(call, '', sample)) : []
      const blank: Row = Object.fromEntries(names.map((name) => [name, '']))
      const rows = codes.map((code) => {
        const tape = call.profile === 'mock' ? call.market.tape(code) : call.market.quote(code)
        return tape ? row(call, code, tape) : blank
      })
      return { fields: { atn_stk_infr: rows } }
    },
  },
}
