import { own } from '../../../std/own.ts'
import { compactDay, compactTime, signed, signedPercent } from '../format.ts'
import { type BrokerFlow, brokersOf, MEMBERS, type Member, memberOf, topFive } from '../market/brokers.ts'
import { type Flow, netOf, sumOf } from '../market/chance.ts'
import type { Tape } from '../market/tape.ts'
import type { Row } from '../wire.ts'
import { catalogued, type Sheet } from './catalogue/catalogue.ts'
import { dayRows, ofTape } from './day-quotes.ts'
import { type DayLine, dayFields, daysOf, lastDays } from './days.ts'
import { textOf } from './fields.ts'
import type { Call, Offers } from './offer.ts'
import { inPriceRange, listed, quoteFields, ranked } from './screening.ts'

const MILLION = 1_000_000
const THOUSAND = 1_000

/** Sold quantities carry a minus, bought ones a plus. */
const sold = (quantity: number): string => (quantity === 0 ? '0' : `-${quantity}`)

const brokersToday = (call: Call, tape: Tape, volume = tape.volume): readonly BrokerFlow[] =>
  brokersOf(tape.id, compactDay(call.market.day), volume)

/** The firm's name, code and quantity in each of the five places of both sides; an empty place has code 000. */
function places(
  flows: readonly BrokerFlow[],
  cells: (side: 'sel' | 'buy', n: number, flow: BrokerFlow | undefined) => Row,
): Row {
  const row: Record<string, unknown> = {}
  for (const side of ['sel', 'buy'] as const) {
    const top = topFive(flows, side === 'sel' ? 'sell' : 'buy')
    for (let n = 1; n <= 5; n++) Object.assign(row, cells(side, n, top[n - 1]))
  }
  return row
}

const quantityOf = (side: 'sel' | 'buy', flow: BrokerFlow | undefined): number =>
  flow ? (side === 'sel' ? flow.sell : flow.buy) : 0

const ka10002 = (call: Call, tape: Tape, code: string): Sheet => ({
  top: {
    ...quoteFields(call, tape),
    stk_cd: code,
    ...places(brokersToday(call, tape), (side, n, flow) => ({
      [`${side}_trde_ori_nm_${n}`]: flow?.member.name ?? '',
      [`${side}_trde_ori_${n}`]: flow?.member.code ?? '000',
      [`${side}_trde_qty_${n}`]: String(quantityOf(side, flow)),
    })),
  },
})

/** What each firm did in the last minute. */
function lastMinute(call: Call, tape: Tape): readonly BrokerFlow[] {
  const now = brokersToday(call, tape)
  const then = brokersToday(call, tape, tape.volume - (tape.minutes.at(-1)?.volume ?? 0))
  return now.map((flow, index) => ({
    member: flow.member,
    buy: flow.buy - (then[index]?.buy ?? 0),
    sell: flow.sell - (then[index]?.sell ?? 0),
  }))
}

const foreignSum = (flows: readonly BrokerFlow[]): Flow => sumOf(flows.filter(({ member }) => member.foreign))

/** Who left the top five is not followed: the list at the end is empty. */
function ka10040(call: Call, tape: Tape): Sheet {
  const flows = brokersToday(call, tape)
  const changes = lastMinute(call, tape)
  const changeOf = (member: Member | undefined, side: 'sel' | 'buy') =>
    quantityOf(
      side,
      changes.find((each) => each.member === member),
    )
  const foreign = foreignSum(flows)
  const change = foreignSum(changes)
  return {
    rows: [],
    top: {
      ...places(flows, (side, n, flow) => ({
        [`${side}_trde_ori_irds_${n}`]: signed(changeOf(flow?.member, side)),
        [`${side}_trde_ori_qty_${n}`]:
          side === 'sel' ? sold(quantityOf(side, flow)) : signed(quantityOf(side, flow)),
        [`${side}_trde_ori_${n}`]: flow?.member.name ?? '',
        [`${side}_trde_ori_cd_${n}`]: flow?.member.code ?? '000',
      })),
      frgn_sel_prsm_sum_chang: signed(change.sell),
      frgn_sel_prsm_sum: sold(foreign.sell),
      frgn_buy_prsm_sum: signed(foreign.buy),
      frgn_buy_prsm_sum_chang: signed(change.buy),
    },
  }
}

/** Each firm over some days, in the unit of `total`. */
function over(
  tape: Tape,
  lines: readonly DayLine[],
  total: (line: DayLine) => number,
): readonly BrokerFlow[] {
  const days = lines.map((line) => brokersOf(tape.id, line.date, total(line)))
  return MEMBERS.map((member, index) => ({
    member,
    ...sumOf(days.map((flows) => flows[index] ?? { buy: 0, sell: 0 })),
  }))
}

const spanOf = (call: Call, tape: Tape): readonly DayLine[] => {
  const days = textOf(call.body, 'dt')
  if (days === '0') return lastDays(call, tape, 1)
  return days === '1' ? lastDays(call, tape, 2).slice(0, 1) : lastDays(call, tape, Number(days) || 1)
}

const between = (call: Call, tape: Tape): readonly DayLine[] =>
  daysOf(call, tape, textOf(call.body, 'strt_dt'), textOf(call.body, 'end_dt') || '99999999')

/** 외국계창구: what the foreign firms did. */
function ka10037(call: Call): Sheet {
  const kind = textOf(call.body, 'trde_tp')
  const byAmount = textOf(call.body, 'sort_tp') === '1'
  const weight = (flow: Flow) =>
    kind === '2' ? -netOf(flow) : kind === '3' ? flow.buy : kind === '4' ? flow.sell : netOf(flow)
  const rows = listed(call)
    .map((tape) => ({ tape, lines: spanOf(call, tape) }))
    .map(({ tape, lines }) => ({
      tape,
      lines,
      quantity: foreignSum(over(tape, lines, (line) => line.volume)),
      amount: foreignSum(over(tape, lines, (line) => Math.trunc(line.value / MILLION))),
    }))
    .sort((a, b) => weight(byAmount ? b.amount : b.quantity) - weight(byAmount ? a.amount : a.quantity))
  return {
    rows: ranked(
      rows.map(({ tape, lines, quantity, amount }) => ({
        ...quoteFields(call, tape),
        sel_trde_qty: `-${quantity.sell}`,
        buy_trde_qty: `+${quantity.buy}`,
        netprps_trde_qty: signed(netOf(quantity)),
        netprps_prica: signed(netOf(amount)),
        trde_qty: String(lines.reduce((sum, { volume }) => sum + volume, 0)),
        trde_prica: String(lines.reduce((sum, { value }) => sum + Math.trunc(value / MILLION), 0)),
      })),
    ),
  }
}

/** The firms of one stock over the days; the three totals are bought, sold and net of all listed firms with a net on that side. */
function ka10038(call: Call, tape: Tape): Sheet {
  const sells = textOf(call.body, 'qry_tp') === '1'
  const lines = between(call, tape)
  const flows = over(tape, lines, (line) => line.volume)
    .filter((flow) => (sells ? netOf(flow) < 0 : netOf(flow) > 0))
    .toSorted((a, b) => (sells ? netOf(a) - netOf(b) : netOf(b) - netOf(a)))
  const all = sumOf(flows)
  return {
    top: {
      rank_1: signed(all.buy),
      rank_2: sold(all.sell),
      rank_3: signed(netOf(all)),
      prid_trde_qty: String(lines.reduce((sum, { volume }) => sum + volume, 0)),
    },
    rows: ranked(
      flows.map(({ member, buy, sell }) => ({
        mmcm_nm: member.name,
        buy_qty: signed(buy),
        sell_qty: sold(sell),
        acc_netprps_qty: signed(buy - sell),
      })),
    ),
  }
}

const pickMember = (flows: readonly BrokerFlow[], code: string): Flow =>
  flows.find(({ member }) => member === memberOf(code)) ?? { buy: 0, sell: 0 }

function ka10039(call: Call): Sheet {
  const firm = textOf(call.body, 'mmcm_cd')
  const sells = textOf(call.body, 'trde_tp') === '2'
  const least = Number(textOf(call.body, 'trde_qty_tp')) * THOUSAND
  const rows = listed(call)
    .map((tape) => ({ tape, lines: spanOf(call, tape) }))
    .map(({ tape, lines }) => ({
      tape,
      lines,
      volume: lines.reduce((sum, line) => sum + line.volume, 0),
      quantity: pickMember(
        over(tape, lines, (line) => line.volume),
        firm,
      ),
      amount: pickMember(
        over(tape, lines, (line) => Math.trunc(line.value / MILLION)),
        firm,
      ),
    }))
    .filter(({ volume, quantity }) => volume >= least && quantity.buy + quantity.sell > 0)
    .sort((a, b) => (netOf(b.quantity) - netOf(a.quantity)) * (sells ? -1 : 1))
  return {
    rows: ranked(
      rows.map(({ tape, lines, volume, quantity, amount }) => {
        const from = lines[0]?.before ?? tape.base
        const to = lines.at(-1)?.close ?? from
        return {
          ...quoteFields(call, tape),
          prid_stkpc_flu: signed(to - from),
          flu_rt: signedPercent(from === 0 ? 0 : to / from - 1),
          prid_trde_qty: String(volume),
          netprps: signed(netOf(quantity)),
          buy_trde_qty: signed(quantity.buy),
          sel_trde_qty: sold(quantity.sell),
          netprps_amt: signed(netOf(amount)),
          buy_amt: signed(amount.buy),
          sell_amt: sold(amount.sell),
        }
      }),
    ),
  }
}

/** `qry_dt_tp` 1 uses the dates of the request, 0 the number of days in `dt`. */
const asked = (call: Call, tape: Tape): readonly DayLine[] =>
  textOf(call.body, 'qry_dt_tp') === '1' ? between(call, tape) : spanOf(call, tape)

function ka10042(call: Call, tape: Tape): Sheet {
  const flows = over(tape, asked(call, tape), (line) => line.volume).toSorted((a, b) => netOf(b) - netOf(a))
  return {
    rows: ranked(flows.map(({ member }) => ({ mmcm_cd: String(Number(member.code)), mmcm_nm: member.name }))),
  }
}

const firmDays = (call: Call, tape: Tape, lines: readonly DayLine[]): readonly Row[] =>
  lines.map((line) => {
    const flow = pickMember(brokersOf(tape.id, line.date, line.volume), textOf(call.body, 'mmcm_cd'))
    const both = flow.buy + flow.sell
    return {
      ...dayFields(line),
      sel_qty: String(flow.sell),
      sell_qty: String(flow.sell),
      buy_qty: String(flow.buy),
      netprps_qty: String(netOf(flow)),
      trde_qty_sum: String(both),
      trde_wght: signedPercent(line.volume === 0 ? 0 : both / line.volume),
    }
  })

function ka10043(call: Call, tape: Tape): Sheet {
  const lines = asked(call, tape)
  const byClose = textOf(call.body, 'sort_base') === '1'
  return dayRows(firmDays(call, tape, byClose ? lines.toSorted((a, b) => a.close - b.close) : lines))
}

const ka10078 = (call: Call, tape: Tape): Sheet => dayRows(firmDays(call, tape, between(call, tape)))

/** What the firm did in each stock in the last minute that traded. */
function ka10052(call: Call): Sheet {
  const firm = memberOf(textOf(call.body, 'mmcm_cd'))
  const least = Number(textOf(call.body, 'qty_tp')) * THOUSAND
  const code = textOf(call.body, 'stk_cd').replace(/_AL$/, '')
  const market = own({ '1': 'KOSPI', '2': 'KOSDAQ' }, textOf(call.body, 'mrkt_tp'))
  const rows = listed({ ...call, body: { ...call.body, mrkt_tp: '000' } })
    .filter(({ id }) => code === '' || id === code)
    .filter(({ listing }) => market === undefined || listing.instrument.market === market)
    .filter(({ last }) => last > 0 && inPriceRange(textOf(call.body, 'pric_tp'), last))
    .flatMap((tape) => {
      const at = tape.minutes.at(-1)?.at ?? 0
      const all = pickMember(brokersToday(call, tape), firm?.code ?? '')
      return (['buy', 'sell'] as const).map((side) => ({
        tape,
        at,
        side,
        quantity: pickMember(lastMinute(call, tape), firm?.code ?? '')[side],
        net: netOf(all),
      }))
    })
    .filter(({ quantity }) => quantity > 0 && quantity >= least)
    .sort((a, b) => b.at - a.at)
  return {
    rows: rows.map(({ tape, at, side, quantity, net }) => ({
      ...quoteFields(call, tape),
      tm: compactTime(at),
      trde_ori_nm: firm?.name ?? '',
      tp: side === 'buy' ? '+매수' : '-매도',
      mont_trde_qty: side === 'buy' ? signed(quantity) : sold(quantity),
      acc_netprps: signed(net),
    })),
  }
}

/**
 * 거래원 of one stock ka10002 ka10038 ka10040 ka10042 ka10043 ka10078, over the market ka10037 ka10039 ka10052. ka10053 lists
 * nobody: who left the top five is not followed.
 */
export const BROKER_OFFERS: Offers = {
  ka10002: ofTape('ka10002', ka10002),
  ka10037: catalogued('ka10037', ka10037),
  ka10038: ofTape('ka10038', ka10038),
  ka10039: catalogued('ka10039', ka10039),
  ka10040: ofTape('ka10040', ka10040),
  ka10042: ofTape('ka10042', ka10042),
  ka10043: ofTape('ka10043', ka10043),
  ka10052: catalogued('ka10052', ka10052),
  ka10053: ofTape('ka10053', () => ({ rows: [] })),
  ka10078: ofTape('ka10078', ka10078),
}
