import { invariant } from '../../std/invariant.ts'
import { err } from '../../std/result.ts'
import { checkPair, checkSeries, meanOf, type Series } from './moments.ts'
import { checkPeriods } from './periods.ts'
import { measured, type Statistic, tooFew } from './statistic.ts'

/**
 * Share of the bars in which a position was held, 0 to 1. In: the value of what was held at each bar;
 * anything but 0 counts. Gaps: no bar. Source: rule book §5.5.
 */
export function exposure(heldValues: Series): Statistic {
  checkSeries(heldValues, 'values of what is held')
  if (heldValues.length === 0) return tooFew(0, 1)
  let held = 0
  for (const value of heldValues) if (value !== 0) held++
  return measured(held / heldValues.length)
}

/**
 * Mean of what was held over equity, 0.5 being half of the money at work. Gaps: no bar, equity that is not
 * above 0.
 */
export function meanExposure(heldValues: Series, equity: Series): Statistic {
  checkSeries(heldValues, 'values of what is held')
  checkSeries(equity, 'points of equity')
  checkPair(heldValues, equity, 'values held and equity')
  if (equity.length === 0) return tooFew(0, 1)
  let sum = 0
  for (let i = 0; i < equity.length; i++) {
    if ((equity[i] as number) <= 0) return err({ code: 'zeroBase', base: 'equity' })
    sum += Math.abs(heldValues[i] as number) / (equity[i] as number)
  }
  return measured(sum / equity.length)
}

/**
 * How often the account is turned over in a year: the lesser of all that was bought and all that was sold,
 * over mean equity, times P/n. The totals are compared, not each bar's: a purchase today and its sale next
 * week are one turn.
 *
 * In: value bought and sold in each period, 0 or above, and equity at its end. Gaps: no period, mean equity
 * that is not above 0. Errors: different lengths or a negative value break an invariant. Source: US SEC Form
 * N-1A, item 13, portfolio turnover rate; rule book §5.5.
 */
export function turnover(bought: Series, sold: Series, equity: Series, periodsPerYear: number): Statistic {
  checkPeriods(periodsPerYear)
  checkPair(bought, sold, 'values bought and sold')
  checkPair(bought, equity, 'values bought and equity')
  checkSeries(equity, 'points of equity')
  if (equity.length === 0) return tooFew(0, 1)
  const lesser = Math.min(total(bought, 'values bought'), total(sold, 'values sold'))
  const mean = meanOf(equity)
  if (mean <= 0) return err({ code: 'zeroBase', base: 'equity' })
  return measured((lesser / mean) * (periodsPerYear / equity.length))
}

function total(values: Series, name: string): number {
  checkSeries(values, name)
  let sum = 0
  for (const value of values) {
    invariant(value >= 0, `${name} are not negative: ${value}`)
    sum += value
  }
  return sum
}
