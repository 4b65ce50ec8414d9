import { describe, expect, it } from 'vitest'
import { instrumentId } from '../model/ids.ts'
import type { Market } from '../model/instrument.ts'
import { type TradingDay, tradingDay } from '../model/time.ts'
import {
  at,
  DAY,
  type ListingWish,
  OPENED,
  openExchange,
  shares,
  type TestExchange,
} from './testing/test-exchange.ts'

/** Enough members for an index; a first day knows no VI, so that prices may fall in one step. */
const listed = (market: Market, count: number, designation: 'firstDay' | 'overheated' = 'firstDay') =>
  Array.from({ length: count }, (_, index): ListingWish => {
    const id = `${market === 'KOSPI' ? 1 : 2}${String(index).padStart(5, '0')}`
    return { id, designations: [designation], instrument: { market, listedShares: shares(1_000_000) } }
  })
const KOSPI = listed('KOSPI', 30)
const KOSDAQ = listed('KOSDAQ', 30)
const FIRST = instrumentId('100000')
const OTHER = instrumentId('200000')

function opened(
  wishes: readonly ListingWish[] = [...KOSPI, ...KOSDAQ],
  startAt = OPENED,
  day: TradingDay = DAY,
) {
  return openExchange(startAt, wishes, 1, day)
}

/** Lets every name of the list trade at that price. */
function trade(m: TestExchange, price: number, wishes = KOSPI) {
  for (const { id } of wishes) {
    const instrument = instrumentId(id ?? '')
    m.sell(1, price, { instrument })
    m.buy(1, price, { instrument })
  }
}
const told = (m: TestExchange) =>
  m.told('breaker').map(({ market, stage, state }) => `${market} ${stage} ${state}`)
const stateOf = (m: TestExchange, id = FIRST) => m.exchange.state(id)

// Rule book §1.8 (KRX English site, circuit breakers).
describe('a circuit breaker', () => {
  it('goes off when its index has stayed 8 % below yesterday’s close for a minute', () => {
    const m = opened()
    m.to('10:00')
    trade(m, 9_190)
    m.to('10:00:59')
    expect(told(m)).toEqual([])
    m.to('10:01')
    expect(told(m)).toEqual(['KOSPI 1 halted'])
    expect([stateOf(m)?.phase, stateOf(m, OTHER)?.phase]).toEqual(['halted', 'continuous'])
  })

  it('forgets the minute when the index comes back', () => {
    const m = opened()
    m.to('10:00')
    trade(m, 9_190)
    m.to('10:00:30')
    m.sell(1, 10_000, { instrument: FIRST })
    m.buy(1, 10_000, { instrument: FIRST })
    m.to('10:00:40')
    m.sell(1, 9_000, { instrument: FIRST })
    m.buy(1, 9_000, { instrument: FIRST })
    m.to('10:01:39')
    expect(told(m)).toEqual([])
    m.to('10:01:40')
    expect(told(m)).toHaveLength(1)
  })

  it('stands still for 20 minutes, then collects orders for 10 and a random end, the same for all', () => {
    const m = opened()
    m.to('10:00')
    trade(m, 9_190)
    const resting = m.buy(5, 9_000, { instrument: FIRST })
    m.to('10:01')
    expect(m.refusal('buy', 1, 9_200, { instrument: FIRST })).toEqual({
      code: 'marketClosed',
      phase: 'halted',
    })
    expect(m.refusal('buy', 1, 10_000, { instrument: OTHER })).toBeUndefined()
    expect(m.exchange.cancel(resting, shares(1))).toEqual({ ok: true, quantity: 1 })
    m.to('10:21')
    expect(told(m)).toEqual(['KOSPI 1 halted', 'KOSPI 1 call'])
    trade(m, 9_300)
    const printed = m.prints().length
    m.to('10:30:59')
    expect(m.prints()).toHaveLength(printed)
    m.to('10:31:30')
    expect(told(m).at(-1)).toBe('KOSPI 1 off')
    const prints = m.told('print').slice(printed)
    expect(prints).toHaveLength(30)
    expect(new Set(prints.map((print) => print.at)).size).toBe(1)
    expect(m.refusal('buy', 1, 9_200, { instrument: FIRST, timeInForce: 'ioc' })).toBeUndefined()
  })

  it('goes on to the second stage at 15 % and ends the day at 20 %, each once', () => {
    const m = opened()
    m.to('10:00')
    trade(m, 9_190)
    m.to('10:40')
    trade(m, 9_000)
    m.to('10:45')
    expect(told(m)).toHaveLength(3)
    trade(m, 8_490)
    m.to('11:30')
    expect(told(m).slice(3)).toEqual(['KOSPI 2 halted', 'KOSPI 2 call', 'KOSPI 2 off'])
    const left = m.buy(1, 7_000, { instrument: FIRST })
    trade(m, 7_990)
    m.to('11:31')
    expect(told(m).slice(6)).toEqual(['KOSPI 3 closed'])
    expect(m.closed(left)).toEqual([['expired', 1]])
    expect(stateOf(m)).toMatchObject({ phase: 'closed', close: 7_990 })
    m.to('15:45')
    expect(m.refusal('buy', 1, 'postClose', { instrument: FIRST })).toMatchObject({ code: 'marketClosed' })
    m.to('16:10')
    expect(m.refusal('buy', 1, 8_000, { instrument: FIRST })).toMatchObject({ code: 'marketClosed' })
    expect(stateOf(m, OTHER)?.phase).toBe('afterMarket')
  })

  it('does not count the time it stands still', () => {
    const m = opened()
    m.to('10:00')
    trade(m, 8_400)
    m.to('10:31')
    expect(told(m)).toEqual(['KOSPI 1 halted', 'KOSPI 1 call'])
    // From where it went off, 1 % more is needed for the second one.
    m.to('10:40')
    expect(told(m)).toHaveLength(3)
    trade(m, 8_290)
    m.to('10:41')
    expect(told(m).at(-1)).toBe('KOSPI 2 halted')
  })

  it.each([
    ['14:48:59', ['KOSPI 1 halted']],
    ['14:49:01', []],
  ])('after a fall at %s tells %s: the first two stages end at 14:50', (time, expected) => {
    const m = opened(KOSPI, '14:40')
    m.to(time)
    trade(m, 9_000)
    m.to('14:55')
    expect(told(m)).toEqual(expected)
  })

  it('lets its call flow into the closing call', () => {
    const m = opened(KOSPI, '14:40')
    m.to('14:49')
    trade(m, 9_000)
    m.to('15:11')
    trade(m, 9_100)
    m.to('15:25')
    expect(m.exchange.phase).toBe('closingCall')
    m.to('15:31')
    expect(stateOf(m)?.close).toBe(9_100)
  })

  it('has one stage at 10 % before 2015-06-15', () => {
    const m = opened(listed('KOSPI', 30), '10:00', tradingDay('2015-06-12'))
    trade(m, 9_190)
    m.to('10:05')
    expect(told(m)).toEqual([])
    trade(m, 8_990)
    m.to('10:40')
    trade(m, 7_990)
    m.to('10:50')
    expect(told(m)).toEqual(['KOSPI 1 halted', 'KOSPI 1 call', 'KOSPI 1 off'])
  })

  it('does not judge an index of fewer than thirty names (our choice)', () => {
    const m = opened(KOSPI.slice(1))
    m.to('10:00')
    trade(m, 8_000, KOSPI.slice(1))
    m.to('10:10')
    expect(told(m)).toEqual([])
  })

  it('ends a VI, and a name in single prices has its first price in its next round', () => {
    const wishes = [
      { id: '100000', instrument: { market: 'KOSPI' } },
      { id: '100001', designations: ['overheated'], instrument: { market: 'KOSPI' } },
    ] satisfies ListingWish[]
    const m = opened(wishes)
    m.to('09:55')
    m.sell(1, 10_600, { instrument: FIRST })
    m.buy(1, 10_600, { instrument: FIRST })
    trade(m, 10_100, wishes.slice(1))
    expect(m.exchange.trip('KOSPI', 1)).toBe(true)
    expect(m.told('vi').map(({ state }) => state)).toEqual(['on', 'off'])
    m.to('10:20')
    expect(m.prints()).toEqual([])
    m.to('10:29')
    expect(m.prints()).toEqual([[10_600, 1]])
    m.to('10:31')
    expect(m.prints()).toEqual([
      [10_600, 1],
      [10_100, 1],
    ])
  })
})

describe('a drill', () => {
  it('sets a stage off whatever the index says, when its rule would let it', () => {
    const m = opened([{}])
    m.to('09:02')
    expect(m.exchange.trip('KOSPI', 2)).toBe(true)
    expect(m.exchange.trip('KOSPI', 3)).toBe(false) // stands still already
    m.to('10:00')
    expect(m.exchange.trip('KOSPI', 1)).toBe(false) // the second stage is over
    expect(m.exchange.trip('KOSPI', 3)).toBe(true)
    expect(m.exchange.trip('KOSPI', 3)).toBe(false)
    expect(told(m)).toEqual(['KOSPI 2 halted', 'KOSPI 2 call', 'KOSPI 2 off', 'KOSPI 3 closed'])
  })

  it.each([
    ['08:50', 1, false],
    ['09:00:50', 1, false],
    ['14:50', 1, true],
    ['14:51', 1, false],
    ['15:25', 3, true],
    ['15:45', 3, false],
  ] as const)('at %s of stage %i is taken: %s', (time, stage, taken) => {
    expect(opened([{}], time).exchange.trip('KOSPI', stage)).toBe(taken)
  })

  it('knows the stages of its date only', () => {
    expect(opened([{}], '10:00', tradingDay('2015-06-12')).exchange.trip('KOSPI', 2)).toBe(false)
  })
})

describe('the sidecar', () => {
  const told = (m: TestExchange) => m.told('sidecar').map(({ market, side, state }) => [market, side, state])

  it('goes off when the futures have stood 5 % away for a minute, for five minutes, once a day', () => {
    const m = opened([{}])
    m.to('10:00')
    m.exchange.noteFutures('KOSPI', { futures: -510, spot: -400 })
    m.to('10:00:30')
    m.exchange.noteFutures('KOSPI', { futures: -520, spot: -400 })
    m.to('10:01')
    expect(told(m)).toEqual([['KOSPI', 'sell', 'on']])
    expect(m.refusal('sell', 1, 10_000)).toBeUndefined()
    m.to('10:06')
    expect(told(m).at(-1)).toEqual(['KOSPI', 'sell', 'off'])
    m.exchange.noteFutures('KOSPI', { futures: 600, spot: 500 })
    m.to('10:20')
    expect(told(m)).toHaveLength(2)
  })

  it.each([
    ['when the futures come back within the minute', '10:00', [-510, -100]],
    ['in the first five minutes', '09:01', [-510, -520]],
    ['in the last forty', '14:50', [-510, -520]],
  ] as const)('does not go off %s', (_, time, moves) => {
    const m = opened([{}])
    m.to(time)
    for (const [index, futures] of moves.entries()) {
      m.exchange.advanceTo(at(time) + index * 30_000)
      m.exchange.noteFutures('KOSPI', { futures, spot: 0 })
    }
    m.exchange.advanceTo(at(time) + 120_000)
    expect(told(m)).toEqual([])
  })
})
