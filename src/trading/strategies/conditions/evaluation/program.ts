import { invariant } from '../../../../std/invariant.ts'
import type { Indicator } from '../../../indicators/indicator.ts'
import type { TreeNode } from '../language/tree.ts'
import type { LocalTime } from './feeds.ts'
import { COLUMNS, COLUMNS_OF_INTERVAL, COUNT, KNOWN_AT_FIRST, type Memory } from './memory.ts'
import { FIXED, joined, type Origin, type Step } from './step.ts'

/** What the conditions of a program share with their evaluators. */
export interface Frame {
  /** Those that are fed, shortest first. */
  readonly intervals: readonly number[]
  readonly defaultIntervalMs: number
  readonly time: LocalTime
  /** Is the traded value of a bar that does not tell it reckoned as typical price times volume? Else it is unknown. */
  readonly estimateValue: boolean
}

/** Conditions made ready to be reckoned: the steps in their order, and a memory to copy for each instrument. */
export interface Program {
  readonly frame: Frame
  /** Where each condition's truth stands, and whether it waits for a first trade because something in it is forming. */
  readonly roots: readonly Root[]
  /** Where the value of a part stands; `forming` when it is below that word. */
  placeOf(node: TreeNode, forming: boolean): number | undefined
  readonly uses: Uses
  newMemory(): Memory
  /** Takes the samples of the intervals (bits) whose bars closed, and brings up to date what follows from them. */
  commit(memory: Memory, closed: number): void
  /** Brings up to date what trades, quotes and the clock change. */
  peek(memory: Memory): void
  /** Brings everything up to date; `closed` as in `commit`. */
  refresh(memory: Memory, closed: number): void
  /** Two programs of the same shape understand each other's snapshots. */
  readonly shape: string
}

export interface Root {
  readonly place: number
  readonly forming: boolean
}

/** Is anything in it `forming`, does it look at the time, the day? Then the feeds look after these. */
export interface Uses {
  readonly trades: boolean
  readonly time: boolean
  readonly day: boolean
}

/** Lays out the memory and gathers the steps. A value that was asked for before is not reckoned twice. */
export interface Builder {
  readonly frame: Frame
  /** A new number, or so many in a row, that are `first` before anything came. */
  reserve(first: number | readonly number[], count?: number): number
  /** Where an interval's columns begin. Errors: the interval is not fed. */
  columnsOf(intervalMs: number): number
  bitOf(intervalMs: number): number
  origin(place: number): Origin
  /** Gives the place known under `key`, or makes it. */
  shared(key: string, make: () => number): number
  /** A number that no step writes. */
  given(place: number, origin: Origin): number
  /** A step without a past that fills one new place from `parts`. */
  pure(key: string, parts: readonly number[], make: (out: number) => Step): number
  /** A step with a past; `outputs` are its places, reserved before. */
  past(step: Step, outputs: readonly number[], origin: Origin, clockBit: number): void
  indicator(create: () => Indicator<never, number | object>): number
}

interface Planned {
  readonly step: Step
  /** The interval at whose closing it takes a sample; 0 for a step without a past. */
  readonly clockBit: number
  readonly origin: Origin
}

/** Bits of a number that JavaScript keeps as such. */
const MOST_INTERVALS = 30

/** Bounded by the subsets of the intervals that ever close together; they are made when they are needed. */
type Plans = Map<number, readonly Step[]>

export function createBuilder(frame: Frame) {
  const { intervals } = frame
  invariant(
    intervals.length <= MOST_INTERVALS &&
      intervals.every((ms, i) => i === 0 || ms > (intervals[i - 1] as number)),
    `at most ${MOST_INTERVALS} intervals, shortest first: ${intervals.join(', ')}`,
  )
  const firsts: number[] = Array<number>(COLUMNS + intervals.length * COLUMNS_OF_INTERVAL).fill(Number.NaN)
  for (const [place, value] of Object.entries(KNOWN_AT_FIRST)) firsts[Number(place)] = value
  for (const i of intervals.keys()) firsts[COLUMNS + i * COLUMNS_OF_INTERVAL + COUNT] = 0
  const origins = new Map<number, Origin>()
  const known = new Map<string, number>()
  const planned: Planned[] = []
  const makers: (() => Indicator<never, number | object>)[] = []

  const indexOf = (intervalMs: number): number => {
    const index = intervals.indexOf(intervalMs)
    invariant(index >= 0, `bars of ${intervalMs} ms are asked for, but not fed: ${intervals.join(', ')}`)
    return index
  }

  const builder: Builder = {
    frame,
    reserve: (first, count = 1) => {
      const place = firsts.length
      if (typeof first === 'number') for (let i = 0; i < count; i++) firsts.push(first)
      else firsts.push(...first)
      return place
    },
    columnsOf: (intervalMs) => COLUMNS + indexOf(intervalMs) * COLUMNS_OF_INTERVAL,
    bitOf: (intervalMs) => 1 << indexOf(intervalMs),
    origin: (place) => origins.get(place) ?? FIXED,
    shared: (key, make) => {
      const place = known.get(key) ?? make()
      known.set(key, place)
      return place
    },
    given: (place, origin) => {
      origins.set(place, origin)
      return place
    },
    pure: (key, parts, make) =>
      builder.shared(`${key}(${parts.join()})`, () => {
        const out = builder.reserve(Number.NaN)
        const origin = joined(parts.map(builder.origin))
        origins.set(out, origin)
        planned.push({ step: make(out), clockBit: 0, origin })
        return out
      }),
    past: (step, outputs, origin, clockBit) => {
      for (const out of outputs) origins.set(out, origin)
      planned.push({ step, clockBit, origin })
    },
    indicator: (create) => makers.push(create) - 1,
  }

  const finish = (roots: readonly Root[], uses: Uses, placeOf: Program['placeOf']): Program => {
    const first = Float64Array.from(firsts)
    const plans: Plans = new Map()
    const isLive = ({ trades, quotes, time }: Origin) => trades || quotes || time
    const live = planned.filter(({ origin }) => isLive(origin)).map(({ step }) => step)

    /** Steps whose `commit` takes a sample where their clock is among `closed`, and only looks where it is not. */
    const stepsAt = (closed: number, which: (each: Planned) => boolean): readonly Step[] =>
      planned.filter(which).map(({ step, clockBit }) => ({
        commit: (clockBit & closed) !== 0 ? step.commit : step.peek,
        peek: step.peek,
      }))

    const planFor = (closed: number): readonly Step[] => {
      const plan = stepsAt(
        closed,
        ({ clockBit, origin }) =>
          ((clockBit === 0 ? origin.reads : clockBit) & closed) !== 0 || isLive(origin),
      )
      plans.set(closed, plan)
      return plan
    }
    // Instrument after instrument closes the same bars.
    let usual = 0
    let plan: readonly Step[] = []

    const program: Program = {
      frame,
      roots,
      uses,
      placeOf,
      shape: JSON.stringify([intervals, frame.defaultIntervalMs, roots, [...known.keys()]]),
      newMemory: () => {
        const memory = { f: first.slice(), indicators: makers.map((create) => create()) }
        // What is made of numbers alone has its value from the start.
        program.refresh(memory, 0)
        return memory
      },
      commit: (memory, closed) => {
        if (closed !== usual) {
          usual = closed
          plan = plans.get(closed) ?? planFor(closed)
        }
        for (let i = 0; i < plan.length; i++) (plan[i] as Step).commit(memory)
      },
      peek: (memory) => {
        for (let i = 0; i < live.length; i++) (live[i] as Step).peek(memory)
      },
      refresh: (memory, closed) => {
        for (const step of stepsAt(closed, () => true)) step.commit(memory)
      },
    }
    return program
  }

  return { builder, finish }
}
