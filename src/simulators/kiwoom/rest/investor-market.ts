import { own } from '../../../std/own.ts'
import { compactDay, directed, directionSign, doubleMinus, signed, signedPercent } from '../format.ts'
import { netOf } from '../market/chance.ts'
import { type Investor, institutionsOf, investorsOf } from '../market/investors.ts'
import type { Tape } from '../market/tape.ts'
import type { Row } from '../wire.ts'
import { catalogued, type Sheet } from './catalogue/catalogue.ts'
import { type DayLine, daysOf, lastDays } from './days.ts'
import { textOf } from './fields.ts'
import { flowFields, measured } from './investor-days.ts'
import type { Call, Offers } from './offer.ts'
import { listed, quoteFields, ranked } from './screening.ts'
import { between, millionsOf, type Pick, type Traded, todays, traded } from './traded.ts'

const HUNDRED_MILLION = 100_000_000
const THOUSAND = 1_000

/** `invsr` of ka10063. */
const BY_DIGIT: Readonly<Record<string, Pick>> = {
  '6': (flows) => flows.frgnr_invsr,
  '7': institutionsOf,
  '1': (flows) => flows.invtrt,
  '0': (flows) => flows.insrnc,
  '2': (flows) => flows.bank,
  '3': (flows) => flows.penfnd_etc,
  '4': (flows) => flows.natn,
  '5': (flows) => flows.etc_corp,
}

/** Provisional figures during the day, in code order; the earlier ones are those of a minute ago. */
function ka10063(call: Call): Sheet {
  const pick = own(BY_DIGIT, textOf(call.body, 'invsr')) ?? institutionsOf
  const date = compactDay(call.market.day)
  const together = textOf(call.body, 'smtm_netprps_tp') === '1'
  const rows = todays(call).flatMap(({ tape }) => {
    const bar = tape.minutes.at(-1)
    const earlier = { volume: tape.volume - (bar?.volume ?? 0), value: tape.value - (bar?.value ?? 0) }
    const flows = investorsOf(tape.id, date, tape.volume)
    if (together && (netOf(flows.frgnr_invsr) <= 0 || netOf(institutionsOf(flows)) <= 0)) return []
    const now = { quantity: pick(flows), amount: pick(investorsOf(tape.id, date, millionsOf(tape.value))) }
    const then = {
      quantity: pick(investorsOf(tape.id, date, earlier.volume)),
      amount: pick(investorsOf(tape.id, date, millionsOf(earlier.value))),
    }
    return [
      {
        ...quoteFields(call, tape),
        netprps_amt: doubleMinus(netOf(now.amount)),
        prev_netprps_amt: doubleMinus(netOf(then.amount)),
        netprps_amt_irds: doubleMinus(netOf(now.amount) - netOf(then.amount)),
        buy_amt: signed(now.amount.buy),
        buy_amt_irds: signed(now.amount.buy - then.amount.buy),
        sell_amt: doubleMinus(-now.amount.sell),
        sell_amt_irds: signed(now.amount.sell - then.amount.sell),
        netprps_qty: doubleMinus(netOf(now.quantity)),
        prev_pot_netprps_qty: doubleMinus(netOf(then.quantity)),
        netprps_irds: doubleMinus(netOf(now.quantity) - netOf(then.quantity)),
        buy_qty: signed(now.quantity.buy),
        buy_qty_irds: signed(now.quantity.buy - then.quantity.buy),
        sell_qty: doubleMinus(-now.quantity.sell),
        sell_qty_irds: signed(now.quantity.sell - then.quantity.sell),
      },
    ]
  })
  return { rows }
}

/** In code order (measured). */
function ka10066(call: Call): Sheet {
  const amount = textOf(call.body, 'amt_qty_tp') === '1'
  const rows = todays(call).map(({ tape }) => {
    const total = amount ? millionsOf(tape.value) : tape.volume
    const flows = investorsOf(tape.id, compactDay(call.market.day), total)
    return { ...quoteFields(call, tape), ...flowFields(flows, (flow) => String(measured(call, flow))) }
  })
  return { rows }
}

/** How many days in a row, up to the last one, the net was positive; with shares and won of those days. */
function streak(lines: readonly DayLine[], of: (line: DayLine) => { quantity: number; amount: number }) {
  let [days, quantity, amount] = [0, 0, 0]
  for (const line of lines.toReversed()) {
    const net = of(line)
    if (net.quantity <= 0) break
    days++
    quantity += net.quantity
    amount += net.amount
  }
  return { days, quantity, amount }
}

const STREAK_DAYS = 20

function ka10131(call: Call): Sheet {
  const lines = (tape: Tape) =>
    textOf(call.body, 'dt') === '0'
      ? between(call, tape)
      : lastDays(call, tape, Number(textOf(call.body, 'dt')) || 1)
  const rows = listed(call).map((tape) => {
    const span = lines(tape)
    const both = [institutionsOf, (flows: ReturnType<typeof investorsOf>) => flows.frgnr_invsr].map(
      (pick) => ({
        total: traded(tape, span, pick),
        row: streak(lastDays(call, tape, STREAK_DAYS), (line) => {
          const { quantity, amount } = traded(tape, [line], pick)
          return { quantity: netOf(quantity), amount: netOf(amount) }
        }),
      }),
    )
    return { tape, span, both, net: both.reduce((sum, { total }) => sum + netOf(total.quantity), 0) }
  })
  return {
    rows: ranked(
      rows
        .filter(({ net }) => net > 0)
        .sort((a, b) => b.net - a.net)
        .map(({ tape, span, both: [orgn, foreign], net }) => {
          const flow = (span.at(-1)?.close ?? 0) / (span[0]?.before || 1) - 1
          const won = (each: typeof orgn) => millionsOf(each ? netOf(each.total.amount) : 0)
          return {
            ...quoteFields(call, tape),
            prid_stkpc_flu_rt: signedPercent(flow),
            ...streakFields('orgn', orgn),
            ...streakFields('frgnr', foreign),
            nettrde_qty: doubleMinus(net),
            nettrde_amt: doubleMinus(won(orgn) + won(foreign)),
            tot_cont_netprps_dys: signed((orgn?.row.days ?? 0) + (foreign?.row.days ?? 0)),
            tot_cont_nettrde_qty: signed((orgn?.row.quantity ?? 0) + (foreign?.row.quantity ?? 0)),
            tot_cont_netprps_amt: signed(
              millionsOf(orgn?.row.amount ?? 0) + millionsOf(foreign?.row.amount ?? 0),
            ),
          }
        }),
    ),
  }
}

function streakFields(
  prefix: string,
  each: { readonly total: Traded; readonly row: ReturnType<typeof streak> } | undefined,
): Row {
  if (!each) return {}
  return {
    [`${prefix}_nettrde_amt`]: doubleMinus(millionsOf(netOf(each.total.amount))),
    [`${prefix}_nettrde_qty`]: doubleMinus(netOf(each.total.quantity)),
    [`${prefix}_cont_netprps_dys`]: signed(each.row.days),
    [`${prefix}_cont_netprps_qty`]: signed(each.row.quantity),
    [`${prefix}_cont_netprps_amt`]: signed(millionsOf(each.row.amount)),
  }
}

/** Which investor stands under which name in ka10051. */
const SECTOR_NAMES: readonly (readonly [name: string, investor: Investor])[] = [
  ['sc', 'fnnc_invt'],
  ['insrnc', 'insrnc'],
  ['invtrt', 'invtrt'],
  ['bank', 'bank'],
  ['jnsinkm', 'etc_fnnc'],
  ['endw', 'penfnd_etc'],
  ['etc_corp', 'etc_corp'],
  ['ind', 'ind_invsr'],
  ['frgnr', 'frgnr_invsr'],
  ['native_trmt_frgnr', 'natfor'],
  ['natn', 'natn'],
  ['samo_fund', 'samo_fund'],
]

/** Per index of the market: 억원, or thousands of shares. The index value is × 100 and its rate too (vendor's example). */
function ka10051(call: Call): Sheet {
  const byAmount = textOf(call.body, 'amt_qty_tp') === '0'
  const kosdaq = textOf(call.body, 'mrkt_tp') === '1'
  const date = textOf(call.body, 'base_dt') || compactDay(call.market.day)
  const unit = byAmount ? HUNDRED_MILLION : THOUSAND
  return {
    rows: call.market.indices
      .filter(({ marketCode }) => (marketCode === '1') === kosdaq)
      .map((index) => {
        const days = index.members.flatMap((tape) =>
          daysOf(call, tape, date, date).map((line) =>
            investorsOf(tape.id, line.date, Math.trunc((byAmount ? line.value : line.volume) / unit)),
          ),
        )
        const net = (pick: Pick) => days.reduce((sum, flows) => sum + netOf(pick(flows)), 0)
        const value = index.last || index.base
        return {
          inds_cd: textOf(call.body, 'stex_tp') === '3' ? `${index.code}_AL` : index.code,
          inds_nm: index.name,
          cur_prc: directed(value, index.base),
          pre_smbol: directionSign(value, index.base, undefined),
          pred_pre: signed(value - index.base),
          flu_rt: String(Math.round((value / index.base - 1) * 10_000)),
          trde_qty: String(Math.trunc(index.volume / THOUSAND)),
          ...Object.fromEntries(
            SECTOR_NAMES.map(([name, investor]) => [
              `${name}_netprps`,
              signed(net((flows) => flows[investor])),
            ]),
          ),
          orgn_netprps: signed(net(institutionsOf)),
        }
      }),
  }
}

/** Investors over the whole market: ka10051 per index, ka10063 provisional, ka10066 per stock, ka10131 streaks */
export const INVESTOR_MARKET_OFFERS: Offers = {
  ka10051: catalogued('ka10051', ka10051),
  ka10063: catalogued('ka10063', ka10063),
  ka10066: catalogued('ka10066', ka10066),
  ka10131: catalogued('ka10131', ka10131),
}
