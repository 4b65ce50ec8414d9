import { describe, expect, it } from 'vitest'
import type { OrderId } from '../../model/ids.ts'
import type { OrderRouting, TradingSettings } from '../../model/settings.ts'
import { timeOfDay } from '../../model/time.ts'
import type { Effect } from './effects.ts'
import { type Morning, morning, placed, settings } from './testing/morning.ts'
import { createTrader } from './trader.ts'

const CODE = '000002'
const to = (route: OrderRouting['route'], hours: OrderRouting['hours'] = 'extended'): OrderRouting => ({
  route,
  hours,
  extendedEntries: false,
})

const of = <D extends Effect['do']>(effects: readonly Effect[], what: D) =>
  effects.flatMap((effect) => (effect.do === what ? [effect as Extract<Effect, { do: D }>] : []))
const orders = (effects: readonly Effect[]) =>
  placed(effects).map(({ venue, type, limit, stop, side, quantity }) => ({
    venue,
    type,
    side,
    quantity,
    ...(limit !== undefined && { limit }),
    ...(stop !== undefined && { stop }),
  }))

/** 99 shares of an issue of NXT's list, bought at 10,000; the stop stands at 9,700. */
function holding(routing: OrderRouting, over: Partial<TradingSettings> = {}): Morning {
  const day = morning(settings({ orders: routing, ...over })).cash(50_000_000)
  day.at('09:05')
  day.enter('1', CODE)
  const order = placed(day.describe(CODE, 10_000, 10_000, true))[0]
  if (!order) throw new Error('no buy order')
  day.accept(order.orderId)
  day.fill(order.orderId, order.quantity, 10_000)
  return day
}

const since = (day: Morning, act: () => unknown): readonly Effect[] => {
  const before = day.effects.length
  act()
  return day.effects.slice(before)
}

describe('a stop', () => {
  it('watches the venue it would be sold on, and goes there as the best order', () => {
    const day = holding(to('NXT'))
    expect(of(day.effects, 'want').at(-1)?.wants).toEqual([
      { instrument: CODE, priority: 'position', board: 'NXT' },
    ])
    expect(orders(day.trade(CODE, 9_600, 'KRX'))).toEqual([])
    expect(orders(day.trade(CODE, 9_700, 'NXT'))).toEqual([
      { venue: 'NXT', type: 'best', side: 'sell', quantity: 99 },
    ])
  })

  it('of a routed order watches both books laid together', () => {
    const day = holding(to('SOR'))
    expect(orders(day.trade(CODE, 9_600, 'NXT'))).toEqual([])
    expect(orders(day.trade(CODE, 9_700, 'SOR'))).toEqual([
      { venue: 'SOR', type: 'market', side: 'sell', quantity: 99 },
    ])
  })

  it('of an issue that NXT does not trade stays on KRX', () => {
    const day = morning(settings({ orders: to('NXT') })).cash(50_000_000)
    day.hold(CODE, 10_000)
    expect(orders(day.trade(CODE, 9_600, 'NXT'))).toEqual([])
    expect(orders(day.trade(CODE, 9_600))).toMatchObject([{ venue: 'KRX', type: 'market' }])
  })

  it('keeps the last known price when the board changes, until the new one is heard', () => {
    const day = holding(to('NXT'))
    day.trade(CODE, 9_900, 'NXT')
    day.at('15:20:01').feed({ kind: 'timer' })
    expect(day.trader.view('').positions[0]?.last).toBe(9_900)
    expect(orders(day.trade(CODE, 9_700, 'KRX'))).toMatchObject([{ venue: 'KRX', type: 'market' }])
  })

  it('goes through the book with a limit where no best order is taken, and follows the bid down', () => {
    const day = holding(to('NXT'))
    day.at('15:35').feed({ kind: 'timer' })
    day.quote(CODE, 9_690, 9_710, 'NXT')
    const first = since(day, () => day.trade(CODE, 9_690, 'NXT'))
    expect(orders(first)).toMatchObject([{ venue: 'NXT', type: 'limit', limit: 9_640 }])
    day.accept(placed(first)[0]?.orderId as OrderId)
    day.quote(CODE, 9_500, 9_520, 'NXT')
    expect(
      of(
        since(day, () => day.until('15:35:01')),
        'amend',
      ),
    ).toEqual([])
    // Five ticks of 10 won below the bid.
    const amended = of(
      since(day, () => day.until('15:35:02')),
      'amend',
    )
    expect(amended).toMatchObject([{ order: { venue: 'NXT', limit: 9_450 } }])
    const id = amended[0]?.order.orderId as OrderId
    day.closed(placed(first)[0]?.orderId as OrderId, 'replaced')
    day.accept(id, '0000088', 99)
    expect(
      of(
        since(day, () => day.until('15:35:30')),
        'amend',
      ),
    ).toEqual([])
  })

  it('that rests at NXT when its session ends is cancelled there and sold at market on KRX', () => {
    const day = holding(to('NXT'))
    day.at('15:19:58')
    const stop = placed(day.trade(CODE, 9_700, 'NXT'))[0]
    day.accept(stop?.orderId as OrderId)
    const cancels = of(
      since(day, () => day.until('15:20:02')),
      'cancel',
    )
    expect(cancels.map(({ order }) => [order.orderId, order.venue])).toEqual([[stop?.orderId, 'NXT']])
    expect(orders(day.closed(stop?.orderId as OrderId))).toEqual([
      { venue: 'KRX', type: 'market', side: 'sell', quantity: 99 },
    ])
  })

  it('waits, and says so, while the settings keep to the regular session, and leaves in the opening call', () => {
    const day = holding(to('KRX', 'regular'))
    day.at('16:10')
    const told = since(day, () => day.trade(CODE, 9_600))
    expect(orders(told)).toEqual([])
    expect(of(told, 'tell').map(({ happening }) => [happening.level, happening.en])).toEqual([
      ['urgent', expect.stringContaining('waits for a session that takes it')],
    ])
  })
})

describe('orders that rest at the venue', () => {
  const exits = { ...settings().exits, atBroker: true }

  /** With a working stop-limit at 9,700. */
  function resting(over: Partial<TradingSettings['exits']> = {}) {
    const day = holding(to('NXT'), { exits: { ...exits, ...over } })
    day.trade(CODE, 10_000, 'NXT')
    const made = since(day, () => day.until('09:05:01'))
    const order = placed(made)[0]
    day.accept(order?.orderId as OrderId, '0000050')
    return { day, made, id: order?.orderId as OrderId }
  }

  it('hold the stop of a position, and are shown as its protection', () => {
    const { day, made, id } = resting()
    expect(orders(made)).toEqual([
      { venue: 'NXT', type: 'stopLimit', side: 'sell', quantity: 99, stop: 9_700, limit: 9_600 },
    ])
    const [position] = day.trader.view('').positions
    expect(position?.atBroker).toEqual({ orderId: id, stop: 9_700, limit: 9_600, quantity: 99 })
    expect(position?.exiting).toBeUndefined()
    expect(
      of(
        since(day, () => day.until('09:06')),
        'place',
      ),
    ).toEqual([])
  })

  it('follow a trailing stop at most every ten seconds', () => {
    const { day, id } = resting({ trailing: [{ activateRatio: 0.01, giveBackRatio: 0.01 }] })
    const moved = since(day, () => {
      for (let second = 2; second <= 20; second++) {
        day.trade(CODE, 10_000 + second * 10, 'NXT')
        day.until(`09:05:${String(second).padStart(2, '0')}`)
      }
    })
    expect(of(moved, 'amend')).toMatchObject([
      { order: { replaces: id, type: 'stopLimit', stop: 10_000, limit: 9_900, venue: 'NXT' } },
    ])
  })

  it('go first when another exit fires, and the sale follows their cancel', () => {
    const { day, id } = resting()
    const fired = day.trade(CODE, 10_500, 'NXT')
    expect(orders(fired)).toEqual([])
    expect(of(fired, 'cancel').map(({ order }) => order.orderId)).toEqual([id])
    expect(orders(day.closed(id))).toMatchObject([{ venue: 'NXT', type: 'limit', limit: 10_500 }])
  })

  it('have two seconds to fill; then our own stop takes over', () => {
    const { day, id } = resting()
    expect(of(day.trade(CODE, 9_650, 'NXT'), 'cancel')).toEqual([])
    expect(
      of(
        since(day, () => day.until('09:05:02')),
        'cancel',
      ),
    ).toEqual([])
    expect(
      of(
        since(day, () => day.until('09:05:03')),
        'cancel',
      ),
    ).toHaveLength(1)
    expect(orders(day.closed(id))).toMatchObject([{ venue: 'NXT', type: 'best', quantity: 99 }])
  })

  it('end the position when they fill', () => {
    const { day, id } = resting()
    day.trade(CODE, 9_650, 'NXT')
    day.fill(id, 99, 9_650)
    expect(day.trader.view('').roundTrips).toMatchObject([{ exit: 'stopLoss' }])
    expect(orders(since(day, () => day.until('09:05:30')))).toEqual([])
  })

  it('are not asked for again at once when the venue refuses them, and hold nothing up', () => {
    const day = holding(to('NXT'), { exits })
    day.trade(CODE, 10_000, 'NXT')
    const id = placed(since(day, () => day.until('09:05:01')))[0]?.orderId as OrderId
    day.feed({ kind: 'rejected', orderId: id, error: { kind: 'rejected', code: 'x', text: '' } })
    expect(orders(since(day, () => day.until('09:06')))).toEqual([])
    expect(orders(day.trade(CODE, 9_650, 'NXT'))).toMatchObject([{ type: 'best' }])
  })

  it('are withdrawn when the setting is taken back', () => {
    const { day, id } = resting()
    day.operator({ do: 'settings', settings: settings({ orders: to('NXT') }) })
    expect(
      of(
        since(day, () => day.until('09:05:02')),
        'cancel',
      ).map(({ order }) => order.orderId),
    ).toEqual([id])
  })
})

describe('an order that never left', () => {
  it('counts neither as an order nor as an amount of the day', () => {
    const limits = { ...settings().limits, maxOrdersPerDay: 1 }
    const day = morning(settings({ limits, hours: { from: timeOfDay('09:00'), to: timeOfDay('15:20') } }))
    day.cash(50_000_000)
    day.enter('1', CODE)
    const id = placed(day.describe(CODE, 10_000))[0]?.orderId as OrderId
    day.feed({
      kind: 'throttled',
      orderId: id,
      error: { kind: 'throttled', code: 'expired', text: '', retryAfterMs: 0 },
    })
    day.enter('1', '000003')
    expect(placed(day.describe('000003', 10_000))).toHaveLength(1)
    day.enter('1', '000004')
    expect(placed(day.describe('000004', 10_000))).toHaveLength(0)
  })
})

describe('a recorded day with venues', () => {
  it('gives the same decisions from its beginning and from a snapshot at any event', () => {
    const exits = { ...settings().exits, atBroker: true }
    const day = holding(to('NXT'), { exits })
    day.trade(CODE, 10_000, 'NXT')
    day.until('09:05:02')
    day.trade(CODE, 9_650, 'NXT')
    day.until('09:05:09')
    const whole = createTrader()
    const told = day.events.map((event) => JSON.stringify(whole.on(event)))
    expect(told.join('')).toContain('stopLimit')
    for (let cut = 1; cut < day.events.length; cut++) {
      const first = createTrader()
      for (const event of day.events.slice(0, cut)) first.on(event)
      const second = createTrader()
      second.restore(JSON.parse(JSON.stringify(first.snapshot())))
      const rest = day.events.slice(cut).map((event) => JSON.stringify(second.on(event)))
      expect(rest).toEqual(told.slice(cut))
    }
  })
})
