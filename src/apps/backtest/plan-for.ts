import type { BarTable } from '../../lab/backtest/bar-table.ts'
import type { BacktestPlan } from '../../lab/backtest/plan.ts'
import { homeOf } from '../../model/home-venue.ts'
import { krw } from '../../model/money.ts'
import type { Sentence } from '../../model/sentence.ts'
import { err, ok, type Result } from '../../std/result.ts'
import type { Strategy } from '../../trading/strategies/strategy.ts'
import { assumptionsOf, settingsFor } from './settings.ts'
import type { StrategyTask } from './strategy-task.ts'

/** What a plan is made of besides the strategy itself. */
export type PlanParts = Pick<
  StrategyTask,
  'parameters' | 'interval' | 'instruments' | 'delistings' | 'rules' | 'cash'
>

/**
 * A plan that plays a strategy from its beginning on these bars. Errors: parameters that the strategy does not take, and bars of
 * another length than it needs, in words.
 */
export function planFor(
  strategy: Strategy,
  parts: PlanParts,
  bars: BarTable,
): Result<BacktestPlan, Sentence> {
  const started = strategy.start(parts.parameters, parts.instruments)
  if (!started.ok) {
    const all = (of: (each: Sentence) => string) => started.error.map(of).join('\n')
    return err({ ko: all(({ ko }) => ko), en: all(({ en }) => en) })
  }
  const { interval } = started.value.needs
  if (interval !== undefined && interval !== parts.interval)
    return err({
      ko: `${strategy.id} 에는 ${interval} 봉이 필요합니다: --data bars/${interval}/…`,
      en: `${strategy.id} needs bars of ${interval}: --data bars/${interval}/…`,
    })
  return ok({
    bars,
    interval: parts.interval,
    instruments: parts.instruments,
    participants: [{ name: strategy.id, run: started.value }],
    settings: settingsFor(strategy, parts.rules, homeOf(parts.instruments)),
    cash: krw(parts.cash),
    assumptions: assumptionsOf(parts.rules),
    ...(parts.delistings && { delistings: parts.delistings }),
    ...(parts.rules.commission && { commission: parts.rules.commission }),
  })
}
