import type { CorporateAction } from './corporate-action.ts'
import type { ConditionId, InstrumentId } from './ids.ts'
import type { Route } from './instrument.ts'
import type { Interval } from './interval.ts'
import type { Money } from './money.ts'
import type { TimeOfDay } from './time.ts'

/** What the user decides; every field may change while running (a change is a journalled operator event). Ratios, not percent. */
export interface TradingSettings {
  /** At most 20. */
  readonly buys: readonly BuyRule[]
  readonly sells: readonly SellRule[]
  /** Absent in records made before there were strategies. */
  readonly strategies?: readonly StrategyRule[]
  readonly exits: ExitSettings
  readonly unfilled: { readonly buy: UnfilledRule; readonly sell: UnfilledRule }
  readonly limits: Limits
  readonly hours: Window
  /** Absent in records made before venues were a choice, which is KRX in its regular session. */
  readonly orders?: OrderRouting
  /** Symbols the user never wants bought. */
  readonly excluded: readonly InstrumentId[]
  /** Of held shares, as announced; of those that are not named here the broker's word and the base price must tell. */
  readonly corporateActions?: readonly CorporateAction[]
}

export interface Window {
  readonly from: TimeOfDay
  readonly to: TimeOfDay
}

/** Where orders go, and whether they do outside the regular session. */
export interface OrderRouting {
  readonly route: Route
  /** `extended`: NXT pre-market, and the after-markets of KRX and NXT, where venue, instrument and broker allow. */
  readonly hours: 'regular' | 'extended'
  /** May the extended sessions also buy? */
  readonly extendedEntries: boolean
}

export const REGULAR_KRX: OrderRouting = { route: 'KRX', hours: 'regular', extendedEntries: false }

export const routingOf = (settings: Pick<TradingSettings, 'orders'>): OrderRouting =>
  settings.orders ?? REGULAR_KRX

/**
 * How an order is priced: by the venue (market, best, priority, mid), or with a limit `ticks` away from last, bid or ask
 * (negative: below). `conditional` carries a limit and becomes a market order in the closing call.
 */
export type OrderStyle =
  | { readonly kind: 'market' | 'best' | 'priority' | 'mid' }
  | {
      readonly kind: 'limit' | 'conditional'
      readonly from: 'last' | 'bid' | 'ask'
      readonly ticks: number
    }

export interface BuyRule {
  readonly condition: ConditionId
  readonly name: string
  readonly enabled: boolean
  readonly window: Window
  readonly amount:
    | { readonly kind: 'krw'; readonly krw: Money }
    | { readonly kind: 'equityRatio'; readonly ratio: number }
  readonly order: OrderStyle
  /** Higher goes first when two candidates want the last free place. */
  readonly priority: number
  /** After an entry of this condition on one instrument, its next is ignored for so long. */
  readonly cooldownMs: number
  /** A leave (편출) before the fill cancels the order. */
  readonly cancelOnLeave: boolean
}

/** How the opinions of a strategy become orders; its `condition` is the strategy's name. */
export interface StrategyRule extends BuyRule {
  readonly exitOrder: OrderStyle
  /** Absent in a backtest, which brings its own bars. */
  readonly plays?: StrategyPlay
}

/** A strategy that is played while the market is open. */
export interface StrategyPlay {
  /** One of ours, a file by its absolute path, or written conditions. */
  readonly strategy:
    | { readonly id: string }
    | { readonly file: string }
    | { readonly entry: string; readonly exit?: string }
  readonly parameters: Readonly<Record<string, number | boolean | string>>
  readonly instruments: readonly InstrumentId[]
  readonly interval: Interval
}

export interface SellRule {
  readonly condition: ConditionId
  readonly name: string
  readonly enabled: boolean
  readonly window: Window
  readonly order: OrderStyle
}

export interface ExitSettings {
  /** 0.03: sell at a loss of 3 % from the average price. */
  readonly stopLossRatio?: number
  readonly takeProfitRatio?: number
  /** Stages by rising `activateRatio`: from that gain on, sell when `giveBackRatio` below the high since entry. */
  readonly trailing: readonly TrailingStage[]
  /** Stop at `multiple` × ATR(period) of one-minute bars below the average price. */
  readonly atr?: { readonly period: number; readonly multiple: number }
  readonly maxHoldMs?: number
  /** Everything is sold from this time on. */
  readonly endOfDay?: TimeOfDay
  /** How a profit-taking exit is priced. */
  readonly order: OrderStyle
  /** How a protective exit (stop loss, trailing, atr) is priced. */
  readonly protectiveOrder: OrderStyle
  /** Keep a stop-limit order working at the venue for every held position, where it takes one (NXT). */
  readonly atBroker?: boolean
}

export interface TrailingStage {
  readonly activateRatio: number
  readonly giveBackRatio: number
}

/**
 * What happens to an order not filled `afterMs` after its acceptance. `market`: cancel, then a market order for the
 * rest (an amend cannot change the type at Kiwoom). `reprice`: amend to the price its style gives now, at most `times`,
 * then as `finally` says.
 */
export interface UnfilledRule {
  readonly afterMs: number
  readonly then: 'market' | 'reprice' | 'cancel'
  readonly times: number
  readonly finally: 'market' | 'cancel'
}

export interface Limits {
  readonly maxPositions: number
  readonly maxOrdersPerDay: number
  /** Sum of buy order amounts in one day. */
  readonly maxBuyAmountPerDay: Money
  readonly maxAmountPerInstrument: Money
  /** Orders that may leave in one second. */
  readonly maxOrdersPerSecond: number
  /** No new buys once the day's realized and unrealized loss is larger. */
  readonly maxLossPerDay?: Money
  readonly rebuy: RebuyRule
  readonly forbid: {
    /** 관리·경고·위험·단기과열·정리매매·투자주의환기 */
    readonly designated: boolean
    /** At the upper limit price. */
    readonly upperLimit: boolean
    readonly inVi: boolean
  }
  /** Cap on the gap between quotes and now for a buy; older is unknown. */
  readonly maxQuoteAgeMs: number
}

export interface RebuyRule {
  /** No second buy of an instrument sold today. */
  readonly notToday: boolean
  /** No second buy within so long after a sale. */
  readonly blockMs?: number
  /** No second buy today after a sale at a loss. */
  readonly notAfterLoss: boolean
}
