import { type Delisting, isLiquidation } from '../../model/corporate-action.ts'
import { type HomeVenue, localDay } from '../../model/home-venue.ts'
import type { InstrumentId } from '../../model/ids.ts'
import type { Designation } from '../../model/instrument.ts'
import type { Position } from '../../model/position.ts'
import type { TradingDay } from '../../model/time.ts'

export const NORMAL: readonly Designation[] = []
const LIQUIDATION: readonly Designation[] = ['liquidation']

/** What the days of a run are asked about delistings. */
export interface Endings {
  /** The delisting of what a position was bought as, once it has come by that day. */
  of(position: Pick<Position, 'instrument' | 'openedAt'>, day: TradingDay): Delisting | undefined
  /** 정리매매, where Korea has it. */
  designations(instrument: InstrumentId, day: TradingDay): readonly Designation[]
}

export function createEndings(delistings: readonly Delisting[], home: HomeVenue): Endings {
  const known = new Map<InstrumentId, Delisting[]>()
  for (const each of delistings) known.set(each.instrument, [...(known.get(each.instrument) ?? []), each])
  return {
    of: ({ instrument, openedAt }, day) => {
      const own = known.get(instrument)
      if (!own) return undefined
      const since = localDay(home, openedAt)
      return own.find(({ from }) => since < from && from <= day)
    },
    designations: (instrument, day) => {
      const own = home === 'KRX' ? known.get(instrument) : undefined
      return own?.some((each) => isLiquidation(each, day)) ? LIQUIDATION : NORMAL
    },
  }
}
