import fc from 'fast-check'
import { price, quantity } from '../../../../model/money.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../../../model/time.ts'
import type { ClosedBar, DayFacts } from '../evaluation/feeds.ts'
import type { Told } from './naive.ts'

const MINUTE = 60_000

interface Minute {
  /** The prints of the minute; without any it has no bar. */
  readonly prints: readonly { readonly move: number; readonly shares: number; readonly told: boolean }[]
  readonly quote: { readonly bid: number; readonly ask: number; readonly shares: number } | undefined
  readonly asks: boolean
}

const minutes: fc.Arbitrary<readonly Minute[]> = fc.array(
  fc.record({
    prints: fc.array(
      fc.record({ move: fc.integer({ min: -3, max: 3 }), shares: fc.nat(20), told: fc.boolean() }),
      { maxLength: 3 },
    ),
    quote: fc.option(
      fc.record({
        bid: fc.integer({ min: -1, max: 1 }),
        ask: fc.integer({ min: 0, max: 2 }),
        shares: fc.nat(9),
      }),
      { nil: undefined },
    ),
    asks: fc.boolean(),
  }),
  { minLength: 1, maxLength: 24 },
)

/**
 * The feed of one instrument around the end of a day and the beginning of the next: bars of one and five minutes in the order
 * of their closing, between them trades (not all are told), quotes with an empty side now and then, and questions.
 */
export const feeds: fc.Arbitrary<readonly Told[]> = fc
  .record({
    days: fc.array(minutes, { minLength: 1, maxLength: 2 }),
    start: fc.integer({ min: 8, max: 40 }),
    facts: fc.constantFrom('before', 'within', 'never'),
    ticks: fc.boolean(),
    basePrice: fc.integer({ min: 0, max: 40 }),
    listedShares: fc.option(fc.integer({ min: 1, max: 1_000 }), { nil: undefined }),
  })
  .map((drawn) => {
    const told: Told[] = []
    let last = drawn.start
    for (const [d, day] of drawn.days.entries()) {
      const facts = factsOf(d, drawn.basePrice, drawn.listedShares)
      if (drawn.facts === 'before') told.push({ kind: 'facts', facts })
      last = tellDay(told, d, day, last, drawn.ticks)
      if (drawn.facts === 'within') told.push({ kind: 'facts', facts })
      told.push({ kind: 'ask' })
    }
    return told
  })

const DAYS = ['2026-11-19', '2026-11-20'].map(tradingDay)

const factsOf = (d: number, basePrice: number, listedShares: number | undefined): DayFacts => ({
  day: DAYS[d] as DayFacts['day'],
  listing: {
    market: d === 0 ? 'KOSPI' : 'KOSDAQ',
    class: 'stock',
    ...(listedShares && { listedShares: quantity(listedShares) }),
  },
  basePrice,
  ...(d === 0 && { band: { upper: price(basePrice + 9), lower: price(Math.max(0, basePrice - 5)) } }),
  designations: d === 0 ? ['caution', 'administrative'] : [],
  halted: d === 1,
  inVi: false,
})

/** Tells one day; gives the last price. */
function tellDay(told: Told[], d: number, day: readonly Minute[], first: number, ticks: boolean): number {
  const begin = kstInstant(DAYS[d] as DayFacts['day'], timeOfDay('09:00'))
  let last = first
  let five: ClosedBar[] = []
  let held: Told[] = []
  for (const [m, minute] of day.entries()) {
    const openAt = begin + m * MINUTE
    const prices: number[] = []
    let [volume, value] = [0, 0]
    for (const [i, { move, shares, told: heard }] of minute.prints.entries()) {
      last = Math.max(1, last + move)
      prices.push(last)
      volume += shares
      value += last * shares
      if (!ticks || !heard) continue
      // What closed is told before the first trade after it.
      told.push(...held, { kind: 'trade', trade: { at: openAt + i * 7_000, price: last, quantity: shares } })
      held = []
    }
    if (ticks && minute.quote) {
      const { shares } = minute.quote
      const bid = minute.quote.bid < 0 ? 0 : last - minute.quote.bid
      const ask = minute.quote.ask > 1 ? 0 : last + minute.quote.ask
      const quote = {
        ...{ at: openAt + 30_000, bid, ask },
        // An empty side has no quantity.
        bidQuantity: bid === 0 ? 0 : shares,
        askQuantity: ask === 0 ? 0 : shares + 1,
      }
      told.push(...held, { kind: 'quote', quote })
      held = []
    }
    if (minute.asks) {
      told.push(...held, { kind: 'ask' })
      held = []
    }
    if (prices.length > 0) {
      const bar = whole(openAt, MINUTE, prices[0] as number, prices, last, volume, value)
      held.push({ kind: 'bar', intervalMs: MINUTE, bar })
      five.push(bar)
    }
    if (m % 5 === 4 && five.length > 0) {
      const [all, bars] = [five, five.flatMap(({ high, low }) => [high, low])]
      const total = (of: (bar: ClosedBar) => number) => all.reduce((sum, bar) => sum + of(bar), 0)
      const bar = whole(
        begin + (m - 4) * MINUTE,
        5 * MINUTE,
        five[0]?.open ?? 0,
        bars,
        last,
        total((each) => each.volume),
        total((each) => each.value ?? 0),
      )
      // Before and after the minute that closes with it, in turn.
      if (m % 10 === 4) held.push({ kind: 'bar', intervalMs: 5 * MINUTE, bar })
      else
        held.splice(held.at(-1)?.kind === 'bar' && prices.length > 0 ? -1 : held.length, 0, {
          kind: 'bar',
          intervalMs: 5 * MINUTE,
          bar,
        })
      five = []
    }
  }
  told.push(...held)
  return last
}

const whole = (
  openAt: number,
  length: number,
  open: number,
  prices: readonly number[],
  close: number,
  volume: number,
  value: number,
): ClosedBar => ({
  ...{ openAt, closeAt: openAt + length, open, close, volume, value },
  high: Math.max(...prices),
  low: Math.min(...prices),
})
