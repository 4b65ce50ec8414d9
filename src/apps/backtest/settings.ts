import type { BarAssumptions } from '../../matching/bars/bar-venue.ts'
import type { Slippage } from '../../matching/bars/slippage.ts'
import { conditionId } from '../../model/ids.ts'
import { krw } from '../../model/money.ts'
import type { ExitSettings, OrderStyle, TradingSettings } from '../../model/settings.ts'
import { timeOfDay } from '../../model/time.ts'
import type { Strategy } from '../../trading/strategies/strategy.ts'

/** What a person says of the account and the exits of a backtest. */
export interface BacktestRules {
  /** Won per entry, or a share of the equity. Absent: the budget spread over the places. */
  readonly amount?: { readonly won: number } | { readonly ratio: number }
  readonly maxPositions: number
  readonly order: OrderStyle
  readonly exits: Pick<ExitSettings, 'stopLossRatio' | 'takeProfitRatio' | 'trailing'>
  readonly slippage: Slippage
  readonly participationRatio: number
  readonly limitFill: BarAssumptions['limitFill']
}

/** A market order holds the upper limit price, 30 % more than it will mostly cost: that much of the cash can be used. */
const MARKET_BUDGET = 0.75
/** What a limit order leaves for fees and for an equity that moved since the last close. */
const LIMIT_BUDGET = 0.95
const ALL_DAY = { from: timeOfDay('09:00'), to: timeOfDay('15:30') }
const NO_LIMIT = krw(Number.MAX_SAFE_INTEGER)
const A_DAY_MS = 86_400_000
const A_MINUTE_MS = 60_000

/** Settings of the engine for one strategy; whatever a backtest does not ask for is left open. */
export function settingsFor(strategy: Strategy, rules: BacktestRules): TradingSettings {
  const budget = rules.order.kind === 'limit' ? LIMIT_BUDGET : MARKET_BUDGET
  const amount =
    rules.amount === undefined
      ? ({ kind: 'equityRatio', ratio: budget / rules.maxPositions } as const)
      : 'won' in rules.amount
        ? ({ kind: 'krw', krw: krw(rules.amount.won) } as const)
        : ({ kind: 'equityRatio', ratio: rules.amount.ratio } as const)
  return {
    buys: [],
    sells: [],
    strategies: [
      {
        condition: conditionId(strategy.id),
        name: strategy.title.ko,
        enabled: true,
        window: ALL_DAY,
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
    hours: ALL_DAY,
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
