import type { Sentence } from '../../model/sentence.ts'
import { nearest } from '../../std/nearest.ts'
import { err, ok, type Result } from '../../std/result.ts'

interface NumberParameter {
  /** whole: 3; number: 2.5; ratio: 0.03, shown as 3 %. */
  readonly kind: 'whole' | 'number' | 'ratio'
  readonly from: number
  readonly to: number
  readonly default: number
  /** The grid of a sweep; the range in ten steps when absent. */
  readonly step?: number
  readonly label: Sentence
}

interface FlagParameter {
  readonly kind: 'flag'
  readonly default: boolean
  readonly label: Sentence
}

interface ChoiceParameter {
  readonly kind: 'choice'
  readonly of: readonly string[]
  readonly default: string
  readonly label: Sentence
}

/** One thing a user may turn: a form field, a column of a sweep, a key of the config. */
export type Parameter = NumberParameter | FlagParameter | ChoiceParameter
export type ParameterSchema = Readonly<Record<string, Parameter>>

type ValueOf<P extends Parameter> = P extends { readonly kind: 'flag' }
  ? boolean
  : P extends { readonly kind: 'choice'; readonly of: readonly (infer V)[] }
    ? V
    : number
export type ParametersOf<S extends ParameterSchema> = { readonly [K in keyof S]: ValueOf<S[K]> }

export interface ParameterFault extends Sentence {
  readonly key: string
}

/**
 * The values of a schema from what somebody wrote; what is not given has its default.
 * Errors: every unknown key (with the nearest known one), wrong type and value outside its range, each in words.
 */
export function readParameters<S extends ParameterSchema>(
  schema: S,
  given: Readonly<Record<string, unknown>>,
): Result<ParametersOf<S>, readonly ParameterFault[]> {
  const faults: ParameterFault[] = []
  for (const key of Object.keys(given)) if (!Object.hasOwn(schema, key)) faults.push(unknownKey(key, schema))
  const values: Record<string, unknown> = {}
  for (const [key, parameter] of Object.entries(schema)) {
    const value = Object.hasOwn(given, key) ? given[key] : parameter.default
    const fault = faultOf(parameter, value)
    if (fault) faults.push({ key, ko: `${key}: ${fault.ko}`, en: `${key}: ${fault.en}` })
    values[key] = value
  }
  return faults.length > 0 ? err(faults) : ok(values as ParametersOf<S>)
}

/** What somebody wrote, as a value: true, false, 3, 2.5, 3% (0.03), or the text itself. */
export function writtenValue(written: string): number | boolean | string {
  if (written === 'true' || written === 'false') return written === 'true'
  const percent = /^(-?\d+(?:\.\d+)?)%$/.exec(written)
  if (percent) return Number(percent[1]) / 100
  return written !== '' && Number.isFinite(Number(written)) ? Number(written) : written
}

function unknownKey(key: string, schema: ParameterSchema): ParameterFault {
  const known = Object.keys(schema)
  const guess = nearest(key, known)
  return {
    key,
    ko: `모르는 값 ${key}${guess ? ` (혹시 ${guess}?)` : ''}. 쓸 수 있는 것: ${known.join(', ')}`,
    en: `unknown parameter ${key}${guess ? ` (did you mean ${guess}?)` : ''}; known are ${known.join(', ')}`,
  }
}

function faultOf(parameter: Parameter, value: unknown): Sentence | undefined {
  if (parameter.kind === 'flag')
    return typeof value === 'boolean'
      ? undefined
      : { ko: `true 또는 false여야 합니다: ${text(value)}`, en: `wants true or false, not ${text(value)}` }
  if (parameter.kind === 'choice')
    return typeof value === 'string' && parameter.of.includes(value)
      ? undefined
      : {
          ko: `${parameter.of.join(', ')} 중 하나여야 합니다: ${text(value)}`,
          en: `wants one of ${parameter.of.join(', ')}, not ${text(value)}`,
        }
  return faultOfNumber(parameter, value)
}

function faultOfNumber({ kind, from, to }: NumberParameter, value: unknown): Sentence | undefined {
  const isNumber = typeof value === 'number' && Number.isFinite(value)
  if (isNumber && value >= from && value <= to && (kind !== 'whole' || Number.isInteger(value)))
    return undefined
  const [ko, en] = kind === 'whole' ? ['정수', 'a whole number'] : ['수', 'a number']
  return {
    ko: `${from} 이상 ${to} 이하의 ${ko}여야 합니다: ${text(value)}`,
    en: `wants ${en} from ${from} to ${to}, not ${text(value)}`,
  }
}

const text = (value: unknown): string =>
  typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value))
