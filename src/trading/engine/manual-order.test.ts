import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Denial } from '../../model/denial.ts'
import { instrumentId } from '../../model/ids.ts'
import { price, quantity } from '../../model/money.ts'
import type { ManualOrder } from '../../model/operator.ts'
import type { OrderStyle } from '../../model/settings.ts'
import { kstInstant, timeOfDay } from '../../model/time.ts'
import type { Effect } from './effects.ts'
import { DAY, firstOrder, type Morning, morning, placed, settings } from './testing/morning.ts'

const CODES = ['000001', '000002', '000003'] as const
const CASH = 50_000_000

const denials = (effects: readonly Effect[]): Denial[] =>
  effects.flatMap((effect) => (effect.do === 'refuse' ? [effect.refusal.denial] : []))

const order = (over: Partial<ManualOrder> = {}): ManualOrder => ({
  instrument: instrumentId('000002'),
  side: 'buy',
  quantity: quantity(10),
  order: { kind: 'market' },
  ...over,
})

const known = (): Morning => {
  const day = morning().cash(CASH).at('09:01')
  day.describe('000002', 10_000)
  return day
}

const preview = (day: Morning, given: ManualOrder, time = '09:01') =>
  day.trader.preview(given, kstInstant(DAY, timeOfDay(time)))

describe('a manual order at a price of one’s own', () => {
  it('goes out as a limit order at just that price', () => {
    const effects = known().operator({ do: 'order', ...order({ limit: price(9_870) }) })
    expect(placed(effects)).toMatchObject([{ type: 'limit', limit: 9_870, quantity: 10 }])
  })

  it.each([
    [9_875, { code: 'priceOffTick', price: 9_875, tick: 10 }],
    [13_100, { code: 'priceOutsideBand', price: 13_100, lower: 7_000, upper: 13_000 }],
  ])('is refused at %i with the numbers that decided, not moved to another price', (limit, denial) => {
    const day = known()
    expect(denials(day.operator({ do: 'order', ...order({ limit: price(limit) }) }))).toEqual([denial])
    expect(day.trader.view('').orders).toEqual([])
  })

  it('stays at it, however long it is unfilled', () => {
    const day = known()
    day.operator({ do: 'order', ...order({ limit: price(9_500) }) })
    day.accept(firstOrder)
    day.until('09:05')
    expect(day.trader.view('').orders).toMatchObject([{ limit: 9_500, status: 'working' }])
  })
})

describe('a preview', () => {
  it('says what a purchase costs, and a market order at its upper limit', () => {
    expect(preview(known(), order({ limit: price(9_900), quantity: quantity(100) }))).toEqual({
      type: 'limit',
      venue: 'KRX',
      limit: 9_900,
      amount: 990_000,
      commission: 140,
      tax: 0,
      needed: 990_150,
    })
    expect(preview(known(), order({ quantity: quantity(100) }))).toMatchObject({
      type: 'market',
      amount: 1_000_000,
      needed: 1_300_200,
    })
  })

  it('says what a sale owes, and needs no cash for it', () => {
    const day = morning().cash(CASH).at('09:01')
    day.hold('000002', 10_000)
    expect(preview(day, order({ side: 'sell', quantity: quantity(90) }))).toEqual({
      type: 'market',
      venue: 'KRX',
      amount: 900_000,
      commission: 130,
      tax: 1_800,
      needed: 0,
    })
  })

  it('of what nobody has described says that its price is not known', () => {
    expect(preview(known(), order({ instrument: instrumentId('000009') })).refusal).toEqual({
      code: 'priceUnknown',
    })
  })

  it('counts the age of a price up to the moment it is asked for', () => {
    expect(preview(known(), order(), '09:01:10').refusal).toBeUndefined()
    expect(preview(known(), order(), '09:01:11').refusal).toEqual({
      code: 'priceStale',
      ageMs: 11_000,
      maxMs: 10_000,
    })
  })
})

/** Anything that may have happened on a morning before a person gives an order. */
const step = fc.oneof(
  fc.record({
    do: fc.constant('describe'),
    code: fc.constantFrom(...CODES),
    at: fc.integer({ min: 100, max: 2_000 }),
  }),
  fc.record({
    do: fc.constant('trade'),
    code: fc.constantFrom(...CODES),
    at: fc.integer({ min: 100, max: 2_000 }),
  }),
  fc.record({
    do: fc.constant('order'),
    code: fc.constantFrom(...CODES),
    at: fc.integer({ min: 100, max: 2_000 }),
  }),
  fc.record({
    do: fc.constantFrom('hold', 'pause', 'halt', 'feedDown', 'wait'),
    code: fc.constantFrom(...CODES),
    at: fc.constant(1_000),
  }),
)

const style: fc.Arbitrary<OrderStyle> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('market' as const, 'best' as const, 'priority' as const, 'mid' as const),
  }),
  fc.record({
    kind: fc.constantFrom('limit' as const, 'conditional' as const),
    from: fc.constantFrom('last' as const, 'bid' as const, 'ask' as const),
    ticks: fc.integer({ min: -5, max: 5 }),
  }),
)

const someOrder: fc.Arbitrary<ManualOrder> = fc
  .record({
    code: fc.constantFrom(...CODES, '000009'),
    side: fc.constantFrom('buy' as const, 'sell' as const),
    shares: fc.integer({ min: 0, max: 5_000 }),
    style,
    limit: fc.option(fc.integer({ min: 1, max: 40_000 }), { nil: undefined }),
  })
  .map(({ code, side, shares, style, limit }) => ({
    instrument: instrumentId(code),
    side,
    quantity: quantity(shares),
    order: style,
    ...(limit === undefined ? {} : { limit: price(limit) }),
  }))

const act = (day: Morning, { do: what, code, at }: { do: string; code: string; at: number }): void => {
  const won = at * 10
  switch (what) {
    case 'describe':
      return void day.describe(code, won)
    case 'trade':
      return void day.trade(code, won)
    case 'order':
      return void day.operator({
        do: 'order',
        ...order({ instrument: instrumentId(code), quantity: quantity(at), limit: price(won) }),
      })
    case 'hold':
      day.describe(code, won)
      for (const { orderId, quantity: shares } of placed(
        day.operator({ do: 'order', ...order({ instrument: instrumentId(code) }) }),
      )) {
        day.accept(orderId)
        day.fill(orderId, shares, won)
      }
      return
    case 'pause':
      return void day.operator({ do: 'pauseBuying' })
    case 'halt':
      return void day.operator({ do: 'setHalt', state: at % 2 ? 'halted' : 'reducing' })
    case 'feedDown':
      return void day.feed({ kind: 'feed', state: 'down', detail: '' })
    default:
      return void day.feed({ kind: 'timer' })
  }
}

describe('preview and order', () => {
  it('never disagree: what one refuses the other does, by the same rule with the same numbers', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 8 }),
        someOrder,
        fc.constantFrom('08:50', '09:01', '13:00', '15:25'),
        (steps, given, time) => {
          const limits = { ...settings().limits, maxPositions: 2, maxOrdersPerSecond: 4 }
          const day = morning(settings({ limits }), '08:40').cash(CASH).at('08:45')
          for (const each of steps) act(day, each)
          day.at(time)
          const before = day.trader.snapshot()
          const seen = preview(day, given, time)
          expect(day.trader.snapshot()).toEqual(before)
          const effects = day.operator({ do: 'order', ...given })
          expect(denials(effects)).toEqual(seen.refusal ? [seen.refusal] : [])
          const sent = placed(effects).map(({ type, venue, limit }) => ({ type, venue, limit }))
          const { type, venue, limit } = seen
          expect(sent).toEqual(seen.refusal ? [] : [{ type, venue, limit }])
        },
      ),
      { numRuns: 400 },
    )
  })
})
