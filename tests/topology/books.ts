import { readJournal } from '../../src/adapters/journal/read.ts'
import { replay } from '../../src/trading/engine/recovery.ts'
import { createTrader } from '../../src/trading/engine/trader.ts'
import type { SplitStand } from './stand.ts'

export interface Books {
  /** The broker's order numbers that none of our orders carries: sent twice, or forgotten. */
  readonly strangers: readonly string[]
  readonly openAtBroker: number
  /** Ours minus the broker's. */
  readonly cash: number
  /** Shares that one side has and the other has not. */
  readonly shares: number
  readonly replayAgrees: boolean
}

export const EVEN: Books = { strangers: [], openAtBroker: 0, cash: 0, shares: 0, replayAgrees: true }

export interface BrokerOrder {
  readonly ordNo: string
  readonly action: string
  readonly side: string
  readonly instrument: string
  readonly quantity: number
  readonly filled: number
  readonly open: number
}

interface BrokerAccount {
  readonly balance: { readonly d2: number }
  readonly holdings: readonly { readonly instrument: string; readonly quantity: number }[]
}

const asked = async <T>(stand: SplitStand, path: string): Promise<T> =>
  (await (await fetch(`${stand.server.controlUrl}/${path}`)).json()) as T

export const brokerOrders = (stand: SplitStand) => asked<readonly BrokerOrder[]>(stand, 'orders')
export const brokerAccount = (stand: SplitStand) => asked<BrokerAccount>(stand, 'account')

/** The broker's truth beside what a replay of our record gives. The trader has ended. */
export async function compareBooks(stand: SplitStand): Promise<Books> {
  const [orders, account] = [await brokerOrders(stand), await brokerAccount(stand)]
  const trader = createTrader()
  const replayed = await replay(trader, readJournal(stand.folder), true)
  const ours = new Set(
    trader.orders().flatMap(({ venueOrderId }) => (venueOrderId ? [String(venueOrderId)] : [])),
  )
  const view = trader.view('')
  const shares = new Map<string, number>()
  const add = (instrument: string, by: number) => shares.set(instrument, (shares.get(instrument) ?? 0) + by)
  for (const { instrument, quantity } of view.positions) add(instrument, quantity)
  for (const { instrument, quantity } of account.holdings) add(instrument, -quantity)
  return {
    // A cancel gets a number of its own, but is no order that can fill.
    strangers: orders
      .filter(({ action, ordNo }) => action !== 'cancel' && !ours.has(ordNo))
      .map(({ ordNo }) => ordNo),
    openAtBroker: orders.filter(({ open }) => open > 0).length,
    cash: view.cash - account.balance.d2,
    shares: [...shares.values()].reduce((sum, difference) => sum + Math.abs(difference), 0),
    replayAgrees: replayed.ok,
  }
}
