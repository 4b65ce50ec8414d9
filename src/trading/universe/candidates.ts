import type { Denial } from '../../model/denial.ts'
import { localTimeOfDay } from '../../model/home-venue.ts'
import type { ConditionId, InstrumentId } from '../../model/ids.ts'
import type { Venue } from '../../model/instrument.ts'
import type { ScreenHit } from '../../model/market-event.ts'
import type { BuyRule, StrategyRule, TradingSettings, Window } from '../../model/settings.ts'
import type { EpochMs } from '../../std/clock.ts'

/** An instrument a buy condition took in, on its way to an order. */
export interface Candidate {
  readonly instrument: InstrumentId
  readonly condition: ConditionId
  readonly priority: number
  readonly enteredAt: EpochMs
  /** What a strategy said of it; a condition's hit is its own reason. */
  readonly wish?: EntryWish
  /** Its basic information has come: it may be decided. */
  readonly ready: boolean
}

/** A strategy's word on the entry it wants. */
export interface EntryWish {
  /** Why, in Korean as records are. */
  readonly reason: string
  /** The share of the equity it is to be worth; absent: the amount of the rule. */
  readonly weightRatio?: number
}

export interface ConditionCount {
  readonly entered: number
  readonly ordered: number
  readonly lastAt: EpochMs
}

/** How long basic information may take before a candidate is given up. */
const PATIENCE_MS = 10_000
/** How long a lower priority waits for a higher one whose information is still under way. */
const COURTESY_MS = 3_000

/** Condition hits → candidates: windows, cool-down, priority. No prices and no money here. */
export interface Candidates {
  /** A buy rule's hit. Gives the new candidate, or the reason why there is none. */
  enter(hit: ScreenHit, rule: BuyRule, now: EpochMs, wish?: EntryWish): Candidate | Denial
  /** Gives up the candidate if it is of this condition. */
  leave(hit: Pick<ScreenHit, 'instrument' | 'condition'>): Candidate | undefined
  ready(instrument: InstrumentId): void
  /** The next candidate to decide, best first; `places` is how many more positions may be opened. */
  next(places: number, now: EpochMs): Candidate | undefined
  /** Decided either way: it leaves the list. */
  settle(candidate: Candidate, ordered: boolean): void
  drop(instrument: InstrumentId): Candidate | undefined
  overdue(now: EpochMs): readonly Candidate[]
  waiting(): readonly Candidate[]
  countOf(condition: ConditionId): ConditionCount
  countSellHit(condition: ConditionId, at: EpochMs): void
  snapshot(): unknown
  restore(state: unknown): void
}

interface State {
  candidates: [InstrumentId, Candidate][]
  lastEntry: [string, EpochMs][]
  counts: [ConditionId, ConditionCount][]
}

/** Windows are times of day at the exchange. */
export const insideWindow = (window: Window, venue: Venue, now: EpochMs): boolean => {
  const time = localTimeOfDay(venue, now)
  return time >= window.from && time < window.to
}

export const strategyRuleOf = (settings: TradingSettings, condition: ConditionId): StrategyRule | undefined =>
  settings.strategies?.find((rule) => rule.condition === condition)

export const buyRuleOf = (settings: TradingSettings, condition: ConditionId): BuyRule | undefined =>
  settings.buys.find((rule) => rule.condition === condition) ?? strategyRuleOf(settings, condition)

/** `venue`: by whose clock the windows of the rules are meant. */
export function createCandidates(venue: Venue): Candidates {
  const candidates = new Map<InstrumentId, Candidate>()
  const lastEntry = new Map<string, EpochMs>()
  const counts = new Map<ConditionId, ConditionCount>()
  const NONE: ConditionCount = { entered: 0, ordered: 0, lastAt: 0 }

  const count = (condition: ConditionId, change: (before: ConditionCount) => ConditionCount) =>
    counts.set(condition, change(counts.get(condition) ?? NONE))

  const refusalOf = (hit: ScreenHit, rule: BuyRule, now: EpochMs): Denial | undefined => {
    if (hit.initial) return { code: 'presentAtStart' }
    if (!rule.enabled) return { code: 'conditionDisabled' }
    if (!insideWindow(rule.window, venue, now))
      return {
        code: 'outsideConditionWindow',
        now: localTimeOfDay(venue, now),
        from: rule.window.from,
        to: rule.window.to,
      }
    const before = lastEntry.get(`${hit.condition}/${hit.instrument}`)
    const leftMs = before === undefined ? 0 : before + rule.cooldownMs - now
    return leftMs > 0 ? { code: 'conditionCooldown', leftMs } : undefined
  }

  const byRank = (a: Candidate, b: Candidate) => b.priority - a.priority || a.enteredAt - b.enteredAt

  return {
    enter: (hit, rule, now, wish) => {
      count(hit.condition, (before) => ({ ...before, entered: before.entered + 1, lastAt: now }))
      const refusal = refusalOf(hit, rule, now)
      if (refusal) return refusal
      const running = candidates.get(hit.instrument)
      if (running && running.priority >= rule.priority) return running
      lastEntry.set(`${hit.condition}/${hit.instrument}`, now)
      const candidate = {
        instrument: hit.instrument,
        condition: hit.condition,
        priority: rule.priority,
        enteredAt: now,
        ready: running?.ready ?? false,
        ...(wish && { wish }),
      }
      candidates.set(hit.instrument, candidate)
      return candidate
    },
    leave: (hit) => {
      const candidate = candidates.get(hit.instrument)
      if (candidate?.condition !== hit.condition) return undefined
      candidates.delete(hit.instrument)
      return candidate
    },
    ready: (instrument) => {
      const candidate = candidates.get(instrument)
      if (candidate) candidates.set(instrument, { ...candidate, ready: true })
    },
    next: (places, now) => {
      const ranked = [...candidates.values()].sort(byRank)
      let betterUnderWay = 0
      for (const candidate of ranked) {
        if (candidate.ready && (betterUnderWay < places || places <= 0)) return candidate
        if (!candidate.ready && now - candidate.enteredAt < COURTESY_MS) betterUnderWay++
      }
      return undefined
    },
    settle: (candidate, ordered) => {
      candidates.delete(candidate.instrument)
      if (ordered) count(candidate.condition, (before) => ({ ...before, ordered: before.ordered + 1 }))
    },
    drop: (instrument) => {
      const candidate = candidates.get(instrument)
      candidates.delete(instrument)
      return candidate
    },
    overdue: (now) => [...candidates.values()].filter((c) => !c.ready && now - c.enteredAt > PATIENCE_MS),
    waiting: () => [...candidates.values()],
    countOf: (condition) => counts.get(condition) ?? NONE,
    countSellHit: (condition, at) =>
      void count(condition, (before) => ({ ...before, entered: before.entered + 1, lastAt: at })),
    snapshot: (): State => ({
      candidates: [...candidates],
      lastEntry: [...lastEntry],
      counts: [...counts],
    }),
    restore: (state) => {
      const saved = state as State
      candidates.clear()
      lastEntry.clear()
      counts.clear()
      for (const [key, value] of saved.candidates) candidates.set(key, value)
      for (const [key, value] of saved.lastEntry) lastEntry.set(key, value)
      for (const [key, value] of saved.counts) counts.set(key, value)
    },
  }
}
