import type { Instrument } from '../model/instrument.ts'
import type { Price } from '../model/money.ts'
import { ceilToTick, floorToTick, isOnTick, stepTicks, tickSize } from '../model/tick-size.ts'
import type { TradingDay } from '../model/time.ts'

/** The prices an instrument may have on one day. */
export interface Grid {
  tick(at: Price): Price
  onTick(at: Price): boolean
  /** The next price above. */
  up(at: Price): Price
  /** The next price below; the smallest tick when there is none. */
  down(at: Price): Price
  floor(at: Price): Price
  ceil(at: Price): Price
}

/** Steps are asked for at every change of an auction, so each one is worked out once; bounded by the prices of a day. */
export function createGrid(instrument: Instrument, day: TradingDay): Grid {
  const above = new Map<Price, Price>()
  const below = new Map<Price, Price>()
  const remember = (memory: Map<Price, Price>, at: Price, ticks: 1 | -1): Price => {
    const known = memory.get(at)
    if (known !== undefined) return known
    const step = stepTicks(instrument, day, at, ticks)
    memory.set(at, step)
    return step
  }
  return {
    tick: (at) => tickSize(instrument, day, at),
    onTick: (at) => isOnTick(instrument, day, at),
    up: (at) => remember(above, at, 1),
    down: (at) => remember(below, at, -1),
    floor: (at) => floorToTick(instrument, day, at),
    ceil: (at) => ceilToTick(instrument, day, at),
  }
}
