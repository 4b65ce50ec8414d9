import type { Random } from '../../std/random.ts'

/** A stretch of one name's day: where its fair value drifts, and how busy its crowd is meanwhile. */
export interface Stretch {
  readonly minutes: number
  /** Log return over the stretch. */
  readonly move: number
  /** Factor on how often participants act, and (half as strong) on how much they trade. */
  readonly activity: number
}

/** What an episode is scaled by: 1 for an ordinary small company. */
export type Temper = number

type Episode = (random: Random, temper: Temper) => readonly Stretch[]

const between = (random: Random, low: number, high: number) => low + (high - low) * random.next()

const surge = (random: Random, temper: Temper): Stretch => ({
  minutes: between(random, 2, 7),
  move: between(random, 0.045, 0.12) * temper,
  activity: between(random, 4, 8),
})

/** Rises and stays up. */
const surgeAndHold: Episode = (random, temper) => [
  surge(random, temper),
  { minutes: between(random, 8, 20), move: between(random, -0.01, 0.015), activity: 2 },
]

/** Rises and gives half of it, or more, back: what a trailing stop is for. */
const surgeAndFade: Episode = (random, temper) => {
  const rise = surge(random, temper)
  return [
    rise,
    { minutes: between(random, 1, 3), move: 0, activity: 3 },
    { minutes: between(random, 5, 18), move: -rise.move * between(random, 0.4, 0.75), activity: 2.5 },
  ]
}

/** Rises, then falls 5–10 % within minutes. */
const surgeAndCrash: Episode = (random, temper) => [
  surge(random, temper),
  { minutes: between(random, 1.5, 4), move: -between(random, 0.05, 0.1), activity: 5 },
  { minutes: between(random, 3, 8), move: between(random, -0.01, 0.02), activity: 1.5 },
]

/** A break-out that fails: what a stop loss is for. */
const fakeBreakout: Episode = (random, temper) => [
  { minutes: between(random, 1.5, 3.5), move: between(random, 0.025, 0.05) * temper, activity: 5 },
  { minutes: between(random, 2, 6), move: -between(random, 0.04, 0.07), activity: 3 },
]

const crash: Episode = (random) => [
  { minutes: between(random, 2, 5), move: -between(random, 0.05, 0.1), activity: 5 },
  { minutes: between(random, 5, 12), move: between(random, 0, 0.035), activity: 2 },
]

/** Up slowly, with small steps: what a take-profit is for. */
const grindUp: Episode = (random, temper) => [
  {
    minutes: between(random, 18, 40),
    move: between(random, 0.04, 0.08) * Math.min(1.2, temper),
    activity: 2,
  },
]

const grindDown: Episode = (random) => [
  { minutes: between(random, 18, 40), move: -between(random, 0.03, 0.06), activity: 1.4 },
]

/** From this activity on, those who quote step aside for a moment. */
export const NEWS_ACTIVITY = 12

/** News: seconds, not minutes. The book is swept before its makers can step aside. */
const newsJump: Episode = (random, temper) => [
  {
    minutes: between(random, 0.05, 0.3),
    move: between(random, 0.05, 0.11) * temper * (random.next() < 0.6 ? 1 : -1),
    activity: NEWS_ACTIVITY,
  },
  { minutes: between(random, 3, 8), move: between(random, -0.01, 0.01), activity: 3 },
]

/** To the upper limit; one in two breaks open again. */
export const limitUp: Episode = (random) => [
  { minutes: between(random, 9, 18), move: 0.36, activity: 7 },
  { minutes: between(random, 12, 40), move: 0.01, activity: 2 },
  ...(random.next() < 0.5
    ? [{ minutes: between(random, 3, 8), move: -between(random, 0.08, 0.16), activity: 6 }]
    : []),
]

/** Hardly anyone is there: quotes are few and wide. */
const lull: Episode = (random) => [{ minutes: between(random, 3, 9), move: 0, activity: 0.15 }]

/** Gives most of a rise back without haste. */
const slide: Episode = (random) => [
  { minutes: between(random, 8, 20), move: -between(random, 0.03, 0.07), activity: 2 },
]

type Chances = readonly (readonly [episode: Episode, weight: number])[]

const RISING: Chances = [
  [surgeAndHold, 12],
  [surgeAndFade, 20],
  [surgeAndCrash, 12],
  [fakeBreakout, 18],
  [grindUp, 22],
  [newsJump, 7],
  [limitUp, 2],
  [lull, 7],
]
const FALLING: Chances = [
  [crash, 30],
  [slide, 25],
  [grindDown, 20],
  [fakeBreakout, 15],
  [lull, 10],
]

/** How likely a fall is at the base price, and how fast that grows with a name's rise: what rose far comes back. */
const FALLING_SHARE = 0.3
const FALLING_PER_LEVEL = 7

function drawFrom(chances: Chances, random: Random): Episode {
  let left = random.next() * chances.reduce((all, [, weight]) => all + weight, 0)
  for (const [episode, weight] of chances) {
    left -= weight
    if (left < 0) return episode
  }
  return lull
}

/** `level`: log return of the name since its base price when the episode begins. */
export function drawEpisode(random: Random, temper: Temper, level: number): readonly Stretch[] {
  const falls = random.next() < FALLING_SHARE + FALLING_PER_LEVEL * level
  return drawFrom(falls ? FALLING : RISING, random)(random, temper)
}

const WAVE: readonly Episode[] = [surgeAndHold, surgeAndFade, surgeAndFade, surgeAndCrash]

/** One name's part in a theme wave. */
export const drawWaveEpisode = (random: Random, temper: Temper): readonly Stretch[] =>
  random.pick(WAVE)(random, temper)
