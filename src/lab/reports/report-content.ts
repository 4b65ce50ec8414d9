import { currencyOf, type HomeVenue, localClock, localDay } from '../../model/home-venue.ts'
import type { Currency } from '../../model/money.ts'
import type { RoundTrip } from '../../model/position.ts'
import type { Sentence } from '../../model/sentence.ts'
import { percent } from '../../std/numbers.ts'
import type { BacktestResult } from '../analytics/backtest-result.ts'
import type { YearRow } from '../analytics/calendar-tables.ts'
import type { Robustness } from '../analytics/robustness.ts'
import type { TradeGroup } from '../analytics/trade-groups.ts'
import { type Candle, candleChart, histogram, lineChart, type Mark } from './charts.ts'
import type { Figure } from './figure.ts'
import type { Figures } from './figures.ts'
import { amountText, amountWords, priceText, whole, written } from './format.ts'
import type { Fact } from './page.ts'
import { type WonValue, wonFacts } from './won-value.ts'

/** What a report tells besides the figures. Everything is text for people. */
export interface ReportInput {
  readonly title: Sentence
  readonly subtitle: string
  readonly result: BacktestResult
  readonly figures: Figures
  /** What cannot have happened; a report with any says so first. */
  readonly absurd: readonly Sentence[]
  readonly assumptions: readonly Fact[]
  readonly certificate: readonly Fact[]
  /** A result in dollars as it looks in won, for information. */
  readonly won?: WonValue
  readonly nameOf: (instrument: string) => string
  readonly robustness?: Robustness
  /** The instrument with the most trades, with our trades on its bars. */
  readonly candles?: {
    readonly title: string
    readonly bars: readonly Candle[]
    readonly marks: readonly Mark[]
  }
}

/** Red as what rose, blue as what fell. */
export type Tone = 'up' | 'down'

export interface Column extends Sentence {
  /** Words stand on the left, numbers on the right. */
  readonly isText?: true
}

export interface Cell {
  readonly text: string
  readonly tone?: Tone | undefined
}

/** A figure as it is shown. */
export interface Shown extends Sentence {
  readonly text: string
  /** Why there is no value. */
  readonly why?: string
  readonly tone?: Tone | undefined
}

/** One thing inside a section. */
export type Part =
  | { readonly is: 'words'; readonly words: Sentence }
  | { readonly is: 'list'; readonly sentences: readonly Sentence[] }
  | { readonly is: 'facts'; readonly facts: readonly Fact[] }
  | {
      readonly is: 'chart'
      /** As `charts.ts` draws it. */
      readonly chart: string
      readonly legend?: readonly { readonly name: string; readonly kind: 'ours' | 'theirs' }[]
    }
  | { readonly is: 'months'; readonly years: readonly YearRow[] }
  | {
      readonly is: 'figures'
      readonly groups: readonly (Sentence & { readonly figures: readonly Shown[] })[]
    }
  | {
      readonly is: 'table'
      /** None: the rows speak for themselves. */
      readonly columns: readonly Column[]
      readonly rows: readonly (readonly Cell[])[]
      readonly note?: string
    }
  | { readonly is: 'shaken'; readonly robustness: Robustness; readonly currency: Currency }

/** A part of a report under a heading of its own; one without any part is not shown. */
export interface ReportSection extends Sentence {
  readonly isAlarm?: true
  readonly parts: readonly Part[]
}

/** What stands between the heading and the first section about the run itself. */
export interface ReportContent {
  readonly alarms: readonly ReportSection[]
  readonly cards: readonly Shown[]
  readonly sections: readonly ReportSection[]
}

/** A result as a page and a document tell it, in order. Numbers are written, nothing is laid out yet. */
export function reportContent(input: ReportInput): ReportContent {
  const { figures, result, robustness, won } = input
  const currency = figures.currency ?? 'KRW'
  const sections: readonly ReportSection[] = [
    {
      ko: '원화로 보면',
      en: 'In won, for information',
      parts: won ? [{ is: 'facts', facts: wonFacts(won) }] : [],
    },
    { ko: '의심할 점', en: 'What to doubt', parts: [doubts(figures)] },
    ...curves(figures),
    { ko: '월별 수익률', en: 'Returns by month', parts: months(figures) },
    ...tradeCharts(input),
    { ko: '비용', en: 'Costs', parts: [costs(result)] },
    { ko: '모든 수치', en: 'All figures', parts: [{ is: 'figures', groups: allFigures(figures) }] },
    {
      ko: '몬테카를로',
      en: 'Monte Carlo',
      parts: robustness ? [{ is: 'shaken', robustness, currency }] : [],
    },
    ...groupTables(input),
    { ko: '가정', en: 'Assumptions', parts: [{ is: 'facts', facts: input.assumptions }] },
    { ko: '데이터', en: 'Data', parts: [{ is: 'facts', facts: input.certificate }] },
    { ko: '거래', en: 'Trades', parts: [trades(input)] },
  ]
  return {
    alarms: alarms(input).filter(isTold),
    cards: cards(figures),
    sections: sections.filter(isTold),
  }
}

const isTold = ({ parts }: ReportSection): boolean => parts.length > 0

function alarms({ absurd, result }: ReportInput): readonly ReportSection[] {
  const { stopped } = result
  const list = (sentences: readonly Sentence[]): readonly Part[] =>
    sentences.length > 0 ? [{ is: 'list', sentences }] : []
  const stop = stopped && {
    ko: `${moment(homeOf(result), stopped.at, 8)} ${stopped.instrument ?? ''} ${stopped.ko}`,
    en: stopped.en,
  }
  return [
    { ko: '이 결과는 있을 수 없습니다', en: 'This cannot have happened', isAlarm: true, parts: list(absurd) },
    {
      ko: '전략 때문에 중간에 멈췄습니다',
      en: 'Stopped by the strategy before the data ended',
      isAlarm: true,
      parts: list(stop ? [stop] : []),
    },
  ]
}

const CARDS = [
  'totalReturn',
  'annualReturn',
  'maximumDrawdown',
  'sharpe',
  'trades',
  'winRate',
  'profitFactor',
  'breakEvenCosts',
]

function cards({ groups, currency }: Figures): readonly Shown[] {
  const all = groups.flatMap(({ figures }) => figures)
  return CARDS.flatMap((key) => all.filter((each) => each.key === key)).map((each) => shown(each, currency))
}

const SIGNED = new Set([
  'totalReturn',
  'annualReturn',
  'maximumDrawdown',
  'expectancy',
  'alpha',
  'benchmarkReturn',
])

function shown({ key, ko, en, unit, value }: Figure, currency: Figures['currency']): Shown {
  const isSigned = SIGNED.has(key) && value.ok && value.value !== 0
  return { ko, en, ...written(unit, value, currency), tone: isSigned ? toneOf(value.value) : undefined }
}

const toneOf = (value: number): Tone => (value < 0 ? 'down' : 'up')

const allFigures = ({ groups, currency }: Figures) =>
  groups.map(({ ko, en, figures }) => ({ ko, en, figures: figures.map((each) => shown(each, currency)) }))

const NO_GAIN: Sentence = {
  ko: '벌지 못했습니다. 자동 점검은 이익이 진짜인지를 볼 뿐입니다.',
  en: 'It earned nothing; the automatic checks only ask whether a profit is real.',
}
const NOTHING_FOUND: Sentence = {
  ko: '자동 점검에서 걸린 것이 없습니다.',
  en: 'The automatic checks found nothing.',
}

function doubts({ remarks, groups }: Figures): Part {
  if (remarks.length > 0) return { is: 'list', sentences: remarks.map(({ sentence }) => sentence) }
  const total = groups.flatMap(({ figures }) => figures).find(({ key }) => key === 'totalReturn')?.value
  return { is: 'words', words: total?.ok === true && total.value <= 0 ? NO_GAIN : NOTHING_FOUND }
}

/** A chart that has nothing to show is empty text. */
const drawn = (chart: string, legend?: Extract<Part, { is: 'chart' }>['legend']): readonly Part[] =>
  chart === '' ? [] : [{ is: 'chart', chart, ...(legend && { legend }) }]

function curves({ currency = 'KRW', days, equity, drawdown, benchmark }: Figures): readonly ReportSection[] {
  const first = benchmark?.closes[0] ?? 0
  const start = equity[0] ?? 0
  const scaled = benchmark && first > 0 ? benchmark.closes.map((close) => (close / first) * start) : undefined
  const theirs = scaled ? [{ name: benchmark?.name ?? '', values: scaled, kind: 'theirs' as const }] : []
  const chart = lineChart([...theirs, { name: 'equity', values: equity, kind: 'ours' }], {
    height: 300,
    labels: days,
    format: (value) => amountText(currency, value),
  })
  const below = drawdown.ok
    ? lineChart([{ name: 'drawdown', values: drawdown.value.subarray(1), kind: 'below' }], {
        height: 160,
        labels: days,
        format: percent,
      })
    : ''
  const legend = [
    { name: '평가금액 equity', kind: 'ours' as const },
    ...(benchmark ? [{ name: benchmark.name, kind: 'theirs' as const }] : []),
  ]
  return [
    { ko: '자산', en: 'Equity', parts: drawn(chart, legend) },
    { ko: '낙폭', en: 'Drawdown', parts: drawn(below) },
  ]
}

const months = ({ months: table }: Figures): readonly Part[] =>
  table.ok && table.value.length > 0 ? [{ is: 'months', years: table.value }] : []

function tradeCharts({ figures: { returns }, result, candles }: ReportInput): readonly ReportSection[] {
  const format = (value: number) => amountText(currencyOf(homeOf(result)), value)
  const gains = result.roundTrips.map(({ realizedPnl, buyValue }) =>
    buyValue > 0 ? realizedPnl / buyValue : 0,
  )
  const bars = (values: readonly number[]) => drawn(histogram(values, { height: 200, format: percent }))
  return [
    {
      ko: `매매 위치: ${candles?.title ?? ''}`,
      en: 'Trades on candles',
      parts: candles ? drawn(candleChart(candles.bars, candles.marks, { height: 320, format })) : [],
    },
    { ko: '거래별 수익률 분포', en: 'Distribution of trade returns', parts: bars(gains) },
    { ko: '일별 수익률 분포', en: 'Distribution of daily returns', parts: bars([...returns]) },
  ]
}

function costs(result: BacktestResult): Part {
  const { roundTrips, costs: charged } = result
  const { commission, tax } = charged
  const currency = currencyOf(homeOf(result))
  const net = roundTrips.reduce((sum, { realizedPnl }) => sum + realizedPnl, 0)
  const gross = net + roundTrips.reduce((sum, trip) => sum + trip.buyFees + trip.sellFees + trip.tax, 0)
  const rows: readonly (readonly [string, number])[] = [
    ['비용 전 손익 gross', gross],
    ['수수료 commission', -commission],
    [currency === 'USD' ? 'SEC 수수료 fee' : '세금 tax', -tax],
    ['실현 손익 net', net],
  ]
  return {
    is: 'table',
    columns: [],
    rows: rows.map(([name, won]) => [
      { text: name },
      { text: amountWords(currency, won), tone: toneOf(won) },
    ]),
  }
}

const MOST_NAMES = 30

function groupTables({ figures, nameOf }: ReportInput): readonly ReportSection[] {
  const { byExit, byHour, byInstrument, currency = 'KRW' } = figures
  const hours = byHour.length > 1 ? byHour : []
  return [
    {
      ko: '청산 사유별',
      en: 'By exit',
      parts: groupTable(byExit, (key) => key, currency),
    },
    { ko: '진입 시각별', en: 'By hour of entry', parts: groupTable(hours, (key) => `${key}시`, currency) },
    {
      ko: '종목별',
      en: 'By instrument',
      parts: groupTable(byInstrument.slice(0, MOST_NAMES), nameOf, currency),
    },
  ]
}

const GROUP_COLUMNS: readonly Column[] = [
  { ko: '', en: '', isText: true },
  { ko: '거래', en: 'n' },
  { ko: '승률', en: 'wins' },
  { ko: '손익', en: 'net' },
  { ko: '비용', en: 'costs' },
  { ko: 'PF', en: '' },
  { ko: '기대값', en: 'each' },
]

function groupTable<K>(
  groups: readonly TradeGroup<K>[],
  nameOf: (key: K) => string,
  currency: Currency,
): readonly Part[] {
  const rows = groups.map(
    ({ key, count, netPnl, costs, wins, profitFactor, expectancy }): readonly Cell[] => [
      { text: nameOf(key) },
      { text: whole(count) },
      { text: wins.ok ? `${(wins.value.rate * 100).toFixed(1)}%` : '–' },
      { text: amountText(currency, netPnl), tone: toneOf(netPnl) },
      { text: amountText(currency, costs) },
      { text: written('number', profitFactor).text },
      { text: written('money', expectancy, currency).text },
    ],
  )
  return rows.length > 0 ? [{ is: 'table', columns: GROUP_COLUMNS, rows }] : []
}

const MOST_TRADES = 500
const NO_TRADES: Sentence = { ko: '끝난 거래가 없습니다.', en: 'No trade was closed.' }
const TRADE_COLUMNS: readonly Column[] = [
  { ko: '종목', en: 'name', isText: true },
  { ko: '진입', en: 'in' },
  { ko: '청산', en: 'out' },
  { ko: '수량', en: 'shares' },
  { ko: '매수가', en: 'paid' },
  { ko: '매도가', en: 'got' },
  { ko: '손익', en: 'net' },
  { ko: '%', en: '' },
  { ko: '사유', en: 'reason', isText: true },
]

function trades({ result, nameOf }: ReportInput): Part {
  const { roundTrips } = result
  if (roundTrips.length === 0) return { is: 'words', words: NO_TRADES }
  const rows = roundTrips.slice(0, MOST_TRADES).map((trip) => tradeRow(trip, nameOf, homeOf(result)))
  const note = `${whole(MOST_TRADES)} / ${whole(roundTrips.length)} — 나머지는 trades.csv · the rest is in trades.csv`
  return { is: 'table', columns: TRADE_COLUMNS, rows, ...(roundTrips.length > MOST_TRADES && { note }) }
}

function tradeRow(trip: RoundTrip, nameOf: ReportInput['nameOf'], home: HomeVenue): readonly Cell[] {
  const currency = currencyOf(home)
  const { instrument, quantity, buyValue, sellValue, realizedPnl, openedAt, closedAt, exitReason } = trip
  const tone = toneOf(realizedPnl)
  const each = (value: number) => (quantity > 0 ? priceText(currency, value / quantity) : '–')
  return [
    { text: nameOf(instrument) },
    { text: moment(home, openedAt) },
    { text: moment(home, closedAt) },
    { text: whole(quantity) },
    { text: each(buyValue) },
    { text: each(sellValue) },
    { text: amountText(currency, realizedPnl), tone },
    { text: buyValue > 0 ? percent(realizedPnl / buyValue) : '–', tone },
    { text: exitReason },
  ]
}

/** At the exchange, to the minute (5) or to the second (8). */
const moment = (home: HomeVenue, at: number, letters: 5 | 8 = 5): string =>
  `${localDay(home, at)} ${localClock(home, at).slice(0, letters)}`

const homeOf = ({ venue = 'KRX' }: BacktestResult): HomeVenue => venue
