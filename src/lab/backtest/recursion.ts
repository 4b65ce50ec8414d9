import { type HomeVenue, homeOf, localDay } from '../../model/home-venue.ts'
import type { InstrumentId } from '../../model/ids.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Opinion } from '../../model/signal.ts'
import type { EpochMs } from '../../std/clock.ts'
import { invariant } from '../../std/invariant.ts'
import type { StrategyFault } from '../analytics/backtest-result.ts'
import { type BarTable, momentsBetween } from './bar-table.ts'
import { createInbox } from './inbox.ts'
import type { BacktestPlan } from './plan.ts'

/** Where two runs that differ in their history alone want different things. */
export interface Disagreement {
  /** The close of the bar that was spoken about. */
  readonly at: EpochMs
  /** Absent when the strategy failed looking at all of them. */
  readonly instrument?: InstrumentId
  readonly withAll: string
  readonly withHistory: string
}

/** What came of one length of history. */
export interface TriedHistory {
  /** Bars before the first one that is compared. */
  readonly bars: number
  /** The same in declared warm-ups; absent where none is declared. */
  readonly times?: number
  /** Newly voiced opinions that could be compared. */
  readonly opinions: number
  readonly differing: number
  readonly first?: Disagreement
}

/**
 * `tooShort`: a longer history settles it. `unsettled`: none that was tried does. `silent`: nothing was said that could be
 * compared. `tooLittleData`: the data hold no history shorter than all of them.
 */
export type WarmUpVerdict = 'enough' | 'tooShort' | 'unsettled' | 'silent' | 'tooLittleData'

export interface Recursion {
  readonly warmUpBars: number
  readonly verdict: WarmUpVerdict
  /** Shortest first; what did not fit into the data is not among them. */
  readonly tried: readonly TriedHistory[]
  /** The shortest history from which on nothing changes any more. */
  readonly settledBars?: number
}

const TIMES = [1, 2, 4, 8, 16]
/** The unit of the histories that are tried where no warm-up is declared, in bars. */
const UNDECLARED = 20
/** So few differences are the price that happens to lie on the line: no finite warm-up of an average is without them. */
const SAME_RATIO = 0.001
/** Of the account: weights nearer than this are the same wish. */
const SAME_WEIGHT = 0.01

/**
 * Does what a strategy wants depend on how much history it was shown? An average that feeds on itself (EMA, Wilder) remembers
 * its beginning; a declared warm-up that is too short gives other opinions on another day. The strategy is played on all of
 * the data, and again from 1, 2, 4, 8 and 16 declared warm-ups before several days of the later half; from each of these days
 * to the next the opinions are compared, by the rules of {@link compare}.
 *
 * To be asked of a strategy that plays all of the data without a fault; one that fails on a shorter history differs there.
 *
 * `planFor` makes the plan anew for each run, on a table of its choice; its first participant is examined. `stretches`: how
 * many days to begin at, about. `onMoment` is called at every moment of every run. Source of the idea: freqtrade's recursive
 * analysis, which compares indicators; here it is what would be traded that counts.
 */
export function findRecursion(
  planFor: (bars: BarTable) => BacktestPlan,
  bars: BarTable,
  stretches: number,
  onMoment: () => void = () => undefined,
): Recursion {
  const listen = (begin: number, end: number) =>
    heard(planFor(momentsBetween(bars, begin, end)), begin, onMoment)
  const moments = bars.openAt.length
  const all = listen(0, moments)
  const { warmUpBars, instruments } = all
  const starts = startsOf(bars, homeOf(instruments), warmUpBars, stretches)
  const tried = historiesFor(warmUpBars).flatMap((history): TriedHistory[] => {
    const found = starts.flatMap((start, place) => {
      if (start <= history.bars) return []
      const end = starts[place + 1] ?? moments
      return [compare(all, listen(start - history.bars, end), start, end, bars)]
    })
    if (found.length === 0) return []
    const first = found.find((each) => each.first)?.first
    return [
      {
        ...history,
        opinions: sum(found, 'opinions'),
        differing: sum(found, 'differing'),
        ...(first && { first }),
      },
    ]
  })
  return { warmUpBars, tried, ...verdictOf(tried) }
}

const sum = (all: readonly Compared[], part: 'opinions' | 'differing'): number =>
  all.reduce((total, each) => total + each[part], 0)

function verdictOf(tried: readonly TriedHistory[]): Pick<Recursion, 'verdict' | 'settledBars'> {
  if (tried.length === 0) return { verdict: 'tooLittleData' }
  if (tried.every(({ opinions }) => opinions === 0)) return { verdict: 'silent' }
  const last = tried.findLastIndex(({ opinions, differing }) => differing > opinions * SAME_RATIO)
  const settled = tried[last + 1]
  if (!settled) return { verdict: 'unsettled' }
  return { verdict: last < 0 ? 'enough' : 'tooShort', settledBars: settled.bars }
}

const historiesFor = (warmUpBars: number): readonly Pick<TriedHistory, 'bars' | 'times'>[] =>
  warmUpBars > 0
    ? TIMES.map((times) => ({ bars: times * warmUpBars, times }))
    : [0, ...TIMES].map((times) => ({ bars: times * UNDECLARED }))

/**
 * Moments of the later half at which a day begins. They lie whole warm-ups from the beginning of the data, as do the beginnings
 * of all histories: a strategy that acts on every twentieth bar of its own acts on the same days in each run, where its
 * warm-up is a multiple of that.
 */
function startsOf(
  { openAt }: BarTable,
  home: HomeVenue,
  warmUpBars: number,
  stretches: number,
): readonly number[] {
  const unit = Math.max(1, warmUpBars)
  const half = openAt.length / 2
  const step = unit * Math.max(1, Math.ceil(half / stretches / unit))
  const dayOf = (moment: number) => localDay(home, openAt[moment] as number)
  const found = new Set<number>()
  for (let near = unit * Math.ceil(half / unit); near < openAt.length; near += step) {
    let at = near
    while (at > 0 && at < openAt.length && dayOf(at) === dayOf(at - 1)) at++
    if (at < openAt.length) found.add(at)
  }
  return [...found]
}

/** An opinion at the moment at which it was voiced. */
interface Voice {
  readonly moment: number
  readonly index: number
  readonly opinion: Opinion
}

/** One run, in the moments of the whole table. */
interface Heard {
  readonly warmUpBars: number
  readonly instruments: readonly Instrument[]
  /** In order of time. */
  readonly voices: readonly Voice[]
  /** By instrument: the first moment at which an opinion counts. */
  readonly ripeAt: Float64Array
  readonly fault?: StrategyFault
}

/** What the strategy says on these bars, the first of which is moment `begin` of the whole table. Nothing is traded. */
function heard(
  { bars, instruments, participants }: BacktestPlan,
  begin: number,
  onMoment: () => void,
): Heard {
  const [participant] = participants
  invariant(participant !== undefined, 'a plan to be examined has a participant')
  const { warmUpBars } = participant.run.needs
  const inbox = createInbox(participant, instruments)
  const seen = new Uint32Array(instruments.length)
  const ripeAt = new Float64Array(instruments.length).fill(Number.POSITIVE_INFINITY)
  const voices: Voice[] = []
  const known = { warmUpBars, instruments, voices, ripeAt }
  for (let number = 0; number < bars.openAt.length; number++) {
    onMoment()
    const [from, to] = [bars.starts[number] as number, bars.starts[number + 1] as number]
    for (let row = from; row < to; row++) {
      const index = bars.index[row] as number
      seen[index] = (seen[index] as number) + 1
      if (seen[index] === warmUpBars + 1) ripeAt[index] = begin + number
    }
    inbox.look(bars, number, number + 1)
    if (inbox.fault) return { ...known, fault: inbox.fault }
    for (let index = 0; index < instruments.length; index++) {
      const opinion = inbox.take(index, 'long') ?? inbox.take(index, 'flat')
      if (opinion) voices.push({ moment: begin + number, index, opinion })
    }
  }
  return known
}

type Compared = Pick<TriedHistory, 'opinions' | 'differing' | 'first'>

/**
 * Compares what was newly voiced from one moment (inside) to another (outside), each word with what the other run wants at that
 * moment. So a strategy that is fair is not blamed for what it carries along:
 *
 * - bought before the short history begins, said nothing since: nothing was voiced, nothing is compared;
 * - one run repeats what the other has said long ago: the same;
 * - flat is the same as never having spoken;
 * - at the first bar at which the short run may speak, it may say where it stands;
 * - before that bar, nothing of the instrument is compared.
 */
function compare(all: Heard, short: Heard, from: number, to: number, { closeAt }: BarTable): Compared {
  const spoken = new Map<string, Pick<Voice, 'moment' | 'index'>>()
  for (const { voices } of [all, short])
    for (const { moment, index } of voices)
      if (moment >= from && moment < to) spoken.set(`${moment} ${index}`, { moment, index })
  const places = [...spoken.values()].toSorted((a, b) => a.moment - b.moment || a.index - b.index)
  const [ofAll, ofShort] = [standing(all.voices), standing(short.voices)]
  let [opinions, differing] = [0, 0]
  let first: Disagreement | undefined
  const { fault } = short
  for (const { moment, index } of places) {
    if (fault && (closeAt[moment] as number) >= fault.at) break
    const ripeAt = short.ripeAt[index] as number
    const [one, other] = [ofAll(moment, index), ofShort(moment, index)]
    const isAlike = isSame(one?.opinion, other?.opinion)
    const isGreeting = moment === ripeAt && one?.moment !== moment
    if (moment < ripeAt || (isGreeting && !isAlike)) continue
    opinions++
    if (isAlike) continue
    differing++
    first ??= {
      at: closeAt[moment] as number,
      instrument: (all.instruments[index] as Instrument).id,
      withAll: wish(one?.opinion),
      withHistory: wish(other?.opinion),
    }
  }
  if (!fault) return { opinions, differing, ...(first && { first }) }
  first ??= {
    at: fault.at,
    ...(fault.instrument && { instrument: fault.instrument }),
    withAll: 'no fault',
    withHistory: fault.en,
  }
  return { opinions: opinions + 1, differing: differing + 1, first }
}

/** The last word on an instrument up to a moment, that moment included. Has to be asked in order of time. */
function standing(voices: readonly Voice[]): (moment: number, index: number) => Voice | undefined {
  const last = new Map<number, Voice>()
  let next = 0
  return (moment, index) => {
    for (let voice = voices[next]; voice && voice.moment <= moment; voice = voices[++next])
      last.set(voice.index, voice)
    return last.get(index)
  }
}

function isSame(one: Opinion | undefined, other: Opinion | undefined): boolean {
  if (one?.want !== 'long' || other?.want !== 'long') return one?.want !== 'long' && other?.want !== 'long'
  const [weight, otherWeight] = [one.weightRatio, other.weightRatio]
  if (weight === undefined || otherWeight === undefined) return weight === otherWeight
  return Math.abs(weight - otherWeight) <= SAME_WEIGHT
}

const wish = (opinion: Opinion | undefined): string =>
  opinion?.want !== 'long'
    ? 'flat'
    : opinion.weightRatio === undefined
      ? 'long'
      : `long ${(opinion.weightRatio * 100).toFixed(1)}%`
