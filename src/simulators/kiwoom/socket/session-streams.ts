import type { ExchangeEvent } from '../../../matching/types.ts'
import type { Phase } from '../../../model/session.ts'
import type { EpochMs } from '../../../std/clock.ts'
import type { MarketDay } from '../market/market-day.ts'
import type { Tape } from '../market/tape.ts'
import type { RealType } from './frame.ts'
import {
  type AfterHours,
  afterHoursValues,
  closingValues,
  firmValues,
  navValues,
  programValues,
} from './session-values.ts'

const FIRMS_EVERY_MS = 10_000
const DEPTH = 10
const AFTER_HOURS: ReadonlySet<Phase> = new Set(['preClose', 'postCloseEntry', 'postClose', 'offHoursSingle'])

/** The streams 0A, 0E, 0F, 0G and 0w; nothing is computed that nobody listens to. */
export interface SessionStreams {
  /** Of KRX: 0A and 0E are its own. */
  onEvent(event: ExchangeEvent): void
  onSecond(at: EpochMs): void
}

export function createSessionStreams(settings: {
  readonly market: () => MarketDay
  readonly publish: (type: RealType, code: string, build: () => string) => void
}): SessionStreams {
  const { publish } = settings
  const firms = new Map<Tape, number>()
  const programs = new Map<Tape, { readonly volume: number; readonly value: number }>()
  const books = new Map<Tape, AfterHours>()
  const navs = new Map<Tape, number>()

  const publishFirms = (tape: Tape) => {
    const before = firms.get(tape) ?? 0
    if (before === tape.volume) return
    publish('0F', tape.code, () => {
      firms.set(tape, tape.volume)
      return firmValues(tape, before)
    })
  }

  const publishProgram = (tape: Tape, at: EpochMs) => {
    const before = programs.get(tape) ?? { volume: 0, value: 0 }
    if (before.volume === tape.volume) return
    publish('0w', tape.code, () => {
      const { instrument } = tape.listing
      programs.set(tape, { volume: tape.volume, value: tape.value })
      const inArbitrage =
        instrument.market === 'KOSPI' && instrument.viGroup === 'narrow' && instrument.class === 'stock'
      return programValues(tape, inArbitrage, before, at)
    })
  }

  const publishNav = (tape: Tape, at: EpochMs) => {
    const index = settings.market().index('201')
    // One figure for "what a NAV frame is made of": it is sent again when either moved.
    const state = (index?.last ?? 0) * 1_000_003 + tape.last + tape.volume
    if (navs.get(tape) === state) return
    publish('0G', tape.code, () => {
      navs.set(tape, state)
      return navValues(tape, index, at)
    })
  }

  const publishAfterHours = (tape: Tape, at: EpochMs) => {
    const { levels } = settings.market()
    publish('0E', tape.code, () => {
      const total = (side: 'buy' | 'sell') =>
        levels(tape, side, DEPTH).reduce((sum, { quantity }) => sum + quantity, 0)
      const now = { asks: total('sell'), bids: total('buy') }
      const before = books.get(tape) ?? now
      books.set(tape, now)
      return afterHoursValues(now, before, at)
    })
  }

  return {
    onEvent(event) {
      const { exchange, showing, allTapes } = settings.market()
      if (event.kind === 'book' && AFTER_HOURS.has(exchange.phase)) {
        for (const tape of showing('KRX', event.instrument)) publishAfterHours(tape, event.at)
      } else if (event.kind === 'phase' && event.phase === 'postCloseEntry')
        for (const each of allTapes)
          if (each.form !== 'NXT') publish('0A', each.code, () => closingValues(each))
    },
    onSecond(at) {
      for (const tape of settings.market().allTapes) {
        publishProgram(tape, at)
        if (tape.listing.instrument.class === 'etf') publishNav(tape, at)
        if (at % FIRMS_EVERY_MS === 0) publishFirms(tape)
      }
    },
  }
}
