import { invariant } from '../../std/invariant.ts'
import { err, ok } from '../../std/result.ts'
import { ascending, checkSeries, meanOf, quantileOf, type Series } from './moments.ts'
import type { Statistic } from './statistic.ts'
import { tooFew } from './statistic.ts'

export interface Overfitting {
  /** Share of the splits in which the best trial of one half came out in the lower half of the other. */
  readonly probability: number
  readonly splits: number
  readonly medianLogit: number
  /** Share of the splits in which the chosen trial lost money in the other half. */
  readonly lossShare: number
  /**
   * Slope of the chosen trial's Sharpe ratio there on that here: 1 keeps its promise, 0 forgets it. Absent
   * when all are the same.
   */
  readonly slope?: number
}

/** C(16, 8) is 12,870 splits, enough for any figure; more blocks only cost time. */
const BLOCKS_MAX = 16

/**
 * Probability of backtest overfitting by combinatorially symmetric cross-validation: the history is cut into
 * blocks, every half of the blocks picks its best trial by Sharpe ratio, and the other half says where that
 * trial ranks there.
 *
 * In: one return series for each trial, all over the same periods; an even number of blocks, 4 to 16. The
 * oldest periods that do not fill a block are left out. A trial that stood still counts with a ratio of 0.
 * Gaps: fewer than 2 trials; fewer than 2 periods in a block. Errors: series of different length, or blocks
 * that are odd or out of range, break an invariant.
 *
 * Source: Bailey, Borwein, López de Prado and Zhu, The Probability of Backtest Overfitting (Journal of
 * Computational Finance 20, 2017); rule book §5.9.
 */
export function overfittingProbability(
  trials: readonly Series[],
  blockCount = BLOCKS_MAX,
): Statistic<Overfitting> {
  invariant(
    blockCount % 2 === 0 && blockCount >= 4 && blockCount <= BLOCKS_MAX,
    `blocks are an even number from 4 to ${BLOCKS_MAX}: ${blockCount}`,
  )
  const length = trials[0]?.length ?? 0
  for (const trial of trials) {
    checkSeries(trial, 'returns of a trial')
    invariant(trial.length === length, `trials have one length: ${length}, ${trial.length}`)
  }
  if (trials.length < 2) return tooFew(trials.length, 2)
  const size = Math.floor(length / blockCount)
  if (size < 2) return tooFew(length, 2 * blockCount)
  return summary(splitsOf(sumsOf(trials, blockCount, size)))
}

interface Split {
  readonly here: number
  readonly there: number
  readonly logit: number
}

/**
 * Sums over the periods of each block, all trials of a block side by side: place `block × trials + trial`.
 */
interface BlockSums {
  readonly trials: number
  readonly blockCount: number
  readonly size: number
  readonly means: Float64Array
  /** Of returns less the trial's mean, so that little is cancelled; and of their squares. */
  readonly sums: Float64Array
  readonly squares: Float64Array
}

function sumsOf(trials: readonly Series[], blockCount: number, size: number): BlockSums {
  const cells = blockCount * trials.length
  const [sums, squares] = [new Float64Array(cells), new Float64Array(cells)]
  const means = Float64Array.from(trials, meanOf)
  trials.forEach((trial, place) => {
    const dropped = trial.length - blockCount * size
    for (let i = dropped; i < trial.length; i++) {
      const cell = Math.floor((i - dropped) / size) * trials.length + place
      const off = (trial[i] as number) - (means[place] as number)
      sums[cell] = (sums[cell] as number) + off
      squares[cell] = (squares[cell] as number) + off * off
    }
  })
  return { trials: trials.length, blockCount, size, means, sums, squares }
}

function splitsOf(table: BlockSums): Split[] {
  const { trials, blockCount } = table
  const whole = (1 << blockCount) - 1
  const [here, there] = [new Float64Array(trials), new Float64Array(trials)]
  const total = addUp(table, whole)
  const found: Split[] = []
  for (let half = 0; half <= whole; half++) {
    if (bitsOf(half) !== blockCount / 2) continue
    const inside = addUp(table, half)
    for (let i = 0; i < trials; i++) {
      const [sum, square] = [inside.sums[i] as number, inside.squares[i] as number]
      const [allSum, allSquare] = [total.sums[i] as number, total.squares[i] as number]
      here[i] = sharpeOf(table, i, sum, square, allSquare)
      there[i] = sharpeOf(table, i, allSum - sum, allSquare - square, allSquare)
    }
    const best = here.indexOf(here.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY))
    const share = rankOf(there, best) / (trials + 1)
    found.push({
      here: here[best] as number,
      there: there[best] as number,
      logit: Math.log(share / (1 - share)),
    })
  }
  return found
}

/** Sums over the blocks whose bit is set, one for each trial. */
function addUp(table: BlockSums, blocks: number): { sums: Float64Array; squares: Float64Array } {
  const { trials, blockCount } = table
  const [sums, squares] = [new Float64Array(trials), new Float64Array(trials)]
  for (let block = 0; block < blockCount; block++) {
    if ((blocks & (1 << block)) === 0) continue
    const from = block * trials
    for (let i = 0; i < trials; i++) {
      sums[i] = (sums[i] as number) + (table.sums[from + i] as number)
      squares[i] = (squares[i] as number) + (table.squares[from + i] as number)
    }
  }
  return { sums, squares }
}

/** Sharpe ratio per period over half of the blocks. */
function sharpeOf(table: BlockSums, trial: number, sum: number, square: number, allSquare: number): number {
  const count = (table.size * table.blockCount) / 2
  const spread = square - (sum * sum) / count
  if (spread <= STILL_SHARE * allSquare) return 0
  return ((table.means[trial] as number) + sum / count) / Math.sqrt(spread / (count - 1))
}

/** A half with less than this share of the trial's movement stood still; what is left there is rounding. */
const STILL_SHARE = 1e-13

/** Place from the bottom, 1 to n; equal values share the mean of their places. */
function rankOf(values: Float64Array, index: number): number {
  const own = values[index] as number
  let [below, equal] = [0, 0]
  for (const value of values) {
    if (value < own) below++
    else if (value === own) equal++
  }
  return below + (equal + 1) / 2
}

function summary(splits: readonly Split[]): Statistic<Overfitting> {
  const count = splits.length
  const slope = slopeOf(splits)
  const result = {
    probability: splits.filter(({ logit }) => logit <= ROUNDING).length / count,
    splits: count,
    medianLogit: quantileOf(ascending(splits.map(({ logit }) => logit)), 0.5),
    lossShare: splits.filter(({ there }) => there < 0).length / count,
    ...(slope !== undefined && { slope }),
  }
  return Number.isFinite(result.medianLogit) ? ok(result) : err({ code: 'outOfRange' })
}

/** log(½ / (1 − ½)) is 0 but for rounding, and 0 counts as overfit. */
const ROUNDING = 1e-12

function slopeOf(splits: readonly Split[]): number | undefined {
  const here = meanOf(splits.map((split) => split.here))
  const there = meanOf(splits.map((split) => split.there))
  let [cross, square] = [0, 0]
  for (const split of splits) {
    cross += (split.here - here) * (split.there - there)
    square += (split.here - here) ** 2
  }
  const slope = cross / square
  return Number.isFinite(slope) ? slope : undefined
}

function bitsOf(mask: number): number {
  let count = 0
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++
  return count
}
