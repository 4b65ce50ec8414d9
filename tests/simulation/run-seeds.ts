import { faultName } from './faults.ts'
import { planOf } from './plan.ts'
import { shrink } from './shrink.ts'
import { type Outcome, runPlan } from './world.ts'

/** What one seed came to; plain data that can go from one process to another. */
export interface SeedResult {
  readonly seed: number
  readonly orders: number
  readonly fills: number
  readonly lives: number
  readonly vis: number
  /** Names of the faults that struck before its end. */
  readonly faults: readonly string[]
  readonly broken?: BrokenSeed
}

/** What a broken law leaves behind, in lines for people. */
export interface BrokenSeed {
  readonly seed: number
  readonly law: string
  readonly lines: readonly string[]
}

const LAST_EVENTS = 25

/** Plays one seed in simulated time. `shrinks`: a broken law is looked for in shorter plans, which takes a while. */
export async function runSeed(seed: number, { shrinks = true } = {}): Promise<SeedResult> {
  const plan = planOf(seed)
  const outcome = await runPlan(plan, { digests: false })
  const { orders, fills, lives, vis, failure } = outcome
  const faults = plan.faults.filter(({ at }) => !failure || at <= failure.at).map(faultName)
  const broken = failure ? { broken: await described(seed, outcome, shrinks) } : {}
  return { seed, orders, fills, lives, vis, faults: [...faults, `damage ${plan.damage}`], ...broken }
}

async function described(seed: number, outcome: Outcome, shrinks: boolean): Promise<BrokenSeed> {
  const shrunk = shrinks ? await shrink(planOf(seed)) : undefined
  const shown = shrunk?.outcome ?? outcome
  const { law, detail, at } = shown.failure ?? { law: '?', detail: 'it did not break again', at: 0 }
  const plan = shrunk?.plan ?? planOf(seed)
  return {
    seed,
    law,
    lines: [
      `seed ${seed}: ${law} at ${(at / 1000).toFixed(3)} s: ${detail}`,
      `${shrinks ? 'shortest plan' : 'plan'}: ${JSON.stringify({ carried: plan.carried, faults: plan.faults })}`,
      ...shown.last.slice(-LAST_EVENTS),
    ],
  }
}
