import { compactTime, signedPercent } from '../format.ts'
import type { BookTotals, Tape, ViRecord } from '../market/tape.ts'
import type { Row } from '../wire.ts'
import { catalogued, type Sheet } from './catalogue/catalogue.ts'
import { textOf } from './fields.ts'
import type { Call, Offers } from './offer.ts'
import { kept, listed, quoteFields } from './screening.ts'

const THOUSAND = 1_000
const MINUTE_MS = 60_000
const DEPTH = 10

/** Totals over the ten levels, as everywhere on this server. */
function totalsNow(call: Call, tape: Tape): BookTotals {
  const total = (side: 'buy' | 'sell') =>
    call.market.levels(tape, side, DEPTH).reduce((sum, { quantity }) => sum + quantity, 0)
  return { at: call.market.now(), asks: total('sell'), bids: total('buy') }
}

/** The totals so many minutes ago. */
const totalsBefore = (call: Call, tape: Tape): BookTotals | undefined => {
  const until = call.market.now() - (Number(textOf(call.body, 'tm_tp')) || 1) * MINUTE_MS
  return tape.books.findLast(({ at }) => at <= until)
}

const candidates = (call: Call): readonly Tape[] =>
  listed(call)
    .filter(({ volume }) => volume >= Number(textOf(call.body, 'trde_qty_tp')) * THOUSAND)
    .filter(kept(textOf(call.body, 'stk_cnd')))

const totalFields = ({ asks, bids }: BookTotals): Row => ({
  tot_sel_req: String(asks),
  tot_buy_req: String(bids),
  tot_buy_qty: String(bids),
})

function ka10020(call: Call): Sheet {
  const sort = textOf(call.body, 'sort_tp')
  const weight = ({ asks, bids }: BookTotals): number => {
    if (sort === '1') return bids - asks
    if (sort === '2') return asks - bids
    if (sort === '3') return asks === 0 ? 0 : bids / asks
    return bids === 0 ? 0 : asks / bids
  }
  const rows = candidates(call)
    .map((tape) => ({ tape, totals: totalsNow(call, tape) }))
    .filter(({ totals }) => totals.asks + totals.bids > 0)
    .sort((a, b) => weight(b.totals) - weight(a.totals))
    .map(({ tape, totals }) => ({
      ...quoteFields(call, tape),
      ...totalFields(totals),
      netprps_req: String(totals.bids - totals.asks),
      buy_rt: (totals.asks === 0 ? 0 : (totals.bids / totals.asks) * 100).toFixed(2),
    }))
  return { rows }
}

interface Surge {
  readonly tape: Tape
  readonly now: BookTotals
  readonly before: number
  readonly after: number
}

/** What was there some minutes ago against now, by the measure; instruments without a book then are left out. */
function surges(call: Call, measure: (totals: BookTotals) => number): readonly Surge[] {
  return candidates(call).flatMap((tape) => {
    const then = totalsBefore(call, tape)
    const now = totalsNow(call, tape)
    return then ? [{ tape, now, before: measure(then), after: measure(now) }] : []
  })
}

const growth = ({ before, after }: Surge): number => (before === 0 ? 0 : after / before - 1)

function ka10021(call: Call): Sheet {
  const side = textOf(call.body, 'trde_tp') === '2' ? 'asks' : 'bids'
  const byRate = textOf(call.body, 'sort_tp') === '2'
  const rows = surges(call, (totals) => totals[side])
    .filter(({ before, after }) => after > before)
    .sort((a, b) => (byRate ? growth(b) - growth(a) : b.after - b.before - (a.after - a.before)))
    .map((each) => ({
      ...quoteFields(call, each.tape),
      ...totalFields(each.now),
      int: String(each.before),
      now: String(each.after),
      sdnin_qty: String(each.after - each.before),
      sdnin_rt: signedPercent(growth(each)),
    }))
  return { rows }
}

function ka10022(call: Call): Sheet {
  const buys = textOf(call.body, 'rt_tp') === '1'
  const ratio = ({ asks, bids }: BookTotals): number => {
    const [part, whole] = buys ? [bids, asks] : [asks, bids]
    return whole === 0 ? 0 : part / whole
  }
  const rows = surges(call, ratio)
    .filter(({ before, after }) => after > before)
    .sort((a, b) => b.after - b.before - (a.after - a.before))
    .map((each) => ({
      ...quoteFields(call, each.tape),
      ...totalFields(each.now),
      int: signedPercent(each.before),
      now_rt: signedPercent(each.after),
      sdnin_rt: signedPercent(each.after - each.before),
    }))
  return { rows }
}

const VI_NAMES = { static: '정적', dynamic: '동적', both: '동적+정적' } as const
const VI_KINDS: Readonly<Record<string, ViRecord['cause']>> = { '1': 'static', '2': 'dynamic', '3': 'both' }
/** 우선주 · 관리 · 경고/위험 · 주의 · 환기 · 단기과열 · 증거금100% · ETF · ETN, in the order of `skip_stk`. */
const SKIPPED: readonly ((tape: Tape) => boolean)[] = [
  () => false,
  (tape) => isDesignated(tape, 'administrative'),
  (tape) => isDesignated(tape, 'warning') || isDesignated(tape, 'danger'),
  (tape) => isDesignated(tape, 'caution'),
  (tape) => isDesignated(tape, 'disclosureCaution'),
  (tape) => isDesignated(tape, 'overheated'),
  ({ listing: { today } }) => today.marginRate.numerator >= today.marginRate.denominator,
  ({ listing }) => listing.instrument.class === 'etf',
  ({ listing }) => listing.instrument.class === 'etn',
]

const isDesignated = ({ listing }: Tape, name: Tape['listing']['today']['designations'][number]): boolean =>
  listing.today.designations.includes(name)

/** One row per instrument: its latest volatility interruption of the day. Newest first. */
function ka10054(call: Call): Sheet {
  const ask = (name: string) => textOf(call.body, name)
  const kind = VI_KINDS[ask('motn_tp')]
  const skip = ask('skip_stk')
  const wanted = ask('stk_cd').replace(/_AL$/, '')
  const between = (value: number, use: string, least: string, most: string) =>
    ask(use) !== '1' || (value >= Number(ask(least) || 0) && value <= (Number(ask(most)) || Number.MAX_VALUE))
  const found = listed(call)
    .filter(({ id }) => wanted === '' || id === wanted)
    .filter((tape) => !SKIPPED.some((is, at) => skip[at] === '1' && is(tape)))
    .filter(({ volume }) => between(volume, 'trde_qty_tp', 'min_trde_qty', 'max_trde_qty'))
    .filter(({ value }) => between(value / 1e6, 'trde_prica_tp', 'min_trde_prica', 'max_trde_prica'))
    .flatMap((tape) => {
      const record = tape.interruptions.findLast(
        (each) =>
          (kind === undefined || each.cause === kind) &&
          (ask('motn_drc') === '1'
            ? each.price >= each.reference
            : ask('motn_drc') !== '2' || each.price < each.reference),
      )
      return record ? [{ tape, record }] : []
    })
    .sort((a, b) => b.record.at - a.record.at)
  return { rows: found.map(({ tape, record }) => viRow(call, tape, record)) }
}

function viRow(call: Call, tape: Tape, { cause, price, reference, at, until, count }: ViRecord): Row {
  const rate = signedPercent(reference === 0 ? 0 : price / reference - 1)
  const isDynamic = cause !== 'static'
  const isStatic = cause !== 'dynamic'
  return {
    ...quoteFields(call, tape),
    motn_pric: String(price),
    dynm_dispty_rt: isDynamic ? rate : '0.00',
    trde_cntr_proc_time: compactTime(at),
    virelis_time: compactTime(until),
    viaplc_tp: VI_NAMES[cause],
    dynm_stdpc: isDynamic ? String(reference) : '0',
    static_stdpc: isStatic ? String(reference) : '0',
    static_dispty_rt: isStatic ? rate : '0.00',
    open_pric_pre_flu_rt: tape.open === 0 ? '0.00' : signedPercent(price / tape.open - 1),
    vimotn_cnt: String(count),
    stex_tp: 'KRX',
  }
}

/** ka10020 호가잔량상위, ka10021 호가잔량급증, ka10022 잔량율급증, ka10054 변동성완화장치 발동종목 */
export const BOOK_RANKING_OFFERS: Offers = {
  ka10020: catalogued('ka10020', ka10020),
  ka10021: catalogued('ka10021', ka10021),
  ka10022: catalogued('ka10022', ka10022),
  ka10054: catalogued('ka10054', ka10054),
}
