import type { InstrumentId } from '../model/ids.ts'
import {
  floorPart,
  type Money,
  minus,
  minusShares,
  NO_SHARES,
  NO_WON,
  plus,
  plusShares,
  type Quantity,
} from '../model/money.ts'
import { invariant } from '../std/invariant.ts'
import type { AccountHolding } from './account-records.ts'

/** What an account holds when the day begins; `fees` is the buy commission paid for it. */
export interface OpeningHolding {
  readonly instrument: InstrumentId
  readonly quantity: Quantity
  readonly cost: Money
  readonly fees?: Money
}

interface Lot {
  readonly instrument: InstrumentId
  readonly heldBefore: Quantity
  quantity: Quantity
  bound: Quantity
  cost: Money
  fees: Money
  boughtToday: Quantity
  soldToday: Quantity
}

/** Shares and their moving-average cost. Taking more than there is breaks an invariant. */
export interface Holdings {
  sellable(instrument: InstrumentId): Quantity
  bind(instrument: InstrumentId, shares: Quantity): void
  unbind(instrument: InstrumentId, shares: Quantity): void
  buy(instrument: InstrumentId, shares: Quantity, cost: Money, fees: Money): void
  /** Takes bound shares out; gives the cost and the buy fees that leave with them. */
  sell(instrument: InstrumentId, shares: Quantity): { readonly cost: Money; readonly fees: Money }
  of(instrument: InstrumentId): AccountHolding | undefined
  all(): readonly AccountHolding[]
}

export function createHoldings(opening: readonly OpeningHolding[]): Holdings {
  const lots = new Map<InstrumentId, Lot>()

  const enter = ({ instrument, quantity, cost, fees = NO_WON }: OpeningHolding): Lot => {
    invariant(!lots.has(instrument), `${instrument} is held twice`)
    const lot = {
      instrument,
      heldBefore: quantity,
      quantity,
      bound: NO_SHARES,
      cost,
      fees,
      boughtToday: NO_SHARES,
      soldToday: NO_SHARES,
    }
    lots.set(instrument, lot)
    return lot
  }
  for (const holding of opening) enter(holding)

  const held = (instrument: InstrumentId): Lot => {
    const lot = lots.get(instrument)
    invariant(lot !== undefined, `${instrument} is not held`)
    return lot
  }

  return {
    sellable(instrument) {
      const lot = lots.get(instrument)
      return lot === undefined ? NO_SHARES : minusShares(lot.quantity, lot.bound)
    },
    bind(instrument, shares) {
      const lot = held(instrument)
      lot.bound = plusShares(lot.bound, shares)
      invariant(lot.bound <= lot.quantity, `${instrument}: ${lot.bound} bound of ${lot.quantity} held`)
    },
    unbind(instrument, shares) {
      const lot = held(instrument)
      lot.bound = minusShares(lot.bound, shares)
    },
    buy(instrument, shares, cost, fees) {
      const lot = lots.get(instrument) ?? enter({ instrument, quantity: NO_SHARES, cost: NO_WON })
      lot.quantity = plusShares(lot.quantity, shares)
      lot.cost = plus(lot.cost, cost)
      lot.fees = plus(lot.fees, fees)
      lot.boughtToday = plusShares(lot.boughtToday, shares)
    },
    sell(instrument, shares) {
      const lot = held(instrument)
      const cost = floorPart(lot.cost, shares, lot.quantity)
      const fees = floorPart(lot.fees, shares, lot.quantity)
      lot.cost = minus(lot.cost, cost)
      lot.fees = minus(lot.fees, fees)
      lot.quantity = minusShares(lot.quantity, shares)
      lot.bound = minusShares(lot.bound, shares)
      lot.soldToday = plusShares(lot.soldToday, shares)
      return { cost, fees }
    },
    of: (instrument) => {
      const lot = lots.get(instrument)
      return lot && lot.quantity > 0 ? show(lot) : undefined
    },
    all: () => [...lots.values()].filter(({ quantity }) => quantity > 0).map(show),
  }
}

const show = ({ bound, ...lot }: Lot): AccountHolding => ({
  ...lot,
  sellable: minusShares(lot.quantity, bound),
})
