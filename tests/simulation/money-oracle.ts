import type { TraderView } from '../../src/trading/engine/view.ts'
import type { BuyingPowerExplained } from '../../src/trading/ledger/explain-buying-power.ts'

/** Every account report leaves an answer to "why is the broker's buying power another one"; its parts are the difference. */
export interface MoneyOracle {
  look(view: TraderView, quiet: boolean): void
  onLife(): void
  /** Account reports seen, those that differed, and how many won of all differences had each name. */
  readonly seen: { reports: number; differing: number; names: Record<string, number> }
}

/** Without trouble nothing stays without a name: one report may have been read while much was under way. */
const MOST_IN_A_ROW = 1

export function createMoneyOracle(fail: (law: string, detail: string) => void): MoneyOracle {
  const seen: MoneyOracle['seen'] = { reports: 0, differing: 0, names: {} }
  let last: BuyingPowerExplained | undefined
  let unexplained = 0

  const check = (explained: BuyingPowerExplained, quiet: boolean) => {
    const { ours, theirs, parts } = explained
    seen.reports++
    if (parts.length > 0) seen.differing++
    for (const { name, won } of parts) seen.names[name] = (seen.names[name] ?? 0) + Math.abs(won)
    if (ours + parts.reduce((sum, { won }) => sum + won, 0) !== theirs)
      fail('buyingPowerSums', JSON.stringify(explained))
    const isOpen = parts.some(({ name }) => name === 'unexplained')
    unexplained = isOpen && quiet ? unexplained + 1 : 0
    if (unexplained > MOST_IN_A_ROW) fail('buyingPowerExplained', JSON.stringify(explained))
  }

  return {
    look: ({ brokerBuyingPower: now }, quiet) => {
      if (now === undefined || now === last) return
      last = now
      check(now, quiet)
    },
    onLife: () => {
      unexplained = 0
    },
    seen,
  }
}
