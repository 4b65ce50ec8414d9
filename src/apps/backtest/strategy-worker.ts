import { register } from 'node:module'
import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import type { BarTable } from '../../lab/backtest/bar-table.ts'
import { findPeek } from '../../lab/backtest/lookahead.ts'
import type { BacktestPlan } from '../../lab/backtest/plan.ts'
import { runBacktest } from '../../lab/backtest/run.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { Strategy } from '../../trading/strategies/strategy.ts'
import { faceUrl } from '../self.ts'
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
  const strategy = await load(task.file)
  if (!strategy)
    return refuse({
      ko: `${task.file} 은(는) export default defineStrategy({ … }) 로 전략을 내보내야 합니다`,
      en: `${task.file} has to export a strategy: export default defineStrategy({ … })`,
    })
  const plan = planFor(strategy, task, task.bars)
  if (!plan.ok) return refuse(plan.error)
  say({ is: 'introduced', strategy: { id: strategy.id, ...strategy.title } })
  const result = runBacktest(plan.value, (done) => {
    counts[MOMENTS_DONE] = done
    seen(counts)
  })
  if (task.cuts === undefined || result.stopped) return say({ is: 'result', result })
  const peek = findPeek(
    result,
    (bars) => again(strategy, task, bars),
    task.bars,
    task.cuts,
    () => seen(counts),
  )
  say({ is: 'result', result, ...(peek && { peek }) })
}

const seen = (counts: Int32Array): void => {
  counts[MOMENTS_SEEN] = ((counts[MOMENTS_SEEN] as number) + 1) | 0
}

/** `garam/strategy` and its sisters are ours, wherever the file lies, and a TypeScript file is a module, whatever its folder says. */
async function load(file: string): Promise<Strategy | undefined> {
  const names = ['strategy', 'indicators', 'analytics', 'model', 'matching']
  const ours = Object.fromEntries(names.map((name) => [`garam/${name}`, faceUrl(name)]))
  const hook = `const ours = ${JSON.stringify(ours)}
export async function resolve(name, context, next) {
  if (name in ours) return { url: ours[name], format: 'module', shortCircuit: true }
  const found = await next(name, context)
  return /^file:.*\\.ts($|\\?)/.test(found.url) ? { ...found, format: 'module' } : found
}`
  register(`data:text/javascript,${encodeURIComponent(hook)}`)
  const loaded: { readonly default?: unknown } = await import(pathToFileURL(file).href)
  return isStrategy(loaded.default) ? loaded.default : undefined
}

function isStrategy(value: unknown): value is Strategy {
  if (typeof value !== 'object' || value === null) return false
  const { id, title, parameters, start } = value as Partial<Record<keyof Strategy, unknown>>
  const isDescribed = [title, parameters].every((each) => typeof each === 'object' && each !== null)
  return typeof id === 'string' && typeof start === 'function' && isDescribed
}

function again(strategy: Strategy, task: StrategyTask, bars: BarTable): BacktestPlan {
  const plan = planFor(strategy, task, bars)
  if (!plan.ok) throw new Error(plan.error.en)
  return plan.value
}

const order: StrategyOrder = workerData
play(order).catch((error: unknown) => {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const { file } = order.task
  refuse({ ko: `전략 파일 ${file}: ${said}`, en: `strategy file ${file}: ${said}` })
})
