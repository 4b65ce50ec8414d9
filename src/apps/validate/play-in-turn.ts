import type { BarTable } from '../../lab/backtest/bar-table.ts'
import { type PlanOf, playTrial } from '../../lab/optimise/play-trial.ts'
import type { PlayTrials, TrialOutcome } from '../../lab/optimise/trial.ts'
import { sleep } from '../../std/clock.ts'
import { refuse } from '../io.ts'
import { wallClock } from '../system.ts'

/** Plays trials one after the other in this very thread; between two of them the program hears Ctrl-C. */
export const playInTurn =
  (planOf: PlanOf, bars: BarTable): PlayTrials =>
  async (jobs, { onDone, signal } = {}) => {
    const outcomes: TrialOutcome[] = []
    for (const job of jobs) {
      if (signal?.aborted)
        return refuse(
          '멈췄습니다: 지금까지 시도한 것은 기록에 남았습니다 (garam trials)',
          'stopped: what was tried so far is in the ledger (garam trials)',
        )
      outcomes.push(playTrial(planOf, bars, job))
      onDone?.(outcomes.length, jobs.length)
      await sleep(wallClock, 0)
    }
    return outcomes
  }
