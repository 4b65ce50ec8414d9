import { conditionId } from '../../src/model/ids.ts'
import { krw } from '../../src/model/money.ts'
import type { BuyRule, OrderStyle, SellRule, TradingSettings } from '../../src/model/settings.ts'
import { timeOfDay } from '../../src/model/time.ts'
import type { ConditionRule } from '../../src/simulators/kiwoom/conditions/rules.ts'

type Reading = Parameters<ConditionRule['enters']>[0]

const change = (reading: Reading, seconds: number): number => {
  const before = reading.priceAgo(seconds)
  return before === 0 ? 0 : reading.price / before - 1
}

const rule = (
  seq: string,
  name: string,
  enters: (reading: Reading) => boolean,
  stays: (reading: Reading) => boolean,
): ConditionRule => ({ seq, name, enters, stays })

/** Searches that find something every few seconds even among few instruments. */
export const LIVELY_CONDITIONS: readonly ConditionRule[] = [
  rule(
    '0',
    '30초상승',
    (r) => change(r, 30) >= 0.002,
    (r) => change(r, 30) >= 0.0005,
  ),
  rule(
    '1',
    '10초하락',
    (r) => change(r, 10) <= -0.001,
    (r) => change(r, 10) <= 0,
  ),
  rule(
    '2',
    '1분상승',
    (r) => change(r, 60) >= 0.004,
    (r) => change(r, 60) >= 0.001,
  ),
  rule(
    '3',
    '1분하락',
    (r) => change(r, 60) <= -0.006,
    (r) => change(r, 60) <= -0.001,
  ),
]

const MARKET: OrderStyle = { kind: 'market' }
const ALL_DAY = { from: timeOfDay('09:00'), to: timeOfDay('15:20') }

const buy = (id: string, order: OrderStyle, more: Partial<BuyRule> = {}): BuyRule => ({
  condition: conditionId(id),
  name: id,
  enabled: true,
  window: ALL_DAY,
  amount: { kind: 'krw', krw: krw(3_000_000) },
  order,
  priority: 5,
  cooldownMs: 10_000,
  cancelOnLeave: false,
  ...more,
})

const sell = (id: string): SellRule => ({
  condition: conditionId(id),
  name: id,
  enabled: true,
  window: ALL_DAY,
  order: { kind: 'limit', from: 'bid', ticks: 0 },
})

export const STOP_LOSS_RATIO = 0.006

/** Tight exits and short patience: every way an order can go is gone within minutes. */
export const livelySettings = (): TradingSettings => ({
  buys: [
    buy('30초상승', MARKET, { priority: 9 }),
    buy('10초하락', { kind: 'limit', from: 'bid', ticks: 0 }, { cancelOnLeave: true }),
    buy('1분상승', { kind: 'limit', from: 'ask', ticks: 1 }),
  ],
  sells: [sell('1분하락')],
  exits: {
    stopLossRatio: STOP_LOSS_RATIO,
    takeProfitRatio: 0.008,
    trailing: [{ activateRatio: 0.004, giveBackRatio: 0.003 }],
    maxHoldMs: 60_000,
    order: { kind: 'limit', from: 'ask', ticks: 0 },
    protectiveOrder: MARKET,
  },
  unfilled: {
    buy: { afterMs: 6_000, then: 'reprice', times: 1, finally: 'cancel' },
    sell: { afterMs: 5_000, then: 'market', times: 0, finally: 'market' },
  },
  limits: {
    maxPositions: 6,
    maxOrdersPerDay: 2_000,
    maxBuyAmountPerDay: krw(2_000_000_000),
    maxAmountPerInstrument: krw(4_000_000),
    maxOrdersPerSecond: 5,
    rebuy: { notToday: false, blockMs: 5_000, notAfterLoss: false },
    forbid: { designated: true, upperLimit: true, inVi: true },
    maxQuoteAgeMs: 30_000,
  },
  hours: ALL_DAY,
  excluded: [],
})
