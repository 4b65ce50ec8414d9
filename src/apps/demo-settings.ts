import { conditionId } from '../model/ids.ts'
import { krw } from '../model/money.ts'
import type { BuyRule, OrderStyle, SellRule, TradingSettings } from '../model/settings.ts'
import { timeOfDay } from '../model/time.ts'

/** The key pair of the simulated account. It opens nothing but a simulator on this machine. */
export const DEMO_KEY = { appKey: 'demo-app-key', secretKey: 'demo-secret-key' } as const

/** The cash of the simulated account. */
export const DEMO_CASH = krw(50_000_000)

const MARKET: OrderStyle = { kind: 'market' }
const limit = (from: 'last' | 'bid' | 'ask', ticks: number): OrderStyle => ({ kind: 'limit', from, ticks })

/** A rule is named as the user would name it: by the condition's name. */
const buy = (name: string, rule: Partial<BuyRule> & Pick<BuyRule, 'amount' | 'order'>): BuyRule => ({
  condition: conditionId(name),
  name,
  enabled: true,
  window: { from: timeOfDay('09:00'), to: timeOfDay('15:00') },
  priority: 5,
  cooldownMs: 120_000,
  cancelOnLeave: false,
  ...rule,
})

const sell = (name: string): SellRule => ({
  condition: conditionId(name),
  name,
  enabled: true,
  window: { from: timeOfDay('09:00'), to: timeOfDay('15:20') },
  order: MARKET,
})

const won = (amount: number) => ({ kind: 'krw', krw: krw(amount) }) as const

/**
 * A lively day: eight buy conditions that differ in amount, price and window, two sell conditions, and every kind of
 * exit. Made to show what the platform does, not to earn money.
 */
export const demoSettings = (): TradingSettings => ({
  buys: [
    buy('거래량급증', { amount: won(2_000_000), order: MARKET, priority: 10 }),
    buy('당일신고가돌파', { amount: won(3_000_000), order: limit('ask', 1), priority: 9 }),
    buy('갭상승유지', {
      amount: won(2_500_000),
      order: limit('last', 0),
      window: { from: timeOfDay('09:00'), to: timeOfDay('10:00') },
    }),
    buy('5분등락률상승', {
      amount: { kind: 'equityRatio', ratio: 0.05 },
      order: limit('last', 2),
      priority: 8,
    }),
    buy('20분이평상향돌파', { amount: won(1_500_000), order: limit('bid', 0), cancelOnLeave: true }),
    buy('체결강도강세', { amount: won(2_000_000), order: limit('last', -1), priority: 6 }),
    buy('급등주(+5%이상)', { amount: won(1_800_000), order: limit('ask', 0), priority: 7 }),
    buy('저가대비반등', {
      amount: won(1_200_000),
      order: limit('bid', -1),
      cancelOnLeave: true,
      priority: 3,
    }),
  ],
  sells: [sell('5분등락률급락'), sell('이평데드크로스')],
  exits: {
    stopLossRatio: 0.02,
    takeProfitRatio: 0.03,
    trailing: [
      { activateRatio: 0.015, giveBackRatio: 0.01 },
      { activateRatio: 0.025, giveBackRatio: 0.006 },
    ],
    maxHoldMs: 12 * 60_000,
    endOfDay: timeOfDay('15:10'),
    order: limit('bid', 0),
    protectiveOrder: MARKET,
  },
  unfilled: {
    buy: { afterMs: 30_000, then: 'reprice', times: 2, finally: 'cancel' },
    sell: { afterMs: 15_000, then: 'market', times: 0, finally: 'market' },
  },
  limits: {
    maxPositions: 15,
    maxOrdersPerDay: 2_000,
    maxBuyAmountPerDay: krw(2_000_000_000),
    maxAmountPerInstrument: krw(4_000_000),
    maxOrdersPerSecond: 5,
    maxLossPerDay: krw(10_000_000),
    rebuy: { notToday: false, blockMs: 10 * 60_000, notAfterLoss: false },
    forbid: { designated: true, upperLimit: true, inVi: true },
    maxQuoteAgeMs: 30_000,
  },
  hours: { from: timeOfDay('09:00'), to: timeOfDay('15:20') },
  excluded: [],
})
