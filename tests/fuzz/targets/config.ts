import { type Config, parseConfig } from '../../../src/apps/config/parse.ts'
import { configTemplate } from '../../../src/apps/config/template.ts'
import type { OrderStyle, UnfilledRule, Window } from '../../../src/model/settings.ts'
import { yamlSample } from '../mutate.ts'
import { type Target, wrong } from '../target.ts'

/** The bounds of `docs/configuration.md`, written a second time and without a look at the schema. */
function configFault({ broker, settings, journalFolder }: Config): string | undefined {
  const { buys, sells, exits, unfilled, limits, hours, excluded } = settings
  const { rebuy } = limits
  const optional = (value: number | undefined, holds: (value: number) => boolean) =>
    value === undefined || holds(value)
  const rules: readonly (readonly [string, boolean])[] = [
    ['environment', ['simulated', 'paper'].includes(broker.environment)],
    ['a key', [broker.appKey, broker.secretKey].every((key) => /^(env|secret):[\w.-]+$/.test(key))],
    ['journal', journalFolder.length > 0],
    ['buys', buys.length <= 20 && sells.length <= 20],
    ['a window', [hours, ...buys.map(windowOf), ...sells.map(windowOf)].every(isWindow)],
    ['a style', [exits.order, exits.protectiveOrder, ...[...buys, ...sells].map(styleOf)].every(isStyle)],
    [
      'a condition',
      [...buys, ...sells].every(({ condition, name }) => condition.length > 0 && name.length > 0),
    ],
    [
      'an amount',
      buys.every(({ amount }) => (amount.kind === 'krw' ? isWon(amount.krw) : isRatio(amount.ratio, 1))),
    ],
    ['a priority', buys.every(({ priority }) => isWhole(priority, 0, 1_000))],
    ['a cool-down', buys.every(({ cooldownMs }) => isBetween(cooldownMs, 0, 86_400_000))],
    ['stop loss', optional(exits.stopLossRatio, (ratio) => isRatio(ratio, 0.3))],
    ['take profit', optional(exits.takeProfitRatio, (ratio) => isRatio(ratio, 3))],
    ['trailing', exits.trailing.length <= 10],
    [
      'a stage',
      exits.trailing.every((stage) => isRatio(stage.activateRatio, 3) && isRatio(stage.giveBackRatio, 1)),
    ],
    [
      'atr',
      exits.atr === undefined ||
        (isWhole(exits.atr.period, 2, 100) && isBetween(exits.atr.multiple, 0.5, 20)),
    ],
    ['holding time', optional(exits.maxHoldMs, (ms) => isWhole(ms, 60_000, 600_000_000))],
    ['end of day', optional(exits.endOfDay, isTime)],
    ['unfilled', [unfilled.buy, unfilled.sell].every(isUnfilledRule)],
    ['positions', isWhole(limits.maxPositions, 1, 90)],
    ['orders a day', isWhole(limits.maxOrdersPerDay, 1, 10_000)],
    ['orders a second', isWhole(limits.maxOrdersPerSecond, 1, 20)],
    ['amounts', isWon(limits.maxBuyAmountPerDay) && isWon(limits.maxAmountPerInstrument)],
    ['loss', optional(limits.maxLossPerDay, isWon)],
    ['re-buy', optional(rebuy.blockMs, (ms) => isWhole(ms, 60_000, 600_000_000))],
    ['quote age', isBetween(limits.maxQuoteAgeMs, 1_000, 600_000)],
    ['excluded', excluded.length <= 1_000 && excluded.every((code) => /^[0-9][0-9A-Z]{5}$/.test(code))],
  ]
  for (const [what, holds] of rules) if (!holds) return `${what} is out of bounds in an accepted config`
  return undefined
}

const windowOf = (rule: { readonly window: Window }) => rule.window
const styleOf = (rule: { readonly order: OrderStyle }) => rule.order
const isBetween = (value: number, least: number, most: number) => value >= least && value <= most
const isWhole = (value: number, least: number, most: number) =>
  Number.isSafeInteger(value) && isBetween(value, least, most)
const isWon = (value: number) => isWhole(value, 10_000, Number.MAX_SAFE_INTEGER)
const isRatio = (value: number, most: number) => isBetween(value, 0.001, most)
const isTime = (value: number) => isWhole(value, 0, 86_399_999)
const isWindow = ({ from, to }: Window) => isTime(from) && isTime(to) && from < to
const isStyle = (style: OrderStyle) => !('ticks' in style) || isWhole(style.ticks, -999, 999)
const isUnfilledRule = ({ afterMs, times }: UnfilledRule) =>
  isBetween(afterMs, 1_000, 3_600_000) && isWhole(times, 0, 20)

/** What YAML can do beside what people write: anchors, aliases, merges, tags, dates, several documents. */
const ODD_YAML = `broker: &b
  name: kiwoom
  environment: simulated
  appkey: env:A
  secretkey: env:B
buy:
  - &r { condition: "거래량 급증", amount_krw: 1_000_000, window: { from: 09:03, to: "15:00" } }
  - { <<: *r, priority: 0x0A, amount_krw: 1.5e6, cooldown_sec: .inf }
  - { condition: !!str 3, amount_pct: 5, order: bid-2 }
exits: { stop_loss_pct: 2.5, trailing: [ { activate_pct: 2, give_back_pct: 1 } ], end_of_day: !!timestamp 2026-11-20 }
limits: { max_positions: 1e1, rebuy: { not_today: yes, wait_min: 30 } }
excluded: [ "005930", 000660, !!binary aGVsbG8= ]
`
const BOMB = `a: &a [x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]
e: [*d, *d, *d, *d, *d, *d, *d, *d, *d]
`
const SMALL = `broker: { name: kiwoom, environment: paper, appkey: env:A, secretkey: secret:b.c }
buy: [ { condition: "3", amount_krw: 1000000, order: last+1 } ]
sell: [ { condition: x, window: { from: "09:00:30", to: "15:19:30" } } ]
limits: { max_loss_per_day_krw: 300000 }
`
const LOOP = 'broker: &b { name: *b, environment: [*b, *b] }\n'

export const CONFIG_TARGETS: readonly Target[] = [
  {
    name: 'config',
    corpus: () =>
      [SMALL, SMALL, SMALL, SMALL, ODD_YAML, ODD_YAML, BOMB, LOOP, configTemplate('paper')].map(yamlSample),
    open: () => (input) => {
      const parsed = parseConfig(input)
      if (parsed.ok) {
        const fault = configFault(parsed.value)
        return fault === undefined ? 'accepted' : wrong(fault)
      }
      if (parsed.error.length === 0) return wrong('refused without a reason')
      const unsaid = parsed.error.find(({ ko, en, line }) => ko === '' || en === '' || !(line >= 1))
      return unsaid ? wrong(`a finding without a place or a sentence: ${JSON.stringify(unsaid)}`) : 'refused'
    },
  },
]
