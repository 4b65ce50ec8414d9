import { describe, expect, it } from 'vitest'
import { nextTradingDay } from '../../model/calendar.ts'
import type { Delisting } from '../../model/corporate-action.ts'
import { localDay } from '../../model/home-venue.ts'
import { instrumentId } from '../../model/ids.ts'
import type { Instrument } from '../../model/instrument.ts'
import { price } from '../../model/money.ts'
import { kstDay, kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import { defineStrategy } from '../../trading/strategies/strategy.ts'
import { absurdities } from './absurd.ts'
import { type BarRow, barTable } from './bar-table.ts'
import { delistingsOf, withDelistingDays } from './delistings.ts'
import { findPeek } from './lookahead.ts'
import type { BacktestPlan } from './plan.ts'
import { runBacktest } from './run.ts'
import { planned, planOf, SAMSUNG } from './testing/play.ts'
import { APPLE, dollars, usDaily, usd, usPlan } from './testing/us-play.ts'

const GONE = SAMSUNG
const OTHER: Instrument = { ...SAMSUNG, id: instrumentId('000660'), name: '둘째' }

/** Flat daily bars on the trading days from a day on. */
function flat(index: number, from: string, closes: readonly number[]): readonly BarRow[] {
  let day = tradingDay(from)
  return closes.map((close, i) => {
    if (i > 0) day = nextTradingDay(day)
    const [openAt, closeAt] = [kstInstant(day, timeOfDay('09:00')), kstInstant(day, timeOfDay('15:30'))]
    return { index, openAt, closeAt, open: close, high: close, low: close, close, volume: 100_000 }
  })
}

const same = (count: number, close: number) => new Array<number>(count).fill(close)

/** Wants GONE from its first bar on, OTHER at the close of a day; nothing else is said. */
const buyer = (otherOn?: string) =>
  defineStrategy({
    id: 'planned',
    title: { ko: '계획', en: 'planned' },
    parameters: {},
    needs: () => ({ warmUpBars: 0 }),
    together: () => {
      const reason = { ko: '계획대로', en: 'as planned' }
      let said = 0
      return {
        onMoment: (at) => {
          const isOther = otherOn !== undefined && kstDay(at) === otherOn
          const index = isOther ? 1 : said++ === 0 ? 0 : undefined
          return index === undefined ? [] : [{ index, want: 'long', reason }]
        },
      }
    },
  })

const MONDAY = tradingDay('2026-11-16')
const delisting = (paid?: number, from = MONDAY, instrument = GONE.id): Delisting => ({
  ...{ kind: 'delisting', instrument, from },
  ...(paid !== undefined && { paid: price(paid) }),
})

/** Two names: 2026-11-02 is a Monday, ten bars later it is the 13th, and 14 shares of GONE at 70,000 cost 140 of commission. */
function planFor(
  gone: readonly number[],
  delistings: readonly Delisting[],
  {
    strategy = buyer(),
    places = 50,
    exits = {},
  }: { strategy?: ReturnType<typeof buyer>; places?: number; exits?: object } = {},
): BacktestPlan {
  const instruments = [GONE, OTHER]
  const started = strategy.start({}, instruments)
  if (!started.ok) throw new Error('not started')
  const rows = [...flat(0, '2026-11-02', gone), ...flat(1, '2026-11-02', same(12, 50_000))]
  const plan = planOf(strategy, rows, { exits })
  return {
    ...plan,
    instruments,
    participants: [{ name: 'planned', run: started.value }],
    settings: { ...plan.settings, limits: { ...plan.settings.limits, maxPositions: places } },
    delistings,
  }
}

const played = (...given: Parameters<typeof planFor>) => runBacktest(planFor(...given))
const FULL = same(10, 70_000)
const onDay = ({ equity }: ReturnType<typeof runBacktest>) =>
  Object.fromEntries([...equity.at].map((at, i) => [kstDay(at).slice(5), equity.value[i]]))

describe('a held share that is delisted', () => {
  it('is worth nothing from that morning on where nobody knows a payment', () => {
    const result = played(FULL, [delisting()])
    // 14 × 70,000 = 980,000 and 140 of commission are lost.
    expect(result.roundTrips).toMatchObject([
      {
        instrument: '005930',
        quantity: 14,
        buyValue: 980_000,
        sellValue: 0,
        buyFees: 140,
        sellFees: 0,
        tax: 0,
        realizedPnl: -980_140,
        closedAt: kstInstant(MONDAY, timeOfDay('09:00')),
        exit: 'delisting',
        exitReason: '상장폐지 · delisting',
      },
    ])
    expect(result.orders.map(({ order }) => order.side)).toEqual(['buy'])
    expect(onDay(result)).toMatchObject({ '11-13': 9_999_860, '11-16': 9_019_860, '11-17': 9_019_860 })
    expect([result.endedWith, result.leftOver]).toEqual([9_019_860, []])
    expect(result.costs).toEqual({ commission: 140, tax: 0 })
  })

  it('brings what was paid for each share, without fees', () => {
    const result = played(FULL, [delisting(75_000)])
    // 14 × 75,000 = 1,050,000.
    expect(result.roundTrips).toMatchObject([{ sellValue: 1_050_000, realizedPnl: 69_860 }])
    expect(result.endedWith).toBe(10_069_860)
  })

  it('keeps its last price while it is halted before a merger, and is paid on the day itself', () => {
    // Bars to Friday the 6th, a week without any, gone on the 16th.
    const result = played(same(5, 70_000), [delisting(80_000)])
    expect(onDay(result)).toMatchObject({ '11-06': 9_999_860, '11-13': 9_999_860, '11-16': 10_139_860 })
    expect(result.roundTrips).toMatchObject([{ sellValue: 1_120_000, realizedPnl: 139_860 }])
  })

  it('is paid on the first day that is played when the delisting was on a Saturday', () => {
    const result = played(FULL, [delisting(0, tradingDay('2026-11-14'))])
    expect(result.roundTrips).toMatchObject([{ closedAt: kstInstant(MONDAY, timeOfDay('09:00')) }])
  })

  it('leaves the other name alone, and its place to it', () => {
    const strategy = () => buyer('2026-11-13')
    const one = played(FULL, [delisting()], { strategy: strategy(), places: 1 })
    // 1,000,000 buy 19 shares at 50,000 and their commission.
    expect(one.orders.map(({ order }) => [order.side, order.instrument])).toEqual([
      ['buy', '005930'],
      ['buy', '000660'],
    ])
    expect(one.leftOver).toMatchObject([{ instrument: '000660', quantity: 19, value: 950_000 }])
    const full = played(FULL, [], { strategy: strategy(), places: 1 })
    expect(full.orders).toHaveLength(1)
  })

  it('is paid in dollars too', () => {
    // 9,000 buy 89 shares at 100 with a quarter percent: 8,900 and 22.25. At 54.20 they bring 4,823.80.
    const rows = usDaily(
      '2022-11-01',
      same(5, 100).map((close) => [close, close, close, close] as const),
    )
    const other: Instrument = { ...APPLE, id: instrumentId('US:OTHER') }
    const more = usDaily(
      '2022-11-01',
      same(7, 10).map((close) => [close, close, close, close] as const),
      1,
    )
    const twitter: Instrument = { ...APPLE, id: instrumentId('US:TWTR') }
    const plan = usPlan([...rows, ...more], ['long'], { instruments: [twitter, other], amount: usd(9_000) })
    const started = buyer().start({}, [twitter, other])
    if (!started.ok) throw new Error('not started')
    const result = runBacktest({
      ...plan,
      participants: [{ name: 'planned', run: started.value }],
      delistings: [delisting(dollars(54.2), tradingDay('2022-11-08'), twitter.id)],
    })
    expect(result.roundTrips).toMatchObject([
      { quantity: 89, buyFees: usd(22.25), sellValue: usd(4_823.8), sellFees: 0, tax: 0 },
    ])
    expect(result.roundTrips[0]?.realizedPnl).toBe(usd(-4_098.45))
    expect(localDay('US', result.roundTrips[0]?.closedAt ?? 0)).toBe('2022-11-08')
    expect(result.endedWith).toBe(usd(5_901.55))
  })

  it('changes no decision before, nor any of a run that never held it', () => {
    const [with_, without] = [played(FULL, [delisting()]), played(FULL, [])]
    expect(with_.decisionHash).toBe(without.decisionHash)
    const elsewhere = delisting(0, MONDAY, instrumentId('999999'))
    expect(played(FULL, [elsewhere])).toEqual(without)
    expect(played(FULL, [delisting(0, tradingDay('2026-12-30'))])).toEqual(without)
  })

  it('is not seen by anything before its day', () => {
    const plan = (bars: BacktestPlan['bars']) => ({ ...planFor(FULL, [delisting()]), bars })
    const { bars } = planFor(FULL, [])
    expect(findPeek(runBacktest(plan(bars)), plan, bars, 10)).toBeUndefined()
  })

  it('is no result that cannot be, however much is lost at once', () => {
    const plan = planFor(FULL, [delisting()])
    const [rule] = plan.settings.strategies ?? []
    if (!rule) throw new Error('the settings have a rule')
    const all = { ...rule, amount: { kind: 'equityRatio', ratio: 0.75 } } as const
    const whole = { ...plan, settings: { ...plan.settings, strategies: [all] } }
    const result = runBacktest(whole)
    expect(result.endedWith).toBeLessThan(3_000_000)
    expect(absurdities(whole, result)).toEqual([])
    expect(absurdities({ ...whole, delistings: [] }, { ...result, roundTrips: [] })).toMatchObject([
      { code: 'impossibleDay' },
    ])
  })
})

describe('liquidation trading', () => {
  /** Seven trading days before the 16th begin on the 5th: it opens at a tenth and goes on falling. */
  const FALLEN = [...same(3, 70_000), 7_000, 5_000, 3_000, 2_000, 1_500, 1_200, 1_000]

  it('has no price limit, so that a stop finds a buyer, and a fall beyond it is no mistake of the data', () => {
    const plan = planFor(FALLEN, [delisting()], { exits: { stopLossRatio: 0.1 } })
    const result = runBacktest(plan)
    expect(result.roundTrips).toMatchObject([{ exit: 'stopLoss', sellValue: 14 * 7_000 }])
    expect(absurdities(plan, result)).toEqual([])
    // Without the record the lower limit lies at 49,000, and nothing is sold at it or below.
    const unknown = planFor(FALLEN, [], { exits: { stopLossRatio: 0.1 } })
    const held = runBacktest(unknown)
    expect(held.roundTrips).not.toMatchObject([{ sellValue: 14 * 7_000 }])
    expect(absurdities(unknown, held)[0]).toMatchObject({ code: 'heldOverJump' })
  })

  it('is bought into by nobody', () => {
    const late = played(FULL, [delisting(0, tradingDay('2026-11-13'))])
    expect(late.orders).toHaveLength(1)
    const later = played(FULL, [delisting(0, tradingDay('2026-11-12'))])
    expect(later.orders).toEqual([])
    expect(later.refusals[0]).toMatchObject({ denial: { code: 'instrumentDesignated' } })
  })
})

describe('bars that just end', () => {
  it('leave the share at its last price, and say since when', () => {
    const result = played(same(5, 70_000), [])
    expect(result.roundTrips).toEqual([])
    expect(result.leftOver).toMatchObject([{ instrument: '005930', value: 980_000, pricedOn: '2026-11-06' }])
  })

  it('say nothing of a share that is priced to the end, nor of a delisting that is not due', () => {
    const toTheEnd = played(same(12, 70_000), []).leftOver[0]
    expect(toTheEnd).not.toHaveProperty('pricedOn')
    const notDue = played(same(5, 70_000), [delisting(0, tradingDay('2026-12-30'))])
    expect(notDue.leftOver).toMatchObject([{ pricedOn: '2026-11-06' }])
  })
})

describe('a code that is given again', () => {
  const NEW = flat(0, '2027-01-11', same(4, 30_000))
  const again = (strategy: ReturnType<typeof buyer>) => {
    const plan = planFor(FULL, [delisting()], { strategy })
    const old = [...flat(0, '2026-11-02', FULL), ...flat(1, '2026-11-02', same(60, 50_000))]
    return runBacktest({ ...plan, bars: barTable([...old, ...NEW]) })
  }

  it('is not bought on what was said of the old one, even after it was gone', () => {
    const stubborn = defineStrategy({
      id: 'planned',
      title: { ko: '고집', en: 'stubborn' },
      parameters: {},
      needs: () => ({ warmUpBars: 2 }),
      together: () => ({
        onMoment: (at) =>
          kstDay(at) < '2027-01-01'
            ? [{ index: 0, want: 'long', reason: { ko: '고집', en: 'stubborn' } }]
            : [],
      }),
    })
    const result = again(stubborn)
    expect(result.orders.filter(({ order }) => kstDay(order.createdAt) >= '2027-01-01')).toEqual([])
  })

  it('is bought anew, and the old delisting does not touch it', () => {
    const newcomer = planned([...['long' as const, ...new Array<undefined>(9).fill(undefined)], 'long'])
    const result = again(newcomer)
    const own = result.leftOver.filter(({ instrument }) => instrument === GONE.id)
    expect(own).toMatchObject([{ quantity: 33, value: 990_000 }])
  })
})

describe('a recorded delisting', () => {
  const bars = barTable(flat(0, '2026-11-02', FULL))
  const on = (day: string) => delistingsOf([delisting(0, tradingDay(day))], bars, [GONE])

  it.each([
    ['on the day behind the last bar', '2026-11-14', '2026-11-14', 0],
    ['weeks behind it', '2026-12-14', '2026-12-14', 0],
    ['on the last day of trading', '2026-11-13', '2026-11-14', 1],
    ['a week before it', '2026-11-06', '2026-11-14', 1],
  ])('%s is played behind the bars', (_, recorded, from, late) => {
    expect(on(recorded)).toMatchObject({ delistings: [{ from }], late, contradicted: 0 })
  })

  it('is not believed when the bars go on for more than a month', () => {
    const long = barTable(flat(0, '2026-11-02', same(60, 70_000)))
    const found = delistingsOf([delisting(0, tradingDay('2026-11-06'))], long, [GONE])
    expect(found).toEqual({ delistings: [], late: 0, contradicted: 1 })
  })

  it('is one of its own listing, when the code comes back after more than a month', () => {
    const again = barTable([...flat(0, '2026-11-02', FULL), ...flat(0, '2027-01-11', same(4, 30_000))])
    expect(delistingsOf([delisting()], again, [GONE])).toMatchObject({
      delistings: [{ from: MONDAY }],
      late: 0,
    })
  })

  it('of a name that is not played is left out', () => {
    expect(delistingsOf([delisting(0, MONDAY, OTHER.id)], bars, [GONE]).delistings).toEqual([])
  })

  it('behind the last bar of a run gets a moment of its own, unless the run was to end before', () => {
    const plan = planFor(FULL, [delisting(75_000)])
    const alone = (until?: string) => {
      const table = withDelistingDays(bars, [delisting()], 'KRX', until ? tradingDay(until) : undefined)
      return runBacktest({ ...plan, bars: table, instruments: [GONE] })
    }
    const strategyHeard = alone()
    expect(onDay(strategyHeard)).toMatchObject({ '11-13': 9_999_860, '11-16': 10_069_860 })
    expect(strategyHeard.endedWith).toBe(10_069_860)
    const before = { ...planFor(FULL, [delisting(75_000)]), instruments: [GONE] }
    const table = withDelistingDays(bars, [delisting()], 'KRX', tradingDay('2026-11-15'))
    expect(table).toBe(bars)
    const result = runBacktest({ ...before, bars: table })
    expect(result.leftOver).toMatchObject([{ quantity: 14 }])
    expect(result.leftOver[0]).not.toHaveProperty('pricedOn')
  })
})
