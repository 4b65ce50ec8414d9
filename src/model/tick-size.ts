import { invariant } from '../std/invariant.ts'
import type { Instrument, InstrumentClass, Market } from './instrument.ts'
import { type Price, price } from './money.ts'
import { type TradingDay, tradingDay } from './time.ts'

/** A step of the ladder: from this price on (inclusive) prices move by `tick`. */
type Ladder = readonly (readonly [from: number, tick: number])[]

interface LadderRow {
  readonly classes: readonly InstrumentClass[]
  readonly markets: readonly Market[]
  /** First trade date, inclusive; the newest row that has begun applies. */
  readonly from: TradingDay
  readonly ladder: Ladder
}

const ALL: readonly Market[] = ['KOSPI', 'KOSDAQ', 'KONEX']
const US: readonly Market[] = ['NASDAQ', 'NYSE', 'AMEX']
/** The exact beginning of the older ladders is not known; it lies well before the first day of the calendar. */
const BEFORE_2015 = tradingDay('2010-10-04')

/**
 * Newest first within a class. Every boundary is a multiple of the ticks on both its sides, and every tick divides the
 * larger ones; snapping and stepping rely on it and the test checks it.
 */
const LADDERS: readonly LadderRow[] = [
  {
    classes: ['stock'],
    markets: ALL,
    from: tradingDay('2023-01-25'),
    ladder: [
      [0, 1],
      [2_000, 5],
      [5_000, 10],
      [20_000, 50],
      [50_000, 100],
      [200_000, 500],
      [500_000, 1_000],
    ],
  },
  {
    classes: ['stock'],
    markets: ['KOSPI'],
    from: BEFORE_2015,
    ladder: [
      [0, 1],
      [1_000, 5],
      [5_000, 10],
      [10_000, 50],
      [50_000, 100],
      [100_000, 500],
      [500_000, 1_000],
    ],
  },
  {
    classes: ['stock'],
    markets: ['KOSDAQ', 'KONEX'],
    from: BEFORE_2015,
    ladder: [
      [0, 1],
      [1_000, 5],
      [5_000, 10],
      [10_000, 50],
      [50_000, 100],
    ],
  },
  // Three days are in print for this change (12-08, 12-11, 12-18); 2023-12-11 is assumed, as in systems in use.
  {
    classes: ['etf', 'etn'],
    markets: ALL,
    from: tradingDay('2023-12-11'),
    ladder: [
      [0, 1],
      [2_000, 5],
    ],
  },
  { classes: ['etf', 'etn'], markets: ALL, from: BEFORE_2015, ladder: [[0, 5]] },
  { classes: ['elw'], markets: ALL, from: BEFORE_2015, ladder: [[0, 5]] },
  // In 1/10,000 dollar: a hundredth of a cent below a dollar, a cent from there on.
  {
    classes: ['stock', 'etf', 'etn'],
    markets: US,
    from: tradingDay('2006-01-31'),
    ladder: [
      [0, 1],
      [10_000, 100],
    ],
  },
]

export type TickKey = Pick<Instrument, 'class' | 'market'>

/**
 * 호가단위: by how much the price moves at `at`, in the unit of `Price` (won, 1/10,000 dollar), on that trade date. KRX and
 * NXT share the table.
 * Errors: a day before the first table breaks an invariant.
 * Source: KRX English site, price limits and tick sizes (KOSPI and KOSDAQ pages), rule book §1.6; US: SEC Rule 612 of
 * Regulation NMS, whose half-penny increment is not in force before November 2027, rule book §3.2.
 */
export const tickSize = (instrument: TickKey, day: TradingDay, at: Price): Price =>
  price(stepAt(ladderOf(instrument, day), at)[1])

/** May an order carry this price? 0 is no price. */
export function isOnTick(instrument: TickKey, day: TradingDay, at: Price): boolean {
  return at > 0 && at % stepAt(ladderOf(instrument, day), at)[1] === 0
}

/** The highest price of the grid that is not above `at`; the smallest tick when there is none. */
export function floorToTick(instrument: TickKey, day: TradingDay, at: Price): Price {
  const ladder = ladderOf(instrument, day)
  return price(Math.max(floorOn(ladder, at), smallest(ladder)))
}

/** The lowest price of the grid that is not below `at`. */
export function ceilToTick(instrument: TickKey, day: TradingDay, at: Price): Price {
  const ladder = ladderOf(instrument, day)
  return price(Math.max(ceilOn(ladder, at), smallest(ladder)))
}

/**
 * The price `ticks` steps up (or down, when negative) the grid, across tick boundaries: 1,999 → 2,000 → 2,005.
 *
 * A start off the grid (a half-tick print) counts as lying on the grid price behind it, seen in the direction of the
 * walk, so that one step always reaches the next grid price ahead; with 0 steps it is floored. Never below the smallest tick.
 * Source: rule book §1.6.
 */
export function stepTicks(instrument: TickKey, day: TradingDay, from: Price, ticks: number): Price {
  invariant(Number.isSafeInteger(ticks), `ticks are counted in whole steps, not ${ticks}`)
  const ladder = ladderOf(instrument, day)
  const walked =
    ticks < 0 ? walkDown(ladder, ceilOn(ladder, from), -ticks) : walkUp(ladder, floorOn(ladder, from), ticks)
  return price(Math.max(walked, smallest(ladder)))
}

function walkUp(ladder: Ladder, from: number, ticks: number): number {
  let at = from
  for (let left = ticks, index = stepIndex(ladder, at); left > 0; index++) {
    const tick = (ladder[index] as Ladder[number])[1]
    const end = ladder[index + 1]?.[0]
    const steps = end === undefined ? left : Math.min(left, (end - at) / tick)
    at += steps * tick
    left -= steps
  }
  return at
}

function walkDown(ladder: Ladder, from: number, ticks: number): number {
  let at = from
  // A boundary price belongs to the step above it, but the way down from it uses the tick of the step below.
  for (let left = ticks, index = stepIndex(ladder, at - 1); left > 0 && index >= 0; index--) {
    const [start, tick] = ladder[index] as Ladder[number]
    const steps = Math.min(left, (at - start) / tick)
    at -= steps * tick
    left -= steps
  }
  return at
}

function ladderOf(instrument: TickKey, day: TradingDay): Ladder {
  const row = LADDERS.find(
    ({ classes, markets, from }) =>
      from <= day && classes.includes(instrument.class) && markets.includes(instrument.market),
  )
  invariant(row !== undefined, `no tick table for ${instrument.market} ${instrument.class} on ${day}`)
  return row.ladder
}

function stepIndex(ladder: Ladder, at: number): number {
  let index = ladder.length - 1
  while (index > 0 && at < (ladder[index] as Ladder[number])[0]) index--
  return index
}

const stepAt = (ladder: Ladder, at: number) => ladder[stepIndex(ladder, at)] as Ladder[number]

const floorOn = (ladder: Ladder, at: number): number => at - (at % stepAt(ladder, at)[1])

function ceilOn(ladder: Ladder, at: number): number {
  const tick = stepAt(ladder, at)[1]
  return at % tick === 0 ? at : at - (at % tick) + tick
}

const smallest = (ladder: Ladder): number => (ladder[0] as Ladder[number])[1]
