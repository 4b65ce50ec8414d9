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
import { amountText, amountWords, escaped, priceText, whole, written } from './format.ts'
import { type Fact, facts, heading, list, page, section } from './page.ts'
import { shakenTable } from './robustness-section.ts'
import { type WonValue, wonFacts } from './won-value.ts'

/** What a page tells besides the figures. Everything is text for people. */
export interface ReportInput {
  readonly title: Sentence
  readonly subtitle: string
  readonly result: BacktestResult
  readonly figures: Figures
  /** What cannot have happened; a page with any says so first. */
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

const MOST_TRADES = 500
const MOST_NAMES = 30

/** A result as one HTML page that needs nothing else: no script, no font, no network. */
export function reportPage(input: ReportInput): string {
  const { title, subtitle, figures, result } = input
  const parts = [
    heading(title, subtitle),
    alarms(input),
    cards(figures),
    section('원화로 보면', 'In won, for information', input.won ? facts(wonFacts(input.won)) : ''),
    remarks(figures),
    curves(figures),
    months(figures),
    tradeCharts(input),
    section(
      '모든 수치',
      'All figures',
      `<div class="groups">${figures.groups.map((each) => group(each, figures.currency)).join('')}</div>`,
    ),
    input.robustness
      ? section('몬테카를로', 'Monte Carlo', shakenTable(input.robustness, figures.currency))
      : '',
    groupTables(input),
    section('가정', 'Assumptions', facts(input.assumptions)),
    section('데이터', 'Data', facts(input.certificate)),
    trades(input),
    `<p class="legend">decision hash <code>${escaped(result.decisionHash)}</code></p>`,
  ]
  return page(title, parts)
}

function alarms({ absurd, result }: ReportInput): string {
  const { stopped } = result
  const stop = stopped
    ? [
        {
          ko: `${moment(homeOf(result), stopped.at, 8)} ${stopped.instrument ?? ''} ${stopped.ko}`,
          en: stopped.en,
        },
      ]
    : []
  return [
    section('이 결과는 있을 수 없습니다', 'This cannot have happened', list(absurd), 'alarm'),
    section(
      '전략 때문에 중간에 멈췄습니다',
      'Stopped by the strategy before the data ended',
      list(stop),
      'alarm',
    ),
  ].join('')
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

function cards({ groups, currency }: Figures): string {
  const all = groups.flatMap(({ figures }) => figures)
  const shown = CARDS.flatMap((key) => all.filter((each) => each.key === key))
  return `<div class="cards">${shown
    .map(
      (each) =>
        `<div class="card"><span>${escaped(each.ko)}</span><b class="${signOf(each)}">${value(each, currency)}</b><span>${escaped(each.en)}</span></div>`,
    )
    .join('')}</div>`
}

const SIGNED = new Set([
  'totalReturn',
  'annualReturn',
  'maximumDrawdown',
  'expectancy',
  'alpha',
  'benchmarkReturn',
])

function signOf({ key, value }: Figure): string {
  if (!SIGNED.has(key) || !value.ok || value.value === 0) return ''
  return value.value > 0 ? 'up' : 'down'
}

function value({ unit, value }: Figure, currency: Figures['currency']): string {
  const { text, why } = written(unit, value, currency)
  return why === undefined ? escaped(text) : `<span title="${escaped(why)}">–</span>`
}

function remarks({ remarks, groups }: Figures): string {
  const total = groups.flatMap(({ figures }) => figures).find(({ key }) => key === 'totalReturn')?.value
  const isLoss = total?.ok === true && total.value <= 0
  const inside =
    remarks.length > 0
      ? list(remarks.map(({ sentence }) => sentence))
      : isLoss
        ? '<p>벌지 못했습니다. 자동 점검은 이익이 진짜인지를 볼 뿐입니다. <span class="en">It earned nothing; the automatic checks only ask whether a profit is real.</span></p>'
        : '<p>자동 점검에서 걸린 것이 없습니다. <span class="en">The automatic checks found nothing.</span></p>'
  return section('의심할 점', 'What to doubt', inside)
}

function curves({ currency = 'KRW', days, equity, drawdown, benchmark }: Figures): string {
  const first = benchmark?.closes[0] ?? 0
  const start = equity[0] ?? 0
  const scaled = benchmark && first > 0 ? benchmark.closes.map((close) => (close / first) * start) : undefined
  const theirs = scaled ? [{ name: benchmark?.name ?? '', values: scaled, kind: 'theirs' as const }] : []
  const chart = lineChart([...theirs, { name: 'equity', values: equity, kind: 'ours' }], {
    height: 300,
    labels: days,
    format: (value) => amountText(currency, value),
  })
  const legend = `<p class="legend"><i style="background:var(--ours)"></i>평가금액 equity${benchmark ? `<i style="background:var(--theirs)"></i>${escaped(benchmark.name)}` : ''}</p>`
  const below = drawdown.ok
    ? lineChart([{ name: 'drawdown', values: drawdown.value.subarray(1), kind: 'below' }], {
        height: 160,
        labels: days,
        format: percent,
      })
    : ''
  return section('자산', 'Equity', chart === '' ? '' : chart + legend) + section('낙폭', 'Drawdown', below)
}

function months({ months }: Figures): string {
  if (!months.ok || months.value.length === 0) return ''
  const head = Array.from({ length: 12 }, (_, i) => `<th>${i + 1}월</th>`).join('')
  const rows = months.value.map(
    (row: YearRow) =>
      `<tr><th>${row.year}</th>${row.months.map(cell).join('')}<td style="${shade(row.total)}"><b>${percent(row.total)}</b></td></tr>`,
  )
  const table = `<div class="scroll"><table class="heat"><tr><th></th>${head}<th>연 year</th></tr>${rows.join('')}</table></div>`
  return section('월별 수익률', 'Returns by month', table)
}

const cell = (ratio: number | undefined): string =>
  ratio === undefined ? '<td></td>' : `<td style="${shade(ratio)}">${(ratio * 100).toFixed(1)}</td>`

/** Full colour at a tenth. */
const shade = (ratio: number): string => {
  const strength = Math.round(Math.min(1, Math.abs(ratio) / 0.1) * 55)
  return `background:color-mix(in srgb,var(--${ratio >= 0 ? 'up' : 'down'}) ${strength}%,transparent)`
}

function tradeCharts({ figures: { returns }, result, candles }: ReportInput): string {
  const gains = result.roundTrips.map(({ realizedPnl, buyValue }) =>
    buyValue > 0 ? realizedPnl / buyValue : 0,
  )
  return [
    candles
      ? section(
          `매매 위치: ${candles.title}`,
          'Trades on candles',
          candleChart(candles.bars, candles.marks, {
            height: 320,
            format: (value) => amountText(currencyOf(homeOf(result)), value),
          }),
        )
      : '',
    section(
      '거래별 수익률 분포',
      'Distribution of trade returns',
      histogram(gains, { height: 200, format: percent }),
    ),
    section(
      '일별 수익률 분포',
      'Distribution of daily returns',
      histogram([...returns], { height: 200, format: percent }),
    ),
    costs(result),
  ].join('')
}

function costs(result: BacktestResult): string {
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
  const table = rows.map(
    ([name, won]) =>
      `<tr><td class="text">${name}</td><td class="${won < 0 ? 'down' : 'up'}">${amountWords(currency, won)}</td></tr>`,
  )
  return section('비용', 'Costs', `<div class="scroll"><table>${table.join('')}</table></div>`)
}

const group = ({ ko, en, figures }: Figures['groups'][number], currency: Figures['currency']): string =>
  `<div><h2>${escaped(ko)} <small>${escaped(en)}</small></h2><dl>${figures
    .map(
      (each) =>
        `<div><dt>${escaped(each.ko)}<small>${escaped(each.en)}</small></dt><dd class="${signOf(each)}">${value(each, currency)}</dd></div>`,
    )
    .join('')}</dl></div>`

function groupTables({ figures, nameOf }: ReportInput): string {
  const { byExit, byHour, byInstrument, currency = 'KRW' } = figures
  return [
    groupTable('청산 사유별', 'By exit', byExit, (key) => key, currency),
    byHour.length > 1
      ? groupTable('진입 시각별', 'By hour of entry', byHour, (key) => `${key}시`, currency)
      : '',
    groupTable('종목별', 'By instrument', byInstrument.slice(0, MOST_NAMES), nameOf, currency),
  ].join('')
}

function groupTable<K>(
  ko: string,
  en: string,
  groups: readonly TradeGroup<K>[],
  nameOf: (key: K) => string,
  currency: Currency,
): string {
  if (groups.length === 0) return ''
  const rows = groups.map(({ key, count, netPnl, costs, wins, profitFactor, expectancy }) => {
    const rate = wins.ok ? `${(wins.value.rate * 100).toFixed(1)}%` : '–'
    const factor = written('number', profitFactor).text
    return `<tr><td class="text">${escaped(nameOf(key))}</td><td>${whole(count)}</td><td>${rate}</td><td class="${netPnl < 0 ? 'down' : 'up'}">${amountText(currency, netPnl)}</td><td>${amountText(currency, costs)}</td><td>${factor}</td><td>${written('money', expectancy, currency).text}</td></tr>`
  })
  const head =
    '<tr><th class="text"></th><th>거래 <small>n</small></th><th>승률 <small>wins</small></th><th>손익 <small>net</small></th><th>비용 <small>costs</small></th><th>PF</th><th>기대값 <small>each</small></th></tr>'
  return section(ko, en, `<div class="scroll"><table>${head}${rows.join('')}</table></div>`)
}

function trades({ result, nameOf }: ReportInput): string {
  const { roundTrips } = result
  if (roundTrips.length === 0)
    return section(
      '거래',
      'Trades',
      '<p>끝난 거래가 없습니다. <span class="en">No trade was closed.</span></p>',
    )
  const rows = roundTrips.slice(0, MOST_TRADES).map((trip) => row(trip, nameOf, homeOf(result)))
  const more =
    roundTrips.length > MOST_TRADES
      ? `<p class="legend">${whole(MOST_TRADES)} / ${whole(roundTrips.length)} — 나머지는 trades.csv · the rest is in trades.csv</p>`
      : ''
  const head =
    '<tr><th class="text">종목 <small>name</small></th><th>진입 <small>in</small></th><th>청산 <small>out</small></th><th>수량 <small>shares</small></th><th>매수가 <small>paid</small></th><th>매도가 <small>got</small></th><th>손익 <small>net</small></th><th>%</th><th class="text">사유 <small>reason</small></th></tr>'
  return section('거래', 'Trades', `<div class="scroll"><table>${head}${rows.join('')}</table></div>${more}`)
}

function row(trip: RoundTrip, nameOf: ReportInput['nameOf'], home: HomeVenue): string {
  const currency = currencyOf(home)
  const { instrument, quantity, buyValue, sellValue, realizedPnl, openedAt, closedAt, exitReason } = trip
  const kind = realizedPnl < 0 ? 'down' : 'up'
  const each = (value: number) => (quantity > 0 ? priceText(currency, value / quantity) : '–')
  const ratio = buyValue > 0 ? percent(realizedPnl / buyValue) : '–'
  return `<tr><td class="text">${escaped(nameOf(instrument))}</td><td>${moment(home, openedAt)}</td><td>${moment(home, closedAt)}</td><td>${whole(quantity)}</td><td>${each(buyValue)}</td><td>${each(sellValue)}</td><td class="${kind}">${amountText(currency, realizedPnl)}</td><td class="${kind}">${ratio}</td><td class="text">${escaped(exitReason)}</td></tr>`
}

/** At the exchange, to the minute (5) or to the second (8). */
const moment = (home: HomeVenue, at: number, letters: 5 | 8 = 5): string =>
  `${localDay(home, at)} ${localClock(home, at).slice(0, letters)}`

const homeOf = ({ venue = 'KRX' }: BacktestResult): HomeVenue => venue
