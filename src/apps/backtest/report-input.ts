import { symbolOf } from '../../adapters/catalog/actions.ts'
import { setPath } from '../../adapters/catalog/layout.ts'
import type { BacktestResult } from '../../lab/analytics/backtest-result.ts'
import { excursionOf } from '../../lab/analytics/excursions.ts'
import { PERIODS_PER_YEAR } from '../../lab/analytics/periods.ts'
import type { Robustness } from '../../lab/analytics/robustness.ts'
import { stalePricesOf } from '../../lab/analytics/stale-prices.ts'
import { outcomeOf, type TradeOutcome } from '../../lab/analytics/trade-outcome.ts'
import type { Absurdity } from '../../lab/backtest/absurd.ts'
import { absurdSentence } from '../../lab/backtest/absurd-sentences.ts'
import { breakEven } from '../../lab/backtest/break-even.ts'
import type { Candle, Mark } from '../../lab/reports/charts.ts'
import type { Figures } from '../../lab/reports/figures.ts'
import { amountWords, priceText, whole } from '../../lab/reports/format.ts'
import type { Fact } from '../../lab/reports/page.ts'
import type { ReportInput } from '../../lab/reports/report-content.ts'
import type { WonValue } from '../../lab/reports/won-value.ts'
import { currencyOf, type HomeVenue, localClock, localDay } from '../../model/home-venue.ts'
import type { InstrumentId } from '../../model/ids.ts'
import { price } from '../../model/money.ts'
import type { RoundTrip } from '../../model/position.ts'
import type { Sentence } from '../../model/sentence.ts'
import { firstFrom } from '../../std/sorted.ts'
import type { LoadedBars } from './load-bars.ts'
import type { BacktestRules } from './settings.ts'

/** The bars of one instrument: its rows in the table, and when each opens. */
interface OwnBars {
  readonly rows: readonly number[]
  readonly times: readonly number[]
}

const NO_BARS: OwnBars = { rows: [], times: [] }

/** Who trades in which bars. */
type Played = Pick<LoadedBars, 'bars' | 'instruments'>

function barsByInstrument({ bars, instruments }: Played): (instrument: InstrumentId) => OwnBars {
  const own = instruments.map(() => ({ rows: [] as number[], times: [] as number[] }))
  for (let moment = 0; moment < bars.openAt.length; moment++)
    for (let row = bars.starts[moment] as number; row < (bars.starts[moment + 1] as number); row++) {
      const its = own[bars.index[row] as number]
      its?.rows.push(row)
      its?.times.push(bars.openAt[moment] as number)
    }
  const indexes = new Map(instruments.map(({ id }, index) => [id, index]))
  return (instrument) => own[indexes.get(instrument) ?? -1] ?? NO_BARS
}

/** Round trips as the statistics want them, with how far each went for us and against us. */
export function outcomesOf(
  result: BacktestResult,
  loaded: Played,
  strategy: string,
): readonly TradeOutcome[] {
  const barsOf = barsByInstrument(loaded)
  const { high, low } = loaded.bars
  return result.roundTrips.map((trip) => {
    const { instrument, openedAt, closedAt, buyValue, quantity } = trip
    // From the bar after the entry on: that of the entry holds prices from before it.
    const { rows, times } = barsOf(instrument)
    const held = rows.slice(firstFrom(times, openedAt + 1), firstFrom(times, closedAt + 1))
    const pick = (column: Float64Array) => held.map((row) => column[row] as number)
    const excursion =
      quantity > 0
        ? excursionOf({ side: 'long', entryPrice: buyValue / quantity, quantity }, pick(high), pick(low))
        : undefined
    return outcomeOf(trip, { strategy, ...(excursion && { excursion }) })
  })
}

const MOST_CANDLES = 250
const BARS_AFTER = 10

/** The last stretch of the instrument that was traded most, with our fills on it. */
function candlesOf(result: BacktestResult, loaded: LoadedBars): ReportInput['candles'] {
  const [first] = mostTraded(result.roundTrips)
  if (first === undefined) return undefined
  const { open, high, low, close } = loaded.bars
  const own = barsByInstrument(loaded)(first)
  const lastTrade = Math.max(
    ...result.roundTrips.filter((trip) => trip.instrument === first).map(({ closedAt }) => closedAt),
  )
  const end = firstFrom(own.times, lastTrade + 1) + BARS_AFTER
  const begin = Math.max(0, end - MOST_CANDLES)
  const [shown, times] = [own.rows.slice(begin, end), own.times.slice(begin, end)]
  const isDaily = loaded.interval === '1d'
  const dayOf = (at: number) => localDay(loaded.home, at)
  const bars = shown.map((row, place): Candle => {
    const at = times[place] as number
    const label = isDaily ? dayOf(at) : `${dayOf(at)} ${localClock(loaded.home, at).slice(0, 5)}`
    return {
      label,
      open: open[row] as number,
      high: high[row] as number,
      low: low[row] as number,
      close: close[row] as number,
    }
  })
  // A fill lies in the last bar that opened before it; the fills of a day in the bar of that day.
  const placeOf = (at: number) => firstFrom(times, at + 1) - 1
  const marks = result.orders
    .filter(({ order }) => order.instrument === first)
    .flatMap(({ order, fills }) =>
      fills.flatMap(({ at, price, quantity }): Mark[] => {
        const place = placeOf(at)
        const text = `${dayOf(at)} ${order.side === 'buy' ? '매수' : '매도'} ${whole(quantity)}주 @ ${priceText(currencyOf(loaded.home), price)}`
        return place < 0 ? [] : [{ at: place, side: order.side, price, text }]
      }),
    )
  const name = loaded.instruments.find(({ id }) => id === first)?.name ?? first
  return { title: named(name, symbolOf(first)), bars, marks }
}

const named = (name: string, symbol: string): string => (name === symbol ? symbol : `${name} (${symbol})`)

function mostTraded(trips: readonly RoundTrip[]): readonly InstrumentId[] {
  const counts = new Map<InstrumentId, number>()
  for (const { instrument } of trips) counts.set(instrument, (counts.get(instrument) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([instrument]) => instrument)
}

/** Everything the page tells. */
export function reportInput(parts: {
  readonly title: Sentence
  readonly parameters: Readonly<Record<string, unknown>>
  readonly rules: BacktestRules
  readonly loaded: LoadedBars
  readonly result: BacktestResult
  readonly figures: Figures
  readonly absurd: readonly Absurdity[]
  readonly robustness?: Robustness
  readonly won?: WonValue | undefined
  /** Said of the data besides what they are themselves. */
  readonly certified: readonly Fact[]
}): ReportInput {
  const { title, rules, loaded, result, figures, absurd, robustness, certified, won } = parts
  const names = new Map<string, string>(loaded.instruments.map(({ id, name }) => [id, name]))
  const nameOf = (id: string) => named(names.get(id) ?? id, id.replace(/^US:/, ''))
  const candles = candlesOf(result, loaded)
  const count = loaded.instruments.length
  const span = `${figures.days[0]} – ${figures.days.at(-1)}`
  return {
    title,
    subtitle: `${setPath(loaded.summary.name)} · ${count === 1 ? nameOf(loaded.instruments[0]?.id ?? '') : `${whole(count)}종목`} · ${span} · ${loaded.interval} · ${amountWords(currencyOf(loaded.home), result.beganWith)}`,
    result,
    figures,
    absurd: absurd.map((each) => absurdSentence(each, loaded.home)),
    assumptions: [...costsFirst(loaded, rules), ...assumptionFacts(rules, parts.parameters, loaded)],
    certificate: [...certificateFacts(loaded), ...staleFacts(result, nameOf), ...certified],
    nameOf,
    ...(robustness && { robustness }),
    ...(candles && { candles }),
    ...(won && { won }),
  }
}

const DAYS_A_YEAR = { KRX: PERIODS_PER_YEAR.krxDays, US: PERIODS_PER_YEAR.usDays } as const

/** What a round trip costs before anything is earned, of the instrument with the middle price on the last day of the data. */
export function usualRoundTrip(
  { bars, instruments, home }: LoadedBars,
  { slippage, commission }: Pick<BacktestRules, 'slippage' | 'commission'>,
) {
  const last = new Map<number, number>()
  for (let row = 0; row < bars.index.length; row++)
    last.set(bars.index[row] as number, bars.close[row] as number)
  const usual = [...last].toSorted((a, b) => a[1] - b[1])[Math.floor(last.size / 2)]
  const instrument = usual && instruments[usual[0]]
  if (!usual || !instrument) return undefined
  const day = localDay(home, bars.openAt.at(-1) as number)
  const ticks = slippage.kind === 'ticks' ? slippage.ticks : 0
  const costs = breakEven(instrument, day, price(usual[1]), ticks, commission)
  return { instrument, day, ...costs, daysPerYear: DAYS_A_YEAR[home] }
}

export function costsFirst(loaded: LoadedBars, rules: BacktestRules): readonly Fact[] {
  const { home } = loaded
  const costs = usualRoundTrip(loaded, rules)
  if (!costs) return []
  const { instrument, day } = costs
  const percent = (ratio: number) => `${(ratio * 100).toFixed(2)}%`
  const parts = `수수료 ${percent(costs.commission)} + ${home === 'US' ? 'SEC 수수료' : '세금'} ${percent(costs.tax)} + 호가 ${percent(costs.slippage)}`
  return [
    {
      ko: '한 번 사고팔아 본전이 되는 상승',
      en: 'rise that pays for one round trip',
      value: `${percent(costs.total)} = ${parts} (${home === 'US' ? symbolOf(instrument.id) : instrument.market} ${priceOf(home, costs.price)}, ${day})`,
    },
    {
      ko: '매일 한 번씩 사고팔면 한 해 비용',
      en: 'a round trip every day costs, per year',
      value: `${whole(costs.total * costs.daysPerYear * 100)}%`,
    },
  ]
}

export function assumptionFacts(
  rules: BacktestRules,
  parameters: Readonly<Record<string, unknown>>,
  { adjustment, home }: LoadedBars,
): readonly Fact[] {
  const { slippage, participationRatio, limitFill, amount, maxPositions, order, exits } = rules
  const slip =
    slippage.kind === 'none'
      ? '없음 none'
      : slippage.kind === 'ticks'
        ? `${slippage.ticks} ticks`
        : `${slippage.kind} × ${slippage.coefficient}`
  const size =
    amount === undefined
      ? '균등 even'
      : 'units' in amount
        ? amountWords(currencyOf(home), amount.units)
        : `${amount.ratio * 100}%`
  const written = Object.entries(parameters).map(([key, value]) => `${key}=${String(value)}`)
  return [
    { ko: '전략 값', en: 'parameters', value: written.join(', ') || '기본값 defaults' },
    {
      ko: '주문',
      en: 'order',
      value:
        order.kind === 'limit'
          ? `${order.from} ${order.ticks >= 0 ? '+' : ''}${order.ticks} ticks`
          : order.kind,
    },
    { ko: '종목당 금액, 최대 종목', en: 'amount each, most positions', value: `${size}, ${maxPositions}` },
    { ko: '슬리피지', en: 'slippage', value: slip },
    { ko: '거래량 참여 한도', en: 'share of the volume at most', value: `${participationRatio * 100}%` },
    {
      ko: '지정가 체결',
      en: 'limit fills',
      value: limitFill === 'through' ? '가격이 지나가야 · price goes through' : '닿으면 · price touches',
    },
    {
      ko: '봉 안의 순서',
      en: 'path inside a bar',
      value: '시 → 저 → 고 → 종 (손절이 먼저) · open, low, high, close',
    },
    {
      ko: '손절, 익절',
      en: 'stop loss, take profit',
      value: `${written3(exits.stopLossRatio)}, ${written3(exits.takeProfitRatio)}`,
    },
    {
      ko: '수수료와 세금',
      en: 'fees and tax',
      value: chargesText(rules, home),
    },
    {
      ko: '가격',
      en: 'prices',
      value:
        adjustment.as === 'source'
          ? `${sourcePrices(adjustment.basis, home)}`
          : adjustment.applied.length > 0
            ? `실제 가격에 기록된 ${adjustment.applied.length}건 반영 (${adjustment.asOf} 기준) · as traded, adjusted for recorded events`
            : '실제 거래 가격 · as traded',
    },
    {
      ko: '상장폐지',
      en: 'delistings',
      value: `기록된 주당 금액, 모르면 0, 비용 없이 (가정)${home === 'KRX' ? ', 전 7거래일은 정리매매로 팔기만' : ''} · at what was paid, 0 where unknown, without costs (assumed)`,
    },
    ...(home === 'US' ? US_FACTS : []),
  ]
}

const US_FACTS: readonly Fact[] = [
  {
    ko: '시장가 매수',
    en: 'market buys',
    value:
      '직전 종가의 110%까지 잡고, 그보다 비싸면 사지 않음 (가정) · hold and pay at most 110 % of the last close (assumed)',
  },
  {
    ko: '계좌',
    en: 'account',
    value: '달러, 미국 동부 거래일, 정규장 · dollars, days of New York, regular session',
  },
]

const priceOf = (home: HomeVenue, value: number): string =>
  home === 'US' ? priceText('USD', value) : `${whole(value)}원`

function chargesText({ commission }: BacktestRules, home: HomeVenue): string {
  const own =
    commission && `${Number(((commission.rate.numerator / commission.rate.denominator) * 100).toFixed(4))}%`
  if (home !== 'US')
    return own
      ? `수수료 ${own}, 날짜·시장별 거래세 · commission ${own}, tax by date and market`
      : '키움 0.015%, 날짜·시장별 거래세 · Kiwoom 0.015 %, tax by date and market'
  const taf = commission?.passesActivityFee ? ' + FINRA TAF' : ''
  return `한국투자 ${own ?? '0.25%'}, 날짜별 SEC 수수료${taf} · KIS, and the SEC fee of the date`
}

function sourcePrices(basis: LoadedBars['adjustment']['basis'], home: HomeVenue): string {
  if (home === 'KRX')
    return `출처의 수정주가(${basis})를 원 단위로 반올림, 호가와 상하한가는 실제와 다를 수 있음 · the source's, rounded; ticks and bands may differ`
  const dividends =
    basis === 'all'
      ? ', 배당이 가격에 들어 있음 · dividends are in the prices'
      : ', 배당은 없음 · without dividends'
  return `출처의 수정주가(${basis}): 옛 가격은 아무도 낸 적 없는 가격 · the source's; old prices are prices nobody paid${dividends}`
}

const written3 = (ratio: number | undefined): string =>
  ratio === undefined ? '없음 none' : `${(ratio * 100).toFixed(2)}%`

const MOST_STALE = 20

/** Names that are held at the end without a price of the last day, and how much hangs on them. */
function staleFacts(result: BacktestResult, nameOf: (id: string) => string): readonly Fact[] {
  const stale = stalePricesOf(result)
  if (!stale) return []
  const names = stale.names
    .slice(0, MOST_STALE)
    .map(({ instrument, pricedOn }) => `${nameOf(instrument)} ${pricedOn}`)
  const more = stale.names.length > MOST_STALE ? `, … ${whole(stale.names.length)}` : ''
  return [
    {
      ko: '끝에 든 종목의 옛 가격 (마지막 가격의 날, 최종 평가금액에서의 비율)',
      en: 'held at prices of long ago: their day, and their share of the final equity',
      value: `${names.join(', ')}${more} = ${(stale.share * 100).toFixed(1)}%`,
    },
  ]
}

export function certificateFacts({
  summary,
  bars,
  mended,
  instruments,
  unknownBoards,
  delistings,
  late,
  contradicted,
  home,
}: LoadedBars): readonly Fact[] {
  const sources = summary.imports.map(({ source, sha256 }) => `${source} ${sha256.slice(0, 12)}`)
  return [
    { ko: '데이터', en: 'data set', value: setPath(summary.name) },
    { ko: '출처와 SHA-256', en: 'sources', value: sources.join(', ') },
    { ko: '쓴 봉', en: 'bars used', value: whole(bars.index.length) },
    { ko: '거래가 없어 뺀 봉', en: 'left out, nobody traded', value: whole(mended.untraded) },
    { ko: '쓸 수 없어 뺀 봉', en: 'left out, unusable', value: whole(mended.unusable) },
    {
      ko: home === 'US' ? '1/10,000달러로 반올림한 봉' : '원 단위로 반올림한 봉',
      en: home === 'US' ? 'rounded to 1/10,000 dollar' : 'rounded to whole won',
      value: whole(mended.rounded),
    },
    { ko: '고가·저가를 넓힌 봉', en: 'high or low widened', value: whole(mended.enclosed) },
    {
      ko: '거래량을 모르는 봉 (제한 없이 체결)',
      en: 'of unknown volume, filled without limit',
      value: whole(mended.unmeasured),
    },
    {
      ko: '알려진 상장폐지',
      en: 'known delistings',
      value:
        late + contradicted > 0
          ? `${whole(delistings.length)} (기록보다 늦게까지 거래 traded on: ${whole(late)}, 계속 거래되어 쓰지 않음 not believed: ${whole(contradicted)})`
          : whole(delistings.length),
    },
    ...(home === 'US'
      ? []
      : [
          {
            ko: '시장을 몰라 코스피로 본 종목',
            en: 'names of unknown board, taken for KOSPI',
            value: `${whole(unknownBoards)} / ${whole(instruments.length)}`,
          },
        ]),
  ]
}
