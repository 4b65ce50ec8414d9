import { resolve } from 'node:path'
import { conditionId, instrumentId } from '../../model/ids.ts'
import { krw } from '../../model/money.ts'
import type {
  BuyRule,
  ExitSettings,
  Limits,
  OrderRouting,
  OrderStyle,
  SellRule,
  StrategyPlay,
  StrategyRule,
  TradingSettings,
  UnfilledRule,
  Window,
} from '../../model/settings.ts'
import { timeOfDay } from '../../model/time.ts'
import { isStrategyFile } from '../backtest/choose-strategy.ts'
import { corporateAction } from './corporate-actions.ts'
import type { ConfigFile } from './schema.ts'

/** 2.5 % → 0.025 without the dust of a binary division (2.9 / 100 is 0.028999…). */
const ratio = (percent: number): number => Number((percent / 100).toPrecision(12))

const window = (text: { readonly from: string; readonly to: string }): Window => ({
  from: timeOfDay(text.from),
  to: timeOfDay(text.to),
})

const BY_VENUE = ['market', 'best', 'priority', 'mid'] as const

/** `market`, `best`, `ask`, `last-2` → an order style. */
export function orderStyle(text: string): OrderStyle {
  const kind = BY_VENUE.find((each) => each === text)
  if (kind) return { kind }
  if (text === 'conditional') return { kind: 'conditional', from: 'last', ticks: 0 }
  const match = /^(last|bid|ask)([+-]\d+)?$/.exec(text)
  if (!match) return { kind: 'market' }
  return { kind: 'limit', from: match[1] as 'last' | 'bid' | 'ask', ticks: Number(match[2] ?? 0) }
}

/** What conditions and strategies say alike of a buy. */
const entryOf = (
  rule: Pick<
    ConfigFile['buy'][number],
    'enabled' | 'window' | 'amount_krw' | 'amount_pct' | 'order' | 'priority' | 'cooldown_sec'
  >,
) => ({
  enabled: rule.enabled,
  window: window(rule.window),
  amount:
    rule.amount_pct === undefined
      ? ({ kind: 'krw', krw: krw(rule.amount_krw ?? 0) } as const)
      : ({ kind: 'equityRatio', ratio: ratio(rule.amount_pct) } as const),
  order: orderStyle(rule.order),
  priority: rule.priority,
  cooldownMs: rule.cooldown_sec * 1000,
})

const buyRule = (rule: ConfigFile['buy'][number]): BuyRule => ({
  ...entryOf(rule),
  condition: conditionId(rule.condition),
  name: rule.condition,
  cancelOnLeave: rule.cancel_on_leave,
})

export const strategyPlay = (rule: ConfigFile['strategies'][number]): StrategyPlay => ({
  strategy: strategyNamed(rule),
  parameters: Object.fromEntries(Object.entries(rule.params).map(([key, value]) => [key, parameter(value)])),
  instruments: rule.symbols.map(instrumentId),
  interval: rule.interval,
})

function strategyNamed({
  use,
  entry = '',
  exit,
}: ConfigFile['strategies'][number]): StrategyPlay['strategy'] {
  if (use === undefined) return { entry, ...(exit !== undefined && { exit }) }
  return isStrategyFile(use) ? { file: resolve(use) } : { id: use }
}

/** `30%` is 0.3. */
const parameter = (value: number | boolean | string): number | boolean | string =>
  typeof value === 'string' && /^-?\d+(\.\d+)?%$/.test(value) ? ratio(Number(value.slice(0, -1))) : value

const strategyRule = (rule: ConfigFile['strategies'][number]): StrategyRule => ({
  ...entryOf(rule),
  condition: conditionId(rule.name),
  name: rule.name,
  cancelOnLeave: false,
  exitOrder: orderStyle(rule.exit_order),
  plays: strategyPlay(rule),
})

const sellRule = (rule: ConfigFile['sell'][number]): SellRule => ({
  condition: conditionId(rule.condition),
  name: rule.condition,
  enabled: rule.enabled,
  window: window(rule.window),
  order: orderStyle(rule.order),
})

const exitSettings = (exits: ConfigFile['exits']): ExitSettings => ({
  ...(exits.stop_loss_pct !== undefined && { stopLossRatio: ratio(exits.stop_loss_pct) }),
  ...(exits.take_profit_pct !== undefined && { takeProfitRatio: ratio(exits.take_profit_pct) }),
  trailing: exits.trailing.map((stage) => ({
    activateRatio: ratio(stage.activate_pct),
    giveBackRatio: ratio(stage.give_back_pct),
  })),
  ...(exits.atr !== undefined && { atr: exits.atr }),
  ...(exits.max_hold_min !== undefined && { maxHoldMs: Math.round(exits.max_hold_min * 60_000) }),
  ...(exits.end_of_day !== undefined && { endOfDay: timeOfDay(exits.end_of_day) }),
  order: orderStyle(exits.order),
  protectiveOrder: orderStyle(exits.protective_order),
  ...(exits.at_broker && { atBroker: true }),
})

const ROUTES = { krx: 'KRX', nxt: 'NXT', sor: 'SOR' } as const

export const orderRouting = (orders: ConfigFile['orders']): OrderRouting => ({
  route: ROUTES[orders.route],
  hours: orders.hours,
  extendedEntries: orders.extended_entries,
})

const unfilledRule = (rule: ConfigFile['unfilled']['buy']): UnfilledRule => ({
  afterMs: rule.after_sec * 1000,
  then: rule.then,
  times: rule.then === 'reprice' ? (rule.times ?? 3) : 0,
  finally: rule.finally ?? 'cancel',
})

const limits = (file: ConfigFile['limits']): Limits => ({
  maxPositions: file.max_positions,
  maxOrdersPerDay: file.max_orders_per_day,
  maxBuyAmountPerDay: krw(file.max_buy_amount_per_day_krw),
  maxAmountPerInstrument: krw(file.max_amount_per_instrument_krw),
  maxOrdersPerSecond: file.max_orders_per_second,
  ...(file.max_loss_per_day_krw !== undefined && { maxLossPerDay: krw(file.max_loss_per_day_krw) }),
  rebuy: {
    notToday: file.rebuy.not_today,
    ...(file.rebuy.wait_min !== undefined && { blockMs: Math.round(file.rebuy.wait_min * 60_000) }),
    notAfterLoss: file.rebuy.not_after_loss,
  },
  forbid: {
    designated: file.forbid.designated,
    upperLimit: file.forbid.upper_limit,
    inVi: file.forbid.in_vi,
  },
  maxQuoteAgeMs: file.max_quote_age_sec * 1000,
})

/**
 * The file's words as the trader's settings: ratios, milliseconds and won. The `condition` of a rule is still what the
 * user wrote (a name or a number); `resolveConditions` replaces it by the broker's number.
 */
export const tradingSettings = (file: ConfigFile): TradingSettings => ({
  buys: file.buy.map(buyRule),
  sells: file.sell.map(sellRule),
  ...(file.strategies.length > 0 && { strategies: file.strategies.map(strategyRule) }),
  exits: exitSettings(file.exits),
  unfilled: { buy: unfilledRule(file.unfilled.buy), sell: unfilledRule(file.unfilled.sell) },
  limits: limits(file.limits),
  hours: window(file.hours),
  orders: orderRouting(file.orders),
  excluded: file.excluded.map(instrumentId),
  ...(file.corporate_actions.length > 0 && {
    corporateActions: file.corporate_actions.map(corporateAction),
  }),
})
