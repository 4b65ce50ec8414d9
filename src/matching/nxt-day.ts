import type { Phase } from '../model/session.ts'
import { closePriceSessionsOf, sessionsOf } from '../model/sessions.ts'
import type { EpochMs } from '../std/clock.ts'
import { allOrders } from './book-side.ts'
import { expireFixed } from './fixed-board.ts'
import { bookChanged, closeOrder, type Floor } from './floor.ts'
import type { InstrumentMarket } from './instrument-market.ts'
import { abandonOwnCall, setViRates } from './own-call.ts'
import { byNumber, expireHidden, expireOrders } from './regular-close.ts'

type Markets = readonly InstrumentMarket[]

/**
 * The day of NXT: pre-market, main session, entry for the after-market, after-market, with breaks in which only cancels are
 * taken. No session begins or ends with an auction, and what is open goes on to the next one: all but GTP after the
 * pre-market, and mid-price and stop-limit orders after the main session (assumed). The board at the closing price has
 * hours of its own. Source: rule book §1.4.
 */
export function planNxtDay(floor: Floor, markets: Markets): void {
  const windows = sessionsOf('NXT', floor.day)
  windows.forEach(({ phase, from, to }, index) => {
    const next = windows[index + 1]
    if (from <= floor.now && floor.now < to) arrange(floor, markets, phase)
    schedule(floor, from, () => enterPhase(floor, markets, phase))
    if (next === undefined) schedule(floor, to, () => endDay(floor, markets))
    else if (next.from > to) schedule(floor, to, () => enterPhase(floor, markets, 'closed'))
  })
  for (const { to } of closePriceSessionsOf('NXT', floor.day))
    schedule(floor, to, () => {
      for (const market of markets) expireFixed(floor, market)
    })
}

/** What lay before the exchange began does not happen. */
function schedule(floor: Floor, due: EpochMs, run: () => void): void {
  if (due > floor.now) floor.agenda.at(due, run)
}

/**
 * A VI that still runs ends with its session, without a price (assumed): what it collected meets when the next session of
 * matching begins, as does what was entered before the after-market.
 */
function enterPhase(floor: Floor, markets: Markets, next: Phase): void {
  for (const market of markets) {
    if (market.ownCall !== undefined) abandonOwnCall(floor, market)
    if (floor.phase === 'preMarket') expireGtp(floor, market)
    if (floor.phase === 'continuous') expireHidden(floor, market)
  }
  floor.phase = next
  floor.emit({ kind: 'phase', phase: next, at: floor.now })
  arrange(floor, markets, next)
  for (const market of markets) floor.matchCollected(market, false)
}

function endDay(floor: Floor, markets: Markets): void {
  for (const market of markets) {
    if (market.ownCall !== undefined) abandonOwnCall(floor, market)
    expireOrders(floor, market)
  }
  enterPhase(floor, markets, 'closed')
}

function arrange(floor: Floor, markets: Markets, phase: Phase): void {
  floor.phase = phase
  for (const market of markets) {
    market.phase = phase
    setViRates(floor, market)
  }
}

/** Source: GTP orders since 2026-09-14, rule book §1.4. */
function expireGtp(floor: Floor, market: InstrumentMarket): void {
  const all = [...allOrders(market.buys), ...allOrders(market.sells)]
  const left = all.filter(({ timeInForce }) => timeInForce === 'gtp')
  if (left.length === 0) return
  for (const order of left.sort(byNumber)) closeOrder(floor, market, order, 'expired')
  bookChanged(floor, market)
}
