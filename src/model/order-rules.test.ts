import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BrokerEnvironment } from './broker.ts'
import { brokerOffers } from './broker-offers.ts'
import type { InstrumentClass, Venue } from './instrument.ts'
import { EVERY_ORDER_TYPE, EVERY_TIME_IN_FORCE } from './order.ts'
import { exchangeAccepts, type OrderRuleQuery } from './order-rules.ts'
import type { Phase } from './session.ts'

const PHASES: readonly Phase[] = [
  'closed',
  'preClose',
  'openingCall',
  'continuous',
  'closingCall',
  'postCloseEntry',
  'postClose',
  'offHoursSingle',
  'afterMarket',
  'preMarket',
  'afterMarketEntry',
  'halted',
]

/** Everything taken for a share, as `type` or `type/ioc`. */
const accepted = (venue: Venue, phase: Phase, inCallAuction = false, kind: InstrumentClass = 'stock') =>
  EVERY_ORDER_TYPE.flatMap((type) =>
    EVERY_TIME_IN_FORCE.filter((timeInForce) =>
      exchangeAccepts({ venue, phase, type, timeInForce, class: kind, inCallAuction }),
    ).map((timeInForce) => (timeInForce === 'day' ? type : `${type}/${timeInForce}`)),
  ).join(' ')

const TAKERS = 'limit limit/ioc limit/fok best best/ioc best/fok priority'
const MID = 'mid mid/ioc mid/fok'

describe('the exchange', () => {
  // The validity table by session, rule book §1.10 (KRX), §1.3 (after-market), §1.4 (NXT).
  it.each([
    ['KRX', 'closed', ''],
    ['KRX', 'halted', ''],
    ['KRX', 'preClose', 'preClose'],
    ['KRX', 'openingCall', 'limit market conditional'],
    [
      'KRX',
      'continuous',
      `limit limit/ioc limit/fok market market/ioc market/fok conditional best best/ioc best/fok priority ${MID} stopLimit`,
    ],
    ['KRX', 'closingCall', 'limit market'],
    ['KRX', 'postCloseEntry', 'postClose'],
    ['KRX', 'postClose', 'postClose'],
    ['KRX', 'offHoursSingle', 'limit'],
    ['KRX', 'afterMarket', TAKERS],
    ['KRX', 'preMarket', ''],
    ['NXT', 'closed', ''],
    ['NXT', 'halted', ''],
    [
      'NXT',
      'preMarket',
      'limit limit/ioc limit/fok limit/gtp best best/ioc best/fok best/gtp priority priority/gtp',
    ],
    ['NXT', 'postClose', 'postClose'],
    [
      'NXT',
      'continuous',
      `limit limit/ioc limit/fok market/ioc market/fok best best/ioc best/fok priority ${MID} stopLimit`,
    ],
    ['NXT', 'openingCall', ''],
    ['NXT', 'closingCall', ''],
    ['NXT', 'afterMarketEntry', 'limit'],
    ['NXT', 'afterMarket', TAKERS],
  ] as const)('%s takes in %s: %s', (venue, phase, kinds) => {
    expect(accepted(venue, phase)).toBe(kinds)
  })

  it.each([
    ['KRX', 'continuous', 'limit market conditional'],
    ['KRX', 'openingCall', 'limit market conditional'],
    ['KRX', 'closingCall', 'limit market'],
    ['KRX', 'afterMarket', 'limit'],
    ['NXT', 'continuous', 'limit'],
    ['NXT', 'preMarket', 'limit limit/gtp'],
    ['NXT', 'afterMarket', 'limit'],
  ] as const)('%s takes for an instrument in its own call auction in %s: %s', (venue, phase, kinds) => {
    expect(accepted(venue, phase, true)).toBe(kinds)
  })

  it.each(['etf', 'etn', 'elw'] as const)('keeps an %s out of the after-market and off NXT', (kind) => {
    expect(accepted('KRX', 'afterMarket', false, kind)).toBe('')
    expect(accepted('NXT', 'continuous', false, kind)).toBe('')
    expect(accepted('KRX', 'continuous', false, kind)).toContain('market')
  })
})

const order = (query: Partial<OrderRuleQuery>): OrderRuleQuery => ({
  venue: 'KRX',
  phase: 'continuous',
  type: 'limit',
  timeInForce: 'day',
  class: 'stock',
  ...query,
})

describe('Kiwoom', () => {
  it.each([
    ['live', {}, true, true],
    ['paper', {}, true, true],
    ['simulated', { type: 'market' }, true, true],
    ['live', { type: 'market', phase: 'openingCall' }, true, true],
    ['live', { type: 'market', phase: 'closingCall' }, true, true],
    ['live', { type: 'best', timeInForce: 'ioc' }, true, false],
    ['live', { type: 'conditional' }, true, false],
    ['live', { type: 'mid' }, true, false],
    ['live', { type: 'stopLimit' }, false, false],
    ['live', { type: 'stopLimit', venue: 'NXT' }, true, false],
    ['live', { type: 'postClose', phase: 'postClose' }, true, false],
    ['live', { venue: 'NXT' }, true, false],
    ['live', { venue: 'NXT', type: 'market' }, false, false],
    ['live', { venue: 'NXT', phase: 'afterMarket' }, true, false],
    ['live', { phase: 'afterMarket' }, false, false],
    ['live', { phase: 'afterMarket', type: 'market' }, false, true],
    ['simulated', { phase: 'afterMarket' }, true, false],
    ['simulated', { phase: 'afterMarket', type: 'market' }, false, true],
    ['paper', { phase: 'afterMarket' }, false, true],
    ['paper', { phase: 'afterMarket', type: 'market' }, false, true],
    ['paper', { venue: 'NXT' }, false, false],
    ['paper', { venue: 'NXT', phase: 'preMarket' }, false, false],
    ['live', { phase: 'closed' }, false, true],
  ] as [BrokerEnvironment, Partial<OrderRuleQuery>, boolean, boolean][])(
    'in %s with %j: offered %s, verified %s',
    (environment, query, offered, verified) => {
      expect(brokerOffers({ broker: 'kiwoom', environment, ...order(query) })).toMatchObject({
        offered,
        verified,
      })
    },
  )

  it('never offers what the exchange refuses, and offers nothing outside KRX in mock investing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<BrokerEnvironment>('simulated', 'paper', 'live'),
        fc.record({
          venue: fc.constantFrom<Venue>('KRX', 'NXT'),
          phase: fc.constantFrom(...PHASES),
          type: fc.constantFrom(...EVERY_ORDER_TYPE),
          timeInForce: fc.constantFrom(...EVERY_TIME_IN_FORCE),
          class: fc.constantFrom<InstrumentClass>('stock', 'etf', 'etn', 'elw'),
          inCallAuction: fc.boolean(),
        }),
        (environment, query) => {
          const { offered } = brokerOffers({ broker: 'kiwoom', environment, ...query })
          if (offered) expect(exchangeAccepts(query)).toBe(true)
          if (environment === 'paper' && (query.venue !== 'KRX' || query.phase === 'afterMarket'))
            expect(offered).toBe(false)
        },
      ),
      { numRuns: 500 },
    )
  })
})
