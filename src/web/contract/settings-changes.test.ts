import { describe, expect, it } from 'vitest'
import { changesOf, lowersRisk, raisesRisk, type SettingsValues } from './settings-changes.ts'

const BUY = {
  ...{ condition: '급등', enabled: true, window: { from: '09:03', to: '11:00' }, amount_krw: 1_000_000 },
  ...{ order: 'market', priority: 10, cooldown_sec: 60, cancel_on_leave: true },
}
const PLAY = {
  ...{
    name: '교차',
    use: 'ema-cross',
    params: { fast: 5 },
    symbols: ['005930'],
    interval: '5m',
    enabled: true,
  },
  ...{ window: { from: '09:00', to: '15:20' }, amount_krw: 1_000_000, order: 'market', exit_order: 'market' },
  ...{ priority: 0, cooldown_sec: 0 },
}
const SELL = { condition: '급락', enabled: true, window: { from: '09:00', to: '15:20' }, order: 'market' }

const SETTINGS: SettingsValues = {
  broker: { name: 'kiwoom', environment: 'paper', appkey: 'env:A', secretkey: 'env:B' },
  buy: [BUY],
  sell: [SELL],
  strategies: [PLAY],
  exits: {
    ...{ stop_loss_pct: 3, take_profit_pct: 6, trailing: [{ activate_pct: 2, give_back_pct: 1.5 }] },
    ...{ end_of_day: '15:10', order: 'market', protective_order: 'market', at_broker: false },
  },
  unfilled: { buy: { after_sec: 30, then: 'cancel' }, sell: { after_sec: 10, then: 'market' } },
  limits: {
    ...{ max_positions: 5, max_orders_per_day: 300, max_buy_amount_per_day_krw: 10_000_000 },
    ...{ max_amount_per_instrument_krw: 2_000_000, max_orders_per_second: 4, max_loss_per_day_krw: 300_000 },
    rebuy: { not_today: false, wait_min: 30, not_after_loss: false },
    forbid: { designated: true, upper_limit: true, in_vi: false },
    max_quote_age_sec: 10,
  },
  hours: { from: '09:00', to: '15:20' },
  orders: { route: 'krx', hours: 'regular', extended_entries: false },
  excluded: ['005930'],
  deadman: true,
}

/** The same settings with one value changed; `undefined` takes it out. */
function withValue(path: string, value: unknown): SettingsValues {
  const copy = structuredClone(SETTINGS) as Record<string, unknown>
  const parts = path.split('.')
  let here = copy
  for (const part of parts.slice(0, -1)) here = here[part] as Record<string, unknown>
  if (value === undefined) delete here[parts.at(-1) ?? '']
  else here[parts.at(-1) ?? ''] = value
  return copy
}

/** What raises, and the other way round lowers: a path, the careful value, the bold one. */
const RAISING: readonly (readonly [path: string, careful: unknown, bold: unknown])[] = [
  ['limits.max_positions', 5, 6],
  ['limits.max_orders_per_day', 300, 301],
  ['limits.max_orders_per_second', 4, 5],
  ['limits.max_buy_amount_per_day_krw', 10_000_000, 10_000_001],
  ['limits.max_amount_per_instrument_krw', 2_000_000, 3_000_000],
  ['limits.max_loss_per_day_krw', 300_000, 400_000],
  ['limits.max_loss_per_day_krw', 300_000, undefined],
  ['limits.rebuy.not_after_loss', true, false],
  ['limits.rebuy.wait_min', 30, 20],
  ['limits.rebuy.wait_min', 30, undefined],
  ['limits.forbid.designated', true, false],
  ['limits.forbid.upper_limit', true, false],
  ['limits.forbid.in_vi', true, false],
  ['limits.max_quote_age_sec', 10, 11],
  ['exits.stop_loss_pct', 3, 5],
  ['exits.stop_loss_pct', 3, undefined],
  ['exits.trailing', [{ activate_pct: 2, give_back_pct: 1.5 }], []],
  ['exits.trailing.0.give_back_pct', 1.5, 2],
  ['exits.trailing.0.activate_pct', 2, 3],
  ['exits.atr', { period: 14, multiple: 2 }, { period: 14, multiple: 3 }],
  ['exits.max_hold_min', 60, undefined],
  ['exits.end_of_day', '15:10', '15:15'],
  ['exits.end_of_day', '15:10', undefined],
  ['exits.protective_order', 'market', 'last-2'],
  ['exits.at_broker', true, false],
  ['unfilled.sell.after_sec', 10, 60],
  ['unfilled.sell.then', 'market', 'cancel'],
  ['hours.from', '09:00', '08:30'],
  ['hours.to', '15:20', '15:20:30'],
  ['orders.extended_entries', false, true],
  ['excluded', ['005930', '000660'], ['005930']],
  ['deadman', true, false],
  ['buy', [], [BUY]],
  ['buy.0.enabled', false, true],
  ['buy.0.amount_krw', 1_000_000, 1_100_000],
  ['buy.0.window.from', '09:03', '09:00'],
  ['buy.0.window.to', '11:00', '12:00'],
  ['buy.0.cooldown_sec', 60, 0],
  ['buy.0.cancel_on_leave', true, false],
  ['sell', [SELL], []],
  ['sell.0.enabled', true, false],
  ['sell.0.window.to', '15:20', '12:00'],
  ['strategies', [], [PLAY]],
  ['strategies.0.enabled', false, true],
  ['strategies.0.symbols', ['005930'], ['005930', '000660']],
  ['strategies.0.amount_krw', 1_000_000, 2_000_000],
]

describe('the risk of a change', () => {
  for (const [path, careful, bold] of RAISING)
    it(`rises with ${path} from ${JSON.stringify(careful)} to ${JSON.stringify(bold)}, and falls the other way`, () => {
      const [low, high] = [withValue(path, careful), withValue(path, bold)]
      expect([raisesRisk(low, high), lowersRisk(low, high)]).toEqual([true, false])
      expect([raisesRisk(high, low), lowersRisk(high, low)]).toEqual([false, true])
    })

  it.each([
    ['strategies.0.params', { fast: 6 }],
    ['strategies.0.use', 'macd-trend'],
    ['strategies.0.interval', '10m'],
    ['strategies.0.symbols', ['000660']],
    ['strategies.0.name', '다른 이름'],
    ['buy.0.condition', '신고가'],
    ['excluded', ['000660']],
    ['broker.environment', 'simulated'],
    ['something_new', 1],
  ])('is taken to rise with %s, whatever its new value', (path, value) => {
    expect(raisesRisk(SETTINGS, withValue(path, value))).toBe(true)
    expect(raisesRisk(withValue(path, value), SETTINGS)).toBe(true)
  })

  it.each([
    ['exits.take_profit_pct', 8],
    ['exits.order', 'last'],
    ['buy.0.priority', 3],
    ['orders.route', 'nxt'],
  ])('neither rises nor falls with %s', (path, value) => {
    const after = withValue(path, value)
    expect([raisesRisk(SETTINGS, after), lowersRisk(SETTINGS, after)]).toEqual([false, false])
  })

  it('rises when one of several changes does, however much the others lower', () => {
    const before = withValue('limits.max_positions', 9)
    const after = withValue('exits.stop_loss_pct', 4)
    expect([raisesRisk(before, after), lowersRisk(before, after)]).toEqual([true, false])
  })

  it('does not rise with what a rule that is switched off would do', () => {
    const off = (amount: number) => withValue('buy', [{ ...BUY, enabled: false, amount_krw: amount }])
    expect(raisesRisk(off(1_000_000), off(9_000_000))).toBe(false)
    expect(lowersRisk(off(1_000_000), off(900_000))).toBe(false)
  })

  it('falls when “not today” takes the place of a wait', () => {
    const after = withValue('limits.rebuy', { not_today: true, not_after_loss: false })
    expect(raisesRisk(SETTINGS, after)).toBe(false)
  })

  it('does not depend on the order of rules', () => {
    const other = { ...BUY, condition: '신고가' }
    expect(changesOf(withValue('buy', [BUY, other]), withValue('buy', [other, BUY]))).toEqual([])
  })
})

describe('a difference in words', () => {
  const words = (path: string, value: unknown) =>
    changesOf(SETTINGS, withValue(path, value)).map(({ ko, en }) => [ko, en])

  it.each([
    ['exits.stop_loss_pct', 5, '손절 3% → 5%', 'Stop-loss 3% → 5%'],
    ['exits.stop_loss_pct', undefined, '손절 3% → 쓰지 않음', 'Stop-loss 3% → not used'],
    ['limits.max_positions', 8, '동시 보유 5종목 → 8종목', 'Positions at once 5 names → 8 names'],
    [
      'limits.max_loss_per_day_krw',
      undefined,
      '하루 손실 300,000원 → 한도 없음',
      'Loss in a day 300,000 won → no limit',
    ],
    [
      'exits.trailing.0.give_back_pct',
      2,
      '트레일링 1단계 · 고점에서 하락 1.5% → 2%',
      'trailing stage 1 · Fall from the high 1.5% → 2%',
    ],
    [
      'buy.0.order',
      'ask-1',
      '매수 조건 "급등" · 주문 방식 시장가 → 매도호가 −1틱',
      'buy condition "급등" · Order market → ask −1 ticks',
    ],
    [
      'unfilled.sell.then',
      'cancel',
      '미체결 매도 · 그다음 시장가로 바꿈 → 취소',
      'unfilled sale · Then turn into a market order → cancel',
    ],
    ['strategies', [], '전략 삭제: "교차" · 1,000,000원', 'strategy removed: "교차" · 1,000,000 won'],
    ['excluded', [], '제외 종목 005930 → 없음', 'Excluded names 005930 → none'],
  ])('%s', (path, value, ko, en) => {
    expect(words(path, value)).toEqual([[ko, en]])
  })
})
