import type { EpochMs } from '../../std/clock.ts'
import type { BuyingPowerExplained, Move } from '../ledger/explain-buying-power.ts'

/** What is remembered to explain the broker's buying power; plain data, saved as it is. */
export interface MoneyNotes {
  /** What reports changed in the books since the account was asked for. */
  heard: readonly (Move & { readonly at: EpochMs })[]
  /** Numbers of open orders that are not ours, and when one was last heard of. */
  foreignOpen: readonly string[]
  foreignAt: EpochMs
  /** Of the last account report; for how many in a row something stayed without a name, and how much of it was told. */
  buyingPower?: BuyingPowerExplained
  unexplainedTimes: number
  unexplainedTold: number
}

export const noMoneyNotes = (): MoneyNotes => ({
  heard: [],
  foreignOpen: [],
  foreignAt: 0,
  unexplainedTimes: 0,
  unexplainedTold: 0,
})
