/** One side of a comparison: does its work once and gives what it measured, in the benchmark's unit. */
export type Round = () => number | Promise<number>

export interface Comparison {
  readonly name: string
  readonly unit: string
  readonly ours: Round
  /** What ours is held against: measured in the same run, round by round in turn. */
  readonly reference: { readonly name: string; readonly run: Round }
  /** How often each side runs; the medians count. */
  readonly rounds: number
}

/** One printed line. `ratio` is ours ÷ reference: below 1 is better for a time, above 1 for a rate. */
export interface Measured {
  readonly name: string
  readonly unit: string
  readonly ours: number
  readonly reference: { readonly name: string; readonly value: number }
  readonly ratio: number
}

export interface Bench {
  /** True in CI: a fraction of the work, only to see that the benchmark still runs. */
  readonly short: boolean
  /** Picks the amount of work. */
  sized(full: number, short: number): number
  compare(comparison: Comparison): Promise<Measured>
}

/** A file of benchmarks: sets up, compares, cleans up. */
export interface Benchmarks {
  readonly name: string
  run(bench: Bench): Promise<void>
}

/** Prints each comparison as one line of JSON. */
export function createBench(short: boolean, print: (line: string) => void): Bench {
  return {
    short,
    sized: (full, few) => (short ? few : full),
    compare: async (comparison) => {
      const measured = await measure(comparison)
      print(JSON.stringify(measured))
      return measured
    },
  }
}

/** Runs both sides in turn, after one round of each to warm up; who goes first changes every round. */
async function measure({ name, unit, ours, reference, rounds }: Comparison): Promise<Measured> {
  const own: number[] = []
  const other: number[] = []
  await ours()
  await reference.run()
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) own.push(await ours())
    other.push(await reference.run())
    if (round % 2 === 1) own.push(await ours())
  }
  const value = median(other)
  const mine = median(own)
  return {
    name,
    unit,
    ours: rounded(mine),
    reference: { name: reference.name, value: rounded(value) },
    ratio: rounded(mine / value),
  }
}

/** The value below which `share` of the values lie. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  if (value === undefined) throw new Error('nothing was measured')
  return value
}

const median = (values: readonly number[]): number => quantile(values, 0.5)

/** Four significant digits: more would be noise. */
const rounded = (value: number) => Number(value.toPrecision(4))

/** Microseconds that `work` takes. */
export async function microsecondsOf(work: () => unknown): Promise<number> {
  const from = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - from) / 1000
}

/** How many of `count` things a second `work` does. */
export const perSecond = async (count: number, work: () => unknown): Promise<number> =>
  (count * 1e6) / (await microsecondsOf(work))
