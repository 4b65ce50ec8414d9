import type { CommissionSchedule } from '../../model/charges.ts'
import type { InstrumentId, OrderId } from '../../model/ids.ts'
import type { Instrument, Venue } from '../../model/instrument.ts'
import {
  floorPart,
  type Money,
  minus,
  NO_WON,
  notional,
  type Price,
  plus,
  type Quantity,
  sum,
} from '../../model/money.ts'
import { type Fill, type Order, openQuantity } from '../../model/order.ts'
import type { AccountReport } from '../../model/order-report.ts'
import type { CarriedPosition, Position, RoundTrip } from '../../model/position.ts'
import { type Settlement, type Unsettled, unsettledOf, withTrades } from '../../model/settlement.ts'
import type { TradingDay } from '../../model/time.ts'
import type { EpochMs } from '../../std/clock.ts'
import { invariant } from '../../std/invariant.ts'
import type { Writable } from '../../std/writable.ts'
import { correction, type Difference, differences, foundShares, opening } from './compare.ts'
import { applied, type Balances, NO_BALANCES, type Posting } from './entries.ts'
import { closed, type Holding, type Posted, postBuy, postDelisting, postSale } from './post.ts'

export interface LastSale {
  readonly at: EpochMs
  /** Net result of the round trip up to and including that sale. */
  readonly pnl: Money
}

/** Our own books for one trading day and one account: double entry, every posting sums to zero. */
export interface Ledger {
  /** Takes the broker's word as the beginning. Once, before anything is posted. */
  open(report: AccountReport, carried?: readonly CarriedPosition[]): void
  /** What the next day is to remember of the positions held now. */
  carried(): readonly CarriedPosition[]
  /** Sets (not adds) what a working buy order keeps back. */
  hold(orderId: OrderId, amount: Money): void
  release(orderId: OrderId): void
  /**
   * Books a fill. `order` is the order as it was BEFORE this fill: fees and tax are counted over its filled value. A
   * buy's hold shrinks with the shares that came. Errors: a fill that does not follow on its order, or sells more
   * than is held, breaks an invariant.
   */
  post(fill: Fill, order: Order): Posting
  /** Books that all shares of an instrument left with its listing, for `paid` each. None held: `undefined`. */
  delist(instrument: InstrumentId, paid: Price, at: EpochMs, reason: string): Posting | undefined
  /** After all trades have settled (d+2 추정예수금); holds are not taken off. */
  readonly cash: Money
  readonly held: Money
  readonly holds: ReadonlyMap<OrderId, Money>
  /** What has traded and is not paid yet; empty while the broker has not said what it begins with. */
  unsettled(): readonly Unsettled[]
  /** Cash less holds: what a new buy may use. A cash account: never more than there is (미수 off). */
  readonly buyingPower: Money
  /** Net of fees and tax; buy fees count when their shares are sold. */
  readonly realizedPnl: Money
  /** All commission of the day, buys and sales. */
  readonly commission: Money
  readonly tax: Money
  readonly positions: ReadonlyMap<InstrumentId, Position>
  readonly roundTrips: readonly RoundTrip[]
  /** Trial balance; the accounts sum to zero. */
  readonly balances: Balances
  lastSale(id: InstrumentId): LastSale | undefined
  /** Cash and shares at the given prices; shares without a price (0) count at cost. */
  equity(last: (id: InstrumentId) => Price): Money
  /** Where the broker's word differs from ours. Adopts nothing. */
  reconcile(report: AccountReport): readonly Difference[]
  /** Shares that a venue sold for us and that these books lack: they come in at the price of that sale. */
  find(sale: Fill, missing: Quantity): Posting
  /** Accepts the broker's word with a dated, balanced correction that carries the reason. Nothing to correct: `undefined`. */
  adopt(report: AccountReport, reason: string): Posting | undefined
  snapshot(): unknown
  restore(state: unknown): void
}

/** Bump when its shape changes: plain JSON, complete. */
interface State {
  readonly isOpen: boolean
  readonly balances: Balances
  readonly realizedPnl: Money
  readonly holdings: readonly [InstrumentId, Holding][]
  readonly holds: readonly [OrderId, Money][]
  readonly settling: Settling
  readonly sales: readonly [InstrumentId, LastSale][]
  readonly roundTrips: readonly RoundTrip[]
}

/** What the broker began with, and what of ours came on top since, fees and tax included. */
interface Settling {
  readonly began?: Settlement
  readonly bought: Money
  readonly sold: Money
}

const NOTHING_UNSETTLED: readonly Unsettled[] = []
const NOTHING_TRADED: Settling = { bought: NO_WON, sold: NO_WON }

const beginning = ({ settlement }: AccountReport): Settling =>
  settlement ? { ...NOTHING_TRADED, began: settlement } : NOTHING_TRADED

const settlingAfter = (before: Settling, posting: Posting): Settling => {
  const change = sum(posting.entries.filter(({ account }) => account === 'cash').map(({ amount }) => amount))
  return change < 0
    ? { ...before, bought: minus(before.bought, change) }
    : { ...before, sold: plus(before.sold, change) }
}

export function createLedger(terms: {
  readonly day: TradingDay
  /** The commission terms of the venue where a fill traded. */
  readonly schedule: (venue: Venue) => CommissionSchedule
  readonly listing: (id: InstrumentId) => Instrument | undefined
}): Ledger {
  const { day, schedule } = terms
  const holdings = new Map<InstrumentId, Holding>()
  /** The outside's view of `holdings`, kept alongside so that a look costs nothing. */
  const positions = new Map<InstrumentId, Position>()
  const holds = new Map<OrderId, Money>()
  const sales = new Map<InstrumentId, LastSale>()
  let roundTrips: RoundTrip[] = []
  let isOpen = false
  let settling = NOTHING_TRADED

  const put = (instrument: InstrumentId, holding: Holding | undefined) => {
    if (holding) {
      holdings.set(instrument, holding)
      positions.set(instrument, holding.position)
    } else {
      holdings.delete(instrument)
      positions.delete(instrument)
    }
  }

  const replaceHoldings = (next: Iterable<readonly [InstrumentId, Holding]>) => {
    holdings.clear()
    positions.clear()
    for (const [instrument, holding] of next) put(instrument, holding)
  }

  const hold = (orderId: OrderId, amount: Money) => {
    invariant(amount >= 0, `a hold is not negative: ${amount}`)
    keep(minus(plus(ledger.held, amount), holds.get(orderId) ?? NO_WON))
    if (amount === 0) holds.delete(orderId)
    else holds.set(orderId, amount)
  }

  const keep = (held: Money) => {
    ledger.held = held
    ledger.buyingPower = minus(ledger.cash, held)
  }

  const balance = (balances: Balances) => {
    ledger.balances = balances
    ledger.cash = balances.cash
    ledger.commission = balances.commission
    ledger.tax = balances.tax
    keep(ledger.held)
  }

  const book = (posting: Posting): Posting => {
    balance(applied(ledger.balances, posting))
    return posting
  }

  /** The hold of the shares that came is spent now; what the rest needs stays, never less than its part. */
  const spendHold = (fill: Fill, order: Order) => {
    const amount = holds.get(order.id)
    if (amount === undefined) return
    hold(order.id, minus(amount, floorPart(amount, fill.quantity, openQuantity(order))))
  }

  const posted = (fill: Fill, order: Order): Posted => {
    const before = holdings.get(fill.instrument)
    if (fill.side === 'buy') return postBuy(fill, order, schedule(fill.venue), before)
    const listing = terms.listing(fill.instrument)
    invariant(before !== undefined, `a sale of ${fill.quantity} ${fill.instrument}, of which none is held`)
    invariant(listing !== undefined, `the tax on ${fill.instrument} needs its listing`)
    return postSale(fill, order, { schedule: schedule(fill.venue), day, listing }, before)
  }

  const take = (instrument: InstrumentId, done: Posted): Posting => {
    ledger.realizedPnl = plus(ledger.realizedPnl, done.realizedPnl)
    put(instrument, done.holding)
    if (done.tripPnl !== undefined) sales.set(instrument, { at: done.posting.at, pnl: done.tripPnl })
    if (done.roundTrip) roundTrips.push(done.roundTrip)
    return book(done.posting)
  }

  const ledger: Writable<Ledger> = {
    open: (report, carried = []) => {
      invariant(!isOpen, 'a ledger is opened once, before anything is posted')
      isOpen = true
      const begun = opening(report, carried)
      settling = beginning(report)
      book(begun.posting)
      replaceHoldings(begun.holdings)
    },
    carried: () => [...holdings.values()].map(({ position, trip }) => ({ position, entry: trip.entry })),
    hold,
    release: (orderId) => hold(orderId, NO_WON),
    post: (fill, order) => {
      invariant(isOpen, 'a fill is booked after the ledger was opened')
      checkFollows(fill, order)
      const done = posted(fill, order)
      settling = settlingAfter(settling, done.posting)
      if (fill.side === 'buy') spendHold(fill, order)
      return take(fill.instrument, done)
    },
    delist: (instrument, paid, at, reason) => {
      const before = holdings.get(instrument)
      return before && take(instrument, postDelisting(before, paid, at, reason))
    },
    cash: NO_WON,
    held: NO_WON,
    holds,
    unsettled: () =>
      settling.began ? withTrades(unsettledOf(settling.began, day), day, settling) : NOTHING_UNSETTLED,
    buyingPower: NO_WON,
    realizedPnl: NO_WON,
    commission: NO_WON,
    tax: NO_WON,
    positions,
    roundTrips,
    balances: NO_BALANCES,
    lastSale: (id) => sales.get(id),
    equity: (last) =>
      plus(ledger.cash, sum([...positions.values()].map((position) => worth(position, last)))),
    reconcile: (report) => differences(report, ledger.cash, holdings),
    find: (sale, missing) => {
      const { instrument } = sale
      const found = foundShares(sale, missing, holdings.get(instrument))
      put(instrument, found.holding)
      return book(found.posting)
    },
    adopt: (report, reason) => {
      const corrected = correction(report, reason, ledger.cash, holdings)
      if (corrected === undefined) return undefined
      for (const [instrument, { position, trip }] of holdings) {
        const gone = !corrected.holdings.has(instrument) && trip.quantity > 0
        if (gone) roundTrips.push(closed(trip, position, report.at, 'manual', corrected.posting.memo))
      }
      if (report.settlement) settling = beginning(report)
      replaceHoldings(corrected.holdings)
      return book(corrected.posting)
    },
    snapshot: (): State => ({
      isOpen,
      balances: ledger.balances,
      realizedPnl: ledger.realizedPnl,
      holdings: [...holdings],
      holds: [...holds],
      settling,
      sales: [...sales],
      roundTrips: [...roundTrips],
    }),
    restore: (state) => {
      const saved = state as State
      isOpen = saved.isOpen
      balance(saved.balances)
      ledger.realizedPnl = saved.realizedPnl
      replaceHoldings(saved.holdings)
      holds.clear()
      for (const [orderId, amount] of saved.holds) holds.set(orderId, amount)
      settling = saved.settling
      keep(sum(holds.values()))
      sales.clear()
      for (const [instrument, sale] of saved.sales) sales.set(instrument, sale)
      ledger.roundTrips = roundTrips = [...saved.roundTrips]
    },
  }
  return ledger
}

const worth = (position: Position, last: (id: InstrumentId) => Price): Money => {
  const at = last(position.instrument)
  return at > 0 ? notional(at, position.quantity) : position.cost
}

/** A fill booked twice, out of turn, or under another order would move money that never moved. */
function checkFollows(fill: Fill, order: Order): void {
  invariant(fill.orderId === order.id, `a fill of ${fill.orderId} is not booked under ${order.id}`)
  invariant(
    fill.instrument === order.instrument && fill.side === order.side,
    `a fill of ${order.id} is of its instrument and side`,
  )
  invariant(
    fill.quantity > 0 && order.filled + fill.quantity === fill.cumulative,
    `a fill of ${order.id} follows on ${order.filled}: ${fill.quantity} makes ${fill.cumulative}`,
  )
  invariant(
    fill.cumulative <= order.quantity,
    `${order.id} fills at most ${order.quantity}: ${fill.cumulative}`,
  )
}
