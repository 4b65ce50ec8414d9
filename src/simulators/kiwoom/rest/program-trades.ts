import {
  compactDay,
  compactInstant,
  compactTime,
  directed,
  doubleMinus,
  signed,
  signedIndex,
  signedPercent,
} from '../format.ts'
import { type Flow, netOf, sumOf } from '../market/chance.ts'
import { type ProgramFlows, programOf } from '../market/programs.ts'
import type { Tape } from '../market/tape.ts'
import type { Row } from '../wire.ts'
import { catalogued, type Sheet } from './catalogue/catalogue.ts'
import { dayRows, ofTape } from './day-quotes.ts'
import { dayFields, daysOf } from './days.ts'
import { textOf } from './fields.ts'
import type { Call, Offers } from './offer.ts'
import { inArbitrage, inMarket, listed, quoteFields, ranked } from './screening.ts'

const MILLION = 1_000_000
const THOUSAND = 1_000
const UPPER = 50
const MINUTE_MS = 60_000

/** One stock's program trades of a day: shares and millions of won. */
interface Programs {
  readonly quantity: ProgramFlows
  readonly amount: ProgramFlows
}

const programs = (tape: Tape, date: string, volume: number, value: number): Programs => ({
  quantity: programOf(tape.id, date, volume, inArbitrage(tape)),
  amount: programOf(tape.id, date, Math.trunc(value / MILLION), inArbitrage(tape)),
})

/** Sum over stocks, part by part. */
function sumAll(all: readonly ProgramFlows[]): ProgramFlows {
  const part = (name: keyof ProgramFlows) => sumOf(all.map((each) => each[name]))
  return { arbitrage: part('arbitrage'), other: part('other'), all: part('all') }
}

const today = (call: Call): string => compactDay(call.market.day)

function ka10010(call: Call, tape: Tape): Sheet {
  const { quantity, amount } = programs(tape, today(call), tape.volume, tape.value)
  const cells = (prefix: string, part: keyof ProgramFlows): Row => ({
    [`${prefix}_sell_qty`]: String(quantity[part].sell),
    [`${prefix}_sell_amt`]: String(amount[part].sell),
    [`${prefix}_buy_qty`]: String(quantity[part].buy),
    [`${prefix}_buy_amt`]: String(amount[part].buy),
    [`${prefix}_netprps_qty`]: signed(netOf(quantity[part])),
    [`${prefix}_netprps_amt`]: signed(netOf(amount[part])),
  })
  return {
    top: {
      ...cells('dfrt_trst', 'arbitrage'),
      ...cells('ndiffpro_trst', 'other'),
      ...cells('all_dfrt_trst', 'all'),
    },
  }
}

/** The first fifty by net program amount or quantity. */
function ka90003(call: Call): Sheet {
  const sells = textOf(call.body, 'trde_upper_tp') === '1'
  const byAmount = textOf(call.body, 'amt_qty_tp') === '1'
  const rows = listed(call)
    .map((tape) => ({ tape, ...programs(tape, today(call), tape.volume, tape.value) }))
    .map((each) => ({ ...each, net: netOf(byAmount ? each.amount.all : each.quantity.all) }))
    .filter(({ net }) => (sells ? net < 0 : net > 0))
    .sort((a, b) => (sells ? a.net - b.net : b.net - a.net))
    .slice(0, UPPER)
  return {
    rows: ranked(
      rows.map(({ tape, amount, quantity }) => {
        const { buy, sell } = byAmount ? amount.all : quantity.all
        return {
          ...quoteFields(call, tape),
          prm_sell_amt: String(sell),
          prm_buy_amt: String(buy),
          prm_netprps_amt: signed(buy - sell),
        }
      }),
    ),
  }
}

/** Per stock on a day, in code order; `tot_1` to `tot_5` are the sums of the columns, `tot_6` is blank in the vendor's example. */
function ka90004(call: Call): Sheet {
  const date = textOf(call.body, 'dt')
  const rows = listed(call).flatMap((tape) =>
    daysOf(call, tape, date, date).map((line) => ({
      tape,
      line,
      ...programs(tape, date, line.volume, line.value),
    })),
  )
  const total = (of: (row: (typeof rows)[number]) => number) =>
    String(rows.reduce((sum, row) => sum + of(row), 0))
  return {
    top: {
      tot_1: total(({ quantity }) => quantity.all.buy),
      tot_2: total(({ amount }) => amount.all.buy),
      tot_3: total(({ quantity }) => quantity.all.sell),
      tot_4: total(({ amount }) => amount.all.sell),
      tot_5: total(({ amount }) => netOf(amount.all)),
    },
    rows: rows.map(({ tape, line, quantity, amount }) => ({
      ...quoteFields(call, tape),
      buy_cntr_qty: String(quantity.all.buy),
      buy_cntr_amt: String(amount.all.buy),
      sel_cntr_qty: String(quantity.all.sell),
      sel_cntr_amt: String(amount.all.sell),
      netprps_prica: String(netOf(amount.all)),
      all_trde_rt: signedPercent(
        line.volume === 0 ? 0 : (quantity.all.buy + quantity.all.sell) / (2 * line.volume),
      ),
    })),
  }
}

/** The three parts under the names that ka90005 and ka90010 share; quantities in thousands of shares. */
function marketRow(quantity: ProgramFlows, amount: ProgramFlows): Row {
  const thousand = (shares: number) => Math.trunc(shares / THOUSAND)
  const flow = ({ buy, sell }: Flow) => ({ buy: thousand(buy), sell: thousand(sell) })
  const [arbitrage, other] = [flow(quantity.arbitrage), flow(quantity.other)]
  return {
    dfrt_trde_sel: String(amount.arbitrage.sell),
    dfrt_trde_buy: String(amount.arbitrage.buy),
    dfrt_trde_netprps: signed(netOf(amount.arbitrage)),
    ndiffpro_trde_sel: String(amount.other.sell),
    ndiffpro_trde_buy: String(amount.other.buy),
    ndiffpro_trde_netprps: signed(netOf(amount.other)),
    dfrt_trde_sell_qty: String(arbitrage.sell),
    dfrt_trde_buy_qty: String(arbitrage.buy),
    dfrt_trde_netprps_qty: signed(netOf(arbitrage)),
    ndiffpro_trde_sell_qty: String(other.sell),
    ndiffpro_trde_buy_qty: String(other.buy),
    ndiffpro_trde_netprps_qty: signed(netOf(other)),
    all_sel: String(amount.all.sell),
    all_buy: String(amount.all.buy),
    all_netprps: signed(netOf(amount.all)),
  }
}

/** The last bar up to each minute, per stock: what the whole market had traded by then. */
function ka90005(call: Call): Sheet {
  const date = textOf(call.body, 'date')
  if (date !== today(call)) return { rows: [] }
  const tapes = call.market.tapes.filter(inMarket(textOf(call.body, 'mrkt_tp')))
  const index = call.market.index('201')
  const starts = [...new Set(tapes.flatMap(({ minutes }) => minutes.map(({ at }) => at)))].sort(
    (a, b) => a - b,
  )
  const cursors = tapes.map(() => ({ next: 0, volume: 0, value: 0 }))
  const rows = starts.map((at) => {
    const flows = tapes.map((tape, place) => {
      const cursor = cursors[place] ?? { next: 0, volume: 0, value: 0 }
      for (let bar = tape.minutes[cursor.next]; bar && bar.at <= at; bar = tape.minutes[++cursor.next]) {
        cursor.volume = bar.dayVolume
        cursor.value += bar.value
      }
      return programs(tape, date, cursor.volume, cursor.value)
    })
    const value = index?.minutes.findLast((bar) => bar.at <= at)?.close ?? index?.base ?? 0
    return {
      cntr_tm: compactTime(Math.min(at + MINUTE_MS, call.market.now())),
      ...marketRow(sumAll(flows.map((each) => each.quantity)), sumAll(flows.map((each) => each.amount))),
      kospi200: signedIndex(value),
      basis: '',
    }
  })
  return { rows: rows.reverse(), newestFirst: true }
}

interface MarketDayFlows {
  readonly date: string
  readonly quantity: ProgramFlows
  readonly amount: ProgramFlows
}

const LONGEST_DAYS = 250

/** The whole market on each day up to `to`, oldest first, at most a year. */
function marketDays(call: Call, tapes: readonly Tape[], from: string, to: string): readonly MarketDayFlows[] {
  const byDay = new Map<string, Programs[]>()
  for (const tape of tapes)
    for (const line of daysOf(call, tape, from, to).slice(-LONGEST_DAYS)) {
      const list = byDay.get(line.date) ?? []
      list.push(programs(tape, line.date, line.volume, line.value))
      byDay.set(line.date, list)
    }
  return [...byDay].sort().map(([date, list]) => ({
    date,
    quantity: sumAll(list.map((each) => each.quantity)),
    amount: sumAll(list.map((each) => each.amount)),
  }))
}

/** The index KOSPI200 at the close of each day. */
function indexCloses(call: Call): ReadonlyMap<string, number> {
  const index = call.market.index('201')
  if (!index) return new Map()
  const closes = call.history.indexDaily(index).map((bar) => [compactDay(bar.day), bar.close] as const)
  return new Map([...closes, [today(call), index.last || index.base]])
}

function ka90010(call: Call): Sheet {
  const tapes = call.market.tapes.filter(inMarket(textOf(call.body, 'mrkt_tp')))
  const closes = indexCloses(call)
  return dayRows(
    marketDays(call, tapes, '', textOf(call.body, 'date')).map(({ date, quantity, amount }) => ({
      cntr_tm: `${date}000000`,
      ...marketRow(quantity, amount),
      kospi200: signedIndex(closes.get(date) ?? 0),
    })),
  )
}

/** 차익잔고: what arbitrage has bought and sold since the year began. Arbitrage is a matter of KOSPI200 stocks. */
function ka90006(call: Call): Sheet {
  const days = marketDays(call, call.market.tapes.filter(inArbitrage), '', textOf(call.body, 'date'))
  let [buyQuantity, buyAmount, sellQuantity, sellAmount] = [0, 0, 0, 0]
  return dayRows(
    days.map(({ date, quantity, amount }) => {
      buyQuantity += quantity.arbitrage.buy
      buyAmount += amount.arbitrage.buy
      sellQuantity += quantity.arbitrage.sell
      sellAmount += amount.arbitrage.sell
      return {
        dt: date,
        buy_dfrt_trde_qty: String(buyQuantity),
        buy_dfrt_trde_amt: String(buyAmount),
        buy_dfrt_trde_irds_amt: signed(amount.arbitrage.buy),
        sel_dfrt_trde_qty: String(sellQuantity),
        sel_dfrt_trde_amt: String(sellAmount),
        sel_dfrt_trde_irds_amt: signed(amount.arbitrage.sell),
      }
    }),
  )
}

/** Nets of each day from `date` on, and their sum from there. */
function ka90007(call: Call): Sheet {
  const kosdaq = textOf(call.body, 'mrkt_tp') === '1'
  const byAmount = textOf(call.body, 'amt_qty_tp') === '1'
  const tapes = call.market.tapes.filter(inMarket(kosdaq ? '101' : '001'))
  const closes = indexCloses(call)
  let [arbitrage, other] = [0, 0]
  return dayRows(
    marketDays(call, tapes, textOf(call.body, 'date'), today(call)).map(({ date, quantity, amount }) => {
      const flows = byAmount ? amount : quantity
      arbitrage += netOf(flows.arbitrage)
      other += netOf(flows.other)
      return {
        dt: date,
        kospi200: signedIndex(closes.get(date) ?? 0),
        basis: '0.00',
        dfrt_trde_tdy: signed(netOf(flows.arbitrage)),
        dfrt_trde_acc: signed(arbitrage),
        ndiffpro_trde_tdy: signed(netOf(flows.other)),
        ndiffpro_trde_acc: signed(other),
        all_tdy: signed(netOf(flows.all)),
        all_acc: signed(arbitrage + other),
      }
    }),
  )
}

/** Sold, bought, net and its change, in shares and millions, as ka90008 and ka90013 name them. */
function programFields({ quantity, amount }: Programs, before: Programs | undefined): Row {
  const [net, netAmount] = [netOf(quantity.all), netOf(amount.all)]
  return {
    prm_sell_amt: String(amount.all.sell),
    prm_buy_amt: String(amount.all.buy),
    prm_netprps_amt: doubleMinus(netAmount),
    prm_netprps_amt_irds: doubleMinus(netAmount - (before ? netOf(before.amount.all) : 0)),
    prm_sell_qty: String(quantity.all.sell),
    prm_buy_qty: String(quantity.all.buy),
    prm_netprps_qty: doubleMinus(net),
    prm_netprps_qty_irds: doubleMinus(net - (before ? netOf(before.quantity.all) : 0)),
    stex_tp: 'KRX',
  }
}

/** Today by the minute; other days have no tape. */
function ka90008(call: Call, tape: Tape): Sheet {
  const date = textOf(call.body, 'date')
  if (date !== today(call)) return { rows: [] }
  let before: Programs | undefined
  let value = 0
  const rows = tape.minutes.map((bar) => {
    value += bar.value
    const now = programs(tape, date, bar.dayVolume, value)
    const row = {
      ...quoteFields(call, tape),
      tm: compactInstant(bar.at).slice(8),
      cur_prc: directed(bar.close, tape.base),
      pred_pre: signed(bar.close - tape.base),
      flu_rt: signedPercent(bar.close / tape.base - 1),
      trde_qty: String(bar.dayVolume),
      ...programFields(now, before),
    }
    before = now
    return row
  })
  return { rows: rows.reverse(), newestFirst: true }
}

function ka90013(call: Call, tape: Tape): Sheet {
  const lines = daysOf(call, tape, '', textOf(call.body, 'date') || '99999999')
  let before: Programs | undefined
  return dayRows(
    lines.map((line) => {
      const now = programs(tape, line.date, line.volume, line.value)
      const row = { ...dayFields(line), ...programFields(now, before) }
      before = now
      return row
    }),
  )
}

/** Program trading: of a stock ka10010 ka90008 ka90013, over the market ka90003 ka90004, in sum ka90005 ka90006 ka90007 ka90010 */
export const PROGRAM_OFFERS: Offers = {
  ka10010: ofTape('ka10010', ka10010),
  ka90003: catalogued('ka90003', ka90003),
  ka90004: catalogued('ka90004', ka90004),
  ka90005: catalogued('ka90005', ka90005),
  ka90006: catalogued('ka90006', ka90006),
  ka90007: catalogued('ka90007', ka90007),
  ka90008: ofTape('ka90008', ka90008),
  ka90010: catalogued('ka90010', ka90010),
  ka90013: ofTape('ka90013', ka90013),
}
