import type { MarketEvent } from '../../model/market-event.ts'
import type { AccountReport, OrderReport } from '../../model/order-report.ts'
import type { VenueError } from '../../model/venue-error.ts'
import type { ExecutionClient, KnownOrder } from '../../ports/execution-client.ts'
import type { DayRecords, Journal, SnapshotStore } from '../../ports/journal.ts'
import type { MarketFeed } from '../../ports/market-feed.ts'
import type { Notifier } from '../../ports/notifier.ts'
import type { Clock } from '../../std/clock.ts'
import { err, ok, type Result } from '../../std/result.ts'
import { createDecisionLog, type DecisionLog } from './decisions.ts'
import { type Effect, isOrderEffect } from './effects.ts'
import { eventJson } from './event-json.ts'
import type { DayTerms, TraderEvent } from './events.ts'
import { effectsJson, recover, snapshotJson } from './recovery.ts'
import type { Trader } from './trader.ts'

/** The places around sending at which a crash is tried in tests. */
export type ProbePoint =
  | 'decided'
  | 'intentAppended'
  | 'intentDurable'
  | 'requestHanded'
  | 'reportReceived'
  | 'reportAppended'
  | 'reportDurable'
  | 'snapshotSaved'

export interface RunnerParts {
  readonly trader: Trader
  readonly journal: Journal
  readonly snapshots: SnapshotStore
  /** What the journal already holds of this day; `undefined` on a first start. */
  readonly today: DayRecords | undefined
  readonly feed: MarketFeed
  readonly execution: ExecutionClient
  readonly notifier: Notifier
  readonly clock: Clock
  /** Makes the event that begins the day, once the broker can be asked; used when the journal is empty. */
  readonly open: () => Promise<Result<DayTerms, StartTrouble>>
  /** Called when nothing may be sent any more (the journal failed, a law broke). The process should end. */
  readonly onFatal: (error: Error) => void
  readonly probe?: (point: ProbePoint) => void
}

/** Why a day cannot begin. `again`: it is the broker or the way to it, and may pass by itself. */
export interface StartTrouble {
  readonly text: string
  readonly again: boolean
}

export interface Runner {
  /** Recovers, connects, opens (or reopens) the day. An error says why the day cannot begin. */
  start(): Promise<Result<void, StartTrouble>>
  /** An operator's command or any event made by ourselves. */
  submit(event: TraderEvent): void
  stop(): Promise<void>
  readonly decisions: DecisionLog
  /** The longest gap between a scheduled timer and its run, market ms: how far we lag. */
  readonly lagMs: number
}

const TIMER_MS = 1_000
const SNAPSHOT_EVERY_MS = 30_000

/**
 * The only part of `trading/` that waits. Takes events in, writes them down, lets the trader decide, makes order
 * decisions durable before they leave, and performs them through the ports in the order they were made.
 */
export function createRunner(parts: RunnerParts): Runner {
  const { trader, journal, clock, feed, execution } = parts
  const decisions = createDecisionLog()
  const probe = parts.probe ?? (() => undefined)
  let outbox: Promise<void> = Promise.resolve()
  /** Decisions that have not left yet. */
  let waiting = 0
  let stopped = false
  let lagMs = 0
  let snapshotAt = 0
  let cancelTimer = () => {}
  /** Holds what arrives before the day is open; undefined afterwards. */
  let early: TraderEvent[] | undefined = []

  const fail = (error: Error) => {
    if (stopped) return
    stopped = true
    parts.notifier.notify({
      level: 'urgent',
      at: clock.now(),
      ko: `더는 안전하지 않아 거래를 멈춥니다: ${error.message}`,
      en: `It is not safe to go on, trading stops: ${error.message}`,
    })
    parts.onFatal(error)
  }

  const perform = (effect: Effect) => {
    switch (effect.do) {
      case 'place':
        return execution.place(effect.order)
      case 'amend':
        return execution.amend(effect.order)
      case 'cancel':
        return execution.cancel(effect.order)
      case 'ask':
        return execution.ask(effect.order)
      case 'askAccount':
        return execution.askAccount()
      case 'describe':
        return feed.describe(effect.instrument)
      case 'want':
        return feed.want(effect.wants)
      case 'follow':
        return feed.follow(effect.conditions)
      case 'tell':
        return parts.notifier.notify(effect.happening)
      case 'refuse':
        return undefined
    }
  }

  const performAll = (effects: readonly Effect[]) => {
    for (const effect of effects) perform(effect)
  }

  /** Everything decided leaves in the order it was decided: an older list of wants must not undo a newer one. */
  const performLater = (effects: readonly Effect[], ordering: boolean) => {
    if (ordering) probe('intentAppended')
    const durable = ordering ? journal.commit() : undefined
    waiting++
    outbox = outbox
      .then(() => durable)
      .then(() => {
        if (stopped) return
        if (ordering) probe('intentDurable')
        performAll(effects)
        if (ordering) probe('requestHanded')
      })
      .catch(fail)
      .finally(() => {
        waiting--
      })
  }

  const decide = (event: TraderEvent) => {
    const seq = journal.append(event.receivedAt, 'event', eventJson(event))
    const effects = trader.on(event)
    if (effects.length === 0) return
    const ordering = effects.some(isOrderEffect)
    if (ordering) probe('decided')
    journal.append(event.receivedAt, 'effects', effectsJson(seq, decisions.add(effects)))
    if (ordering || waiting > 0) performLater(effects, ordering)
    else performAll(effects)
  }

  /** A broken law ends us here: thrown on into whoever brought the event, it might be swallowed. */
  const take = (event: TraderEvent) => {
    if (stopped) return
    if (early) return void early.push(event)
    try {
      decide(event)
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)))
    }
  }

  const takeReport = (report: OrderReport | AccountReport) => {
    probe('reportReceived')
    take(report)
    probe('reportAppended')
    if (parts.probe)
      outbox = outbox
        .then(() => journal.commit())
        .then(() => probe('reportDurable'))
        .catch(fail)
  }

  /** One at a time: a slow disk must not make two of them write the same file. */
  let saving: Promise<void> | undefined
  const saveSnapshot = (): Promise<void> => {
    saving ??= (async () => {
      const seq = journal.lastSeq
      const state = snapshotJson(trader, decisions)
      await journal.commit()
      await parts.snapshots.save(seq, state)
      probe('snapshotSaved')
    })().finally(() => {
      saving = undefined
    })
    return saving
  }

  const tick = (due: number) => {
    if (stopped) return
    const now = clock.now()
    lagMs = Math.max(now - due, lagMs * 0.98)
    take({ kind: 'timer', at: now, receivedAt: now })
    if (stopped) return
    // What was heard since the last commit survives our death from here on.
    journal.commit().catch(fail)
    if (now - snapshotAt >= SNAPSHOT_EVERY_MS) {
      snapshotAt = now
      saveSnapshot().catch(fail)
    }
    const next = Math.max(due + TIMER_MS, now)
    cancelTimer = clock.after(next - now, () => tick(next))
  }

  const known = (): KnownOrder[] =>
    trader.orders().flatMap((order) =>
      order.venueOrderId === undefined
        ? []
        : [
            {
              ...order,
              venueOrderId: order.venueOrderId,
              orderId: order.id,
              cancelling: order.status === 'cancelling',
            },
          ],
    )

  return {
    decisions,
    get lagMs() {
      return lagMs
    },
    start: async () => {
      const recovered = await recover(trader, decisions, parts.snapshots, parts.today, journal.lastSeq)
      if (recovered.unrecorded) journal.append(clock.now(), 'effects', recovered.unrecorded)
      execution.adopt(known())
      const venue = await execution.start(takeReport)
      if (!venue.ok) return err(startTrouble(venue.error))
      const market = await feed.start((event: MarketEvent) => take(event))
      if (!market.ok) return err(startTrouble(market.error))
      const opened = !recovered.begun ? await parts.open() : undefined
      if (opened && !opened.ok) return opened
      const now = clock.now()
      const arrived = early ?? []
      early = undefined
      if (opened) take({ ...opened.value, kind: 'opened', at: now, receivedAt: now })
      else take({ kind: 'restarted', at: now, receivedAt: now })
      for (const event of arrived) take(event)
      snapshotAt = now
      tick(now)
      return ok(undefined)
    },
    submit: take,
    stop: async () => {
      cancelTimer()
      await outbox
      await saving?.catch(fail)
      const isOpen = early === undefined
      if (!stopped && isOpen) await saveSnapshot()
      stopped = true
      await feed.stop()
      await execution.stop()
      await journal.close()
    },
  }
}

export const startTrouble = (error: VenueError): StartTrouble => ({
  text: `${error.code} ${error.text}`,
  again: error.kind !== 'rejected',
})
