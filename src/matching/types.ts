import type { BreakerStage } from '../model/circuit-breaker.ts'
import type { InstrumentId } from '../model/ids.ts'
import type { Instrument, InstrumentDay, KoreanVenue, PriceBand } from '../model/instrument.ts'
import type { Price, Quantity } from '../model/money.ts'
import type { OrderType, Side, TimeInForce } from '../model/order.ts'
import type { Phase } from '../model/session.ts'
import type { FuturesMove } from '../model/sidecar.ts'
import type { TradingDay } from '../model/time.ts'
import type { EpochMs } from '../std/clock.ts'
import type { IndexName } from './indexes.ts'

/** What is listed on the matched market that day. */
export interface Listing {
  readonly instrument: Instrument
  readonly today: InstrumentDay
  /** Yesterday's volume: a scale for flow and for rankings. */
  readonly previousVolume: Quantity
  /** Names of one theme (테마) surge together in simulated flow. */
  readonly theme?: string
}

/** An order as the exchange sees it. `owner` is the participant; two orders of one owner never trade with each other. */
export interface ExchangeOrder {
  /** The exchange's number: 1, 2, 3 … of the day. */
  readonly number: number
  readonly owner: string
  readonly instrument: InstrumentId
  readonly side: Side
  readonly type: OrderType
  readonly timeInForce: TimeInForce
  readonly limit?: Price
  /** Of a stop-limit order that still waits: the last price at which it enters the book as a limit order. */
  readonly stop?: Price
  readonly quantity: Quantity
  readonly open: Quantity
  readonly enteredAt: EpochMs
  readonly replaces?: number
}

export interface NewOrder {
  readonly owner: string
  readonly instrument: InstrumentId
  readonly side: Side
  readonly type: OrderType
  readonly timeInForce: TimeInForce
  readonly limit?: Price
  /** Stop-limit orders only. */
  readonly stop?: Price
  readonly quantity: Quantity
}

/** Why the exchange says no. */
export type ExchangeRefusal =
  | { readonly code: 'unknownInstrument' }
  | { readonly code: 'marketClosed'; readonly phase: Phase }
  | { readonly code: 'instrumentHalted' }
  | {
      readonly code: 'typeNotAllowed'
      readonly type: OrderType
      readonly timeInForce: TimeInForce
      readonly phase: Phase
    }
  | { readonly code: 'priceOffTick'; readonly price: Price; readonly tick: Price }
  | { readonly code: 'priceOutsideBand'; readonly price: Price; readonly band: PriceBand }
  | { readonly code: 'priceMissing' }
  | { readonly code: 'quantityZero' }
  /** 최유리 finds nothing on the other side to take, or 중간가 no price to be halfway from. */
  | { readonly code: 'noOppositeQuote' }
  /** 최우선 finds nothing on its own side to join, or 중간가 no price to be halfway from. */
  | { readonly code: 'noSameSideQuote' }
  | { readonly code: 'nothingOpen' }

/** What the exchange tells the world. Order events name the order's number and owner. */
export type ExchangeEvent =
  | {
      readonly kind: 'print'
      readonly instrument: InstrumentId
      readonly price: Price
      readonly quantity: Quantity
      /** The side that crossed; absent in an auction and on the fixed-price board. */
      readonly aggressor?: Side
      /**
       * Traded off hours, at a fixed closing price (시간외 종가) or in a round of 시간외 단일가: counts as volume, moves neither
       * last, high nor low.
       */
      readonly board?: 'closePrice' | 'offHoursSingle'
      readonly at: EpochMs
    }
  /** The visible book of an instrument changed (also after a print). */
  | { readonly kind: 'book'; readonly instrument: InstrumentId; readonly at: EpochMs }
  | {
      readonly kind: 'fill'
      readonly number: number
      readonly owner: string
      readonly instrument: InstrumentId
      readonly side: Side
      readonly price: Price
      readonly quantity: Quantity
      readonly open: Quantity
      readonly at: EpochMs
    }
  | { readonly kind: 'accepted'; readonly number: number; readonly owner: string; readonly at: EpochMs }
  /** A waiting stop-limit order was touched: from now on it is a limit order. */
  | { readonly kind: 'triggered'; readonly number: number; readonly owner: string; readonly at: EpochMs }
  /**
   * The open part, or `quantity` of it, ended: by a cancel, an amend (that much lives on under a new number), IOC/FOK
   * remainder, self-trade rule, or the end of its session.
   */
  | {
      readonly kind: 'closed'
      readonly number: number
      readonly owner: string
      readonly why: 'cancelled' | 'replaced' | 'unfilledRemainder' | 'selfTrade' | 'expired'
      readonly quantity: Quantity
      readonly at: EpochMs
    }
  /** Expected price and quantity of the running call auction; 0 and 0 when nothing would trade. */
  | {
      readonly kind: 'expected'
      readonly instrument: InstrumentId
      readonly price: Price
      readonly quantity: Quantity
      readonly at: EpochMs
    }
  | {
      readonly kind: 'vi'
      readonly instrument: InstrumentId
      readonly state: 'on' | 'off'
      readonly cause: 'static' | 'dynamic' | 'both'
      readonly price: Price
      readonly reference: Price
      readonly count: number
      readonly at: EpochMs
    }
  | { readonly kind: 'phase'; readonly phase: Phase; readonly at: EpochMs }
  /** 거래정지 of one instrument. `call`: orders are collected for the first price. `off`: it trades again. */
  | {
      readonly kind: 'halt'
      readonly instrument: InstrumentId
      readonly state: 'halted' | 'call' | 'off'
      readonly at: EpochMs
    }
  /**
   * 서킷브레이커. `halted`: all instruments of that market stand still, only cancels are taken. `call`: orders are collected for the
   * first price. `off`: it trades again. `closed`: the third stage, the market's day is over.
   */
  | {
      readonly kind: 'breaker'
      readonly market: IndexName
      readonly stage: BreakerStage
      readonly state: 'halted' | 'call' | 'off' | 'closed'
      readonly at: EpochMs
    }
  /** 사이드카: program orders of that side wait for five minutes. Nobody else is touched, and the book is not either. */
  | {
      readonly kind: 'sidecar'
      readonly market: IndexName
      readonly side: Side
      readonly state: 'on' | 'off'
      readonly at: EpochMs
    }

export interface BookLevel {
  readonly price: Price
  readonly quantity: Quantity
}

/** The day so far. Prices are 0 before the first print. */
export interface InstrumentState {
  readonly listing: Listing
  readonly band: PriceBand | undefined
  readonly last: Price
  readonly open: Price
  readonly high: Price
  readonly low: Price
  /** The official close of the regular session, 0 until it is set. `last` goes on into the after-market, this does not. */
  readonly close: Price
  readonly volume: Quantity
  /** Won traded. */
  readonly value: number
  readonly buyVolume: Quantity
  readonly sellVolume: Quantity
  /** Its own: `halted` while a circuit breaker stops its market, `closed` after the third stage. */
  readonly phase: Phase
  /** 거래정지: only cancels are taken. */
  readonly halted: boolean
  readonly inVi: boolean
  /** It has a call auction, or a stop, of its own: VI, resumption after a halt or a circuit breaker, single prices all day. */
  readonly inOwnCall: boolean
  readonly viCount: number
  readonly expected: BookLevel | undefined
}

/**
 * One venue's matching for one day. Time moves only through `advanceTo`; calls are processed in order; the same calls
 * give the same events. Events are handed to the listener synchronously, in order, and not kept.
 */
export interface Exchange {
  readonly venue: KoreanVenue
  readonly day: TradingDay
  readonly now: EpochMs
  readonly phase: Phase
  /** Runs auctions, session changes and VI ends that fall due up to `to`, in order. */
  advanceTo(to: EpochMs): void
  /** When the next thing of its own falls due. */
  nextDue(): EpochMs | undefined
  submit(
    order: NewOrder,
  ):
    | { readonly ok: true; readonly number: number }
    | { readonly ok: false; readonly refusal: ExchangeRefusal }
  /**
   * Moves `quantity` of what is open (0 = all of it) to a new number, with a new price or without. What is left stays under
   * the old number, in its place. At the same price what moved keeps its place too; a new price or a quantity larger than
   * what is open loses it.
   */
  amend(
    number: number,
    change: { readonly limit?: Price; readonly quantity: Quantity },
  ):
    | { readonly ok: true; readonly number: number; readonly quantity: Quantity }
    | { readonly ok: false; readonly refusal: ExchangeRefusal }
  /** 0 = all that is open. */
  cancel(
    number: number,
    quantity: Quantity,
  ):
    | { readonly ok: true; readonly quantity: Quantity }
    | { readonly ok: false; readonly refusal: ExchangeRefusal }
  /** An open order, or one of the last 100,000 that ended. */
  order(number: number): ExchangeOrder | undefined
  state(instrument: InstrumentId): InstrumentState | undefined
  /** Best first; at most `depth` levels. In a call auction too. */
  levels(instrument: InstrumentId, side: Side, depth: number): readonly BookLevel[]
  /**
   * 거래정지: while halted only cancels are taken and no auction executes. Ended inside continuous trading, orders are collected
   * for ten minutes and a random end first; inside a call the instrument joins it.
   */
  halt(instrument: InstrumentId, halted: boolean): void
  /**
   * NXT: the regular close of KRX is known. The fixed-price board trades at it, and not before. On KRX it breaks an invariant.
   */
  followClose(instrument: InstrumentId, close: Price): void
  /**
   * Drills: lets the circuit breaker of that market go off now, whatever its index says. `false` when its rule knows no such
   * stage, it had it today, it stands still already, or the time of day is one in which it cannot go off. NXT has none of its
   * own, it follows that of KRX.
   */
  trip(market: IndexName, stage: BreakerStage): boolean
  /** How far the futures have moved, for the sidecar: it is told of by nobody else. */
  noteFutures(market: IndexName, move: FuturesMove): void
  listings(): readonly Listing[]
}
