import { elapsedMs } from '../../src/apps/system.ts'
import { type DayPlan, planDay } from './day-plan.ts'
import { type DayOutcome, simulateDay } from './simulate-day.ts'

export interface DaysOptions {
  readonly days: number
  /** Day k has seed `fromSeed + k`. */
  readonly fromSeed: number
  readonly print: (line: string) => void
}

const TWICE_EVERY = 20
const PROGRESS_EVERY = 10

/** Plays that many random days; `false` as soon as one breaks an invariant, with all that is needed to play it again. */
export function soakDays({ days, fromSeed, print }: DaysOptions): boolean {
  const started = elapsedMs()
  const total = { events: 0, prints: 0, nxtPrints: 0, vis: 0, fills: 0 }
  for (let count = 0; count < days; count++) {
    const plan = planDay(fromSeed + count)
    const { outcome, faults } = playOrFail(plan, count % TWICE_EVERY === 0)
    if (outcome === undefined || faults.length > 0) {
      print(`seed ${plan.seed} · ${describe(plan)}`)
      for (const fault of faults) print(`  ${fault}`)
      print(`again: npm run soak -- days --days 1 --from-seed ${plan.seed}`)
      return false
    }
    total.events += outcome.events
    total.prints += outcome.prints
    total.nxtPrints += outcome.nxtPrints
    total.vis += outcome.vis
    total.fills += outcome.outsider.fills
    if ((count + 1) % PROGRESS_EVERY === 0)
      print(`${count + 1}/${days} days · ${total.events} events · ${seconds(started)} s`)
  }
  print(
    `--days ${days} --from-seed ${fromSeed}: every invariant held · ${total.events} events, ${total.prints} prints at KRX, ` +
      `${total.nxtPrints} at NXT, ` +
      `${total.vis} VIs, ${total.fills} fills of the outsider · ${seconds(started)} s`,
  )
  return true
}

interface Played {
  readonly outcome: DayOutcome
  readonly faults: readonly string[]
}

/** One day, and once more when asked: the same plan gives the same events. */
export function playDay(plan: DayPlan, twice: boolean): Played {
  const outcome = simulateDay(plan, twice)
  if (!twice) return { outcome, faults: outcome.faults }
  const again = simulateDay(plan, true)
  const differs = again.digest === outcome.digest ? [] : [`played twice: ${outcome.digest}, ${again.digest}`]
  return { outcome, faults: [...outcome.faults, ...differs] }
}

/** The code's own broken invariants are told like any other fault. */
function playOrFail(plan: DayPlan, twice: boolean): Partial<Played> & Pick<Played, 'faults'> {
  try {
    return playDay(plan, twice)
  } catch (error) {
    return { faults: [error instanceof Error ? (error.stack ?? error.message) : String(error)] }
  }
}

export const describe = ({ day, stretch, profile, listings, halts }: DayPlan): string =>
  `${day} ${stretch} ${profile}, ${listings.length} names${halts ? ', halts' : ''}`

const seconds = (since: number) => ((elapsedMs() - since) / 1000).toFixed(1)
