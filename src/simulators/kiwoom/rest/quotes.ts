import type { BookLevel } from '../../../matching/types.ts'
import {
  compactDay,
  compactTime,
  directed,
  directionSign,
  doubleMinus,
  hundredMillions,
  millions,
  signed,
  signedPercent,
} from '../format.ts'
import { shownPrice, strengthOf, type Tape } from '../market/tape.ts'
import type { Refusal } from '../refusals.ts'
import { isRefusal } from '../tokens.ts'
import type { Row } from '../wire.ts'
import { need } from './fields.ts'
import { type Answer, type Call, listAnswer, type Offer, type Offers } from './offer.ts'
import { formName, quotedTape } from './venue.ts'

const DEPTH = 10
const TICKS_PER_PAGE = 100
const YEAR_DAYS = 250

/** Yesterday's bar, and the extremes of the last 250 trading days. */
function extremes(call: Call, tape: Tape) {
  const bars = call.history.daily(tape).slice(-YEAR_DAYS)
  const top = bars.reduce((best, bar) => (bar.high > best.high ? bar : best), bars[0] ?? NO_BAR)
  const bottom = bars.reduce((best, bar) => (bar.low < best.low ? bar : best), bars[0] ?? NO_BAR)
  return { top, bottom, before: bars.at(-1) ?? NO_BAR }
}

const NO_BAR = { day: '', open: 0, high: 0, low: 0, close: 0, volume: 0, value: 0 }

/** Today's volume per yesterday's, in percent, signed by whether it grew. */
const volumeRatio = (tape: Tape): string => {
  const before = tape.listing.previousVolume
  if (before === 0) return '0.00'
  return `${tape.volume < before ? '-' : '+'}${((tape.volume / before) * 100).toFixed(2)}`
}

const rateTo = (price: number, reference: number): string =>
  signedPercent(reference === 0 ? 0 : price / reference - 1)

function basics(call: Call, { code, tape }: { readonly code: string; readonly tape: Tape }): Row {
  const { base, band, listing, shares } = tape
  const price = shownPrice(tape)
  const { top, bottom } = extremes(call, tape)
  const faceValue = 500
  return {
    stk_cd: code,
    stk_nm: listing.instrument.name,
    setl_mm: '12',
    fav: String(faceValue),
    cap: hundredMillions(shares * faceValue),
    flo_stk: String(Math.trunc(shares / 1000)),
    crd_rt: '+0.00',
    oyr_hgst: directed(top.high, base),
    oyr_lwst: directed(bottom.low, base),
    mac: hundredMillions(shares * price),
    mac_wght: '',
    for_exh_rt: '0.00',
    repl_pric: String(Math.trunc((base * 0.8) / 10) * 10),
    per: '',
    eps: '',
    roe: '',
    pbr: '',
    ev: '',
    bps: '',
    sale_amt: '',
    bus_pro: '',
    cup_nga: '',
    '250hgst': directed(top.high, base),
    '250lwst': directed(bottom.low, base),
    open_pric: directed(tape.open, base),
    high_pric: directed(tape.high, base),
    low_pric: directed(tape.low, base),
    upl_pric: band ? `+${band.upper}` : '0',
    lst_pric: band ? `-${band.lower}` : '0',
    base_pric: String(base),
    exp_cntr_pric: tape.expectedPrice === 0 ? '-0' : directed(tape.expectedPrice, base),
    exp_cntr_qty: String(tape.expectedQuantity),
    '250hgst_pric_dt': compactDay(top.day),
    '250hgst_pric_pre_rt': rateTo(price, top.high),
    '250lwst_pric_dt': compactDay(bottom.day),
    '250lwst_pric_pre_rt': rateTo(price, bottom.low),
    cur_prc: directed(price, base),
    pre_sig: directionSign(price, base, band),
    pred_pre: signed(price - base),
    flu_rt: rateTo(price, base),
    trde_qty: String(tape.volume),
    trde_pre: volumeRatio(tape),
    fav_unit: '원',
    dstr_stk: String(Math.trunc(shares / 1000)),
    dstr_rt: '100.0',
  }
}

function ticks({ tape }: { readonly tape: Tape }): Answer {
  const { base, band } = tape
  const rows = tape.ticks.toArray().map(
    (tick): Row => ({
      tm: compactTime(tick.at),
      cur_prc: directed(tick.price, base),
      pred_pre: signed(tick.price - base),
      pre_rt: rateTo(tick.price, base),
      pri_sel_bid_unit: directed(tick.ask, base),
      pri_buy_bid_unit: directed(tick.bid, base),
      cntr_trde_qty: String(tick.quantity),
      sign: directionSign(tick.price, base, band),
      acc_trde_qty: String(tick.dayVolume),
      acc_trde_prica: String(tick.dayValue),
      cntr_str: tick.strength.toFixed(2),
      stex_tp: formName(tape),
    }),
  )
  return listAnswer('cntr_infr', rows.reverse(), TICKS_PER_PAGE, { newestFirst: true })
}

const book = (call: Call, tape: Tape) => ({
  asks: call.market.levels(tape, 'sell', DEPTH),
  bids: call.market.levels(tape, 'buy', DEPTH),
})

const total = (levels: readonly BookLevel[]): number =>
  levels.reduce((sum, { quantity }) => sum + quantity, 0)

/** The book of KRX, whatever the suffix says of both venues: ka10004 ignores `_AL` (measured). */
const ownBook = (call: Call, tape: Tape): Row =>
  bookRow(call, tape.form === 'combined' ? (call.market.tape(tape.id) ?? tape) : tape)

/** ka10004: level 10 down to 1, then 1 to 10. The changes against the frame before are not kept for queries: zero. */
function bookRow(call: Call, tape: Tape): Row {
  const { asks, bids } = book(call, tape)
  const { base } = tape
  const row: Record<string, string> = { bid_req_base_tm: compactTime(call.market.now()) }
  for (let n = DEPTH; n >= 1; n--) {
    const level = asks[n - 1]
    row[`sel_${n}th_pre_req_pre`] = doubleMinus(0)
    row[n === 1 ? 'sel_fpr_req' : `sel_${n}th_pre_req`] = String(level?.quantity ?? 0)
    row[n === 1 ? 'sel_fpr_bid' : `sel_${n}th_pre_bid`] = directed(level?.price ?? 0, base)
  }
  for (let n = 1; n <= DEPTH; n++) {
    const level = bids[n - 1]
    row[n === 1 ? 'buy_fpr_bid' : `buy_${n}th_pre_bid`] = directed(level?.price ?? 0, base)
    row[n === 1 ? 'buy_fpr_req' : `buy_${n}th_pre_req`] = String(level?.quantity ?? 0)
    row[`buy_${n}th_pre_req_pre`] = doubleMinus(0)
  }
  return {
    ...row,
    tot_sel_req_jub_pre: '0',
    tot_sel_req: String(total(asks)),
    tot_buy_req: String(total(bids)),
    tot_buy_req_jub_pre: '0',
    ovt_sel_req_pre: '0',
    ovt_sel_req: '0',
    ovt_buy_req: '0',
    ovt_buy_req_pre: '0',
  }
}

const summary = (tape: Tape, day: string): Row => ({
  date: compactDay(day),
  open_pric: directed(tape.open, tape.base),
  high_pric: directed(tape.high, tape.base),
  low_pric: directed(tape.low, tape.base),
  close_pric: directed(shownPrice(tape), tape.base),
  pre: signed(shownPrice(tape) - tape.base),
  flu_rt: rateTo(shownPrice(tape), tape.base),
  trde_qty: String(tape.volume),
  trde_prica: millions(tape.value),
  cntr_str: strengthOf(tape).toFixed(2),
})

/** ka10005: today and the days before it; what comes from outside the exchange (holders, credit) is blank. */
function daily(call: Call, tape: Tape): Answer {
  const holders = {
    for_poss: '',
    for_wght: '',
    for_netprps: '',
    orgn_netprps: '',
    ind_netprps: '',
    frgn: '',
    crd_remn_rt: '',
    prm: '',
  }
  const bars = call.history.daily(tape)
  const rows = bars.map((bar, index): Row => {
    const before = bars[index - 1]?.close ?? bar.open
    return {
      date: compactDay(bar.day),
      open_pric: directed(bar.open, before),
      high_pric: directed(bar.high, before),
      low_pric: directed(bar.low, before),
      close_pric: directed(bar.close, before),
      pre: signed(bar.close - before),
      flu_rt: rateTo(bar.close, before),
      trde_qty: String(bar.volume),
      trde_prica: millions(bar.value),
      cntr_str: '',
      ...holders,
    }
  })
  if (tape.volume > 0) rows.push({ ...summary(tape, call.market.day), ...holders })
  return listAnswer('stk_ddwkmm', rows.reverse(), 100, { newestFirst: true })
}

/** ka10007: summary and book in one; the counts of orders and the year's extremes are empty, as in practice. */
function table(call: Call, found: { readonly code: string; readonly tape: Tape }): Row {
  const { tape, code } = found
  const { base, band, listing } = tape
  const { asks, bids } = book(call, tape)
  const { before } = extremes(call, tape)
  const price = shownPrice(tape)
  const row: Record<string, string> = {
    stk_nm: listing.instrument.name,
    stk_cd: code,
    date: compactDay(call.market.day),
    tm: compactTime(call.market.now()),
    pred_close_pric: String(base),
    pred_trde_qty: String(listing.previousVolume),
    upl_pric: band ? `+${band.upper}` : '0',
    lst_pric: band ? `-${band.lower}` : '0',
    pred_trde_prica: millions(before.value),
    flo_stkcnt: String(Math.trunc(tape.shares / 1000)),
    cur_prc: directed(price, base),
    smbol: directionSign(price, base, band),
    flu_rt: rateTo(price, base),
    pred_rt: volumeRatio(tape),
    open_pric: directed(tape.open, base),
    high_pric: directed(tape.high, base),
    low_pric: directed(tape.low, base),
    cntr_qty: '',
    trde_qty: String(tape.volume),
    trde_prica: millions(tape.value),
    exp_cntr_pric: directed(tape.expectedPrice, base),
    exp_cntr_qty: String(tape.expectedQuantity),
    exp_sel_pri_bid: '0',
    exp_buy_pri_bid: '0',
    trde_strt_dt: '',
    exec_pric: '',
    hgst_pric: '',
    lwst_pric: '',
    hgst_pric_dt: '',
    lwst_pric_dt: '',
  }
  const levels = (name: string, text: (n: number) => string, depth = DEPTH) => {
    for (let n = 1; n <= depth; n++) row[name.replace('#', String(n))] = text(n)
  }
  levels('sel_#bid', (n) => directed(asks[n - 1]?.price ?? 0, base))
  levels('buy_#bid', (n) => directed(bids[n - 1]?.price ?? 0, base))
  levels('sel_#bid_req', (n) => String(asks[n - 1]?.quantity ?? 0))
  levels('buy_#bid_req', (n) => String(bids[n - 1]?.quantity ?? 0))
  levels('sel_#bid_jub_pre', () => '0')
  levels('buy_#bid_jub_pre', () => '0')
  levels('sel_#bid_cnt', () => '', 5)
  levels('buy_#bid_cnt', () => '', 5)
  levels('lpsel_#bid_req', () => '0')
  levels('lpbuy_#bid_req', () => '0')
  return {
    ...row,
    tot_buy_req: String(total(bids)),
    tot_sel_req: String(total(asks)),
    tot_buy_cnt: '',
    tot_sel_cnt: '',
  }
}

const offer = (
  answer: (call: Call, found: { readonly code: string; readonly tape: Tape }) => Answer,
): Offer => ({
  fields: [need('stk_cd', 'code')],
  answer(call): Answer | Refusal {
    const found = quotedTape(call)
    return isRefusal(found) ? found : answer(call, found)
  },
})

/** Unknown code: code 0 and every field blank (recorded). */
const blankWhenUnknown = (row: (call: Call, found: { code: string; tape: Tape }) => Row): Offer => ({
  fields: [need('stk_cd', 'code')],
  answer(call) {
    const found = quotedTape(call)
    if (!isRefusal(found)) return { fields: row(call, found) }
    const sample = call.market.tapes[0]
    if (!sample || !found.text.includes('[1902:')) return found
    const blank = Object.keys(row(call, { code: '', tape: sample })).map((name) => [name, ''])
    return { fields: Object.fromEntries(blank) }
  },
})

/** ka10001 기본정보, ka10003 체결정보, ka10004 호가, ka10005 일주월시분, ka10006 시분, ka10007 시세표성정보 */
export const QUOTE_OFFERS: Offers = {
  ka10001: blankWhenUnknown(basics),
  ka10003: offer((_, found) => ticks(found)),
  ka10004: offer((call, { tape }) => ({ fields: ownBook(call, tape) })),
  ka10005: offer((call, { tape }) => daily(call, tape)),
  ka10006: offer((call, { tape }) => ({ fields: summary(tape, call.market.day) })),
  ka10007: blankWhenUnknown(table),
}
