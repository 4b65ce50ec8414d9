import type { InstrumentId } from './ids.ts'
import type { Price, Quantity, Rate } from './money.ts'
import type { TradingDay } from './time.ts'

export type KoreanVenue = 'KRX' | 'NXT'

/** `US`: the exchanges of the United States together. A Korean broker passes an order on and does not say to which. */
export type Venue = KoreanVenue | 'US'

/** Where an order of a Korean share is sent: to one venue, or to the broker's smart order routing between them. */
export type KoreanRoute = KoreanVenue | 'SOR'
export type Route = Venue | 'SOR'

export type KoreanMarket = 'KOSPI' | 'KOSDAQ' | 'KONEX'

/** `AMEX`: NYSE American and NYSE Arca, the home of most funds; Korean brokers give both that name. */
export type UsMarket = 'NASDAQ' | 'NYSE' | 'AMEX'

/** Who has listed it: the market decides ticks, the tax and the index it belongs to. */
export type Market = KoreanMarket | UsMarket

export type InstrumentClass = 'stock' | 'etf' | 'etn' | 'elw'

/** Which volatility-interruption rates apply: `narrow` for KOSPI200 names and plain index ETFs (markets.md §1.7). */
export type ViGroup = 'narrow' | 'wide'

export interface Instrument {
  readonly id: InstrumentId
  readonly name: string
  readonly market: Market
  readonly class: InstrumentClass
  readonly viGroup: ViGroup
  /** 2 for a 2X leveraged or inverse 2X product: its price band is that much wider. */
  readonly leverage?: number
  readonly listedShares?: Quantity
  /** 업종, by the exchange's own name for it; absent where nobody tells. */
  readonly sector?: string
}

/**
 * What the exchange says of an instrument beyond its price.
 * administrative 관리종목 · caution 투자주의 · warning 투자경고 · danger 투자위험 · overheated 단기과열 ·
 * liquidation 정리매매 · disclosureCaution 투자주의환기 · firstDay 신규상장 첫날
 */
export type Designation =
  | 'administrative'
  | 'caution'
  | 'warning'
  | 'danger'
  | 'overheated'
  | 'liquidation'
  | 'disclosureCaution'
  | 'firstDay'

/** The state of an instrument on one trading day. */
export interface InstrumentDay {
  readonly day: TradingDay
  /** 기준가: the previous regular close, or the adjusted base after a corporate action. */
  readonly basePrice: Price
  readonly designations: readonly Designation[]
  /** 거래정지 */
  readonly halted: boolean
  /**
   * Set when the exchange has decided, beyond what the designations say, that it trades in single prices every so many
   * minutes: 30 for some administrative and danger issues, 10 for a very illiquid one (초저유동성) without a liquidity provider.
   */
  readonly singlePriceMinutes?: 10 | 30
  /** 증거금률: share of the order amount to be paid in cash; 1/1 for a cash account. */
  readonly marginRate: Rate
}

export interface PriceBand {
  readonly upper: Price
  readonly lower: Price
}
