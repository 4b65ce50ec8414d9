import type { BacktestRules } from '../backtest/settings.ts'

/** One place, market orders, no exits and no slippage: what is played alone decides. */
export const PLAIN_RULES: BacktestRules = {
  maxPositions: 1,
  order: { kind: 'market' },
  exits: { trailing: [] },
  slippage: { kind: 'none' },
  participationRatio: 0.1,
  limitFill: 'through',
}
