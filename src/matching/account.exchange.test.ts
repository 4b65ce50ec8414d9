import { describe, expect, it } from 'vitest'
import { commissionSchedule } from '../model/charges.ts'
import { krw, NO_SHARES, price, quantity } from '../model/money.ts'
import { clampToBand } from '../model/price-band.ts'
import { stepTicks } from '../model/tick-size.ts'
import { kstInstant, timeOfDay, tradingDay } from '../model/time.ts'
import { createRandom } from '../std/random.ts'
import { type Account, createAccount } from './account.ts'
import { createExchange } from './exchange.ts'
import { createFlow } from './flow.ts'
import { createMarket } from './market.ts'
import type { Exchange, ExchangeEvent, Listing } from './types.ts'

const DAY = tradingDay('2026-11-20')
const at = (clock: string) => kstInstant(DAY, timeOfDay(clock))
const schedule = commissionSchedule({ broker: 'kiwoom', environment: 'simulated', venue: 'KRX', day: DAY })

/** The smallest broker: its own numbers, and the exchange's events of an entry applied after the entry itself. */
function createBroker(exchange: Exchange, account: Account, heard: ExchangeEvent[]) {
  const ours = new Map<number, number>()
  const theirs = new Map<number, number>()
  let count = 0
  const settle = () => {
    for (const event of heard.splice(0)) {
      if (event.kind !== 'fill' && event.kind !== 'closed') continue
      const number = ours.get(event.number)
      if (number === undefined) continue
      if (event.kind === 'fill')
        account.fill({ number, price: event.price, quantity: event.quantity, at: event.at })
      else if (event.why !== 'replaced' && event.why !== 'cancelled')
        account.close(number, event.quantity, event.why, event.at)
    }
  }
  const join = (number: number, exchangeNumber: number) => {
    ours.set(exchangeNumber, number)
    theirs.set(number, exchangeNumber)
  }
  return {
    settle,
    place(listing: Listing, side: 'buy' | 'sell', shares: number, limit: number | undefined) {
      const { id } = listing.instrument
      const state = exchange.state(id)
      const order = {
        instrument: id,
        side,
        type: limit === undefined ? 'market' : 'limit',
        ...(limit === undefined ? {} : { limit: price(limit) }),
        quantity: quantity(shares),
      } as const
      const band = state?.band
      const number = ++count
      const last = price(state?.last || listing.today.basePrice)
      if (!account.place({ ...order, band, last, number, at: exchange.now }).ok) return
      const entered = exchange.submit({ ...order, owner: account.owner, timeInForce: 'day' })
      if (entered.ok) join(number, entered.number)
      else account.refuse(number, entered.refusal.code, exchange.now)
      settle()
    },
    amend(number: number, limit: number) {
      const wish = { number, limit: price(limit), quantity: NO_SHARES }
      if (!account.checkAmend(wish).ok) return
      const amended = exchange.amend(theirs.get(number) ?? 0, { limit: wish.limit, quantity: NO_SHARES })
      if (!amended.ok) return
      account.amend({ ...wish, newNumber: ++count, at: exchange.now })
      join(count, amended.number)
      settle()
    },
    cancel(number: number) {
      if (!exchange.cancel(theirs.get(number) ?? 0, NO_SHARES).ok) return
      account.cancel({ number, newNumber: ++count, quantity: NO_SHARES, at: exchange.now })
      settle()
    },
    exchangeOrder: (number: number) => exchange.order(theirs.get(number) ?? 0),
  }
}

describe('an account at the exchange', () => {
  it.each([11, 12, 13, 14, 15, 16])('agrees with it after every random order (seed %i)', (seed) => {
    const { listings } = createMarket({ seed, day: DAY, size: 5 })
    const random = createRandom(seed)
    const heard: ExchangeEvent[] = []
    const account = createAccount({
      owner: 'me',
      cash: krw(20_000_000),
      day: DAY,
      schedule,
      listing: (id) => listings.find(({ instrument }) => instrument.id === id)?.instrument,
    })
    const exchange = createExchange({
      venue: 'KRX',
      day: DAY,
      listings,
      random: random.fork('exchange'),
      startAt: at('08:57'),
      onEvent: (event) => 'owner' in event && event.owner === 'me' && heard.push(event),
    })
    const flow = createFlow({ exchange, random: random.fork('flow'), profile: 'lively' })
    const broker = createBroker(exchange, account, heard)
    const traded = { buy: 0, sell: 0 }

    for (let now = at('08:58'); now <= at('09:12'); now += 2_000) {
      flow.advanceTo(now)
      broker.settle()
      const listing = random.pick(listings)
      const { instrument, today } = listing
      const state = exchange.state(instrument.id)
      const near = clampToBand(
        stepTicks(instrument, DAY, price(state?.last || today.basePrice), random.int(-4, 4)),
        state?.band,
      )
      const open = account.orders().filter((order) => order.open > 0)
      const draw = random.next()
      const held = account.holding(instrument.id)?.sellable ?? 0
      const limit = random.next() < 0.3 ? undefined : near
      if (draw < 0.4) broker.place(listing, 'buy', random.int(1, 60), limit)
      else if (draw < 0.75) broker.place(listing, 'sell', random.int(1, Math.max(1, held)), limit)
      else if (draw < 0.85 && open.length > 0) broker.cancel(random.pick(open).number)
      else if (open.length > 0) {
        const order = random.pick(open)
        if (order.instrument === instrument.id && order.type === 'limit') broker.amend(order.number, near)
      }

      const { d2, held: hold, buyingPower } = account.balance()
      expect(d2 - hold).toBeGreaterThanOrEqual(0)
      expect(buyingPower).toBe(d2 - hold)
      for (const order of account.orders()) {
        if (order.action === 'cancel' || order.state === 'refused') continue
        expect(order.open, `order ${order.number}`).toBe(broker.exchangeOrder(order.number)?.open)
      }
    }
    for (const { side } of account.fills()) traded[side]++
    expect(traded.buy).toBeGreaterThan(10)
    expect(traded.sell).toBeGreaterThan(5)
    const { bought, sold, commission, tax } = account.totals()
    expect(account.balance().d2).toBe(20_000_000 - bought + sold - commission - tax)
    expect(new Set(account.fills().map(({ number }) => number)).size).toBe(account.fills().length)
  })
})
