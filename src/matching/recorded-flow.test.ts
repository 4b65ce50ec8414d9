import { describe, expect, it } from 'vitest'
import { instrumentId } from '../model/ids.ts'
import { price, quantity } from '../model/money.ts'
import { kstInstant, timeOfDay, tradingDay } from '../model/time.ts'
import { createRandom } from '../std/random.ts'
import { createExchange } from './exchange.ts'
import { createRecordedFlow, type RecordedTrade } from './recorded-flow.ts'
import type { ExchangeEvent, Listing } from './types.ts'

const DAY = tradingDay('2026-11-20')
const ID = instrumentId('005930')
const at = (clock: string) => kstInstant(DAY, timeOfDay(clock))
const LISTING: Listing = {
  instrument: { id: ID, name: '시험전자', market: 'KOSPI', class: 'stock', viGroup: 'narrow' },
  today: {
    day: DAY,
    basePrice: price(71_000),
    designations: [],
    halted: false,
    marginRate: { numerator: 1, denominator: 1 },
  },
  previousVolume: quantity(1_000_000),
}

const record = (clock: string, each: number, shares: number, aggressor?: 'buy' | 'sell'): RecordedTrade => ({
  at: at(clock),
  instrument: ID,
  price: price(each),
  quantity: quantity(shares),
  ...(aggressor ? { aggressor } : {}),
})

function start(trades: readonly RecordedTrade[], startAt = '09:00') {
  const events: ExchangeEvent[] = []
  const exchange = createExchange({
    venue: 'KRX',
    day: DAY,
    listings: [LISTING],
    random: createRandom(1),
    startAt: at(startAt),
    onEvent: (event) => events.push(event),
  })
  const flow = createRecordedFlow({ exchange, trades })
  const prints = () =>
    events.flatMap((event) =>
      event.kind === 'print' ? [[event.price, event.quantity, event.aggressor ?? 'call']] : [],
    )
  return { exchange, flow, prints }
}

describe('createRecordedFlow', () => {
  it('prints what was recorded, in order, and leaves an empty book', () => {
    const { exchange, flow, prints } = start([
      record('09:00:01', 71_000, 10),
      record('09:00:02', 71_100, 20),
      record('09:00:02', 70_900, 5),
      record('09:00:09', 70_900, 7, 'sell'),
    ])
    flow.advanceTo(at('09:00:05'))
    expect(prints()).toEqual([
      [71_000, 10, 'buy'],
      [71_100, 20, 'buy'],
      [70_900, 5, 'sell'],
    ])
    flow.advanceTo(at('09:01'))
    expect(prints()).toHaveLength(4)
    expect(exchange.levels(ID, 'buy', 1)).toEqual([])
    expect(exchange.levels(ID, 'sell', 1)).toEqual([])
    expect(flow.refusals).toBe(0)
  })

  it('fills a bid of ours when the recorded price comes to it, and prints no more than was recorded', () => {
    const { exchange, flow, prints } = start([record('09:00:01', 71_000, 10), record('09:00:02', 70_800, 10)])
    const wish = {
      instrument: ID,
      side: 'buy',
      type: 'limit',
      timeInForce: 'day',
      limit: price(70_900),
    } as const
    const ours = exchange.submit({ owner: 'me', ...wish, quantity: quantity(4) })
    flow.advanceTo(at('09:00:01'))
    expect(ours.ok && exchange.order(ours.number)?.open).toBe(4)
    flow.advanceTo(at('09:00:02'))
    expect(ours.ok && exchange.order(ours.number)?.open).toBe(0)
    expect(prints().reduce((all, [, shares]) => all + Number(shares), 0)).toBe(20)
    expect(prints()).toContainEqual([70_900, 4, 'sell'])
    expect(prints()).toContainEqual([70_800, 6, 'sell'])
  })

  it('makes the opening price out of trades before the opening', () => {
    const { flow, prints } = start([record('08:59:59', 71_500, 300)], '08:55')
    flow.advanceTo(at('09:01'))
    expect(prints()).toEqual([[71_500, 300, 'call']])
  })

  it('prints a half-tick trade one grid price lower', () => {
    const { flow, prints } = start([record('09:00:01', 71_050, 3)])
    flow.advanceTo(at('09:00:01'))
    expect(prints()).toEqual([[71_000, 3, 'buy']])
  })

  it('counts trades it cannot make, and breaks when they are out of order', () => {
    const unknown = { ...record('09:00:01', 71_000, 1), instrument: instrumentId('999990') }
    const { flow } = start([unknown, record('15:35', 71_000, 1)])
    flow.advanceTo(at('15:36'))
    expect(flow.refusals).toBe(2)
    const backwards = start([record('09:00:02', 71_000, 1), record('09:00:01', 71_000, 1)])
    expect(() => backwards.flow.advanceTo(at('09:01'))).toThrow(/in order of time/)
  })
})
