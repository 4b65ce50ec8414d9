import { parentPort, workerData } from 'node:worker_threads'
import { type PlanOf, playTrial } from '../../lab/optimise/play-trial.ts'
import type { TrialJob } from '../../lab/optimise/trial.ts'
import { STRATEGIES } from '../../trading/strategies/registry.ts'
import type { Strategy } from '../../trading/strategies/strategy.ts'
import { loadStrategy, noStrategyIn, troubleWith } from '../backtest/load-strategy.ts'
import { planFor } from '../backtest/plan-for.ts'
import type { TrialNews, TrialOrder } from './trial-task.ts'

/**
 * A thread that plays trials, one job after the other, on bars that all threads share. It counts the moments it has played in
 * memory that the owner of the pool sees, so that a strategy which never comes back is noticed.
 */
const { task, counts, seat }: TrialOrder = workerData
const name = 'id' in task.strategy ? task.strategy.id : task.strategy.file

const say = (news: TrialNews) => parentPort?.postMessage(news)

const seen = (): void => {
  counts[seat] = ((counts[seat] as number) + 1) | 0
}

const chosen = async (): Promise<Strategy | undefined> =>
  'id' in task.strategy ? STRATEGIES.find(({ id }) => id === name) : loadStrategy(name)

async function serve(): Promise<void> {
  const strategy = await chosen()
  if (!strategy) return say({ is: 'refused', ...noStrategyIn(name) })
  const planOf: PlanOf = (parameters, bars) => planFor(strategy, { ...task, parameters }, bars)
  parentPort?.on('message', (job: TrialJob) =>
    say({ is: 'outcome', outcome: playTrial(planOf, task.bars, job, seen) }),
  )
  const { id, title, parameters } = strategy
  say({ is: 'ready', strategy: { id, ...title, parameters } })
}

serve().catch((error: unknown) => say({ is: 'refused', ...troubleWith(name, error) }))
