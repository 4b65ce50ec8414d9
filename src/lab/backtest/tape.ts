import type { Quote, Trade, ViNotice } from '../../model/market-event.ts'
import type { JournalRecord } from '../../ports/journal.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { TraderEvent } from '../../trading/engine/events.ts'

export type TapeEvent = Trade | Quote | ViNotice

/** The market of a recorded day in the order in which it happened. The engine heard it later, and not always in that order. */
export interface Tape {
  /** Reads on until nothing that happened by then can be missing. */
  readTo(now: EpochMs): Promise<void>
  /** The next event that happened by then, taken off the tape. */
  next(by: EpochMs): TapeEvent | undefined
}

/** Nothing is heard later than this after it happened, market ms: what is, comes where it was heard. */
const HEARD_WITHIN_MS = 30_000
/** The wire gives whole seconds: an event has happened by the end of its second. */
const SECOND_MS = 1_000

export function createTape(day: AsyncIterable<JournalRecord>): Tape {
  const records = day[Symbol.asyncIterator]()
  /** In order of time. */
  let ahead: { readonly at: EpochMs; readonly event: TapeEvent }[] = []
  let taken = 0
  let readUpTo = Number.NEGATIVE_INFINITY

  const keep = (event: TapeEvent) => {
    const at = happenedAt(event)
    let place = ahead.length
    while (place > taken && (ahead[place - 1] as { at: EpochMs }).at > at) place--
    ahead.splice(place, 0, { at, event })
  }

  return {
    readTo: async (now) => {
      if (taken > 10_000) {
        ahead = ahead.slice(taken)
        taken = 0
      }
      while (readUpTo < now + HEARD_WITHIN_MS) {
        const read = await records.next()
        if (read.done) {
          readUpTo = Number.POSITIVE_INFINITY
          return
        }
        if (read.value.kind !== 'event') continue
        const event = read.value.body as TraderEvent
        readUpTo = event.receivedAt
        if (event.kind === 'trade' || event.kind === 'quote' || event.kind === 'vi') keep(event)
      }
    },
    next: (by) => {
      const first = ahead[taken]
      if (!first || first.at > by) return undefined
      taken++
      return first.event
    },
  }
}

const happenedAt = ({ at, receivedAt }: TapeEvent): EpochMs =>
  Math.min(receivedAt, at % SECOND_MS === 0 ? at + SECOND_MS - 1 : at)
