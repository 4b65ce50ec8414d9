import type { Phase } from '../model/session.ts'
import { closePriceSessionsOf, type SessionWindow, sessionsOf } from '../model/sessions.ts'
import type { EpochMs } from '../std/clock.ts'
import { allOrders, type BookSide, isEmpty, NO_PRICE, placeOrder, removeOrder } from './book-side.ts'
import { crossFixed, expireFixed } from './fixed-board.ts'
import { bookChanged, type Floor, randomEnd } from './floor.ts'
import type { InstrumentMarket } from './instrument-market.ts'
import { beginOffHours, endRound, planOffHours } from './off-hours.ts'
import { abandonOwnCall, setViRates, uncrossUnlessVi } from './own-call.ts'
import { byNumber, endOffHours, endRegularDay, expireHidden, expireOrders } from './regular-close.ts'
import { uncross } from './uncross.ts'

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
    if (window.phase === 'offHoursSingle') planOffHours(floor, markets, window)
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

const CALLS: ReadonlySet<Phase> = new Set(['openingCall', 'closingCall', 'offHoursSingle'])
const isCall = (phase: Phase): boolean => CALLS.has(phase)

/** What lay before the exchange began does not happen. */
function schedule(floor: Floor, due: EpochMs, run: () => void): void {
  if (due > floor.now) floor.agenda.at(due, run)
}

/** Ends the phase that was, tells of the new one, and begins it. What a circuit breaker ended for the day is left out. */
function enterPhase(floor: Floor, all: Markets, next: Phase): void {
  const last = floor.phase
  const markets = all.filter(({ isOver }) => !isOver)
  if (last === 'openingCall') for (const market of markets) endOpeningCall(floor, market)
  if (last === 'closingCall') for (const market of markets) endClosingCall(floor, market)
  if (last === 'postClose') for (const market of markets) expireFixed(floor, market)
  if (last === 'offHoursSingle') for (const market of markets) endRound(floor, market)
  if (last === 'afterMarket') for (const market of markets) endAfterMarket(floor, market)
  floor.phase = next
  if (last === 'closingCall')
    for (const market of markets) if (market.ownCall === undefined) endRegularDay(floor, market)
  if (last === 'offHoursSingle')
    for (const market of markets) if (market.ownCall === undefined) endOffHours(floor, market)
  floor.emit({ kind: 'phase', phase: next, at: floor.now })
  arrange(floor, markets, next)
  if (next === 'closingCall') for (const market of markets) beginClosingCall(floor, market)
  if (next === 'postClose') for (const market of markets) crossFixed(floor, market)
}

/** Brings the instruments into the venue's phase; one whose closing call or last round a VI prolongs stays behind. */
function arrange(floor: Floor, markets: Markets, phase: Phase): void {
  floor.phase = phase
  for (const market of markets) {
    const isProlonged = market.phase === 'closingCall' || market.phase === 'offHoursSingle'
    if (isProlonged && market.ownCall !== undefined) continue
    market.phase = phase
    setViRates(floor, market)
    if (phase === 'continuous' && market.singlePriceEveryMs !== undefined)
      market.ownCall = { why: 'singlePrice' }
    if (phase === 'offHoursSingle') beginOffHours(floor, market)
  }
}

/** The opening price, unless it would lie too far from the base price: then a VI puts it off. */
function endOpeningCall(floor: Floor, market: InstrumentMarket): void {
  if (market.isHalted) return
  const at = uncrossUnlessVi(floor, market, 'firstPrice')
  if (at !== undefined) market.staticReference = at
}

function endClosingCall(floor: Floor, market: InstrumentMarket): void {
  if (!market.isHalted) uncrossUnlessVi(floor, market, 'later')
}

/**
 * Calls of single instruments flow into the closing call (assumed for a VI still running at 15:20), and conditional orders
 * become market orders, keeping their place in time (assumed). Source: rule book §1.10.
 */
function beginClosingCall(floor: Floor, market: InstrumentMarket): void {
  abandonOwnCall(floor, market)
  expireHidden(floor, market)
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

/**
 * 09:30, 10:00 …, every ten minutes for some, while the market trades continuously; the rounds of the opening and the close
 * are the market's own. Source: rule book §1.13.
 */
function planSinglePrices(floor: Floor, markets: Markets, { from, to }: SessionWindow): void {
  const intervals = new Set(markets.flatMap(({ singlePriceEveryMs: every }) => every ?? []))
  for (const every of intervals) {
    const singlePriced = markets.filter(({ singlePriceEveryMs }) => singlePriceEveryMs === every)
    for (let due = from + every; due < to; due += every)
      schedule(floor, due + randomEnd(floor, `singlePrice/${due}`), () => {
        for (const market of singlePriced) endSinglePrice(floor, market)
      })
  }
}

function endSinglePrice(floor: Floor, market: InstrumentMarket): void {
  if (market.isHalted || market.ownCall?.why !== 'singlePrice') return
  uncross(floor, market, market.open === 0 ? 'firstPrice' : 'later')
}
