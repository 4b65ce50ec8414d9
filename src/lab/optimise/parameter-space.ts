import type { Sentence } from '../../model/sentence.ts'
import { invariant } from '../../std/invariant.ts'
import { err, ok, type Result } from '../../std/result.ts'
import {
  type Parameter,
  type ParameterSchema,
  readParameters,
  writtenValue,
} from '../../trading/strategies/parameters.ts'
import type { ParameterSet } from './trial.ts'

type Value = number | boolean | string

/** A parameter that takes one of these values. */
export interface Listed {
  readonly kind: 'listed'
  readonly key: string
  readonly label: Sentence
  readonly values: readonly Value[]
  /** Numbers that rise, so that two of them may be neighbours; false for flags and choices. */
  readonly isOrdered: boolean
}

/** A parameter that takes any number between two ends, both inside. */
export interface Span {
  readonly kind: 'span'
  readonly key: string
  readonly label: Sentence
  readonly from: number
  readonly to: number
  readonly isWhole: boolean
  /** What lies between two points of a grid. */
  readonly step: number
}

export type Dimension = Listed | Span

/** What is tried: every dimension is turned, the fixed values stay. Keys are in the order of the strategy's schema. */
export interface ParameterSpace {
  readonly fixed: ParameterSet
  readonly dimensions: readonly Dimension[]
}

/** A place in a space: of a listed dimension the place in its list, of a span the number itself. */
export type Point = readonly number[]

const MOST_VALUES = 10_000
/** A span without a step of its own is cut into so many. */
const STEPS = 10

/**
 * Reads what is to be turned, on top of a strategy's schema: `5..50:5` by a step, `5,10,20` as a list, `0.1..0.5` anywhere
 * between, '' the schema's own span, and a single value to be kept fixed. A percent is a ratio.
 * Errors: every value the schema does not take (with its range), and steps that lead nowhere, in words.
 */
export function readSpace(
  schema: ParameterSchema,
  written: Readonly<Record<string, string>>,
): Result<ParameterSpace, readonly Sentence[]> {
  const faults: Sentence[] = []
  const fixed: Record<string, Value> = {}
  const dimensions: Dimension[] = []
  const unknown = Object.keys(written).filter((key) => !Object.hasOwn(schema, key))
  for (const key of unknown) faults.push(...faultsOf(schema, key, 0))
  for (const [key, parameter] of Object.entries(schema)) {
    const text = written[key]
    if (text === undefined || !Object.hasOwn(written, key)) continue
    const read = readOne(schema, key, parameter, text.trim())
    if (!read.ok) faults.push(...read.error)
    else if ('fixed' in read.value) fixed[key] = read.value.fixed
    else dimensions.push(read.value)
  }
  return faults.length > 0 ? err(faults) : ok({ fixed, dimensions })
}

type Read = Result<Dimension | { readonly fixed: Value }, readonly Sentence[]>

function readOne(schema: ParameterSchema, key: string, parameter: Parameter, text: string): Read {
  const ends = /^(.+?)\.\.(.+?)(?::(.*))?$/.exec(text)
  if (ends || text === '') return readSpan(schema, key, parameter, ends ?? [])
  // What a choice is called may look like a number.
  const read = parameter.kind === 'choice' ? (each: string) => each : writtenValue
  const values = [...new Set(text.split(',').map((each) => read(each.trim())))]
  const faults = values.flatMap((value) => faultsOf(schema, key, value))
  if (faults.length > 0) return err(faults)
  // The schema took them, so they are values.
  return ok(listed(key, parameter, values as readonly Value[]))
}

function readSpan(
  schema: ParameterSchema,
  key: string,
  parameter: Parameter,
  [, first, last, by]: readonly (string | undefined)[],
): Read {
  if (parameter.kind === 'flag' || parameter.kind === 'choice') {
    const values = parameter.kind === 'flag' ? [false, true] : parameter.of
    if (first === undefined) return ok(listed(key, parameter, values))
    return no(
      `${key}: 범위는 수에만 씁니다. ${key}=${values.join(',')} 처럼 나열하세요`,
      `${key}: a range is for numbers; list the values: ${key}=${values.join(',')}`,
    )
  }
  const [from, to] = [ended(first, parameter.from), ended(last, parameter.to)]
  const faults = [from, to].flatMap((value) => faultsOf(schema, key, value))
  if (faults.length > 0) return err(faults)
  const range = { from: Number(from), to: Number(to) }
  if (range.from > range.to)
    return no(`${key}: ${from} 이(가) ${to} 보다 큽니다`, `${key}: ${from} is above ${to}`)
  const { label } = parameter
  const isWhole = parameter.kind === 'whole'
  if (range.from === range.to) return ok({ fixed: range.from })
  if (by === undefined) {
    const tenth = (range.to - range.from) / STEPS
    const step = parameter.step ?? (isWhole ? Math.max(1, Math.round(tenth)) : rounded(tenth))
    return ok({ kind: 'span', key, label, ...range, isWhole, step })
  }
  const step = writtenValue(by.trim())
  if (typeof step !== 'number' || step <= 0 || (isWhole && !Number.isInteger(step)))
    return no(
      `${key}: 간격 '${by}' 은(는) 0보다 큰 ${isWhole ? '정수' : '수'}여야 합니다`,
      `${key}: the step '${by}' has to be a ${isWhole ? 'whole ' : ''}number above 0`,
    )
  const count = stepsIn(range.from, range.to, step)
  if (count > MOST_VALUES)
    return no(
      `${key}: 값이 ${count}개입니다 (최대 ${MOST_VALUES}): 간격을 넓히세요`,
      `${key}: ${count} values, ${MOST_VALUES} at most: take a wider step`,
    )
  return ok(listed(key, parameter, stepped(range.from, step, count)))
}

const no = (ko: string, en: string): Read => err([{ ko, en }])

const ended = (text: string | undefined, end: number): unknown =>
  text === undefined ? end : writtenValue(text.trim())

function listed(key: string, parameter: Parameter, values: readonly Value[]): Dimension | { fixed: Value } {
  const [only] = values
  if (values.length === 1 && only !== undefined) return { fixed: only }
  const isOrdered = parameter.kind !== 'flag' && parameter.kind !== 'choice'
  const inOrder = isOrdered ? values.map(Number).toSorted((a, b) => a - b) : values
  return { kind: 'listed', key, label: parameter.label, values: inOrder, isOrdered }
}

/** What the schema says to one value: its own words, with its own range. */
function faultsOf(schema: ParameterSchema, key: string, value: unknown): readonly Sentence[] {
  const read = readParameters(schema, { [key]: value })
  return read.ok ? [] : read.error.map(({ ko, en }) => ({ ko, en }))
}

/** What to say where something has to be turned and nothing is. */
export function nothingTurned(schema: ParameterSchema): Sentence {
  const ranges = Object.entries(schema).map(([key, parameter]) =>
    'from' in parameter ? `${key} (${parameter.from}..${parameter.to})` : key,
  )
  const [first = 'fast'] = Object.keys(schema)
  return {
    ko: `바꿔 볼 값이 없습니다. -p ${first}=… 에 범위나 목록을 쓰세요. 있는 값: ${ranges.join(', ')}`,
    en: `nothing is turned: give -p ${first}=… a range or a list; there are ${ranges.join(', ')}`,
  }
}

/** A sum of steps carries rounding; what people wrote has fewer digits. */
const rounded = (value: number): number => Number(value.toPrecision(12))

const stepsIn = (from: number, to: number, step: number): number =>
  Math.floor(rounded((to - from) / step)) + 1

const stepped = (from: number, step: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => rounded(from + i * step))

/** The points of a dimension that a grid takes. */
export function gridOf(dimension: Dimension): readonly number[] {
  if (dimension.kind === 'listed') return dimension.values.map((_, place) => place)
  const { from, to, step } = dimension
  const inner = stepped(from, step, stepsIn(from, to, step)).filter((value) => value < to)
  return [...inner, to]
}

/** How many points a grid over the space has. */
export const sizeOfGrid = ({ dimensions }: ParameterSpace): number =>
  dimensions.reduce((product, dimension) => product * gridOf(dimension).length, 1)

/** How many different points there are at all; infinite where a dimension takes any number. */
export const sizeOf = ({ dimensions }: ParameterSpace): number =>
  dimensions.reduce((product, dimension) => product * countOf(dimension), 1)

function countOf(dimension: Dimension): number {
  if (dimension.kind === 'listed') return dimension.values.length
  return dimension.isWhole ? dimension.to - dimension.from + 1 : Number.POSITIVE_INFINITY
}

/** The point of a number from 0 up to, not with, the size of a space that has one. */
export function pointAt({ dimensions }: ParameterSpace, number: number): Point {
  let rest = number
  return dimensions
    .toReversed()
    .map((dimension) => {
      const count = countOf(dimension)
      const place = rest % count
      rest = Math.floor(rest / count)
      return dimension.kind === 'listed' ? place : dimension.from + place
    })
    .toReversed()
}

/** The nearest value that a dimension can take; six digits are enough of a number that may be any. */
export function snapped(dimension: Dimension, value: number): number {
  const [low, high] = boundsOf(dimension)
  const isDiscrete = dimension.kind === 'listed' || dimension.isWhole
  const near = isDiscrete ? Math.round(value) : Number(value.toPrecision(6))
  return Math.min(high, Math.max(low, near))
}

/** The least and the largest coordinate of a dimension. */
export const boundsOf = (dimension: Dimension): readonly [number, number] =>
  dimension.kind === 'listed' ? [0, dimension.values.length - 1] : [dimension.from, dimension.to]

/** The values of a point, those that stay fixed with them. Errors: a point of another space breaks an invariant. */
export function valuesAt({ fixed, dimensions }: ParameterSpace, point: Point): ParameterSet {
  const turned = dimensions.map((dimension, i): [string, Value] => {
    const coordinate = point[i]
    const value = dimension.kind === 'listed' ? dimension.values[coordinate ?? -1] : coordinate
    invariant(value !== undefined, `the point ${point.join()} lies outside of ${dimension.key}`)
    return [dimension.key, value]
  })
  return { ...fixed, ...Object.fromEntries(turned) }
}
