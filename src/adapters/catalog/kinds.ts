import type { CatalogMarket, DataKind, DataSetName } from '../../ports/catalog.ts'
import { FLAGS, type FlagName } from './flags.ts'
import { isDated, parseInterval } from './interval.ts'

/**
 * price: in the currency's own unit in a file, stored in units of `Price`. amount: the same for money. number: as it is.
 * The suffix of the stored type: prices and numbers are DOUBLE, days are DATE, text is VARCHAR.
 */
export type ColumnType = 'price' | 'amount' | 'number' | 'text' | 'day'

export interface Column {
  readonly name: string
  readonly type: ColumnType
  readonly required?: true
}

export interface Kind {
  /** The column that orders the rows of an instrument, and what kind of time it is. */
  readonly time: { readonly column: 'open_at' | 'at'; readonly is: 'bar' | 'instant' | 'day' }
  readonly columns: readonly Column[]
  /**
   * What names a row besides symbol and time; a second row with the same names is a duplicate. Absent: prints of the same
   * millisecond are normal and nothing tells them apart.
   */
  readonly key?: readonly string[]
  /** Conditions on a stored row that set a flag; SQL over its columns, NULL counts as no. */
  readonly flags: Partial<Readonly<Record<FlagName, string>>>
}

const price = (name: string): Column => ({ name, type: 'price' })
const number = (name: string): Column => ({ name, type: 'number' })
const words = (name: string): Column => ({ name, type: 'text' })
const day = (name: string): Column => ({ name, type: 'day' })
const needed = (column: Column): Column => ({ ...column, required: true })

const NO_TRADE = 'open = 0 AND high = 0 AND low = 0 AND close > 0 AND coalesce(volume, 0) = 0'

const BAR: Kind = {
  time: { column: 'open_at', is: 'bar' },
  columns: [
    ...[price('open'), price('high'), price('low'), price('close')].map(needed),
    price('last'),
    number('volume'),
    { name: 'value', type: 'amount' },
  ],
  key: [],
  flags: {
    noTrade: NO_TRADE,
    ohlc: `NOT (${NO_TRADE}) AND least(open, high, low, close) > 0 AND (high < greatest(open, close, low) OR low > least(open, close))`,
    zeroPrice: `NOT (${NO_TRADE}) AND least(open, high, low, close) = 0`,
    zeroVolume: `NOT (${NO_TRADE}) AND volume = 0`,
    negativeVolume: 'volume < 0',
    negativePrice: 'least(open, high, low, close, last) < 0',
  },
}

/** An index or a rate may be a close alone. */
const SERIES: Kind = {
  ...BAR,
  columns: BAR.columns.map((column) =>
    column.name === 'close' ? column : { name: column.name, type: column.type },
  ),
}

export const KINDS: Readonly<Record<DataKind, Kind>> = {
  bars: BAR,
  index: SERIES,
  fx: SERIES,
  trades: {
    time: { column: 'at', is: 'instant' },
    columns: [
      needed(price('price')),
      needed(number('quantity')),
      words('aggressor'),
      words('venue'),
      words('condition'),
    ],
    flags: {
      zeroPrice: 'price = 0',
      negativePrice: 'price < 0',
      zeroVolume: 'quantity = 0',
      negativeVolume: 'quantity < 0',
    },
  },
  quotes: {
    time: { column: 'at', is: 'instant' },
    columns: [
      ...[price('bid'), number('bid_quantity'), price('ask'), number('ask_quantity')].map(needed),
      words('venue'),
      words('condition'),
    ],
    // A price of 0 is an empty side.
    flags: {
      negativePrice: 'least(bid, ask) < 0',
      negativeVolume: 'least(bid_quantity, ask_quantity) < 0',
      crossed: 'bid > ask AND ask > 0',
    },
  },
  actions: {
    time: { column: 'at', is: 'day' },
    columns: [
      needed(words('action')),
      day('shares_from'),
      number('into'),
      number('of'),
      number('ratio_numerator'),
      number('ratio_denominator'),
      price('issue_price'),
      price('close_before'),
      price('amount'),
    ],
    key: ['action'],
    flags: {},
  },
  instruments: {
    time: { column: 'at', is: 'day' },
    columns: [
      needed(words('name')),
      words('board'),
      words('class'),
      number('leverage'),
      day('listed'),
      day('delisted'),
      words('reason'),
    ],
    key: [],
    flags: {},
  },
}

export const isBarLike = (kind: DataKind): boolean => KINDS[kind].time.is === 'bar'

/**
 * How the rows of a set are spread over files. Dated bars are read across the market, so a file is a year of everyone (twice as
 * fast to read whole, 20 times for the last months, as 2,000 files of one instrument each: docs/data-catalog.md); within the
 * day an instrument is read alone, so it has a folder of its own.
 */
export type Partition = 'year' | 'symbolYear' | 'symbolMonth' | 'one'

export function partitionOf({ kind, interval }: DataSetName): Partition {
  if (kind === 'actions' || kind === 'instruments') return 'one'
  if (interval === undefined) return 'symbolMonth'
  return isDated(parseInterval(interval)) ? 'year' : 'symbolYear'
}

/** How many units of a stored price are one of the currency: prices of orders are exact, an index and a rate are not. */
export function priceScale(kind: DataKind, currency: 'KRW' | 'USD'): number {
  if (kind === 'index' || kind === 'fx') return 1
  return currency === 'USD' ? 10_000 : 1
}

/** SQL of the stored flags, without those that need more than the row. */
export function flagSql(kind: Kind, whole: boolean): string {
  const rules: [FlagName, string][] = Object.entries(kind.flags).map(([name, sql]) => [name as FlagName, sql])
  const prices = kind.columns.filter(({ type }) => type === 'price').map(({ name }) => name)
  if (whole && prices.length > 0)
    rules.push(['fraction', prices.map((name) => `"${name}" <> round("${name}")`).join(' OR ')])
  const terms = rules.map(([name, sql]) => `(CASE WHEN ${sql} THEN ${FLAGS[name]} ELSE 0 END)`)
  return terms.length > 0 ? terms.join(' + ') : '0'
}

/** The columns of a stored row, in order; `row` and `import` say where it came from. */
export function storedColumns(kind: Kind): readonly string[] {
  const time = kind.time.is === 'bar' ? ['open_at', 'close_at'] : ['at']
  return ['symbol', 'day', ...time, ...kind.columns.map(({ name }) => name), 'flags', 'row', 'import']
}

/** Instants of an FX rate have no market of their own. */
export const marketOf = (kind: DataKind, market: CatalogMarket): CatalogMarket =>
  kind === 'fx' ? 'FX' : market
