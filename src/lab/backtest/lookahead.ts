import type { EpochMs } from '../../std/clock.ts'
import type { BacktestResult } from '../analytics/backtest-result.ts'
import { type BarTable, firstMoments } from './bar-table.ts'
import type { BacktestPlan } from './plan.ts'
import { runBacktest } from './run.ts'

/** An order that depends on bars that came after it. */
export interface Peek {
  /** The last bar that the shorter run had closes here. */
  readonly knownUntil: EpochMs
  /** When the two runs part. */
  readonly at: EpochMs
  readonly withFuture: string
  readonly without: string
}

/**
 * Plays the same plan on data that end at several moments. What a strategy orders before such an end cannot depend on what
 * comes behind it; where it does, it has seen the future. Gives the first difference, or nothing.
 *
 * `first`: the run on all of the data, made before any other in this process. `planFor` makes the plan anew for each run, on a table of its choice. `cuts`: how many ends, spread over the data. `onMoment`
 * is called at every moment of every run.
 */
export function findPeek(
  first: BacktestResult,
  planFor: (bars: BarTable) => BacktestPlan,
  bars: BarTable,
  cuts: number,
  onMoment: () => void = () => undefined,
): Peek | undefined {
  const whole = ordersOf(first)
  const moments = bars.openAt.length
  for (let cut = 1; cut <= cuts; cut++) {
    const end = Math.floor((moments * cut) / (cuts + 1))
    if (end < 1) continue
    const knownUntil = bars.closeAt[end - 1] as number
    const peek = firstDifference(
      before(whole, knownUntil),
      before(ordersOf(runBacktest(planFor(firstMoments(bars, end)), onMoment)), knownUntil),
    )
    if (peek) return { knownUntil, ...peek }
  }
  return undefined
}

interface Ordered {
  readonly at: EpochMs
  readonly text: string
}

const ordersOf = ({ orders }: BacktestResult): readonly Ordered[] =>
  orders.map(({ order: { instrument, side, quantity, type, limit, createdAt } }) => ({
    at: createdAt,
    text: `${side} ${quantity} ${instrument} ${type}${limit === undefined ? '' : ` ${limit}`}`,
  }))

/** What is ordered at the very end belongs to the next bar, which the shorter run does not have. */
const before = (orders: readonly Ordered[], until: EpochMs) => orders.filter(({ at }) => at < until)

function firstDifference(
  withFuture: readonly Ordered[],
  without: readonly Ordered[],
): Omit<Peek, 'knownUntil'> | undefined {
  for (let i = 0; i < Math.max(withFuture.length, without.length); i++) {
    const [one, other] = [withFuture[i], without[i]]
    if (one?.at === other?.at && one?.text === other?.text) continue
    const at = Math.min(one?.at ?? Number.POSITIVE_INFINITY, other?.at ?? Number.POSITIVE_INFINITY)
    return { at, withFuture: one?.text ?? '–', without: other?.text ?? '–' }
  }
  return undefined
}
