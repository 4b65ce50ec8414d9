import type { Account } from '../../src/matching/account.ts'
import type { SmallBroker } from '../../src/matching/testing/small-broker.ts'
import { type CommissionSchedule, commission, transactionTax } from '../../src/model/charges.ts'
import type { InstrumentId } from '../../src/model/ids.ts'
import type { Instrument } from '../../src/model/instrument.ts'

export interface AccountCase {
  readonly account: Account
  readonly broker: SmallBroker
  /** What it began with; it held no shares. */
  readonly cash: number
  readonly schedule: CommissionSchedule
  readonly listing: (id: InstrumentId) => Instrument | undefined
}

/** What an account must always satisfy. Gives what it does not. */
export function accountFaults(found: AccountCase): string[] {
  const { account, broker, cash } = found
  return [
    ...cashFaults(account, cash),
    ...chargeFaults(found),
    ...orderFaults(account, broker),
    ...holdingFaults(account),
  ]
}

/** Commission and tax are those of each order's whole value. */
function chargeFaults({ account, schedule, listing }: AccountCase): string[] {
  let [fees, taxes] = [0, 0]
  for (const { instrument, side, filledValue } of account.orders()) {
    const listed = listing(instrument)
    fees += commission(schedule, filledValue)
    if (listed && side === 'sell') taxes += transactionTax(listed, account.day, filledValue).total
  }
  const { commission: paid, tax } = account.totals()
  return paid === fees && tax === taxes ? [] : [`${paid} paid and ${tax} taxed, not ${fees} and ${taxes}`]
}

/** Cash is what was there, less what was bought, plus what was sold, less costs; and it is never promised twice. */
export function cashFaults(account: Account, cash: number): string[] {
  const { d2, held, buyingPower } = account.balance()
  const { bought, sold, commission, tax, realizedPnl } = account.totals()
  const faults: string[] = []
  if (d2 !== cash - bought + sold - commission - tax)
    faults.push(`cash ${d2}: ${cash} − ${bought} + ${sold} − ${commission} − ${tax}`)
  if (d2 - held < 0 || buyingPower !== d2 - held) faults.push(`cash ${d2}, held ${held}, free ${buyingPower}`)
  const open = account.holdings().reduce((sum, holding) => sum + holding.cost, 0)
  const costsOfBuying = account
    .fills()
    .reduce((sum, fill) => sum + (fill.side === 'buy' ? fill.commission : 0), 0)
  // What came in and is no longer there as shares or cash was earned, lost, or paid for buying.
  if (cash + realizedPnl - costsOfBuying !== d2 + open)
    faults.push(
      `${cash} began, ${realizedPnl} earned, ${costsOfBuying} paid; ${d2} cash and ${open} in shares`,
    )
  return faults
}

function orderFaults(account: Account, broker: SmallBroker): string[] {
  const faults: string[] = []
  let held = 0
  for (const order of account.orders()) {
    const { number, quantity, filled, open, gone, state, action } = order
    held += order.hold
    if (quantity !== filled + open + gone)
      faults.push(`order ${number}: ${filled} + ${open} + ${gone} of ${quantity}`)
    if (open === 0 && order.hold !== 0) faults.push(`order ${number} is over and holds ${order.hold}`)
    if (action === 'cancel' || state === 'refused') continue
    // The exchange forgets orders that ended long ago.
    const there = broker.exchangeOrder(number)?.open ?? 0
    if (there !== open) faults.push(`order ${number}: ${open} open here, ${there} at the exchange`)
  }
  if (held !== account.balance().held)
    faults.push(`orders hold ${held}, the account ${account.balance().held}`)
  return faults
}

function holdingFaults(account: Account): string[] {
  const net = new Map<InstrumentId, number>()
  for (const { instrument, side, quantity } of account.fills())
    net.set(instrument, (net.get(instrument) ?? 0) + (side === 'buy' ? quantity : -quantity))
  const bound = new Map<InstrumentId, number>()
  for (const { instrument, side, open } of account.orders())
    if (side === 'sell') bound.set(instrument, (bound.get(instrument) ?? 0) + open)
  const faults: string[] = []
  for (const [instrument, shares] of net) {
    const holding = account.holding(instrument)
    const [quantity, sellable] = [holding?.quantity ?? 0, holding?.sellable ?? 0]
    if (quantity !== shares || sellable !== shares - (bound.get(instrument) ?? 0))
      faults.push(`${instrument}: ${quantity} held, ${sellable} free; ${shares} bought and not sold`)
  }
  return faults
}
