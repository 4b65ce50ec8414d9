import { setPath } from '../../adapters/catalog/layout.ts'
import type { BacktestResult } from '../../lab/analytics/backtest-result.ts'
import { excursionOf } from '../../lab/analytics/excursions.ts'
import { PERIODS_PER_YEAR } from '../../lab/analytics/periods.ts'
import type { Robustness } from '../../lab/analytics/robustness.ts'
import { outcomeOf, type TradeOutcome } from '../../lab/analytics/trade-outcome.ts'
import type { Absurdity } from '../../lab/backtest/absurd.ts'
import { absurdSentence } from '../../lab/backtest/absurd-sentences.ts'
import { breakEven } from '../../lab/backtest/break-even.ts'
import type { Candle, Mark } from '../../lab/reports/charts.ts'
import type { Figures } from '../../lab/reports/figures.ts'
import { whole } from '../../lab/reports/format.ts'
import type { Fact } from '../../lab/reports/page.ts'
import type { ReportInput } from '../../lab/reports/report.ts'
import type { InstrumentId } from '../../model/ids.ts'
import { price } from '../../model/money.ts'
import type { RoundTrip } from '../../model/position.ts'
import type { Sentence } from '../../model/sentence.ts'
import { kstClock, kstDay } from '../../model/time.ts'
import { firstFrom } from '../../std/sorted.ts'
import type { LoadedBars } from './load-bars.ts'
import type { BacktestRules } from './settings.ts'

/** The bars of one instrument: its rows in the table, and when each opens. */
interface OwnBars {
  readonly rows: readonly number[]
  readonly times: readonly number[]
}

const NO_BARS: OwnBars = { rows: [], times: [] }

function barsByInstrument({ bars, instruments }: LoadedBars): (instrument: InstrumentId) => OwnBars {
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
  loaded: LoadedBars,
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
  const bars = shown.map((row, place): Candle => {
    const at = times[place] as number
    const label = isDaily ? kstDay(at) : `${kstDay(at)} ${kstClock(at).slice(0, 5)}`
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
        const text = `${kstDay(at)} ${order.side === 'buy' ? '매수' : '매도'} ${whole(quantity)}주 @ ${whole(price)}`
        return place < 0 ? [] : [{ at: place, side: order.side, price, text }]
      }),
    )
  const name = loaded.instruments.find(({ id }) => id === first)?.name ?? first
  return { title: `${name} (${first})`, bars, marks }
}

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
  /** Said of the data besides what they are themselves. */
  readonly certified: readonly Fact[]
}): ReportInput {
  const { title, rules, loaded, result, figures, absurd, robustness, certified } = parts
  const names = new Map<string, string>(loaded.instruments.map(({ id, name }) => [id, name]))
  const nameOf = (id: string) => {
    const name = names.get(id)
    return name === undefined || name === id ? id : `${name} (${id})`
  }
  const candles = candlesOf(result, loaded)
  const count = loaded.instruments.length
  const span = `${figures.days[0]} – ${figures.days.at(-1)}`
  return {
    title,
    subtitle: `${setPath(loaded.summary.name)} · ${count === 1 ? nameOf(loaded.instruments[0]?.id ?? '') : `${whole(count)}종목`} · ${span} · ${loaded.interval} · ${whole(result.beganWith)}원`,
    result,
    figures,
    absurd: absurd.map(absurdSentence),
    assumptions: [...costsFirst(loaded, rules), ...assumptionFacts(rules, parts.parameters, loaded)],
    certificate: [...certificateFacts(loaded), ...certified],
    nameOf,
    ...(robustness && { robustness }),
    ...(candles && { candles }),
  }
}

const DAYS_A_YEAR = PERIODS_PER_YEAR.krxDays

/** What a round trip costs before anything is earned, at a usual price of the last day of the data. */
export function costsFirst({ bars, instruments }: LoadedBars, { slippage }: BacktestRules): readonly Fact[] {
  const last = new Map<number, number>()
  for (let row = 0; row < bars.index.length; row++)
    last.set(bars.index[row] as number, bars.close[row] as number)
  const usual = [...last].toSorted((a, b) => a[1] - b[1])[Math.floor(last.size / 2)]
  const instrument = usual && instruments[usual[0]]
  if (!usual || !instrument) return []
  const day = kstDay(bars.openAt.at(-1) as number)
  const costs = breakEven(instrument, day, price(usual[1]), slippage.kind === 'ticks' ? slippage.ticks : 0)
  const percent = (ratio: number) => `${(ratio * 100).toFixed(2)}%`
  const parts = `수수료 ${percent(costs.commission)} + 세금 ${percent(costs.tax)} + 호가 ${percent(costs.slippage)}`
  return [
    {
      ko: '한 번 사고팔아 본전이 되는 상승',
      en: 'rise that pays for one round trip',
      value: `${percent(costs.total)} = ${parts} (${instrument.market} ${whole(usual[1])}원, ${day})`,
    },
    {
      ko: '매일 한 번씩 사고팔면 한 해 비용',
      en: 'a round trip every day costs, per year',
      value: `${whole(costs.total * DAYS_A_YEAR * 100)}%`,
    },
  ]
}

export function assumptionFacts(
  { slippage, participationRatio, limitFill, amount, maxPositions, order, exits }: BacktestRules,
  parameters: Readonly<Record<string, unknown>>,
  { adjustment }: LoadedBars,
): readonly Fact[] {
  const slip =
    slippage.kind === 'none'
      ? '없음 none'
      : slippage.kind === 'ticks'
        ? `${slippage.ticks} ticks`
        : `${slippage.kind} × ${slippage.coefficient}`
  const size =
    amount === undefined ? '균등 even' : 'won' in amount ? `${whole(amount.won)}원` : `${amount.ratio * 100}%`
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
      value: '키움 0.015%, 날짜·시장별 거래세 · Kiwoom 0.015 %, tax by date and market',
    },
    {
      ko: '가격',
      en: 'prices',
      value:
        adjustment.as === 'source'
          ? `출처의 수정주가(${adjustment.basis})를 원 단위로 반올림, 호가와 상하한가는 실제와 다를 수 있음 · the source's, rounded; ticks and bands may differ`
          : adjustment.applied.length > 0
            ? `실제 가격에 기록된 ${adjustment.applied.length}건 반영 (${adjustment.asOf} 기준) · as traded, adjusted for recorded events`
            : '실제 거래 가격 · as traded',
    },
  ]
}

const written3 = (ratio: number | undefined): string =>
  ratio === undefined ? '없음 none' : `${(ratio * 100).toFixed(2)}%`

export function certificateFacts({
  summary,
  bars,
  mended,
  instruments,
  unknownBoards,
}: LoadedBars): readonly Fact[] {
  const sources = summary.imports.map(({ source, sha256 }) => `${source} ${sha256.slice(0, 12)}`)
  return [
    { ko: '데이터', en: 'data set', value: setPath(summary.name) },
    { ko: '출처와 SHA-256', en: 'sources', value: sources.join(', ') },
    { ko: '쓴 봉', en: 'bars used', value: whole(bars.index.length) },
    { ko: '거래가 없어 뺀 봉', en: 'left out, nobody traded', value: whole(mended.untraded) },
    { ko: '쓸 수 없어 뺀 봉', en: 'left out, unusable', value: whole(mended.unusable) },
    { ko: '원 단위로 반올림한 봉', en: 'rounded to whole won', value: whole(mended.rounded) },
    { ko: '고가·저가를 넓힌 봉', en: 'high or low widened', value: whole(mended.enclosed) },
    {
      ko: '거래량을 모르는 봉 (제한 없이 체결)',
      en: 'of unknown volume, filled without limit',
      value: whole(mended.unmeasured),
    },
    {
      ko: '시장을 몰라 코스피로 본 종목',
      en: 'names of unknown board, taken for KOSPI',
      value: `${whole(unknownBoards)} / ${whole(instruments.length)}`,
    },
  ]
}
