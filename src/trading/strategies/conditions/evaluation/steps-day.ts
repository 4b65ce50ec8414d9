import type { DayField } from '../language/tree.ts'
import type { LocalTime } from './feeds.ts'
import {
  ANNOUNCED_DAY,
  BAR_COLUMNS,
  CLOSE,
  DAY,
  HIGH,
  LOW,
  type Memory,
  OPEN,
  OPEN_AT,
  VALUE,
  VOLUME,
} from './memory.ts'
import { pure, type Step } from './step.ts'

/** What is kept of the day so far: its number, whether its bars came from the first on, and its bar. */
const DAY_OF = 0
const WHOLE = 1
const SO_FAR = 2
/** How many numbers the bar of a day has: one more than others, price times volume, for the weighted mean. */
export const DAY_BAR = BAR_COLUMNS + 1

export const DAY_AT_FIRST: readonly number[] = [-1, 0, ...Array<number>(DAY_BAR).fill(Number.NaN)]

const at = (f: Float64Array, place: number): number => f[place] as number

/**
 * The day so far, of closed bars (their columns begin at `bars`). A day is whole, and then has values, when bars of an
 * earlier day came before it, or when its facts were told before anything else of it; otherwise its morning was missed.
 */
export function dayStep(time: LocalTime, bars: number, state: number, outputs: DayOutputs): Step {
  const show = (f: Float64Array): void => {
    const isToday = at(f, state + DAY_OF) === at(f, DAY) && at(f, state + WHOLE) === 1
    writeDay(f, state + SO_FAR, isToday, outputs)
  }
  return {
    commit: ({ f }) => {
      const day = time.day(at(f, bars + OPEN_AT))
      const known = at(f, state + DAY_OF)
      if (day > known) {
        f[state + WHOLE] = known >= 0 || at(f, ANNOUNCED_DAY) === day ? 1 : 0
        f[state + DAY_OF] = day
        begin(f, bars, state + SO_FAR)
      } else if (day === known) extend(f, bars, state + SO_FAR)
      show(f)
    },
    peek: ({ f }) => show(f),
  }
}

/** The day with the bar under way (its columns begin at `forming`, those of the last closed bar at `bars`). */
export function formingDayStep(
  time: LocalTime,
  bars: number,
  forming: number,
  state: number,
  scratch: number,
  outputs: DayOutputs,
): Step {
  return pure(({ f }: Memory) => {
    const known = at(f, state + DAY_OF)
    const opened = at(f, forming + OPEN_AT)
    const closed = at(f, bars + OPEN_AT)
    const day = !Number.isNaN(opened) ? time.day(opened) : -1
    let isWhole = known === at(f, DAY) && at(f, state + WHOLE) === 1
    for (let i = 0; i < DAY_BAR; i++) f[scratch + i] = at(f, state + SO_FAR + i)
    // Where nothing is under way the columns show the closed bar again.
    if (!Number.isNaN(opened) && !(opened <= closed)) {
      if (day > known) {
        isWhole = day === at(f, DAY) && (known >= 0 || at(f, ANNOUNCED_DAY) === day)
        begin(f, forming, scratch)
      } else if (day === known) extend(f, forming, scratch)
    }
    writeDay(f, scratch, isWhole, outputs)
  })
}

/** Where the fields go. */
export type DayOutputs = readonly { readonly field: DayField; readonly place: number }[]

const PLACE: Readonly<Record<Exclude<DayField, 'vwap'>, number>> = {
  open: OPEN,
  high: HIGH,
  low: LOW,
  volume: VOLUME,
  value: VALUE,
}

function writeDay(f: Float64Array, bar: number, isKnown: boolean, outputs: DayOutputs): void {
  for (let i = 0; i < outputs.length; i++) {
    const { field, place } = outputs[i] as DayOutputs[number]
    if (!isKnown) f[place] = Number.NaN
    else if (field !== 'vwap') f[place] = at(f, bar + PLACE[field])
    else {
      const volume = at(f, bar + VOLUME)
      f[place] = volume > 0 ? at(f, bar + BAR_COLUMNS) / volume / 3 : Number.NaN
    }
  }
}

function begin(f: Float64Array, from: number, to: number): void {
  for (let i = 0; i < BAR_COLUMNS; i++) f[to + i] = at(f, from + i)
  f[to + BAR_COLUMNS] = turned(f, from)
}

function extend(f: Float64Array, from: number, to: number): void {
  if (at(f, from + HIGH) > at(f, to + HIGH)) f[to + HIGH] = at(f, from + HIGH)
  if (at(f, from + LOW) < at(f, to + LOW)) f[to + LOW] = at(f, from + LOW)
  f[to + CLOSE] = at(f, from + CLOSE)
  f[to + VOLUME] = at(f, to + VOLUME) + at(f, from + VOLUME)
  f[to + VALUE] = at(f, to + VALUE) + at(f, from + VALUE)
  f[to + BAR_COLUMNS] = at(f, to + BAR_COLUMNS) + turned(f, from)
}

/** Three times the typical price, by volume: whole, so that sums are exact. Source: rule book §5.1, VWAP (session). */
const turned = (f: Float64Array, bar: number): number =>
  (at(f, bar + HIGH) + at(f, bar + LOW) + at(f, bar + CLOSE)) * at(f, bar + VOLUME)
