import type { SweepReport, SweepTrialMessage } from '../../../contract/backtest-report.ts'

/** One cell of the map: every trial with these two values, whatever the others were. */
export interface MapCell {
  readonly mean: number
  readonly best: SweepTrialMessage
  readonly count: number
  /** Mean of the cells around it: a real effect fades slowly, luck stands alone. Absent where it has none. */
  readonly around?: number
}

export interface SweepMap {
  readonly across: readonly string[]
  readonly up: readonly string[]
  readonly rows: readonly (readonly (MapCell | undefined)[])[]
  readonly low: number
  readonly high: number
  /** Where the winner lies: row and column. */
  readonly winner?: readonly [row: number, column: number]
}

type Value = SweepTrialMessage['values'][number]

/** More values than this are put together into bins. */
const MOST_CELLS = 24
const BINS = 12

/** The objective over two parameters; `up` may be absent when one was turned. `undefined` when no trial has a score. */
export function sweepMap(report: SweepReport, across: string, up: string | undefined): SweepMap | undefined {
  const placeOf = (key: string | undefined) => report.parameters.findIndex((each) => each.key === key)
  const scored = report.trials.filter(({ score }) => score !== undefined)
  if (scored.length === 0 || placeOf(across) < 0) return undefined
  const x = axisOf(scored, placeOf(across))
  const y = placeOf(up) < 0 ? undefined : axisOf(scored, placeOf(up))
  const cells = cellsOf(scored, (trial) => [y?.binOf(trial) ?? 0, x.binOf(trial)])
  const [height, width] = [y?.labels.length ?? 1, x.labels.length]
  const means = [...cells.values()].map(({ mean }) => mean)
  const winner = report.trials.find(({ number }) => number === report.winner)
  return {
    across: x.labels,
    up: y?.labels ?? [''],
    rows: Array.from({ length: height }, (_, row) =>
      Array.from({ length: width }, (_, column) => {
        const cell = cells.get(keyOf(row, column))
        const around = cell && meanAround(cells, row, column)
        return cell && { ...cell, ...(around !== undefined && { around }) }
      }),
    ),
    low: Math.min(...means),
    high: Math.max(...means),
    ...(winner?.score !== undefined && { winner: [y?.binOf(winner) ?? 0, x.binOf(winner)] as const }),
  }
}

const keyOf = (row: number, column: number): string => `${row} ${column}`

function cellsOf(
  trials: readonly SweepTrialMessage[],
  placeOf: (trial: SweepTrialMessage) => readonly [row: number, column: number],
): ReadonlyMap<string, MapCell> {
  const cells = new Map<string, MapCell>()
  for (const trial of trials) {
    const key = keyOf(...placeOf(trial))
    const score = trial.score ?? 0
    const before = cells.get(key)
    const count = (before?.count ?? 0) + 1
    const mean = (before?.mean ?? 0) + (score - (before?.mean ?? 0)) / count
    const best = before && (before.best.score ?? 0) >= score ? before.best : trial
    cells.set(key, { mean, best, count })
  }
  return cells
}

function meanAround(cells: ReadonlyMap<string, MapCell>, row: number, column: number): number | undefined {
  const near = [-1, 0, 1]
    .flatMap((down) => [-1, 0, 1].map((right) => [down, right] as const))
    .filter(([down, right]) => down !== 0 || right !== 0)
    .flatMap(([down, right]) => cells.get(keyOf(row + down, column + right))?.mean ?? [])
  return near.length === 0 ? undefined : near.reduce((sum, each) => sum + each, 0) / near.length
}

interface Axis {
  readonly labels: readonly string[]
  binOf(trial: SweepTrialMessage): number
}

function axisOf(trials: readonly SweepTrialMessage[], place: number): Axis {
  const valueIn = (trial: SweepTrialMessage): Value => trial.values[place] ?? ''
  const distinct = [...new Set(trials.map(valueIn))].toSorted(byValue)
  const numbers = distinct.filter((each) => typeof each === 'number')
  if (distinct.length <= MOST_CELLS || numbers.length < distinct.length) {
    const places = new Map(distinct.map((value, at) => [value, at]))
    return { labels: distinct.map(labelOf), binOf: (trial) => places.get(valueIn(trial)) ?? 0 }
  }
  const [low = 0, high = 0] = [numbers[0], numbers.at(-1)]
  const width = (high - low) / BINS
  return {
    labels: Array.from({ length: BINS }, (_, bin) => `${labelOf(low + bin * width)}…`),
    binOf: (trial) => Math.min(BINS - 1, Math.floor((Number(valueIn(trial)) - low) / width)),
  }
}

const byValue = (a: Value, b: Value): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1

const labelOf = (value: Value): string =>
  typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value)
