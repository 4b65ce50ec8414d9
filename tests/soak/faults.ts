import { elapsedMs } from '../../src/apps/system.ts'
import { makeCompiledCopy } from '../simulation/compiled-copy.ts'
import { FAULT_NAMES } from '../simulation/faults.ts'
import { DAMAGES } from '../simulation/plan.ts'
import type { BrokenSeed, SeedResult } from '../simulation/run-seeds.ts'
import { defaultWorkers, playSeeds, seedsFrom } from '../simulation/seed-pool.ts'

export interface FaultsOptions {
  readonly seeds: number
  readonly from: number
  /** Processes; one for each core when 0. */
  readonly workers?: number
  readonly print: (line: string) => void
}

const PROGRESS_EVERY = 100
/** After so many there is enough to look at. */
const MOST_BROKEN = 5

/** That many simulated days full of faults; `false` when a law broke in one, with the seed that plays it again. */
export async function soakFaults({ seeds, from, workers = 0, print }: FaultsOptions): Promise<boolean> {
  const started = elapsedMs()
  const seconds = () => (elapsedMs() - started) / 1000
  const sums = createSums()
  const broken: BrokenSeed[] = []
  const copy = await makeCompiledCopy()
  try {
    await playSeeds({
      seeds: seedsFrom(from, seeds),
      workers: workers || defaultWorkers(),
      worker: copy.worker,
      onResult: (result, done) => {
        sums.add(result)
        if (result.broken) {
          broken.push(result.broken)
          for (const line of result.broken.lines) print(line)
          print(`again: npm run soak -- faults --seeds 1 --from ${result.seed}`)
        }
        if (done % PROGRESS_EVERY === 0) print(progress(done, seeds, from, seconds()))
        return broken.length < MOST_BROKEN
      },
    })
  } finally {
    await copy.remove()
  }
  for (const line of sums.lines()) print(line)
  print(`--seeds ${sums.runs} --from ${from}: ${broken.length} broken · ${seconds().toFixed(1)} s`)
  return broken.length === 0
}

/** The first `done` seeds are not exactly those that have ended, but nearly: a run that is cut off goes on from there. */
const progress = (done: number, seeds: number, from: number, seconds: number): string =>
  `${done}/${seeds} seeds · ${seconds.toFixed(1)} s · ${(done / seconds).toFixed(1)} a second · go on with --from ${from + done}`

function createSums() {
  const sum = { runs: 0, orders: 0, fills: 0, lives: 0, vis: 0 }
  const struck = new Map<string, number>(
    [...FAULT_NAMES, ...DAMAGES.map((damage) => `damage ${damage}`)].map((name) => [name, 0]),
  )
  return {
    get runs() {
      return sum.runs
    },
    add: ({ orders, fills, lives, vis, faults }: SeedResult) => {
      sum.runs++
      sum.orders += orders
      sum.fills += fills
      sum.lives += lives
      sum.vis += vis
      for (const name of faults) struck.set(name, (struck.get(name) ?? 0) + 1)
    },
    lines: () => [
      `faults: ${[...struck].map(([name, count]) => `${name} ${count}`).join(' · ')}`,
      `${sum.orders} orders · ${sum.fills} fills · ${sum.lives} lives · ${sum.vis} volatility interruptions`,
    ],
  }
}
