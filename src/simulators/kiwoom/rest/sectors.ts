import {
  compactDay,
  compactInstant,
  compactTime,
  directedIndex,
  directionSign,
  millions,
  signed,
  signedIndex,
  signedPercent,
} from '../format.ts'
import type { DailyBar } from '../market/history.ts'
import type { IndexMinute, IndexTape } from '../market/indices.ts'
import { type Refusal, refuse } from '../refusals.ts'
import type { Row } from '../wire.ts'
import { longRows } from './charts.ts'
import { need, textOf } from './fields.ts'
import { type Answer, type Call, listAnswer, type Offer, type Offers } from './offer.ts'

const YEAR_DAYS = 250
const MINUTE_MS = 60_000

const shown = (index: IndexTape): number => index.last || index.base
const rate = (value: number, reference: number): string =>
  signedPercent(reference === 0 ? 0 : value / reference - 1)

/** What ka20001 and ka20009 say of an index now. */
export function currentFields(call: Call, index: IndexTape): Row {
  const { base } = index
  const value = shown(index)
  const bars = call.history.indexDaily(index).slice(-YEAR_DAYS)
  const top = bars.reduce<DailyBar | undefined>(
    (best, bar) => (!best || bar.high > best.high ? bar : best),
    undefined,
  )
  const bottom = bars.reduce<DailyBar | undefined>(
    (best, bar) => (!best || bar.low < best.low ? bar : best),
    undefined,
  )
  const high = top?.high ?? value
  const low = bottom?.low ?? value
  return {
    cur_prc: directedIndex(value, base),
    pred_pre_sig: directionSign(value, base, undefined),
    pred_pre: signedIndex(value - base),
    flu_rt: rate(value, base),
    trde_qty: String(Math.trunc(index.volume / 1000)),
    trde_prica: millions(index.value),
    trde_frmatn_stk_num: String(index.traded),
    trde_frmatn_rt: `+${((index.traded / Math.max(1, index.members.length)) * 100).toFixed(2)}`,
    open_pric: directedIndex(index.open || base, base),
    high_pric: directedIndex(index.high || base, base),
    low_pric: directedIndex(index.low || base, base),
    upl: String(index.upper),
    rising: String(index.rising),
    stdns: String(index.unchanged),
    fall: String(index.falling),
    lst: String(index.lower),
    '52wk_hgst_pric': directedIndex(high, base),
    '52wk_hgst_pric_dt': compactDay(top?.day ?? ''),
    '52wk_hgst_pric_pre_rt': rate(value, high),
    '52wk_lwst_pric': directedIndex(low, base),
    '52wk_lwst_pric_dt': compactDay(bottom?.day ?? ''),
    '52wk_lwst_pric_pre_rt': rate(value, low),
  }
}

const current = (call: Call, index: IndexTape): Answer => ({
  fields: { ...currentFields(call, index), inds_cur_prc_tm: timeRows(index) },
})

const timeRows = (index: IndexTape): readonly Row[] =>
  index.rows
    .map(
      (row): Row => ({
        tm_n: compactTime(row.at),
        cur_prc_n: directedIndex(row.value, index.base),
        pred_pre_sig_n: directionSign(row.value, index.base, undefined),
        pred_pre_n: signedIndex(row.value - index.base),
        flu_rt_n: rate(row.value, index.base),
        trde_qty_n: String(Math.trunc(row.volume / 1000)),
        acc_trde_qty_n: String(Math.trunc(row.dayVolume / 1000)),
        stex_tp: '',
      }),
    )
    .reverse()

const sectorRow = (index: IndexTape): Row => ({
  stk_cd: index.code,
  stk_nm: index.name,
  cur_prc: directedIndex(shown(index), index.base),
  pre_sig: directionSign(shown(index), index.base, undefined),
  pred_pre: signedIndex(shown(index) - index.base),
  flu_rt: rate(shown(index), index.base),
  trde_qty: String(Math.trunc(index.volume / 1000)),
  wght: '',
  trde_prica: millions(index.value),
  upl: String(index.upper),
  rising: String(index.rising),
  stdns: String(index.unchanged),
  fall: String(index.falling),
  lst: String(index.lower),
  flo_stk_num: String(index.members.length),
})

function minutes(call: Call, index: IndexTape): Answer {
  const scope = Number(textOf(call.body, 'tic_scope')) * MINUTE_MS
  const wide: IndexMinute[] = []
  for (const bar of index.minutes) {
    const at = Math.floor(bar.at / scope) * scope
    const last = wide.at(-1)
    if (last?.at === at) {
      last.high = Math.max(last.high, bar.high)
      last.low = Math.min(last.low, bar.low)
      last.close = bar.close
      last.volume += bar.volume
    } else wide.push({ ...bar, at })
  }
  let dayVolume = 0
  const rows = wide.map((bar): Row => {
    dayVolume += bar.volume
    return {
      cur_prc: String(bar.close),
      trde_qty: String(Math.trunc(bar.volume / 1000)),
      cntr_tm: compactInstant(bar.at),
      open_pric: String(bar.open),
      high_pric: String(bar.high),
      low_pric: String(bar.low),
      acc_trde_qty: String(Math.trunc(dayVolume / 1000)),
      pred_pre: signed(bar.close - index.base),
      pred_pre_sig: directionSign(bar.close, index.base, undefined),
    }
  })
  return listAnswer('inds_min_pole_qry', rows.reverse(), 900, {
    fields: { inds_cd: index.code },
    newestFirst: true,
  })
}

function daily(call: Call, index: IndexTape): Answer {
  const until = textOf(call.body, 'base_dt')
  const { day } = call.market
  const { open, high, low, last: close, volume, value } = index
  const today: DailyBar[] = close === 0 ? [] : [{ day, open, high, low, close, volume, value }]
  const bars = [...call.history.indexDaily(index), ...today].filter((bar) => compactDay(bar.day) <= until)
  const rows = longRows(bars, Number.POSITIVE_INFINITY, 'day').map(({ trde_tern_rt: _, ...row }) => row)
  return listAnswer('inds_dt_pole_qry', rows, 600, { fields: { inds_cd: index.code }, newestFirst: true })
}

const ofIndex = (fields: Offer['fields'], answer: (call: Call, index: IndexTape) => Answer): Offer => ({
  fields,
  answer(call): Answer | Refusal {
    const index = call.market.index(textOf(call.body, 'inds_cd'))
    return index ? answer(call, index) : refuse.badValue('inds_cd', '제공하지 않는 업종코드입니다')
  },
})

/** ka20001 업종현재가, ka20003 전업종지수, ka20005 업종분봉, ka20006 업종일봉; the indices are 001, 101 and 201. */
export const SECTOR_OFFERS: Offers = {
  ka20001: ofIndex([need('mrkt_tp'), need('inds_cd', 'code')], current),
  ka20003: ofIndex([need('inds_cd', 'code')], (call, index) =>
    listAnswer(
      'all_inds_idex',
      call.market.indices.filter((each) => (index.code === '101') === (each.code === '101')).map(sectorRow),
      100,
    ),
  ),
  ka20005: ofIndex(
    [need('inds_cd', 'code'), need('tic_scope', ['1', '3', '5', '10', '15', '30', '45', '60'])],
    minutes,
  ),
  ka20006: ofIndex([need('inds_cd', 'code'), need('base_dt', 'day')], daily),
}
