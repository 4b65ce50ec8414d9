import { addDays } from '../../../model/time.ts'
import { signed, signedPercent } from '../format.ts'
import type { DailyBar } from '../market/history.ts'
import { type LendingDay, lendingOf, shortRatioOf } from '../market/programs.ts'
import type { Tape } from '../market/tape.ts'
import type { Row } from '../wire.ts'
import { catalogued, type Sheet } from './catalogue/catalogue.ts'
import { dayRows, ofTape } from './day-quotes.ts'
import { dayFields, daysOf } from './days.ts'
import { textOf } from './fields.ts'
import type { Call, Offers } from './offer.ts'
import { listed } from './screening.ts'

const MILLION = 1_000_000
const THOUSAND = 1_000
const TOP = 10

/** `ovr_shrts_qty` sums from the first day of the request; `shrts_trde_prica` in thousands of won (vendor's example). */
function ka10014(call: Call, tape: Tape): Sheet {
  let sum = 0
  return dayRows(
    daysOf(call, tape, textOf(call.body, 'strt_dt'), textOf(call.body, 'end_dt')).map((line) => {
      const ratio = shortRatioOf(tape.id, line.date)
      const shares = Math.floor(line.volume * ratio)
      const won = Math.floor(line.value * ratio)
      sum += shares
      return {
        ...dayFields(line),
        shrts_qty: String(shares),
        ovr_shrts_qty: String(sum),
        trde_wght: signedPercent(line.volume === 0 ? 0 : shares / line.volume),
        shrts_trde_prica: String(Math.trunc(won / THOUSAND)),
        shrts_avg_pric: String(shares === 0 ? 0 : Math.trunc(won / shares)),
      }
    }),
  )
}

interface Lent extends LendingDay {
  readonly date: string
  /** Millions of won at the day's close. */
  readonly amount: number
}

/** Stock lending of one stock up to yesterday: the day's own figures come after its end. */
function lendingDays(call: Call, tape: Tape): readonly Lent[] {
  const bars = call.history.daily(tape)
  const found = lentBefore.get(bars)
  if (found) return found
  const made = lendingFrom(tape, bars)
  lentBefore.set(bars, made)
  return made
}

/** Made once per history. */
const lentBefore = new WeakMap<readonly DailyBar[], readonly Lent[]>()

function lendingFrom(tape: Tape, bars: readonly DailyBar[]): readonly Lent[] {
  return lendingOf(tape.id, tape.shares, bars).map((each, index) => ({
    ...each,
    date: each.day.replaceAll('-', ''),
    amount: Math.trunc((each.open * (bars[index]?.close ?? 0)) / MILLION),
  }))
}

const lentFields = (each: Omit<Lent, 'day'>): Row => ({
  dt: each.date,
  dbrt_trde_cntrcnt: String(each.made),
  dbrt_trde_rpy: String(each.repaid),
  dbrt_trde_irds: signed(each.made - each.repaid).replace('+', ''),
  rmnd: String(each.open),
  remn_amt: String(each.amount),
})

const inSpan =
  (call: Call) =>
  ({ date }: { readonly date: string }): boolean =>
    date >= textOf(call.body, 'strt_dt') && date <= (textOf(call.body, 'end_dt') || '99999999')

const ka20068 = (call: Call, tape: Tape): Sheet =>
  dayRows(lendingDays(call, tape).filter(inSpan(call)).map(lentFields))

/** The whole market: sums over its stocks, day by day. */
function ka10068(call: Call): Sheet {
  const byDay = new Map<string, Omit<Lent, 'day'>>()
  for (const tape of call.market.tapes)
    for (const each of lendingDays(call, tape).filter(inSpan(call))) {
      const sum = byDay.get(each.date) ?? { date: each.date, made: 0, repaid: 0, open: 0, amount: 0 }
      byDay.set(each.date, {
        date: each.date,
        made: sum.made + each.made,
        repaid: sum.repaid + each.repaid,
        open: sum.open + each.open,
        amount: sum.amount + each.amount,
      })
    }
  return dayRows([...byDay.values()].sort((a, b) => (a.date < b.date ? -1 : 1)).map(lentFields))
}

interface LentStock {
  readonly tape: Tape
  readonly made: number
  readonly repaid: number
  readonly open: number
  readonly amount: number
}

/** Every stock over the days of the request, what is open at their end. */
function lentStocks(call: Call, fits: (each: Lent) => boolean): readonly LentStock[] {
  return listed(call)
    .map((tape) => {
      const days = lendingDays(call, tape).filter(fits)
      const sum = (of: (each: Lent) => number) => days.reduce((total, each) => total + of(each), 0)
      const last = days.at(-1)
      return {
        tape,
        made: sum(({ made }) => made),
        repaid: sum(({ repaid }) => repaid),
        open: last?.open ?? 0,
        amount: last?.amount ?? 0,
      }
    })
    .filter(({ made, repaid, open }) => made + repaid + open > 0)
}

const stockFields = ({ tape, made, repaid, open, amount }: LentStock): Row => ({
  stk_nm: tape.listing.instrument.name,
  stk_cd: tape.id,
  dbrt_trde_cntrcnt: String(made),
  dbrt_trde_rpy: String(repaid),
  rmnd: String(open),
  remn_amt: String(amount),
})

/** The ten most lent, their sums, and those sums per the market's in 1/100 %. */
function ka10069(call: Call): Sheet {
  const all = lentStocks(call, inSpan(call))
  const top = all.toSorted((a, b) => b.made - a.made).slice(0, TOP)
  const sums: Record<string, string> = {}
  for (const [name, key] of [
    ['dbrt_trde_cntrcnt', 'made'],
    ['dbrt_trde_rpy', 'repaid'],
    ['rmnd', 'open'],
    ['remn_amt', 'amount'],
  ] as const) {
    const sum = (list: readonly LentStock[]) => list.reduce((total, each) => total + each[key], 0)
    const whole = sum(all)
    sums[`${name}_sum`] = String(sum(top))
    sums[`${name}_rt`] = String(whole === 0 ? 0 : Math.round((sum(top) / whole) * 10_000))
  }
  return { top: sums, rows: top.map(stockFields) }
}

/** Of one day, in code order; a day without figures yet answers those of the day before. */
function ka90012(call: Call): Sheet {
  const asked = textOf(call.body, 'dt')
  const today = call.market.day.replaceAll('-', '')
  const date = asked === today ? addDays(call.market.day, -1).replaceAll('-', '') : asked
  const last = call.market.tapes[0]
    ? lendingDays(call, call.market.tapes[0]).findLast((each) => each.date <= date)?.date
    : undefined
  return { rows: lentStocks(call, (each) => each.date === last).map(stockFields) }
}

/** ka10014 공매도추이; 대차거래: market ka10068, top ten ka10069, one stock ka20068, all stocks of a day ka90012 */
export const SHORT_SALE_OFFERS: Offers = {
  ka10014: ofTape('ka10014', ka10014),
  ka10068: catalogued('ka10068', ka10068),
  ka10069: catalogued('ka10069', ka10069),
  ka20068: ofTape('ka20068', ka20068),
  ka90012: catalogued('ka90012', ka90012),
}
