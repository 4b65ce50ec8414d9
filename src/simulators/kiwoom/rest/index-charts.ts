import {
  compactDay,
  compactInstant,
  directedIndex,
  directionSign,
  millions,
  signed,
  signedIndex,
  signedPercent,
} from '../format.ts'
import type { DailyBar } from '../market/history.ts'
import type { IndexTape } from '../market/indices.ts'
import { type Refusal, refuse } from '../refusals.ts'
import type { Row } from '../wire.ts'
import { catalogued, type Sheet } from './catalogue/catalogue.ts'
import { gather, type Period } from './charts.ts'
import { textOf } from './fields.ts'
import type { Call, Offer, Offers } from './offer.ts'
import { codeOf, quoteFields } from './screening.ts'
import { currentFields } from './sectors.ts'
import { askedForm } from './venue.ts'

const THOUSAND = 1_000
const INTRADAY_PAGE = 900

/** An API that asks for one index, by `inds_cd`. */
const ofIndex = (id: string, make: (call: Call, index: IndexTape) => Sheet): Offer =>
  catalogued(id, (call): Sheet | Refusal => {
    const index = call.market.index(textOf(call.body, 'inds_cd'))
    return index ? make(call, index) : refuse.badValue('inds_cd', '제공하지 않는 업종코드입니다')
  })

/** The days of an index up to `until`, today's unfinished one among them, oldest first. */
function indexDays(call: Call, index: IndexTape, until = '99999999'): readonly DailyBar[] {
  const { open, high, low, last: close, volume, value } = index
  const today = close === 0 ? [] : [{ day: call.market.day, open, high, low, close, volume, value }]
  return [...call.history.indexDaily(index), ...today].filter((bar) => compactDay(bar.day) <= until)
}

/** Bars × 100 as whole numbers; volumes in thousands of shares, values in millions of won (vendor's examples). */
const barFields = (bar: Omit<DailyBar, 'day'>): Row => ({
  cur_prc: String(bar.close),
  trde_qty: String(Math.trunc(bar.volume / THOUSAND)),
  open_pric: String(bar.open),
  high_pric: String(bar.high),
  low_pric: String(bar.low),
  trde_prica: millions(bar.value),
})

const longChart = (id: string, period: Period, size: number): Offer =>
  ofIndex(id, (call, index) => ({
    top: { inds_cd: index.code },
    rows: gather(indexDays(call, index, textOf(call.body, 'base_dt')), period)
      .map((bar) => ({ ...barFields(bar), dt: compactDay(bar.day) }))
      .reverse(),
    size,
    newestFirst: true,
  }))

/** A tick of an index is a second in which it moved. */
function ka20004(call: Call, index: IndexTape): Sheet {
  const scope = Math.max(1, Number(textOf(call.body, 'tic_scope')) || 1)
  const ticks = index.ticks.toArray()
  const rows: Row[] = []
  for (let from = 0; from < ticks.length; from += scope) {
    const group = ticks.slice(from, from + scope)
    const values = group.map(({ value }) => value)
    const close = values.at(-1) ?? index.base
    rows.push({
      ...barFields({
        open: values[0] ?? close,
        high: Math.max(...values),
        low: Math.min(...values),
        close,
        volume: group.reduce((sum, { volume }) => sum + volume, 0),
        value: 0,
      }),
      cntr_tm: compactInstant(group[0]?.at ?? 0),
      pred_pre: signed(close - index.base),
      pred_pre_sig: directionSign(close, index.base, undefined),
    })
  }
  return { top: { inds_cd: index.code }, rows: rows.reverse(), size: INTRADAY_PAGE, newestFirst: true }
}

/** The stocks of the index in code order (measured), a hundred to a page. */
const ka20002 = (call: Call, index: IndexTape): Sheet => ({
  rows: call.market
    .inForm(askedForm(call))
    .filter(({ id }) => index.members.some((member) => member.id === id))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((tape) => ({ ...quoteFields(call, tape), stk_cd: codeOf(call, tape) })),
})

function ka20009(call: Call, index: IndexTape): Sheet {
  const bars = indexDays(call, index)
  const rows = bars.map((bar, at) => {
    const before = bars[at - 1]?.close ?? bar.open
    return {
      dt_n: compactDay(bar.day),
      cur_prc_n: directedIndex(bar.close, before),
      pred_pre_sig_n: directionSign(bar.close, before, undefined),
      pred_pre_n: signedIndex(bar.close - before),
      flu_rt_n: signedPercent(bar.close / before - 1),
      acc_trde_qty_n: String(Math.trunc(bar.volume / THOUSAND)),
    }
  })
  return { top: currentFields(call, index), rows: rows.reverse(), size: 20, newestFirst: true }
}

/** ka20002 업종별주가, ka20004 틱, ka20007 주봉, ka20008 월봉, ka20019 년봉, ka20009 일별; the indices are 001, 101 and 201. */
export const INDEX_OFFERS: Offers = {
  ka20002: ofIndex('ka20002', ka20002),
  ka20004: ofIndex('ka20004', ka20004),
  ka20007: longChart('ka20007', 'week', 300),
  ka20008: longChart('ka20008', 'month', 240),
  ka20009: ofIndex('ka20009', ka20009),
  ka20019: longChart('ka20019', 'year', 40),
}
