import type { Designation, Instrument, PriceBand } from '../../../../model/instrument.ts'
import { DAY_MS, kstTimeOfDay, type TradingDay } from '../../../../model/time.ts'
import type { EpochMs } from '../../../../std/clock.ts'

/** A closed bar: `model/bar.ts`, with its traded value (거래대금) where the source tells it. */
export interface ClosedBar {
  readonly openAt: EpochMs
  readonly closeAt: EpochMs
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  readonly value?: number
}

/** What is read of a `Trade`. */
export interface Print {
  readonly at: EpochMs
  readonly price: number
  readonly quantity: number
}

/** What is read of a `Quote`. A price of 0: that side is empty. */
export interface BestQuotes {
  readonly at: EpochMs
  readonly bid: number
  readonly bidQuantity: number
  readonly ask: number
  readonly askQuantity: number
}

/** What is read of an `InstrumentView`: the facts of one day. They are told anew each day, before its first bar. */
export interface DayFacts {
  readonly day: TradingDay
  readonly listing: Pick<Instrument, 'market' | 'class' | 'listedShares'>
  /** 0: not known. */
  readonly basePrice: number
  readonly band?: PriceBand | undefined
  readonly designations: readonly Designation[]
  readonly halted: boolean
  readonly inVi: boolean
}

/** Local time of the exchange. */
export interface LocalTime {
  /** Milliseconds since midnight. */
  timeOfDay(at: EpochMs): number
  /** Days since 1970-01-01, by the local date. */
  day(at: EpochMs): number
}

export const KOREAN_TIME: LocalTime = {
  timeOfDay: kstTimeOfDay,
  day: (at) => Math.floor((at + 9 * 3_600_000) / DAY_MS),
}

/** The number of a local date, as `LocalTime.day` counts. */
export const dayNumber = (day: TradingDay): number => Date.parse(day) / DAY_MS
