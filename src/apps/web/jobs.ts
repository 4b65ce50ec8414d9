import { existsSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Sentence } from '../../model/sentence.ts'
import type { Clock } from '../../std/clock.ts'
import { err, ok, type Result } from '../../std/result.ts'
import { STRATEGIES } from '../../trading/strategies/registry.ts'
import type { RunMessage, RunRequest } from '../../web/contract/backtest.ts'
import { backtestReportSchema, sweepReportSchema } from '../../web/contract/backtest-report.ts'
import { type Jobs, RUN_FILES } from '../../web/server/jobs.ts'
import { runArguments } from './run-arguments.ts'
import { type RunChild, type RunEnd, startRunChild } from './run-child.ts'
import { openRunStore, type RunStore } from './run-store.ts'

export interface JobsOptions {
  /** `stateFolder/runs`. */
  readonly folder: string
  readonly catalog: string
  /** Strategy files are taken from here alone; absent: none are played. */
  readonly strategies?: string
  readonly wall: Clock
  readonly atOnce?: number
  /** Runs that are kept besides pinned ones. */
  readonly keep?: number
  readonly workers?: number
}

/** Jobs with an end: `close` cancels what runs and marks it interrupted. */
export interface OwnedJobs extends Jobs {
  close(): Promise<void>
}

const MOST_QUEUED = 10
const USUALLY_KEPT = 100

/** Runs as child processes, the oldest request first. */
export async function createJobs(options: JobsOptions): Promise<OwnedJobs> {
  const { wall, atOnce = 1, keep = USUALLY_KEPT } = options
  const store = await openRunStore(options.folder)
  /** A note that the disk does not take stands in memory all the same: a full disk ends neither runs nor this server. */
  const keepNote = (run: RunMessage): Promise<void> => store.save(run).catch(() => undefined)
  // What was under way when the last server ended; its child has ended with it, since nobody reads what it prints.
  for (const run of store.list())
    if (run.state === 'running' || run.state === 'queued') await keepNote({ ...run, state: 'interrupted' })
  const children = new Map<string, RunChild>()
  /** Progress is shown, not kept: it comes often and is of no use after the end. */
  const progress = new Map<string, RunMessage['progress']>()
  const cancelled = new Set<string>()
  const settling = new Set<Promise<void>>()
  let closed = false

  const shown = (run: RunMessage): RunMessage => {
    const now = progress.get(run.id)
    return run.state === 'running' && now ? { ...run, progress: now } : run
  }
  const queued = () => store.list().filter(({ state }) => state === 'queued')

  function pump(): void {
    while (!closed && children.size < atOnce) {
      const next = queued().at(-1)
      if (!next) return
      const settled = play(next)
        .catch((error: unknown) => keepNote(failed(next, wall.now(), textOf(error))))
        .finally(() => {
          settling.delete(settled)
          pump()
        })
      settling.add(settled)
    }
  }

  async function play(run: RunMessage): Promise<void> {
    const folder = store.folderOf(run.id)
    const { endedAt: _, failure: __, ...rest } = run
    const running: RunMessage = { ...rest, state: 'running', startedAt: wall.now() }
    const words = runArguments(run, {
      catalog: options.catalog,
      strategies: options.strategies,
      out: folder,
      workers: options.workers ?? Math.max(1, availableParallelism() - 1),
    })
    // A result of an earlier attempt must not be taken for one of this.
    rmSync(join(folder, RUN_FILES.report), { force: true })
    const child = startRunChild(words, {
      folder,
      log: join(folder, RUN_FILES.log),
      wall,
      onProgress: (now) => progress.set(run.id, now),
    })
    children.set(run.id, child)
    const end = await keepNote(running)
      .then(() => child.ended)
      .finally(() => {
        children.delete(run.id)
        progress.delete(run.id)
      })
    await keepNote(await settledRun(running, end, cancelled.delete(run.id)))
    await prune(store, keep).catch(() => undefined)
  }

  async function settledRun(run: RunMessage, end: RunEnd, wasCancelled: boolean): Promise<RunMessage> {
    const endedAt = wall.now()
    const report = await headlinesOf(store, run)
    if (report) return { ...run, ...report, state: 'done', endedAt }
    if (closed) return { ...run, state: 'interrupted', endedAt }
    if (wasCancelled) return { ...run, state: 'cancelled', endedAt }
    return failed(run, endedAt, end.complaint ?? endWords(end))
  }

  async function queue(run: RunMessage): Promise<Result<RunMessage, Sentence>> {
    if (closed) return err(CLOSING)
    if (queued().length >= MOST_QUEUED) return err(FULL)
    // It is in the queue, and its name taken, before anything is waited for.
    await keepNote(run)
    pump()
    return ok(shown(store.get(run.id) ?? run))
  }

  pump()
  return {
    list: () => store.list().map(shown),
    run: (id) => {
      const run = store.get(id)
      return run && shown(run)
    },
    atOnce,
    mostQueued: MOST_QUEUED,
    start: async (wanted, by) => {
      const trouble = fileTrouble(wanted, options.strategies)
      if (trouble) return err(trouble)
      const createdAt = wall.now()
      return queue({
        ...wanted,
        id: freeId(store, createdAt),
        state: 'queued',
        title: titleOf(wanted),
        by,
        createdAt,
        pinned: false,
      })
    },
    resume: async (id) => {
      const run = store.get(id)
      if (!run || run.state === 'queued' || run.state === 'running' || run.state === 'done')
        return err(NOT_RESUMED)
      const { startedAt: _, endedAt: __, failure: ___, ...rest } = run
      return queue({ ...rest, state: 'queued' })
    },
    remove: async (id) => {
      const run = store.get(id)
      if (!run) return undefined
      const child = children.get(id)
      if (child) {
        cancelled.add(id)
        child.cancel()
        return 'cancelled'
      }
      if (run.state === 'queued') {
        await keepNote({ ...run, state: 'cancelled', endedAt: wall.now() })
        return 'cancelled'
      }
      await store.remove(id)
      return 'removed'
    },
    pin: async (id, pinned) => {
      const run = store.get(id)
      if (!run) return undefined
      await store.save({ ...run, pinned })
      return shown({ ...run, pinned })
    },
    file: (id, name) => store.file(id, name),
    close: async () => {
      closed = true
      for (const child of children.values()) child.cancel()
      await Promise.all(settling)
    },
  }
}

/** By the time of its request; two of one millisecond differ in their number. */
function freeId(store: RunStore, at: number): string {
  for (let number = 0; ; number++) {
    const id = `${at.toString(36)}-${number}`
    if (!store.get(id)) return id
  }
}

async function prune(store: RunStore, keep: number): Promise<void> {
  const over = store
    .list()
    .filter(({ pinned, state }) => !pinned && state !== 'queued' && state !== 'running')
    .slice(keep)
  for (const { id } of over) await store.remove(id)
}

const HEADLINES = [
  'totalReturn',
  'annualReturn',
  'maximumDrawdown',
  'sharpe',
  'sharpeNeeded',
  'trades',
  'winRate',
]

/** The few figures of a result that a list shows; `undefined` when there is no result that can be read. */
async function headlinesOf(
  store: RunStore,
  run: RunMessage,
): Promise<Pick<RunMessage, 'title' | 'figures' | 'doubts'> | undefined> {
  const path = store.file(run.id, RUN_FILES.report)
  if (path === undefined) return undefined
  const json: unknown = JSON.parse(await readFile(path, 'utf8'))
  if (run.kind === 'sweep') {
    const report = sweepReportSchema.safeParse(json).data
    if (!report) return undefined
    const winner = report.trials.find(({ number }) => number === report.winner)
    return {
      title: report.title,
      figures: { played: report.played, ...(winner?.score !== undefined && { score: winner.score }) },
      doubts: report.doubts.length + report.alarms.length,
    }
  }
  const report = backtestReportSchema.safeParse(json).data
  if (!report) return undefined
  const known = report.groups.flatMap(({ figures }) => figures)
  const figures = HEADLINES.flatMap((key) => {
    const value = known.find((figure) => figure.key === key)?.value
    return value === undefined ? [] : [[key, value] as const]
  })
  return {
    title: report.title,
    figures: Object.fromEntries(figures),
    doubts: report.doubts.length + report.alarms.length,
  }
}

function titleOf({ request: { strategy } }: RunRequest): Sentence {
  switch (strategy.kind) {
    case 'known':
      return STRATEGIES.find(({ id }) => id === strategy.id)?.title ?? { ko: strategy.id, en: strategy.id }
    case 'file':
      return { ko: strategy.file, en: strategy.file }
    case 'conditions':
      return { ko: `조건식: ${strategy.entry.slice(0, 60)}`, en: `condition: ${strategy.entry.slice(0, 60)}` }
  }
}

/** The name has no separator (its schema), so it cannot lead out of the folder. */
function fileTrouble(
  { request: { strategy } }: RunRequest,
  folder: string | undefined,
): Sentence | undefined {
  if (strategy.kind !== 'file') return undefined
  if (folder === undefined) return NO_FILES
  return existsSync(join(folder, strategy.file))
    ? undefined
    : { ko: `전략 파일 ${strategy.file} 이(가) 없습니다`, en: `There is no strategy file ${strategy.file}` }
}

const failed = (run: RunMessage, endedAt: number, failure: Sentence): RunMessage => ({
  ...run,
  state: 'failed',
  endedAt,
  failure,
})

const endWords = ({ code }: RunEnd): Sentence =>
  code === undefined
    ? { ko: '메모리가 모자라거나 밖에서 끝냈습니다', en: 'It was ended from outside, or ran out of memory' }
    : { ko: `결과 없이 끝났습니다 (종료 코드 ${code})`, en: `It ended without a result (exit code ${code})` }

const textOf = (error: unknown): Sentence => {
  const text = error instanceof Error ? error.message : String(error)
  return { ko: `실행하지 못했습니다: ${text}`, en: `It could not be run: ${text}` }
}

const FULL: Sentence = {
  ko: `대기열이 가득 찼습니다 (${MOST_QUEUED}개). 끝나기를 기다리거나 하나를 취소하세요`,
  en: `The queue is full (${MOST_QUEUED}). Wait, or cancel one`,
}
const CLOSING: Sentence = { ko: '서버가 끝나는 중입니다', en: 'The server is ending' }
const NOT_RESUMED: Sentence = {
  ko: '멈추었거나 실패한 것만 다시 할 수 있습니다',
  en: 'Only what was stopped or has failed can go on',
}
const NO_FILES: Sentence = {
  ko: '전략 파일 폴더가 정해져 있지 않습니다',
  en: 'No folder of strategy files was configured',
}
