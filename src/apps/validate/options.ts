import { InvalidArgumentError } from 'commander'
import type { Span } from '../../lab/optimise/validation-windows.ts'
import type { BacktestOptions } from '../backtest/options.ts'
import type { Turned } from '../backtest/turned.ts'
import * as read from '../options.ts'

/** Parsers of the command-line values of the honesty checks. */

const bad = (ko: string, en: string): never => {
  throw new InvalidArgumentError(`${ko} / ${en}`)
}

const [RUNS_MIN, RUNS_MAX] = [100, 100_000]

export function runs(text: string): number {
  const value = read.wholeNumber(text)
  return value >= RUNS_MIN && value <= RUNS_MAX
    ? value
    : bad(`${RUNS_MIN}–${RUNS_MAX}번`, `${RUNS_MIN} to ${RUNS_MAX} runs`)
}

/** `2y`, `6m`, `250d`: years and months of the calendar, or trading days. */
export function span(text: string): Span {
  const match = /^(\d{1,4})([ymd])$/.exec(text)
  const count = Number(match?.[1])
  if (!match || count === 0) return bad('2y, 6m, 250d 처럼 씁니다', 'written 2y, 6m or 250d')
  if (match[2] === 'd') return { unit: 'days', count }
  return { unit: 'months', count: match[2] === 'y' ? 12 * count : count }
}

/** The command line of a walk-forward, read. */
export interface WalkOptions extends Omit<BacktestOptions, 'param'> {
  readonly param: Turned
  readonly train: Span
  readonly test: Span
  readonly anchored?: true
  readonly purge: number
  readonly embargo: number
  /** Cross-validation instead of windows that walk. */
  readonly folds?: number
  readonly choose: number
}
