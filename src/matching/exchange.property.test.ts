import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OrderType, Side, TimeInForce } from '../model/order.ts'
import { priceBand } from '../model/price-band.ts'
import { createGrid } from './grid.ts'
import { createNaiveMarket, type Happening, type NaiveMarket } from './testing/naive-market.ts'
import {
  DAY,
  type ListingWish,
  listing,
  OPENED,
  openExchange,
  shares,
  type TestExchange,
  won,
} from './testing/test-exchange.ts'

/** A first day knows no VI, so that nothing but the book decides; its band is 1,200 to 8,000. */
const WISH: ListingWish = { basePrice: 2_000, designations: ['firstDay'] }
const { instrument, today } = listing(WISH)
const grid = createGrid(instrument, DAY)
const band = priceBand(instrument, DAY, today)

type Step =
  | {
      do: 'order'
      side: Side
      type: OrderType
      timeInForce: TimeInForce
      ticks: number
      stopTicks: number
      shares: number
      owner: number
    }
  | { do: 'cancel'; which: number; shares: number }
  | { do: 'amend'; which: number; ticks: number | undefined; shares: number }

const ticks = fc.integer({ min: -6, max: 6 })
const order = (kinds: readonly (readonly [OrderType, TimeInForce])[], owners: number) =>
  fc.record({
    do: fc.constant('order' as const),
    side: fc.constantFrom<Side>('buy', 'sell'),
    kind: fc.constantFrom(...kinds),
    ticks,
    stopTicks: ticks,
    shares: fc.integer({ min: 1, max: 9 }),
    owner: fc.integer({ min: 1, max: owners }),
  })
const steps = (kinds: readonly (readonly [OrderType, TimeInForce])[], owners: number) =>
  fc.array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: order(kinds, owners).map(
          ({ kind, ...rest }): Step => ({ ...rest, type: kind[0], timeInForce: kind[1] }),
        ),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          do: fc.constant('cancel' as const),
          which: fc.nat(30),
          shares: fc.integer({ min: 0, max: 4 }),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          do: fc.constant('amend' as const),
          which: fc.nat(30),
          ticks: fc.option(ticks, { nil: undefined }),
          shares: fc.integer({ min: 0, max: 9 }),
        }),
      },
    ),
    { minLength: 1, maxLength: 40 },
  )

const CONTINUOUS = [
  ['limit', 'day'],
  ['limit', 'day'],
  ['limit', 'day'],
  ['market', 'day'],
  ['limit', 'ioc'],
  ['market', 'ioc'],
  ['limit', 'fok'],
  ['mid', 'day'],
  ['mid', 'ioc'],
  ['mid', 'fok'],
  ['stopLimit', 'day'],
] as const
const CALL = [
  ['limit', 'day'],
  ['limit', 'day'],
  ['market', 'day'],
] as const

/** Prices around `centre`, cut off at the band. */
const priceAt = (centre: number, steps: number): number => {
  let at = won(centre)
  for (let left = Math.abs(steps); left > 0; left--) at = steps > 0 ? grid.up(at) : grid.down(at)
  return Math.min(band?.upper ?? at, Math.max(band?.lower ?? at, at))
}

/** Plays the steps to the exchange and to the naive market; both must tell the same story. */
function play(m: TestExchange, plan: readonly Step[], centre: number, isCall: boolean) {
  const naive = createNaiveMarket({
    band,
    up: (at) => grid.up(won(at)),
    down: (at) => grid.down(won(at)),
    basePrice: 2_000,
  })
  for (const step of plan) {
    const open = naive.resting.map(({ number }) => number).sort((a, b) => a - b)
    if (step.do === 'order') enter(m, naive, step, centre, isCall)
    else {
      const number = open[step.which % Math.max(1, open.length)]
      const row = naive.resting.find((each) => each.number === number)
      if (row === undefined) continue
      if (step.do === 'cancel') {
        m.exchange.cancel(row.number, shares(step.shares))
        naive.cancel(row, step.shares, isCall)
      } else {
        const limit = row.limit === 0 || step.ticks === undefined ? row.limit : priceAt(centre, step.ticks)
        const asked = { quantity: shares(step.shares), ...(limit > 0 ? { limit: won(limit) } : {}) }
        const answer = m.exchange.amend(row.number, asked)
        if (!answer.ok) throw new Error(`amend refused: ${JSON.stringify(answer.refusal)}`)
        naive.amend(row, answer.number, limit, step.shares, isCall)
      }
    }
  }
  return naive
}

function enter(
  m: TestExchange,
  naive: NaiveMarket,
  step: Extract<Step, { do: 'order' }>,
  centre: number,
  isCall: boolean,
) {
  const { side, type, timeInForce, owner: name } = step
  const owner = `owner-${name}`
  const limit = type === 'market' || type === 'mid' ? 0 : priceAt(centre, step.ticks)
  const stop = type === 'stopLimit' ? priceAt(centre, step.stopTicks) : 0
  const wish = { owner, type, timeInForce, ...(stop > 0 ? { stop } : {}) }
  if (type === 'mid' && naive.twiceMid() === 0) {
    expect(m.refusal(side, step.shares, 'mid', wish)?.code).toMatch(/no(Opposite|SameSide)Quote/)
    return
  }
  const place = side === 'buy' ? m.buy : m.sell
  const number = place(step.shares, limit > 0 ? limit : type, wish)
  const row = { number, owner, side, type, timeInForce, limit, stop, open: step.shares, priority: number }
  naive.enter(row, isCall)
}

const story = (m: TestExchange): Happening[] =>
  m.events.flatMap((event): Happening[] => {
    if (event.kind === 'fill') return [['fill', event.number, event.price, event.quantity]]
    return event.kind === 'closed' ? [['closed', event.number, event.why, event.quantity]] : []
  })

const byText = (a: Happening, b: Happening) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

/** Around a change of the tick, at the upper limit, at the lower limit. */
const CENTRES = [2_000, 8_000, 1_200]

describe('the exchange and a market searched from end to end', () => {
  it.each(CENTRES)('agree on every fill and cancel of continuous trading around %d won', (centre) => {
    fc.assert(
      fc.property(steps(CONTINUOUS, 6), (plan) => {
        const m = openExchange(OPENED, [WISH])
        const naive = play(m, plan, centre, false)
        expect(story(m)).toEqual(naive.happened)
        const [bid, ask] = [
          m.book('buy', 1)[0]?.[0] ?? 0,
          m.book('sell', 1)[0]?.[0] ?? Number.POSITIVE_INFINITY,
        ]
        expect(bid).toBeLessThan(ask)
      }),
      { numRuns: 700 },
    )
  })

  it.each(CENTRES)('agree on expectation, price and allocation of an opening around %d won', (centre) => {
    fc.assert(
      fc.property(steps(CALL, 6), (plan) => {
        const m = openExchange('08:50', [WISH])
        const naive = play(m, plan, centre, true)
        const outcome = naive.price()
        const { expected } = m.exchange.state(instrument.id) ?? {}
        expect(expected && [expected.price, expected.quantity]).toEqual(
          outcome && [outcome.at, outcome.volume],
        )
        m.to(OPENED)
        naive.uncross(true)
        // Within one auction the order of telling is free; what each order got is not.
        expect(story(m).sort(byText)).toEqual(naive.happened.sort(byText))
      }),
      { numRuns: 700 },
    )
  })

  // Orders at the limit are simultaneous at a first price alone: rule book §1.9.
  it.each(CENTRES)('agree on a closing around %d won, in which time decides at the limit too', (centre) => {
    fc.assert(
      fc.property(steps(CALL, 6), (plan) => {
        const m = openExchange('15:25', [WISH])
        const naive = play(m, plan, centre, true)
        m.to('15:31')
        naive.uncross(false)
        const told = story(m).filter(([, , why]) => why !== 'expired')
        expect(told.sort(byText)).toEqual(naive.happened.sort(byText))
      }),
      { numRuns: 300 },
    )
  })
})
