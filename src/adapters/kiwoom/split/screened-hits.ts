import type { MarketEvent, ScreenHit } from '../../../model/market-event.ts'
import type { Bus } from '../../../ports/bus.ts'
import type { Cancel } from '../../../std/clock.ts'
import { hitsTopic, screenedTopic } from './topics.ts'

/** Hits that the analyzer has and has not given back. Beyond that the oldest goes on unscreened. */
const MOST_UNSCREENED = 500

const ANALYZER = 'analyzer'

const isSame = (a: ScreenHit, b: ScreenHit): boolean =>
  a.condition === b.condition &&
  a.instrument === b.instrument &&
  a.change === b.change &&
  a.receivedAt === b.receivedAt

/**
 * Every hit once: from the analyzer while there is one, else as it came by the line. What an analyzer had when it ended
 * is not lost with it.
 */
export function hearHits(bus: Bus, emit: (event: MarketEvent) => void): Cancel {
  const unscreened: ScreenHit[] = []

  const letAllGo = () => {
    for (const hit of unscreened.splice(0)) emit(hit)
  }

  const cancels = [
    bus.subscribe(hitsTopic, (hit) => {
      unscreened.push(hit)
      if (bus.peer(ANALYZER) !== 'up') return letAllGo()
      if (unscreened.length > MOST_UNSCREENED) emit(unscreened.shift() as ScreenHit)
    }),
    bus.subscribe(screenedTopic, (event) => {
      if (event.kind === 'description') return emit(event)
      const place = unscreened.findIndex((hit) => isSame(hit, event))
      if (place < 0) return
      unscreened.splice(place, 1)
      emit(event)
    }),
    bus.onPeer(({ peer, state }) => {
      if (peer === ANALYZER && state !== 'up') letAllGo()
    }),
  ]
  return () => {
    for (const cancel of cancels) cancel()
  }
}
