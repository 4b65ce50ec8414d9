import type { Place } from '../../adapters/journal/chain.ts'
import type { Disk } from '../../adapters/journal/disk.ts'
import type { EpochMs } from '../../std/clock.ts'
import { createDecisionLog, type DecisionLog } from '../../trading/engine/decisions.ts'
import type { TraderEvent } from '../../trading/engine/events.ts'
import { createTrader, type Trader } from '../../trading/engine/trader.ts'
import type { ReplayMessage } from '../../web/contract/records.ts'
import { liveStateOf } from '../../web/server/live/live-state.ts'
import type { Book } from '../../web/server/records/book.ts'
import type { Checkpoints } from './checkpoints.ts'
import { recordsAfter } from './day-reader.ts'

interface Day {
  readonly disk: Disk
  readonly path: string
  readonly book: Book
  readonly checkpoints: Checkpoints
  /** The last record that may be fed: the book has taken it. */
  readonly lastSeq: number
}

/** An engine that stands somewhere in the day. */
interface Standing {
  readonly trader: Trader
  readonly log: DecisionLog
  readonly place: Place | undefined
  readonly seq: number
  readonly at: EpochMs
  readonly isOpen: boolean
}

/**
 * The desk as it was at an instant: after every record up to the first that is later. A play forward feeds only what lies
 * between; a jump begins at the nearest checkpoint before.
 */
export class DayReplay {
  private standing: Standing | undefined
  private queue: Promise<unknown> = Promise.resolve()

  constructor(private readonly day: Day) {}

  /** One after the other: there is one engine to move. */
  at(instant: EpochMs): Promise<Omit<ReplayMessage, 'record'>> {
    const answer = this.queue.then(() => this.move(instant))
    this.queue = answer.catch(() => undefined)
    return answer
  }

  private async move(instant: EpochMs): Promise<Omit<ReplayMessage, 'record'>> {
    const from = this.nearest(instant)
    // Should the feeding fail half-way, the engine stands nowhere.
    this.standing = undefined
    const there = await this.feed(from, instant)
    this.standing = there
    return there.isOpen ? { seq: there.seq, state: this.shown(there, instant) } : {}
  }

  private nearest(instant: EpochMs): Standing {
    const checkpoint = this.day.checkpoints.before(instant)
    const { standing } = this
    if (standing && standing.at <= instant && standing.seq >= (checkpoint?.seq ?? 0)) return standing
    const trader = createTrader()
    const log = createDecisionLog()
    if (!checkpoint) return { trader, log, place: undefined, seq: 0, at: 0, isOpen: false }
    const saved = JSON.parse(Buffer.from(checkpoint.state).toString()) as {
      readonly trader: unknown
      readonly decisions: { readonly hash: string; readonly count: number }
    }
    trader.restore(saved.trader)
    log.restore(saved.decisions)
    const { place, seq, at } = checkpoint
    return { trader, log, place, seq, at, isOpen: true }
  }

  private async feed(from: Standing, instant: EpochMs): Promise<Standing> {
    const { trader, log } = from
    let { place, seq, at, isOpen } = from
    const ahead = recordsAfter(this.day.disk, this.day.path, { after: seq, place })
    for await (const { start, records } of ahead) {
      place = start
      for (const record of records) {
        if (record.at > instant || record.seq > this.day.lastSeq)
          return { trader, log, place, seq, at, isOpen }
        seq = record.seq
        at = Math.max(at, record.at)
        if (record.kind !== 'event') continue
        const effects = trader.on(JSON.parse(record.bodyJson) as TraderEvent)
        isOpen = true
        if (effects.length > 0) log.add(effects)
      }
    }
    return { trader, log, place, seq, at, isOpen }
  }

  private shown({ trader, log }: Standing, instant: EpochMs) {
    const view = trader.view(log.hash)
    const { opened } = this.day.book
    return liveStateOf(
      {
        view,
        settings: trader.settings(),
        environment: opened?.environment ?? 'simulated',
        feed: {
          state: view.feedUp ? 'live' : 'down',
          registered: 0,
          polled: 0,
          slots: 0,
          messages: 0,
          lastMessageAt: undefined,
          detail: '',
        },
        lagMs: 0,
        speed: 1,
        shownAt: instant,
      },
      'up',
    )
  }
}
