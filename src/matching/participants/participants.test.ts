import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import type { Instrument } from '../../model/instrument.ts'
import { price } from '../../model/money.ts'
import { priceBand } from '../../model/price-band.ts'
import { isOnTick } from '../../model/tick-size.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import { createRandom } from '../../std/random.ts'
import { createMarket } from '../market.ts'
import { planNames } from './day-plan.ts'
import { createFairValue, createMarketPath } from './fair-value.ts'
import { createPriceLadder } from './price-ladder.ts'
import { PROFILES } from './profile.ts'
import { createWakeQueue } from './wake-queue.ts'

const DAY = tradingDay('2026-11-20')
const OPEN = kstInstant(DAY, timeOfDay('09:00'))
const CLOSE = kstInstant(DAY, timeOfDay('15:20'))
const { listings } = createMarket({ seed: 7, day: DAY })

describe('createWakeQueue', () => {
  test.prop([fc.array(fc.record({ at: fc.integer({ min: 0, max: 50 }), index: fc.nat(20) }))])(
    'gives everyone back by time, then by index, however they came',
    (entries) => {
      const queue = createWakeQueue()
      for (const { at, index } of entries) queue.push(at, index)
      const popped = entries.map(() => ({ at: queue.nextAt(), index: queue.pop() }))
      expect(popped).toEqual([...entries].sort((a, b) => a.at - b.at || a.index - b.index))
      expect(queue.size).toBe(0)
      expect(queue.nextAt()).toBe(Number.POSITIVE_INFINITY)
      expect(queue.pop()).toBe(-1)
    },
  )
})

describe('createPriceLadder', () => {
  it('holds every price of the band, on tick, and nothing else', () => {
    for (const { instrument, today } of listings) {
      const band = priceBand(instrument, DAY, today)
      const { prices } = createPriceLadder(instrument, DAY, today.basePrice, band)
      expect([prices[0], prices.at(-1)]).toEqual([band?.lower, band?.upper])
      expect(prices.every((each) => isOnTick(instrument, DAY, each))).toBe(true)
    }
  })

  it('finds the price below, and stays inside at the ends', () => {
    const instrument: Instrument = {
      ...(listings[0] as (typeof listings)[number]).instrument,
      class: 'stock',
    }
    const ladder = createPriceLadder(instrument, DAY, price(2_000), {
      upper: price(2_600),
      lower: price(1_400),
    })
    expect(ladder.at(ladder.below(1_999.9))).toBe(1_999)
    expect(ladder.at(ladder.below(2_004))).toBe(2_000)
    expect(ladder.at(ladder.below(2_005))).toBe(2_005)
    expect(ladder.below(7)).toBe(0)
    expect(ladder.at(-4)).toBe(1_400)
    expect(ladder.at(ladder.below(99_999) + 3)).toBe(2_600)
  })
})

describe('planNames', () => {
  const plan = (seed: number, profile: keyof typeof PROFILES) =>
    planNames({
      listings,
      open: OPEN,
      close: CLOSE,
      liveliness: PROFILES[profile],
      random: createRandom(seed),
    })

  it.each([1, 7, 23])('gives every name legs that follow each other inside the day (seed %i)', (seed) => {
    const plans = plan(seed, 'lively')
    expect(plans.size).toBe(listings.length)
    for (const { legs } of plans.values()) {
      let free = OPEN
      for (const { from, to } of legs) {
        expect(from).toBeGreaterThanOrEqual(free)
        expect(to).toBeGreaterThan(from)
        free = to
      }
      expect(free).toBeLessThanOrEqual(CLOSE)
    }
  })

  it('is the same for the same seed, and fuller the livelier the day is', () => {
    expect(plan(7, 'lively')).toEqual(plan(7, 'lively'))
    const legs = (profile: keyof typeof PROFILES) =>
      [...plan(7, profile).values()].reduce((all, each) => all + each.legs.length, 0)
    expect(legs('lively')).toBeGreaterThan(1.5 * legs('normal'))
    expect(legs('normal')).toBeGreaterThan(1.5 * legs('quiet'))
  })

  it('lets names of one theme surge together', () => {
    const plans = plan(7, 'lively')
    const starts = new Map<string, number[]>()
    for (const { theme, instrument } of listings)
      for (const { from, move } of plans.get(instrument.id)?.legs ?? [])
        if (theme && move > 0.045) starts.set(theme, [...(starts.get(theme) ?? []), from])
    const together = [...starts.values()].filter((times) =>
      times.some((time) => times.filter((other) => Math.abs(other - time) < 6 * 60_000).length >= 4),
    )
    expect(together.length).toBeGreaterThanOrEqual(3)
  })
})

describe('createFairValue', () => {
  const still = { gap: 0.02, beta: 0, volatility: 0 }
  const create = (legs: { from: number; to: number; move: number; activity: number }[]) =>
    createFairValue({
      plan: { ...still, legs },
      base: 10_000,
      lowest: 7_000,
      highest: 13_000,
      market: createMarketPath(OPEN, CLOSE, 0.01, createRandom(1)),
      random: createRandom(1),
      from: OPEN,
    })

  it('moves by its plan, however finely it is asked', () => {
    const legs = [{ from: OPEN + 60_000, to: OPEN + 120_000, move: 0.1, activity: 5 }]
    const coarse = create(legs).advanceTo(OPEN + 300_000)
    const fine = create(legs)
    for (let at = OPEN; at <= OPEN + 300_000; at += 7_001) fine.advanceTo(at)
    expect(coarse).toBeCloseTo(10_000 * Math.exp(0.12), 6)
    expect(fine.advanceTo(OPEN + 300_000)).toBeCloseTo(coarse, 6)
  })

  it('is busy during a leg only, and says when that changes', () => {
    const fair = create([{ from: OPEN + 60_000, to: OPEN + 120_000, move: 0.1, activity: 5 }])
    fair.advanceTo(OPEN + 1)
    expect([fair.activity(), fair.nextTurn()]).toEqual([1, OPEN + 60_000])
    fair.advanceTo(OPEN + 90_000)
    expect([fair.activity(), fair.nextTurn()]).toEqual([5, OPEN + 120_000])
    fair.advanceTo(OPEN + 120_001)
    expect([fair.activity(), fair.nextTurn()]).toEqual([1, Number.POSITIVE_INFINITY])
  })

  it('stops at the ends it was given', () => {
    const fair = create([{ from: OPEN, to: OPEN + 1_000, move: 0.9, activity: 1 }])
    expect(fair.advanceTo(OPEN + 2_000)).toBeCloseTo(13_000, 6)
  })
})
