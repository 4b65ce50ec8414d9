import type { InstrumentId } from '../../src/model/ids.ts'
import { price, quantity } from '../../src/model/money.ts'
import type { Side } from '../../src/model/order.ts'
import type { MarketDay } from '../../src/simulators/kiwoom/market/market-day.ts'
import type { Clock } from '../../src/std/clock.ts'
import type { MarketForce } from './faults.ts'

/** Somebody with deep pockets, and the exchange itself. */
export interface MarketForces {
  strike(force: MarketForce, targets: readonly InstrumentId[]): void
}

const WHALE = 'whale'
const DEPTH = 10
const STORM_FILLS = 25
const STORM_EVERY_MS = 20

export function createMarketForces(market: MarketDay, clock: Clock): MarketForces {
  const { exchange } = market

  const submit = (instrument: InstrumentId, side: Side, limit: number, shares: number, keeps = true) =>
    shares > 0
      ? exchange.submit({
          owner: WHALE,
          instrument,
          side,
          type: 'limit',
          timeInForce: keeps ? 'day' : 'ioc',
          limit: price(limit),
          quantity: quantity(shares),
        })
      : undefined

  const visible = (instrument: InstrumentId, side: Side): number =>
    exchange.levels(instrument, side, DEPTH).reduce((sum, level) => sum + level.quantity, 0)

  /** Takes all that is shown on the other side, and once again so much, at any price the day allows. */
  const sweep = (instrument: InstrumentId, side: Side, times: number) => {
    const band = exchange.state(instrument)?.band
    if (!band) return
    const shares = visible(instrument, side === 'buy' ? 'sell' : 'buy')
    submit(instrument, side, side === 'buy' ? band.upper : band.lower, shares * times)
  }

  const halt = (instrument: InstrumentId, ms: number) => {
    exchange.halt(instrument, true)
    clock.after(ms, () => {
      market.advanceTo(clock.now())
      exchange.halt(instrument, false)
    })
  }

  /** One share at a time against the best price, where an order of ours may wait among others. */
  const storm = (instrument: InstrumentId, left: number, ms: number) => {
    if (left === 0) return
    clock.after(ms, () => {
      market.advanceTo(clock.now())
      for (const side of ['buy', 'sell'] as const) {
        const best = exchange.levels(instrument, side === 'buy' ? 'sell' : 'buy', 1)[0]
        if (best) submit(instrument, side, best.price, 1, false)
      }
      storm(instrument, left - 1, STORM_EVERY_MS)
    })
  }

  /** Before a storm: whoever stands before ours at its price is filled first. */
  const clearTheWay = (instrument: InstrumentId) => {
    for (const side of ['buy', 'sell'] as const) {
      const best = exchange.levels(instrument, side === 'buy' ? 'sell' : 'buy', 1)[0]
      if (best) submit(instrument, side, best.price, Math.floor(best.quantity * 0.9), false)
    }
  }

  return {
    strike: ({ kind, pick, ms }, targets) => {
      market.advanceTo(clock.now())
      const instrument = targets[pick % targets.length]
      if (!instrument) return
      switch (kind) {
        case 'plunge':
          return sweep(instrument, 'sell', 2)
        case 'soar':
          return sweep(instrument, 'buy', 2)
        case 'lock':
          return sweep(instrument, pick % 2 === 0 ? 'sell' : 'buy', 50)
        case 'halt':
          return halt(instrument, ms)
        case 'storm':
          clearTheWay(instrument)
          return storm(instrument, STORM_FILLS, STORM_EVERY_MS)
      }
    },
  }
}
