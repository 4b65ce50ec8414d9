import { describe, expect, it } from 'vitest'
import { instrumentId, orderId } from '../../model/ids.ts'
import { krw, notional, price, quantity } from '../../model/money.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import { buyRule, DAY, morning, placed, refusals, settings } from './testing/morning.ts'
import { createTrader } from './trader.ts'

const CASH = 50_000_000
const order = (n: number) => orderId(`20261120-${String(n).padStart(6, '0')}`)

describe('a trading day', () => {
  it('buys on a condition: describe, size with fees, order', () => {
    const day = morning().cash(CASH).at('09:01')
    expect(day.enter('1', '005930')).toMatchObject([{ do: 'describe', instrument: '005930' }, { do: 'want' }])
    // 1,000,000 won at 71,500 is 13 shares (929,500 and 139 won of fees); 14 would be 1,001,000.
    expect(placed(day.describe('005930', 71_500))).toMatchObject([
      { instrument: '005930', side: 'buy', type: 'limit', limit: 71_500, quantity: 13 },
    ])
  })

  it('does not buy what was already in the condition when it was registered', () => {
    const day = morning().cash(CASH).at('09:01')
    const hit = {
      kind: 'screen',
      condition: '1',
      instrument: '005930',
      change: 'enter',
      initial: true,
    } as never
    expect(refusals(day.feed(hit))).toEqual(['presentAtStart'])
  })

  it('spends no query on a candidate that would be refused without a price', () => {
    const day = morning(settings({ limits: { ...settings().limits, maxPositions: 1 } }))
      .cash(CASH)
      .at('09:01')
    day.hold('005930', 71_500)
    const effects = day.enter('1', '000660')
    expect(refusals(effects)).toEqual(['positionCountExceedsMax'])
    expect(effects.some((effect) => effect.do === 'describe')).toBe(false)
  })

  it('buys nothing while the account is unknown', () => {
    const day = morning().at('09:01')
    day.feed({ kind: 'feed', state: 'live', detail: '' })
    expect(refusals(day.enter('1', '005930'))).toEqual(['accountUnknown'])
  })

  it.each([
    ['stop loss', 9_700, 'stopLoss', 'market'],
    ['take profit', 10_500, 'takeProfit', 'limit'],
  ])('sells at the %s', (_, at, kind, type) => {
    const day = morning().cash(CASH).at('09:01')
    const bought = day.hold('000001', 10_000)
    day.at('09:05')
    expect(placed(day.trade('000001', at > 10_000 ? at - 10 : at + 10))).toEqual([])
    const effects = day.trade('000001', at)
    expect(placed(effects)).toMatchObject([{ side: 'sell', type, quantity: bought.quantity }])
    day.accept(order(2))
    day.fill(order(2), bought.quantity, at)
    expect(day.trader.view('').roundTrips).toMatchObject([{ exit: kind, quantity: bought.quantity }])
    expect(day.trader.view('').positions).toEqual([])
  })

  it('does not sell twice while the first sale works', () => {
    const day = morning().cash(CASH).at('09:01')
    day.hold('000001', 10_000)
    day.at('09:05')
    expect(placed(day.trade('000001', 9_600))).toHaveLength(1)
    day.at('09:06')
    expect(placed(day.trade('000001', 9_500))).toEqual([])
  })

  it('trails in stages: the highest activated stage decides', () => {
    const trailing = [
      { activateRatio: 0.03, giveBackRatio: 0.02 },
      { activateRatio: 0.1, giveBackRatio: 0.01 },
    ]
    const { takeProfitRatio: _, ...exits } = settings().exits
    const day = morning(settings({ exits: { ...exits, trailing } }))
      .cash(CASH)
      .at('09:01')
    day.hold('000001', 10_000)
    day.at('09:05')
    for (const at of [10_400, 10_200, 11_000]) expect(placed(day.trade('000001', at))).toEqual([])
    // From the high of 11,000 (+10 %) the tighter stage gives back 1 %: 10,890.
    expect(placed(day.trade('000001', 10_900))).toEqual([])
    expect(placed(day.trade('000001', 10_890))).toMatchObject([{ side: 'sell', type: 'market' }])
  })

  it('sells on a sell condition, and not what it does not hold', () => {
    const day = morning().cash(CASH).at('09:01')
    day.hold('000001', 10_000)
    expect(placed(day.enter('9', '000002'))).toEqual([])
    expect(placed(day.enter('9', '000001'))).toMatchObject([{ side: 'sell', type: 'market' }])
  })

  it('sells by time and at the end of the day', () => {
    const { takeProfitRatio: _, ...exits } = settings().exits
    const day = morning(settings({ exits: { ...exits, maxHoldMs: 600_000 } }))
      .cash(CASH)
      .at('09:01')
    day.hold('000001', 10_000)
    day.until('09:10:59')
    expect(placed(day.effects).filter((o) => o.side === 'sell')).toEqual([])
    day.until('09:11:01')
    expect(placed(day.effects).filter((o) => o.side === 'sell')).toHaveLength(1)
  })

  it('cancels an unfilled buy, and turns an unfilled sale to market after the cancel is confirmed', () => {
    const day = morning().cash(CASH).at('09:01')
    day.enter('1', '000002')
    const buy = placed(day.describe('000002', 10_000))[0]
    day.accept(buy?.orderId ?? order(0))
    day.until('09:01:11')
    expect(day.effects.filter((e) => e.do === 'cancel')).toMatchObject([{ order: { orderId: order(1) } }])
    day.closed(order(1))
    expect(day.trader.view('').buyingPower).toBe(CASH)

    day.at('09:02')
    day.hold('000003', 10_000)
    day.at('09:03')
    const sale = placed(day.trade('000003', 10_500))[0]
    day.accept(sale?.orderId ?? order(0))
    day.until('09:03:11')
    const effects = day.closed(sale?.orderId ?? order(0))
    expect(placed(effects)).toMatchObject([{ side: 'sell', type: 'market', quantity: sale?.quantity }])
    expect(day.trader.view('').counts.unfilledHandled).toBe(2)
  })

  it('re-prices an unfilled order by an amend, then gives up', () => {
    const rule = { afterMs: 5_000, then: 'reprice', times: 1, finally: 'cancel' } as const
    const day = morning(settings({ unfilled: { buy: rule, sell: rule } }))
      .cash(CASH)
      .at('09:01')
    day.enter('1', '000002')
    day.describe('000002', 10_000)
    day.accept(order(1))
    day.trade('000002', 10_050)
    day.until('09:01:06')
    const amend = day.effects.find((e) => e.do === 'amend')
    expect(amend).toMatchObject({ order: { orderId: order(2), replaces: order(1), limit: 10_050 } })
    day.accept(order(2), '0000077', 99)
    day.closed(order(1), 'replaced')
    expect(day.trader.view('').orders).toMatchObject([{ id: order(2), quantity: 99, status: 'working' }])
    day.until('09:01:12')
    expect(day.effects.filter((e) => e.do === 'cancel')).toMatchObject([{ order: { orderId: order(2) } }])
  })

  it('cancels the unfilled buy when the instrument leaves its condition', () => {
    const day = morning(settings({ buys: [buyRule({ cancelOnLeave: true })] }))
      .cash(CASH)
      .at('09:01')
    day.enter('1', '000002')
    day.describe('000002', 10_000)
    day.accept(order(1))
    expect(day.leave('1', '000002').filter((e) => e.do === 'cancel')).toHaveLength(1)
  })

  it('sends nothing new for an instrument while one of its orders is in doubt', () => {
    const day = morning().cash(CASH).at('09:01')
    day.hold('000001', 10_000)
    day.at('09:02')
    const sale = placed(day.trade('000001', 9_600))[0]
    const error = { kind: 'inDoubt', code: 'timeout', text: '' } as const
    const asked = day.feed({ kind: 'lost', orderId: sale?.orderId ?? order(0), error })
    expect(asked.filter((e) => e.do === 'ask')).toHaveLength(1)
    day.at('09:03')
    expect(placed(day.trade('000001', 9_000))).toEqual([])
    day.feed({ kind: 'absent', orderId: sale?.orderId ?? order(0) })
    expect(placed(day.effects).filter((o) => o.side === 'sell')).toHaveLength(2)
  })

  it('lets a stop loss take over from a slower exit', () => {
    const day = morning().cash(CASH).at('09:01')
    day.hold('000001', 10_000)
    day.at('09:02')
    const profit = placed(day.trade('000001', 10_500))[0]
    day.accept(profit?.orderId ?? order(0))
    day.at('09:02:05')
    expect(day.trade('000001', 9_500).filter((e) => e.do === 'cancel')).toHaveLength(1)
    const effects = day.closed(profit?.orderId ?? order(0))
    expect(placed(effects)).toMatchObject([{ side: 'sell', type: 'market' }])
  })

  it('flattens: cancels, sells everything, and buys no more', () => {
    const day = morning().cash(CASH).at('09:01')
    day.hold('000001', 10_000)
    day.enter('1', '000002')
    day.describe('000002', 10_000)
    day.accept(order(2))
    const effects = day.operator({ do: 'flatten' })
    expect(effects.filter((e) => e.do === 'cancel')).toMatchObject([{ order: { orderId: order(2) } }])
    expect(placed(effects)).toMatchObject([{ instrument: '000001', side: 'sell', type: 'market' }])
    day.at('09:05')
    expect(refusals(day.enter('1', '000003'))).toEqual(['buyingPaused'])
  })

  it('sends nothing at all while halted, and only sales while reducing', () => {
    const day = morning().cash(CASH).at('09:01')
    day.hold('000001', 10_000)
    day.operator({ do: 'setHalt', state: 'reducing' })
    day.at('09:02')
    expect(refusals(day.enter('1', '000002'))).toEqual(['tradingHalted'])
    day.operator({ do: 'setHalt', state: 'halted' })
    const effects = day.trade('000001', 9_000)
    expect(placed(effects)).toEqual([])
    expect(refusals(effects)).toEqual(['tradingHalted'])
    day.operator({ do: 'setHalt', state: 'reducing' })
    day.at('09:03')
    expect(placed(day.trade('000001', 8_990))).toHaveLength(1)
  })

  it('takes new settings while running', () => {
    const day = morning().cash(CASH).at('09:01')
    day.hold('000001', 10_000)
    day.at('09:02')
    day.trade('000001', 9_900)
    const exits = { ...settings().exits, stopLossRatio: 0.005 }
    expect(placed(day.operator({ do: 'settings', settings: settings({ exits }) }))).toMatchObject([
      { side: 'sell' },
    ])
  })

  it('gives every candidate an order or a reason', () => {
    const day = morning(settings({ limits: { ...settings().limits, maxPositions: 3 } }))
      .cash(CASH)
      .at('09:01')
    const codes = Array.from({ length: 12 }, (_, i) => String(100_000 + i * 10))
    for (const code of codes) {
      day.enter('1', code)
      day.describe(code, 10_000)
    }
    day.until('09:01:20')
    const ordered = placed(day.effects).map((o) => o.instrument)
    const refused = day.effects.flatMap((e) => (e.do === 'refuse' ? [e.refusal.instrument] : []))
    expect([...ordered, ...refused].sort()).toEqual(codes.map(instrumentId).sort())
    expect(ordered).toHaveLength(3)
  })

  it('places a manual order and excludes a symbol', () => {
    const day = morning().cash(CASH).at('09:01')
    day.describe('000001', 10_000)
    const command = {
      do: 'order',
      instrument: instrumentId('000001'),
      side: 'buy',
      quantity: quantity(3),
      order: { kind: 'market' },
    } as const
    expect(placed(day.operator(command))).toMatchObject([{ side: 'buy', type: 'market', quantity: 3 }])
    day.operator({ do: 'exclude', instrument: instrumentId('000002') })
    expect(refusals(day.enter('1', '000002'))).toEqual(['instrumentExcluded'])
  })
})

describe('prices that cannot be believed', () => {
  it('asks again about a held instrument whose prices lie outside the band it knows, and says so once', () => {
    const day = morning().cash(CASH).at('09:01')
    day.hold('000001', 10_000)
    day.at('09:02')
    const effects = day.trade('000001', 20_000)
    expect(effects.filter((e) => e.do === 'describe')).toMatchObject([{ instrument: '000001' }])
    expect(day.trade('000001', 20_100)).toEqual([])
    day.describe('000001', 20_000, 18_000)
    day.at('09:03')
    expect(placed(day.trade('000001', 20_000))).toMatchObject([{ side: 'sell' }])
  })

  it('goes on hearing true ticks after one stamped in the future', () => {
    const day = morning().cash(CASH).at('09:01')
    day.hold('000001', 10_000)
    day.at('09:02')
    const ahead = {
      kind: 'trade',
      instrument: instrumentId('000001'),
      venue: 'KRX',
      price: price(10_010),
    } as const
    const rest = { quantity: quantity(1), bid: price(0), ask: price(0), dayVolume: quantity(2) }
    const now = kstInstant(DAY, timeOfDay('09:02'))
    day.trader.on({ ...ahead, ...rest, at: now + 50_000, receivedAt: now })
    expect(placed(day.at('09:02:01').trade('000001', 9_600))).toMatchObject([
      { side: 'sell', type: 'market' },
    ])
  })
})

describe('the next trading day', () => {
  it('remembers since when, why and from which high a position is held', () => {
    const { takeProfitRatio: _, ...exits } = settings().exits
    const trailing = [{ activateRatio: 0.03, giveBackRatio: 0.02 }]
    const given = settings({ exits: { ...exits, trailing } })
    const day = morning(given).cash(CASH).at('09:01')
    const bought = day.hold('000001', 10_000)
    day.at('09:05')
    day.trade('000001', 10_500)

    const next = createTrader()
    const at = { at: 1_800_000_000_000, receivedAt: 1_800_000_000_000 }
    const opened = day.events[0]
    if (opened?.kind !== 'opened') throw new Error('a morning begins with its opening')
    next.on({ ...opened, ...at, day: tradingDay('2026-11-23'), carried: day.trader.carried() })
    const holding = {
      instrument: bought.instrument,
      name: '',
      quantity: bought.quantity,
      sellable: bought.quantity,
    }
    const cost = notional(price(10_000), bought.quantity)
    next.on({ ...at, kind: 'account', cash: krw(1), buyingPower: krw(1), holdings: [{ ...holding, cost }] })
    expect(next.view('').positions).toMatchObject([{ openedAt: kstInstant(DAY, timeOfDay('09:01')) }])
    const [noted] = day.trader.carried()
    expect(noted?.day).toBe(DAY)
    const monday = tradingDay('2026-11-23')
    const { last, ...kept } = { ...noted, day: monday }
    expect(last).toBe(10_500)
    expect(next.carried()).toEqual([kept])
    expect(next.carried()[0]?.tracked?.high).toBe(10_500)
  })

  it('believes the broker where the number of shares has changed overnight', () => {
    const day = morning().cash(CASH).at('09:01')
    const bought = day.hold('000001', 10_000)
    const carried = day.trader.carried()
    const next = morning(settings(), '09:00')
    const opened = next.events[0]
    if (opened?.kind !== 'opened') throw new Error('a morning begins with its opening')
    next.trader.on({ ...opened, carried })
    const holding = { instrument: bought.instrument, name: '', quantity: quantity(5), sellable: quantity(5) }
    next.feed({
      kind: 'account',
      cash: krw(1),
      buyingPower: krw(1),
      holdings: [{ ...holding, cost: krw(50_000) }],
    })
    expect(next.trader.carried()).toMatchObject([{ entry: '기존 보유', position: { quantity: 5 } }])
  })
})

describe('the law of the engine', () => {
  const busyDay = () => {
    const day = morning().cash(CASH).at('09:01')
    day.hold('000001', 10_000)
    day.enter('1', '000002')
    day.describe('000002', 10_000)
    day.accept(order(2))
    day.fill(order(2), 40, 9_990)
    for (const at of [10_100, 10_300, 10_200, 9_900, 9_800]) {
      day.trade('000001', at)
      day.until(`09:0${1 + Math.floor(at / 10_000)}:30`)
    }
    day.trade('000001', 9_700)
    day.operator({ do: 'pauseBuying' })
    return day
  }

  it('gives the same effects for the same events', () => {
    const day = busyDay()
    const again = createTrader()
    expect(day.events.flatMap((event) => again.on(event))).toEqual(day.effects)
  })

  it('goes on from a snapshot, at any event, exactly as without one', () => {
    const day = busyDay()
    const whole = createTrader()
    const perEvent = day.events.map((event) => whole.on(event))
    const end = JSON.stringify(whole.snapshot())
    const parts = createTrader()
    day.events.forEach((event, i) => {
      if (i > 0) {
        const fresh = createTrader()
        fresh.restore(JSON.parse(JSON.stringify(parts.snapshot())))
        expect(fresh.on(event)).toEqual(perEvent[i])
      }
      parts.on(event)
    })
    expect(JSON.stringify(parts.snapshot())).toBe(end)
  })

  it('asks about every open order after a restart, and sends nothing by itself', () => {
    const day = busyDay()
    const open = day.trader.view('').orders.length
    const effects = day.feed({ kind: 'restarted' })
    expect(effects.filter((e) => e.do === 'ask')).toHaveLength(open)
    expect(placed(effects)).toEqual([])
  })
})
