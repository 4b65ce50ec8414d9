import { describe, expect, it } from 'vitest'
import type { Denial } from '../../model/denial.ts'
import { conditionId, type InstrumentId, instrumentId, orderId } from '../../model/ids.ts'
import type { Designation } from '../../model/instrument.ts'
import type { InstrumentView } from '../../model/instrument-view.ts'
import { krw, price, quantity } from '../../model/money.ts'
import type { Order, OrderIntent } from '../../model/order.ts'
import type { Position } from '../../model/position.ts'
import type { Limits, TradingSettings } from '../../model/settings.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import { review } from './review.ts'
import type { RiskView } from './rule.ts'

const DAY = tradingDay('2026-11-20')
const at = (time: string) => kstInstant(DAY, timeOfDay(time))
const NOW = at('10:00')
const ID = instrumentId('005930')
const OTHER = instrumentId('000660')
const THIRD = instrumentId('035720')

const LIMITS: Limits = {
  maxPositions: 5,
  maxOrdersPerDay: 100,
  maxBuyAmountPerDay: krw(50_000_000),
  maxAmountPerInstrument: krw(5_000_000),
  maxOrdersPerSecond: 5,
  rebuy: { notToday: false, notAfterLoss: false },
  forbid: { designated: true, upperLimit: true, inVi: true },
  maxQuoteAgeMs: 5_000,
}

const SETTINGS: TradingSettings = {
  buys: [],
  sells: [],
  exits: { trailing: [], order: { kind: 'market' }, protectiveOrder: { kind: 'market' } },
  unfilled: {
    buy: { afterMs: 10_000, then: 'cancel', times: 0, finally: 'cancel' },
    sell: { afterMs: 10_000, then: 'market', times: 0, finally: 'market' },
  },
  limits: LIMITS,
  hours: { from: timeOfDay('09:00'), to: timeOfDay('15:20') },
  excluded: [],
}

const VIEW: InstrumentView = {
  listing: { id: ID, name: '삼성전자', market: 'KOSPI', class: 'stock', viGroup: 'narrow' },
  day: DAY,
  basePrice: price(71_500),
  band: { upper: price(92_900), lower: price(50_100) },
  designations: [],
  halted: false,
  marginRate: { numerator: 1, denominator: 1 },
  last: price(71_500),
  bid: price(71_500),
  ask: price(71_600),
  pricedAt: NOW - 1_000,
  inVi: false,
  board: 'KRX',
  boards: {},
}

const RISK: RiskView = {
  now: NOW,
  day: DAY,
  environment: 'live',
  broker: 'kiwoom',
  phase: 'continuous',
  halt: 'active',
  buyingPaused: false,
  feedUp: true,
  accountKnown: true,
  settings: SETTINGS,
  view: VIEW,
  positions: new Map(),
  openOrders: [],
  ordersToday: 0,
  buyAmountToday: krw(0),
  ordersLastSecond: 0,
  buyingPower: krw(10_000_000),
  sellable: quantity(0),
  dayPnl: () => krw(0),
  lastSale: undefined,
  schedule: { rate: { numerator: 15, denominator: 100_000 }, unit: 10 },
  nextOrderId: orderId('20261120-000042'),
}

const buy = (change: Partial<OrderIntent> = {}): OrderIntent => ({
  instrument: ID,
  venue: 'KRX',
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  limit: price(71_500),
  quantity: quantity(10),
  purpose: { to: 'enter', condition: conditionId('7') },
  reason: "조건 '돌파' 편입",
  ...change,
})

const marketBuy = (change: Partial<OrderIntent> = {}): OrderIntent => {
  const { limit: _, ...rest } = buy(change)
  return { ...rest, type: 'market' }
}

const sell = (change: Partial<OrderIntent> = {}): OrderIntent => {
  const { limit: _, ...rest } = buy()
  return { ...rest, side: 'sell', type: 'market', purpose: { to: 'exit', kind: 'stopLoss' }, ...change }
}

const held = (instrument: InstrumentId, shares: number, cost: number): [InstrumentId, Position] => [
  instrument,
  { instrument, quantity: quantity(shares), cost: krw(cost), fees: krw(0), openedAt: NOW },
]
const holding = (...of: readonly [InstrumentId, Position][]) => ({ positions: new Map(of) })

const order = (change: Partial<Order> = {}): Order => ({
  ...buy(),
  id: orderId('20261120-000007'),
  status: 'working',
  filled: quantity(0),
  filledValue: krw(0),
  createdAt: NOW,
  updatedAt: NOW,
  ...change,
})

const stopLimit = (change: Partial<OrderIntent>) =>
  sell({ venue: 'NXT', type: 'stopLimit', limit: price(69_000), ...change })

const OTHERS = (count: number) =>
  Array.from({ length: count }, (_, index) => held(instrumentId(`00000${index}`), 1, 1_000))

const limits = (change: Partial<Limits>) => ({ settings: { ...SETTINGS, limits: { ...LIMITS, ...change } } })
const seen = (change: Partial<InstrumentView>) => ({ view: { ...VIEW, ...change } })
const designated = (...designations: Designation[]) => seen({ designations })
const EXTENDED = {
  settings: { ...SETTINGS, orders: { route: 'KRX', hours: 'extended', extendedEntries: true } },
} as const
const SOLD = { at: at('09:50'), pnl: krw(-12_300) }
const EXITING = { sellable: quantity(10), ...holding(held(ID, 10, 800_000)) }
const AT_NXT: Partial<RiskView> = { ...EXITING, environment: 'simulated', ...seen({ onNxt: true }) }

type Row = readonly [what: string, intent: OrderIntent, view: Partial<RiskView>, denial: Denial | undefined]

/** Per rule: what it denies, with the numbers, and what next to it passes. */
const RULES: Readonly<Record<string, readonly Row[]>> = {
  'kill switch': [
    ['a buy while reducing', buy(), { halt: 'reducing' }, { code: 'tradingHalted', state: 'reducing' }],
    ['a buy while halted', buy(), { halt: 'halted' }, { code: 'tradingHalted', state: 'halted' }],
    [
      'a stop while halted',
      sell(),
      { ...EXITING, halt: 'halted' },
      { code: 'tradingHalted', state: 'halted' },
    ],
    ['a stop while reducing', sell(), { ...EXITING, halt: 'reducing' }, undefined],
  ],
  'buying paused': [
    ['a buy', buy(), { buyingPaused: true }, { code: 'buyingPaused' }],
    ['a sale', sell(), { ...EXITING, buyingPaused: true }, undefined],
  ],
  'account unknown': [
    ['a buy', buy(), { accountKnown: false }, { code: 'accountUnknown' }],
    ['a sale', sell(), { ...EXITING, accountKnown: false }, undefined],
  ],
  'feed down': [
    ['a buy', buy(), { feedUp: false }, { code: 'feedDown' }],
    ['a sale', sell(), { ...EXITING, feedUp: false }, undefined],
  ],
  'trading hours': [
    [
      'a buy before them',
      buy(),
      { now: at('08:59:59') },
      { code: 'outsideHours', now: timeOfDay('08:59:59'), from: timeOfDay('09:00'), to: timeOfDay('15:20') },
    ],
    [
      'a buy at their end',
      buy(),
      { now: at('15:20') },
      { code: 'outsideHours', now: timeOfDay('15:20'), from: timeOfDay('09:00'), to: timeOfDay('15:20') },
    ],
    ['a buy at their beginning', buy(), { now: at('09:00'), ...seen({ pricedAt: at('09:00') }) }, undefined],
    ['a sale after them', sell(), { ...EXITING, now: at('15:25'), phase: 'closingCall' }, undefined],
  ],
  'session and order type': [
    [
      'a limit after the close',
      buy(),
      { phase: 'closed' },
      { code: 'wrongSession', phase: 'closed', type: 'limit' },
    ],
    [
      'a market sale in the after-market',
      sell(),
      { ...EXITING, phase: 'afterMarket' },
      { code: 'wrongSession', phase: 'afterMarket', type: 'market' },
    ],
    [
      'a best order in a volatility auction',
      sell({ type: 'best' }),
      { ...EXITING, ...seen({ inVi: true }) },
      { code: 'wrongSession', phase: 'continuous', type: 'best' },
    ],
    [
      'a market sale at NXT',
      sell({ venue: 'NXT' }),
      EXITING,
      { code: 'wrongSession', phase: 'continuous', type: 'market' },
    ],
    ['a market sale in a call auction', sell(), { ...EXITING, phase: 'openingCall' }, undefined],
  ],
  'venue of the instrument': [
    [
      'a sale at NXT of what is not traded there',
      sell({ venue: 'NXT', type: 'best' }),
      { ...EXITING, environment: 'simulated', ...seen({ onNxt: false }) },
      { code: 'notOnNxt', known: true },
    ],
    [
      'a routed sale of what may not be traded there',
      sell({ venue: 'SOR' }),
      { ...EXITING, environment: 'simulated' },
      { code: 'notOnNxt', known: false },
    ],
    [
      'a routed sale of what is',
      sell({ venue: 'SOR' }),
      { ...EXITING, environment: 'simulated', ...seen({ onNxt: true }) },
      undefined,
    ],
  ],
  'regular session': [
    [
      'a stop after it, when the settings keep to it',
      sell({ type: 'best' }),
      { ...EXITING, phase: 'afterMarket', environment: 'simulated' },
      { code: 'extendedHoursOff', phase: 'afterMarket' },
    ],
    [
      'a buy after it, when only exits may',
      buy(),
      {
        phase: 'afterMarket',
        environment: 'simulated',
        settings: { ...SETTINGS, orders: { ...EXTENDED.settings.orders, extendedEntries: false } },
      },
      { code: 'extendedHoursOff', phase: 'afterMarket' },
    ],
    [
      'a stop after it, when exits may',
      sell({ type: 'best' }),
      { ...EXITING, phase: 'afterMarket', environment: 'simulated', ...EXTENDED },
      undefined,
    ],
    [
      'a sale by hand after it',
      sell({ type: 'best', purpose: { to: 'exit', kind: 'manual' } }),
      { ...EXITING, phase: 'afterMarket', environment: 'simulated' },
      undefined,
    ],
  ],
  'designations and orders': [
    [
      'a best order of an overheated name',
      sell({ type: 'best' }),
      { ...EXITING, environment: 'simulated', ...designated('overheated') },
      { code: 'wrongSession', phase: 'continuous', type: 'best' },
    ],
    [
      'a conditional order of an overheated name',
      sell({ type: 'conditional', limit: price(71_500) }),
      { ...EXITING, environment: 'simulated', ...designated('overheated') },
      { code: 'designationForbidsType', type: 'conditional', designations: ['overheated'] },
    ],
    [
      'the after-market under a warning',
      sell({ type: 'best' }),
      {
        ...EXITING,
        environment: 'simulated',
        phase: 'afterMarket',
        ...EXTENDED,
        ...designated('caution', 'warning'),
      },
      { code: 'designationForbidsSession', phase: 'afterMarket', designations: ['warning'] },
    ],
    ['a market sale of an overheated name', sell(), { ...EXITING, ...designated('overheated') }, undefined],
  ],
  'stop-limit': [
    ['one without a stop', stopLimit({}), AT_NXT, { code: 'priceUnknown' }],
    [
      'one whose stop is off the tick',
      stopLimit({ stop: price(70_050) }),
      AT_NXT,
      { code: 'priceOffTick', price: price(70_050), tick: price(100) },
    ],
    [
      'one that would sell above its stop',
      stopLimit({ stop: price(68_000) }),
      AT_NXT,
      { code: 'stopBeyondLimit', stop: price(68_000), limit: price(69_000) },
    ],
    ['one that sells below it', stopLimit({ stop: price(70_000) }), AT_NXT, undefined],
  ],
  'broker and order type': [
    [
      'what the mock does not take',
      buy(),
      { environment: 'paper', phase: 'afterMarket', now: at('15:00'), ...EXTENDED },
      { code: 'orderTypeNotOffered', type: 'limit', venue: 'KRX', environment: 'paper' },
    ],
    [
      'what was never confirmed, with real money',
      sell({ type: 'best' }),
      EXITING,
      { code: 'orderTypeNotOffered', type: 'best', venue: 'KRX', environment: 'live' },
    ],
    [
      'what was never confirmed, on our own server',
      sell({ type: 'best' }),
      { ...EXITING, environment: 'simulated' },
      undefined,
    ],
  ],
  'excluded instruments': [
    ['its buy', buy(), { settings: { ...SETTINGS, excluded: [OTHER, ID] } }, { code: 'instrumentExcluded' }],
    ['its sale', sell(), { ...EXITING, settings: { ...SETTINGS, excluded: [ID] } }, undefined],
    ['another’s buy', buy(), { settings: { ...SETTINGS, excluded: [OTHER] } }, undefined],
  ],
  'day loss': [
    [
      'a buy past it',
      buy(),
      { dayPnl: () => krw(-100_001), ...limits({ maxLossPerDay: krw(100_000) }) },
      { code: 'dayLossExceedsMax', loss: krw(100_001), max: krw(100_000) },
    ],
    [
      'a buy exactly at it',
      buy(),
      { dayPnl: () => krw(-100_000), ...limits({ maxLossPerDay: krw(100_000) }) },
      undefined,
    ],
    [
      'a sale past it',
      sell(),
      { ...EXITING, dayPnl: () => krw(-200_000), ...limits({ maxLossPerDay: krw(100_000) }) },
      undefined,
    ],
    ['a buy without such a limit', buy(), { dayPnl: () => krw(-9_000_000) }, undefined],
  ],
  'orders per day': [
    ['the 101st', buy(), { ordersToday: 100 }, { code: 'dayOrdersExceedMax', orders: 100, max: 100 }],
    ['the 100th', buy(), { ordersToday: 99 }, undefined],
    ['an exit after them', sell(), { ...EXITING, ordersToday: 500 }, undefined],
  ],
  'orders per second': [
    ['the sixth', buy(), { ordersLastSecond: 5 }, { code: 'orderRateExceedsMax', perSecond: 5, max: 5 }],
    ['the fifth', buy(), { ordersLastSecond: 4 }, undefined],
    ['an exit after them', sell(), { ...EXITING, ordersLastSecond: 50 }, undefined],
  ],
  'order in doubt': [
    [
      'a buy of the same instrument',
      buy(),
      { openOrders: [order({ status: 'inDoubt' })] },
      { code: 'orderInDoubt', orderId: orderId('20261120-000007') },
    ],
    [
      'even a stop',
      sell(),
      { ...EXITING, openOrders: [order({ ...sell(), status: 'inDoubt' })] },
      { code: 'orderInDoubt', orderId: orderId('20261120-000007') },
    ],
    [
      'an amend of the doubtful order itself',
      buy({ replaces: orderId('20261120-000007') }),
      { openOrders: [order({ status: 'inDoubt' })] },
      { code: 'orderInDoubt', orderId: orderId('20261120-000007') },
    ],
    [
      'a buy of another instrument',
      buy(),
      { openOrders: [order({ status: 'inDoubt', instrument: OTHER })] },
      undefined,
    ],
  ],
  'already held': [
    [
      'a condition’s second buy',
      buy(),
      holding(held(ID, 3, 214_500)),
      { code: 'alreadyHeld', quantity: quantity(3) },
    ],
    ['a buy by hand', buy({ purpose: { to: 'enter' } }), holding(held(ID, 3, 214_500)), undefined],
    [
      'the rest of a cancelled buy',
      buy({ continues: orderId('20261120-000007') }),
      holding(held(ID, 3, 214_500)),
      undefined,
    ],
    [
      'an amend of a part-filled buy',
      buy({ replaces: orderId('20261120-000007') }),
      { ...holding(held(ID, 3, 214_500)), openOrders: [order()] },
      undefined,
    ],
  ],
  'order already working': [
    [
      'a second buy',
      buy(),
      { openOrders: [order()] },
      { code: 'orderAlreadyWorking', orderId: orderId('20261120-000007') },
    ],
    ['the amend of it', buy({ replaces: orderId('20261120-000007') }), { openOrders: [order()] }, undefined],
    ['a second sale of other shares', sell(), { ...EXITING, openOrders: [order(sell())] }, undefined],
  ],
  'self-trade': [
    [
      'a buy against our sale',
      buy(),
      { openOrders: [order(sell({ limit: price(90_000) }))] },
      { code: 'selfTrade', orderId: orderId('20261120-000007') },
    ],
    [
      'a sale against our buy',
      sell(),
      { ...EXITING, openOrders: [order()] },
      { code: 'selfTrade', orderId: orderId('20261120-000007') },
    ],
    [
      'a sale beside another instrument’s buy',
      sell(),
      { ...EXITING, openOrders: [order({ instrument: OTHER })] },
      undefined,
    ],
  ],
  're-buy today': [
    [
      'a buy of what was sold',
      buy(),
      { lastSale: SOLD, ...limits({ rebuy: { notToday: true, notAfterLoss: false } }) },
      { code: 'rebuyToday', soldAt: SOLD.at },
    ],
    ['a buy where the rule is off', buy(), { lastSale: SOLD }, undefined],
    [
      'a buy of what was not sold',
      buy(),
      limits({ rebuy: { notToday: true, notAfterLoss: true } }),
      undefined,
    ],
    [
      'an amend',
      buy({ replaces: orderId('20261120-000007') }),
      {
        lastSale: SOLD,
        openOrders: [order()],
        ...limits({ rebuy: { notToday: true, notAfterLoss: true, blockMs: 9e9 } }),
      },
      undefined,
    ],
  ],
  're-buy wait': [
    [
      'a buy one millisecond too soon',
      buy(),
      { lastSale: SOLD, ...limits({ rebuy: { notToday: false, notAfterLoss: false, blockMs: 600_001 } }) },
      { code: 'rebuyTooSoon', soldAt: SOLD.at, waitMs: 1 },
    ],
    [
      'a buy after the wait',
      buy(),
      { lastSale: SOLD, ...limits({ rebuy: { notToday: false, notAfterLoss: false, blockMs: 600_000 } }) },
      undefined,
    ],
  ],
  're-buy after a loss': [
    [
      'a buy after one',
      buy(),
      { lastSale: SOLD, ...limits({ rebuy: { notToday: false, notAfterLoss: true } }) },
      { code: 'rebuyAfterLoss', loss: krw(12_300) },
    ],
    [
      'a buy after breaking even',
      buy(),
      {
        lastSale: { at: SOLD.at, pnl: krw(0) },
        ...limits({ rebuy: { notToday: false, notAfterLoss: true } }),
      },
      undefined,
    ],
  ],
  'position count': [
    ['a sixth', buy(), holding(...OTHERS(5)), { code: 'positionCountExceedsMax', held: 5, max: 5 }],
    [
      'a sixth while a fifth is being bought',
      buy(),
      { ...holding(...OTHERS(4)), openOrders: [order({ instrument: OTHER })] },
      { code: 'positionCountExceedsMax', held: 5, max: 5 },
    ],
    ['a fifth', buy(), holding(...OTHERS(4)), undefined],
    [
      'one more of what is held, by hand',
      buy({ purpose: { to: 'enter' } }),
      holding(...OTHERS(4), held(ID, 1, 71_500)),
      undefined,
    ],
    [
      'a fifth while a held one is added to and another is sold',
      buy(),
      {
        ...holding(...OTHERS(3), held(THIRD, 5, 100)),
        openOrders: [
          order({ instrument: THIRD }),
          order({ ...sell(), instrument: instrumentId('000001'), id: orderId('x') }),
        ],
      },
      undefined,
    ],
  ],
  'instrument known': [
    ['a buy of an unknown one', buy(), { view: undefined }, { code: 'instrumentUnknown' }],
    ['a sale of an unknown one', sell(), { ...EXITING, view: undefined }, { code: 'instrumentUnknown' }],
    ['a described one', buy(), {}, undefined],
  ],
  'instrument halted': [
    ['a buy', buy(), seen({ halted: true }), { code: 'instrumentHalted' }],
    ['a sale', sell(), { ...EXITING, ...seen({ halted: true }) }, { code: 'instrumentHalted' }],
    ['one that trades', sell(), EXITING, undefined],
  ],
  designations: [
    ...(
      ['administrative', 'warning', 'danger', 'overheated', 'liquidation', 'disclosureCaution'] as const
    ).map(
      (designation): Row => [
        `a buy of a name under ${designation}`,
        buy(),
        designated('caution', designation),
        { code: 'instrumentDesignated', designations: [designation] },
      ],
    ),
    ['a buy of a name under caution, or new', buy(), designated('caution', 'firstDay'), undefined],
    [
      'a buy where it is allowed',
      buy(),
      { ...designated('warning'), ...limits({ forbid: { ...LIMITS.forbid, designated: false } }) },
      undefined,
    ],
    ['a sale', sell(), { ...EXITING, ...designated('liquidation') }, undefined],
  ],
  'volatility interruption': [
    ['a buy', buy(), seen({ inVi: true }), { code: 'inVi' }],
    [
      'a buy where it is allowed',
      buy(),
      { ...seen({ inVi: true }), ...limits({ forbid: { ...LIMITS.forbid, inVi: false } }) },
      undefined,
    ],
    ['a sale', sell(), { ...EXITING, ...seen({ inVi: true }) }, undefined],
  ],
  'price known': [
    ['a buy before any price', marketBuy(), seen({ last: price(0), pricedAt: 0 }), { code: 'priceUnknown' }],
    ['a buy after the feed was down', buy(), seen({ pricedAt: 0 }), { code: 'priceUnknown' }],
    ['a limit order without limit', sell({ type: 'limit' }), EXITING, { code: 'priceUnknown' }],
    [
      'a market sale without a price',
      sell(),
      { ...EXITING, ...seen({ last: price(0), pricedAt: 0 }) },
      undefined,
    ],
  ],
  'price fresh': [
    [
      'a buy at an old price',
      buy(),
      seen({ pricedAt: NOW - 5_001 }),
      { code: 'priceStale', ageMs: 5_001, maxMs: 5_000 },
    ],
    ['a buy at the oldest allowed', buy(), seen({ pricedAt: NOW - 5_000 }), undefined],
    ['a sale at an old price', sell(), { ...EXITING, ...seen({ pricedAt: NOW - 60_000 }) }, undefined],
  ],
  'upper limit': [
    [
      'a buy at it',
      buy(),
      seen({ last: price(92_900), ask: price(0) }),
      { code: 'atUpperLimit', last: price(92_900), upper: price(92_900) },
    ],
    ['a buy one tick below', buy(), seen({ last: price(92_800) }), undefined],
    ['a buy without a band', buy(), seen({ band: undefined, last: price(92_900) }), undefined],
    [
      'a buy where it is allowed',
      buy(),
      { ...seen({ last: price(92_900) }), ...limits({ forbid: { ...LIMITS.forbid, upperLimit: false } }) },
      undefined,
    ],
    ['a sale', sell(), { ...EXITING, ...seen({ last: price(92_900) }) }, undefined],
  ],
  tick: [
    [
      'a buy between two ticks',
      buy({ limit: price(71_550) }),
      {},
      { code: 'priceOffTick', price: price(71_550), tick: price(100) },
    ],
    [
      'a sale between two ticks',
      sell({ type: 'limit', limit: price(71_510) }),
      EXITING,
      { code: 'priceOffTick', price: price(71_510), tick: price(100) },
    ],
    ['a buy on one', buy({ limit: price(71_600) }), {}, undefined],
  ],
  band: [
    [
      'a buy above it',
      buy({ limit: price(93_000) }),
      {},
      { code: 'priceOutsideBand', price: price(93_000), lower: price(50_100), upper: price(92_900) },
    ],
    [
      'a sale below it',
      sell({ type: 'limit', limit: price(50_000) }),
      EXITING,
      { code: 'priceOutsideBand', price: price(50_000), lower: price(50_100), upper: price(92_900) },
    ],
    ['a sale at its lower end', sell({ type: 'limit', limit: price(50_100) }), EXITING, undefined],
    ['a buy at its upper end', buy({ limit: price(92_900) }), {}, undefined],
  ],
  'some shares': [
    [
      'an order of none',
      buy({ quantity: quantity(0) }),
      {},
      { code: 'quantityZero', amount: krw(0), price: price(71_500) },
    ],
    ['an order of one', buy({ quantity: quantity(1) }), {}, undefined],
  ],
  holding: [
    [
      'a sale of more than is free',
      sell({ quantity: quantity(11) }),
      EXITING,
      { code: 'quantityExceedsHolding', wanted: quantity(11), sellable: quantity(10) },
    ],
    ['a sale of all', sell(), EXITING, undefined],
  ],
  'amount per instrument': [
    // 70 × 71,500 = 5,005,000.
    [
      'a buy above it',
      buy({ quantity: quantity(70) }),
      {},
      { code: 'instrumentAmountExceedsMax', amount: krw(5_005_000), max: krw(5_000_000) },
    ],
    // 3,000,000 held and 28 × 71,500 = 2,002,000 more.
    [
      'a buy by hand on top of a holding',
      buy({ purpose: { to: 'enter' }, quantity: quantity(28) }),
      holding(held(ID, 40, 3_000_000)),
      { code: 'instrumentAmountExceedsMax', amount: krw(5_002_000), max: krw(5_000_000) },
    ],
    // A market buy counts at the best offer: 69 × 71,600 = 4,940,400; 70 would be 5,012,000.
    ['a market buy within it', marketBuy({ quantity: quantity(69) }), {}, undefined],
    [
      'a market buy above it',
      marketBuy({ quantity: quantity(70) }),
      {},
      { code: 'instrumentAmountExceedsMax', amount: krw(5_012_000), max: krw(5_000_000) },
    ],
    [
      'an amend within it, the old order aside',
      buy({ quantity: quantity(69), replaces: orderId('20261120-000007') }),
      { openOrders: [order({ quantity: quantity(69) })] },
      undefined,
    ],
    [
      'a sale of any amount',
      sell({ quantity: quantity(900) }),
      { ...EXITING, sellable: quantity(900) },
      undefined,
    ],
  ],
  'amount per day': [
    // 49,300,000 + 715,000.
    [
      'a buy above it',
      buy(),
      { buyAmountToday: krw(49_300_000) },
      { code: 'dayAmountExceedsMax', amount: krw(50_015_000), max: krw(50_000_000) },
    ],
    ['a buy that fills it', buy(), { buyAmountToday: krw(49_285_000) }, undefined],
    // Ten shares from 71,500 to 71,600 add 1,000.
    [
      'an amend that adds too much',
      buy({ limit: price(71_600), replaces: orderId('20261120-000007') }),
      { buyAmountToday: krw(49_999_500), openOrders: [order()] },
      { code: 'dayAmountExceedsMax', amount: krw(50_000_500), max: krw(50_000_000) },
    ],
    [
      'an amend to a lower price when all is used',
      buy({ limit: price(71_400), replaces: orderId('20261120-000007') }),
      { buyAmountToday: krw(50_000_000), openOrders: [order()] },
      undefined,
    ],
    [
      'the rest of an order counted before',
      buy({ continues: orderId('20261120-000007') }),
      { buyAmountToday: krw(50_000_000) },
      undefined,
    ],
    ['a sale', sell(), { ...EXITING, buyAmountToday: krw(90_000_000) }, undefined],
  ],
  'buying power': [
    // 715,000 and 0.015 % = 107.25, rounded up to 110.
    [
      'a limit buy one won short',
      buy(),
      { buyingPower: krw(715_109) },
      { code: 'buyingPowerShort', needed: krw(715_110), available: krw(715_109) },
    ],
    ['a limit buy just covered', buy(), { buyingPower: krw(715_110) }, undefined],
    // A market buy is held at the upper limit: 10 × 92,900 = 929,000 and 139.35 → 140.
    [
      'a market buy one won short of the upper limit',
      marketBuy(),
      { buyingPower: krw(929_139) },
      { code: 'buyingPowerShort', needed: krw(929_140), available: krw(929_139) },
    ],
    ['a market buy just covered', marketBuy(), { buyingPower: krw(929_140) }, undefined],
    // The amended order frees 715,110; at 71,600 it needs 716,000 + 107.4 → 110.
    [
      'an amend that frees too little',
      buy({ limit: price(71_600), replaces: orderId('20261120-000007') }),
      { buyingPower: krw(999), openOrders: [order()] },
      { code: 'buyingPowerShort', needed: krw(716_110), available: krw(716_109) },
    ],
    [
      'an amend paid by what it frees',
      buy({ limit: price(71_600), replaces: orderId('20261120-000007') }),
      { buyingPower: krw(1_000), openOrders: [order()] },
      undefined,
    ],
    ['a sale without any', sell(), { ...EXITING, buyingPower: krw(-5) }, undefined],
  ],
}

describe.each(Object.entries(RULES))('%s', (_, rows) => {
  const denying = rows.filter(([, , , denial]) => denial !== undefined)
  const passing = rows.filter(([, , , denial]) => denial === undefined)

  it.each(denying)('denies %s', (_, intent, view, denial) => {
    expect(review(intent, { ...RISK, ...view })).toEqual({ ok: false, error: denial })
  })

  it.each(passing)('allows %s', (_, intent, view) => {
    expect(review(intent, { ...RISK, ...view })).toEqual({
      ok: true,
      value: { ...intent, id: '20261120-000042' },
    })
  })

  it('has rows on both sides', () => {
    expect(denying.length).toBeGreaterThan(0)
    expect(passing.length).toBeGreaterThan(0)
  })
})

describe('the order of the rules', () => {
  const everything: Partial<RiskView> = {
    halt: 'halted',
    buyingPaused: true,
    accountKnown: false,
    view: undefined,
    ordersToday: 100,
  }

  it('names the most general reason first', () => {
    const codes = [
      everything,
      { ...everything, halt: 'active' as const },
      { ...everything, halt: 'active' as const, buyingPaused: false },
      { ...everything, halt: 'active' as const, buyingPaused: false, accountKnown: true },
      { view: undefined },
    ].map((view) => {
      const reviewed = review(buy(), { ...RISK, ...view })
      return reviewed.ok ? undefined : reviewed.error.code
    })
    expect(codes).toEqual([
      'tradingHalted',
      'buyingPaused',
      'accountUnknown',
      'dayOrdersExceedMax',
      'instrumentUnknown',
    ])
  })

  it('answers what needs no price before the instrument is described', () => {
    const reviewed = review(buy(), {
      ...RISK,
      view: undefined,
      lastSale: SOLD,
      ...limits({ rebuy: { notToday: true, notAfterLoss: false } }),
    })
    expect(reviewed).toEqual({ ok: false, error: { code: 'rebuyToday', soldAt: SOLD.at } })
  })
})
