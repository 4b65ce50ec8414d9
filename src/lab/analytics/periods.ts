import type { HomeVenue } from '../../model/home-venue.ts'
import { invariant } from '../../std/invariant.ts'

/**
 * Periods in a year, for the numbers that are given per year. Screens print the one that was used.
 * Source: rule book §5.5 (Korea 246 trading days, United States 252).
 */
export const PERIODS_PER_YEAR = { krxDays: 246, usDays: 252, weeks: 52, months: 12 } as const

/** Trading days of a year at home. */
export const daysPerYear = (home: HomeVenue): number =>
  home === 'US' ? PERIODS_PER_YEAR.usDays : PERIODS_PER_YEAR.krxDays

/** How a series is turned into numbers per year. */
export interface Yearly {
  readonly periodsPerYear: number
  /** Of a riskless deposit, per year, as a ratio; 0 when it is left out. */
  readonly riskFreeAnnual?: number
}

/**
 * The rate per period that compounds to `annual` in a year: (1 + annual)^(1/P) − 1. Errors: a rate of −100 %
 * or less, or periods that are not above 0, break an invariant. Source: rule book §5.5.
 */
export function ratePerPeriod(annual: number, periodsPerYear: number): number {
  checkPeriods(periodsPerYear)
  invariant(Number.isFinite(annual) && annual > -1, `a yearly rate lies above -1: ${annual}`)
  return (1 + annual) ** (1 / periodsPerYear) - 1
}

export function checkPeriods(periodsPerYear: number): void {
  invariant(
    Number.isFinite(periodsPerYear) && periodsPerYear > 0,
    `the periods of a year are a number above 0: ${periodsPerYear}`,
  )
}
