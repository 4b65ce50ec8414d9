import { compactTime, directed, directionSign, millions, signed, signedPercent } from '../format.ts'
import { chanceOf } from '../market/chance.ts'
import type { MinuteBar, Tape, Tick } from '../market/tape.ts'
import type { Row } from '../wire.ts'
import { catalogued, type Sheet } from './catalogue/catalogue.ts'
import { ofTape } from './day-quotes.ts'
import { textOf } from './fields.ts'
import type { Call, Offers } from './offer.ts'
import { formName } from './venue.ts'

const MINUTE_MS = 60_000
const WINDOWS = [5, 20, 60] as const
const PAGE = 100

/** One trade, or one minute of trades, as these lists show it. */
interface Print {
  readonly at: number
  readonly price: number
  readonly quantity: number
  readonly dayVolume: number
  readonly dayValue: number
  readonly strength: number
  readonly bid: number
  readonly ask: number
}

const rate = (price: number, base: number) => signedPercent(base === 0 ? 0 : price / base - 1)

function printFields(print: Print, base: number, tape: Tape): Row {
  const sign = directionSign(print.price, base, undefined)
  return {
    tm: compactTime(print.at),
    cntr_tm: compactTime(print.at),
    cur_prc: directed(print.price, base),
    cntr_pric: directed(print.price, base),
    pred_pre_sig: sign,
    sign,
    pred_pre: signed(print.price - base),
    pre_rt: rate(print.price, base),
    flu_rt: rate(print.price, base),
    pri_sel_bid_unit: directed(print.ask, base),
    pri_buy_bid_unit: directed(print.bid, base),
    trde_qty: String(print.quantity),
    cntr_qty: String(print.quantity),
    cntr_trde_qty: String(print.quantity),
    acc_trde_qty: String(print.dayVolume),
    acc_trde_prica: millions(print.dayValue),
    cntr_str: print.strength.toFixed(2),
    stex_tp: formName(tape),
  }
}

/** 체결강도 of the last minutes up to each tick, over the ticks that are kept (the last 1,000). */
function strengthsOf(ticks: readonly Tick[], minutes: number): readonly number[] {
  let from = 0
  let [bought, sold] = [0, 0]
  const enter = (quantity: number, sign: 1 | -1) => {
    if (quantity > 0) bought += sign * quantity
    else sold -= sign * quantity
  }
  return ticks.map((tick) => {
    enter(tick.quantity, 1)
    for (let old = ticks[from]; old && old.at < tick.at - minutes * MINUTE_MS; old = ticks[from]) {
      enter(old.quantity, -1)
      from++
    }
    return sold === 0 ? (bought === 0 ? 0 : 500) : (bought / sold) * 100
  })
}

function ka10046(_: Call, tape: Tape): Sheet {
  const ticks = tape.ticks.toArray()
  const windows = WINDOWS.map((minutes) => strengthsOf(ticks, minutes))
  const rows = ticks.map((tick, index) => ({
    ...printFields(tick, tape.base, tape),
    ...Object.fromEntries(
      WINDOWS.map((minutes, at) => [`cntr_str_${minutes}min`, (windows[at]?.[index] ?? 0).toFixed(2)]),
    ),
  }))
  return { rows: rows.reverse(), size: PAGE, newestFirst: true }
}

/** A minute as one print of its close; who crossed is known by its sign alone, up bought and down sold. */
const printOf =
  (tape: Tape, strength: number) =>
  (bar: MinuteBar): Print => ({
    at: bar.at,
    price: bar.close,
    quantity: bar.close < bar.open ? -bar.volume : bar.volume,
    dayVolume: bar.dayVolume,
    dayValue: bar.dayVolume * bar.close,
    strength,
    bid: tape.bid,
    ask: tape.ask,
  })

/** Yesterday's minutes stand for its ticks: no tape of it exists. */
function yesterday(call: Call, tape: Tape): { readonly prints: readonly Print[]; readonly base: number } {
  const bars = call.history.daily(tape)
  const last = bars.at(-1)
  const strength = 60 + 90 * chanceOf(`${tape.id}/${last?.day.replaceAll('-', '') ?? ''}/strength`)
  const minutes = call.history.minutes(tape)
  const day = Math.floor((minutes.at(-1)?.at ?? 0) / 86_400_000)
  const prints = minutes.filter(({ at }) => Math.floor(at / 86_400_000) === day).map(printOf(tape, strength))
  return { prints, base: bars.at(-2)?.close ?? tape.base }
}

const printsOf = (call: Call, tape: Tape): { readonly prints: readonly Print[]; readonly base: number } => {
  if (textOf(call.body, 'tdy_pred') === '2') return yesterday(call, tape)
  const prints =
    textOf(call.body, 'tic_min') === '1'
      ? tape.minutes.map(printOf(tape, tape.ticks.toArray().at(-1)?.strength ?? 0))
      : tape.ticks.toArray()
  return { prints, base: tape.base }
}

function printList(call: Call, tape: Tape): Sheet {
  const { prints, base } = printsOf(call, tape)
  const until = textOf(call.body, 'tm')
  const rows = prints
    .filter(({ at }) => until === '' || compactTime(at) <= until.padEnd(6, '9'))
    .map((print) => printFields(print, base, tape))
  return { rows: rows.reverse(), size: PAGE, newestFirst: true }
}

/** ka10046 체결강도 시간별, ka10055 당일전일체결량, ka10084 당일전일체결; ka10011 신주인수권: none is listed here. */
export const TRADE_LIST_OFFERS: Offers = {
  ka10011: catalogued('ka10011', () => ({ rows: [] })),
  ka10046: ofTape('ka10046', ka10046),
  ka10055: ofTape('ka10055', printList),
  ka10084: ofTape('ka10084', printList),
}
