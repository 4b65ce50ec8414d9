import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { instrumentId } from '../model/ids.ts'
import { kstInstant, timeOfDay, tradingDay } from '../model/time.ts'
import { createRandom } from '../std/random.ts'
import { createExchange } from './exchange.ts'
import { createFlow } from './flow.ts'
import { createMarket } from './market.ts'
import { createNationalFlow } from './national-flow.ts'
import { createNationalMarket } from './national-market.ts'
import { STOCK } from './testing/test-exchange.ts'
import { openNationalMarket } from './testing/test-national-market.ts'

const OLD = tradingDay('2026-09-11')
const NEW = tradingDay('2026-11-20')

describe('NXT beside KRX', () => {
  it('is there from 2025-03-04, when something is on its list', () => {
    const open = (day: string, onNxt = [STOCK]) =>
      openNationalMarket('08:00', { day: tradingDay(day), onNxt }).market.nxt !== undefined
    expect([open('2025-02-28'), open('2025-03-04'), open('2025-03-04', [])]).toEqual([false, true, false])
  })

  it('trades the shares on its list and nothing else', () => {
    const [etf, single, absent] = ['000020', '000030', '000040'].map(instrumentId)
    const { market } = openNationalMarket('08:00', {
      listings: [
        {},
        { id: '000020', instrument: { class: 'etf' } },
        { id: '000030', designations: ['overheated'] },
        { id: '000050' },
      ],
      onNxt: [STOCK, etf, single, absent].flatMap((id) => id ?? []),
    })
    expect(market.nxt?.listings().map(({ instrument }) => instrument.id)).toEqual([STOCK])
    expect(market.isOnNxt(STOCK)).toBe(true)
    expect(market.isOnNxt(instrumentId('000050'))).toBe(false)
  })

  it.each([
    [OLD, '09:40:30', ['halted', 'off'], '09:40:30'],
    [NEW, '09:41:00', ['halted', 'call', 'off'], '09:41:00'],
  ] as const)(
    'stands still with a halted name until KRX trades it again (%s)',
    (day, resumed, states, first) => {
      const { krx, nxt, to } = openNationalMarket('09:00', { day })
      to('09:10')
      const number = nxt.order('buy', 5, 10_000)
      krx.exchange.halt(STOCK, true)
      expect(nxt.refusal('sell', 5, 10_000)).toBe('instrumentHalted')
      expect(nxt.cancel(number)).toBe(true)
      to('09:30')
      krx.exchange.halt(STOCK, false)
      to('09:39:59')
      expect(nxt.refusal('sell', 5, 10_000)).toBe('instrumentHalted')
      to(resumed)
      expect(nxt.told('halt').map(({ state }) => state)).toEqual(states)
      expect(nxt.exchange.now).toBe(kstInstant(day, timeOfDay(first)))
      expect(nxt.refusal('sell', 5, 10_000)).toBeUndefined()
    },
  )

  it('stops with a circuit breaker of its market, and not with that of the other', () => {
    const kosdaq = instrumentId('000020')
    const { krx, nxt, to } = openNationalMarket('09:00', {
      listings: [{}, { id: '000020', instrument: { market: 'KOSDAQ' } }],
      onNxt: [STOCK, kosdaq],
    })
    to('10:00')
    expect(krx.exchange.trip('KOSPI', 1)).toBe(true)
    expect(nxt.refusal('buy', 1, 10_000)).toBe('instrumentHalted')
    expect(nxt.refusal('buy', 1, 10_000, { instrument: kosdaq })).toBeUndefined()
    to('10:29:59')
    expect(nxt.refusal('buy', 1, 10_000)).toBe('instrumentHalted')
    to('10:31')
    expect(nxt.refusal('buy', 1, 10_000)).toBeUndefined()
  })

  it('stays shut when the third stage ends the day of KRX', () => {
    const { krx, nxt, to } = openNationalMarket('09:00')
    to('10:00')
    krx.exchange.trip('KOSPI', 3)
    to('16:00')
    expect(nxt.refusal('buy', 1, 10_000)).toBe('instrumentHalted')
  })

  it('tells what both venues have to say in order of time, however far a step goes', () => {
    const { krx, nxt, events, to } = openNationalMarket('09:00')
    for (const [venue, time] of [
      [krx, '09:10'],
      [nxt, '09:11'],
    ] as const) {
      to(time)
      venue.order('sell', 5, 10_700)
      venue.order('buy', 5, 10_700)
    }
    to('09:15')
    const told = events.map(([from, { kind, at }]) => ({ from, kind, at }))
    const expected = told.flatMap(({ from, kind, at }) => (kind === 'expected' ? [[from, at]] : []))
    expect(expected).toHaveLength(2)
    expect(told).toEqual([...told].sort((a, b) => a.at - b.at))
  })

  it('hears a close that a VI at KRX puts off', () => {
    const { krx, nxt, to } = openNationalMarket('15:00')
    krx.order('sell', 5, 10_000)
    krx.order('buy', 5, 10_000)
    to('15:25')
    krx.order('sell', 5, 10_500)
    krx.order('buy', 5, 10_500)
    to('15:31')
    nxt.order('sell', 5, 'postClose')
    nxt.order('buy', 5, 'postClose')
    expect(krx.told('vi')).toHaveLength(1)
    expect(nxt.told('print')).toEqual([])
    to('15:33:30')
    expect(nxt.told('print')).toMatchObject([{ price: 10_500, quantity: 5, board: 'closePrice' }])
    expect(nxt.told('print')[0]?.at).toBe(krx.told('print').at(-1)?.at)
  })
})

const seed = 5
const { listings } = createMarket({ seed, day: NEW, size: 8 })
const at = (clock: string) => kstInstant(NEW, timeOfDay(clock))

function play(onNxt: readonly string[], drive: (advanceTo: (to: number) => void) => void) {
  const [all, krxOnly] = [createHash('sha256'), createHash('sha256')]
  const count = { KRX: 0, NXT: 0 }
  const random = createRandom(seed)
  const market = createNationalMarket({
    day: NEW,
    listings,
    onNxt: new Set(onNxt.map(instrumentId)),
    random: random.fork('exchange'),
    startAt: at('08:30'),
    onEvent: (venue, event) => {
      count[venue]++
      all.update(venue + JSON.stringify(event))
      if (venue === 'KRX') krxOnly.update(JSON.stringify(event))
    },
  })
  const flow = createNationalFlow({ market, random: random.fork('flow'), profile: 'lively' })
  drive((to) => flow.advanceTo(to))
  return { all: all.digest('hex'), krx: krxOnly.digest('hex'), count, refusals: flow.refusals, market }
}

describe('the flow of both venues', () => {
  const everything = listings.map(({ instrument }) => instrument.id)
  const whole = (advanceTo: (to: number) => void) => advanceTo(at('09:25'))
  const both = play(everything, whole)

  it('leaves KRX exactly as it is alone', () => {
    const hash = createHash('sha256')
    const random = createRandom(seed)
    const exchange = createExchange({
      venue: 'KRX',
      day: NEW,
      listings,
      random: random.fork('exchange'),
      startAt: at('08:30'),
      onEvent: (event) => hash.update(JSON.stringify(event)),
    })
    createFlow({ exchange, random: random.fork('flow'), profile: 'lively' }).advanceTo(at('09:25'))
    expect(both.krx).toBe(hash.digest('hex'))
    expect(play([], whole).krx).toBe(both.krx)
  })

  it('gives the same events of both venues in the same order however finely time is advanced', () => {
    const steps = createRandom(1)
    const inSteps = play(everything, (advanceTo) => {
      for (let now = at('08:30'); now < at('09:25'); now = Math.min(at('09:25'), now + steps.int(0, 4_444)))
        advanceTo(now)
      advanceTo(at('09:25'))
    })
    expect(inSteps.all).toBe(both.all)
  })

  it('is smaller at NXT, and never refused there', () => {
    expect(both.refusals).toBe(0)
    expect(both.count.NXT).toBeGreaterThan(both.count.KRX / 10)
    expect(both.count.NXT).toBeLessThan(both.count.KRX / 3)
  })

  it('keeps the prices of both venues close, and seldom equal', () => {
    const { krx, nxt } = both.market
    const apart = everything.flatMap((id) => {
      const [here, there] = [krx.state(id)?.last ?? 0, nxt?.state(id)?.last ?? 0]
      return here > 0 && there > 0 ? [Math.abs(there / here - 1)] : []
    })
    expect(apart.length).toBeGreaterThan(4)
    expect(Math.max(...apart)).toBeLessThan(0.03)
    expect(apart.filter((distance) => distance > 0).length).toBeGreaterThan(apart.length / 2)
  })
})
