import { type CorporateAction, priceFactor } from '../../../model/corporate-action.ts'
import type { InstrumentId } from '../../../model/ids.ts'
import type { TradingDay } from '../../../model/time.ts'
import type { AppliedAction } from '../../../ports/catalog.ts'

/** From the first bar up to `before`, prices are multiplied by `factor`, and volumes divided by it. */
export interface Step {
  readonly before: TradingDay
  readonly factor: number
}

export interface Adjustments {
  /** Of each instrument, oldest first; the factors of later steps are in those of earlier ones. */
  readonly steps: ReadonlyMap<InstrumentId, readonly Step[]>
  readonly applied: readonly AppliedAction[]
  readonly unadjustable: readonly { readonly instrument: InstrumentId; readonly from: TradingDay }[]
}

/**
 * What recorded events do to earlier prices, in the terms of the evening of `asOf`: an event whose first day is later has not
 * happened yet. Cash dividends move no KRX base price and so nothing here; a spin-off cannot be adjusted and is named.
 * Source: rule book §1.15 and `model/corporate-action.ts`.
 */
export function adjustmentsAsOf(actions: readonly CorporateAction[], asOf: TradingDay): Adjustments {
  const applied: AppliedAction[] = []
  const unadjustable: { instrument: InstrumentId; from: TradingDay }[] = []
  for (const action of actions) {
    if (action.from > asOf) continue
    const rate = priceFactor(action)
    const { instrument, from } = action
    if (rate === undefined) unadjustable.push({ instrument, from })
    else if (rate.numerator !== rate.denominator)
      applied.push({ instrument, from, factor: rate.numerator / rate.denominator })
  }
  return { steps: stepsOf(applied), applied, unadjustable }
}

function stepsOf(applied: readonly AppliedAction[]): ReadonlyMap<InstrumentId, readonly Step[]> {
  const steps = new Map<InstrumentId, Step[]>()
  for (const { instrument, from, factor } of applied.toSorted((a, b) => (a.from < b.from ? 1 : -1))) {
    const known = steps.get(instrument) ?? []
    // Newest first here: each older step carries what came after it.
    known.push({ before: from, factor: factor * (known.at(-1)?.factor ?? 1) })
    steps.set(instrument, known)
  }
  for (const known of steps.values()) known.reverse()
  return steps
}
