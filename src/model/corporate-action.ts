import { invariant } from '../std/invariant.ts'
import { nextTradingDay } from './calendar.ts'
import type { InstrumentId } from './ids.ts'
import type { Instrument } from './instrument.ts'
import type { Rate } from './money.ts'
import {
  floorPart,
  type Money,
  minus,
  NO_WON,
  notional,
  type Price,
  plus,
  price,
  type Quantity,
  quantity,
} from './money.ts'
import { ceilToTick, floorToTick } from './tick-size.ts'
import { addDays, type TradingDay } from './time.ts'

/**
 * What a company did to its shares. split 액면분할 · reverseSplit 액면병합·감자 (without a refund) · bonusIssue 무상증자 ·
 * rightsIssue 유상증자 (주주배정) · stockDividend 주식배당 · cashDividend 현금배당 · spinOff 인적분할 · delisting 상장폐지.
 */
export type CorporateAction = {
  readonly instrument: InstrumentId
  /** The first day with the new base price (권리락일, 변경상장일); of a delisting the first day that is not listed (상장폐지일). */
  readonly from: TradingDay
  /** The first day with the new shares in the account; absent: the same day. Bonus shares come weeks after the ex-day. */
  readonly sharesFrom?: TradingDay
} & (
  | { readonly kind: 'split' /** One old share becomes so many. */; readonly into: number }
  | { readonly kind: 'reverseSplit' /** So many old shares become one. */; readonly of: number }
  | { readonly kind: 'bonusIssue' | 'stockDividend' /** New shares for one old one. */; readonly ratio: Rate }
  | {
      readonly kind: 'rightsIssue'
      readonly ratio: Rate
      readonly issuePrice: Price
      /** The regular close before the ex-day. */
      readonly closeBefore: Price
      /** Shares that were paid for; absent: none, and none come. */
      readonly subscribed?: Quantity
    }
  | { readonly kind: 'cashDividend' }
  | { readonly kind: 'spinOff' }
  | {
      readonly kind: 'delisting'
      /** For each share, in cash (a merger, a tender offer). Absent: nobody knows, and it counts as nothing. */
      readonly paid?: Price
    }
)

export type Delisting = CorporateAction & { readonly kind: 'delisting' }

/** Shares and what they cost; `inLieu` is what becomes no whole share and is paid in cash. */
export interface AdjustedHolding {
  readonly quantity: Quantity
  readonly cost: Money
  readonly inLieu?: {
    /** Of one new share. */
    readonly fraction: Rate
    /** The part of the old cost that leaves with it. */
    readonly cost: Money
  }
}

const ONE: Rate = { numerator: 1, denominator: 1 }

/**
 * By what earlier prices are multiplied; `undefined` for a spin-off, whose new price an auction finds.
 * A cash dividend changes no KRX base price, and after a delisting there is none. Source: rule book §1.15.
 */
export function priceFactor(action: CorporateAction): Rate | undefined {
  switch (action.kind) {
    case 'split':
      return { numerator: 1, denominator: wholeOf(action.into) }
    case 'reverseSplit':
      return { numerator: wholeOf(action.of), denominator: 1 }
    case 'bonusIssue':
    case 'stockDividend':
      return diluted(action.ratio)
    case 'rightsIssue':
      return exRights(action)
    case 'cashDividend':
    case 'delisting':
      return ONE
    case 'spinOff':
      return undefined
  }
}

function wholeOf(count: number): number {
  invariant(
    Number.isSafeInteger(count) && count >= 2,
    `shares are split or merged by 2 or more, not ${count}`,
  )
  return count
}

function diluted({ numerator, denominator }: Rate): Rate {
  invariant(numerator > 0 && denominator > 0, `new shares come for old ones: ${numerator}/${denominator}`)
  return { numerator: denominator, denominator: numerator + denominator }
}

/** (P + r S) / (1 + r), over P. */
function exRights({
  ratio,
  issuePrice,
  closeBefore,
}: CorporateAction & { readonly kind: 'rightsIssue' }): Rate {
  const { denominator } = diluted(ratio)
  invariant(closeBefore > 0, 'the price after a rights issue needs the close before it')
  return {
    numerator: ratio.denominator * closeBefore + ratio.numerator * issuePrice,
    denominator: denominator * closeBefore,
  }
}

/** A price of the days before, in today's terms, cut to the won: a tracked high, a stop. Spin-off: `undefined`. */
export function adjustedPrice(action: CorporateAction, before: Price): Price | undefined {
  const factor = priceFactor(action)
  return factor && times(before, factor)
}

const times = (before: Price, { numerator, denominator }: Rate): Price =>
  price(Number((BigInt(before) * BigInt(numerator)) / BigInt(denominator)))

/** 기준가 after the event. That it is rounded down to the tick is assumed. Source: rule book §1.15. */
export function adjustedBase(action: CorporateAction, close: Price, listing: Instrument): Price | undefined {
  const exact = adjustedPrice(action, close)
  return exact === undefined ? undefined : floorToTick(listing, action.from, exact)
}

/** The limit of an order in the new terms, on tick and never worse for its owner than before. */
export function adjustedLimit(
  action: CorporateAction,
  order: { readonly side: 'buy' | 'sell'; readonly limit: Price },
  listing: Instrument,
): Price | undefined {
  const factor = priceFactor(action)
  if (factor === undefined) return undefined
  const low = times(order.limit, factor)
  if (order.side === 'buy') return floorToTick(listing, action.from, low)
  const isWhole = BigInt(low) * BigInt(factor.denominator) === BigInt(order.limit) * BigInt(factor.numerator)
  return ceilToTick(listing, action.from, isWhole ? low : price(low + 1))
}

/**
 * A holding after its shares were exchanged, or new ones came. The total cost stays, to the won: what leaves with a fraction is
 * named. Subscribed shares of a rights issue add what was paid for them, a delisting leaves nothing. Spin-off: `undefined`, it is
 * not adjustable.
 */
export function adjustedHolding(
  action: CorporateAction,
  before: { readonly quantity: Quantity; readonly cost: Money },
): AdjustedHolding | undefined {
  if (action.kind === 'spinOff') return undefined
  if (action.kind === 'delisting') return { quantity: quantity(0), cost: NO_WON }
  if (action.kind === 'rightsIssue') {
    const subscribed = action.subscribed ?? quantity(0)
    return {
      quantity: quantity(before.quantity + subscribed),
      cost: plus(before.cost, notional(action.issuePrice, subscribed)),
    }
  }
  const factor = priceFactor(action) ?? ONE
  return exchanged(before, { numerator: factor.denominator, denominator: factor.numerator })
}

/** `rate` new shares for each old one; whole ones are given out. */
function exchanged(
  before: { readonly quantity: Quantity; readonly cost: Money },
  rate: Rate,
): AdjustedHolding {
  const parts = before.quantity * rate.numerator
  const left = parts % rate.denominator
  const shares = quantity((parts - left) / rate.denominator)
  if (left === 0) return { quantity: shares, cost: before.cost }
  const leaves = floorPart(before.cost, left, parts)
  const fraction = { numerator: left, denominator: rate.denominator }
  return { quantity: shares, cost: minus(before.cost, leaves), inLieu: { fraction, cost: leaves } }
}

const LIQUIDATION_DAYS = 7
/** Seven trading days are never further apart than this. */
const LIQUIDATION_SPAN_DAYS = 30

/**
 * 정리매매: is `day` one of the seven KRX trading days before the delisting, which have no price limit? Assumed of every delisting:
 * who leaves by a merger mostly does not trade in them at all. Source: rule book §1.13.
 */
export const isLiquidation = ({ from }: Delisting, day: TradingDay): boolean =>
  day < from && addDays(day, LIQUIDATION_SPAN_DAYS) >= from && nextTradingDay(day, LIQUIDATION_DAYS) >= from

/** Splits and mergers by so much, and bonus issues of so many hundredths of a share, are believed without a word from anyone. */
const MOST_SPLIT = 100
const MOST_BONUS_PERCENT = 500
/** How far the base price may lie from the inverse of the share ratio: a tick, and a last price that was not the close. */
const BASE_SLACK = 0.03

/**
 * Which event makes `before` shares exactly `after`, and moves a price of `close` to about `base`; `undefined` when none does.
 * Nobody announced it: it is a guess that both numbers carry, good enough to move a trailing stop's high along.
 */
export function guessedAction(
  known: { readonly instrument: InstrumentId; readonly from: TradingDay },
  before: { readonly quantity: Quantity; readonly close: Price },
  after: { readonly quantity: Quantity; readonly base: Price },
): CorporateAction | undefined {
  return guesses(known, before.quantity, after.quantity).find((action) => {
    const holding = adjustedHolding(action, {
      quantity: before.quantity,
      cost: notional(before.close, before.quantity),
    })
    const base = adjustedPrice(action, before.close)
    return (
      holding?.quantity === after.quantity &&
      base !== undefined &&
      Math.abs(after.base - base) <= Math.max(1, base * BASE_SLACK)
    )
  })
}

function guesses(
  known: { readonly instrument: InstrumentId; readonly from: TradingDay },
  before: number,
  after: number,
): CorporateAction[] {
  if (before <= 0 || after <= 0 || before === after) return []
  if (after < before)
    return range(2, MOST_SPLIT)
      .filter((of) => Math.floor(before / of) === after)
      .map((of) => ({ ...known, kind: 'reverseSplit', of }))
  const into = after / before
  if (Number.isInteger(into)) return into <= MOST_SPLIT ? [{ ...known, kind: 'split', into }] : []
  return range(1, MOST_BONUS_PERCENT)
    .filter((percent) => Math.floor((before * (100 + percent)) / 100) === after)
    .map((percent) => ({ ...known, kind: 'bonusIssue', ratio: { numerator: percent, denominator: 100 } }))
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)
