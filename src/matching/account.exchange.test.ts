import { describe, expect, it } from 'vitest'
import { commissionSchedule } from '../model/charges.ts'
import { krw, price, quantity } from '../model/money.ts'
import type { Side } from '../model/order.ts'
import { clampToBand } from '../model/price-band.ts'
import { stepTicks } from '../model/tick-size.ts'
import { kstInstant, timeOfDay, tradingDay } from '../model/time.ts'
import { createRandom } from '../std/random.ts'
import { createAccount } from './account.ts'
import { createExchange } from './exchange.ts'
import { createFlow } from './flow.ts'
import { createMarket } from './market.ts'
import { createSmallBroker } from './testing/small-broker.ts'

const DAY = tradingDay('2026-11-20')
const at = (clock: string) => kstInstant(DAY, timeOfDay(clock))
const schedule = commissionSchedule({ broker: 'kiwoom', environment: 'simulated', venue: 'KRX', day: DAY })

describe('an account at the exchange', () => {
  it.each([11, 12, 13, 14, 15, 16])('agrees with it after every random order (seed %i)', (seed) => {
    const { listings } = createMarket({ seed, day: DAY, size: 5 })
    const random = createRandom(seed)
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
      onEvent: (event) => broker.hear(event),
    })
    const flow = createFlow({ exchange, random: random.fork('flow'), profile: 'lively' })
    const broker = createSmallBroker(exchange, account)
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
      const place = (side: Side, shares: number) =>
        broker.place({
          instrument: instrument.id,
          side,
          type: limit === undefined ? 'market' : 'limit',
          timeInForce: 'day',
          ...(limit === undefined ? {} : { limit }),
          quantity: quantity(shares),
        })
      if (draw < 0.4) place('buy', random.int(1, 60))
      else if (draw < 0.75) place('sell', random.int(1, Math.max(1, held)))
      else if (draw < 0.85 && open.length > 0) broker.cancel(random.pick(open).number)
      else if (open.length > 0) {
        const order = random.pick(open)
        if (order.instrument === instrument.id && order.type === 'limit') {
          // Some move whole, some in part.
          const part = random.next() < 0.5 ? 0 : random.int(1, order.open)
          broker.amend(order.number, near, quantity(part))
        }
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
