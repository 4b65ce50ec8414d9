import type { Price, Rate } from '../model/money.ts'
import type { ViRates } from '../model/vi.ts'

export type ViCause = 'static' | 'dynamic' | 'both'

export interface ViReferences {
  /** The last execution price before the incoming order. */
  readonly dynamic: Price
  /** The price of the latest single-price execution; before the first one the base price. */
  readonly static: Price
}

/**
 * Would an execution at `at` stop the instrument, and why? `undefined`: it may trade.
 * Source: KRX English site, volatility interruption; rule book §1.7 (trigger at or beyond reference × (1 ± rate)).
 */
export function viCauseOf(at: Price, rates: ViRates, references: ViReferences): ViCause | undefined {
  const isDynamic = isAtOrBeyond(at, references.dynamic, rates.dynamic)
  const isStatic = isAtOrBeyond(at, references.static, rates.static)
  if (isDynamic) return isStatic ? 'both' : 'dynamic'
  return isStatic ? 'static' : undefined
}

function isAtOrBeyond(at: Price, reference: Price, rate: Rate | undefined): boolean {
  if (rate === undefined) return false
  const scaled = at * rate.denominator
  return (
    scaled >= reference * (rate.denominator + rate.numerator) ||
    scaled <= reference * (rate.denominator - rate.numerator)
  )
}
