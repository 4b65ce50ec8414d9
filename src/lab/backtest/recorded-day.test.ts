import { describe, expect, it } from 'vitest'
import { createTickVenue } from '../../matching/ticks/tick-venue.ts'
import type { OrderReport } from '../../model/order-report.ts'
import type { JournalRecord } from '../../ports/journal.ts'
import { createRandom } from '../../std/random.ts'
import type { Effect } from '../../trading/engine/effects.ts'
import type { TraderEvent } from '../../trading/engine/events.ts'
import { buyRule, morning, settings } from '../../trading/engine/testing/morning.ts'
import { createTrader } from '../../trading/engine/trader.ts'
import { compareDay } from './day-differences.ts'
import { causeSentence } from './day-sentences.ts'
import { playRecordedDay } from './recorded-day.ts'

const CODES = ['005930', '000660', '035420']
const SECONDS = 4_000

/** What a morning heard whose orders were filled out of its own tape, with no way between. One event a second. */
function heard(): readonly TraderEvent[] {
  const day = morning(settings({ buys: [buyRule({ order: { kind: 'limit', from: 'last', ticks: 1 } })] }))
  const prices = new Map<string, number>(CODES.map((code) => [code, 10_000]))
  const reports: OrderReport[] = []
  const venue = createTickVenue((report) => reports.push(report))
  const perform = (effects: readonly Effect[]) => {
    const now = day.events.at(-1)?.at ?? 0
    for (const effect of effects) {
      if (effect.do === 'place') venue.place(effect.order, now)
      if (effect.do === 'amend') venue.amend(effect.order, now)
      if (effect.do === 'cancel') venue.cancel(effect.order.orderId, now)
      if (effect.do === 'describe')
        perform(day.describe(effect.instrument, prices.get(effect.instrument) ?? 0, 10_000))
    }
    for (let report = reports.shift(); report; report = reports.shift()) perform(day.feed(report))
  }
  const random = createRandom(7)
  const whatHappens = (code: string, turn: number): readonly Effect[] => {
    const last = Math.max(7_500, Math.min(12_500, (prices.get(code) ?? 0) + random.int(-3, 3) * 40))
    prices.set(code, last)
    if (turn % 20 === 3) return day.enter('1', code)
    if (turn % 2 === 1) return day.trade(code, last)
    return day.quote(code, last - 10, last + 10)
  }
  day.cash(100_000_000)
  for (let second = 1; second < SECONDS; second++) {
    const [minute, rest] = [Math.floor(second / 60), second % 60]
    const clock = [9 + Math.floor(minute / 60), minute % 60, rest].map((part) =>
      String(part).padStart(2, '0'),
    )
    day.at(clock.join(':'))
    const turn = second % 4
    const effects =
      turn === 3 ? day.feed({ kind: 'timer' }) : whatHappens(CODES[turn] as string, Math.floor(second / 4))
    const event = day.events.at(-1)
    if (event?.kind === 'trade') venue.onTrade(event)
    if (event?.kind === 'quote') venue.onQuote(event)
    perform(effects)
  }
  return day.events
}

/** As a journal holds them: each event, and what the engine decided on it. */
function journalOf(events: readonly TraderEvent[]): readonly JournalRecord[] {
  const trader = createTrader()
  const records: JournalRecord[] = []
  const write = (kind: JournalRecord['kind'], at: number, body: unknown) =>
    records.push({ seq: records.length + 1, at, kind, body: JSON.parse(JSON.stringify(body)) })
  for (const event of events) {
    write('event', event.receivedAt, event)
    const of = records.length
    const effects = trader.on(event)
    if (effects.length > 0) write('effects', event.receivedAt, { of, effects })
  }
  return records
}

const readerOf = (records: readonly JournalRecord[]) =>
  async function* () {
    yield* records
  }

const EVENTS = heard()

describe('a recorded day on its own tape', () => {
  it('gives the same decisions, all of them, where the venue was as the model has it', async () => {
    const played = await playRecordedDay(readerOf(journalOf(EVENTS)))
    const { decisions, same, differences } = compareDay(played)
    expect(differences).toEqual([])
    expect(decisions).toEqual({ live: same, model: same })
    // A day worth the name: entries, exits, orders that were withdrawn.
    expect(same).toBeGreaterThan(60)
    expect(new Set(played.live.decisions.map((each) => `${each.do} ${each.side}`)).size).toBeGreaterThan(2)
    expect(played.model.trader.books().cash).toBe(played.live.trader.books().cash)
    expect(played.model.trader.books().roundTrips.length).toBeGreaterThan(20)
  })

  it('names the order by which the two came apart, for every difference', async () => {
    // The venue gave one buy a worse price than its tape had.
    const trader = createTrader()
    const buys = EVENTS.flatMap((event) => trader.on(event)).flatMap((effect) =>
      effect.do === 'place' && effect.order.side === 'buy' ? [effect.order.orderId] : [],
    )
    const worse = EVENTS.findIndex((event) => event.kind === 'fill' && event.orderId === buys[10])
    const events = EVENTS.map((event, i) =>
      i === worse && event.kind === 'fill' ? { ...event, price: event.price + 400 } : event,
    ) as readonly TraderEvent[]
    const played = await playRecordedDay(readerOf(journalOf(events)))
    const { differences, same } = compareDay(played)
    expect(same).toBeGreaterThan(0)
    expect(differences.length).toBeGreaterThan(0)
    expect(differences.filter(({ cause }) => cause.why === 'none')).toEqual([])
    const [first] = differences
    expect(first?.cause.why).toBe('held')
    expect(first?.root).toMatchObject({ of: 'fills' })
    const { ko, en } = causeSentence(first as (typeof differences)[number])
    expect(ko).toMatch(/보유가 다릅니다: 실제 .*, 모형 .* ← .*체결/)
    expect(en).toMatch(/it held .* live, .* in the model ← place buy .* filled/)
  })
})
