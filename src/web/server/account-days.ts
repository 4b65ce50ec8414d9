import { monthlyTable } from '../../lab/analytics/calendar-tables.ts'
import { critique } from '../../lab/analytics/critique.ts'
import { drawdownSeries } from '../../lab/analytics/drawdown.ts'
import { annualReturn, cumulativeReturn } from '../../lab/analytics/growth.ts'
import { PERIODS_PER_YEAR } from '../../lab/analytics/periods.ts'
import { sharpeSample } from '../../lab/analytics/sharpe-honesty.ts'
import { byEntryHour, byExitReason, byStrategy, groupTrades } from '../../lab/analytics/trade-groups.ts'
import { outcomeOf, type TradeOutcome } from '../../lab/analytics/trade-outcome.ts'
import { type FigureGroup, figure, known } from '../../lab/reports/figure.ts'
import { riskFigures, tradeFigures } from '../../lab/reports/figures.ts'
import { honestyFigures } from '../../lab/reports/honesty-figures.ts'
import { figureGroupJson, tradeGroupJson } from '../../lab/reports/report-json.ts'
import type { TradingDay } from '../../model/time.ts'
import type { DayResultMessage, PerformanceMessage, StatementSpan } from '../contract/performance.ts'
import type { HistoryDays, RecordedDay } from './performance.ts'

/**
 * The result of each day: what was realised, and by how much the value of held shares changed since the record before it, so that
 * what nobody recorded in between is lost in no sum; with none before, since the last close. Of what was deposited or taken out
 * nothing is counted, because cash is not looked at.
 */
export function dayResults({ days, openDay }: HistoryDays): readonly DayResultMessage[] {
  return days.map((recorded, i) => {
    const {
      day,
      realizedPnl,
      unrealizedPnl,
      earlierPnl,
      commission,
      tax,
      equity,
      corrections,
      counts,
      trips,
    } = recorded
    const pnl = realizedPnl + unrealizedPnl - (days[i - 1]?.unrealizedPnl ?? earlierPnl)
    const startEquity = equity - pnl
    return {
      day,
      pnl,
      ...(startEquity > 0 && { ratio: pnl / startEquity }),
      realizedPnl,
      unrealizedPnl,
      commission,
      tax,
      equity,
      startEquity,
      trips: trips.length,
      wins: trips.filter((trip) => trip.realizedPnl > 0).length,
      orders: counts.orders,
      fills: counts.fills,
      alerts: counts.alerts,
      corrections,
      open: day === openDay,
    }
  })
}

export interface Span {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export const within = <T extends { readonly day: string }>(
  days: readonly T[],
  { from, to }: Span,
): readonly T[] =>
  days.filter(({ day }) => (from === undefined || day >= from) && (to === undefined || day <= to))

const YEARLY = { periodsPerYear: PERIODS_PER_YEAR.krxDays }
/** What journals cannot know: how far prices went while a share was held. */
const UNKNOWN_HERE = new Set(['adverse', 'favourable'])

/** All analytics of an account's days, the same that a backtest is given. */
export function analysed(
  recorded: readonly RecordedDay[],
  results: readonly DayResultMessage[],
): Omit<PerformanceMessage, 'source' | 'from' | 'to'> {
  const days = results.map(({ day }) => day as TradingDay)
  const returns = Float64Array.from(results, ({ ratio = 0 }) => Math.max(-1, ratio))
  const trades = recorded.flatMap(({ trips }) =>
    trips.map((trip) => outcomeOf(trip, { strategy: trip.strategy })),
  )
  const nameOf = namesOf(recorded)
  const drawdown = drawdownSeries(returns)
  const months = monthlyTable(days, returns)
  const sample = sharpeSample(returns)
  return {
    doubts:
      results.length === 0
        ? []
        : critique({
            trades,
            history: { periods: returns.length, ...YEARLY },
            // How much of the time something was held is not in a day's result.
            exposure: 1,
            ...(sample.ok && { sample: sample.value }),
          }).map(({ sentence: { ko, en } }) => ({ ko, en })),
    groups: groupsOf(results, returns, trades).map((group) => {
      const { figures, ...words } = figureGroupJson(group)
      return { ...words, figures: figures.filter(({ key }) => !UNKNOWN_HERE.has(key)) }
    }),
    days,
    growth: growthOf(returns),
    drawdown: drawdown.ok ? [...drawdown.value.subarray(1)] : [],
    months: months.ok
      ? months.value.map(({ year, months, total }) => ({
          year,
          months: months.map((ratio) => ratio ?? null),
          total,
        }))
      : [],
    byStrategy: sorted(byStrategy(trades)).map((group) => tradeGroupJson(group, group.key)),
    byExit: sorted(byExitReason(trades)).map((group) => tradeGroupJson(group, group.key)),
    byHour: byEntryHour(trades).map((group) => tradeGroupJson(group, String(group.key))),
    byInstrument: sorted(groupTrades(trades, ({ instrument }) => instrument))
      .slice(0, MOST_NAMES)
      .map((group) => tradeGroupJson(group, nameOf(group.key))),
    costs: costsOf(recorded, trades),
    facts: [],
  }
}

const MOST_NAMES = 50

const sorted = <T extends { readonly netPnl: number }>(groups: readonly T[]): readonly T[] =>
  groups.toSorted((a, b) => b.netPnl - a.netPnl)

function namesOf(recorded: readonly RecordedDay[]): (instrument: string) => string {
  const names = new Map(
    recorded.flatMap(({ trips }) => trips.map((trip) => [trip.instrument as string, trip.name])),
  )
  return (instrument) => names.get(instrument) ?? instrument
}

function growthOf(returns: Float64Array): number[] {
  let value = 1
  return Array.from(returns, (ratio) => {
    value *= 1 + ratio
    return value
  })
}

function groupsOf(
  results: readonly DayResultMessage[],
  returns: Float64Array,
  trades: readonly TradeOutcome[],
): readonly FigureGroup[] {
  const sum = (of: (day: DayResultMessage) => number) =>
    known(results.reduce((total, day) => total + of(day), 0))
  const { periodsPerYear } = YEARLY
  return [
    {
      ko: '수익',
      en: 'Growth',
      figures: [
        figure(
          'pnl',
          '손익 (비용 차감 후)',
          'result, net of costs',
          'money',
          sum(({ pnl }) => pnl),
        ),
        figure('totalReturn', '총수익률', 'total return', 'ratio', cumulativeReturn(returns)),
        figure(
          'annualReturn',
          '연평균 수익률 (CAGR)',
          'growth per year',
          'ratio',
          annualReturn(returns, periodsPerYear),
        ),
        figure('days', '거래일', 'days', 'count', known(results.length)),
        figure('daysUp', '번 날', 'days up', 'count', known(results.filter(({ pnl }) => pnl > 0).length)),
        figure(
          'commission',
          '수수료',
          'commission',
          'money',
          sum(({ commission }) => commission),
        ),
        figure(
          'tax',
          '세금',
          'tax',
          'money',
          sum(({ tax }) => tax),
        ),
      ],
    },
    riskFigures(returns, YEARLY),
    tradeFigures(trades),
    honestyFigures(returns, trades),
  ]
}

function costsOf(
  recorded: readonly RecordedDay[],
  trades: readonly TradeOutcome[],
): PerformanceMessage['costs'] {
  const sum = (of: (day: RecordedDay) => number) => recorded.reduce((total, day) => total + of(day), 0)
  const net = trades.reduce((total, { netPnl }) => total + netPnl, 0)
  const paid = trades.reduce((total, { costs }) => total + costs, 0)
  return {
    gross: net + paid,
    commission: sum(({ commission }) => commission),
    tax: sum(({ tax }) => tax),
    net,
  }
}

/** The first and the last day of the span that holds `on`; weeks begin on Monday. */
export function spanOf(span: StatementSpan, on: string): Span {
  switch (span) {
    case 'day':
      return { from: on, to: on }
    case 'week': {
      const at = Date.parse(`${on}T00:00:00Z`)
      const monday = at - ((new Date(at).getUTCDay() + 6) % 7) * 86_400_000
      const dayAt = (ms: number) => new Date(ms).toISOString().slice(0, 10)
      return { from: dayAt(monday), to: dayAt(monday + 6 * 86_400_000) }
    }
    case 'month':
      return { from: `${on.slice(0, 7)}-01`, to: `${on.slice(0, 7)}-31` }
    case 'all':
      return {}
  }
}
