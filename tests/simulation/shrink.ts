import type { Fault } from './faults.ts'
import type { Plan } from './plan.ts'
import { type Outcome, runPlan } from './world.ts'

export interface Shrunk {
  readonly plan: Plan
  readonly outcome: Outcome
  /** How many runs it took. */
  readonly runs: number
}

const MOST_RUNS = 80

/**
 * The shortest plan found that breaks the same law: faults are left out one after the other, then struck less often, as
 * long as that law still breaks. `undefined` when the plan breaks none.
 */
export async function shrink(
  plan: Plan,
  run: (plan: Plan) => Promise<Outcome> = runPlan,
): Promise<Shrunk | undefined> {
  const first = await run(plan)
  const law = first.failure?.law
  if (law === undefined) return undefined
  let best = { plan, outcome: first }
  let runs = 1

  const improves = async (faults: readonly Fault[]): Promise<boolean> => {
    if (runs >= MOST_RUNS) return false
    runs++
    const shorter = { ...best.plan, faults }
    const outcome = await run(shorter)
    if (outcome.failure?.law !== law) return false
    best = { plan: shorter, outcome }
    return true
  }

  for (let shrunk = true; shrunk; ) {
    shrunk = false
    for (let index = best.plan.faults.length - 1; index >= 0; index--)
      if (await improves(best.plan.faults.filter((_, at) => at !== index))) shrunk = true
  }
  for (const [index, fault] of best.plan.faults.entries())
    if ('count' in fault && fault.count > 1)
      await improves(best.plan.faults.with(index, { ...fault, count: 1 }))
  return { ...best, runs }
}
