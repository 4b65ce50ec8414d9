import type { Bar } from '../../model/bar.ts'
import { INTERVAL_MS, type Interval } from '../../model/interval.ts'
import { price, quantity } from '../../model/money.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import type { VenueError } from '../../model/venue-error.ts'
import type { BarHistory } from '../../ports/bar-history.ts'
import type { EpochMs } from '../../std/clock.ts'
import { err, ok, type Result } from '../../std/result.ts'
import type { Stamper } from './codec/stamper.ts'
import { bareCode, compactDay, kstDateTime, magnitude, wonPrice } from './codec/values.ts'
import { type KiwoomHttp, URGENCY } from './http.ts'
import { type ChartRow, dailiesReply, minutesReply } from './wire.ts'

/** `tic_scope` of ka10080. Source: Kiwoom REST API guide; wire reference §13. */
const SCOPES: Partial<Record<Interval, string>> = {
  '1m': '1',
  '3m': '3',
  '5m': '5',
  '10m': '10',
  '15m': '15',
  '30m': '30',
  '60m': '60',
}

const OPENS = timeOfDay('09:00')
const CLOSES = timeOfDay('15:30')

type Span = Pick<Bar, 'openAt' | 'closeAt'>

/**
 * Bars from ka10080 (900 minutes) and ka10081 (600 days), one page, adjusted prices. The unfinished bar is left out.
 * Errors: a row that is no bar makes the whole answer unusable: a hole in the past would be a wrong average.
 */
export function createCharts(options: {
  readonly http: Pick<KiwoomHttp, 'query'>
  readonly stamper: Stamper
}): BarHistory {
  const { http, stamper } = options

  const daily = async (instrument: string): Promise<Result<readonly Bar[], VenueError>> => {
    const body = { stk_cd: instrument, base_dt: compactDay(stamper.day()), upd_stkpc_tp: '1' }
    const reply = await http.query('ka10081', body, URGENCY.chart)
    if (!reply.ok) return reply
    const parsed = dailiesReply.safeParse(reply.value)
    if (!parsed.success || bareCode(parsed.data.stk_cd) !== instrument) return err(odd('ka10081', instrument))
    return closedBars(parsed.data.stk_dt_pole_chart_qry, ({ dt }) => daySpan(dt), 'ka10081', instrument)
  }

  const minutes = async (
    instrument: string,
    interval: Interval,
    scope: string,
  ): Promise<Result<readonly Bar[], VenueError>> => {
    const body = { stk_cd: instrument, tic_scope: scope, upd_stkpc_tp: '1' }
    const reply = await http.query('ka10080', body, URGENCY.chart)
    if (!reply.ok) return reply
    const parsed = minutesReply.safeParse(reply.value)
    if (!parsed.success || bareCode(parsed.data.stk_cd) !== instrument) return err(odd('ka10080', instrument))
    const length = INTERVAL_MS[interval]
    const span = ({ cntr_tm }: { readonly cntr_tm: string }) => minuteSpan(cntr_tm, length)
    return closedBars(parsed.data.stk_min_pole_chart_qry, span, 'ka10080', instrument)
  }

  /** Newest first on the wire, oldest first here. */
  function closedBars<Row extends ChartRow>(
    rows: readonly Row[],
    spanOf: (row: Row) => Span | undefined,
    api: string,
    instrument: string,
  ): Result<readonly Bar[], VenueError> {
    const bars: Bar[] = []
    const now = stamper.now()
    for (const row of rows.toReversed()) {
      const span = spanOf(row)
      const bar = span && barOf(row, span)
      if (!bar) return err(odd(api, instrument))
      if (bar !== 'untraded' && bar.closeAt <= now) bars.push(bar)
    }
    const isRising = bars.every(({ openAt }, i) => i === 0 || openAt > (bars[i - 1] as Bar).openAt)
    return isRising ? ok(bars) : err(odd(api, instrument))
  }

  return {
    bars: (instrument, interval) => {
      if (interval === '1d') return daily(instrument)
      const scope = SCOPES[interval]
      return scope === undefined
        ? Promise.resolve(err(noSuch(interval)))
        : minutes(instrument, interval, scope)
    },
  }
}

function daySpan(text: string): Span | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)$/.exec(text.trim())
  if (!match || Number.isNaN(Date.parse(`${match[1]}-${match[2]}-${match[3]}`))) return undefined
  const day = tradingDay(`${match[1]}-${match[2]}-${match[3]}`)
  return { openAt: kstInstant(day, OPENS), closeAt: kstInstant(day, CLOSES) }
}

/** The wire tells the start of a bar, and has been seen to tell the middle of its minute. */
function minuteSpan(text: string, lengthMs: number): Span | undefined {
  const at: EpochMs | undefined = kstDateTime(text)
  if (at === undefined) return undefined
  const openAt = at - (at % lengthMs)
  return { openAt, closeAt: openAt + lengthMs }
}

/** A day of a suspended share has a close and no trade. */
function barOf(row: ChartRow, span: Span): Bar | 'untraded' | undefined {
  const [open, high, low, close] = [row.open_pric, row.high_pric, row.low_pric, row.cur_prc].map(wonPrice)
  const volume = magnitude(row.trde_qty)
  if (open === undefined || high === undefined || low === undefined) return undefined
  if (close === undefined || volume === undefined) return undefined
  if (open === 0 || volume === 0) return 'untraded'
  if (low === 0 || low > Math.min(open, close) || high < Math.max(open, close)) return undefined
  return {
    ...span,
    open: price(open),
    high: price(high),
    low: price(low),
    close: price(close),
    volume: quantity(volume),
  }
}

const odd = (api: string, instrument: string): VenueError => ({
  kind: 'unavailable',
  code: 'oddChart',
  text: `${api} ${instrument}: 차트 답을 읽을 수 없습니다 · the chart cannot be read`,
})

const noSuch = (interval: Interval): VenueError => ({
  kind: 'rejected',
  code: 'noSuchInterval',
  text: `${interval} 봉은 키움 차트에 없습니다 · Kiwoom has no chart of ${interval}`,
})
