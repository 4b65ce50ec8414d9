import { own } from '../../../std/own.ts'
import {
  compactDay,
  compactTime,
  directed,
  directedIndex,
  directionSign,
  millions,
  signed,
  signedIndex,
  signedPercent,
} from '../format.ts'
import { netOf } from '../market/chance.ts'
import { institutionsOf, investorsOf } from '../market/investors.ts'
import { type Nav, navOf, navOfDay } from '../market/nav.ts'
import type { Tape } from '../market/tape.ts'
import { type Refusal, refuse } from '../refusals.ts'
import type { Row } from '../wire.ts'
import { catalogued, type Sheet } from './catalogue/catalogue.ts'
import { dayRows } from './day-quotes.ts'
import { type DayLine, dayFields, daysOf } from './days.ts'
import { textOf } from './fields.ts'
import type { Call, Offer, Offers } from './offer.ts'
import { listed, quoteFields } from './screening.ts'

const INDEX_CODE = '201'
const INDEX_NAME = 'KOSPI200'
const TAX_TYPE = '보유기간과세'

const isFund = ({ listing }: Tape): boolean => listing.instrument.class === 'etf'

/** An API that asks for one fund: another instrument has no NAV and does not exist here. */
const ofFund = (id: string, make: (call: Call, tape: Tape) => Sheet): Offer =>
  catalogued(id, (call): Sheet | Refusal => {
    const code = textOf(call.body, 'stk_cd')
    const tape = call.market.tape(code)
    return tape && isFund(tape) ? make(call, tape) : refuse.unknownStock(code)
  })

const index = (call: Call) => call.market.index(INDEX_CODE)

const about = (tape: Tape): Row => ({
  stk_cls: '19',
  stk_nm: tape.listing.instrument.name,
  etfobjt_idex_nm: INDEX_NAME,
  etfobjt_idex_cd: INDEX_CODE,
  wonju_pric: '0',
  etftxon_type: TAX_TYPE,
  etntxon_type: TAX_TYPE,
})

const navFields = ({ nav, change, rate, disparity }: Nav): Row => ({
  nav: nav.toFixed(2),
  navpred_pre: signedIndex(change * 100),
  navflu_rt: signedPercent(rate),
  dispty_rt: signedPercent(disparity),
  navetf: signedPercent(disparity),
  trace_eor_rt: '0.00',
})

const SPANS: Readonly<Record<string, number>> = { '0': 5, '1': 20, '2': 120, '3': 250 }

/** Return of the fund and of its index over the span, with the nets of foreigners and institutions. */
function ka40001(call: Call, tape: Tape): Sheet {
  const days = own(SPANS, textOf(call.body, 'dt')) ?? 5
  const lines = daysOf(call, tape).slice(-days - 1)
  const from = lines[0]?.close ?? tape.base
  const target = index(call)
  const past = target ? call.history.indexDaily(target).at(-days)?.close : undefined
  const net = (pick: (flows: ReturnType<typeof investorsOf>) => number) =>
    String(lines.slice(1).reduce((sum, line) => sum + pick(investorsOf(tape.id, line.date, line.volume)), 0))
  return {
    rows: [
      {
        etfprft_rt: signedPercent((tape.last || tape.base) / from - 1),
        cntr_prft_rt: signedPercent(target && past ? (target.last || target.base) / past - 1 : 0),
        for_netprps_qty: net((flows) => netOf(flows.frgnr_invsr)),
        orgn_netprps_qty: net((flows) => netOf(institutionsOf(flows))),
      },
    ],
  }
}

function ka40003(call: Call, tape: Tape): Sheet {
  const target = index(call)
  const closes = new Map(
    target ? call.history.indexDaily(target).map((bar) => [compactDay(bar.day), bar.close]) : [],
  )
  if (target) closes.set(compactDay(call.market.day), target.last || target.base)
  let before = target?.base ?? 0
  return dayRows(
    daysOf(call, tape).map((line) => {
      const today = line.day === call.market.day
      const nav = today ? navOf(tape, target).nav : navOfDay(tape, line.date, line.close)
      const value = closes.get(line.date) ?? before
      const row = {
        ...dayFields(line),
        nav: nav.toFixed(2),
        navidex_dispty_rt: '0.00',
        navetfdispty_rt: signedPercent(line.close / nav - 1),
        trace_eor_rt: '0.00',
        trace_cur_prc: directedIndex(value, before),
        trace_pred_pre: signedIndex(value - before),
        trace_pre_sig: directionSign(value, before, undefined),
      }
      before = value
      return row
    }),
  )
}

/** `navpre`: 1 NAV above the last close, 2 below. Managers and tax kinds are not told apart, each choice asks for all. */
function ka40004(call: Call): Sheet {
  const wanted = textOf(call.body, 'navpre')
  const target = index(call)
  const tapes = listed(call)
    .filter(isFund)
    .map((tape) => ({ tape, nav: navOf(tape, target) }))
    .filter(({ tape, nav }) => (wanted === '1' ? nav.nav > tape.base : wanted !== '2' || nav.nav < tape.base))
  return {
    rows: tapes.map(({ tape, nav }) => {
      const quote = quoteFields(call, tape)
      return {
        ...quote,
        ...about(tape),
        close_pric: quote.cur_prc,
        pre_rt: quote.flu_rt,
        ...navFields(nav),
        trace_idex_nm: INDEX_NAME,
        trace_idex_cd: INDEX_CODE,
        trace_idex: target ? directedIndex(target.last || target.base, target.base) : '',
        trace_flu_rt: target ? signedPercent((target.last || target.base) / target.base - 1) : '',
      }
    }),
  }
}

/** Per minute of today, the NAV of that minute by the index of that minute. */
function ka40006(call: Call, tape: Tape): Sheet {
  const target = index(call)
  const rows = tape.minutes.map((bar) => {
    const value = target?.minutes.findLast(({ at }) => at <= bar.at)?.close ?? target?.base ?? 0
    const nav = navOf({ ...tape, last: bar.close }, target && { ...target, last: value })
    return {
      tm: compactTime(bar.at),
      close_pric: directed(bar.close, tape.base),
      pre_sig: directionSign(bar.close, tape.base, undefined),
      pred_pre: signed(bar.close - tape.base),
      flu_rt: signedPercent(bar.close / tape.base - 1),
      trde_qty: String(bar.dayVolume),
      trde_prica: millions(bar.dayVolume * bar.close),
      ...navFields(nav),
      navidex: '0.00',
      trace: '0.00',
      trace_idex: target ? directedIndex(value, target.base) : '',
      trace_idex_pred_pre: target ? signedIndex(value - target.base) : '',
      trace_idex_pred_pre_sig: target ? directionSign(value, target.base, undefined) : '',
    }
  })
  return { top: about(tape), rows: rows.reverse(), newestFirst: true }
}

function ka40007(call: Call, tape: Tape): Sheet {
  const target = index(call)
  const rows = tape.ticks.toArray().map((tick) => ({
    cntr_tm: compactTime(tick.at),
    cur_prc: directed(tick.price, tape.base),
    pre_sig: directionSign(tick.price, tape.base, undefined),
    pred_pre: signed(tick.price - tape.base),
    trde_qty: String(tick.quantity),
    stex_tp: 'KRX',
  }))
  return {
    top: {
      ...about(tape),
      objt_idex_pre_rt: target ? signedPercent((target.last || target.base) / target.base - 1) : '0.00',
    },
    rows: rows.reverse(),
    newestFirst: true,
  }
}

const nets = (tape: Tape, line: DayLine): Row => {
  const flows = investorsOf(tape.id, line.date, line.volume)
  return {
    for_netprps_qty: String(netOf(flows.frgnr_invsr)),
    for_netprps: String(netOf(flows.frgnr_invsr)),
    orgn_netprps_qty: String(netOf(institutionsOf(flows))),
  }
}

function ka40008(call: Call, tape: Tape): Sheet {
  return {
    ...dayRows(daysOf(call, tape).map((line) => ({ ...dayFields(line), ...nets(tape, line) }))),
    top: {
      ...quoteFields(call, tape),
      cntr_tm: tape.lastAt === 0 ? '000000' : compactTime(tape.lastAt),
    },
  }
}

const ka40009 = (call: Call, tape: Tape): Sheet => ({
  rows: [
    {
      ...navFields(navOf(tape, index(call))),
      stkcnt: String(Math.trunc(tape.shares / 1_000)),
      base_pric: String(tape.base),
      wonju_pric: '0',
    },
  ],
})

/** Today's trades with the foreign net up to each of them. */
function ka40010(call: Call, tape: Tape): Sheet {
  const date = compactDay(call.market.day)
  const rows = tape.minutes.map((bar) => ({
    cur_prc: directed(bar.close, tape.base),
    pre_sig: directionSign(bar.close, tape.base, undefined),
    pred_pre: signed(bar.close - tape.base),
    trde_qty: String(bar.dayVolume),
    for_netprps: String(netOf(investorsOf(tape.id, date, bar.dayVolume).frgnr_invsr)),
  }))
  return { rows: rows.reverse(), newestFirst: true }
}

/** ETF: ka40001 수익율, ka40002 정보, ka40003 일별, ka40004 전체, ka40006 ka40007 ka40009 ka40010 시간대별, ka40008 일자별 */
export const FUND_OFFERS: Offers = {
  ka40001: ofFund('ka40001', ka40001),
  ka40002: ofFund('ka40002', (_, tape) => ({ top: about(tape) })),
  ka40003: ofFund('ka40003', ka40003),
  ka40004: catalogued('ka40004', ka40004),
  ka40006: ofFund('ka40006', ka40006),
  ka40007: ofFund('ka40007', ka40007),
  ka40008: ofFund('ka40008', ka40008),
  ka40009: ofFund('ka40009', ka40009),
  ka40010: ofFund('ka40010', ka40010),
}
