import type { InstrumentId } from '../../model/ids.ts'
import type { MarketEvent } from '../../model/market-event.ts'

/** Asks for basic information, one instrument after the other. */
export interface Asking {
  ask(instrument: InstrumentId): void
  /** Every market event: an answer makes room for the next question. */
  hear(event: MarketEvent): void
}

/**
 * The broker answers a few questions a second, first come, first served. What is held after a start has no stop before it is
 * described, and a condition's candidate is given up after ten seconds: neither is to wait behind sixty questions of ours.
 */
export function askInTurn(describe: (instrument: InstrumentId) => void): Asking {
  /** In the order they came, each once; the first one is being asked. At most as many as there are instruments. */
  const waiting = new Set<InstrumentId>()

  const first = () => waiting.values().next().value
  const askFirst = () => {
    const instrument = first()
    if (instrument !== undefined) describe(instrument)
  }

  return {
    ask: (instrument) => {
      const isFirst = waiting.size === 0 || first() === instrument
      waiting.add(instrument)
      if (isFirst) askFirst()
    },
    hear: (event) => {
      if (event.kind !== 'description' && event.kind !== 'descriptionFailed') return
      const wasFirst = first() === event.instrument
      waiting.delete(event.instrument)
      if (wasFirst) askFirst()
    },
  }
}
