import { invariant } from '../../std/invariant.ts'

export interface FoldPlan {
  /** Groups of neighbouring days; 2 to 16. */
  readonly folds: number
  /** How many of them are tested at once: 1 is k-fold, more is combinatorial. */
  readonly choose: number
  /** A decision earns for so many days more: training days whose time touches a test are dropped. */
  readonly purgeDays: number
  /** Days after a test that are dropped as well. */
  readonly embargoDays: number
}

/** Places of days, from (inside) to (outside). */
export interface Block {
  readonly from: number
  readonly end: number
}

export interface Split {
  /** Which groups are tested, ascending. */
  readonly tested: readonly number[]
  /** What is left to choose on. */
  readonly train: readonly Block[]
}

/** C(16, 8) splits is what CSCV makes as well; more only cost time. */
const FOLDS_MAX = 16

/** So many days in groups as equal as can be; the first ones are a day longer. */
export function groupsOf(days: number, folds: number): readonly Block[] {
  invariant(
    Number.isInteger(folds) && folds >= 2 && folds <= FOLDS_MAX,
    `folds are 2 to ${FOLDS_MAX}: ${folds}`,
  )
  invariant(days >= folds, `${days} days do not make ${folds} groups`)
  const [size, longer] = [Math.floor(days / folds), days % folds]
  return Array.from({ length: folds }, (_, i) => {
    const from = i * size + Math.min(i, longer)
    return { from, end: from + size + (i < longer ? 1 : 0) }
  })
}

/**
 * Every way to test `choose` of the groups and to choose on the others, purged and embargoed. A training day at i earns until
 * i + purge: it goes when that touches a test block, which itself earns until its last day + purge; behind that, the embargo.
 *
 * Errors: a plan out of its ranges breaks an invariant. Source: M. López de Prado, Advances in Financial Machine Learning
 * (2018), ch. 7.4 and 12.3; rule book §5.9.
 */
export function purgedSplits(days: number, plan: FoldPlan): readonly Split[] {
  const { folds, choose, purgeDays, embargoDays } = plan
  invariant(
    Number.isInteger(choose) && choose >= 1 && choose < folds,
    `of ${folds} groups 1 to ${folds - 1} are tested: ${choose}`,
  )
  for (const count of [purgeDays, embargoDays])
    invariant(Number.isInteger(count) && count >= 0, `purge and embargo are numbers of days: ${count}`)
  const groups = groupsOf(days, folds)
  return combinations(folds, choose).map((tested) => {
    const barred = new Uint8Array(days)
    for (const group of tested) {
      const { from, end } = groups[group] as Block
      barred.fill(1, Math.max(0, from - purgeDays), Math.min(days, end + purgeDays + embargoDays))
    }
    return { tested, train: blocksOf(barred) }
  })
}

/** How many whole paths the tests of all splits make: C(n, k) · k / n. Source: López de Prado (2018), ch. 12.4. */
export const pathCount = ({ folds, choose }: Pick<FoldPlan, 'folds' | 'choose'>): number =>
  (combinations(folds, choose).length * choose) / folds

/** In the order of counting: 01, 02, 03, 12, 13, 23. */
function combinations(of: number, choose: number): readonly (readonly number[])[] {
  if (choose === 0) return [[]]
  return Array.from({ length: of }, (_, last) => last).flatMap((first) =>
    combinations(of - first - 1, choose - 1).map((rest) => [first, ...rest.map((each) => each + first + 1)]),
  )
}

function blocksOf(barred: Uint8Array): readonly Block[] {
  const found: Block[] = []
  let from = -1
  for (let i = 0; i <= barred.length; i++) {
    const isOpen = i < barred.length && barred[i] === 0
    if (isOpen && from < 0) from = i
    if (!isOpen && from >= 0) {
      found.push({ from, end: i })
      from = -1
    }
  }
  return found
}
