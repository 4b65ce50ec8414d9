import type { Delisting } from '../../model/corporate-action.ts'
import { type HomeVenue, homeOf, localDay, localInstant } from '../../model/home-venue.ts'
import type { InstrumentId } from '../../model/ids.ts'
import type { Instrument } from '../../model/instrument.ts'
import { addDays, type TradingDay, timeOfDay } from '../../model/time.ts'
import type { BarTable } from './bar-table.ts'

/** Recorded delistings as they are played, and what the bars had to say to them. */
export interface PlayedDelistings {
  readonly delistings: readonly Delisting[]
  /** How many of them traded on the recorded day or later, and are gone from the day behind their last bar on. */
  readonly late: number
  /** How many were left out: their bars go on for more than a month. */
  readonly contradicted: number
}

/** A record is no further off than this, and a code is not given again sooner. */
const MONTH_DAYS = 30

/**
 * The delistings of the instruments of a run. Many sources write the last day of trading for the first day without it; nothing is
 * paid out while there are bars, so a delisting begins behind them.
 */
export function delistingsOf(
  recorded: readonly Delisting[],
  bars: BarTable,
  instruments: readonly Instrument[],
): PlayedDelistings {
  const ids = new Set(instruments.map(({ id }) => id))
  const own = recorded.filter(({ instrument }) => ids.has(instrument))
  const lastDays = tradedAfter(own, bars, instruments)
  const delistings = own.flatMap((delisting): Delisting[] => {
    const last = lastDays.get(delisting)
    if (last === undefined) return [delisting]
    return last > addDays(delisting.from, MONTH_DAYS) ? [] : [{ ...delisting, from: addDays(last, 1) }]
  })
  const contradicted = own.length - delistings.length
  return { delistings, late: lastDays.size - contradicted, contradicted }
}

/** The last day of the bars that go on over a recorded day without a gap of a month. */
function tradedAfter(
  own: readonly Delisting[],
  bars: BarTable,
  instruments: readonly Instrument[],
): ReadonlyMap<Delisting, TradingDay> {
  const found = new Map<Delisting, TradingDay>()
  if (own.length === 0) return found
  const home = homeOf(instruments)
  const ofIndex = instruments.map(({ id }) => ofInstrument(own, id))
  for (let moment = 0; moment < bars.openAt.length; moment++) {
    const day = localDay(home, bars.openAt[moment] as number)
    for (let row = bars.starts[moment] as number; row < (bars.starts[moment + 1] as number); row++)
      for (const each of ofIndex[bars.index[row] as number] ?? [])
        if (day >= each.from && day <= addDays(found.get(each) ?? each.from, MONTH_DAYS)) found.set(each, day)
  }
  return found
}

const ofInstrument = (all: readonly Delisting[], id: InstrumentId): readonly Delisting[] | undefined => {
  const own = all.filter(({ instrument }) => instrument === id)
  return own.length > 0 ? own : undefined
}

const HOURS = {
  KRX: { from: timeOfDay('09:00'), to: timeOfDay('15:30') },
  US: { from: timeOfDay('09:30'), to: timeOfDay('16:00') },
} as const

/**
 * The table with a moment without rows for each day behind its last bar on which one of these delistings is due, up to and with
 * `until` (absent: all of them). Without it a run that ends with a name would never hear that the name is gone.
 */
export function withDelistingDays(
  bars: BarTable,
  delistings: readonly Delisting[],
  home: HomeVenue,
  until?: TradingDay,
): BarTable {
  const last = bars.openAt.at(-1)
  if (last === undefined) return bars
  const isDue = (day: TradingDay) => day > localDay(home, last) && (until === undefined || day <= until)
  const days = [...new Set(delistings.map(({ from }) => from).filter(isDue))].toSorted()
  if (days.length === 0) return bars
  const grown = (column: Float64Array, at: 'from' | 'to') =>
    Float64Array.from([...column, ...days.map((day) => localInstant(home, day, HOURS[home][at]))])
  return {
    ...bars,
    openAt: grown(bars.openAt, 'from'),
    closeAt: grown(bars.closeAt, 'to'),
    starts: Uint32Array.from([...bars.starts, ...days.map(() => bars.index.length)]),
  }
}
