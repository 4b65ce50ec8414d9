import { own } from '../../../std/own.ts'
import { compactDay, doubleMinus, signed, signedPercent } from '../format.ts'
import { netOf } from '../market/chance.ts'
import { institutionsOf, investorsOf } from '../market/investors.ts'
import type { Tape } from '../market/tape.ts'
import type { Row } from '../wire.ts'
import { catalogued, type Sheet } from './catalogue/catalogue.ts'
import { foreignHoldings, heldRate } from './day-quotes.ts'
import { daysOf, lastDays } from './days.ts'
import { textOf } from './fields.ts'
import type { Call, Offers } from './offer.ts'
import { codeOf, listed, quoteFields, ranked } from './screening.ts'
import { between, millionsOf, type Pick, spanOf, type Traded, todays, traded } from './traded.ts'

const TEN_MILLION = 10_000_000
const THOUSAND = 1_000

/** `invsr_tp`, `orgn_tp`. */
const BY_CODE: Readonly<Record<string, Pick>> = {
  '8000': (flows) => flows.ind_invsr,
  '9000': (flows) => flows.frgnr_invsr,
  '9100': (flows) => flows.frgnr_invsr,
  '1000': (flows) => flows.fnnc_invt,
  '3000': (flows) => flows.invtrt,
  '5000': (flows) => flows.etc_fnnc,
  '4000': (flows) => flows.bank,
  '2000': (flows) => flows.insrnc,
  '6000': (flows) => flows.penfnd_etc,
  '7000': (flows) => flows.natn,
  '7100': (flows) => flows.etc_corp,
  '9999': institutionsOf,
}

function ka10034(call: Call): Sheet {
  const sells = textOf(call.body, 'trde_tp') === '1'
  const rows = listed(call)
    .map((tape) => traded(tape, spanOf(call, tape), (flows) => flows.frgnr_invsr))
    .filter(({ lines }) => lines.length > 0)
    .map((each) => ({ ...each, net: netOf(each.quantity) }))
    .sort((a, b) => (sells ? a.net - b.net : b.net - a.net))
  return {
    rows: ranked(
      rows.map(({ tape, lines, net }) => ({
        ...quoteFields(call, tape),
        trde_qty: String(lines.reduce((sum, { volume }) => sum + volume, 0)),
        netprps_qty: signed(net),
        gain_pos_stkcnt: String(tape.shares - held(call, tape)),
      })),
    ),
  }
}

const held = (call: Call, tape: Tape): number =>
  foreignHoldings(tape, lastDays(call, tape, 1), compactDay(call.market.day))[0] ?? 0

/** Net buys of foreigners on the last three days and together, those that did not change their mind. */
function ka10035(call: Call): Sheet {
  const sells = textOf(call.body, 'trde_tp') === '1'
  const skip = textOf(call.body, 'base_dt_tp') === '1' ? 1 : 0
  const rows = listed(call)
    .map((tape) => {
      const lines = lastDays(call, tape, 3 + skip)
      const days = lines
        .slice(0, lines.length - skip || undefined)
        .slice(-3)
        .reverse()
      const nets = days.map((line) => netOf(investorsOf(tape.id, line.date, line.volume).frgnr_invsr))
      return { tape, nets, total: nets.reduce((sum, net) => sum + net, 0) }
    })
    .filter(({ nets }) => nets.length === 3 && nets.every((net) => (sells ? net < 0 : net > 0)))
    .sort((a, b) => (sells ? a.total - b.total : b.total - a.total))
  return {
    rows: rows.map(({ tape, nets, total }) => ({
      ...quoteFields(call, tape),
      dm1: signed(nets[0] ?? 0),
      dm2: signed(nets[1] ?? 0),
      dm3: signed(nets[2] ?? 0),
      tot: signed(total),
      limit_exh_rt: heldRate(held(call, tape), tape.shares),
    })),
  }
}

function ka10036(call: Call): Sheet {
  const rows = listed(call)
    .map((tape) => {
      const net = netOf(traded(tape, spanOf(call, tape), (flows) => flows.frgnr_invsr).quantity)
      return { tape, now: held(call, tape), net }
    })
    .sort((a, b) => b.net / b.tape.shares - a.net / a.tape.shares)
  return {
    rows: ranked(
      rows.map(({ tape, now, net }) => ({
        ...quoteFields(call, tape),
        poss_stkcnt: String(now),
        gain_pos_stkcnt: String(tape.shares - now),
        base_limit_exh_rt: heldRate(now - net, tape.shares),
        limit_exh_rt: heldRate(now, tape.shares),
        exh_rt_incrs: heldRate(net, tape.shares),
      })),
    ),
  }
}

/** Net quantity and amount of one kind of investor with the average price of the side asked for. */
function sidedRows(call: Call, pick: Pick, sells: boolean): readonly Row[] {
  return listed(call)
    .map((tape) => traded(tape, between(call, tape), pick))
    .map((each) => ({ ...each, net: netOf(each.quantity) }))
    .filter(({ net }) => (sells ? net < 0 : net > 0))
    .sort((a, b) => (sells ? a.net - b.net : b.net - a.net))
    .map(({ tape, lines, net, quantity, amount }) => {
      const side = sells ? 'sell' : 'buy'
      const average = quantity[side] === 0 ? 0 : Math.trunc(amount[side] / quantity[side])
      const price = tape.last || tape.base
      return {
        ...quoteFields(call, tape),
        netprps_qty: signed(net),
        netslmt_qty: signed(net),
        netprps_amt: signed(millionsOf(netOf(amount))),
        netslmt_amt: signed(millionsOf(netOf(amount))),
        prsm_avg_pric: String(average),
        avg_pric_pre: doubleMinus(price - average),
        pre_rt: signedPercent(average === 0 ? 0 : price / average - 1),
        dt_trde_qty: String(lines.reduce((sum, { volume }) => sum + volume, 0)),
      }
    })
}

const ka10044 = (call: Call): Sheet => ({
  rows: sidedRows(call, institutionsOf, textOf(call.body, 'trde_tp') === '1'),
})

const ka10058 = (call: Call): Sheet => ({
  rows: sidedRows(
    call,
    own(BY_CODE, textOf(call.body, 'invsr_tp')) ?? institutionsOf,
    textOf(call.body, 'trde_tp') === '1',
  ),
})

/** Foreigners and institutions on the same side. */
function ka10062(call: Call): Sheet {
  const sells = textOf(call.body, 'trde_tp') === '2'
  const byAmount = textOf(call.body, 'sort_cnd') === '2'
  const unit = textOf(call.body, 'unit_tp') === '1000' ? THOUSAND : 1
  const rows = listed(call)
    .map((tape) => {
      const lines = between(call, tape)
      return {
        tape,
        lines,
        orgn: traded(tape, lines, institutionsOf),
        foreign: traded(tape, lines, (flows) => flows.frgnr_invsr),
      }
    })
    .map((each) => ({
      ...each,
      nets: [netOf(each.orgn.quantity), netOf(each.foreign.quantity)] as const,
      amount: netOf(each.orgn.amount) + netOf(each.foreign.amount),
    }))
    .filter(({ nets }) => nets.every((net) => (sells ? net < 0 : net > 0)))
  const weight = ({ nets: [orgn, foreign], amount }: (typeof rows)[number]) =>
    Math.abs(byAmount ? amount : orgn + foreign)
  const average = (each: Traded) => {
    const side = sells ? 'sell' : 'buy'
    return String(each.quantity[side] === 0 ? 0 : Math.trunc(each.amount[side] / each.quantity[side]))
  }
  return {
    rows: ranked(
      rows
        .sort((a, b) => weight(b) - weight(a))
        .map(({ tape, lines, orgn, foreign, nets }) => ({
          ...quoteFields(call, tape),
          acc_trde_qty: String(lines.reduce((sum, { volume }) => sum + volume, 0)),
          orgn_nettrde_qty: doubleMinus(Math.trunc(nets[0] / unit)),
          orgn_nettrde_amt: doubleMinus(millionsOf(netOf(orgn.amount))),
          orgn_nettrde_avg_pric: average(orgn),
          for_nettrde_qty: doubleMinus(Math.trunc(nets[1] / unit)),
          for_nettrde_amt: doubleMinus(millionsOf(netOf(foreign.amount))),
          for_nettrde_avg_pric: average(foreign),
          nettrde_qty: doubleMinus(Math.trunc(nets[0] / unit) + Math.trunc(nets[1] / unit)),
          nettrde_amt: doubleMinus(millionsOf(netOf(orgn.amount)) + millionsOf(netOf(foreign.amount))),
        })),
    ),
  }
}

function ka10065(call: Call): Sheet {
  const pick = own(BY_CODE, textOf(call.body, 'orgn_tp')) ?? institutionsOf
  const sells = textOf(call.body, 'trde_tp') === '2'
  const rows = todays(call)
    .map(({ tape, lines }) => traded(tape, lines, pick))
    .sort((a, b) => (netOf(b.quantity) - netOf(a.quantity)) * (sells ? -1 : 1))
  return {
    rows: rows.map(({ tape, quantity }) => ({
      ...quoteFields(call, tape),
      sel_qty: quantity.sell === 0 ? '0' : `-${quantity.sell}`,
      buy_qty: signed(quantity.buy),
      netslmt: signed(netOf(quantity)),
    })),
  }
}

/** Each side its own ranking, side by side. Amounts in 천만원, quantities in thousands of shares. */
function ka90009(call: Call): Sheet {
  const date = textOf(call.body, 'qry_dt_tp') === '1' ? textOf(call.body, 'date') : ''
  const sets = (pick: Pick) =>
    listed(call)
      .map((tape) =>
        traded(tape, date === '' ? lastDays(call, tape, 1) : daysOf(call, tape, date, date), pick),
      )
      .sort((a, b) => netOf(a.amount) - netOf(b.amount))
  const cells = (prefix: string, each: Traded | undefined): Row =>
    each
      ? {
          [`${prefix}_stk_cd`]: codeOf(call, each.tape),
          [`${prefix}_stk_nm`]: each.tape.listing.instrument.name,
          [`${prefix}_amt`]: String(Math.trunc(netOf(each.amount) / TEN_MILLION)),
          [`${prefix}_qty`]: String(Math.trunc(netOf(each.quantity) / THOUSAND)),
        }
      : {}
  const foreigners = sets((flows) => flows.frgnr_invsr)
  const institutions = sets(institutionsOf)
  return {
    rows: foreigners.map((each, index) => ({
      ...cells('for_netslmt', each),
      ...cells('for_netprps', foreigners.at(-1 - index)),
      ...cells('orgn_netslmt', institutions[index]),
      ...cells('orgn_netprps', institutions.at(-1 - index)),
    })),
  }
}

/** Rankings by investor: foreigners ka10034 ka10035 ka10036, institutions ka10044, both ka10062 ka90009, any ka10058 ka10065 */
export const INVESTOR_RANKING_OFFERS: Offers = {
  ka10034: catalogued('ka10034', ka10034),
  ka10035: catalogued('ka10035', ka10035),
  ka10036: catalogued('ka10036', ka10036),
  ka10044: catalogued('ka10044', ka10044),
  ka10058: catalogued('ka10058', ka10058),
  ka10062: catalogued('ka10062', ka10062),
  ka10065: catalogued('ka10065', ka10065),
  ka90009: catalogued('ka90009', ka90009),
}
