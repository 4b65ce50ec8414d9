import type { BarTable } from '../../lab/backtest/bar-table.ts'
import type { BacktestPlan } from '../../lab/backtest/plan.ts'
import { runBacktest } from '../../lab/backtest/run.ts'
import type { Strategy } from '../../trading/strategies/strategy.ts'
import { refuse } from '../io.ts'
import { type Checks, examined } from './checks.ts'
import { type PlanParts, planFor } from './plan-for.ts'
import type { PlayedFile } from './play-file.ts'
import type { StrategyTask } from './strategy-task.ts'

/** Plays a strategy of ours, in this very thread. Refuses values that it does not take. */
export function playKnown(
  strategy: Strategy,
  task: PlanParts & Checks & Pick<StrategyTask, 'bars'>,
  onProgress: (done: number, of: number) => void,
): PlayedFile {
  const fresh = (bars: BarTable): BacktestPlan => {
    const plan = planFor(strategy, task, bars)
    return plan.ok ? plan.value : refuse(plan.error.ko, plan.error.en)
  }
  const result = runBacktest(fresh(task.bars), onProgress)
  const checked = examined(task, result, fresh, task.bars)
  return { strategy: { id: strategy.id, ...strategy.title }, result, ...checked }
}
