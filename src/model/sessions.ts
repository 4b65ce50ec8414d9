import type { EpochMs } from '../std/clock.ts'
import { type Calendar, type DayHours, KRX_CALENDAR } from './calendar.ts'
import type { KoreanVenue, Venue } from './instrument.ts'
import type { Phase } from './session.ts'
import {
  DAY_MS,
  kstDay,
  kstInstant,
  kstTimeOfDay,
  type TimeOfDay,
  type TradingDay,
  timeOfDay,
  tradingDay,
} from './time.ts'
import { usPhaseAt, usSessionsOf } from './us-sessions.ts'

/** `from` is inside, `to` is not. The end of a call auction is nominal: the exchange adds a random 0–30 s. */
export interface SessionWindow {
  readonly phase: Phase
  readonly from: EpochMs
  readonly to: EpochMs
}

type Row = readonly [phase: Phase, from: string, to: string]

/** The hours of a venue from one day on: the board of normal orders, and the boards at a fixed closing price. */
interface Regime {
  readonly from: TradingDay
  readonly main: readonly Row[]
  readonly closePrice: readonly Row[]
}

const PRE_CLOSE_TO_2019: Row = ['preClose', '07:30', '08:30']
const PRE_CLOSE: Row = ['preClose', '08:30', '08:40']
const POST_CLOSE: readonly Row[] = [
  ['postCloseEntry', '15:30', '15:40'],
  ['postClose', '15:40', '16:00'],
]
const DAY_TO_1530: readonly Row[] = [
  ['continuous', '09:00', '15:20'],
  ['closingCall', '15:20', '15:30'],
  ...POST_CLOSE,
]

/** Newest first. A new session is a new row here and nothing else. */
const REGIMES: Readonly<Record<KoreanVenue, readonly Regime[]>> = {
  KRX: [
    {
      from: tradingDay('2026-09-14'), // the after-market takes the place of the off-hours single price
      main: [['openingCall', '08:30', '09:00'], ...DAY_TO_1530, ['afterMarket', '16:00', '20:00']],
      closePrice: [PRE_CLOSE, ...POST_CLOSE],
    },
    {
      from: tradingDay('2019-04-29'), // the opening call shrinks from an hour to half of one
      main: [['openingCall', '08:30', '09:00'], ...DAY_TO_1530, ['offHoursSingle', '16:00', '18:00']],
      closePrice: [PRE_CLOSE, ...POST_CLOSE],
    },
    {
      from: tradingDay('2016-08-01'), // the regular session closes half an hour later
      main: [['openingCall', '08:00', '09:00'], ...DAY_TO_1530, ['offHoursSingle', '16:00', '18:00']],
      closePrice: [PRE_CLOSE_TO_2019, ...POST_CLOSE],
    },
    {
      from: tradingDay('2000-05-22'),
      // What follows the close is assumed to have been half an hour earlier as well, ending at the same 18:00.
      main: [
        ['openingCall', '08:00', '09:00'],
        ['continuous', '09:00', '14:50'],
        ['closingCall', '14:50', '15:00'],
        ['postCloseEntry', '15:00', '15:10'],
        ['postClose', '15:10', '15:30'],
        ['offHoursSingle', '15:30', '18:00'],
      ],
      closePrice: [PRE_CLOSE_TO_2019, ['postCloseEntry', '15:00', '15:10'], ['postClose', '15:10', '15:30']],
    },
  ],
  // Between the windows of NXT (08:50–09:00:30 and 15:20–15:30) only cancels are taken: `closed` to a new order.
  NXT: [
    {
      from: tradingDay('2025-03-04'),
      main: [
        ['preMarket', '08:00', '08:50'],
        ['continuous', '09:00:30', '15:20'],
        ['afterMarketEntry', '15:30', '15:40'],
        ['afterMarket', '15:40', '20:00'],
      ],
      closePrice: [['postClose', '15:30', '16:00']],
    },
  ],
}

const MIDNIGHT = timeOfDay('00:00')
const HOUR_MS = timeOfDay('01:00')
/** Sessions of the evening begin an hour later on 수능 day but end at their usual time. */
const KEEPS_ITS_END: ReadonlySet<Phase> = new Set(['offHoursSingle', 'afterMarket'])

/**
 * The sessions of the board to which a normal order goes, in order of time, never overlapping; empty on a closed day and
 * before a venue existed. 장전 시간외 종가 runs beside the opening call and is given by `closePriceSessionsOf`.
 *
 * Hand in a patched calendar when KRX has announced a change; the US has its own. Errors: a day outside the calendar's years
 * breaks an invariant.
 * Source: KRX English site, trading hours; NXT session table; special hours of the first trading day (opening call from
 * 08:30 assumed) and of 수능 day (after-market 17:00–20:00 assumed); rule book §1.1–§1.4, §4.2.
 */
export function sessionsOf(
  venue: Venue,
  day: TradingDay,
  calendar: Calendar = KRX_CALENDAR,
): readonly SessionWindow[] {
  if (venue === 'US') return usSessionsOf(day)
  return dayPlan(venue, kstInstant(day, MIDNIGHT), calendar).main
}

/** When orders at a fixed closing price are taken: 장전 시간외 종가 and 장후 시간외 종가 (접수 and 체결). Else as `sessionsOf`. */
export function closePriceSessionsOf(
  venue: KoreanVenue,
  day: TradingDay,
  calendar: Calendar = KRX_CALENDAR,
): readonly SessionWindow[] {
  return dayPlan(venue, kstInstant(day, MIDNIGHT), calendar).closePrice
}

/** Where the venue's day stands for a normal order, by the timetable; `'closed'` outside every session. */
export function phaseAt(venue: Venue, at: EpochMs, calendar: Calendar = KRX_CALENDAR): Phase {
  if (venue === 'US') return usPhaseAt(at)
  for (const window of dayPlan(venue, at - kstTimeOfDay(at), calendar).main)
    if (at >= window.from && at < window.to) return window.phase
  return 'closed'
}

interface DayPlan {
  readonly main: readonly SessionWindow[]
  readonly closePrice: readonly SessionWindow[]
}

type Plans = Readonly<Record<KoreanVenue, Map<EpochMs, DayPlan>>>

/**
 * A day's plan never changes, so it is worked out once per calendar; bounded by the days of the calendar. Keyed by the
 * instant of midnight rather than by the date's text, because `phaseAt` is asked with every tick.
 */
const PLANS = new WeakMap<Calendar, Plans>()

function dayPlan(venue: KoreanVenue, midnight: EpochMs, calendar: Calendar): DayPlan {
  const known = PLANS.get(calendar)
  const plans: Plans = known ?? { KRX: new Map(), NXT: new Map() }
  if (known === undefined) PLANS.set(calendar, plans)
  let plan = plans[venue].get(midnight)
  if (plan === undefined) {
    plan = planDay(venue, kstDay(midnight), calendar)
    plans[venue].set(midnight, plan)
  }
  return plan
}

function planDay(venue: KoreanVenue, day: TradingDay, calendar: Calendar): DayPlan {
  const open = calendar.isTradingDay(day)
  const regime = REGIMES[venue].find(({ from }) => from <= day)
  if (!open || regime === undefined) return { main: [], closePrice: [] }
  const hours = calendar.hoursOf(day)
  const place = (rows: readonly Row[]) =>
    rows.flatMap((row) => {
      const shifted = SHIFT[hours]([row[0], timeOfDay(row[1]), timeOfDay(row[2])])
      if (shifted === undefined) return []
      const [phase, from, to] = shifted
      return [{ phase, from: kstInstant(day, from), to: kstInstant(day, to) }]
    })
  return { main: place(regime.main), closePrice: place(regime.closePrice) }
}

type Timed = readonly [phase: Phase, from: TimeOfDay, to: TimeOfDay]

const later = (time: TimeOfDay): TimeOfDay => Math.min(time + HOUR_MS, DAY_MS) as TimeOfDay

/** What special hours do to a session; `undefined` when it is not held. */
const SHIFT: Readonly<Record<DayHours, (row: Timed) => Timed | undefined>> = {
  normal: (row) => row,
  // The morning stretches to an opening one hour later; the close stays.
  yearOpening: ([phase, from, to]) => {
    if (phase === 'preMarket') return undefined
    if (phase === 'openingCall') return [phase, from, later(to)]
    if (phase === 'continuous') return [phase, later(from), to]
    return [phase, from, to]
  },
  csat: ([phase, from, to]) => {
    if (phase === 'preMarket') return undefined
    return [phase, later(from), KEEPS_ITS_END.has(phase) ? to : later(to)]
  },
}
