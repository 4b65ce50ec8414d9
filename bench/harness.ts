/** One side of a comparison: does its work once and gives what it measured, in the benchmark's unit. */
export type Round = () => number | Promise<number>

export interface Comparison {
  readonly name: string
  readonly unit: string
  readonly ours: Round
  /** What ours is held against: measured in the same run, round by round in turn. */
  readonly reference: { readonly name: string; readonly run: Round }
  /** The goal of the performance page it answers, and the ratio that goal asks for. */
  readonly goal: string
  readonly gate: Gate
  /** How often each side runs; the medians count. */
  readonly rounds: number
}

/**
 * One printed line. `ratio` is the median of ours ÷ reference over the rounds (both sides of a round meet the same
 * neighbours): below 1 is better for a time, above 1 for a rate.
 */
export interface Measured {
  readonly name: string
  readonly unit: string
  readonly ours: number
  readonly reference: { readonly name: string; readonly value: number }
  readonly ratio: number
  readonly goal: string
  readonly gate: Gate
  readonly met: boolean
}

export interface Held {
  readonly name: string
  readonly goal: string
  readonly unit: string
  readonly ours: number
  readonly limit: number
}

/** A limit on the ratio: at most for times, at least for rates. */
export type Gate = `${'<=' | '>='} ${number}`

export interface Bench {
  /** True in CI: a fraction of the work, only to see that the benchmark still runs. */
  readonly short: boolean
  /** Picks the amount of work. */
  sized(full: number, short: number): number
  compare(comparison: Comparison): Promise<Measured>
  /** Prints a figure of one run against a limit that stands for itself (seconds a person waits, memory). */
  hold(figure: Held): void
  /** Says why a goal is not measured here. */
  skip(goal: string, why: string): void
  /** Prints figures that explain a comparison and are held against nothing. */
  explain(name: string, unit: string, parts: Readonly<Record<string, number>>): void
  readonly results: readonly Measured[]
}

/** A file of benchmarks: sets up, compares, cleans up. */
export interface Benchmarks {
  readonly name: string
  run(bench: Bench): Promise<void>
}

/** Prints each comparison as one line of JSON. */
export function createBench(short: boolean, print: (line: string) => void): Bench {
  const results: Measured[] = []
  return {
    short,
    results,
    hold: ({ ours, limit, ...figure }) => {
      const measured: Measured = {
        ...figure,
        ours: rounded(ours),
        reference: { name: 'the limit itself', value: limit },
        ratio: rounded(ours / limit),
        gate: '<= 1',
        met: ours <= limit,
      }
      results.push(measured)
      print(JSON.stringify(measured))
    },
    explain: (name, unit, parts) => {
      const figures = Object.entries(parts).map(([part, value]) => [part, rounded(value)])
      print(JSON.stringify({ name, unit, parts: Object.fromEntries(figures) as Record<string, number> }))
    },
    skip: (goal, why) => print(JSON.stringify({ goal, skipped: why })),
    sized: (full, few) => (short ? few : full),
    compare: async (comparison) => {
      const measured = await measure(comparison)
      results.push(measured)
      print(JSON.stringify(measured))
      return measured
    },
  }
}

/** Runs both sides in turn, after one round of each to warm up; who goes first changes every round. */
async function measure({ name, unit, ours, reference, rounds, goal, gate }: Comparison): Promise<Measured> {
  const own: number[] = []
  const other: number[] = []
  await ours()
  await reference.run()
  const ratios: number[] = []
  for (let round = 0; round < rounds; round++) {
    let mine = round % 2 === 0 ? await ours() : 0
    const value = await reference.run()
    if (round % 2 === 1) mine = await ours()
    own.push(mine)
    other.push(value)
    ratios.push(mine / value)
  }
  const ratio = median(ratios)
  return {
    name,
    unit,
    ours: rounded(median(own)),
    reference: { name: reference.name, value: rounded(median(other)) },
    ratio: rounded(ratio),
    goal,
    gate,
    met: keeps(gate, ratio),
  }
}

function keeps(gate: Gate, ratio: number): boolean {
  const limit = Number(gate.slice(3))
  return gate.startsWith('<=') ? ratio <= limit : ratio >= limit
}

/** The value below which `share` of the values lie. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  if (value === undefined) throw new Error('nothing was measured')
  return value
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** Four significant digits: more would be noise. */
const rounded = (value: number) => Number(value.toPrecision(4))

/** Microseconds that `work` takes. */
export async function microsecondsOf(work: () => unknown): Promise<number> {
  const from = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - from) / 1000
}

/** Microseconds of processor that `work` takes, of all threads: what neighbours take in the meantime does not count. */
export function cpuMicrosecondsOf(work: () => void): number {
  const from = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(from)
  return user + system
}

/** How many of `count` things a second `work` does. */
export const perSecond = async (count: number, work: () => unknown): Promise<number> =>
  (count * 1e6) / (await microsecondsOf(work))
