import type { Bar } from '../model/bar.ts'
import type { CorporateAction, Delisting } from '../model/corporate-action.ts'
import type { InstrumentId } from '../model/ids.ts'
import type { InstrumentClass, Market } from '../model/instrument.ts'
import type { Currency } from '../model/money.ts'
import type { TradingDay } from '../model/time.ts'
import type { EpochMs } from '../std/clock.ts'

/** Whose calendar, ticks and local time a data set follows. `FX`: exchange rates, which have no exchange. */
export type CatalogMarket = 'KRX' | 'US' | 'FX'

export type DataKind = 'bars' | 'trades' | 'quotes' | 'index' | 'fx' | 'actions' | 'instruments'

/**
 * What the source did to its prices. none: as traded. splits: 수정주가, adjusted for splits, bonus and rights issues.
 * all: dividends taken out as well, so that old prices are prices nobody paid.
 */
export type AdjustmentBasis = 'none' | 'splits' | 'all'

/**
 * Names one data set. Rows of different kinds, intervals, markets or bases never mix; `series` keeps two sources of the
 * same apart (`main` when absent).
 */
export interface DataSetName {
  readonly kind: DataKind
  /** `1d`, `5m`, `30t`; for bars, index and fx only. */
  readonly interval?: string
  readonly market: CatalogMarket
  readonly basis: AdjustmentBasis
  readonly series?: string
}

export interface DataSetSummary {
  readonly name: DataSetName
  readonly currency: Currency
  readonly rows: number
  readonly symbols: number
  /** First and last trading day; absent when it has no row. */
  readonly from?: TradingDay
  readonly to?: TradingDay
  readonly bytes: number
  readonly files: number
  readonly imports: readonly ImportRecord[]
}

/** Where rows came from. It stays with the set as long as the set exists. */
export interface ImportRecord {
  readonly id: number
  /** What the person called the source; the file's name when nothing was said. */
  readonly source: string
  readonly file: string
  /** SHA-256 of the file as it was, hexadecimal. */
  readonly sha256: string
  readonly importedAt: EpochMs
  readonly zone: string
  readonly rows: number
  readonly rejected: number
  /** How many rows came in with which flag. */
  readonly flagged: Readonly<Record<string, number>>
}

/** A bar on its way in. `bar.close` is the regular close; `last` the last price of the day, after hours included. */
export interface IncomingBar {
  readonly instrument: InstrumentId
  readonly bar: Bar
  readonly last?: number
  /** Traded value, in the unit of the prices. */
  readonly value?: number
}

/**
 * Which rows, and in which terms their prices are wanted.
 *
 * raw: as traded; only a set of basis `none` has such prices.
 * signal: as traded, then adjusted for the recorded splits and issues, in the terms of the evening of `asOf`. Events after it are
 * not known yet and do nothing; rows after it are refused.
 * source: as the source adjusted them, whatever it knew. The only choice for a set that came adjusted.
 */
export interface BarQuery {
  readonly set: DataSetName
  /** Absent: every one of the set. One that has no row gets an empty range. */
  readonly instruments?: readonly InstrumentId[]
  /** First and last trading day, both inclusive. */
  readonly from?: TradingDay
  readonly to?: TradingDay
  readonly prices: { readonly as: 'raw' | 'source' } | { readonly as: 'signal'; readonly asOf: TradingDay }
  /** symbol: one instrument after the other. time: all instruments of an instant side by side. */
  readonly order: 'symbol' | 'time'
  /** Columns that a backtest seldom needs; they are empty unless asked for. */
  readonly also?: readonly ('last' | 'value')[]
}

/**
 * Columns of equal length. Prices and values are in the unit of `Price` (won, or 1/10,000 dollar) and whole in a raw set, with
 * fractions in an adjusted one; `NaN` where the source gave nothing. Instants are epoch milliseconds.
 */
export interface BarColumns {
  readonly rows: number
  readonly instruments: readonly InstrumentId[]
  /** By symbol: rows of `instruments[i]` are `starts[i]` to `starts[i + 1]`. By time: the same for `times[i]`. */
  readonly starts: Uint32Array
  /** The distinct instants in order when read by time, else empty. */
  readonly times: Float64Array
  /** Which instrument each row belongs to. */
  readonly instrumentIndex: Uint32Array
  readonly openAt: Float64Array
  /** A row may be seen only from here on. */
  readonly closeAt: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  /** The regular close. */
  readonly close: Float64Array
  readonly volume: Float64Array
  /** The last price of the day, after hours included, where the source gives it; empty unless asked for. */
  readonly last: Float64Array
  /** Traded value; empty unless asked for. */
  readonly value: Float64Array
  /** What was found suspicious at import, as bits; 0 for a clean row. */
  readonly flags: Uint16Array
  readonly adjustment: Adjustment
}

/** What was done to the prices on the way out, so that nobody has to guess. */
export interface Adjustment {
  readonly as: 'raw' | 'signal' | 'source'
  readonly basis: AdjustmentBasis
  readonly asOf?: TradingDay
  /** Events that moved earlier prices. */
  readonly applied: readonly AppliedAction[]
  /** Events that have no price factor (a spin-off): prices before them are not comparable. */
  readonly unadjustable: readonly { readonly instrument: InstrumentId; readonly from: TradingDay }[]
}

export interface AppliedAction {
  readonly instrument: InstrumentId
  readonly from: TradingDay
  /** Prices before `from` were multiplied by this. */
  readonly factor: number
}

/** A member of the universe as it stood on a day; names and boards are those of that day. */
export interface ListedInstrument {
  readonly instrument: InstrumentId
  readonly name: string
  readonly board?: Market
  readonly class?: InstrumentClass
  readonly leverage?: number
  readonly listed?: TradingDay
  /** The first day on which it is no longer listed. */
  readonly delisted?: TradingDay
}

/**
 * History on disk. Every method rejects with an error that carries a Korean and an English sentence when the set does not exist,
 * is damaged, or cannot give the prices that were asked for.
 */
export interface Catalog {
  list(): Promise<readonly DataSetSummary[]>
  readBars(query: BarQuery): Promise<BarColumns>
  /** Who was listed on `day`, by what was recorded; delisted names stay members of their own days. Ordered by instrument. */
  universeAt(market: CatalogMarket, day: TradingDay): Promise<readonly ListedInstrument[]>
  /** Recorded events in order of instrument and day. */
  actions(market: CatalogMarket): Promise<readonly CorporateAction[]>
  /**
   * Every listing that is known to have ended, in order of instrument and day: the corporate actions that say so, with what a holder
   * was paid where they know it, and the ends that the instruments know.
   */
  delistings(market: CatalogMarket): Promise<readonly Delisting[]>
  /**
   * Takes bars from a broker's history or a live recording. All of them become visible at once when the last has arrived,
   * and none when `bars` throws. A bar that is there already with the same values is skipped; other values are a conflict.
   */
  importBars(target: BarTarget, bars: AsyncIterable<IncomingBar>): Promise<ImportRecord>
}

export interface BarTarget {
  readonly set: DataSetName
  readonly currency: Currency
  /** For people: `kiwoom ka10081`. */
  readonly source: string
  /** The new bar wins where one with other values is there; without it such a bar is refused. */
  readonly replace?: boolean
}
