import { planOf } from './plan.ts'
import { shrink } from './shrink.ts'
import { type Outcome, runPlan } from './world.ts'

export interface Seeds {
  readonly from: number
  readonly count: number
  /** After each seed. */
  readonly onProgress?: (done: number, outcome: Outcome) => void
}

/** What a broken law leaves behind, in lines for people. */
export interface BrokenSeed {
  readonly seed: number
  readonly lines: readonly string[]
}

export interface SeedsResult {
  readonly runs: number
  readonly orders: number
  readonly fills: number
  readonly lives: number
  readonly broken: readonly BrokenSeed[]
}

/** After so many there is enough to look at. */
const MOST_BROKEN = 5
const LAST_EVENTS = 25

/** Plays the seeds `from`, `from + 1` …, each in simulated time with faults of its own. */
export async function runSeeds({ from, count, onProgress }: Seeds): Promise<SeedsResult> {
  const total = { orders: 0, fills: 0, lives: 0 }
  const broken: BrokenSeed[] = []
  let runs = 0
  while (runs < count && broken.length < MOST_BROKEN) {
    const seed = from + runs++
    const outcome = await runPlan(planOf(seed))
    total.orders += outcome.orders
    total.fills += outcome.fills
    total.lives += outcome.lives
    if (outcome.failure) broken.push(await described(seed, outcome))
    onProgress?.(runs, outcome)
    await breath()
  }
  return { runs, ...total, broken }
}

/** Worlds live on promises alone; once in a while the process may look at its signals. */
const breath = () =>
  new Promise<void>((resolve) => {
    setImmediate(resolve)
  })

async function described(seed: number, outcome: Outcome): Promise<BrokenSeed> {
  const shrunk = await shrink(planOf(seed))
  const shown = shrunk?.outcome ?? outcome
  const { law, detail, at } = shown.failure ?? { law: '?', detail: 'it did not break again', at: 0 }
  return {
    seed,
    lines: [
      `seed ${seed}: ${law} at ${(at / 1000).toFixed(3)} s: ${detail}`,
      `shortest plan: ${JSON.stringify(shrunk?.plan.faults ?? [])}`,
      ...shown.last.slice(-LAST_EVENTS),
    ],
  }
}
