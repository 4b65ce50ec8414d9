import type { Phase } from '../model/session.ts'
import { closePriceSessionsOf, type SessionWindow, sessionsOf } from '../model/sessions.ts'
import type { EpochMs } from '../std/clock.ts'
import { allOrders, type BookSide, isEmpty, NO_PRICE, placeOrder, removeOrder } from './book-side.ts'
import { crossFixed, expireFixed } from './fixed-board.ts'
import { bookChanged, type Floor, randomEnd } from './floor.ts'
import { type InstrumentMarket, referencePrice } from './instrument-market.ts'
import { abandonOwnCall, setViRates, startVi, viCauseAt } from './own-call.ts'
import { byNumber, endRegularDay, expireOrders } from './regular-close.ts'
import { expectedOutcome, uncross } from './uncross.ts'

/** 단기과열 and 정리매매 trade once in half an hour, counted from the regular opening. Source: rule book §1.13. */
const SINGLE_PRICE_EVERY_MS = 1_800_000

type Markets = readonly InstrumentMarket[]

/** Puts the venue's whole day on the agenda and brings every instrument into the phase that holds at `floor.now`. */
export function planDay(floor: Floor, markets: Markets): void {
  const windows = sessionsOf('KRX', floor.day)
  let free = 0
  windows.forEach((window, index) => {
    // A call that ends late moves the beginning of what follows it.
    const from = Math.max(window.from, free)
    const until =
      isCall(window.phase) && window.to > floor.now ? window.to + randomEnd(floor, window.phase) : window.to
    if (from <= floor.now && floor.now < until) arrange(floor, markets, window.phase)
    schedule(floor, from, () => enterPhase(floor, markets, window.phase))
    if (window.phase === 'continuous') planSinglePrices(floor, markets, window)
    if ((windows[index + 1]?.from ?? Number.POSITIVE_INFINITY) > until)
      schedule(floor, until, () => enterPhase(floor, markets, 'closed'))
    free = until
  })
  for (const { phase, to } of closePriceSessionsOf('KRX', floor.day)) {
    if (phase === 'preClose')
      schedule(floor, to, () => {
        for (const market of markets) expireFixed(floor, market)
      })
  }
}

const isCall = (phase: Phase): boolean => phase === 'openingCall' || phase === 'closingCall'

/** What lay before the exchange began does not happen. */
function schedule(floor: Floor, due: EpochMs, run: () => void): void {
  if (due > floor.now) floor.agenda.at(due, run)
}

/** Ends the phase that was, tells of the new one, and begins it. */
function enterPhase(floor: Floor, markets: Markets, next: Phase): void {
  const last = floor.phase
  if (last === 'openingCall') for (const market of markets) endOpeningCall(floor, market)
  if (last === 'closingCall') for (const market of markets) endClosingCall(floor, market)
  if (last === 'postClose') for (const market of markets) expireFixed(floor, market)
  if (last === 'afterMarket') for (const market of markets) endAfterMarket(floor, market)
  floor.phase = next
  if (last === 'closingCall')
    for (const market of markets) if (market.ownCall === undefined) endRegularDay(floor, market)
  floor.emit({ kind: 'phase', phase: next, at: floor.now })
  arrange(floor, markets, next)
  if (next === 'closingCall') for (const market of markets) beginClosingCall(floor, market)
  if (next === 'postClose') for (const market of markets) crossFixed(floor, market)
}

/** Brings the instruments into the venue's phase; one whose closing call a VI prolongs stays behind. */
function arrange(floor: Floor, markets: Markets, phase: Phase): void {
  floor.phase = phase
  for (const market of markets) {
    if (market.phase === 'closingCall' && market.ownCall !== undefined) continue
    market.phase = phase
    setViRates(market)
    if (phase === 'continuous' && market.isSinglePriced) market.ownCall = { why: 'singlePrice' }
  }
}

/** The opening price, unless it would lie too far from the base price: then a VI puts it off. */
function endOpeningCall(floor: Floor, market: InstrumentMarket): void {
  if (market.isHalted || stoppedByVi(floor, market)) return
  const at = uncross(floor, market, 'firstPrice')
  if (at !== undefined) market.staticReference = at
}

function endClosingCall(floor: Floor, market: InstrumentMarket): void {
  if (market.isHalted || stoppedByVi(floor, market)) return
  uncross(floor, market, 'later')
}

function stoppedByVi(floor: Floor, market: InstrumentMarket): boolean {
  const outcome = expectedOutcome(market)
  if (outcome === undefined) return false
  const cause = viCauseAt(market, outcome.price, referencePrice(market))
  if (cause !== undefined) startVi(floor, market, cause, outcome.price, referencePrice(market))
  return cause !== undefined
}

/**
 * Calls of single instruments flow into the closing call (assumed for a VI still running at 15:20), and conditional orders
 * become market orders, keeping their place in time (assumed). Source: rule book §1.10.
 */
function beginClosingCall(floor: Floor, market: InstrumentMarket): void {
  abandonOwnCall(floor, market)
  convertConditionals(market.buys)
  convertConditionals(market.sells)
  if (!isEmpty(market.buys) || !isEmpty(market.sells)) bookChanged(floor, market)
}

function convertConditionals(book: BookSide): void {
  const conditionals = allOrders(book).filter(({ type }) => type === 'conditional')
  for (const order of conditionals.sort(byNumber)) {
    removeOrder(book, order)
    order.type = 'market'
    order.limit = NO_PRICE
    placeOrder(book, order)
  }
}

function endAfterMarket(floor: Floor, market: InstrumentMarket): void {
  if (market.ownCall !== undefined) abandonOwnCall(floor, market)
  expireOrders(floor, market)
}

/** 09:30, 10:00 … while the market trades continuously; the rounds of the opening and the close are the market's own. */
function planSinglePrices(floor: Floor, markets: Markets, { from, to }: SessionWindow): void {
  const singlePriced = markets.filter(({ isSinglePriced }) => isSinglePriced)
  if (singlePriced.length === 0) return
  for (let due = from + SINGLE_PRICE_EVERY_MS; due < to; due += SINGLE_PRICE_EVERY_MS)
    schedule(floor, due + randomEnd(floor, `singlePrice/${due}`), () => {
      for (const market of singlePriced)
        if (!market.isHalted) uncross(floor, market, market.open === 0 ? 'firstPrice' : 'later')
    })
}
