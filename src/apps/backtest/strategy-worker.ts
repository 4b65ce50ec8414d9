import { parentPort, workerData } from 'node:worker_threads'
import type { BarTable } from '../../lab/backtest/bar-table.ts'
import type { BacktestPlan } from '../../lab/backtest/plan.ts'
import { runBacktest } from '../../lab/backtest/run.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { Strategy } from '../../trading/strategies/strategy.ts'
import { examined } from './checks.ts'
import { loadStrategy, noStrategyIn, troubleWith } from './load-strategy.ts'
import { planFor } from './plan-for.ts'
import {
  MOMENTS_DONE,
  MOMENTS_SEEN,
  type StrategyNews,
  type StrategyOrder,
  type StrategyTask,
} from './strategy-task.ts'

/**
 * A thread for a strategy file: whatever the file does, the one that asked lives on. It counts the moments that are done in
 * memory that both see, so that a strategy which never comes back is noticed, and it is known where.
 */
const say = (news: StrategyNews) => parentPort?.postMessage(news)
const refuse = ({ ko, en }: Sentence) => say({ is: 'refused', ko, en })

async function play({ task, counts }: StrategyOrder): Promise<void> {
  const strategy = await loadStrategy(task.file)
  if (!strategy) return refuse(noStrategyIn(task.file))
  const plan = planFor(strategy, task, task.bars)
  if (!plan.ok) return refuse(plan.error)
  say({ is: 'introduced', strategy: { id: strategy.id, ...strategy.title } })
  const result = runBacktest(plan.value, (done) => {
    counts[MOMENTS_DONE] = done
    seen(counts)
  })
  const fresh = (bars: BarTable) => again(strategy, task, bars)
  const checked = examined(task, result, fresh, task.bars, () => seen(counts))
  say({ is: 'result', result, ...checked })
}

const seen = (counts: Int32Array): void => {
  counts[MOMENTS_SEEN] = ((counts[MOMENTS_SEEN] as number) + 1) | 0
}

function again(strategy: Strategy, task: StrategyTask, bars: BarTable): BacktestPlan {
  const plan = planFor(strategy, task, bars)
  if (!plan.ok) throw new Error(plan.error.en)
  return plan.value
}

const order: StrategyOrder = workerData
play(order).catch((error: unknown) => refuse(troubleWith(order.task.file, error)))
