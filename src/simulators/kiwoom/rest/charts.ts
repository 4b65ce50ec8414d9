import { addDays, type TradingDay, weekday } from '../../../model/time.ts'
import { compactDay, compactInstant, directed, directionSign, millions, signed } from '../format.ts'
import type { DailyBar } from '../market/history.ts'
import type { MinuteBar, Tape, Tick } from '../market/tape.ts'
import type { Refusal } from '../refusals.ts'
import { isRefusal } from '../tokens.ts'
import type { Row } from '../wire.ts'
import { todayOf } from './days.ts'
import { may, need, textOf } from './fields.ts'
import { type Answer, type Call, listAnswer, type Offer, type Offers } from './offer.ts'
import { quotedTape } from './venue.ts'

const MINUTE_MS = 60_000
const INTRADAY_PAGE = 900

const changeFields = (price: number, before: number): Row => ({
  pred_pre: signed(price - before),
  pred_pre_sig: directionSign(price, before, undefined),
})

/** Bars of `scope` minutes from one-minute bars, aligned to midnight. Quiet minutes are missing, not zero. */
function widen(bars: readonly MinuteBar[], scope: number): readonly MinuteBar[] {
  const wide: MinuteBar[] = []
  for (const bar of bars) {
    const at = Math.floor(bar.at / (scope * MINUTE_MS)) * scope * MINUTE_MS
    const last = wide.at(-1)
    if (last?.at === at) {
      last.high = Math.max(last.high, bar.high)
      last.low = Math.min(last.low, bar.low)
      last.close = bar.close
      last.volume += bar.volume
      last.dayVolume = bar.dayVolume
    } else wide.push({ ...bar, at })
  }
  return wide
}

function minutes(call: Call, code: string, tape: Tape): Answer {
  const scope = Number(textOf(call.body, 'tic_scope'))
  const until = textOf(call.body, 'base_dt') || compactDay(call.market.day)
  const closes = new Map<string, number>()
  const bars = call.history.daily(tape)
  for (const [index, bar] of bars.entries())
    closes.set(compactDay(bar.day), bars[index - 1]?.close ?? bar.open)
  const rows = widen([...call.history.minutes(tape), ...tape.minutes], scope)
    .filter((bar) => compactInstant(bar.at).slice(0, 8) <= until)
    .map((bar): Row => {
      const at = compactInstant(bar.at)
      const before = closes.get(at.slice(0, 8)) ?? tape.base
      return {
        cur_prc: directed(bar.close, before),
        trde_qty: String(bar.volume),
        cntr_tm: at,
        open_pric: directed(bar.open, before),
        high_pric: directed(bar.high, before),
        low_pric: directed(bar.low, before),
        acc_trde_qty: String(bar.dayVolume),
        ...changeFields(bar.close, before),
      }
    })
  return listAnswer('stk_min_pole_chart_qry', rows.reverse(), INTRADAY_PAGE, {
    fields: { stk_cd: code },
    newestFirst: true,
  })
}

function tickChart(call: Call, code: string, tape: Tape): Answer {
  const scope = Number(textOf(call.body, 'tic_scope'))
  const ticks = tape.ticks.toArray()
  const groups: Tick[][] = []
  for (let from = 0; from < ticks.length; from += scope) groups.push(ticks.slice(from, from + scope))
  const rows = groups.map((group): Row => {
    const prices = group.map(({ price }) => price)
    const [first] = group
    const close = prices.at(-1) ?? 0
    return {
      cur_prc: directed(close, tape.base),
      trde_qty: String(group.reduce((sum, { quantity }) => sum + Math.abs(quantity), 0)),
      cntr_tm: compactInstant(first?.at ?? 0),
      open_pric: directed(first?.price ?? 0, tape.base),
      high_pric: directed(Math.max(...prices), tape.base),
      low_pric: directed(Math.min(...prices), tape.base),
      ...changeFields(close, tape.base),
    }
  })
  return listAnswer('stk_tic_chart_qry', rows.reverse(), INTRADAY_PAGE, {
    fields: { stk_cd: code, last_tic_cnt: String(groups.at(-1)?.length ?? 0) },
    newestFirst: true,
  })
}

/** The days up to `until`, today's unfinished bar included. */
function dailyBars(call: Call, tape: Tape, until: string): readonly DailyBar[] {
  const today = todayOf(call, tape)
  const bars = [...call.history.daily(tape), ...(today ? [today] : [])]
  return bars.filter((bar) => compactDay(bar.day) <= until)
}

export type Period = 'day' | 'week' | 'month' | 'year'

const periodOf = (day: TradingDay, period: Period): string => {
  if (period === 'day') return day
  if (period === 'week') return addDays(day, -((weekday(day) + 6) % 7))
  return day.slice(0, period === 'month' ? 7 : 4)
}

/** Bars of a longer period; each carries the first trading day in it. */
export function gather(bars: readonly DailyBar[], period: Period): readonly DailyBar[] {
  const wide: { -readonly [K in keyof DailyBar]: DailyBar[K] }[] = []
  let current = ''
  for (const bar of bars) {
    const last = wide.at(-1)
    const key = periodOf(bar.day, period)
    if (last && key === current) {
      last.high = Math.max(last.high, bar.high)
      last.low = Math.min(last.low, bar.low)
      last.close = bar.close
      last.volume += bar.volume
      last.value += bar.value
    } else {
      wide.push({ ...bar })
      current = key
    }
  }
  return wide
}

function longRow(bar: DailyBar, before: number, shares: number, period: Period): Row {
  return {
    cur_prc: String(bar.close),
    trde_qty: String(bar.volume),
    // Millions in a daily bar, won in longer ones: so the vendor's examples.
    trde_prica: period === 'day' ? millions(bar.value) : String(bar.value),
    dt: compactDay(bar.day),
    open_pric: String(bar.open),
    high_pric: String(bar.high),
    low_pric: String(bar.low),
    ...(period === 'year'
      ? {}
      : { ...changeFields(bar.close, before), trde_tern_rt: `+${((bar.volume / shares) * 100).toFixed(2)}` }),
  }
}

/** Rows newest first of daily or longer bars. */
export const longRows = (bars: readonly DailyBar[], shares: number, period: Period): readonly Row[] =>
  bars.map((bar, index) => longRow(bar, bars[index - 1]?.close ?? bar.open, shares, period)).reverse()

const longChart = (name: string, period: Period, size: number): Offer => ({
  fields: [need('stk_cd', 'code'), need('base_dt', 'day'), need('upd_stkpc_tp', ['0', '1'])],
  answer(call): Answer | Refusal {
    const found = quotedTape(call)
    if (isRefusal(found)) return found
    const bars = gather(dailyBars(call, found.tape, textOf(call.body, 'base_dt')), period)
    return listAnswer(name, longRows(bars, found.tape.shares, period), size, {
      fields: { stk_cd: found.code },
      newestFirst: true,
    })
  },
})

const intraday = (
  scopes: readonly string[],
  more: Offer['fields'],
  answer: (call: Call, code: string, tape: Tape) => Answer,
): Offer => ({
  fields: [need('stk_cd', 'code'), need('tic_scope', scopes), need('upd_stkpc_tp', ['0', '1']), ...more],
  answer(call): Answer | Refusal {
    const found = quotedTape(call)
    return isRefusal(found) ? found : answer(call, found.code, found.tape)
  },
})

/** ka10079 tick, ka10080 minute, ka10081 day, ka10082 week, ka10083 month, ka10094 year */
export const CHART_OFFERS: Offers = {
  ka10079: intraday(['1', '3', '5', '10', '30'], [], tickChart),
  ka10080: intraday(['1', '3', '5', '10', '15', '30', '45', '60'], [may('base_dt', 'day')], minutes),
  ka10081: longChart('stk_dt_pole_chart_qry', 'day', 600),
  ka10082: longChart('stk_stk_pole_chart_qry', 'week', 240),
  ka10083: longChart('stk_mth_pole_chart_qry', 'month', 240),
  ka10094: longChart('stk_yr_pole_chart_qry', 'year', 30),
}
