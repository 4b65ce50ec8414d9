import type { EpochMs } from '../../std/clock.ts'
import type { Random } from '../../std/random.ts'
import type { NamePlan } from './day-plan.ts'

/** Seconds of continuous trading in a day: the scale of a daily volatility. */
const DAY_SECONDS = 6.33 * 3_600
const STEP_MS = 10_000

/** The log return of the whole market since the day's start, the same for every name. */
export interface MarketPath {
  at(time: EpochMs): number
}

export function createMarketPath(from: EpochMs, to: EpochMs, volatility: number, random: Random): MarketPath {
  const steps: number[] = [0]
  const perStep = volatility * Math.sqrt(STEP_MS / 1000 / DAY_SECONDS)
  for (let at = from; at < to; at += STEP_MS) steps.push((steps.at(-1) as number) + random.normal() * perStep)
  const last = steps.length - 1
  return {
    at(time) {
      const place = Math.min(last, Math.max(0, (time - from) / STEP_MS))
      const index = Math.min(last - 1, Math.floor(place))
      const [left, right] = [steps[index] as number, steps[index + 1] as number]
      return left + (right - left) * (place - index)
    },
  }
}

/** What a name is worth to its crowd: walks by its plan, by the market, and by chance. */
export interface FairValue {
  /** Walks to `time`; gives the fair price in won, not on tick. */
  advanceTo(time: EpochMs): number
  /** The fair price as of the last walk; draws nothing. */
  latest(): number
  /** Factor on activity right now. */
  activity(): number
  /** Where the current or next leg begins or ends; Infinity after the last. */
  nextTurn(): EpochMs
}

export interface FairValueSettings {
  readonly plan: NamePlan
  readonly base: number
  /** Fair values a little outside the band keep a limit locked for a while. */
  readonly lowest: number
  readonly highest: number
  readonly market: MarketPath
  readonly random: Random
  readonly from: EpochMs
}

export function createFairValue(settings: FairValueSettings): FairValue {
  const { plan, base, market, random } = settings
  const { legs } = plan
  const [lowest, highest] = [Math.log(settings.lowest / base), Math.log(settings.highest / base)]
  const perRootSecond = plan.volatility / Math.sqrt(DAY_SECONDS)
  let now = settings.from
  let level = plan.gap
  let leg = 0

  /** Log return of the plan between `now` and `time`; moves `leg` on. */
  const planned = (time: EpochMs): number => {
    let moved = 0
    for (let current = legs[leg]; current && current.from < time; current = legs[leg]) {
      const overlap = Math.min(time, current.to) - Math.max(now, current.from)
      if (overlap > 0) moved += (current.move * overlap) / (current.to - current.from)
      if (current.to > time) break
      leg++
    }
    return moved
  }

  return {
    advanceTo(time) {
      if (time > now) {
        const chance = random.normal() * perRootSecond * Math.sqrt((time - now) / 1000)
        const drift = planned(time) + plan.beta * (market.at(time) - market.at(now))
        level = Math.min(highest, Math.max(lowest, level + drift + chance))
        now = time
      }
      return base * Math.exp(level)
    },
    latest: () => base * Math.exp(level),
    activity() {
      const current = legs[leg]
      return current && current.from <= now ? current.activity : 1
    },
    nextTurn() {
      const current = legs[leg]
      if (!current) return Number.POSITIVE_INFINITY
      return current.from > now ? current.from : current.to
    },
  }
}
