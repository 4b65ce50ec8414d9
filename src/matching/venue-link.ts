import type { InstrumentId } from '../model/ids.ts'
import type { Market } from '../model/instrument.ts'
import type { Phase } from '../model/session.ts'
import type { Exchange, ExchangeEvent } from './types.ts'

/** What KRX does to NXT at the same instant. Hand it every event of KRX. */
export type VenueLink = (event: ExchangeEvent) => void

const AFTER_THE_CLOSE: ReadonlySet<Phase> = new Set(['postCloseEntry', 'postClose', 'afterMarket'])

/**
 * NXT stands still while KRX does: for a trading halt of one instrument and for a circuit breaker of its market, until KRX
 * has made its first price again (told of the breaker by NXT in 2025; assumed for a single halt). It hears the regular
 * close of each instrument when KRX has it. Base price and band are those of the listing and need no link.
 *
 * A VI stays with the venue where it happened, and a sidecar concerns program orders only, which no order here is.
 * Source: rule book §1.4, §1.8.
 */
export function createVenueLink(krx: Exchange, nxt: Exchange): VenueLink {
  const halted = new Set<InstrumentId>()
  const stopped = new Set<Market>()
  /** Whose closing call KRX has prolonged: their close comes late. */
  const late = new Set<InstrumentId>()
  for (const { instrument, today } of nxt.listings()) if (today.halted) halted.add(instrument.id)

  const halt = (at: number) => {
    nxt.advanceTo(at)
    for (const { instrument } of nxt.listings())
      nxt.halt(instrument.id, halted.has(instrument.id) || stopped.has(instrument.market))
  }
  const close = (instrument: InstrumentId, at: number) => {
    const known = krx.state(instrument)?.close
    if (known === undefined || known === 0) return void late.add(instrument)
    late.delete(instrument)
    nxt.advanceTo(at)
    nxt.followClose(instrument, known)
  }

  return (event) => {
    switch (event.kind) {
      case 'halt':
        if (event.state === 'off') halted.delete(event.instrument)
        else halted.add(event.instrument)
        return halt(event.at)
      case 'breaker':
        if (event.state === 'off') stopped.delete(event.market)
        else stopped.add(event.market)
        return halt(event.at)
      case 'phase':
        if (!AFTER_THE_CLOSE.has(event.phase)) return
        for (const { instrument } of nxt.listings())
          if (nxt.state(instrument.id)?.close === 0) close(instrument.id, event.at)
        return
      case 'book':
        if (late.has(event.instrument)) close(event.instrument, event.at)
    }
  }
}
