import { compactDay, directed, directionSign, millions, signed, signedPercent } from '../format.ts'
import type { DailyBar } from '../market/history.ts'
import type { Tape } from '../market/tape.ts'
import type { Row } from '../wire.ts'
import type { Call } from './offer.ts'

/** One day of one instrument; `before` is the close of the day before it. */
export interface DayLine extends DailyBar {
  readonly before: number
  /** `YYYYMMDD` */
  readonly date: string
}

/** Today's unfinished bar, undefined before the first print. */
/** Today's unfinished bar; none before the first trade. */
export const todayOf = (call: Call, tape: Tape): DailyBar | undefined =>
  tape.open === 0
    ? undefined
    : {
        day: call.market.day,
        open: tape.open,
        high: tape.high,
        low: tape.low,
        close: tape.last,
        volume: tape.volume,
        value: tape.value,
      }

/** Past days are asked for by every list and never change: their lines are made once per history. */
const pastLines = new WeakMap<readonly DailyBar[], readonly DayLine[]>()

function pastOf(bars: readonly DailyBar[]): readonly DayLine[] {
  const found = pastLines.get(bars)
  if (found) return found
  const made = bars.map((bar, index) => lineOf(bar, bars[index - 1]?.close ?? bar.open))
  pastLines.set(bars, made)
  return made
}

const lineOf = (bar: DailyBar, before: number): DayLine => ({ ...bar, before, date: compactDay(bar.day) })

/** Every day of the history and today's unfinished one, oldest first. */
function allDays(call: Call, tape: Tape): readonly DayLine[] {
  const past = pastOf(call.history.daily(tape))
  const today = todayOf(call, tape)
  return today ? [...past, lineOf(today, past.at(-1)?.close ?? today.open)] : past
}

/** The days from `from` to `to` (`YYYYMMDD`, both included), oldest first, today's unfinished one among them. */
export const daysOf = (call: Call, tape: Tape, from = '', to = '99999999'): readonly DayLine[] =>
  allDays(call, tape).filter(({ date }) => date >= from && date <= to)

/** The last `count` days, today's among them. */
export const lastDays = (call: Call, tape: Tape, count: number): readonly DayLine[] =>
  allDays(call, tape).slice(-Math.max(1, count))

const rate = (price: number, reference: number): string =>
  signedPercent(reference === 0 ? 0 : price / reference - 1)

/** A day under every name the day lists use; prices carry their direction against the close before. */
export const dayFields = (line: DayLine): Row => {
  const { close, before } = line
  const sign = directionSign(close, before, undefined)
  return {
    dt: line.date,
    date: line.date,
    cntr_dt: line.date,
    open_pric: directed(line.open, before),
    high_pric: directed(line.high, before),
    low_pric: directed(line.low, before),
    close_pric: directed(close, before),
    cur_prc: directed(close, before),
    cur_prc_n: directed(close, before),
    pred_pre_sig: sign,
    pre_sig: sign,
    pre_sig_n: sign,
    pred_pre: signed(close - before),
    pred_pre_n: signed(close - before),
    pre: signed(close - before),
    pred_rt: signed(close - before),
    flu_rt: rate(close, before),
    pre_rt: rate(close, before),
    trde_qty: String(line.volume),
    acc_trde_qty: String(line.volume),
    trde_prica: millions(line.value),
    acc_trde_prica: millions(line.value),
    amt_mn: millions(line.value),
  }
}
