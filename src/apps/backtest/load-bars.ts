import { instrumentOf, symbolOf } from '../../adapters/catalog/actions.ts'
import { setPath } from '../../adapters/catalog/layout.ts'
import type { BarTable } from '../../lab/backtest/bar-table.ts'
import { delistingsOf, type PlayedDelistings, withDelistingDays } from '../../lab/backtest/delistings.ts'
import { type Mended, tableOf } from '../../lab/backtest/table-of.ts'
import type { Benchmark } from '../../lab/reports/figures.ts'
import { type HomeVenue, localDay } from '../../model/home-venue.ts'
import type { InstrumentId } from '../../model/ids.ts'
import type { Instrument } from '../../model/instrument.ts'
import { INTERVALS, type Interval } from '../../model/interval.ts'
import { type TradingDay, tradingDay } from '../../model/time.ts'
import type {
  BarColumns,
  BarQuery,
  Catalog,
  DataSetName,
  DataSetSummary,
  ListedInstrument,
} from '../../ports/catalog.ts'
import { refuse } from '../io.ts'

/** The calendar begins here, and so does what can be played. */
const RULES_FROM = tradingDay('2015-01-01')

/** Which bars a backtest asks for. */
export interface BarsWanted {
  readonly set: DataSetName
  /** Absent: every one of the set. */
  readonly instruments?: readonly InstrumentId[]
  readonly from?: TradingDay
  readonly to?: TradingDay
}

/** Bars ready to be played, and where they came from. */
export interface LoadedBars extends PlayedDelistings {
  readonly bars: BarTable
  /** Where all of them trade. */
  readonly home: HomeVenue
  readonly interval: Interval
  /** In the order of `bars.index`. */
  readonly instruments: readonly Instrument[]
  readonly mended: Mended
  readonly adjustment: BarColumns['adjustment']
  readonly summary: DataSetSummary
  /** Names whose board the catalog does not know; they are counted as KOSPI, or as NASDAQ, where it makes no difference. */
  readonly unknownBoards: number
}

/** Reads what was wanted. Refuses sets that hold no bars of a length that can be played, and an empty answer. */
export async function loadBars(catalog: Catalog, wanted: BarsWanted): Promise<LoadedBars> {
  const { set, from = RULES_FROM } = wanted
  const { interval, home } = playable(set)
  if (from < RULES_FROM)
    return refuse(
      `${RULES_FROM} 이전은 휴장일과 규칙이 없어 백테스트할 수 없습니다: --from을 그날 이후로`,
      `calendar and rules before ${RULES_FROM} are not known here: begin on that day or later`,
    )
  const summary = await summaryOf(catalog, set)
  const columns = await catalog.readBars({
    ...wanted,
    ...(wanted.instruments && { instruments: spelled(wanted.instruments, set) }),
    from,
    prices: pricesOf(wanted, summary),
    order: 'time',
  })
  const { bars: traded, mended } = tableOf(columns)
  if (traded.openAt.length === 0)
    return refuse(
      '그 종목과 기간에는 거래된 봉이 없습니다. garam data list 로 기간을 확인하세요',
      'no traded bar of these names and days; garam data list shows what there is',
    )
  const listed = await listings(catalog, set, traded, home)
  const found = columns.instruments.map((id) => listed.get(id))
  const instruments = columns.instruments.map((id, at) => instrumentFrom(id, found[at], home))
  const ended = delistingsOf(await catalog.delistings(set.market), traded, instruments)
  return {
    ...ended,
    bars: withDelistingDays(traded, ended.delistings, home, wanted.to),
    home,
    interval,
    instruments,
    mended,
    adjustment: columns.adjustment,
    summary,
    unknownBoards: found.filter((listing) => listing?.board === undefined).length,
  }
}

/** Symbols as people write them, in the catalog's spelling: AAPL is US:AAPL. */
const spelled = (symbols: readonly InstrumentId[], { market }: DataSetName): readonly InstrumentId[] =>
  symbols.map((each) => instrumentOf(market, symbolOf(each)))

function playable({ kind, interval, market }: DataSetName): {
  readonly interval: Interval
  readonly home: HomeVenue
} {
  if (kind !== 'bars' || market === 'FX')
    return refuse(
      '백테스트는 봉 데이터(bars/…/KRX/… 또는 bars/1d/US/…)로 합니다',
      'backtests run on bars (bars/…/KRX/… or bars/1d/US/…)',
    )
  if (market === 'US' && interval !== '1d')
    return refuse(
      '미국 주식은 아직 일봉(bars/1d/US/…)으로만 합니다',
      'US shares are played on daily bars (bars/1d/US/…) so far',
    )
  const known = INTERVALS.find((each) => each === interval)
  if (known) return { interval: known, home: market }
  return refuse(
    `${interval} 봉으로는 백테스트할 수 없습니다. 쓸 수 있는 것: ${INTERVALS.join(', ')}`,
    `bars of ${interval} cannot be played; there are ${INTERVALS.join(', ')}`,
  )
}

async function summaryOf(catalog: Catalog, set: DataSetName): Promise<DataSetSummary> {
  const summary = (await catalog.list()).find(({ name }) => setPath(name) === setPath(set))
  return (
    summary ?? refuse('그런 데이터가 없습니다: garam data list', 'there is no such data set: garam data list')
  )
}

/** Prices as traded where they are to be had, adjusted for recorded events up to the end; else as the source gave them. */
function pricesOf({ set, to }: BarsWanted, summary: DataSetSummary): BarQuery['prices'] {
  const end = to ?? summary.to
  return set.basis === 'none' && end !== undefined ? { as: 'signal', asOf: end } : { as: 'source' }
}

/** Names and boards as they were on the last day, and for those gone by then, on the first. */
async function listings(
  catalog: Catalog,
  { market }: DataSetName,
  { openAt }: BarTable,
  home: HomeVenue,
): Promise<ReadonlyMap<InstrumentId, ListedInstrument>> {
  const days = [localDay(home, openAt[0] as number), localDay(home, openAt.at(-1) as number)]
  const found = new Map<InstrumentId, ListedInstrument>()
  for (const day of days)
    for (const listed of await catalog.universeAt(market, day)) found.set(listed.instrument, listed)
  return found
}

const instrumentFrom = (
  id: InstrumentId,
  listed: ListedInstrument | undefined,
  home: HomeVenue,
): Instrument => ({
  id,
  name: listed?.name || symbolOf(id),
  market: listed?.board ?? (home === 'US' ? 'NASDAQ' : 'KOSPI'),
  class: listed?.class ?? 'stock',
  viGroup: 'wide',
  ...(listed?.leverage === undefined ? {} : { leverage: listed.leverage }),
})

/**
 * Closes of an index of the catalog, or for the US of a fund (SPY) in the very data of the run, one for each day; a day
 * without one has that of the day before.
 */
export async function loadIndex(
  catalog: Catalog,
  symbol: InstrumentId,
  days: readonly TradingDay[],
  { home, summary }: Pick<LoadedBars, 'home' | 'summary'>,
): Promise<Benchmark> {
  const index: DataSetName = { kind: 'index', interval: '1d', market: 'KRX', basis: 'none' }
  const set = home === 'US' ? summary.name : index
  const [from, to] = [days[0], days.at(-1)]
  const columns = await catalog.readBars({
    set,
    instruments: spelled([symbol], set),
    ...(from && { from }),
    ...(to && { to }),
    prices: home === 'US' ? pricesOf({ set, ...(to && { to }) }, summary) : { as: 'raw' },
    order: 'symbol',
  })
  if (columns.rows === 0)
    return refuse(`지수 ${symbol} 이(가) 그 기간에 없습니다`, `there is no index ${symbol} in that span`)
  const byDay = new Map<string, number>()
  for (let row = 0; row < columns.rows; row++)
    byDay.set(localDay(home, columns.openAt[row] as number), columns.close[row] as number)
  let last = columns.close[0] as number
  const closes = days.map((day) => {
    last = byDay.get(day) ?? last
    return last
  })
  return { name: symbol, closes: Float64Array.from(closes) }
}

/**
 * Everything of the run held alike from the first day on, without costs: the least that a strategy has to beat. What is delisted
 * ends at what was paid for it.
 */
export function heldAlike(
  { bars, instruments, delistings, home }: Pick<LoadedBars, 'bars' | 'instruments' | 'delistings' | 'home'>,
  days: readonly TradingDay[],
): Benchmark {
  const before = new Float64Array(instruments.length)
  const closes: number[] = []
  const indexes = new Map(instruments.map(({ id }, index) => [id, index]))
  let due = delistings
  let value = 100
  let moment = 0
  for (const day of days) {
    const today = new Map<number, number>()
    for (; moment < bars.openAt.length && localDay(home, bars.openAt[moment] as number) <= day; moment++)
      for (let row = bars.starts[moment] as number; row < (bars.starts[moment + 1] as number); row++)
        today.set(bars.index[row] as number, bars.close[row] as number)
    let [sum, count] = [0, 0]
    for (const { instrument, paid = 0 } of due.filter(({ from }) => from <= day)) {
      const index = indexes.get(instrument) ?? -1
      const last = before[index] ?? 0
      if (last > 0) [sum, count] = [sum + paid / last - 1, count + 1]
      before[index] = 0
    }
    due = due.filter(({ from }) => from > day)
    for (const [index, close] of today) {
      const last = before[index] as number
      if (last > 0) [sum, count] = [sum + close / last - 1, count + 1]
      before[index] = close
    }
    value *= 1 + (count > 0 ? sum / count : 0)
    closes.push(value)
  }
  const name =
    instruments.length === 1 ? `${instruments[0]?.name} 보유 held` : '전 종목 동일 비중 보유 all held alike'
  return { name, closes: Float64Array.from(closes) }
}
