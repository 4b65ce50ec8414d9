import { compactDay, compactTime, directed, doubleMinus, signed } from '../format.ts'
import { type Flow, netOf } from '../market/chance.ts'
import {
  foreignShareOf,
  INVESTORS,
  type InvestorFlows,
  institutionsOf,
  investorsOf,
} from '../market/investors.ts'
import type { Tape } from '../market/tape.ts'
import type { Row } from '../wire.ts'
import type { Sheet } from './catalogue/catalogue.ts'
import { dayRows, foreignHoldings, heldRate, ofTape } from './day-quotes.ts'
import { type DayLine, dayFields, daysOf } from './days.ts'
import { textOf } from './fields.ts'
import type { Call, Offers } from './offer.ts'

const MILLION = 1_000_000
const THOUSAND = 1_000
const MONTH_DAYS = 20

/** What these lists count: millions of won, shares, or thousands of shares. */
function totalOf(call: Call, line: { readonly volume: number; readonly value: number }): number {
  if (textOf(call.body, 'amt_qty_tp') === '1') return Math.trunc(line.value / MILLION)
  return textOf(call.body, 'unit_tp') === '1000' ? Math.trunc(line.volume / THOUSAND) : line.volume
}

/** `trde_tp`: 0 net, 1 bought, 2 sold. */
export const measured = (call: Call, flow: Flow): number => {
  const kind = textOf(call.body, 'trde_tp')
  return kind === '1' ? flow.buy : kind === '2' ? flow.sell : netOf(flow)
}

/** Every kind of investor under its name on the wire, and 기관계. */
export const flowFields = (flows: InvestorFlows, text: (flow: Flow) => string): Row => ({
  ...Object.fromEntries(INVESTORS.map((name) => [name, text(flows[name])])),
  orgn: text(institutionsOf(flows)),
})

/** ka10059, ka10060: the days up to the asked one, per kind of investor. */
function investorDays(call: Call, tape: Tape): Sheet {
  return dayRows(
    daysOf(call, tape, '', textOf(call.body, 'dt')).map((line) => {
      const flows = investorsOf(tape.id, line.date, totalOf(call, line))
      return { ...dayFields(line), ...flowFields(flows, (flow) => String(measured(call, flow))) }
    }),
  )
}

/** ka10061: the sum of a span of days; its minus is written twice (measured). */
function investorSum(call: Call, tape: Tape): Sheet {
  const lines = daysOf(call, tape, textOf(call.body, 'strt_dt'), textOf(call.body, 'end_dt'))
  const days = lines.map((line) => investorsOf(tape.id, line.date, totalOf(call, line)))
  const sum = (pick: (flows: InvestorFlows) => Flow) =>
    doubleMinus(days.reduce((total, flows) => total + measured(call, pick(flows)), 0))
  return {
    rows: [
      {
        ...Object.fromEntries(INVESTORS.map((name) => [name, sum((flows) => flows[name])])),
        orgn: sum(institutionsOf),
      },
    ],
  }
}

/** ka10064: today's flows up to each minute that traded, and one row of zeros at the opening. */
function investorMinutes(call: Call, tape: Tape): Sheet {
  const date = compactDay(call.market.day)
  let value = 0
  const rows = tape.minutes.map((bar) => {
    value += bar.value
    const flows = investorsOf(tape.id, date, totalOf(call, { volume: bar.dayVolume, value }))
    return {
      tm: compactTime(bar.at),
      ...flowFields(flows, (flow) => String(measured(call, flow))),
    }
  })
  const [opening] = tape.minutes
  const nothing = investorsOf(tape.id, date, 0)
  return {
    rows: opening
      ? [
          { tm: compactTime(opening.at).slice(0, 4).padEnd(6, '0'), ...flowFields(nothing, () => '0') },
          ...rows,
        ]
      : [],
    size: 400,
  }
}

/** Limit of foreign ownership here: all listed shares. */
function ka10008(call: Call, tape: Tape): Sheet {
  const lines = daysOf(call, tape)
  const held = foreignHoldings(tape, lines, compactDay(call.market.day))
  return dayRows(
    lines.map((line, index) => {
      const shares = held[index] ?? 0
      const net = netOf(investorsOf(tape.id, line.date, line.volume).frgnr_invsr)
      return {
        ...dayFields(line),
        chg_qty: signed(net),
        poss_stkcnt: String(shares),
        wght: heldRate(shares, tape.shares),
        gain_pos_stkcnt: String(tape.shares - shares),
        frgnr_limit: String(tape.shares),
        frgnr_limit_irds: '0',
        limit_exh_rt: heldRate(shares, tape.shares),
      }
    }),
  )
}

const institutionNet = (tape: Tape, line: DayLine): number =>
  netOf(institutionsOf(investorsOf(tape.id, line.date, line.volume)))

const foreignNet = (tape: Tape, line: DayLine): number =>
  netOf(investorsOf(tape.id, line.date, line.volume).frgnr_invsr)

/** ka10009: the last day of ka10045, flat; `orgn_dt_acc` sums the last twenty days. */
function ka10009(call: Call, tape: Tape): Sheet {
  const lines = daysOf(call, tape).slice(-MONTH_DAYS)
  const line = lines.at(-1)
  if (!line) return {}
  const held = Math.floor(tape.shares * foreignShareOf(tape.id))
  return {
    top: {
      ...dayFields(line),
      orgn_dt_acc: String(lines.reduce((sum, each) => sum + institutionNet(tape, each), 0)),
      orgn_daly_nettrde: String(institutionNet(tape, line)),
      frgnr_daly_nettrde: String(foreignNet(tape, line)),
      frgnr_qota_rt: heldRate(held, tape.shares),
    },
  }
}

/** Average price of what they bought (1) or sold (2) over the days. */
function averagePrice(
  lines: readonly DayLine[],
  side: string,
  flowOf: (line: DayLine, total: number) => Flow,
): string {
  let [won, shares] = [0, 0]
  for (const line of lines) {
    const pick = (flow: Flow) => (side === '2' ? flow.sell : flow.buy)
    won += pick(flowOf(line, line.value))
    shares += pick(flowOf(line, line.volume))
  }
  return String(shares === 0 ? 0 : Math.trunc(won / shares))
}

function ka10045(call: Call, tape: Tape): Sheet {
  const lines = daysOf(call, tape, textOf(call.body, 'strt_dt'), textOf(call.body, 'end_dt'))
  const held = foreignHoldings(tape, lines, compactDay(call.market.day))
  let [institutions, foreigners] = [0, 0]
  const rows = lines.map((line, index) => {
    institutions += institutionNet(tape, line)
    foreigners += foreignNet(tape, line)
    return {
      ...dayFields(line),
      close_pric: directed(line.close, line.before),
      orgn_dt_acc: String(institutions),
      orgn_daly_nettrde_qty: String(institutionNet(tape, line)),
      for_dt_acc: String(foreigners),
      for_daly_nettrde_qty: String(foreignNet(tape, line)),
      limit_exh_rt: heldRate(held[index] ?? 0, tape.shares),
    }
  })
  return {
    ...dayRows(rows),
    top: {
      orgn_prsm_avg_pric: averagePrice(lines, textOf(call.body, 'orgn_prsm_unp_tp'), (line, total) =>
        institutionsOf(investorsOf(tape.id, line.date, total)),
      ),
      for_prsm_avg_pric: averagePrice(
        lines,
        textOf(call.body, 'for_prsm_unp_tp'),
        (line, total) => investorsOf(tape.id, line.date, total).frgnr_invsr,
      ),
    },
  }
}

/** Investors of one stock: ka10008 외국인, ka10009 기관, ka10045 기관매매추이, ka10059 ka10060 일별, ka10061 합계, ka10064 장중 */
export const INVESTOR_DAY_OFFERS: Offers = {
  ka10008: ofTape('ka10008', ka10008),
  ka10009: ofTape('ka10009', ka10009),
  ka10045: ofTape('ka10045', ka10045),
  ka10059: ofTape('ka10059', investorDays),
  ka10060: ofTape('ka10060', investorDays),
  ka10061: ofTape('ka10061', investorSum),
  ka10064: ofTape('ka10064', investorMinutes),
}
