import { invariant } from '../../std/invariant.ts'
import { sharpePerPeriod } from '../analytics/ratios.ts'
import { type Block, type FoldPlan, groupsOf, purgedSplits } from './validation-folds.ts'

/** What one split chose, and how that did where it was tested. */
export interface SplitChoice {
  readonly tested: readonly Block[]
  readonly train: readonly Block[]
  /** Place of the chosen returns; absent when none moved in training. */
  readonly chosen?: number
  /** Sharpe ratios per day; absent where nothing moved. */
  readonly trainSharpe?: number
  readonly testSharpe?: number
}

export interface CrossValidation {
  readonly splits: readonly SplitChoice[]
  /** Whole histories, each day of which was tested by values chosen without it. */
  readonly paths: readonly Float64Array[]
}

/**
 * Combinatorial purged cross-validation of several sets of values over the same days: each split chooses the best Sharpe ratio
 * of its training days, and the tests are put together to paths, the first test of each group to the first path and so on.
 * With `choose` 1 it is purged k-fold, with one path. Where training moved for none, nothing is held.
 *
 * In: daily returns, one series for each set, of one length. Errors: series of different length, or a plan out of its ranges,
 * break an invariant. Source: M. López de Prado (2018), ch. 12.
 */
export function crossValidate(returns: readonly Float64Array[], plan: FoldPlan): CrossValidation {
  const days = returns[0]?.length ?? 0
  invariant(
    returns.every(({ length }) => length === days),
    'all sets were played over the same days',
  )
  const groups = groupsOf(days, plan.folds)
  const paths: Float64Array[] = []
  const used = groups.map(() => 0)
  const splits = purgedSplits(days, plan).map(({ tested, train }): SplitChoice => {
    const best = bestOf(returns, train)
    const blocks = tested.map((group) => groups[group] as Block)
    for (const group of tested) {
      const place = used[group] as number
      used[group] = place + 1
      paths[place] ??= new Float64Array(days)
      const { from, end } = groups[group] as Block
      if (best) paths[place].set((returns[best.place] as Float64Array).subarray(from, end), from)
    }
    const test = best && sharpeIn(returns[best.place] as Float64Array, blocks)
    return {
      tested: blocks,
      train,
      ...(best && { chosen: best.place, trainSharpe: best.sharpe }),
      ...(test !== undefined && { testSharpe: test }),
    }
  })
  return { splits, paths }
}

/** The best Sharpe ratio on some blocks, the first of equals; `undefined` when none moved. */
function bestOf(returns: readonly Float64Array[], blocks: readonly Block[]) {
  let best: { readonly place: number; readonly sharpe: number } | undefined
  for (const [place, series] of returns.entries()) {
    const sharpe = sharpeIn(series, blocks)
    if (sharpe !== undefined && (best === undefined || sharpe > best.sharpe)) best = { place, sharpe }
  }
  return best
}

function sharpeIn(series: Float64Array, blocks: readonly Block[]): number | undefined {
  const ratio = sharpePerPeriod(blocks.flatMap(({ from, end }) => [...series.subarray(from, end)]))
  return ratio.ok ? ratio.value : undefined
}
