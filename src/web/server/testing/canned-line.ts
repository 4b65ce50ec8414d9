import type { Bar } from '../../../model/bar.ts'
import type { InstrumentId } from '../../../model/ids.ts'
import type { Instrument } from '../../../model/instrument.ts'
import { INTERVAL_MS } from '../../../model/interval.ts'
import { krw, price, quantity } from '../../../model/money.ts'
import { priceBand } from '../../../model/price-band.ts'
import type { TradingSettings } from '../../../model/settings.ts'
import { timeOfDay } from '../../../model/time.ts'
import type { Cancel, Clock } from '../../../std/clock.ts'
import { err, ok } from '../../../std/result.ts'
import type { DeskCommand, DeskLine, DeskShown } from '../desk-line.ts'
import { CANNED_START, cannedView, nameOf } from './canned-desk.ts'

const SETTINGS: TradingSettings = {
  buys: [],
  sells: [],
  exits: {
    stopLossRatio: 0.03,
    takeProfitRatio: 0.05,
    trailing: [{ activateRatio: 0.02, giveBackRatio: 0.012 }],
    order: { kind: 'market' },
    protectiveOrder: { kind: 'market' },
  },
  unfilled: {
    buy: { afterMs: 30_000, then: 'cancel', times: 1, finally: 'cancel' },
    sell: { afterMs: 10_000, then: 'market', times: 1, finally: 'market' },
  },
  limits: {
    maxPositions: 5,
    maxOrdersPerDay: 300,
    maxBuyAmountPerDay: krw(30_000_000),
    maxAmountPerInstrument: krw(3_000_000),
    maxOrdersPerSecond: 4,
    maxLossPerDay: krw(500_000),
    rebuy: { notToday: true, notAfterLoss: false },
    forbid: { designated: true, upperLimit: true, inVi: false },
    maxQuoteAgeMs: 10_000,
  },
  hours: { from: timeOfDay('09:00'), to: timeOfDay('15:20') },
  excluded: [],
}

/** A line to a made-up trader that remembers what it was told, for tests and for looking at pages. */
export interface CannedLine extends DeskLine {
  /** One step on; tells everyone who listens. */
  move(): void
  setLine(state: 'up' | 'down'): void
  readonly commands: readonly { readonly command: DeskCommand; readonly by: string }[]
  readonly followed: () => readonly InstrumentId[]
}

/** Ten steps away from the last price; the quantities move with `step`. */
const stepsFrom = (last: number, direction: 1 | -1, step: number) =>
  Array.from({ length: 10 }, (_, i) => ({
    price: price(last + direction * 100 * (i + 1)),
    quantity: quantity(400 + ((step * 31 + i * 173 + (direction + 1) * 57) % 1_900)),
  }))

const AWAY = { ko: '매매 프로세스에 닿지 않습니다', en: 'The trader cannot be reached' }

export function createCannedLine(wall: Clock): CannedLine {
  const hearers = new Set<() => void>()
  const tickHearers = new Set<Parameters<DeskLine['onTicks']>[0]>()
  const commands: { readonly command: DeskCommand; readonly by: string }[] = []
  let step = 0
  let state: 'up' | 'down' = 'up'
  let followed: readonly InstrumentId[] = []
  let shown: DeskShown = showing()

  function showing(): DeskShown {
    return {
      view: cannedView(step),
      settings: SETTINGS,
      environment: 'simulated',
      feed: {
        state: 'live',
        registered: 23,
        polled: 4,
        slots: 95,
        messages: 10_000 + step * 40,
        lastMessageAt: wall.now(),
        detail: '',
      },
      lagMs: 3,
      speed: 1,
      shownAt: wall.now(),
    }
  }
  const tell = () => {
    for (const hear of hearers) hear()
  }

  return {
    line: () => state,
    shown: () => shown,
    onChange: (hear) => listen(hearers, hear),
    command: async (command, by) => {
      if (state === 'down') return err(AWAY)
      commands.push({ command, by })
      return ok(undefined)
    },
    preview: async ({ side, quantity: wanted, limit }) => {
      const at = limit ?? price(71_400)
      const amount = krw(at * wanted)
      return ok({
        type: limit === undefined ? 'market' : 'limit',
        venue: 'KRX',
        ...(limit !== undefined && { limit }),
        amount,
        commission: krw(Math.floor(amount * 0.00015)),
        tax: krw(side === 'sell' ? Math.floor(amount * 0.0018) : 0),
        needed: krw(side === 'buy' ? amount : 0),
      })
    },
    instrument: async (instrument) => {
      if (state === 'down') return err(AWAY)
      const listing: Instrument = {
        id: instrument,
        name: nameOf(instrument) ?? instrument,
        market: 'KOSPI',
        class: 'stock',
        viGroup: 'wide',
      }
      const basePrice = price(baseOf(instrument))
      const band = priceBand(listing, shown.view.day, { basePrice, designations: [] })
      return ok({ listing, basePrice, band })
    },
    bars: async (instrument, interval) => ok(barsOf(instrument, INTERVAL_MS[interval], CANNED_START)),
    follow: (instruments) => {
      followed = instruments
    },
    onTicks: (hear) => listen(tickHearers, hear),
    move: () => {
      step++
      shown = showing()
      tell()
      for (const instrument of followed) {
        const held = shown.view.positions.find((position) => position.instrument === instrument)
        const last = held?.last ?? price(baseOf(instrument))
        const stamp = { at: shown.view.now, receivedAt: shown.view.now, instrument, venue: 'KRX' } as const
        for (const hear of tickHearers)
          hear(instrument, [
            {
              ...stamp,
              kind: 'trade',
              price: last,
              quantity: quantity(1 + ((step * 7) % 40)),
              aggressor: step % 3 === 0 ? 'sell' : 'buy',
              bid: price(last - 100),
              ask: price(last + 100),
              dayVolume: quantity(1_000_000 + step * 20),
            },
            {
              ...stamp,
              kind: 'quote',
              bid: price(last - 100),
              bidQuantity: quantity(1_200 + ((step * 31) % 400)),
              ask: price(last + 100),
              askQuantity: quantity(900 + ((step * 17) % 300)),
              expectedPrice: price(0),
              expectedQuantity: quantity(0),
            },
            { ...stamp, kind: 'book', asks: stepsFrom(last, 1, step), bids: stepsFrom(last, -1, step) },
          ])
      }
    },
    setLine: (next) => {
      state = next
      tell()
    },
    commands,
    followed: () => followed,
  }
}

function listen<T>(hearers: Set<T>, hear: T): Cancel {
  hearers.add(hear)
  return () => {
    hearers.delete(hear)
  }
}

const BARS = 300
const BASES: Readonly<Record<string, number>> = {
  '000660': 210_000,
  '005380': 237_500,
  '035420': 188_000,
  '068270': 178_500,
}
const baseOf = (instrument: InstrumentId): number => BASES[instrument] ?? 71_000

function barsOf(instrument: InstrumentId, intervalMs: number, until: number): readonly Bar[] {
  const base = baseOf(instrument)
  const end = Math.floor(until / intervalMs) * intervalMs
  return Array.from({ length: BARS }, (_, index) => {
    const closeAt = end - (BARS - 1 - index) * intervalMs
    const at = (shift: number) =>
      Math.round(
        (base * (1 + Math.sin((index + shift) / 19) / 50 + Math.sin((index + shift) / 5) / 220)) / 100,
      ) * 100
    const [open, close] = [at(0), at(1)]
    return {
      instrument,
      openAt: closeAt - intervalMs,
      closeAt,
      open: price(open),
      high: price(Math.max(open, close) + 200),
      low: price(Math.min(open, close) - 200),
      close: price(close),
      volume: quantity(10_000 + ((index * 7_919) % 23_000)),
    }
  })
}
