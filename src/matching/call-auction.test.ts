import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { price, quantity } from '../model/money.ts'
import type { Side } from '../model/order.ts'
import { callAuction } from './call-auction.ts'
import { createGrid } from './grid.ts'
import { DAY, listing } from './testing/test-exchange.ts'

const grid = createGrid(listing().instrument, DAY)
type Levels = readonly (readonly [at: number, shares: number])[]
const side = (levels: Levels, which: Side) =>
  levels
    .map(([at, shares]) => ({ price: price(at), quantity: quantity(shares) }))
    .sort((a, b) => (which === 'buy' ? b.price - a.price : a.price - b.price))

const auction = (buys: Levels, sells: Levels, reference: number) => {
  const outcome = callAuction(side(buys, 'buy'), side(sells, 'sell'), price(reference), grid)
  return outcome === undefined ? undefined : [outcome.price, outcome.quantity]
}

describe('the single price of a call auction', () => {
  const krx = 'KRX English site GLB0606030102T1'
  const twoSided = {
    buys: [
      [7_850, 200],
      [7_840, 100],
    ],
    sells: [
      [7_810, 100],
      [7_800, 200],
    ],
  } as const
  it.each([
    {
      law: `is the price with the largest volume (${krx}, single matching price)`,
      buys: [
        [7_850, 100],
        [7_840, 150],
        [7_830, 350],
        [7_820, 400],
        [7_810, 500],
        [7_800, 650],
      ],
      sells: [
        [7_860, 450],
        [7_850, 750],
        [7_840, 300],
        [7_830, 400],
        [7_820, 200],
        [7_810, 150],
      ],
      last: 7_820,
      outcome: [7_830, 600],
    },
    {
      law: `is the last price when several prices match (${krx}, first of the multiple-price examples)`,
      ...twoSided,
      last: 7_820,
      outcome: [7_820, 300],
    },
    {
      law: `is the matching price nearest to the last price (${krx}, second of the multiple-price examples)`,
      ...twoSided,
      last: 7_850,
      outcome: [7_840, 300],
    },
    {
      // At 10,000: B 300, S 250; at 10,010: B 250, S 350. Both trade 250, 10,000 leaves 50 over, 10,010 leaves 100.
      law: 'has the smallest surplus among equal volumes',
      buys: [
        [10_010, 250],
        [10_000, 50],
      ],
      sells: [
        [9_990, 250],
        [10_010, 100],
      ],
      last: 10_100,
      outcome: [10_000, 250],
    },
    {
      // B 80, S 50 at 10,000; B 50, S 80 at 10,010: volume 50 and surplus 30 at both.
      law: 'is nearest to the last price when surpluses of both signs tie',
      buys: [
        [10_010, 50],
        [10_000, 30],
      ],
      sells: [
        [9_990, 50],
        [10_010, 30],
      ],
      last: 10_050,
      outcome: [10_010, 50],
    },
    {
      law: 'takes the other of two tied surpluses when the last price lies there',
      buys: [
        [10_010, 50],
        [10_000, 30],
      ],
      sells: [
        [9_990, 50],
        [10_010, 30],
      ],
      last: 9_000,
      outcome: [10_000, 50],
    },
    {
      // Condition 1 of the single price: every buy above it fills whole; at 10,000 a buy for 100 would not.
      law: 'goes to the highest price when too much is wanted at any price',
      buys: [[11_000, 100]],
      sells: [[9_000, 50]],
      last: 10_000,
      outcome: [11_000, 50],
    },
    {
      law: 'goes to the lowest price when too much is offered at any price',
      buys: [[11_000, 50]],
      sells: [[9_000, 100]],
      last: 10_000,
      outcome: [9_000, 50],
    },
    {
      law: 'may lie between all orders',
      buys: [[10_100, 10]],
      sells: [[9_900, 10]],
      last: 10_000,
      outcome: [10_000, 10],
    },
    {
      law: 'is the nearer grid price when the reference is off the grid',
      buys: [[10_100, 10]],
      sells: [[9_900, 10]],
      last: 10_007,
      outcome: [10_010, 10],
    },
    {
      law: 'is the lower grid price when an off-grid reference is equally far from two',
      buys: [[10_100, 10]],
      sells: [[9_900, 10]],
      last: 10_005,
      outcome: [10_000, 10],
    },
    {
      law: 'does not exist when the best prices do not meet',
      buys: [[9_990, 10]],
      sells: [[10_000, 10]],
      last: 10_000,
      outcome: undefined,
    },
    {
      law: 'does not exist with one side only',
      buys: [[9_990, 10]],
      sells: [],
      last: 10_000,
      outcome: undefined,
    },
  ] as const)('$law', ({ buys, sells, last, outcome }) => {
    expect(auction(buys, sells, last)).toEqual(outcome)
  })

  it('is what a search over every price of the grid finds', () => {
    fc.assert(
      fc.property(levels(), levels(), fc.integer({ min: 1_950, max: 2_050 }), (buys, sells, last) => {
        expect(auction(buys, sells, last)).toEqual(bruteForce(buys, sells, last))
      }),
      { numRuns: 3_000 },
    )
  })
})

/** Few prices and few shares, around a change of the tick size, so that ties of every kind are common. */
const levels = () =>
  fc
    .uniqueArray(fc.integer({ min: -12, max: 12 }), { maxLength: 7 })
    .chain((steps) =>
      fc.tuple(
        ...steps.map((step) =>
          fc.integer({ min: 1, max: 4 }).map((shares) => [gridPrice(step), shares] as const),
        ),
      ),
    )

const gridPrice = (step: number): number => (step < 0 ? 2_000 + step : 2_000 + step * 5)

/** The rule, read out price by price: every grid price, the conditions one after another. */
function bruteForce(buys: Levels, sells: Levels, last: number): [number, number] | undefined {
  const total = (orders: Levels, holds: (at: number) => boolean) =>
    orders.reduce((sum, [at, shares]) => sum + (holds(at) ? shares : 0), 0)
  const all = Array.from({ length: 41 }, (_, index) => gridPrice(index - 20)).map((at) => {
    const demand = total(buys, (bid) => bid >= at)
    const supply = total(sells, (ask) => ask <= at)
    const volume = Math.min(demand, supply)
    const betterFill = total(buys, (bid) => bid > at) <= volume && total(sells, (ask) => ask < at) <= volume
    return { at, volume, surplus: Math.abs(demand - supply), betterFill }
  })
  const most = Math.max(...all.map(({ volume }) => volume))
  if (most === 0) return undefined
  const largest = all.filter(({ volume }) => volume === most)
  const least = Math.min(...largest.map(({ surplus }) => surplus))
  const tied = largest.filter(({ surplus, betterFill }) => surplus === least && betterFill)
  const nearest = tied.sort((a, b) => Math.abs(a.at - last) - Math.abs(b.at - last) || a.at - b.at)[0]
  return nearest === undefined ? undefined : [nearest.at, most]
}
