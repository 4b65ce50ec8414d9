import { ceilShare, floorShare, type Money, type Price, price } from '../../model/money.ts'
import { averagePrice, type Position } from '../../model/position.ts'
import type { TrailingStage } from '../../model/settings.ts'
import type { ExitInputs } from './exit.ts'

/** A trailing stage that the high since entry has reached. */
export interface ActiveStage {
  /** 1 for the first. */
  readonly number: number
  readonly stage: TrailingStage
  /** Fires at this price and below. */
  readonly stop: Price
}

/** Ratios are taken to a millionth, so that comparisons are exact: 3 % of 10,000 won is 300, not 299.99999. */
const MILLION = 1_000_000
const millionths = (ratio: number): number => Math.round(ratio * MILLION)

/**
 * The highest whole price at or below `average × (1 + ratio)`. A whole price is at or below the exact threshold just
 * when it is at or below this one.
 */
const averageDown = (position: Position, ratio: number): Price => {
  const share = Math.max(0, MILLION + millionths(ratio))
  return price(floorShare(position.cost, { numerator: share, denominator: position.quantity * MILLION }))
}

/** The lowest whole price at or above `average × (1 + ratio)`. */
const averageUp = (position: Position, ratio: number): Price => {
  const share = Math.max(0, MILLION + millionths(ratio))
  return price(ceilShare(position.cost, { numerator: share, denominator: position.quantity * MILLION }))
}

/** Fires at this price and below. */
export const stopLossLevel = ({ position, settings }: ExitInputs): Price | undefined =>
  settings.stopLossRatio === undefined ? undefined : averageDown(position, -settings.stopLossRatio)

/** Fires at this price and above. */
export const takeProfitLevel = ({ position, settings }: ExitInputs): Price | undefined =>
  settings.takeProfitRatio === undefined ? undefined : averageUp(position, settings.takeProfitRatio)

/**
 * `average − multiple × ATR`, cut down to a whole price, and not below what it was under the same setting before. Fires at
 * it and below.
 */
export function atrLevel({ position, tracked, atr, settings }: ExitInputs): Price | undefined {
  if (settings.atr === undefined) return undefined
  const { period, multiple } = settings.atr
  const now = atr === undefined ? 0 : Math.floor(averagePrice(position) - multiple * atr)
  const known = tracked.atrStop
  const before = known?.period === period && known.multiple === multiple ? known.price : 0
  const level = Math.max(now, before)
  return level > 0 ? price(level) : undefined
}

/** From which price on a stage counts. */
const activationLevel = (position: Position, stage: TrailingStage): Price =>
  averageUp(position, stage.activateRatio)

const trailingStop = (high: Price, stage: TrailingStage): Price =>
  price(
    floorShare(high as number as Money, {
      numerator: Math.max(0, MILLION - millionths(stage.giveBackRatio)),
      denominator: MILLION,
    }),
  )

/**
 * The activated stage with the highest stop. Stages get tighter as they rise, so that is the highest one activated;
 * where a later stage was set looser by mistake, the stop still does not fall.
 */
export function activeStage({ position, tracked, settings }: ExitInputs): ActiveStage | undefined {
  let best: ActiveStage | undefined
  settings.trailing.forEach((stage, index) => {
    if (tracked.high < activationLevel(position, stage)) return
    const stop = trailingStop(tracked.high, stage)
    if (best === undefined || stop >= best.stop) best = { number: index + 1, stage, stop }
  })
  return best
}
