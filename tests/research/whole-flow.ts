import { planFor } from '../../src/apps/backtest/plan-for.ts'
import { PLAIN_RULES } from '../../src/apps/testing/plain-rules.ts'
import { trialRecord } from '../../src/apps/validate/look.ts'
import { type Validated, validateByWalking } from '../../src/apps/validate/walk.ts'
import type { BarTable } from '../../src/lab/backtest/bar-table.ts'
import { SAMSUNG } from '../../src/lab/backtest/testing/play.ts'
import { type PlanOf, playTrial } from '../../src/lab/optimise/play-trial.ts'
import type { PlayTrials } from '../../src/lab/optimise/trial.ts'
import { countTrials, trialsOf } from '../../src/lab/optimise/validation-count.ts'
import { kstDay, type TradingDay } from '../../src/model/time.ts'
import type { Candidate } from './strategies.ts'

const CASH = 10_000_000

/** Everything that `garam walkforward` does between bars and verdict. */
export async function wholeFlow({ strategy, sets }: Candidate, bars: BarTable): Promise<Validated> {
  const parts = { interval: '1d', instruments: [SAMSUNG], rules: PLAIN_RULES, cash: CASH } as const
  const planOf: PlanOf = (parameters, bars) => planFor(strategy, { ...parts, parameters }, bars)
  const play: PlayTrials = (jobs) => Promise.resolve(jobs.map((job) => playTrial(planOf, bars, job)))
  const days = [...new Set(Array.from(bars.openAt, kstDay))]
  const span = { from: days[0] as TradingDay, to: days.at(-1) as TradingDay }
  const whole = await play(sets.map((parameters) => ({ parameters, ...span })))
  const window = { set: 'bars/1d/KRX/none', symbols: '', names: 1, ...span }
  const records = whole.map(({ job, returns, decisionHash }) =>
    trialRecord(
      { idea: { id: strategy.id, text: '' }, rules: '' },
      { kind: 'walkforward', parameters: job.parameters, window, returns, result: decisionHash },
      0,
    ),
  )
  const trials = countTrials(trialsOf(records, strategy.id, span), days.length)
  return validateByWalking(
    { play, sets, whole, days, trials, periodsPerYear: 246, cash: CASH },
    {
      train: { unit: 'days', count: 240 },
      test: { unit: 'days', count: 180 },
      purge: 0,
      embargo: 5,
      choose: 1,
    },
    {},
  )
}
