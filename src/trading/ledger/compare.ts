import type { InstrumentId } from '../../model/ids.ts'
import {
  type Money,
  minus,
  NO_SHARES,
  NO_WON,
  notional,
  plus,
  plusShares,
  type Quantity,
} from '../../model/money.ts'
import type { Fill } from '../../model/order.ts'
import type { AccountReport, Holding as Reported } from '../../model/order-report.ts'
import type { CarriedPosition } from '../../model/position.ts'
import type { EpochMs } from '../../std/clock.ts'
import { invariant } from '../../std/invariant.ts'
import { against, balanced, type Entry, type Posting } from './entries.ts'
import { type Holding, newTrip } from './post.ts'

/** One number of ours that the broker sees differently. Cost may differ where a broker rounds its average price. */
export interface Difference {
  readonly of: 'cash' | 'quantity' | 'cost'
  readonly instrument?: InstrumentId
  /** For people: `cash`, `quantity 005930`. */
  readonly what: string
  readonly ours: number
  readonly theirs: number
}

type Holdings = ReadonlyMap<InstrumentId, Holding>

/** Errors: two rows for one instrument break an invariant, since adding and dropping one are both guesses. */
function byInstrument(report: AccountReport): ReadonlyMap<InstrumentId, Reported> {
  const rows = new Map<InstrumentId, Reported>()
  for (const row of report.holdings) {
    if (row.quantity === 0) continue
    invariant(!rows.has(row.instrument), `an account report names an instrument once: ${row.instrument}`)
    rows.set(row.instrument, row)
  }
  return rows
}

/** Where the broker's word differs from our books, ours first. Empty: equal to the won and the share. */
export function differences(report: AccountReport, cash: Money, holdings: Holdings): Difference[] {
  const theirs = byInstrument(report)
  const found: Difference[] = []
  if (report.cash !== cash) found.push({ of: 'cash', what: 'cash', ours: cash, theirs: report.cash })
  for (const instrument of new Set([...holdings.keys(), ...theirs.keys()])) {
    const our = holdings.get(instrument)?.position
    const their = theirs.get(instrument)
    const compare = (of: 'quantity' | 'cost') => {
      const pair = { ours: our?.[of] ?? 0, theirs: their?.[of] ?? 0 }
      if (pair.ours !== pair.theirs) found.push({ of, instrument, what: `${of} ${instrument}`, ...pair })
    }
    compare('quantity')
    compare('cost')
  }
  return found
}

/** Of yesterday's memory only what still fits the broker's word is believed: the same number of shares. */
function begun(row: Reported, at: EpochMs, known: CarriedPosition | undefined): Holding {
  const { instrument, quantity, cost } = row
  if (known?.position.quantity !== quantity)
    return {
      position: { instrument, quantity, cost, fees: NO_WON, openedAt: at },
      trip: newTrip('기존 보유'),
    }
  return { position: { ...known.position, cost }, trip: newTrip(known.entry) }
}

/** The books as the broker has them when the day begins. Fees of positions that are not carried over count as 0. */
export function opening(
  report: AccountReport,
  carried: readonly CarriedPosition[],
): { posting: Posting; holdings: Map<InstrumentId, Holding> } {
  const known = new Map(carried.map((each) => [each.position.instrument, each]))
  const rows = [...byInstrument(report).values()]
  const shares = rows.map(
    (row): Entry => ({ account: 'shares', amount: row.cost, instrument: row.instrument }),
  )
  return {
    posting: balanced({
      kind: 'opening',
      at: report.at,
      memo: '계좌 개시 잔고',
      entries: against('capital', [{ account: 'cash', amount: report.cash }, ...shares]),
    }),
    holdings: new Map(rows.map((row) => [row.instrument, begun(row, report.at, known.get(row.instrument))])),
  }
}

/** Makes our books equal to the broker's word by one dated, balanced posting; `undefined` when they are equal already. */
export function correction(
  report: AccountReport,
  reason: string,
  cash: Money,
  holdings: Holdings,
): { posting: Posting; holdings: Map<InstrumentId, Holding> } | undefined {
  if (differences(report, cash, holdings).length === 0) return undefined
  const theirs = byInstrument(report)
  const entries: Entry[] = []
  const next = new Map<InstrumentId, Holding>()
  if (report.cash !== cash) entries.push({ account: 'cash', amount: minus(report.cash, cash) })
  for (const instrument of new Set([...holdings.keys(), ...theirs.keys()])) {
    const our = holdings.get(instrument)
    const their = theirs.get(instrument)
    const change = minus(their?.cost ?? NO_WON, our?.position.cost ?? NO_WON)
    if (change !== 0) entries.push({ account: 'shares', amount: change, instrument })
    const corrected = their && adjusted(their, our, report.at)
    if (corrected) next.set(instrument, corrected)
  }
  const memo = `증권사 잔고로 정정: ${reason}`
  return {
    posting: balanced({
      kind: 'correction',
      at: report.at,
      memo,
      entries: against('corrections', entries),
    }),
    holdings: next,
  }
}

function adjusted(their: Reported, our: Holding | undefined, at: EpochMs): Holding {
  if (our === undefined) return begun(their, at, undefined)
  return { ...our, position: { ...our.position, quantity: their.quantity, cost: their.cost } }
}

/** Cost at the price of the sale that showed them: what they earned or lost before is not ours to tell. */
export function foundShares(
  sale: Fill,
  missing: Quantity,
  our: Holding | undefined,
): { posting: Posting; holding: Holding } {
  const { instrument, at } = sale
  const cost = notional(sale.price, missing)
  const shares: Entry = { account: 'shares', amount: cost, instrument }
  const empty = { instrument, quantity: NO_SHARES, cost: NO_WON, fees: NO_WON, openedAt: at }
  const { position, trip } = our ?? { position: empty, trip: newTrip('기존 보유') }
  return {
    posting: balanced({
      kind: 'correction',
      at,
      orderId: sale.orderId,
      memo: `장부에 없던 ${missing}주가 매도 체결`,
      entries: against('corrections', [shares]),
    }),
    holding: {
      position: {
        ...position,
        quantity: plusShares(position.quantity, missing),
        cost: plus(position.cost, cost),
      },
      trip,
    },
  }
}
