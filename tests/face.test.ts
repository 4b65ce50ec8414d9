import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  createExchange,
  createFlow,
  createMarket,
  createRandom,
  type ExchangeEvent,
} from '../src/face/matching.ts'
import {
  commission,
  commissionSchedule,
  isOnTick,
  krw,
  kstInstant,
  price,
  quantity,
  tickSize,
  timeOfDay,
  tradingDay,
} from '../src/face/model.ts'

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const DAY = tradingDay('2026-11-20')

describe('the library face', () => {
  it('has a file for each subpath that the package exports', () => {
    const { exports } = JSON.parse(readFileSync(at('package.json'), 'utf8')) as {
      exports: Record<string, { default: string } | string>
    }
    const sources = Object.values(exports).flatMap((target) =>
      typeof target === 'string' ? [] : [target.default.replace('./dist/', 'src/').replace(/\.js$/, '.ts')],
    )
    expect(sources).toContain('src/face/model.ts')
    expect(sources.filter((source) => !existsSync(at(source)))).toEqual([])
  })

  it('answers what a price may be and what a trade costs', () => {
    expect(tickSize({ class: 'stock', market: 'KOSPI' }, DAY, price(71_500))).toBe(100)
    const schedule = commissionSchedule({ broker: 'kiwoom', environment: 'live', venue: 'KRX', day: DAY })
    expect(commission(schedule, krw(1_000_000))).toBe(150)
  })

  it('runs a simulated opening in which an order of ours is filled', () => {
    const market = createMarket({ seed: 7, day: DAY, size: 5 })
    const random = createRandom(7)
    const events: ExchangeEvent[] = []
    const { listings, startAt } = market
    const exchange = createExchange({
      venue: 'KRX',
      day: DAY,
      listings,
      random: random.fork('exchange'),
      startAt,
      onEvent: (event) => events.push(event),
    })
    const flow = createFlow({ exchange, random: random.fork('flow') })
    flow.advanceTo(kstInstant(DAY, timeOfDay('09:10')))
    const stock = listings.find(({ instrument }) => instrument.class === 'stock')?.instrument
    if (!stock) throw new Error('the market lists no stock')
    const placed = exchange.submit({
      owner: 'me',
      instrument: stock.id,
      side: 'buy',
      type: 'market',
      timeInForce: 'day',
      quantity: quantity(1),
    })
    expect(placed.ok).toBe(true)
    flow.advanceTo(kstInstant(DAY, timeOfDay('09:12')))
    const fills = events.filter((event) => event.kind === 'fill' && event.owner === 'me')
    expect(fills).toMatchObject([{ side: 'buy', quantity: 1, open: 0 }])
    const prints = events.flatMap((event) =>
      event.kind === 'print' && event.instrument === stock.id ? [event.price] : [],
    )
    expect(prints.length).toBeGreaterThan(0)
    expect(prints.filter((printed) => !isOnTick(stock, DAY, printed))).toEqual([])
  })
})
