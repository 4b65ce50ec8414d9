import type { StrategyParameter } from '../../../contract/strategies.ts'

/** As it stands in its box: a ratio of one as percent. */
export function shownParameter(parameter: StrategyParameter, value: unknown): string {
  if (value === undefined) return shownParameter(parameter, parameter.default)
  if (parameter.kind !== 'ratio') return String(value)
  if (typeof value === 'string') return value.replace(/%$/, '')
  return String(Number((Number(value) * 100).toPrecision(12)))
}

/** As it is written into the file: `30%` for a ratio. Text that is no number stays, for the check to tell. */
export function writtenParameter(parameter: StrategyParameter, text: string): unknown {
  const trimmed = text.trim().replace(/%$/, '')
  if (trimmed === '') return undefined
  if (!/^-?\d+(\.\d+)?$/.test(trimmed)) return trimmed
  return parameter.kind === 'ratio' ? `${trimmed}%` : Number(trimmed)
}

/** `2–200`, `1–30%`. */
export function parameterRange(parameter: StrategyParameter): string {
  if (parameter.kind === 'flag' || parameter.kind === 'choice') return ''
  const [from, to] = [shownParameter(parameter, parameter.from), shownParameter(parameter, parameter.to)]
  return `${from}–${to}${parameter.kind === 'ratio' ? '%' : ''}`
}

export function isOutside(parameter: StrategyParameter, value: unknown): boolean {
  if (value === undefined || parameter.kind === 'flag' || parameter.kind === 'choice') return false
  const number = Number(shownParameter(parameter, value)) / (parameter.kind === 'ratio' ? 100 : 1)
  const isOdd = parameter.kind === 'whole' && !Number.isInteger(number)
  return Number.isNaN(number) || isOdd || number < parameter.from || number > parameter.to
}
