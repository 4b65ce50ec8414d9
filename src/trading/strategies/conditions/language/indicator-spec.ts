import type { Indicator } from '../../../indicators/indicator.ts'
import type { Spelling } from './words.ts'

/** What an indicator may read of a bar. The object is used again for the next bar. */
export interface IndicatorBar {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

/** One number, or several by the names of the outputs. */
export type IndicatorOutput = number | object

interface Parameter {
  readonly name: string
  readonly least: number
  readonly most: number
  readonly whole: boolean
  readonly default?: number
}

interface Output extends Spelling {
  /** `source`: in the unit of what it is made of (of whole bars: a price). */
  readonly unit: 'source' | 'number' | 'volume'
}

interface Common {
  readonly spelling: Spelling
  readonly parameters: readonly Parameter[]
  /** By name. An indicator with one output calls it `value`; it is never written out. */
  readonly outputs: Readonly<Record<string, Output>>
  /** The output that is meant when none is named. */
  readonly main?: string
  /** After how many values (bars) every output has its first. */
  readonly warmUp: (...parameters: readonly number[]) => number
  /** How long the start is felt, in values, for those that never forget it. Source: rule book §5.2, at least 5 periods. */
  readonly settles?: (...parameters: readonly number[]) => number
}

interface OfValues extends Common {
  readonly input: 'values'
  readonly create: (...parameters: readonly number[]) => Indicator<number, IndicatorOutput>
}

interface OfBars extends Common {
  readonly input: 'bars'
  readonly create: (...parameters: readonly number[]) => Indicator<IndicatorBar, IndicatorOutput>
}

/** An indicator as the language knows it. */
export type IndicatorSpec = OfValues | OfBars

/** By the name that stands in a tree. */
export type IndicatorSpecs = Readonly<Record<string, IndicatorSpec>>

/** A ring is kept for each instrument; a longer period belongs on a longer interval. */
const LONGEST = 1_000

export const period = (least: number, preset?: number, name = 'period'): Parameter => ({
  ...{ name, least, most: LONGEST, whole: true },
  ...(preset === undefined ? {} : { default: preset }),
})

/** A number that need not be whole: deviations, a multiple, a step. */
export const factor = (name: string, preset: number, most = 100): Parameter => ({
  ...{ name, least: 0, most, whole: false },
  default: preset,
})

/** The only output of an indicator. */
export const single = (unit: Output['unit']): Common['outputs'] => ({
  value: { en: ['value'], ko: ['값'], unit },
})

export const bands: Common['outputs'] = {
  upper: { en: ['upper'], ko: ['상단', '상한선'], unit: 'source' },
  middle: { en: ['middle'], ko: ['중심선', '중단'], unit: 'source' },
  lower: { en: ['lower'], ko: ['하단', '하한선'], unit: 'source' },
}

export const K: Output = { en: ['k'], ko: ['K'], unit: 'number' }
export const D: Output = { en: ['d'], ko: ['D'], unit: 'number' }
