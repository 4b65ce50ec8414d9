import type { InstrumentId } from '../../model/ids.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { Random } from '../../std/random.ts'
import type { Listing } from '../types.ts'
import { drawEpisode, drawWaveEpisode, limitUp, type Stretch } from './episodes.ts'
import type { Liveliness } from './profile.ts'

/** A stretch with its place in the day. */
export interface Leg {
  readonly from: EpochMs
  readonly to: EpochMs
  readonly move: number
  readonly activity: number
}

/** What will move one name's fair value today, besides chance and the market. */
export interface NamePlan {
  /** Log return from base price to the opening. */
  readonly gap: number
  /** Sorted, not overlapping. */
  readonly legs: readonly Leg[]
  /** How much of the market's moves it takes. */
  readonly beta: number
  /** Standard deviation of its own log return over one day of trading. */
  readonly volatility: number
}

interface Draft extends NamePlan {
  readonly legs: Leg[]
  readonly temper: number
  readonly random: Random
}

export interface PlanSettings {
  readonly listings: readonly Listing[]
  readonly open: EpochMs
  readonly close: EpochMs
  readonly liveliness: Liveliness
  readonly random: Random
}

const MINUTE_MS = 60_000
/** Fair values stay inside this (log) around the base price, limit-ups apart, so that a day does not pile up at its limits. */
const HIGHEST = Math.log(1.24)
const LOWEST = Math.log(0.8)
const WAVE_MEMBERS = 7
const WAVE_LAG_MINUTES = 6

/** The day's story of each name: theme waves first, then episodes of its own in the free time between. */
export function planNames(settings: PlanSettings): ReadonlyMap<InstrumentId, NamePlan> {
  const drafts = new Map<InstrumentId, Draft>()
  for (const listing of settings.listings) drafts.set(listing.instrument.id, draftOf(listing, settings))
  planWaves(drafts, settings)
  for (const listing of settings.listings) {
    const draft = drafts.get(listing.instrument.id)
    if (draft && listing.instrument.class === 'stock') planEpisodes(draft, settings)
  }
  const plans = [...drafts].map(
    ([id, { gap, legs, beta, volatility }]) => [id, { gap, legs, beta, volatility }] as const,
  )
  return new Map(plans)
}

function draftOf({ instrument, previousVolume, today }: Listing, settings: PlanSettings): Draft {
  const random = settings.random.fork(`plan ${instrument.id}`)
  if (instrument.class !== 'stock') {
    const beta = (instrument.leverage ?? 1) * (instrument.name.includes('인버스') ? -1 : 1)
    return { gap: 0, legs: [], beta, volatility: 0.002, temper: 0, random }
  }
  const large = instrument.viGroup === 'narrow'
  const temper = (large ? 0.5 : 0.9) * Math.exp(random.normal() * 0.2)
  const thin = previousVolume * today.basePrice < 1e9
  return {
    gap: drawGap(random, settings.liveliness, temper),
    legs: [],
    beta: (large ? 1 : 0.7) * Math.exp(random.normal() * 0.3),
    volatility: (large ? 0.012 : 0.022) * (thin ? 0.7 : 1) * Math.exp(random.normal() * 0.2),
    temper,
    random,
  }
}

function drawGap(random: Random, { gapUpShare, gapDownShare }: Liveliness, temper: number): number {
  const draw = random.next()
  if (draw < gapUpShare) return (0.03 + random.exponential(0.025)) * temper
  if (draw > 1 - gapDownShare) return -(0.025 + random.exponential(0.015)) * temper
  return random.normal() * 0.007
}

function planWaves(drafts: ReadonlyMap<InstrumentId, Draft>, settings: PlanSettings): void {
  const { listings, open, close, liveliness } = settings
  const random = settings.random.fork('waves')
  const themes = new Map<string, InstrumentId[]>()
  for (const { theme, instrument } of listings)
    if (theme !== undefined) themes.set(theme, [...(themes.get(theme) ?? []), instrument.id])
  if (themes.size === 0) return
  const names = [...themes.values()]
  for (let at = open + random.exponential(4) * MINUTE_MS; at < close; ) {
    const members = [...random.pick(names)]
    for (let count = 0; count < WAVE_MEMBERS && members.length > 0; count++) {
      const [member] = members.splice(random.int(0, members.length - 1), 1)
      const draft = member && drafts.get(member)
      if (!draft) continue
      const leader = count === 0
      const from = at + (leader ? 0 : random.next() * WAVE_LAG_MINUTES * MINUTE_MS)
      const story =
        leader && random.next() < 0.2
          ? limitUp(random, 1)
          : drawWaveEpisode(random, draft.temper * (leader ? 1.4 : 1))
      place(draft, story, from, close)
    }
    at += random.exponential(liveliness.waveEveryMinutes) * MINUTE_MS
  }
}

function planEpisodes(draft: Draft, { open, close, liveliness }: PlanSettings): void {
  const { random, temper } = draft
  const calmer = temper < 0.7 ? 1.8 : 1
  // A name that gapped is watched by many: its first episode comes soon.
  const hot = Math.abs(draft.gap) > 0.02
  let at = open + random.exponential(hot ? 4 : liveliness.morningEveryMinutes * calmer) * MINUTE_MS
  while (at < close) {
    const end = place(draft, drawEpisode(random, temper, levelAt(draft, at)), at, close)
    const morning = end < open + liveliness.morningMinutes * MINUTE_MS
    const mean = (morning ? liveliness.morningEveryMinutes : liveliness.episodeEveryMinutes) * calmer
    at = Math.max(end, at) + random.exponential(mean) * MINUTE_MS
  }
}

/** Puts the story into the day if its time is free and its level is possible; gives where it ends, or would have. */
function place(draft: Draft, story: readonly Stretch[], start: EpochMs, close: EpochMs): EpochMs {
  const legs: Leg[] = []
  let from = Math.round(start)
  for (const { minutes, move, activity } of story) {
    const to = from + Math.max(1, Math.round(minutes * MINUTE_MS))
    legs.push({ from, to, move, activity })
    from = to
  }
  const taken = draft.legs.some((leg) => leg.from < from && leg.to > start)
  if (taken || from > close || !isPossible(draft, legs)) return from
  draft.legs.push(...legs)
  draft.legs.sort((a, b) => a.from - b.from)
  return from
}

function isPossible(draft: Draft, added: readonly Leg[]): boolean {
  let level = levelAt(draft, added[0]?.from ?? 0)
  const rises = added.some(({ move }) => move > 0.3)
  for (const { move } of added) {
    level = Math.min(level + move, HIGHEST + (rises ? 0.05 : 1))
    if (level > HIGHEST && !rises) return false
    if (level < LOWEST) return false
  }
  return true
}

/** Log return since the base price that the plan has brought before `at`. */
const levelAt = ({ gap, legs }: Draft, at: EpochMs): number =>
  legs.reduce((level, leg) => (leg.from < at ? level + leg.move : level), gap)
