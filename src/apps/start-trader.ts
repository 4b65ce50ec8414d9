import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { createDisk, type Disk } from '../adapters/journal/disk.ts'
import { type OpenedJournal, type OpenJournal, openJournal } from '../adapters/journal/journal.ts'
import { createSnapshotStore } from '../adapters/journal/snapshots.ts'
import { JournalBroken, JournalLocked } from '../adapters/journal/trouble.ts'
import type { Hosts } from '../adapters/kiwoom/environment.ts'
import { createKiwoom, type Kiwoom } from '../adapters/kiwoom/kiwoom.ts'
import type { OperatorCommand } from '../model/operator.ts'
import type { AccountReport, OrderReport } from '../model/order-report.ts'
import type { Sentence } from '../model/sentence.ts'
import type { TradingSettings } from '../model/settings.ts'
import { kstDay } from '../model/time.ts'
import type { Environment, ExecutionClient } from '../ports/execution-client.ts'
import type { MarketFeed } from '../ports/market-feed.ts'
import type { Network } from '../ports/network.ts'
import type { Notifier } from '../ports/notifier.ts'
import type { Clock, EpochMs } from '../std/clock.ts'
import { err, ok, type Result } from '../std/result.ts'
import { carriedFrom } from '../trading/engine/recovery.ts'
import {
  createRunner,
  type ProbePoint,
  type Runner,
  type StartTrouble,
  startTrouble,
} from '../trading/engine/runner.ts'
import { createTrader } from '../trading/engine/trader.ts'
import { resolveConditions, resolveWhatIsThere } from './config/resolve-conditions.ts'
import { describing, notTold } from './describing.ts'
import { followTicks } from './following.ts'
import { compare } from './proof.ts'
import { createLiveStrategies, type LiveStrategies } from './strategies/live-strategies.ts'
import type { Command, RunningTrader } from './trader.ts'

export interface TraderSetup {
  readonly settings: TradingSettings
  readonly environment: Environment
  readonly hosts: Hosts
  readonly appKey: string
  readonly secretKey: string
  readonly journalFolder: string
  /** Market time, which a demo may run faster. */
  readonly clock: Clock
  /** The machine's own time, for time-outs and heartbeats. */
  readonly wall: Clock
  readonly network: Network
  /** Where the journal lies; the machine's own disk when absent. */
  readonly disk?: Disk
  readonly notifier: Notifier
  /** Ready-made ways to the broker, whose parts stand in other processes; made here when absent. */
  readonly kiwoom?: Kiwoom
  /** Called when nothing may be sent any more; the process should end. */
  readonly onFatal: (error: Error) => void
  /** Crash drills only. */
  readonly probe?: (point: ProbePoint) => void
}

/** How long the broker may take to say what its account holds, wall ms. */
const ACCOUNT_PATIENCE_MS = 15_000

/**
 * Composes one trader: journal, Kiwoom, engine. Starting is recovering; the error says, in one sentence, why the day
 * cannot begin.
 */
export async function startTrader(setup: TraderSetup): Promise<Result<RunningTrader, StartTrouble>> {
  // A stop-loss is code that runs once in hours: compiled before its first run it takes a seventh less time than interpreted.
  setFlagsFromString('--always-sparkplug')
  const day = kstDay(setup.clock.now())
  const { journalFolder, disk = createDisk() } = setup
  const opened = await openDay({ folder: journalFolder, day, at: setup.clock.now(), disk })
  if (!opened.ok) return err({ text: opened.error, again: false })
  const { journal, today } = opened.value
  const { feed, execution, history } = setup.kiwoom ?? createKiwoom(setup)
  const following = followTicks(feed, setup.wall)
  const described = describing(following.feed, setup.wall, (instrument) => trader.instrument(instrument))
  const accounts = listenToAccounts(execution)
  const trader = createTrader()
  const snapshots = createSnapshotStore(join(journalFolder, 'snapshots'), { day, disk })
  const strategies = createLiveStrategies({
    day,
    isRestart: today !== undefined,
    clock: setup.clock,
    wall: setup.wall,
    history,
    feed,
    notifier: setup.notifier,
    submit: (signal) => runner.submit(signal),
  })
  let ended = false
  const runner: Runner = createRunner({
    trader,
    journal,
    today,
    snapshots,
    feed: alsoHeardBy(strategies, described.feed),
    execution: accounts.execution,
    notifier: setup.notifier,
    clock: setup.clock,
    onFatal: (error) => {
      ended = true
      setup.onFatal(error)
    },
    ...(setup.probe ? { probe: setup.probe } : {}),
    open: async () => {
      const carried = await carriedFrom(snapshots)
      // Whoever holds something needs the stop-losses more than a missing condition.
      const unattended = carried.length > 0 ? setup.notifier : undefined
      const settings = await withConditions(feed, setup.settings, setup.clock.now(), unattended)
      if (!settings.ok) return settings
      return ok({
        day,
        venue: 'KRX',
        broker: 'kiwoom',
        environment: setup.environment,
        settings: settings.value,
        carried,
      })
    },
  })
  const started = await runner.start()
  if (!started.ok) {
    await runner.stop()
    return started
  }
  const view = () => trader.view(runner.decisions.hash)
  const command = (ordered: Command, by = 'operator') => {
    const now = setup.clock.now()
    runner.submit({
      ...ordered,
      kind: 'operator',
      by,
      at: now,
      receivedAt: now,
    } as OperatorCommand)
  }
  const changeSettings = async (
    wanted: TradingSettings,
    unattended?: Notifier,
  ): Promise<Result<void, string>> => {
    const settings = await withConditions(feed, wanted, setup.clock.now(), unattended)
    if (!settings.ok) return err(settings.error.text)
    command({ do: 'settings', settings: settings.value })
    strategies.update(settings.value)
    return ok(undefined)
  }
  if (today) await changeSettings(afterRestart(setup.settings, trader.settings()), setup.notifier)
  strategies.update(trader.settings())
  return ok({
    journal: journalFolder,
    view,
    health: () => ({ feed: feed.health(), lagMs: runner.lagMs }),
    shownAt: () => setup.wall.now(),
    settings: () => trader.settings(),
    command: (ordered) => command(ordered),
    give: async (ordered, by) => {
      if (ended) return err(HAS_ENDED)
      command(ordered, by)
      return ended ? err(HAS_ENDED) : ok(undefined)
    },
    preview: async (order) => ok(trader.preview(order, setup.clock.now())),
    instrument: (instrument) => described.facts(instrument),
    bars: async (instrument, interval) => {
      const bars = await history.bars(instrument, interval)
      return bars.ok ? bars : err(notTold(BARS, bars.error.code))
    },
    follow: following.follow,
    onTicks: following.onTicks,
    changeSettings: (wanted) => changeSettings(wanted),
    proof: async () => {
      const [report, totals] = await Promise.all([
        accounts.next(setup.wall, ACCOUNT_PATIENCE_MS),
        execution.dayTotals(),
      ])
      if (!totals.ok) throw new Error(`${totals.error.code} ${totals.error.text}`)
      return compare(view(), report, totals.value)
    },
    stop: async () => {
      ended = true
      await strategies.stop()
      await runner.stop()
    },
  })
}

const BARS: Sentence = { ko: '차트를', en: 'its chart' }
const HAS_ENDED: Sentence = {
  ko: '매매가 끝나 명령을 받지 않습니다',
  en: 'Trading has ended and takes no commands',
}

/** Strategies hear the market behind the engine: no stop-loss waits for one. */
const alsoHeardBy = (strategies: LiveStrategies, feed: MarketFeed): MarketFeed => ({
  ...feed,
  start: (sink) =>
    feed.start((event) => {
      sink(event)
      strategies.hear(event)
    }),
})

/** The file may have been edited while we were down; what a person excluded while we ran stays excluded. */
const afterRestart = (file: TradingSettings, running: TradingSettings): TradingSettings => ({
  ...file,
  excluded: [...new Set([...file.excluded, ...running.excluded])],
})

/** A journal that is damaged, or written by another process, is a reason not to trade; its error says what to do. */
async function openDay(options: OpenJournal): Promise<Result<OpenedJournal, string>> {
  try {
    return ok(await openJournal(options))
  } catch (error) {
    if (error instanceof JournalBroken || error instanceof JournalLocked) return err(error.message)
    throw error
  }
}

/** The user names conditions; the broker numbers them. */
/** What people write is checked strictly; what must go on without them switches off what is missing, and says so. */
async function withConditions(
  feed: MarketFeed,
  settings: TradingSettings,
  at: EpochMs,
  unattended?: Notifier,
): Promise<Result<TradingSettings, StartTrouble>> {
  const conditions = await feed.conditions()
  if (!conditions.ok) return err(startTrouble(conditions.error))
  if (unattended) {
    const { settings: resolved, missing } = resolveWhatIsThere(settings, conditions.value)
    for (const { ko, en } of missing) unattended.notify({ level: 'urgent', at, ko, en })
    return ok(resolved)
  }
  const resolved = resolveConditions(settings, conditions.value)
  if (resolved.ok) return resolved
  return err({ text: resolved.error.map(({ ko, en }) => `${ko}\n  ${en}`).join('\n'), again: false })
}

/** Hears every account report on its way to the runner, so that a proof can wait for a fresh one. */
function listenToAccounts(execution: ExecutionClient): {
  readonly execution: ExecutionClient
  next(wall: Clock, patienceMs: number): Promise<AccountReport>
} {
  const waiting = new Set<(report: AccountReport) => void>()
  return {
    execution: {
      ...execution,
      start: (sink) =>
        execution.start((report: OrderReport | AccountReport) => {
          sink(report)
          if (report.kind !== 'account') return
          for (const hear of waiting) hear(report)
          waiting.clear()
        }),
    },
    next: (wall, patienceMs) =>
      new Promise((resolve, reject) => {
        const cancel = wall.after(patienceMs, () =>
          reject(new Error('증권사 계좌 조회에 답이 없습니다 / no account answer')),
        )
        waiting.add((report) => {
          cancel()
          resolve(report)
        })
        execution.askAccount()
      }),
  }
}
