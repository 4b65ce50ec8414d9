import { describe, expect, it } from 'vitest'
import { type BrokerQuery, brokerOffers } from './broker-offers.ts'
import { commissionSchedule } from './charges.ts'
import { currencyOf, homeOf, localDay, localInstant } from './home-venue.ts'
import { instrumentId } from './ids.ts'
import type { Instrument } from './instrument.ts'
import { price } from './money.ts'
import { exchangeAccepts } from './order-rules.ts'
import { priceBand } from './price-band.ts'
import { phaseOnRoute, routeDenial } from './route-rules.ts'
import { ceilToTick, isOnTick, stepTicks, tickSize } from './tick-size.ts'
import { timeOfDay, tradingDay } from './time.ts'

const DAY = tradingDay('2026-11-20')
const APPLE: Instrument = {
  id: instrumentId('US:AAPL'),
  name: 'Apple',
  market: 'NASDAQ',
  class: 'stock',
  viGroup: 'wide',
}

// Rule book §3.2: Rule 612.
describe('prices of US shares', () => {
  it.each([
    [1, 1],
    [9_999, 1],
    [10_000, 100],
    [2_294_500, 100],
  ])('move from %i by %i ten-thousandths of a dollar', (at, tick) => {
    for (const market of ['NASDAQ', 'NYSE', 'AMEX'] as const)
      expect(tickSize({ class: 'etf', market }, DAY, price(at))).toBe(tick)
  })

  it('step over a dollar by the tick of each side', () => {
    expect(stepTicks(APPLE, DAY, price(9_999), 2)).toBe(10_100)
    expect(stepTicks(APPLE, DAY, price(10_100), -2)).toBe(9_999)
    expect(isOnTick(APPLE, DAY, price(1_234_550))).toBe(false)
    expect(ceilToTick(APPLE, DAY, price(1_234_501))).toBe(1_234_600)
  })

  it('have no limit of the day', () => {
    expect(priceBand(APPLE, DAY, { basePrice: price(1_000_000), designations: [] })).toBeUndefined()
  })
})

describe('orders for US shares', () => {
  const query: BrokerQuery = {
    broker: 'kis',
    environment: 'simulated',
    venue: 'US',
    phase: 'continuous',
    type: 'limit',
    timeInForce: 'day',
    class: 'stock',
  }

  it('are limit and market orders of the regular session, on our own machine alone', () => {
    expect(brokerOffers(query)).toEqual({ offered: true, verified: false, source: 'kisCodeTable' })
    expect(brokerOffers({ ...query, type: 'market' })).toMatchObject({
      offered: true,
      source: 'collaredLimit',
    })
    for (const environment of ['paper', 'live'] as const)
      expect(brokerOffers({ ...query, environment }).offered).toBe(false)
    expect(brokerOffers({ ...query, type: 'best' }).offered).toBe(false)
    expect(exchangeAccepts({ ...query, phase: 'closed' })).toBe(false)
    expect(brokerOffers({ ...query, broker: 'kiwoom' }).offered).toBe(false)
    expect(() => commissionSchedule({ broker: 'kis', environment: 'live', venue: 'US', day: DAY })).toThrow(
      /kis live/,
    )
  })

  it('need no list of NXT', () => {
    const at = localInstant('US', DAY, timeOfDay('09:30'))
    const routed = {
      ...query,
      phase: phaseOnRoute('US', at),
      designations: [],
      onNxt: undefined,
      extended: false,
    }
    expect(routeDenial(routed)).toBeUndefined()
    expect(localDay('US', at)).toBe(DAY)
  })
})

describe('an account', () => {
  it('counts in the currency of its instruments', () => {
    const samsung = { market: 'KOSPI' } as const
    expect([homeOf([APPLE]), homeOf([samsung]), homeOf([])]).toEqual(['US', 'KRX', 'KRX'])
    expect([currencyOf('US'), currencyOf('SOR')]).toEqual(['USD', 'KRW'])
    expect(() => homeOf([APPLE, samsung])).toThrow(/one currency/)
  })
})
