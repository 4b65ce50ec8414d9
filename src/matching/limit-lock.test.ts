import { describe, expect, it } from 'vitest'
import { price, quantity } from '../model/money.ts'
import { LOCK_ASSUMPTIONS, type QueuePlace, queuePlace } from '../model/queue-place.ts'
import { createRandom, type Random } from '../std/random.ts'
import { at, OPENED, openExchange, STOCK, type TestExchange } from './testing/test-exchange.ts'

/** A first day knows no VI; its upper limit is four times the offering price. */
const LIMIT = 40_000
const ENTERED = at('09:10')
const ASKED = at('11:00')
const CLOSE = at('15:30')
const DAYS = 150

/** What a day is like, inside the assumptions of the model and unknown to it. */
interface Habits {
  /** Mean time between two sales. */
  readonly everyMs: number
  readonly meanSale: number
  /** How the pace goes on after the question. */
  readonly paceLater: number
  /** Mean time between two cancels of anyone in the queue. */
  readonly cancelEveryMs: number
}

function habitsOf(random: Random): Habits {
  const { slowestPace, fastestPace } = LOCK_ASSUMPTIONS
  const everyMs = 60_000 * 2 ** (random.next() * 4)
  return {
    everyMs,
    meanSale: random.int(50, 400),
    paceLater: slowestPace * (fastestPace / slowestPace) ** random.next(),
    cancelEveryMs: 60_000 * 2 ** (2 + random.next() * 4),
  }
}

/** A queue of buys at the limit, sales that come in, others who give up or come behind. */
function lockedDay(seed: number): { readonly place: QueuePlace; readonly isFilled: boolean } {
  const random = createRandom(seed)
  const m = openExchange(OPENED, [{ designations: ['firstDay'] }], seed)
  const habits = habitsOf(random)
  const others: number[] = []
  const queueUp = () => others.push(m.buy(Math.ceil(random.exponential(300)), LIMIT))
  for (let count = random.int(20, 200); count > 0; count--) queueUp()
  const displayed = () => m.exchange.levels(STOCK, 'buy', 1)[0]?.quantity ?? quantity(0)

  run(m, random, habits, ENTERED, 1, others)
  const aheadAtEntry = displayed()
  const before = m.exchange.state(STOCK)?.volume ?? 0
  const ours = m.buy(random.int(1, 500), LIMIT)
  const wanted = m.exchange.order(ours)?.quantity ?? quantity(1)
  run(m, random, habits, ASKED, 1, others)
  const place = queuePlace({
    quantity: wanted,
    aheadAtEntry,
    tradedSince: quantity((m.exchange.state(STOCK)?.volume ?? 0) - before),
    displayedNow: displayed(),
    elapsedMs: ASKED - ENTERED,
    leftMs: CLOSE - ASKED,
  })
  run(m, random, habits, CLOSE, habits.paceLater, others)
  m.to('15:31')
  return { place, isFilled: m.filled(ours) === wanted }
}

function run(m: TestExchange, random: Random, habits: Habits, until: number, pace: number, others: number[]) {
  let sale = m.exchange.now + random.exponential(habits.everyMs / pace)
  let change = m.exchange.now + random.exponential(habits.cancelEveryMs)
  for (let next = Math.min(sale, change); next < until; next = Math.min(sale, change)) {
    m.exchange.advanceTo(Math.floor(next))
    if (next === sale) {
      m.sell(Math.ceil(random.exponential(habits.meanSale)), LIMIT, { timeInForce: takesAtOnce(m) })
      sale += random.exponential(habits.everyMs / pace)
    } else {
      m.exchange.cancel(random.pick(others), quantity(0))
      others.push(m.buy(Math.ceil(random.exponential(300)), LIMIT))
      change += random.exponential(habits.cancelEveryMs)
    }
  }
  m.exchange.advanceTo(until)
}

/** What a sale cannot get does not stay: the price would no longer be locked. */
const takesAtOnce = (m: TestExchange) => (m.exchange.phase === 'continuous' ? 'ioc' : 'day')

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

describe('a queue at the upper limit of the matching engine', () => {
  const days = Array.from({ length: DAYS }, (_, seed) => lockedDay(seed + 1))
  const middle = ({ place }: (typeof days)[number]) => (place.fills.low + place.fills.high) / 2

  it('is served from the front', () => {
    const m = openExchange(OPENED, [{ designations: ['firstDay'] }])
    const [first, second] = [m.buy(10, LIMIT), m.buy(10, LIMIT)]
    m.sell(12, LIMIT)
    expect([first, second].map(m.filled)).toEqual([10, 2])
    expect(m.exchange.state(STOCK)?.band?.upper).toBe(price(LIMIT))
  })

  it.each([
    ['all days', (_: number) => true],
    ['days on which it looked unlikely', (chance: number) => chance < 0.4],
    ['days on which it looked likely', (chance: number) => chance >= 0.4],
  ])('fills as often as the interval says: %s', (_, belongs) => {
    const those = days.filter((day) => belongs(middle(day)))
    const filled = those.filter(({ isFilled }) => isFilled).length
    expect(those.length).toBeGreaterThan(20)
    // In whole days: how many the two ends of the intervals would fill.
    expect(filled).toBeGreaterThanOrEqual(Math.floor(sum(those.map(({ place }) => place.fills.low))))
    expect(filled).toBeLessThanOrEqual(Math.ceil(sum(those.map(({ place }) => place.fills.high))))
  })

  it('never fills where nothing traded, and always where the volume has passed the order', () => {
    for (const { place, isFilled } of days) if (place.fills.low === 1) expect(isFilled).toBe(true)
    expect(days.some(({ isFilled }) => isFilled) && days.some(({ isFilled }) => !isFilled)).toBe(true)
  })
})
