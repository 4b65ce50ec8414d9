import type { AccountReport } from '../model/order-report.ts'
import type { DayTotals } from '../ports/execution-client.ts'
import type { TraderView } from '../trading/engine/view.ts'
import type { Proof } from './trader.ts'

/** Lays our ledger beside the broker's own account. A broker's zero rows do not count as holdings. */
export function compare(view: TraderView, report: AccountReport, totals: DayTotals): Proof {
  const ours = {
    cash: view.cash,
    commission: view.commission,
    tax: view.tax,
    positions: view.positions.map(({ instrument, quantity }) => ({ instrument, quantity })),
  }
  const broker = {
    cash: report.cash,
    commission: totals.commission,
    tax: totals.tax,
    positions: report.holdings
      .filter((holding) => holding.quantity > 0)
      .map(({ instrument, quantity }) => ({ instrument, quantity })),
  }
  return {
    ours,
    broker,
    corrections: view.corrections,
    difference: {
      cash: ours.cash - broker.cash,
      commission: ours.commission - broker.commission,
      tax: ours.tax - broker.tax,
      positions: sharesApart(ours.positions, broker.positions),
    },
  }
}

type Shares = readonly { readonly instrument: string; readonly quantity: number }[]

function sharesApart(ours: Shares, theirs: Shares): number {
  const apart = new Map<string, number>()
  for (const { instrument, quantity } of ours) apart.set(instrument, (apart.get(instrument) ?? 0) + quantity)
  for (const { instrument, quantity } of theirs)
    apart.set(instrument, (apart.get(instrument) ?? 0) - quantity)
  let total = 0
  for (const shares of apart.values()) total += Math.abs(shares)
  return total
}
