import { nextTradingDay } from './calendar.ts'
import { krw, type Money, minus, NO_WON, plus } from './money.ts'
import type { TradingDay } from './time.ts'

/** 예수금 by the day it will be there: now, on the next trading day, and on the one after it (T+2). */
export interface Settlement {
  readonly today: Money
  readonly d1: Money
  readonly d2: Money
}

/** What has traded and is not paid yet, by the day on which it is. Fees and tax are part of it. */
export interface Unsettled {
  readonly settles: TradingDay
  readonly bought: Money
  readonly sold: Money
}

/**
 * What the broker's three amounts say is still to be paid: the change from one day to the next, as one buy or one sale,
 * since their sum is all that is told. Source: Kiwoom REST guide, kt00001 (`d1_entra` = `entr` + net of that day).
 */
export function unsettledOf({ today, d1, d2 }: Settlement, day: TradingDay): readonly Unsettled[] {
  return [
    { settles: nextTradingDay(day), ...sides(minus(d1, today)) },
    { settles: nextTradingDay(day, 2), ...sides(minus(d2, d1)) },
  ]
}

/** The trades of `day` settle two trading days later. Source: rule book §1.11. */
export function withTrades(
  rows: readonly Unsettled[],
  day: TradingDay,
  traded: Pick<Unsettled, 'bought' | 'sold'>,
): readonly Unsettled[] {
  return rows.map((row) =>
    row.settles === nextTradingDay(day, 2)
      ? { ...row, bought: plus(row.bought, traded.bought), sold: plus(row.sold, traded.sold) }
      : row,
  )
}

const sides = (net: Money) => ({
  bought: net < 0 ? krw(-net) : NO_WON,
  sold: net > 0 ? net : NO_WON,
})
