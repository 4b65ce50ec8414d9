import type { InstrumentId } from '../model/ids.ts'
import type { Book, MarketEvent, Quote, Trade } from '../model/market-event.ts'
import type { MarketFeed, Want } from '../ports/market-feed.ts'
import type { Cancel, Clock } from '../std/clock.ts'

export type Tick = Trade | Quote | Book
export type HearTicks = (instrument: InstrumentId, ticks: readonly Tick[]) => void

/** Instruments that a person looks at, in all: their prices take realtime slots from those that are traded. */
export const MOST_FOLLOWED = 4
/** Ticks are told in batches (wall); of one instrument at most so many, the newest. */
const TELL_EVERY_MS = 100
const MOST_TICKS = 200

export interface Following {
  /** The feed with the followed instruments among what is wanted, last of all. */
  readonly feed: MarketFeed
  /** The complete list; what is beyond `MOST_FOLLOWED` is left out. */
  follow(instruments: readonly InstrumentId[]): void
  /** Batches, some time after the engine has heard what is in them. */
  onTicks(hear: HearTicks): Cancel
}

/** Lets a person follow instruments that the engine may not want, behind the engine and never before it. */
export function followTicks(feed: MarketFeed, wall: Clock): Following {
  let followed: ReadonlySet<InstrumentId> = new Set()
  let wants: readonly Want[] = []
  let waiting = new Map<InstrumentId, Tick[]>()
  const described = new Set<InstrumentId>()
  const hearers = new Set<HearTicks>()

  const tell = () => {
    const batches = waiting
    waiting = new Map()
    for (const [instrument, ticks] of batches) for (const hear of hearers) hear(instrument, ticks)
  }

  const hear = (event: MarketEvent | Book) => {
    if (event.kind !== 'trade' && event.kind !== 'quote' && event.kind !== 'book') return
    if (!followed.has(event.instrument) || hearers.size === 0) return
    if (waiting.size === 0) wall.after(TELL_EVERY_MS, tell)
    const ticks = waiting.get(event.instrument) ?? []
    waiting.set(event.instrument, ticks)
    const old = event.kind === 'book' ? ticks.findIndex(({ kind }) => kind === 'book') : -1
    if (old >= 0) ticks.splice(old, 1)
    // Events may be used again by whoever brought them.
    ticks.push({ ...event })
    if (ticks.length > MOST_TICKS) ticks.shift()
  }

  const want = () => {
    const known = new Set(wants.map(({ instrument }) => instrument))
    const more = [...followed].filter((instrument) => !known.has(instrument))
    const all = [...wants, ...more.map((instrument): Want => ({ instrument, priority: 'watch' }))]
    feed.want(all.map((each) => (followed.has(each.instrument) ? { ...each, wholeBook: true } : each)))
  }

  feed.onBook?.(hear)

  return {
    feed: {
      ...feed,
      start: (sink) =>
        feed.start((event) => {
          sink(event)
          if (followed.size > 0) hear(event)
        }),
      want: (list) => {
        wants = list
        if (followed.size > 0) want()
        else feed.want(list)
      },
    },
    follow: (instruments) => {
      const next = new Set([...new Set(instruments)].slice(0, MOST_FOLLOWED))
      if ([...next].join() === [...followed].join()) return
      followed = next
      want()
      // Without a name, a band and a base price nothing of it can be shown or ordered.
      for (const instrument of next) if (!described.has(instrument)) feed.describe(instrument)
      for (const instrument of next) described.add(instrument)
    },
    onTicks: (heard) => {
      hearers.add(heard)
      return () => void hearers.delete(heard)
    },
  }
}
