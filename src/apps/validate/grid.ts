import { InvalidArgumentError } from 'commander'
import type { ParameterSet } from '../../lab/optimise/trial.ts'
import { refuse } from '../io.ts'

type Value = ParameterSet[string]

/** The values of each key that are to be tried, in the order in which they were written. */
export type Grid = Readonly<Record<string, readonly Value[]>>

const SETS_MAX = 10_000
const RANGE = /^(-?\d+(?:\.\d+)?%?)\.\.(-?\d+(?:\.\d+)?%?)(?::(\d+(?:\.\d+)?%?))?$/

/** `fast=5,10,20` or `fast=5..20:5` (the step is 1 when absent), added to what was given before. */
export function gridParameter(text: string, before: Grid): Grid {
  const at = text.indexOf('=')
  const [key, written] = [text.slice(0, at), text.slice(at + 1)]
  if (at < 1 || written === '')
    return bad('fast=5,10,20 또는 fast=5..20:5 처럼 씁니다', 'written fast=5,10,20 or fast=5..20:5')
  return { ...before, [key]: [...new Set(written.split(',').flatMap(valuesOf))] }
}

/** Every combination; the last key turns fastest. Refuses more than ten thousand. */
export function setsOf(grid: Grid): readonly ParameterSet[] {
  const count = Object.values(grid).reduce((product, values) => product * values.length, 1)
  if (count > SETS_MAX)
    return refuse(
      `조합이 ${count}개입니다: ${SETS_MAX}개까지. 많이 시도할수록 필요한 샤프도 높아집니다`,
      `${count} combinations are more than ${SETS_MAX}; the more are tried, the higher the Sharpe ratio that is needed`,
    )
  return Object.entries(grid).reduce<readonly ParameterSet[]>(
    (sets, [key, values]) => sets.flatMap((set) => values.map((value) => ({ ...set, [key]: value }))),
    [{}],
  )
}

function valuesOf(text: string): readonly Value[] {
  const range = RANGE.exec(text)
  if (!range) return [readValue(text)]
  const [from, to, step] = [range[1], range[2], range[3] ?? '1'].map((each) => numberOf(each ?? '')) as [
    number,
    number,
    number,
  ]
  const steps = Math.floor((to - from) / step + 1e-9)
  if (!(step > 0) || steps < 0 || steps >= SETS_MAX)
    return bad('작은 값..큰 값:간격 으로 씁니다', 'written least..most:step')
  // 0.1 + 0.2 is cut back to 0.3.
  return Array.from({ length: steps + 1 }, (_, i) => Number((from + i * step).toPrecision(12)))
}

function readValue(text: string): Value {
  if (text === 'true' || text === 'false') return text === 'true'
  const number = numberOf(text)
  return text.trim() !== '' && Number.isFinite(number) ? number : text
}

/** `3%` is 0.03. */
const numberOf = (text: string): number =>
  text.endsWith('%') ? Number((Number(text.slice(0, -1)) / 100).toPrecision(12)) : Number(text)

const bad = (ko: string, en: string): never => {
  throw new InvalidArgumentError(`${ko} / ${en}`)
}
