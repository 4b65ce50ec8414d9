import {
  compactDay,
  compactTime,
  directed,
  directionSign,
  doubleMinus,
  signed,
  signedPercent,
} from '../format.ts'
import { chanceOf, netOf } from '../market/chance.ts'
import { foreignShareOf, institutionsOf, investorsOf } from '../market/investors.ts'
import { programOf } from '../market/programs.ts'
import { strengthOf, type Tape } from '../market/tape.ts'
import { isRefusal } from '../tokens.ts'
import type { Row } from '../wire.ts'
import { catalogued, type Sheet } from './catalogue/catalogue.ts'
import { type DayLine, dayFields, daysOf } from './days.ts'
import { textOf } from './fields.ts'
import type { Call, Offer, Offers } from './offer.ts'
import { inArbitrage } from './screening.ts'
import { quotedTape } from './venue.ts'

const DAYS_PER_PAGE = 20
const DEPTH = 5
const MILLION = 1_000_000

/** An API that asks for one instrument. */
export const ofTape = (id: string, make: (call: Call, tape: Tape, code: string) => Sheet): Offer =>
  catalogued(id, (call) => {
    const found = quotedTape(call)
    return isRefusal(found) ? found : make(call, found.tape, found.code)
  })

/** Rows of days, newest first, in pages of a screen. */
export const dayRows = (rows: readonly Row[]): Sheet => ({
  rows: rows.toReversed(),
  size: DAYS_PER_PAGE,
  newestFirst: true,
})

/** Shares foreigners hold at the end of each line, counted back from the eve of today. */
export function foreignHoldings(tape: Tape, lines: readonly DayLine[], today: string): readonly number[] {
  const nets = lines.map((line) => netOf(investorsOf(tape.id, line.date, line.volume).frgnr_invsr))
  const held: number[] = new Array(lines.length).fill(0)
  let after = Math.floor(tape.shares * foreignShareOf(tape.id))
  const last = lines.length - 1
  for (let index = last; index >= 0; index--) {
    const net = nets[index] ?? 0
    const isToday = lines[index]?.date === today
    held[index] = isToday ? after + net : after
    if (!isToday) after -= net
  }
  return held
}

/** Held per listed shares, in percent with a plus. */
export const heldRate = (shares: number, of: number): string => signedPercent(of === 0 ? 0 : shares / of)

/** Who traded, per day, as the day lists name it; `amount`: in millions of won instead of shares. */
function tradersOf(tape: Tape, line: DayLine, amount: boolean): Row {
  const total = amount ? Math.trunc(line.value / MILLION) : line.volume
  const flows = investorsOf(tape.id, line.date, total)
  const foreign = netOf(investorsOf(tape.id, line.date, line.volume).frgnr_invsr)
  const program = programOf(tape.id, line.date, total, inArbitrage(tape))
  const individual = doubleMinus(netOf(flows.ind_invsr))
  const institutions = doubleMinus(netOf(institutionsOf(flows)))
  return {
    ind: individual,
    ind_netprps: individual,
    orgn: institutions,
    orgn_netprps: institutions,
    // Amounts of foreigners are not provided: always shares (the vendor's own warning).
    for_qty: doubleMinus(foreign),
    for_netprps: doubleMinus(foreign),
    frgn: '0',
    prm: doubleMinus(netOf(program.all)),
    crd_rt: '0.00',
    crd_remn_rt: '0.00',
  }
}

/** 체결강도 of a past day is made up: no tape of it exists. Today's is counted. */
const strengthOn = (call: Call, tape: Tape, line: DayLine): number =>
  line.day === call.market.day ? strengthOf(tape) : 60 + 90 * chanceOf(`${tape.id}/${line.date}/strength`)

function ka10015(call: Call, tape: Tape): Sheet {
  const lines = daysOf(call, tape, '', textOf(call.body, 'strt_dt'))
  const held = foreignHoldings(tape, lines, compactDay(call.market.day))
  let sum = 0
  return dayRows(
    lines.map((line, index) => {
      sum += line.volume
      const share = heldRate(held[index] ?? 0, tape.shares)
      return {
        ...dayFields(line),
        ...tradersOf(tape, line, false),
        tot_3: String(line.volume),
        prid_trde_qty: String(sum),
        cntr_str: strengthOn(call, tape, line).toFixed(2),
        for_poss: share,
        for_wght: share,
      }
    }),
  )
}

function ka10086(call: Call, tape: Tape): Sheet {
  const lines = daysOf(call, tape, '', textOf(call.body, 'qry_dt'))
  const held = foreignHoldings(tape, lines, compactDay(call.market.day))
  const amount = textOf(call.body, 'indc_tp') === '1'
  return dayRows(
    lines.map((line, index) => {
      const share = heldRate(held[index] ?? 0, tape.shares)
      return {
        ...dayFields(line),
        ...tradersOf(tape, line, amount),
        for_rt: share,
        for_poss: share,
        for_wght: share,
      }
    }),
  )
}

/** Averages over 5, 20 and 60 days stand under names that say minutes. */
function ka10047(call: Call, tape: Tape): Sheet {
  const lines = daysOf(call, tape)
  const strengths = lines.map((line) => strengthOn(call, tape, line))
  const mean = (to: number, days: number) => {
    const window = strengths.slice(Math.max(0, to - days + 1), to + 1)
    return (window.reduce((sum, each) => sum + each, 0) / window.length).toFixed(2)
  }
  return dayRows(
    lines.map((line, index) => ({
      ...dayFields(line),
      trde_qty: '',
      cntr_str: (strengths[index] ?? 0).toFixed(2),
      cntr_str_5min: mean(index, 5),
      cntr_str_20min: mean(index, 20),
      cntr_str_60min: mean(index, 60),
    })),
  )
}

/** No credit is given on this market: its columns are blank, as in the vendor's example. */
const ka10013 = (call: Call, tape: Tape): Sheet =>
  dayRows(daysOf(call, tape, '', textOf(call.body, 'dt')).map((line) => ({ ...dayFields(line), pre: '' })))

/** The off-hours single price ended on 2026-09-11: its book is empty outside its session. */
function ka10087(call: Call, tape: Tape): Sheet {
  const { exchange } = call.market
  const single = exchange.phase === 'offHoursSingle'
  const sideRow = (side: 'sell' | 'buy', word: string): Record<string, string> => {
    const levels = single ? exchange.levels(tape.id, side, DEPTH) : []
    const row: Record<string, string> = {}
    let total = 0
    for (let n = 1; n <= DEPTH; n++) {
      const level = levels[n - 1]
      total += level?.quantity ?? 0
      row[`ovt_sigpric_${word}_bid_jub_pre_${n}`] = '0'
      row[`ovt_sigpric_${word}_bid_qty_${n}`] = String(level?.quantity ?? 0)
      row[`ovt_sigpric_${word}_bid_${n}`] = level ? directed(level.price, tape.base) : '-0'
    }
    row[`ovt_sigpric_${word}_bid_tot_req`] = String(total)
    row[`${word}_bid_tot_req_jub_pre`] = '0'
    row[`ovt_${word}_bid_tot_req_jub_pre`] = '0'
    row[`ovt_${word}_bid_tot_req`] = String(total)
    const regular = single ? [] : exchange.levels(tape.id, side, 10)
    row[`${word}_bid_tot_req`] = String(regular.reduce((sum, { quantity }) => sum + quantity, 0))
    return row
  }
  const singlePrice = tape.single.last || tape.last
  return {
    top: {
      bid_req_base_tm: compactTime(exchange.now),
      ...sideRow('sell', 'sel'),
      ...sideRow('buy', 'buy'),
      ovt_sigpric_cur_prc: directed(singlePrice, tape.base),
      ovt_sigpric_pred_pre_sig: directionSign(singlePrice, tape.last, undefined),
      ovt_sigpric_pred_pre: signed(singlePrice - tape.last),
      ovt_sigpric_flu_rt: signedPercent(tape.last === 0 ? 0 : singlePrice / tape.last - 1),
      ovt_sigpric_acc_trde_qty: String(tape.single.volume),
    },
  }
}

/** ka10013 신용매매동향, ka10015 일별거래상세, ka10047 체결강도 일별, ka10086 일별주가, ka10087 시간외단일가 */
export const DAY_QUOTE_OFFERS: Offers = {
  ka10013: ofTape('ka10013', ka10013),
  ka10015: ofTape('ka10015', ka10015),
  ka10047: ofTape('ka10047', ka10047),
  ka10086: ofTape('ka10086', ka10086),
  ka10087: ofTape('ka10087', ka10087),
}
