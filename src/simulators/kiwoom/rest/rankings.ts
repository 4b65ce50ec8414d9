import { own } from '../../../std/own.ts'
import { directed, directionSign, millions, signed, signedPercent } from '../format.ts'
import { shownPrice, strengthOf, type Tape } from '../market/tape.ts'
import type { Row } from '../wire.ts'
import { may, need, textOf } from './fields.ts'
import { type Answer, type Call, listAnswer, type Offers } from './offer.ts'
import { codeOf, dayRate, inMarket, inPriceRange, isAtLimit, kept } from './screening.ts'
import { askedForm } from './venue.ts'

const PAGE = 100
const MINUTE_MS = 60_000
const THOUSAND = 1_000

/** Traded instruments of the asked market and venue. */
function candidates(call: Call): readonly Tape[] {
  return call.market
    .inForm(askedForm(call))
    .filter(inMarket(textOf(call.body, 'mrkt_tp')))
    .filter(({ volume }) => volume > 0)
}

const priceFields = (tape: Tape): Row => ({
  cur_prc: directed(shownPrice(tape), tape.base),
  pred_pre_sig: directionSign(shownPrice(tape), tape.base, tape.band),
  pred_pre: signed(shownPrice(tape) - tape.base),
  flu_rt: signedPercent(dayRate(tape)),
})

/** Volume of the last `minutes`, and of as many before them; or today's against yesterday's. */
function surge(call: Call, tape: Tape): { readonly before: number; readonly now: number } {
  if (textOf(call.body, 'tm_tp') === '2') return { before: tape.listing.previousVolume, now: tape.volume }
  const span = Math.max(1, Number(textOf(call.body, 'tm') || 1)) * MINUTE_MS
  const end = call.market.now()
  const traded = (from: number, to: number) =>
    tape.minutes.reduce((sum, bar) => (bar.at >= from && bar.at < to ? sum + bar.volume : sum), 0)
  return { before: traded(end - 2 * span, end - span), now: traded(end - span, end + 1) }
}

const PRICE_FLOOR: Readonly<Record<string, number>> = {
  '2': 50_000,
  '5': 10_000,
  '6': 5_000,
  '8': 1_000,
  '9': 100_000,
}

function ka10023(call: Call): Answer {
  const sort = textOf(call.body, 'sort_tp')
  const least = Number(textOf(call.body, 'trde_qty_tp')) * THOUSAND
  const floor = own(PRICE_FLOOR, textOf(call.body, 'pric_tp')) ?? 0
  const rows = candidates(call)
    .filter((tape) => tape.volume >= least && tape.last >= floor)
    .filter(kept(textOf(call.body, 'stk_cnd')))
    .map((tape) => ({ tape, ...surge(call, tape) }))
    .map((each) => ({
      ...each,
      grown: each.now - each.before,
      rate: each.before === 0 ? 0 : each.now / each.before - 1,
    }))
  const byRate = sort === '2' || sort === '4'
  const falling = sort === '3' || sort === '4'
  rows.sort((a, b) => (byRate ? b.rate - a.rate : b.grown - a.grown) * (falling ? -1 : 1))
  return listAnswer(
    'trde_qty_sdnin',
    rows.map(({ tape, before, now, grown, rate }) => ({
      stk_cd: codeOf(call, tape),
      stk_nm: tape.listing.instrument.name,
      ...priceFields(tape),
      prev_trde_qty: String(before),
      now_trde_qty: String(now),
      sdnin_qty: signed(grown),
      sdnin_rt: signedPercent(rate),
    })),
    PAGE,
  )
}

const HUNDRED_MILLION = 100_000_000

function ka10027(call: Call): Answer {
  const sort = textOf(call.body, 'sort_tp')
  const least = Number(textOf(call.body, 'trde_qty_cnd')) * THOUSAND
  const range = textOf(call.body, 'pric_cnd')
  const worth = (Number(textOf(call.body, 'trde_prica_cnd')) / 10) * HUNDRED_MILLION
  const withLimits = textOf(call.body, 'updown_incls') === '1'
  const amount = (tape: Tape) => tape.last - tape.base
  const order: Readonly<Record<string, (a: Tape, b: Tape) => number>> = {
    '1': (a, b) => dayRate(b) - dayRate(a),
    '2': (a, b) => amount(b) - amount(a),
    '3': (a, b) => dayRate(a) - dayRate(b),
    '4': (a, b) => amount(a) - amount(b),
  }
  const direction = (tape: Tape) =>
    sort === '5' ? amount(tape) === 0 : sort === '1' || sort === '2' ? amount(tape) > 0 : amount(tape) < 0
  const tapes = candidates(call)
    .filter((tape) => direction(tape) && tape.volume >= least && tape.value >= worth)
    .filter((tape) => inPriceRange(range, tape.last) && (withLimits || !isAtLimit(tape)))
    .filter(kept(textOf(call.body, 'stk_cnd')))
    .sort(order[sort] ?? (() => 0))
  return listAnswer(
    'pred_pre_flu_rt_upper',
    tapes.map((tape) => rateRow(call, tape)),
    PAGE,
  )
}

function rateRow(call: Call, tape: Tape): Row {
  return {
    stk_cls: '0',
    stk_cd: codeOf(call, tape),
    stk_nm: tape.listing.instrument.name,
    ...priceFields(tape),
    sel_req: String(call.market.levels(tape, 'sell', 1)[0]?.quantity ?? 0),
    buy_req: String(call.market.levels(tape, 'buy', 1)[0]?.quantity ?? 0),
    now_trde_qty: String(tape.volume),
    cntr_str: strengthOf(tape).toFixed(2),
    cnt: '1',
  }
}

const growth = (tape: Tape): string => {
  const before = tape.listing.previousVolume
  return `${tape.volume < before ? '-' : '+'}${(before === 0 ? 0 : (tape.volume / before) * 100).toFixed(2)}`
}

function ka10030(call: Call): Answer {
  const sort = textOf(call.body, 'sort_tp')
  const least = Number(textOf(call.body, 'trde_qty_tp')) * THOUSAND
  const weight = ({ volume, shares, value }: Tape) =>
    sort === '1' ? volume : sort === '2' ? volume / shares : value
  const tapes = candidates(call)
    .filter(({ volume }) => volume >= least)
    .filter(kept(textOf(call.body, 'mang_stk_incls')))
    .sort((a, b) => weight(b) - weight(a))
  return listAnswer(
    'tdy_trde_qty_upper',
    tapes.map((tape) => ({
      stk_cd: codeOf(call, tape),
      stk_nm: tape.listing.instrument.name,
      ...priceFields(tape),
      trde_qty: String(tape.volume),
      pred_rt: growth(tape),
      trde_tern_rt: `+${((tape.volume / tape.shares) * 100).toFixed(2)}`,
      trde_amt: millions(tape.value),
      ...BY_SESSION,
    })),
    PAGE,
  )
}

/** Not kept apart by session. */
const BY_SESSION: Row = Object.fromEntries(
  ['opmr', 'af_mkrt', 'bf_mkrt'].flatMap((session) => [
    [`${session}_trde_qty`, '0'],
    [`${session}_pred_rt`, '0.00'],
    [`${session}_trde_rt`, '+0.00'],
    [`${session}_trde_amt`, '0'],
  ]),
)

/** Here 0 leaves 관리종목 out: the opposite of ka10030. */
function ka10032(call: Call): Answer {
  const managedToo = textOf(call.body, 'mang_stk_incls') === '1'
  const tapes = candidates(call)
    .filter(kept(managedToo ? '0' : '1'))
    .sort((a, b) => b.value - a.value)
  return listAnswer(
    'trde_prica_upper',
    tapes.map((tape, index) => ({
      stk_cd: codeOf(call, tape),
      now_rank: String(index + 1),
      pred_rank: String(index + 1),
      stk_nm: tape.listing.instrument.name,
      ...priceFields(tape),
      sel_bid: directed(tape.ask, tape.base),
      buy_bid: directed(tape.bid, tape.base),
      now_trde_qty: String(tape.volume),
      pred_trde_qty: String(tape.listing.previousVolume),
      trde_prica: millions(tape.value),
    })),
    PAGE,
  )
}

const MARKET = need('mrkt_tp', ['000', '001', '101'])
const STEX = need('stex_tp', ['1', '2', '3'])

/** ka10023 거래량급증, ka10027 등락률상위, ka10030 거래량상위, ka10032 거래대금상위 */
export const RANKING_OFFERS: Offers = {
  ka10023: {
    fields: [
      MARKET,
      need('sort_tp', ['1', '2', '3', '4']),
      need('tm_tp', ['1', '2']),
      need('trde_qty_tp', 'digits'),
      may('tm', 'digits'),
      need('stk_cnd', 'digits'),
      need('pric_tp', 'digits'),
      STEX,
    ],
    answer: ka10023,
  },
  ka10027: {
    fields: [
      MARKET,
      need('sort_tp', ['1', '2', '3', '4', '5']),
      need('trde_qty_cnd', 'digits'),
      need('stk_cnd', 'digits'),
      need('crd_cnd', 'digits'),
      need('updown_incls', ['0', '1']),
      need('pric_cnd', 'digits'),
      need('trde_prica_cnd', 'digits'),
      STEX,
    ],
    answer: ka10027,
  },
  ka10030: {
    fields: [
      MARKET,
      need('sort_tp', ['1', '2', '3']),
      need('mang_stk_incls', 'digits'),
      need('crd_tp', 'digits'),
      need('trde_qty_tp', 'digits'),
      need('pric_tp', 'digits'),
      need('trde_prica_tp', 'digits'),
      need('mrkt_open_tp', ['0', '1', '2', '3']),
      STEX,
    ],
    answer: ka10030,
  },
  ka10032: { fields: [MARKET, need('mang_stk_incls', ['0', '1']), STEX], answer: ka10032 },
}
