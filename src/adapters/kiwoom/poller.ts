import type { InstrumentId } from '../../model/ids.ts'
import type { Route } from '../../model/instrument.ts'
import type { Quote } from '../../model/market-event.ts'
import type { Cancel, Clock } from '../../std/clock.ts'
import type { Stamper } from './codec/stamper.ts'
import { boardCode } from './codec/values.ts'
import { type KiwoomHttp, URGENCY } from './http.ts'
import { polledQuote } from './map.ts'
import { watchReply } from './wire.ts'

/** What is to be polled now: `urgent` ones (positions, working orders) are in every round. */
export interface PollTargets {
  readonly urgent: readonly InstrumentId[]
  readonly others: readonly InstrumentId[]
  /** Heard, but a stop hangs on each: now and then a second word on its price, should the stream have swallowed one. */
  readonly checked?: readonly InstrumentId[]
  /** Whose prices are wanted, where that is not KRX. */
  readonly boards?: ReadonlyMap<InstrumentId, Route>
}

export interface Poller {
  /** The targets changed. */
  wake(): void
  /** A look at instruments that were just registered: the stream sends nothing until the next event. */
  lookOnce(instruments: readonly InstrumentId[]): void
  stop(): void
}

/** ka10095 takes at most 100 codes (1634 beyond). */
const BATCH = 100
const URGENT_EVERY_MS = 1_000
const OTHERS_EVERY_MS = 3_000
const CHECK_EVERY_MS = 30_000

/** REST quotes for instruments without a realtime slot, and for all of them while the line is down. */
export function createPoller(options: {
  readonly http: KiwoomHttp
  readonly clock: Clock
  readonly stamper: Stamper
  readonly targets: () => PollTargets
  readonly emit: (quote: Quote) => void
  readonly onTrouble: (what: string) => void
}): Poller {
  const { clock, stamper, targets } = options
  const once = new Set<InstrumentId>()
  /** Round in which an instrument was last asked for: the longest not asked goes first. */
  const lastRound = new Map<InstrumentId, number>()
  let round = 0
  let busy = false
  let stopped = false
  let cancel: Cancel | undefined
  let checkedAt = clock.now()
  /** The timer that runs is one for checks alone. */
  let isPatient = false

  const isCheckDue = () => clock.now() - checkedAt >= CHECK_EVERY_MS

  const nextBatch = ({ urgent, others, checked = [] }: PollTargets): InstrumentId[] => {
    const batch = new Set<InstrumentId>()
    const waitLongest = (a: InstrumentId, b: InstrumentId) =>
      (lastRound.get(a) ?? 0) - (lastRound.get(b) ?? 0)
    for (const group of [
      [...urgent].sort(waitLongest),
      [...once],
      [...others].sort(waitLongest),
      isCheckDue() ? checked : [],
    ])
      for (const instrument of group) if (batch.size < BATCH) batch.add(instrument)
    return [...batch]
  }

  const look = async () => {
    const now = targets()
    const batch = nextBatch(now)
    if (batch.length === 0 || stopped) return arm()
    busy = true
    if (isCheckDue()) checkedAt = clock.now()
    round++
    const asked = batch.filter((instrument) => once.has(instrument))
    for (const instrument of batch) {
      lastRound.set(instrument, round)
      once.delete(instrument)
    }
    const boards = new Map(batch.map((each) => [each, now.boards?.get(each) ?? 'KRX'] as const))
    const codes = batch.map((each) => boardCode(each, boards.get(each) ?? 'KRX'))
    const urgency = now.urgent.length > 0 ? URGENCY.positions : URGENCY.poll
    const askedAt = stamper.now()
    const reply = await options.http.query('ka10095', { stk_cd: codes.join('|') }, urgency)
    busy = false
    if (stopped) return
    const parsed = watchReply.safeParse(reply.ok ? reply.value : undefined)
    if (parsed.success) {
      for (const row of parsed.data.atn_stk_infr) {
        const quote = polledQuote(row, stamper, boards)
        if (quote) options.emit({ ...quote, askedAt })
      }
    } else {
      options.onTrouble(`ka10095 ${reply.ok ? 'shape' : reply.error.code}`)
      // Of these nobody else will tell the price: a stop hangs on an answer.
      for (const instrument of asked) once.add(instrument)
    }
    arm()
  }

  const waitOf = ({ urgent, others, checked = [] }: PollTargets, soon: boolean): number | undefined => {
    isPatient = urgent.length + others.length + once.size === 0
    if (!isPatient && soon) return 0
    if (urgent.length + once.size > 0) return URGENT_EVERY_MS
    if (others.length > 0) return OTHERS_EVERY_MS
    return checked.length > 0 ? Math.max(0, checkedAt + CHECK_EVERY_MS - clock.now()) : undefined
  }

  const arm = (soon = false) => {
    cancel?.()
    cancel = undefined
    if (stopped || busy) return
    const waitMs = waitOf(targets(), soon)
    if (waitMs === undefined) return
    cancel = clock.after(waitMs, () => {
      cancel = undefined
      void look()
    })
  }

  return {
    // The limiter keeps the pace; a timer that already runs is soon enough.
    wake: () => {
      if (!busy && (!cancel || isPatient)) arm(true)
    },
    lookOnce: (instruments) => {
      for (const instrument of instruments) once.add(instrument)
      if (!busy) arm(true)
    },
    stop: () => {
      stopped = true
      cancel?.()
    },
  }
}
