import type { BarAssumptions } from '../../matching/bars/bar-venue.ts'
import type { Slippage } from '../../matching/bars/slippage.ts'
import type { CommissionSchedule } from '../../model/charges.ts'
import type { HomeVenue } from '../../model/home-venue.ts'
import { conditionId } from '../../model/ids.ts'
import { krw } from '../../model/money.ts'
import type { ExitSettings, OrderRouting, OrderStyle, TradingSettings } from '../../model/settings.ts'
import { timeOfDay } from '../../model/time.ts'
import type { Strategy } from '../../trading/strategies/strategy.ts'

/** What a person says of the account and the exits of a backtest. */
export interface BacktestRules {
  /** The account's own commission; absent: the broker's list price. */
  readonly commission?: CommissionSchedule
  /** Per entry, in the unit of the account's money, or a share of the equity. Absent: the budget spread over the places. */
  readonly amount?: { readonly units: number } | { readonly ratio: number }
  readonly maxPositions: number
  readonly order: OrderStyle
  readonly exits: Pick<ExitSettings, 'stopLossRatio' | 'takeProfitRatio' | 'trailing'>
  readonly slippage: Slippage
  readonly participationRatio: number
  readonly limitFill: BarAssumptions['limitFill']
}

/** A market order holds the upper limit price, 30 % more than it will mostly cost: that much of the cash can be used. */
const MARKET_BUDGET = 0.75
/** In the US it holds 10 % more than the last price, and a quarter percent of commission. */
const US_MARKET_BUDGET = 0.9
/** What a limit order leaves for fees and for an equity that moved since the last close. */
const LIMIT_BUDGET = 0.95
const ALL_DAY = {
  KRX: { from: timeOfDay('09:00'), to: timeOfDay('15:30') },
  US: { from: timeOfDay('09:30'), to: timeOfDay('16:00') },
} as const
const NO_LIMIT = krw(Number.MAX_SAFE_INTEGER)
const A_DAY_MS = 86_400_000
const A_MINUTE_MS = 60_000

const REGULAR_US: OrderRouting = { route: 'US', hours: 'regular', extendedEntries: false }

/** Settings of the engine for one strategy at its home venue; whatever a backtest does not ask for is left open. */
export function settingsFor(
  strategy: Strategy,
  rules: BacktestRules,
  home: HomeVenue = 'KRX',
): TradingSettings {
  const market = home === 'US' ? US_MARKET_BUDGET : MARKET_BUDGET
  const budget = rules.order.kind === 'limit' ? LIMIT_BUDGET : market
  const amount =
    rules.amount === undefined
      ? ({ kind: 'equityRatio', ratio: budget / rules.maxPositions } as const)
      : 'units' in rules.amount
        ? ({ kind: 'krw', krw: krw(rules.amount.units) } as const)
        : ({ kind: 'equityRatio', ratio: rules.amount.ratio } as const)
  return {
    buys: [],
    sells: [],
    strategies: [
      {
        condition: conditionId(strategy.id),
        name: strategy.title.ko,
        enabled: true,
        window: ALL_DAY[home],
        amount,
        order: rules.order,
        exitOrder: { kind: 'market' },
        priority: 0,
        cooldownMs: 0,
        cancelOnLeave: false,
      },
    ],
    exits: { ...rules.exits, order: { kind: 'market' }, protectiveOrder: { kind: 'market' } },
    unfilled: {
      buy: { afterMs: A_MINUTE_MS, then: 'cancel', times: 0, finally: 'cancel' },
      sell: { afterMs: A_MINUTE_MS, then: 'market', times: 0, finally: 'market' },
    },
    limits: {
      maxPositions: rules.maxPositions,
      maxOrdersPerDay: 1_000_000,
      maxBuyAmountPerDay: NO_LIMIT,
      maxAmountPerInstrument: NO_LIMIT,
      maxOrdersPerSecond: 1_000_000,
      rebuy: { notToday: false, notAfterLoss: false },
      forbid: { designated: true, upperLimit: true, inVi: true },
      maxQuoteAgeMs: A_DAY_MS,
    },
    hours: ALL_DAY[home],
    ...(home === 'US' && { orders: REGULAR_US }),
    excluded: [],
  }
}

export const assumptionsOf = ({
  slippage,
  participationRatio,
  limitFill,
}: BacktestRules): BarAssumptions => ({
  slippage,
  participationRatio,
  limitFill,
})
