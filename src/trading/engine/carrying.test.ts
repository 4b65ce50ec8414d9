import { describe, expect, it } from 'vitest'
import { nextTradingDay } from '../../model/calendar.ts'
import type { CorporateAction } from '../../model/corporate-action.ts'
import { instrumentId } from '../../model/ids.ts'
import { krw, quantity } from '../../model/money.ts'
import { DAY_MS, type TradingDay } from '../../model/time.ts'
import type { Effect } from './effects.ts'
import type { Carried } from './events.ts'
import { DAY, type Morning, morning, placed, settings } from './testing/morning.ts'

const CODE = '000001'
const ID = instrumentId(CODE)
const EXITS = {
  ...settings().exits,
  trailing: [{ activateRatio: 0.01, giveBackRatio: 0.02 }],
}

const split = (into: number, from = DAY): CorporateAction => ({ instrument: ID, from, kind: 'split', into })

const told = (effects: readonly Effect[]): string[] =>
  effects.flatMap((effect) => (effect.do === 'tell' ? [effect.happening.en] : []))

/** Yesterday: 99 shares at 10,000, which went to 10,400. */
const yesterday = (): Carried[] => {
  const day = morning(settings({ exits: EXITS }))
    .cash(50_000_000)
    .at('09:01')
  day.hold(CODE, 10_000)
  day.trade(CODE, 10_400)
  return day.trader.carried().map((each) => ({ ...each, day: DAY }))
}

/** The day after, which knows of these actions. */
function nextMorning(actions: readonly CorporateAction[], carried = yesterday()): Morning {
  const day = morning()
  const opened = day.events[0]
  if (opened?.kind !== 'opened') throw new Error('a morning begins with its opening')
  const given = settings({ exits: EXITS, corporateActions: actions })
  day.trader.on({ ...opened, settings: given, carried })
  day.feed({ kind: 'feed', state: 'live', detail: '' })
  return day
}

const holds = (day: Morning, shares: number, cost: number) =>
  day.feed({
    kind: 'account',
    cash: krw(1_000_000),
    buyingPower: krw(1_000_000),
    holdings: [
      {
        instrument: ID,
        name: '',
        quantity: quantity(shares),
        sellable: quantity(shares),
        cost: krw(cost),
      },
    ],
  })

const positions = (day: Morning) => day.trader.view('').positions

describe('a split over night', () => {
  it('that was announced keeps position, cost and trailing stop, in the new terms', () => {
    const tomorrow = split(5)
    const day = nextMorning(
      [tomorrow],
      yesterday().map(({ day: _, ...each }) => each),
    ).at('09:00:01')
    expect(told(holds(day, 495, 990_000))).toContainEqual(expect.stringContaining('split: 99 shares → 495'))
    day.describe(CODE, 2_079)
    // 2 % below the high of 10,400 / 5: yesterday's high in yesterday's won would have sold at once.
    expect(placed(day.effects)).toEqual([])
    day.trade(CODE, 2_039)
    expect(placed(day.effects)).toEqual([])
    expect(placed(day.trade(CODE, 2_038))).toMatchObject([{ side: 'sell', quantity: 495 }])
    expect(positions(day)).toMatchObject([{ quantity: 495, averagePrice: 2_000 }])
  })

  it('that nobody announced is told by its name when shares and base price fit, and the high goes along', () => {
    const day = nextMorning([]).at('09:00:01')
    holds(day, 495, 990_000)
    expect(told(day.describe(CODE, 2_079))).toContainEqual(
      expect.stringContaining('looks like a split: 99 shares → 495'),
    )
    expect(placed(day.effects)).toEqual([])
    day.trade(CODE, 2_039)
    expect(placed(day.effects)).toEqual([])
    expect(placed(day.trade(CODE, 2_038))).toMatchObject([{ side: 'sell', quantity: 495 }])
  })

  it('is told as well when the base price was known before the account', () => {
    const day = nextMorning([]).at('09:00:01')
    day.describe(CODE, 2_079)
    expect(told(holds(day, 495, 990_000))).toContainEqual(expect.stringContaining('looks like a split'))
    day.trade(CODE, 2_039)
    expect(placed(day.effects)).toEqual([])
    expect(placed(day.trade(CODE, 2_038))).toMatchObject([{ side: 'sell', quantity: 495 }])
  })

  it('is not made of shares that somebody bought', () => {
    const day = nextMorning([]).at('09:00:01')
    holds(day, 198, 2_000_000)
    expect(told(day.describe(CODE, 10_300))).toContainEqual(expect.stringContaining('its word is taken'))
  })

  it('that was reckoned on an earlier day is not reckoned again', () => {
    const day = nextMorning([split(5)]).at('09:00:01')
    holds(day, 99, 990_000)
    day.describe(CODE, 10_390)
    expect(positions(day)).toMatchObject([{ quantity: 99 }])
    expect(placed(day.trade(CODE, 10_190))).toMatchObject([{ quantity: 99 }])
  })
})

it('on the ex-day of a bonus issue the high goes along before the new shares are there', () => {
  const bonus: CorporateAction = {
    ...{ instrument: ID, from: DAY, sharesFrom: nextTradingDay(DAY, 10) },
    ...{ kind: 'bonusIssue', ratio: { numerator: 4, denominator: 100 } },
  }
  const day = nextMorning(
    [bonus],
    yesterday().map(({ day: _, ...each }) => each),
  ).at('09:00:01')
  holds(day, 99, 990_000)
  // The high of 10,400 is 10,000 now, which is no gain any more: nothing trails.
  day.describe(CODE, 9_990)
  day.trade(CODE, 9_800)
  expect(placed(day.effects)).toEqual([])
  expect(positions(day)).toMatchObject([{ quantity: 99 }])
})

describe('between the ex-day of a bonus issue and its new shares', () => {
  /** 1 for 5, so that 10,000 is 8,333 now and the stop of 3 % lies at 8,083. */
  const bonus = (sharesFrom: TradingDay): CorporateAction => ({
    ...{ instrument: ID, from: DAY, sharesFrom },
    ...{ kind: 'bonusIssue', ratio: { numerator: 1, denominator: 5 } },
  })
  const heldSince = (days: number) =>
    yesterday().map(({ day: _, tracked: __, position, ...each }) => ({
      ...each,
      position: { ...position, openedAt: position.openedAt - days * DAY_MS },
    }))
  const sold = (day: Morning) => placed(day.effects).map(({ quantity: shares }) => shares)

  it('the fall of the price is no loss: the stop goes along, and fires below that', () => {
    const day = nextMorning([bonus(nextTradingDay(DAY, 10))], heldSince(1)).at('09:00:01')
    holds(day, 99, 990_000)
    day.describe(CODE, 8_300)
    day.trade(CODE, 8_084)
    expect(positions(day)).toMatchObject([{ averagePrice: 10_000, stopPrice: 8_083 }])
    expect(sold(day)).toEqual([])
    day.trade(CODE, 8_083)
    expect(sold(day)).toEqual([99])
  })

  it('what was bought at the new price keeps its stop', () => {
    const day = nextMorning([bonus(nextTradingDay(DAY, 10))], heldSince(0)).at('09:00:01')
    holds(day, 99, 990_000)
    day.describe(CODE, 9_701)
    expect(sold(day)).toEqual([])
    day.trade(CODE, 9_700)
    expect(sold(day)).toEqual([99])
  })

  it('and no longer: with the new shares the average itself is lower', () => {
    const day = nextMorning([bonus(DAY)], heldSince(1)).at('09:00:01')
    holds(day, 118, 983_334)
    day.describe(CODE, 8_084)
    expect(sold(day)).toEqual([])
    day.trade(CODE, 8_083)
    expect(sold(day)).toEqual([118])
  })
})

it('a spin-off is said to be beyond any ratio, and the high begins anew', () => {
  const action: CorporateAction = { instrument: ID, from: DAY, kind: 'spinOff' }
  const day = nextMorning(
    [action],
    yesterday().map(({ day: _, ...each }) => each),
  ).at('09:00:01')
  expect(told(holds(day, 99, 990_000))).toContainEqual(expect.stringContaining('spun off'))
  day.describe(CODE, 10_150)
  expect(placed(day.effects)).toEqual([])
})

it('a halted holding is not sold: its stop waits, says so by name, and sells when the halt is over', () => {
  const day = morning().cash(50_000_000).at('09:01')
  day.hold(CODE, 10_000)
  const described = day.events.findLast((event) => event.kind === 'description')
  if (described?.kind !== 'description') throw new Error('a held instrument was described')
  day.feed({ ...described, halted: true })
  expect(placed(day.trade(CODE, 9_600))).toEqual([])
  expect(told(day.effects)).toContainEqual(expect.stringMatching(/종목000001 is blocked: .*halted/))
  day.until('09:03')
  expect(told(day.effects).filter((line) => line.includes('halted'))).toHaveLength(1)
  day.feed({ ...described, last: krw(9_600) as never, halted: false })
  day.trade(CODE, 9_600)
  expect(placed(day.until('09:03:02').effects).filter(({ side }) => side === 'sell')).toHaveLength(1)
})
