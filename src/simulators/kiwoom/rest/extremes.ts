import { own } from '../../../std/own.ts'
import { compactInstant, directed, directionSign, millions, signed, signedPercent } from '../format.ts'
import { shownPrice, type Tape } from '../market/tape.ts'
import type { Row } from '../wire.ts'
import { catalogued, type Sheet } from './catalogue/catalogue.ts'
import { lastDays } from './days.ts'
import { textOf } from './fields.ts'
import type { Call, Offers } from './offer.ts'
import { codeOf, dayRate, kept, listed, quoteFields, ranked, screened } from './screening.ts'

const THOUSAND = 1_000
const MINUTE_MS = 60_000

const grown = (now: number, before: number): string =>
  `${now < before ? '-' : '+'}${(before === 0 ? 0 : (now / before) * 100).toFixed(2)}`

const sheetOf = (call: Call, tapes: readonly Tape[], more: (tape: Tape) => Row = () => ({})): Sheet => ({
  rows: tapes.map((tape) => ({ ...quoteFields(call, tape), ...more(tape) })),
})

/** 신고가 and 신저가 of the last days before today, by the day's extreme or by the price now. */
function ka10016(call: Call): Sheet {
  const highs = textOf(call.body, 'ntl_tp') === '1'
  const byClose = textOf(call.body, 'high_low_close_tp') === '2'
  const span = Number(textOf(call.body, 'dt')) || 5
  const tapes = screened(call).filter((tape) => {
    const before = call.history.daily(tape).slice(-span)
    if (highs) return (byClose ? tape.last : tape.high) > Math.max(...before.map(({ high }) => high))
    return (byClose ? tape.last : tape.low) < Math.min(...before.map(({ low }) => low))
  })
  return sheetOf(call, tapes, (tape) => ({
    pred_trde_qty_pre_rt: grown(tape.volume, tape.listing.previousVolume),
  }))
}

type Direction = (tape: Tape) => boolean

/** `updown_tp` of ka10017; 6 and 7 ask for yesterday's limits, which the history does not keep. */
const UP_DOWN: Readonly<Record<string, Direction>> = {
  '1': ({ last, band }) => band !== undefined && last >= band.upper,
  '2': ({ last, base }) => last > base,
  '3': ({ last, base }) => last === base,
  '4': ({ last, band }) => band !== undefined && last <= band.lower,
  '5': ({ last, base }) => last < base,
}

function ka10017(call: Call): Sheet {
  const direction = textOf(call.body, 'updown_tp')
  const fits = own(UP_DOWN, direction) ?? (() => false)
  const tapes = screened(call).filter(fits)
  const falls = direction === '4' || direction === '5'
  const byRate = textOf(call.body, 'sort_tp') === '3'
  const sorted = byRate
    ? tapes.toSorted((a, b) => (falls ? dayRate(a) - dayRate(b) : dayRate(b) - dayRate(a)))
    : tapes
  return sheetOf(call, sorted)
}

/** `alacc_rt` 05 is 0.5 %, 10 is 1 %. */
function ka10018(call: Call): Sheet {
  const near = Number(textOf(call.body, 'alacc_rt')) / THOUSAND
  const highs = textOf(call.body, 'high_low_tp') === '1'
  const tapes = screened(call).filter(({ last, high, low }) =>
    highs ? last >= high * (1 - near) : last <= low * (1 + near),
  )
  return sheetOf(call, tapes, (tape) => ({
    tdy_high_pric: directed(tape.high, tape.base),
    tdy_low_pric: directed(tape.low, tape.base),
  }))
}

/** The price so many minutes or days ago. */
function priceBefore(call: Call, tape: Tape): number {
  const back = Number(textOf(call.body, 'tm')) || 1
  if (textOf(call.body, 'tm_tp') === '2') return call.history.daily(tape).at(-back)?.close ?? tape.base
  const until = call.market.now() - back * MINUTE_MS
  return tape.minutes.findLast(({ at }) => at <= until)?.close ?? tape.open
}

function ka10019(call: Call): Sheet {
  const rises = textOf(call.body, 'flu_tp') === '1'
  const moved = screened(call)
    .map((tape) => ({ tape, before: priceBefore(call, tape) }))
    .map((each) => ({ ...each, jump: each.before === 0 ? 0 : each.tape.last / each.before - 1 }))
    .filter(({ jump }) => (rises ? jump > 0 : jump < 0))
    .sort((a, b) => (rises ? b.jump - a.jump : a.jump - b.jump))
  return {
    rows: moved.map(({ tape, before, jump }) => ({
      ...quoteFields(call, tape),
      base_pric: String(before),
      base_pre: String(tape.last - before),
      jmp_rt: signedPercent(jump),
    })),
  }
}

/** More volume today than on any of the last days. */
function ka10024(call: Call): Sheet {
  const span = Number(textOf(call.body, 'cycle_tp')) || 5
  const tops = screened(call)
    .map((tape) => ({
      tape,
      before: Math.max(
        ...call.history
          .daily(tape)
          .slice(-span)
          .map(({ volume }) => volume),
      ),
    }))
    .filter(({ tape, before }) => tape.volume > before)
  return {
    rows: tops.map(({ tape, before }) => ({
      ...quoteFields(call, tape),
      prev_trde_qty: String(before),
      now_trde_qty: String(tape.volume),
    })),
  }
}

/** 매물대: the volume of the last days by the price band of their close; bands that hold more than the asked share. */
function ka10025(call: Call): Sheet {
  const days = Number(textOf(call.body, 'cycle_tp')) || 50
  const bands = Math.min(50, Math.max(1, Number(textOf(call.body, 'prpscnt')) || 10))
  const least = Number(textOf(call.body, 'prps_cnctr_rt')) / 100
  const entered = textOf(call.body, 'cur_prc_entry') === '1'
  const rows = listed(call).flatMap((tape) => {
    const lines = lastDays(call, tape, days)
    const low = Math.min(...lines.map((line) => line.low))
    const width = (Math.max(...lines.map((line) => line.high)) - low) / bands || 1
    const bandOf = (price: number) => Math.min(bands - 1, Math.max(0, Math.floor((price - low) / width)))
    const held: number[] = new Array(bands).fill(0)
    for (const line of lines) held[bandOf(line.close)] = (held[bandOf(line.close)] ?? 0) + line.volume
    const all = held.reduce((sum, each) => sum + each, 0)
    const here = bandOf(shownPrice(tape))
    return held.flatMap((volume, band) => {
      const share = all === 0 ? 0 : volume / all
      if (volume === 0 || share < least || (!entered && band === here)) return []
      return [
        {
          ...quoteFields(call, tape),
          pric_strt: String(Math.ceil(low + band * width)),
          pric_end: String(Math.floor(low + (band + 1) * width)),
          prps_qty: String(volume),
          prps_rt: signedPercent(share),
        },
      ]
    })
  })
  return { rows }
}

const REFERENCE: Readonly<Record<string, (tape: Tape) => number>> = {
  '1': ({ open }) => open,
  '2': ({ high }) => high,
  '3': ({ low }) => low,
  '4': ({ base }) => base,
}

function ka10028(call: Call): Sheet {
  const reference = own(REFERENCE, textOf(call.body, 'sort_tp')) ?? (({ open }: Tape) => open)
  const bottom = textOf(call.body, 'flu_cnd') === '2'
  const change = (tape: Tape) => tape.last / reference(tape) - 1
  const tapes = screened(call).toSorted((a, b) => (bottom ? change(a) - change(b) : change(b) - change(a)))
  return sheetOf(call, tapes, (tape) => ({ open_pric_pre: signedPercent(change(tape)) }))
}

function ka10031(call: Call): Sheet {
  const byValue = textOf(call.body, 'qry_tp') === '2'
  const from = Math.max(1, Number(textOf(call.body, 'rank_strt')) || 1)
  const to = Number(textOf(call.body, 'rank_end')) || 100
  const weight = (tape: Tape) => tape.listing.previousVolume * (byValue ? tape.base : 1)
  const tapes = listed(call)
    .toSorted((a, b) => weight(b) - weight(a))
    .slice(from - 1, to)
  return sheetOf(call, tapes, (tape) => ({ trde_qty: String(tape.listing.previousVolume) }))
}

/** No credit is given on this market: every ratio is zero, in code order. */
const ka10033 = (call: Call): Sheet => sheetOf(call, screened(call), () => ({ crd_rt: '+0.00' }))

/** 실시간종목조회순위 1 1 min, 2 10 min, 3 1 h, 4 the day, 5 30 s: here by the value traded, as nobody searches. */
const SEARCH_SPAN_MS: Readonly<Record<string, number>> = {
  '1': MINUTE_MS,
  '2': 10 * MINUTE_MS,
  '3': 60 * MINUTE_MS,
  '5': MINUTE_MS / 2,
}
const SEARCHED = 20

function ka00198(call: Call): Sheet {
  const span = own(SEARCH_SPAN_MS, textOf(call.body, 'qry_tp')) ?? Number.POSITIVE_INFINITY
  const since = call.market.now() - span
  const traded = (tape: Tape) =>
    tape.minutes.reduce((sum, bar) => (bar.at + MINUTE_MS > since ? sum + bar.value : sum), 0)
  const tapes = call.market.tapes
    .filter(kept('0'))
    .map((tape) => ({ tape, value: traded(tape) }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value)
    .slice(0, SEARCHED)
  return {
    rows: tapes.map(({ tape }, index) => searchRow(call, tape, index + 1)),
  }
}

function searchRow(call: Call, tape: Tape, rank: number): Row {
  const quote = quoteFields(call, tape)
  const now = compactInstant(call.market.now())
  return {
    stk_nm: quote.stk_nm,
    bigd_rank: String(rank),
    rank_chg: '0',
    rank_chg_sign: '',
    past_curr_prc: quote.cur_prc,
    base_comp_sign: quote.pred_pre_sig,
    base_comp_chgr: quote.flu_rt,
    prev_base_sign: '3',
    prev_base_chgr: '0.00',
    dt: now.slice(0, 8),
    tm: now.slice(8),
    stk_cd: tape.id,
  }
}

/** Expected price of a running call auction; outside of one nothing is expected. */
function ka10029(call: Call): Sheet {
  const sort = textOf(call.body, 'sort_tp')
  const change = ({ expectedPrice, base }: Tape) => expectedPrice - base
  const ratio = (tape: Tape) => change(tape) / tape.base
  const fits: Readonly<Record<string, (tape: Tape) => boolean>> = {
    '1': (tape) => change(tape) > 0,
    '2': (tape) => change(tape) > 0,
    '3': (tape) => change(tape) === 0,
    '4': (tape) => change(tape) < 0,
    '5': (tape) => change(tape) < 0,
    '7': ({ expectedPrice, band }) => band !== undefined && expectedPrice >= band.upper,
    '8': ({ expectedPrice, band }) => band !== undefined && expectedPrice <= band.lower,
  }
  const order: Readonly<Record<string, (a: Tape, b: Tape) => number>> = {
    '1': (a, b) => ratio(b) - ratio(a),
    '2': (a, b) => change(b) - change(a),
    '4': (a, b) => ratio(a) - ratio(b),
    '5': (a, b) => change(a) - change(b),
    '6': (a, b) => b.expectedQuantity - a.expectedQuantity,
  }
  const tapes = listed(call)
    .filter(
      ({ expectedPrice, inVi }) => expectedPrice > 0 && (inVi || call.market.exchange.phase !== 'continuous'),
    )
    .filter(kept(textOf(call.body, 'stk_cnd')))
    .filter(fits[sort] ?? (() => true))
    .sort(order[sort] ?? (() => 0))
  return {
    rows: tapes.map((tape) => ({
      ...quoteFields(call, tape),
      stk_cd: codeOf(call, tape),
      exp_cntr_pric: directed(tape.expectedPrice, tape.base),
      exp_cntr_qty: String(tape.expectedQuantity),
      pred_pre: signed(change(tape)),
      flu_rt: signedPercent(ratio(tape)),
    })),
  }
}

/** 시간외단일가 against the close: what traded in that session. */
function ka10098(call: Call): Sheet {
  const sort = textOf(call.body, 'sort_base')
  const least = Number(textOf(call.body, 'trde_qty_cnd')) * 10
  const change = (tape: Tape) => tape.single.last - tape.last
  const ratio = (tape: Tape) => change(tape) / tape.last
  const falls = sort === '3' || sort === '4'
  const measure = sort === '2' || sort === '4' ? change : ratio
  const tapes = listed(call)
    .filter(({ single }) => single.volume > 0 && single.volume >= least)
    .filter(kept(textOf(call.body, 'stk_cnd')))
    .filter((tape) => (sort === '5' ? change(tape) === 0 : falls ? change(tape) < 0 : change(tape) > 0))
    .sort((a, b) => (falls ? measure(a) - measure(b) : measure(b) - measure(a)))
  const total = (tape: Tape, side: 'buy' | 'sell') =>
    call.market.levels(tape, side, 10).reduce((sum, { quantity }) => sum + quantity, 0)
  return {
    rows: ranked(
      tapes.map((tape) => ({
        ...quoteFields(call, tape),
        cur_prc: directed(tape.single.last, tape.base),
        pred_pre_sig: directionSign(tape.single.last, tape.last, undefined),
        pred_pre: signed(change(tape)),
        flu_rt: signedPercent(ratio(tape)),
        sel_tot_req: String(total(tape, 'sell')),
        buy_tot_req: String(total(tape, 'buy')),
        acc_trde_qty: String(tape.single.volume),
        acc_trde_prica: millions(tape.single.value),
        tdy_close_pric: directed(tape.last, tape.base),
        tdy_close_pric_flu_rt: signedPercent(tape.last / tape.base - 1),
      })),
    ),
  }
}

/**
 * Searches over the whole market: 실시간조회순위, 신고저가, 상하한가, 고저가근접, 가격급등락, 거래량갱신, 매물대집중, 시가대비,
 * 예상체결, 전일거래량, 신용비율, 시간외단일가. ka10026 lists nothing: this market's companies publish no figures.
 */
export const EXTREME_OFFERS: Offers = {
  ka00198: catalogued('ka00198', ka00198),
  ka10016: catalogued('ka10016', ka10016),
  ka10017: catalogued('ka10017', ka10017),
  ka10018: catalogued('ka10018', ka10018),
  ka10019: catalogued('ka10019', ka10019),
  ka10024: catalogued('ka10024', ka10024),
  ka10025: catalogued('ka10025', ka10025),
  ka10026: catalogued('ka10026', () => ({ rows: [] })),
  ka10028: catalogued('ka10028', ka10028),
  ka10029: catalogued('ka10029', ka10029),
  ka10031: catalogued('ka10031', ka10031),
  ka10033: catalogued('ka10033', ka10033),
  ka10098: catalogued('ka10098', ka10098),
}
